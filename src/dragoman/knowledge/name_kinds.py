"""What kind of place name a name is, whichever place bears it: a state's, a capital's, a people's, a street's."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

from dragoman.knowledge.place_facts import read_place_facts
from dragoman.knowledge.place_sites import fold_place

_SHORTEST = 3
"""Letters in front of an ending from which a word that no table knows is held for an adjective."""


class NameKind(StrEnum):
    """A kind of place name, told by tables and by the words in it."""

    STATE = "state"
    """Kenya, the United States, the EU: a state or territory by a name or an abbreviation."""
    CAPITAL = "capital"
    """Nairobi: a capital."""
    ADJECTIVE = "adjective"
    """Kenyan, U.S.-led: an adjective or a language."""
    PEOPLE = "people"
    """Kenyans: a people."""
    SITE = "site"
    """Tom Mboya Street, Lake Turkana: something built, or a feature of the land."""
    OTHER = "other"
    """Mombasa, Turkana County: every other name."""


class _Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `lexicons/name_kinds.toml`, where the lists are explained."""

    built: frozenset[str]
    land: frozenset[str]
    peoples: frozenset[str]
    unions: frozenset[str]
    endings: tuple[str, ...]
    deeds: frozenset[str]


class _Known(msgspec.Struct, frozen=True):
    """Folded names of states, capitals and peoples."""

    states: frozenset[str]
    capitals: frozenset[str]
    peoples: frozenset[str]
    """Adjectives too, which the tables do not keep apart from them."""


def name_kind(name: str) -> NameKind:
    """The kind of a name as a text writes it; a name that is both a state's and a capital's is the state's."""
    known, words = _known(), _lexicon()
    folded = fold_place(name).removeprefix("the ")
    if name.replace("–", "-").rpartition("-")[2].strip() in words.deeds:
        return NameKind.ADJECTIVE
    if folded in known.peoples:
        return _adjective_or_people(folded)
    if folded in known.states:
        return NameKind.STATE
    if folded in known.capitals:
        return NameKind.CAPITAL
    parts = name.casefold().split()
    if len(parts) > 1 and not (words.built | words.land).isdisjoint(parts):
        return NameKind.SITE
    return _adjective_or_people(folded) if _ends_like_a_people(name, words.endings) else NameKind.OTHER


def names_of_kind() -> Mapping[NameKind, frozenset[str]]:
    """The folded names of each kind that the tables know; of sites the words that make a name one's, of others none."""
    known, words = _known(), _lexicon()
    return {
        NameKind.STATE: known.states,
        NameKind.CAPITAL: known.capitals,
        NameKind.ADJECTIVE: frozenset(n for n in known.peoples if _adjective_or_people(n) is NameKind.ADJECTIVE),
        NameKind.PEOPLE: frozenset(n for n in known.peoples if _adjective_or_people(n) is NameKind.PEOPLE),
        NameKind.SITE: words.built | words.land,
    }


def _adjective_or_people(folded: str) -> NameKind:
    return NameKind.PEOPLE if folded.endswith("s") else NameKind.ADJECTIVE


def _ends_like_a_people(name: str, endings: tuple[str, ...]) -> bool:
    return name.istitle() and name.isalpha() and any(name.endswith(end) and len(name) - len(end) >= _SHORTEST for end in endings)


@cache
def _lexicon() -> _Lexicon:
    text = resources.files("dragoman.knowledge").joinpath("lexicons/name_kinds.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Lexicon)


@cache
def _known() -> _Known:
    facts, words = read_place_facts(), _lexicon()
    return _Known(
        states=frozenset(facts.countries) | words.unions,
        capitals=frozenset(fold_place(name) for names in facts.capitals.values() for name in names),
        peoples=frozenset({*facts.peoples, *facts.people_sites}) | words.peoples,
    )
