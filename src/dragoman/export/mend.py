"""Mediation events in the 30 columns of MEND (Mediation Event and Negotiators Database, doi:10.7910/DVN/PYRHS6)."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import Participant
from dragoman.core.ids import DocumentId, DossierId, EventId
from dragoman.core.records import Event
from dragoman.core.roles import MediationCase
from dragoman.core.sheets import Sheet
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    Channel,
    EngagementType,
    Outcome,
    PlaceKind,
    Precision,
    Standing,
)
from dragoman.export.selection import Selection, agreement_names, cite, distinct, pointer, state_name, web_address
from dragoman.knowledge.crosswalks import mend_classes, state_numbers
from dragoman.knowledge.dossiers import Dossier
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.resolve.mediation import mediation_cases

_JOIN = ";"
_REMOTE = frozenset({Channel.PHONE, Channel.VIDEO})
_UNKNOWN_MONTH = "00"


class MendRow(msgspec.Struct, frozen=True, kw_only=True):
    """One mediation event of one conflict, under MEND's own column names (one of them misspelt in its release)."""

    event_id: str = msgspec.field(name="med_event_ID")
    conflict_country: str
    country_number: str = msgspec.field(name="conflict_counry_ID")
    conflict_id: str | None = None
    location: str = msgspec.field(name="med_location - MULTISELECT")
    location_country: str | None = msgspec.field(name="med_loc_cty", default=None)
    longitude: float | None = msgspec.field(name="med_loc_x", default=None)
    latitude: float | None = msgspec.field(name="med_loc_y", default=None)
    day: int | None = msgspec.field(name="Day", default=None)
    month: int | None = msgspec.field(name="Month", default=None)
    year: int | None = msgspec.field(name="Year", default=None)
    third_party: str
    third_party_glopad: str | None = msgspec.field(name="third_party_id_GLOPAD", default=None)
    third_party_id: str
    third_party_pax: str | None = msgspec.field(name="third_party_id_PAX", default=None)
    num_med: int
    individual_med_named: str
    groupings_mechanisms: str
    local_parties: str
    local_party_id: str
    local_indiv_group: str
    num_local: str
    if_loc_belig: int
    agmt: int
    agmt_name: str | None = None
    agmt_pax: str | None = msgspec.field(name="agmt_id_PAX", default=None)
    summary: str = msgspec.field(name="Summary")
    source_urls: str
    shuttle: int
    med_type: str


def mend_sheet(selection: Selection) -> tuple[Sheet, tuple[str, ...]]:
    """One row for each selected event and each conflict that it is a mediation event of; the sheet, and what has no row.

    Ids count the events of a country's month in the whole record, so that a filter does not change them; a new report may.
    """
    wanted = {event.id: event for event in selection.events}
    cases = tuple(_cases(selection))
    names, ids = agreement_names(selection), _ids(cases, selection)
    rows, left_out = [], []
    for dossier, case in cases:
        if case.event not in wanted or selection.dossier not in {None, dossier.id}:
            continue
        if (dossier.id, case.event) in ids:
            own_id = ids[dossier.id, case.event]
            rows.append(_row(case, wanted[case.event], dossier, own_id, names, selection))
        else:
            left_out.append(f"{case.event}: {dossier.id} is no conflict of a country")
    return Sheet(name="mend", kind=MendRow, rows=tuple(rows)), tuple(left_out)


def _cases(selection: Selection) -> Iterator[tuple[Dossier, MediationCase]]:
    """Every mediation event of the whole record, by conflict and date."""
    for dossier in sorted({dossier for event in selection.basis.record.events for dossier in event.dossiers}):
        known = selection.basis.dossier(dossier)
        if known is not None and known.kind == "conflict":
            yield from ((known, case) for case in mediation_cases(selection.basis, dossier))


def _ids(cases: Iterable[tuple[Dossier, MediationCase]], selection: Selection) -> dict[tuple[DossierId, EventId], str]:
    """MEND's ids: the country of the conflict, year and month, and a count within them."""
    events = {event.id: event for event in selection.basis.record.events}
    counted: Counter[str] = Counter()
    ids = {}
    for dossier, case in cases:
        if dossier.countries:
            _, month, year = _date(events[case.event].when)
            stem = f"{dossier.countries[0]}{year or '0000'}{f'{month:02}' if month else _UNKNOWN_MONTH}"
            counted[stem] += 1
            ids[dossier.id, case.event] = f"{stem}-{counted[stem]}"
    return ids


