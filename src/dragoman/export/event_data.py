"""The record as event data: POLECAT's 40 columns (PLOVER), and dyads in CAMEO's codes of up to four digits."""

from collections.abc import Iterable
from datetime import date

import msgspec

from dragoman.core.ids import DocumentId
from dragoman.core.sheets import Sheet
from dragoman.core.time import When
from dragoman.core.vocab import PlaceKind, Precision
from dragoman.export.coding import Acting, Action, actions
from dragoman.export.selection import Selection, distinct, one_line, pointer
from dragoman.knowledge.cameo import cameo_codes, cameo_sector
from dragoman.knowledge.plover import plover
from dragoman.knowledge.sectors import Codes, load_sectors

_JOIN = ";"
MOST_IN_PAIRS = 6
"""Actors up to whom an event is written in pairs: of twenty at a conference nobody says which two spoke with one another."""
_DAYS = frozenset({Precision.DAY, Precision.RANGE})


class PolecatRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event under POLECAT's column names; several actors of one side stand in the same order in each of its columns."""

    event_id: str = msgspec.field(name="Event ID")
    event_date: date | None = msgspec.field(name="Event Date", default=None)
    event_type: str = msgspec.field(name="Event Type")
    event_mode: str | None = msgspec.field(name="Event Mode", default=None)
    intensity: float = msgspec.field(name="Intensity")
    quad_code: str = msgspec.field(name="Quad Code")
    contexts: str = msgspec.field(name="Contexts")
    actor_name: str = msgspec.field(name="Actor Name")
    actor_country: str = msgspec.field(name="Actor Country")
    actor_cow: str = msgspec.field(name="Actor COW")
    actor_sector: str = msgspec.field(name="Primary Actor Sector")
    actor_sectors: str = msgspec.field(name="Actor Sectors")
    actor_title: str = msgspec.field(name="Actor Title")
    actor_raw: str = msgspec.field(name="Actor Name Raw")
    actor_wikipedia: str | None = msgspec.field(name="Wikipedia Actor ID", default=None)
    recipient_name: str = msgspec.field(name="Recipient Name")
    recipient_country: str = msgspec.field(name="Recipient Country")
    recipient_cow: str = msgspec.field(name="Recipient COW")
    recipient_sector: str = msgspec.field(name="Primary Recipient Sector")
    recipient_sectors: str = msgspec.field(name="Recipient Sectors")
    recipient_title: str = msgspec.field(name="Recipient Title")
    recipient_raw: str = msgspec.field(name="Recipient Name Raw")
    recipient_wikipedia: str | None = msgspec.field(name="Wikipedia Recipient ID", default=None)
    placename: str | None = msgspec.field(name="Placename", default=None)
    city: str | None = msgspec.field(name="City", default=None)
    district: str | None = msgspec.field(name="District", default=None)
    province: str | None = msgspec.field(name="Province", default=None)
    country: str | None = msgspec.field(name="Country", default=None)
    latitude: float | None = msgspec.field(name="Latitude", default=None)
    longitude: float | None = msgspec.field(name="Longitude", default=None)
    geonames: int | None = msgspec.field(name="GeoNames ID", default=None)
    raw_placename: str | None = msgspec.field(name="Raw Placename", default=None)
    feature_type: str | None = msgspec.field(name="Feature Type", default=None)
    source: str | None = msgspec.field(name="Source", default=None)
    publication_date: date | None = msgspec.field(name="Publication Date", default=None)
    story_people: str | None = msgspec.field(name="Story People", default=None)
    story_organizations: str | None = msgspec.field(name="Story Organizations", default=None)
    story_locations: str | None = msgspec.field(name="Story Locations", default=None)
    language: str | None = msgspec.field(name="Language", default=None)
    version: str = msgspec.field(name="Version")


