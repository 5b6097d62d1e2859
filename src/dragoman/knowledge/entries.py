"""The types of the gazetteer: known actors and persons, dated tenures, and matches of names in text."""

from datetime import date
from enum import StrEnum

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.vocab import Level
from dragoman.knowledge.iso_dates import may_cover


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


class BodyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One seat or body of an actor by its names; `sector` is PLOVER's (SPY for an intelligence service), None if as its owner."""

    names: tuple[str, ...]
    form: NameForm = NameForm.BODY
    sector: str | None = None


class SectorSpell(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which an actor belonged to another sector than its own row says: rebels that governed, or became a party.

    `start` and `end` are ISO 8601 prefixes as in `Tenure`.
    """

    code: str
    sector: str
    start: str | None = None
    end: str | None = None


class ActorEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One known actor; `sector` is PLOVER's (GOV, IGO, REB, NGO …), `cow` the Correlates of War number of a state.

    `countries` are the ISO 3166 codes of the states that a non-state actor works in, the main one first; `spells` are times in
    which another sector holds.
    """

    actor: Actor
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    sector: str | None = None
    cow: int | None = None
    countries: tuple[str, ...] = ()
    spells: tuple[SectorSpell, ...] = ()

    def sector_on(self, day: date | None) -> str | None:
        """The sector on a day; without a day the sector of its row."""
        spell = next((s for s in self.spells if day is not None and may_cover(s.start, s.end, day)), None)
        return spell.sector if spell else self.sector


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
        return may_cover(self.start, self.end, day)


class PersonEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One known person: id, display name, other spellings, and tenures oldest first."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    tenures: tuple[Tenure, ...] = ()


class NameMatch(msgspec.Struct, frozen=True):
    """Words `start` in, `end` out of a scanned sequence are a known name; `actors` or `persons` hold all candidates.

    `sector` is the PLOVER sector of a body where it differs from its owner's (Mossad: SPY, the Knesset: LEG), `body` its
    standing name.
    """

    start: int
    end: int
    form: NameForm
    actors: tuple[ActorEntry, ...] = ()
    persons: tuple[PersonEntry, ...] = ()
    sector: str | None = None
    body: str | None = None
