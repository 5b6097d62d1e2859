"""Dossiers: conflicts and files with their parties; shipped ones and the user's own."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec
import pycountry

from dragoman.core.errors import ConfigError
from dragoman.core.ids import DossierId
from dragoman.core.vocab import Standing
from dragoman.knowledge.iso_dates import may_cover
from dragoman.knowledge.phrases import Hit, PhraseLexicon, phrase_pattern

_MORE_STATES = frozenset({"XKX", "PSE", "YUG", "SUN"})
_TROUBLE = (
    "conflict|crisis|war|situation|violence|fighting|peace|ceasefire|election|unrest|escalation|hostilities|attack in|on|over|for"
)
_TROUBLE_AFTER = "conflict|crisis|war|file|issue|question|peace|ceasefire|talks|process|front|settlement|situation"

KEYWORD, NAME, CAPITAL, HIDE = 1.0, 0.5, 0.25, 0.0
"""Weights that tell what sort of phrase a hit is."""


class Dossier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A conflict or file; codes as in `Actor.code`, phrases in the notation of `dragoman.knowledge.phrases`.

    `sides` are the parties, those of one camp together. `keywords` and `areas` are said of this conflict alone; `names` (of the
    theatre) are also said of its state as such, and so are `capitals`, unless as a mere venue ("met in Caracas"); `hide` are
    longer phrases that mean something else. `start` and `end` are ISO 8601 prefixes, None where open, and so is the last time in
    `until`, up to which a party was one ("USA" in Vietnam's wars until 1995). `kind` tells conflicts from
    the relations of states and from the rest. `by_actors` is false where the presence of the parties says nothing.
    """

    id: DossierId
    name: str
    kind: Literal["conflict", "relations", "rest"] = "conflict"
    sides: tuple[tuple[str, ...], ...] = ()
    third_parties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    until: Mapping[str, str] = {}
    by_actors: bool = True

    @property
    def parties(self) -> tuple[str, ...]:
        """Codes of all parties."""
        return tuple(code for side in self.sides for code in side)

    def at(self, day: date | None) -> "Dossier":
        """The dossier with those who were parties on that day; all of them for an unknown day."""
        gone = {code for code, last in self.until.items() if day is not None and not may_cover(None, last, day)}
        if not gone:
            return self
        sides = (tuple(code for code in side if code not in gone) for side in self.sides)
        return msgspec.structs.replace(self, sides=tuple(side for side in sides if side))

    def covers(self, day: date | None) -> bool:
        """Whether the conflict may have run on that day; true for an unknown day."""
        return day is None or may_cover(self.start, self.end, day)


class DossierBook:
    """All dossiers at hand with their phrases; read-only once built."""

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        """Later dossiers replace earlier ones of the same id."""
        self.dossiers: Mapping[DossierId, Dossier] = {dossier.id: dossier for dossier in dossiers}
        self._lexicon = PhraseLexicon(phrase for dossier in self.dossiers.values() for phrase in _phrases(dossier))

    def scan(self, text: str) -> tuple[Hit, ...]:
        """Find the phrases of all dossiers; a hit's weight tells keyword, name and capital."""
        return self._lexicon.scan(text)

    def get(self, dossier: str) -> Dossier | None:
        """The dossier with an id."""
        return self.dossiers.get(DossierId(dossier))


def _phrases(dossier: Dossier) -> Iterable[tuple[str, str, float]]:
    for phrase in (*dossier.keywords, *dossier.areas):
        yield dossier.id, phrase, KEYWORD
    for name in (*dossier.names, *dossier.capitals):
        yield dossier.id, name, NAME if name in dossier.names else CAPITAL
        yield dossier.id, f"{_TROUBLE} {name}", KEYWORD
        yield dossier.id, f"{name} {_TROUBLE_AFTER}", KEYWORD
    for phrase in dossier.hide:
        yield dossier.id, phrase, HIDE


def _read_file(raw: str, where: str) -> list[Dossier]:
    try:
        table = tomllib.loads(raw)
        dossiers = [msgspec.convert({"id": id_, **fields}, Dossier) for id_, fields in table.items()]
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, TypeError) as error:
        raise ConfigError(f"dossier file {where} cannot be read: {error}; see the shipped dossiers for the shape") from error
    for dossier in dossiers:
        for phrase in (*dossier.keywords, *dossier.areas, *dossier.names, *dossier.capitals, *dossier.hide):
            _check_phrase(phrase, dossier.id, where)
    return dossiers


def _check_phrase(phrase: str, dossier: DossierId, where: str) -> None:
    try:
        phrase_pattern(phrase)
    except ConfigError as error:
        raise ConfigError(f"dossier file {where}, [{dossier}]: {error}") from error


@cache
def shipped_dossiers() -> DossierBook:
    """The dossiers that come with Dragoman."""
    folder = resources.files("dragoman.knowledge").joinpath("facts/dossiers")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return DossierBook(dossier for file in files for dossier in _read_file(file.read_text(encoding="utf-8"), file.name))


def load_dossiers(extra: Sequence[Path] = ()) -> DossierBook:
    """The shipped dossiers and the user's own TOML files, which may replace shipped ones; ConfigError on a bad file."""
    if not extra:
        return shipped_dossiers()
    own: list[Dossier] = []
    for path in extra:
        try:
            raw = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"dossier file {path} cannot be opened: {error}") from error
        own.extend(_read_file(raw, str(path)))
    return DossierBook([*shipped_dossiers().dossiers.values(), *own])


def standing(dossier: Dossier, code: str | None) -> Standing | None:
    """An actor's standing: party, or third party if it is a state or body outside; None where the dossier has no parties."""
    if code is None or not dossier.sides:
        return None
    if code in dossier.parties:
        return Standing.LOCAL_PARTY
    return Standing.THIRD_PARTY if code in dossier.third_parties or is_state(code) else None


def is_state(code: str) -> bool:
    """Whether a code is a state's."""
    return code in _MORE_STATES or (len(code) == 3 and pycountry.countries.get(alpha_3=code) is not None)
