"""Actors, persons, profiles of third parties, sources."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from urllib.parse import quote

import msgspec
from litestar import get
from litestar.params import FromPath

from dragoman.analysis.contacts import event_day
from dragoman.analysis.mediators import BALANCE_FORMULA, Profile
from dragoman.app import analysing
from dragoman.core.errors import InputError
from dragoman.core.ids import EventId
from dragoman.core.records import Event
from dragoman.report.source_rows import SourceRow
from dragoman.resolve.people import KnownPerson
from dragoman.web.api.cursors import Listing, ThePaging, listing
from dragoman.web.api.problems import documented
from dragoman.web.desk_dependency import TheRecord

_LATEST = 20


class ActorEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One actor in the record."""

    key: Annotated[str, msgspec.Meta(description="Its code, else its name without case.")]
    address: str
    name: str
    events: Annotated[int, msgspec.Meta(description="Events that it takes part in.")]
    first: date | None = None
    last: date | None = None


class PersonEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One person in the record."""

    name: str
    address: str
    actors: Annotated[tuple[str, ...], msgspec.Meta(description="Keys of the actors that the person acted for.")]
    events: int
    first: date | None = None
    last: date | None = None


class ActorAnswer(ActorEntry, frozen=True, kw_only=True):
    """One actor with its latest events and those who acted for it."""

    latest: tuple[EventId, ...]
    persons: tuple[str, ...]


class PersonAnswer(PersonEntry, frozen=True, kw_only=True):
    """One person with the latest events and the offices that reports give."""

    latest: tuple[EventId, ...]
    offices: tuple[str, ...]
    joined: Annotated[
        tuple[KnownPerson, ...],
        msgspec.Meta(description="Persons whom claims call so, joined across documents, each claim with how sure and why."),
    ]


class ProfileAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A third party's profile, each figure with its records."""

    as_of: date
    balance_formula: str
    profile: Profile


@get("/actors", tags=["Actors"], responses=documented(), sync_to_thread=True)
def list_actors(snapshot: TheRecord, paging: ThePaging) -> Listing[ActorEntry]:
    """Actors that take part in events, by key."""
    named = snapshot.wording.name
    return listing(
        sorted(snapshot.by_actor),
        paging,
        key=lambda key: (key,),
        show=lambda key: _actor(key, named(key), snapshot.by_actor[key]),
    )


@get("/actors/{actor:str}", tags=["Actors"], responses=documented(404), sync_to_thread=True)
def get_actor(snapshot: TheRecord, actor: FromPath[str]) -> ActorAnswer:
    """One actor, by its code or name."""
    key = actor if actor in snapshot.by_actor else analysing.actor_key(snapshot.ground, actor)
    events = snapshot.by_actor.get(key, ())
    persons = {each.person for event in events for each in event.participants if each.actor.key == key and each.person}
    entry = _actor(key, snapshot.wording.name(key), events)
    return ActorAnswer(**msgspec.structs.asdict(entry), latest=_latest(events), persons=tuple(sorted(persons)))


@get("/persons", tags=["Actors"], responses=documented(), sync_to_thread=True)
def list_persons(snapshot: TheRecord, paging: ThePaging) -> Listing[PersonEntry]:
    """Persons who take part in events, by name."""
    return listing(
        sorted(snapshot.by_person), paging, key=lambda name: (name,), show=lambda name: _person(name, snapshot.by_person[name])
    )


@get("/persons/{name:str}", tags=["Actors"], responses=documented(404), sync_to_thread=True)
def get_person(snapshot: TheRecord, name: FromPath[str]) -> PersonAnswer:
    """One person, by the name that the list gives."""
    events = snapshot.by_person.get(name)
    if events is None:
        raise InputError(f"there is no {name!r} in the record; /api/v1/persons lists those who are")
    offices = {each.office for event in events for each in event.participants if each.person == name and each.office}
    entry = _person(name, events)
    return PersonAnswer(
        **msgspec.structs.asdict(entry),
        latest=_latest(events),
        offices=tuple(sorted(offices)),
        joined=snapshot.people_called(name),
    )


@get("/profiles/{actor:str}", tags=["Findings"], responses=documented(404), sync_to_thread=True)
def get_profile(snapshot: TheRecord, actor: FromPath[str]) -> ProfileAnswer:
    """A third party over all dossiers: roles, access, balance between the sides, offers, outcomes, criticism."""
    found = analysing.find_profile(snapshot.ground, actor)
    return ProfileAnswer(as_of=snapshot.ground.by.as_of, balance_formula=BALANCE_FORMULA, profile=found)


@get("/sources", tags=["Documents"], responses=documented(), sync_to_thread=True)
def list_sources(snapshot: TheRecord, paging: ThePaging) -> Listing[SourceRow]:
    """Sources with their documents, reprints, claims and the desk's grade, by name."""
    rows = sorted(snapshot.sources, key=lambda row: row.source)
    return listing(rows, paging, key=lambda row: (row.source,), show=lambda row: row)


def _actor(key: str, name: str, events: Sequence[Event]) -> ActorEntry:
    first, last = _days(events)
    return ActorEntry(key=key, address=f"/actors/{quote(key, safe='')}", name=name, events=len(events), first=first, last=last)


def _person(name: str, events: Sequence[Event]) -> PersonEntry:
    actors = {each.actor.key for event in events for each in event.participants if each.person == name}
    first, last = _days(events)
    return PersonEntry(
        name=name,
        address=f"/persons/{quote(name, safe='')}",
        actors=tuple(sorted(actors)),
        events=len(events),
        first=first,
        last=last,
    )


def _days(events: Sequence[Event]) -> tuple[date | None, date | None]:
    days = [day for event in events if (day := event_day(event)) is not None]
    return (min(days), max(days)) if days else (None, None)


def _latest(events: Sequence[Event]) -> tuple[EventId, ...]:
    return tuple(event.id for event in events[:_LATEST])


ROUTES = (list_actors, get_actor, list_persons, get_person, get_profile, list_sources)