class CameoRow(msgspec.Struct, frozen=True, kw_only=True):
    """One ordered pair of one event. Names up to `SOURCEURL` are GDELT's, where the meaning is the same; the rest is ours."""

    id: str = msgspec.field(name="GLOBALEVENTID")
    sql_date: str | None = msgspec.field(name="SQLDATE", default=None)
    """YYYYMMDD; only where the day is known, for several days the first."""
    year: int | None = msgspec.field(name="Year", default=None)
    actor1_name: str | None = msgspec.field(name="Actor1Name", default=None)
    actor1_country: str | None = msgspec.field(name="Actor1CountryCode", default=None)
    actor1_type: str | None = msgspec.field(name="Actor1Type1Code", default=None)
    actor2_name: str | None = msgspec.field(name="Actor2Name", default=None)
    actor2_country: str | None = msgspec.field(name="Actor2CountryCode", default=None)
    actor2_type: str | None = msgspec.field(name="Actor2Type1Code", default=None)
    event_code: str = msgspec.field(name="EventCode")
    base_code: str = msgspec.field(name="EventBaseCode")
    root_code: str = msgspec.field(name="EventRootCode")
    quad_class: int = msgspec.field(name="QuadClass")
    """1 verbal cooperation to 4 material conflict."""
    goldstein: float | None = msgspec.field(name="GoldsteinScale", default=None)
    mentions: int = msgspec.field(name="NumMentions")
    """Reports of the event, reprints among them."""
    articles: int = msgspec.field(name="NumArticles")
    place: str | None = msgspec.field(name="ActionGeo_FullName", default=None)
    latitude: float | None = msgspec.field(name="ActionGeo_Lat", default=None)
    longitude: float | None = msgspec.field(name="ActionGeo_Long", default=None)
    url: str | None = msgspec.field(name="SOURCEURL", default=None)
    place_country: str | None = None
    """ISO 3166 alpha-3, where GDELT has FIPS."""
    actors: int
    """In the event: a pair out of six weighs less than a pair of two."""
    dossiers: tuple[str, ...] = ()
    rule: str
    """The rule or model that coded it: dyads of a model are told from those of rules by it."""
    score: float | None = None
    """A model's probability, where a model decided."""
    sentence: str
    pointer: str
    """Document and offsets of the sentence."""


def polecat_sheet(selection: Selection, *, version: str) -> tuple[Sheet, tuple[str, ...]]:
    """PLOVER events under POLECAT's 40 columns; the sheet, and what PLOVER cannot hold."""
    found, left_out = actions(selection)
    rows = tuple(_polecat(each, selection, version) for each in found)
    return Sheet(name="polecat", kind=PolecatRow, rows=rows), left_out


def cameo_sheet(selection: Selection) -> tuple[Sheet, tuple[str, ...]]:
    """CAMEO dyads; the sheet, and what CAMEO cannot hold."""
    found, left_out = actions(selection)
    crowds = [each for each in found if _size(each) > MOST_IN_PAIRS]
    rows = tuple(row for each in found if _size(each) <= MOST_IN_PAIRS for row in _dyads(each))
    crowded = (f"{each.id}: {_size(each)} actors: which of them dealt with which is not said" for each in crowds)
    return Sheet(name="cameo", kind=CameoRow, rows=rows), (*left_out, *crowded)


def _polecat(action: Action, selection: Selection, version: str) -> PolecatRow:
    coded, place, cited = action.coded, action.place, action.cited
    on = action.when.start if action.when else cited.published
    by, to = _columns(action.sources, on), _columns(action.targets, on)
    document = selection.basis.documents[DocumentId(cited.document_id)]
    text = document.text
    return PolecatRow(
        event_id=action.id,
        event_date=_day(action.when),
        event_type=coded.root.value,
        event_mode=coded.mode,
        intensity=plover().intensity(coded.root, coded.mode) if action.intensity is None else action.intensity,
        quad_code=coded.root.quad.value.replace("_", " ").upper(),
        contexts=_JOIN.join(action.contexts),
        actor_name=by[0],
        actor_country=by[1],
        actor_cow=by[2],
        actor_sector=by[3],
        actor_sectors=by[3],
        actor_title=by[4],
        actor_raw=by[5],
        recipient_name=to[0],
        recipient_country=to[1],
        recipient_cow=to[2],
        recipient_sector=to[3],
        recipient_sectors=to[3],
        recipient_title=to[4],
        recipient_raw=to[5],
        placename=place.name if place else None,
        city=place.name if place and place.kind is PlaceKind.CITY else None,
        country=place.country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonames=place.geonames if place else None,
        raw_placename=one_line(place.span.of(text)) if place and place.span else None,
        source=cited.source,
        publication_date=cited.published,
        language=document.language,
        version=version,
    )


