"""Who is known: actors by name, adjective, demonym, capital or seat; persons with dated tenures."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.vocab import ActorKind, Level


class NameForm(StrEnum):
    """In what form a name stands for its owner."""

    NAME = "name"
    """Turkey, Türkiye, Hamas, the African Union."""
    ADJECTIVE = "adjective"
    """Turkish."""
    DEMONYM = "demonym"
    """Turks."""
    CAPITAL = "capital"
    """Ankara."""
    SEAT = "seat"
    """Kremlin, White House."""
    BODY = "body"
    """Hamas' political bureau, the State Department, UNSMIL: a body whose actor is its owner."""
    PERSON = "person"
    """Hakan Fidan."""


class ActorEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One known actor; `sector` is PLOVER's (GOV, IGO, REB, NGO …), `cow` the Correlates of War number of a state."""

    actor: Actor
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    sector: str | None = None
    cow: int | None = None


class Tenure(msgspec.Struct, frozen=True, kw_only=True):
    """One person in one post; `start` and `end` are ISO 8601 prefixes ("2019", "2019-05", "2019-05-20") or None where unknown.

    The length of the prefix is the precision that is certain. An `end` of None with a known start means open or unknown.
    """

    person: str
    """Id of the person."""
    code: str
    """Code of the actor that the post belongs to."""
    office: str
    level: Level
    start: str | None = None
    end: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the tenure may have run on that day, given its precision."""
        iso = day.isoformat()
        starts = self.start is None or self.start <= iso[: len(self.start)]
        ends = self.end is None or self.end >= iso[: len(self.end)]
        return starts and ends


class PersonEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One known person: id, display name, other spellings, and tenures oldest first."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    tenures: tuple[Tenure, ...] = ()


class NameMatch(msgspec.Struct, frozen=True):
    """Words `start` in, `end` out of a scanned sequence are a known name; `actors` or `persons` hold all candidates."""

    start: int
    end: int
    form: NameForm
    actors: tuple[ActorEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()


class Gazetteer:
    """Looks names up; read-only once built, so that processes can share it. Build one with `load_gazetteer`."""

    def scan(self, words: Sequence[str]) -> tuple[NameMatch, ...]:
        """Find known names among the words of a sentence or document: longest match first, left to right, never overlapping.

        Case and diacritics are folded, but a name that is also a common word ("Jordan" is safe, "Turkey" the bird and "us" are
        not) must stand with a capital, and all-capital acronyms match in capitals alone.
        """
        raise NotImplementedError

    def actor(self, code: str) -> ActorEntry | None:
        """The actor with a code."""
        raise NotImplementedError

    def named(self, name: str) -> tuple[ActorEntry, ...]:
        """Actors that bear a name, adjective, capital or alias."""
        raise NotImplementedError

    def persons(self, name: str, *, on: date | None = None, code: str | None = None) -> tuple[PersonEntry, ...]:
        """Persons that bear a full name or surname, best first: those in office on the day, of the actor, come first."""
        raise NotImplementedError

    def holders(self, code: str, level: Level, *, on: date) -> tuple[tuple[PersonEntry, Tenure], ...]:
        """Who held posts of a level for an actor on a day."""
        raise NotImplementedError


__all__ = ["ActorEntry", "ActorKind", "Gazetteer", "NameForm", "NameMatch", "PersonEntry", "Tenure"]
