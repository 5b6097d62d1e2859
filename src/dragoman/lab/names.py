"""How the scorer compares actors, persons and wordings."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import pycountry

from dragoman.lab.gold import GoldEngagement, GoldParticipant

_FORMER = frozenset({"xkx", "yug"})
_LEAD = re.compile(r"^(the|government of|state of) ")


def normal(text: str | None) -> str:
    """Lower case, without diacritics and punctuation."""
    plain = unicodedata.normalize("NFKD", (text or "").replace("ı", "i").replace("ł", "l"))
    letters = "".join(character for character in plain if not unicodedata.combining(character)).casefold()
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(_facts()["honorifics"])


@cache
def _known_names() -> Mapping[str, str]:
    return {name: key for key, names in _facts()["actors"].items() for name in names}


@cache
def _known_codes() -> frozenset[str]:
    return frozenset(country.alpha_3.lower() for country in pycountry.countries) | _FORMER | frozenset(_known_names().values())


def _facts() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files("dragoman.lab").joinpath("scorer_names.toml").read_text(encoding="utf-8"))


def actor_key(actor: str | None, code: str | None = None) -> str:
    """One key per state or organisation: a known name, else a known code, else the name, since ad-hoc codes differ."""
    name = _LEAD.sub("", normal(actor))
    short = normal(code)
    return _known_names().get(name) or (short if short in _known_codes() else "") or name or short


def participant_key(participant: GoldParticipant) -> str:
    """The key of a participant's actor."""
    return actor_key(participant.actor, participant.iso3)


def actor_keys(engagement: GoldEngagement) -> list[str]:
    """Keys of all actors once, in order."""
    return list(dict.fromkeys(key for key in map(participant_key, engagement.who) if key))


def person_words(name: str | None) -> list[str]:
    """The words of a name that tell a person."""
    return [word for word in normal(name).split() if word not in _honorifics()]


def same_person(left: str | None, right: str | None) -> bool:
    """Whether two names may be one person's.

    Same surname, and given names that agree, are absent on one side, or share their initial; a lone name may be the other's first
    or last word (Lee for Lee Myung-bak, Abiy for Abiy Ahmed).
    """
    a, b = person_words(left), person_words(right)
    if len(a) == 1 or len(b) == 1:
        lone, other = (a, b) if len(a) == 1 else (b, a)
        return bool(other) and lone[0] in (other[0], other[-1])
    if not a or not b or a[-1] != b[-1]:
        return False
    return set(a) <= set(b) or set(b) <= set(a) or len(set(a) & set(b)) >= 2 or a[0][0] == b[0][0]


def surnames(people: Iterable[GoldParticipant]) -> frozenset[str]:
    """Last words of all persons' names."""
    return frozenset(normal(person.person).split()[-1] for person in people if normal(person.person))


def word_overlap(left: str | None, right: str | None) -> float:
    """F1 of the words of two wordings."""
    a, b = Counter(normal(left).split()), Counter(normal(right).split())
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0