def _day(when: When | None) -> date | None:
    """The day, or the first of a stretch of days with two ends; None for anything vaguer."""
    if when is None or when.start is None:
        return None
    return when.start if when.start == when.end or when.precision in _DAYS else None


def _columns(people: tuple[Acting, ...], on: date | None) -> tuple[str, ...]:
    """Names, countries, numbers, sectors, titles and wordings, the same place in each being the same actor."""
    cells: list[tuple[str, ...]] = []
    for one in people:
        codes = _codes(one, on)
        name = one.person or (one.actor.name if one.actor else "")
        number = str(codes.cow) if codes.cow is not None else ""
        raw = one_line(one.raw or "")
        cells.append((name, codes.country or "", number, codes.sector or "", one_line(one.office or ""), raw))
    if not cells:
        return ("",) * 6
    columns = (tuple(value.replace(_JOIN, ",") for value in column) for column in zip(*cells, strict=True))
    return tuple(_JOIN.join(column) if any(column) else "" for column in columns)


def _codes(one: Acting | None, on: date | None) -> Codes:
    if one is None or one.actor is None:
        return Codes()
    return load_sectors().codes(one.actor, person=one.person, office=one.office, level=one.level, on=on)


def _dyads(action: Action) -> Iterable[CameoRow]:
    on = action.when.start if action.when else action.cited.published
    place, day = action.place, _day(action.when)
    for number, (source, target, code) in enumerate(action.pairs, start=1):
        cameo, by, to = cameo_codes()[code], _codes(source, on), _codes(target, on)
        yield CameoRow(
            id=f"{action.id}-{number}",
            sql_date=day.strftime("%Y%m%d") if day else None,
            year=_year(action.when),
            actor1_name=_name(source),
            actor1_country=by.country,
            actor1_type=cameo_sector(by.sector),
            actor2_name=_name(target),
            actor2_country=to.country,
            actor2_type=cameo_sector(to.sector),
            event_code=code,
            base_code=cameo.base,
            root_code=cameo.root,
            quad_class=_quad(cameo.root),
            goldstein=cameo.goldstein,
            mentions=action.reports,
            articles=action.documents,
            place=", ".join(distinct((place.name, place.country))) or None if place else None,
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            url=action.cited.url,
            place_country=place.country if place else None,
            actors=_size(action),
            dossiers=action.dossiers,
            rule=action.rule,
            score=action.score,
            sentence=action.cited.sentence,
            pointer=pointer(action.cited),
        )


def _size(action: Action) -> int:
    return len({one.actor.key for one in (*action.sources, *action.targets) if one.actor})


def _name(one: Acting | None) -> str | None:
    """The actor's name; a victim whom only the wording describes has none."""
    return one.actor.name if one is not None and one.actor is not None else None


def _year(when: When | None) -> int | None:
    if when is None or when.start is None or when.end is None:
        return None
    return when.start.year if when.start.year == when.end.year else None


def _quad(root: str) -> int:
    """CAMEO's own quads, as GDELT counts them: roots to 05, 09, 14 and 20."""
    number = int(root)
    return next(quad for quad, last in ((1, 5), (2, 9), (3, 14), (4, 20)) if number <= last)
