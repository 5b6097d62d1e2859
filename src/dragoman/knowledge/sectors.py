"""PLOVER sectors and country codes of actors that are known by code, person, office and level."""

import re
from datetime import date
from functools import cache

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.vocab import ActorKind, Level, Sector
from dragoman.knowledge.agents import AgentNouns, Grade, load_agents
from dragoman.knowledge.entries import ActorEntry, PersonEntry, Tenure
from dragoman.knowledge.gazetteer import Gazetteer, load_gazetteer

LEFT_BEHIND = frozenset({Sector.GOV, Sector.LEG, Sector.SPY, Sector.PTY, Sector.IGO})
"""Sectors whose former members are former elites."""

FORMER = re.compile(r"\b(?:former|formerly|ex|retired|late|ousted|deposed|exiled|one-time|erstwhile)\b", re.IGNORECASE)
"""Words for a post that its bearer has no more."""
_TOLD = frozenset({Grade.OFFICE, Grade.SPECIFIC})
_LEVELS = {
    Level.HEAD_OF_STATE: Sector.GOV,
    Level.HEAD_OF_GOVERNMENT: Sector.GOV,
    Level.MINISTER: Sector.GOV,
    Level.DEPUTY_MINISTER: Sector.GOV,
    Level.SPECIAL_ENVOY: Sector.GOV,
    Level.AMBASSADOR: Sector.GOV,
    Level.INTELLIGENCE_CHIEF: Sector.SPY,
}
_RANK = {
    level: rank
    for rank, level in enumerate((
        Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.ORGANISATION_HEAD, Level.MINISTER, Level.INTELLIGENCE_CHIEF,
        Level.NONSTATE_LEADER, Level.DEPUTY_MINISTER, Level.SPECIAL_ENVOY, Level.AMBASSADOR,
    ))
}  # fmt: skip


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """The standard codes of one actor or participant; unknown is None.

    `country` is ISO 3166 alpha-3: a state's own, of a group the main state that it works in. `cow` is the number of that country
    in the state list of the Correlates of War project; an organisation of states has neither.
    """

    sector: Sector | None = None
    country: str | None = None
    cow: int | None = None


class SectorCoder:
    """Gives actors and office-holders their sectors, as of a day."""

    def __init__(self, gazetteer: Gazetteer, agents: AgentNouns) -> None:
        self._gazetteer = gazetteer
        self._agents = agents

    def codes(
        self,
        actor: Actor,
        *,
        person: str | None = None,
        office: str | None = None,
        level: Level | None = None,
        on: date | None = None,
    ) -> Codes:
        """Sector, country and Correlates of War number of a participant."""
        entry = self._gazetteer.actor(actor.code) if actor.code else None
        country = country_of_entry(entry)
        state = self._gazetteer.actor(country) if country else None
        sector = self.sector_of(actor.code, person=person, office=office, level=level, on=on)
        return Codes(sector=sector, country=country, cow=state.cow if state else None)

    def sector_of(
        self, code: str | None, *, person: str | None, office: str | None, level: Level | None, on: date | None
    ) -> Sector | None:
        """The sector of somebody known by actor, office and level, as of a day; a state without a person is its government."""
        entry = self._gazetteer.actor(code) if code else None
        own = Sector(sector) if entry and (sector := entry.sector_on(on)) else None
        if entry and entry.actor.kind is not ActorKind.STATE:
            return own
        noun = self._agents.deciding(office) if office else None
        sector = noun.agents.sector if noun else None
        if office and FORMER.search(office) and (sector in LEFT_BEHIND or sector is None):
            return Sector.ELI
        if noun and sector and noun.agents.grade in _TOLD:
            return sector
        told = (_LEVELS.get(level) if level else None) or sector
        if told or office or level:
            return told or own
        if person is None:
            return own
        known = next(iter(self._gazetteer.persons(person, on=on, code=code)), None)
        return self.of_tenures(known, on)[0] if known else None

    def of_tenures(self, person: PersonEntry, on: date | None) -> tuple[Sector | None, Sector | None, Tenure | None]:
        """A person's sector and second sector on a day, and the post that says so: the highest one held, else the last one."""
        held = [t for t in person.tenures if on is None or t.covers(on)]
        if held:
            tenure = min(reversed(held), key=lambda t: _RANK.get(t.level, len(_RANK)))
            return *self._of_tenure(tenure, on), tenure
        past = [t for t in person.tenures if on is not None and t.end and t.end < on.isoformat()]
        if not past:
            return None, None, person.tenures[0] if person.tenures else None
        sector, _ = self._of_tenure(past[-1], on)
        return (Sector.ELI if sector in LEFT_BEHIND or sector is None else sector), None, past[-1]

    def _of_tenure(self, tenure: Tenure, on: date | None) -> tuple[Sector | None, Sector | None]:
        entry = self._gazetteer.actor(tenure.code)
        if entry and entry.actor.kind is not ActorKind.STATE:
            own = entry.sector_on(on)
            return (Sector(own) if own else None), None
        noun = self._agents.deciding(tenure.office)
        if noun and noun.agents.sector and noun.agents.grade in _TOLD:
            return noun.agents.sector, noun.agents.second
        return _LEVELS.get(tenure.level) or (noun.agents.sector if noun else None), None


def country_of_entry(entry: ActorEntry | None) -> str | None:
    """A state's own code, the main state of a group, None for organisations of no state."""
    if entry is None:
        return None
    return entry.actor.code if entry.actor.kind is ActorKind.STATE else next(iter(entry.countries), None)


@cache
def load_sectors() -> SectorCoder:
    """The coder with the shipped facts, loaded once."""
    return SectorCoder(load_gazetteer(), load_agents())