def _row(
    case: MediationCase,
    event: Event,
    dossier: Dossier,
    own_id: str,
    names: dict[tuple[DocumentId, Span], str],
    selection: Selection,
) -> MendRow:
    third = _of(Standing.THIRD_PARTY, event, dossier, selection)
    local = _of(Standing.LOCAL_PARTY, event, dossier, selection)
    reports = selection.reports(event)
    day, month, year = _date(event.when)
    place = event.place
    sited = place is not None and place.kind is not PlaceKind.COUNTRY and event.channel not in _REMOTE
    numbers = (state_numbers().get(country) for country in dossier.countries)
    urls = distinct(tuple(web_address(selection.document(claim)) for _, claim in reports))
    cited = [cite(own, claim, selection.document(claim)) for own, claim in reports]
    return MendRow(
        event_id=own_id,
        conflict_country=_JOIN.join(state_name(code) for code in dossier.countries),
        country_number=_JOIN.join(str(number) for number in numbers if number is not None),
        location=_location(event),
        location_country=place.country if place and event.channel not in _REMOTE else None,
        longitude=place.longitude if sited and place else None,
        latitude=place.latitude if sited and place else None,
        day=day,
        month=month,
        year=year,
        third_party=_JOIN.join(case.third),
        third_party_id=_JOIN.join(_id(actor, third=True) for actor in _actors(third)),
        num_med=len(case.third),
        individual_med_named=_JOIN.join(distinct(tuple(one.person for one in third))),
        groupings_mechanisms=_JOIN.join(selection.tracks.get(event.id, ())),
        local_parties=_JOIN.join(case.local),
        local_party_id=_JOIN.join(_id(actor, third=False) for actor in _actors(local)),
        local_indiv_group=_JOIN.join(distinct(tuple(one.person for one in local))),
        num_local=str(len(case.local)) if len(case.local) < 2 else "2+",
        if_loc_belig=int(bool(case.local)),
        agmt=int(event.outcome is Outcome.AGREEMENT or event.type is EngagementType.AGREEMENT_SIGNING),
        agmt_name=next((names[key] for _, claim in reports if (key := (claim.document, claim.evidence[0])) in names), None),
        summary=" / ".join(f"{one.sentence} [{pointer(one)}]" for one in cited),
        source_urls=_JOIN.join(url.replace(_JOIN, "%3B") for url in urls),
        shuttle=int(case.shuttle),
        med_type=case.kind.value,
    )


def _location(event: Event) -> str:
    if event.channel in _REMOTE:
        return "Virtual"
    place = event.place
    return place.name if place and place.name and place.kind is not PlaceKind.COUNTRY else "unknown"


def _date(when: When | None) -> tuple[int | None, int | None, int | None]:
    """Day, month and year, each only where the text gives it; of a stretch of days with two ends the first."""
    if when is None or when.start is None or when.end is None:
        return None, None, None
    start, end = when.start, when.end
    if start == end or when.precision is Precision.RANGE:
        return start.day, start.month, start.year
    same_year = start.year == end.year
    return None, start.month if same_year and start.month == end.month else None, start.year if same_year else None


def _of(standing: Standing, event: Event, dossier: Dossier, selection: Selection) -> tuple[Participant, ...]:
    return tuple(one for one in event.participants if selection.basis.standing(one, dossier.id) is standing)


def _actors(participants: Iterable[Participant]) -> tuple[Actor, ...]:
    """Actors by display name, as the cases count them."""
    return tuple({one.actor.name: one.actor for one in participants}.values())


def _id(actor: Actor, *, third: bool) -> str:
    """MEND's class and our code; NM, not mentioned by name, where we have none."""
    if actor.code is None:
        return "NM"
    entry = load_gazetteer().actor(actor.code)
    kind = actor.kind or (entry.actor.kind if entry else None)
    if kind is None:
        return f"OTH_{actor.code}"
    known = mend_classes()[kind]
    return f"{known.third if third else known.local}_{actor.code}"
