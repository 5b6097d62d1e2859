"""Actors, persons, offices, events and documents as FollowTheMoney entities, one JSON object a line."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

import msgspec
import pycountry

from dragoman.core.actors import Actor
from dragoman.core.claims import Participant
from dragoman.core.ids import content_hash
from dragoman.core.printing import printable
from dragoman.core.records import Event
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import ActorKind, Factuality, Precision, Role
from dragoman.export.selection import Cited, Selection, cite, distinct, one_line, pointer, web_address
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.sectors import country_of_entry

_SCHEMATA = {
    ActorKind.STATE: "PublicBody",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.NGO: "Organization",
    ActorKind.NONSTATE: "Organization",
    ActorKind.PERSON: "Person",
}
_UNKNOWN = "LegalEntity"
_BODIES = frozenset({"PublicBody", "Organization"})
_CONVENING = frozenset({Role.HOST, Role.MEDIATOR, Role.CO_MEDIATOR, Role.FACILITATOR})
_OWN_COUNTRIES = {"XKX": "xk"}
"""Codes that FollowTheMoney writes otherwise than ISO 3166 alpha-2."""

Values = dict[str, list[str]]


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One entity in FollowTheMoney's own shape; every property is a list of texts."""

    id: str
    schema: str
    properties: Values


def entity_lines(selection: Selection) -> bytes:
    """All entities as JSON lines, what is referred to before what refers to it; the same thing named twice is one entity."""
    schemata: dict[str, str] = {}
    merged: dict[str, dict[str, dict[str, None]]] = {}
    for entity in _entities(selection):
        schemata.setdefault(entity.id, entity.schema)
        properties = merged.setdefault(entity.id, {})
        for name, own in entity.properties.items():
            properties.setdefault(name, {}).update(dict.fromkeys(own))
    return b"".join(
        msgspec.json.encode(Entity(id=own, schema=schemata[own], properties={name: list(v) for name, v in properties.items()}))
        + b"\n"
        for own, properties in merged.items()
    )


def _entities(selection: Selection) -> Iterator[Entity]:
    for document in selection.documents():
        yield _article(document)
    for event in selection.events:
        reports = [cite(own, claim, selection.document(claim)) for own, claim in selection.reports(event)]
        on = event.when.start if event.when and event.when.start == event.when.end else None
        for one in event.participants:
            yield from _participant(one, on, reports)
        yield _event(event, reports)


def _entity(schema: str, own_id: str, **properties: Iterable[str | None]) -> Entity:
    """An entity without the properties that are unknown."""
    cleaned = {
        name: list(distinct(tuple(printable(one_line(v)) if v else None for v in own))) for name, own in properties.items()
    }
    return Entity(id=own_id, schema=schema, properties={name: own for name, own in cleaned.items() if own})


def _article(document: Document) -> Entity:
    return _entity(
        "Article",
        document.id,
        title=(document.title or document.name,),
        author=(document.author,),
        publisher=(document.source,),
        publishedAt=(_iso(document.published),),
        language=(_language(document.language),),
        sourceUrl=(web_address(document),),
        notes=(f"Licence: {document.licence}" if document.licence else None,),
    )


def _participant(one: Participant, on: date | None, reports: list[Cited]) -> Iterator[Entity]:
    actor = one.actor
    body = _actor(actor)
    yield body
    if one.person is None or one.person == actor.name:
        return
    person = _entity("Person", _id("person", actor.key, one.person), name=(one.person,))
    yield person
    told = {
        "date": (_iso(on),),
        "sourceUrl": [report.url for report in reports],
        "summary": [report.sentence for report in reports],
    }
    if one.office is None:
        link = _id("represents", person.id, body.id)
        role = (one.level.replace("_", " ") if one.level else None,)
        yield _entity("Representation", link, agent=(person.id,), client=(body.id,), role=role, **told)
        return
    office = one_line(one.office)
    post = _entity(
        "Position",
        _id("post", actor.key, office.casefold()),
        name=(f"{office}, {actor.name}",),
        organization=(body.id if body.schema in _BODIES else None,),
        country=(_country(actor),),
    )
    yield post
    yield _entity("Occupancy", _id("holds", person.id, post.id), holder=(person.id,), post=(post.id,), **told)


def _actor(actor: Actor) -> Entity:
    entry = load_gazetteer().actor(actor.code) if actor.code else None
    kind = actor.kind or (entry.actor.kind if entry else None)
    schema = _SCHEMATA[kind] if kind else _UNKNOWN
    return _entity(schema, _id("actor", actor.key), name=(actor.name,), country=(_country(actor),))


def _event(event: Event, reports: list[Cited]) -> Entity:
    people = [(one, _actor(one.actor).id) for one in event.participants]
    persons = [
        _id("person", one.actor.key, one.person) for one, _ in people if one.person is not None and one.person != one.actor.name
    ]
    place = event.place
    return _entity(
        "Event",
        event.id,
        name=(_name(event),),
        involved=[*(own for _, own in people), *persons],
        organizer=[own for one, own in people if one.role in _CONVENING],
        location=(place.name if place else None,),
        country=(_alpha_2(place.country) if place and place.country else None,),
        keywords=(event.type, event.factuality, *event.dossiers, *event.issues),
        recordId=(event.id,),
        proof=event.documents,
        publisher=[report.source for report in reports],
        sourceUrl=[report.url for report in reports],
        summary=[report.sentence for report in reports],
        notes=[*(f"{report.claim} {pointer(report)}" for report in reports), *_roles(event)],
        **_dates(event.when),
    )


def _roles(event: Event) -> Iterator[str]:
    for one in event.participants:
        if one.role is not Role.COUNTERPART:
            yield f"{one.actor.name}: {one.role.value.replace('_', ' ')}"


def _name(event: Event) -> str:
    actors = ", ".join(distinct(tuple(one.actor.name for one in event.participants)))
    real = "" if event.factuality is Factuality.OCCURRED else f"{event.factuality.value.replace('_', ' ')} "
    line = f"{real}{event.type.value.replace('_', ' ')}: {actors}"
    return f"{line[0].upper()}{line[1:]}"


def _dates(when: When | None) -> dict[str, tuple[str | None, ...]]:
    """A date as precise as it is known; other stretches of time by their ends."""
    if when is None:
        return {}
    start, end = _iso(when.start), _iso(when.end)
    if start is not None and start == end:
        return {"date": (start,)}
    digits = {Precision.MONTH: 7, Precision.YEAR: 4}.get(when.precision) if when.precision else None
    if start is not None and digits:
        return {"date": (start[:digits],)}
    return {"startDate": (start,), "endDate": (end,)}


def _id(*parts: str) -> str:
    return f"dragoman-{parts[0]}-{content_hash(*parts)}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _country(actor: Actor) -> str | None:
    entry = load_gazetteer().actor(actor.code) if actor.code else None
    code = country_of_entry(entry)
    return _alpha_2(code) if code else None


@cache
def _alpha_2(code: str) -> str | None:
    """FollowTheMoney's country code; None for states that are no more, which it files under codes of its own."""
    if code in _OWN_COUNTRIES:
        return _OWN_COUNTRIES[code]
    country = pycountry.countries.get(alpha_3=code)
    return str(country.alpha_2).lower() if country else None


@cache
def _language(code: str | None) -> str | None:
    """ISO 639-3, which FollowTheMoney uses, for our two letters."""
    language = pycountry.languages.get(alpha_2=code) if code else None
    return str(language.alpha_3) if language else None
