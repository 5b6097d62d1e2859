"""Places that a name may mean, and how names are folded for looking them up."""

import re
import string
import unicodedata

import msgspec

from dragoman.core.vocab import PlaceKind

_SHORTENED = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_LETTERS = (
    *(("ı", "i"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ħ", "h"), ("æ", "ae"), ("œ", "oe"), ("ð", "d"), ("þ", "th"), ("ə", "a")),
    *(("–", "-"), ("’", "'")),
)
_DROPPED = b"'.`"
_MARKS = bytes.maketrans(string.punctuation.encode(), b" " * len(string.punctuation))
_GAPS = re.compile(r"[ \t\r]{2,}|[\t\r]")
_EDGES = re.compile(r"^ | $|^ ?the (?=[^\n])", re.MULTILINE)
_FIRST = re.compile(r"^(?:sainte?|mount|fort)(?= )", re.MULTILINE)


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the gazetteers.

    `country` is ISO 3166 alpha-3 (None where several or none), `admin` the row of the first-level division that it lies in or is,
    `prior` how likely the looked-up name is to mean it without any context, in powers of ten of inhabitants.
    """

    key: str
    name: str
    kind: PlaceKind
    country: str | None = None
    latitude: float
    longitude: float
    geonames: int | None = None
    admin: int | None = None
    level: int = 0
    """1 and 2 for divisions of the first and second level, else 0."""
    population: int = 0
    prior: float = 0.0
    countries: tuple[str, ...] = ()
    """Those that claim a disputed place."""
    disputed_as: str | None = None
    """Key of the dispute that the place is in."""
    undisputed: str | None = None
    """The country of a disputed place at times when it is in no dispute."""

    @property
    def lies_in(self) -> str | None:
        """The country that tells places of one name apart, whatever the policy on disputes."""
        return self.undisputed or self.country


def fold_place(name: str) -> str:
    """Fold a name: no article, case, diacritics and punctuation; "Saint", "Mount", "Fort" shortened, as tables write both."""
    return fold_lines(name.replace("\n", " "))


def fold_lines(names: str) -> str:
    """Fold many names at once, one a line: a quarter of a million take a tenth of a second."""
    plain = names.casefold()
    if not plain.isascii():
        for letter, latin in _LETTERS:
            plain = plain.replace(letter, latin)
        plain = unicodedata.normalize("NFKD", plain)
    spaced = plain.encode("ascii", "ignore").translate(_MARKS, _DROPPED).decode()
    return _FIRST.sub(lambda found: _SHORTENED[found[0]], _EDGES.sub("", _GAPS.sub(" ", spaced)))
