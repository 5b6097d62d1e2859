"""The record as plain tables: events with who took part and who reports them, statements, offers, violence, and the documents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Agreement, AnyClaim, Interaction, Participant, Proposal, Status, Utterance, Violence
from dragoman.core.records import Event
from dragoman.core.sheets import Sheet
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.export.record_rows import (
    AgreementRow,
    DocumentRow,
    EventRow,
    InteractionRow,
    OfferRow,
    ParticipantRow,
    ReportRow,
    Site,
    StatementRow,
    StatusRow,
    Time,
    ViolenceRow,
)
from dragoman.export.selection import Cited, Selection, cite, distinct, one_line, web_address
from dragoman.knowledge.crosswalks import pax_codes
from dragoman.knowledge.sectors import load_sectors

C = TypeVar("C", bound=AnyClaim)

KINDS: Mapping[str, type[msgspec.Struct]] = {
    "events": EventRow,
    "participants": ParticipantRow,
    "reports": ReportRow,
    "statements": StatementRow,
    "offers": OfferRow,
    "violence": ViolenceRow,
    "status": StatusRow,
    "agreements": AgreementRow,
    "interactions": InteractionRow,
    "documents": DocumentRow,
}
"""The tables in their order, each with the kind of its rows."""


def record_tables(selection: Selection) -> tuple[Sheet, ...]:
    """All tables, those without a row too: a missing file would look like a failure."""
    events = selection.events
    rows: dict[str, tuple[msgspec.Struct, ...]] = {
        "events": tuple(_event(event, selection) for event in events),
        "participants": tuple(row for event in events for row in _participants(event, selection)),
        "reports": tuple(row for event in events for row in _reports(event, selection)),
        "statements": _rows(Utterance, _statement, selection),
        "offers": _rows(Proposal, _offer, selection),
        "violence": _rows(Violence, _violence, selection),
        "status": _rows(Status, _status, selection),
        "agreements": _rows(Agreement, _agreement, selection),
        "interactions": _rows(Interaction, _interaction, selection),
        "documents": tuple(_document(one, selection) for one in selection.documents()),
    }
    return tuple(Sheet(name=name, kind=kind, rows=rows[name]) for name, kind in KINDS.items())


def _rows(
    kind: type[C], make: Callable[[C, Document, Cited], msgspec.Struct], selection: Selection
) -> tuple[msgspec.Struct, ...]:
    made = []
    for own, claim in selection.others:
        if isinstance(claim, kind):
            document = selection.document(claim)
            made.append(make(claim, document, cite(own, claim, document)))
    return tuple(made)


def _time(when: When | None) -> Time:
    if when is None:
        return Time()
    words = one_line(when.expression) if when.expression else None
    return Time(date_start=when.start, date_end=when.end, date_precision=when.precision, date_words=words)


def _site(place: Place | None) -> Site:
    if place is None:
        return Site()
    return Site(
        place=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames=place.geonames,
    )


def _names(actors: Iterable[Actor]) -> tuple[str, ...]:
    return distinct(tuple(actor.name for actor in actors))


def _codes(actors: Iterable[Actor]) -> tuple[str, ...]:
    return distinct(tuple(actor.code for actor in actors))


def _event(event: Event, selection: Selection) -> EventRow:
    (own, first), *_ = selection.reports(event)
    stated = (f"{each.field}: {' / '.join(one_line(value.value) for value in each.values)}" for each in event.differences)
    return EventRow(
        event=event.id,
        type=event.type,
        factuality=event.factuality,
        time=_time(event.when),
        site=_site(event.place),
        channel=event.channel,
        actors=_names(one.actor for one in event.participants),
        codes=_codes(one.actor for one in event.participants),
        persons=distinct(tuple(one.person for one in event.participants)),
        dossiers=tuple(event.dossiers),
        issues=tuple(event.issues),
        pax=pax_codes(event.issues),
        outcome=event.outcome,
        reports=len(event.claims),
        independent=event.independent,
        accepted=event.accepted,
        judged=bool(event.judgements),
        part_of=tuple(event.part_of),
        differences=tuple(stated),
        cited=cite(own, first, selection.document(first)),
    )


def _participants(event: Event, selection: Selection) -> Iterator[ParticipantRow]:
    on = (event.when.start if event.when else None) or selection.basis.reported(event)
    for number, one in enumerate(event.participants, start=1):
        yield participant_row(event, number, one, on)


def participant_row(event: Event, number: int, one: Participant, on: date | None) -> ParticipantRow:
    """One participant with country and sector as of a day."""
    codes = load_sectors().codes(one.actor, person=one.person, office=one.office, level=one.level, on=on)
    return ParticipantRow(
        event=event.id,
        number=number,
        actor=one.actor.name,
        code=one.actor.code,
        kind=one.actor.kind,
        country=codes.country,
        cow=codes.cow,
        sector=codes.sector,
        person=one.person,
        office=one.office,
        level=one.level,
        role=one.role,
        role_reason=one.role_reason,
        guarantee=one.guarantee,
        standing=one.standing,
    )


def _reports(event: Event, selection: Selection) -> Iterator[ReportRow]:
    for own, claim in selection.reports(event):
        document = selection.document(claim)
        yield ReportRow(
            event=event.id,
            factuality=claim.factuality,
            time=_time(claim.when),
            site=_site(claim.place),
            outcome=claim.outcome,
            reprint_of=selection.originals.get(document.id),
            rule=claim.rule,
            cited=cite(own, claim, document),
        )


def _statement(claim: Utterance, document: Document, cited: Cited) -> StatementRow:
    return StatementRow(
        speaker=claim.speaker,
        speaker_kind=claim.speaker_kind,
        actors=_names(claim.speaker_actors),
        codes=_codes(claim.speaker_actors),
        office=claim.office,
        level=claim.level,
        words=one_line(claim.content.of(document.text)),
        direct=claim.direct,
        stance=claim.stance,
        issue=claim.issue,
        target=claim.target.name if claim.target else None,
        target_code=claim.target.code if claim.target else None,
        factuality=claim.factuality,
        time=_time(claim.when),
        dossiers=tuple(claim.dossiers),
        cited=cited,
    )


def _offer(claim: Proposal, document: Document, cited: Cited) -> OfferRow:
    return OfferRow(
        type=claim.type,
        by=_names(claim.by),
        by_codes=_codes(claim.by),
        to=_names(claim.to),
        to_codes=_codes(claim.to),
        terms=one_line(claim.terms.of(document.text)),
        answer=claim.answer,
        deadline=claim.deadline.end if claim.deadline else None,
        issues=tuple(claim.issues),
        pax=pax_codes(claim.issues),
        factuality=claim.factuality,
        time=_time(claim.when),
        dossiers=tuple(claim.dossiers),
        cited=cited,
    )


def _violence(claim: Violence, _: Document, cited: Cited) -> ViolenceRow:
    by = claim.perpetrator
    return ViolenceRow(
        type=claim.type,
        perpetrator=by.name if by else None,
        perpetrator_code=by.code if by else None,
        victim=claim.victim,
        factuality=claim.factuality,
        time=_time(claim.when),
        site=_site(claim.place),
        dossiers=tuple(claim.dossiers),
        cited=cited,
    )


def _status(claim: Status, _: Document, cited: Cited) -> StatusRow:
    return StatusRow(
        signal=claim.signal,
        actors=_names(claim.actors),
        codes=_codes(claim.actors),
        factuality=claim.factuality,
        time=_time(claim.when),
        site=_site(claim.place),
        dossiers=tuple(claim.dossiers),
        cited=cited,
    )


def _agreement(claim: Agreement, document: Document, cited: Cited) -> AgreementRow:
    return AgreementRow(
        state=claim.state,
        name=one_line(claim.name.of(document.text)) if claim.name else None,
        stage=claim.stage,
        parties=_names(claim.parties),
        by=_names(claim.by),
        said_by=_names(claim.said_by),
        issues=tuple(claim.issues),
        pax=pax_codes(claim.issues),
        factuality=claim.factuality,
        time=_time(claim.when),
        dossiers=tuple(claim.dossiers),
        cited=cited,
    )


def _interaction(claim: Interaction, _: Document, cited: Cited) -> InteractionRow:
    return InteractionRow(
        root=claim.root,
        mode=claim.mode,
        quad=claim.quad,
        intensity=claim.intensity,
        by=_names(claim.source),
        by_codes=_codes(claim.source),
        to=_names(claim.target),
        to_codes=_codes(claim.target),
        score=claim.score,
        model=claim.model,
        factuality=claim.factuality,
        time=_time(claim.when),
        dossiers=tuple(claim.dossiers),
        cited=cited,
    )


def _document(document: Document, selection: Selection) -> DocumentRow:
    return DocumentRow(
        document_id=document.id,
        document=document.name or document.id,
        title=document.title,
        source=document.source,
        published=document.published,
        language=document.language,
        url=web_address(document),
        author=document.author,
        licence=document.licence,
        reprint_of=selection.originals.get(document.id),
    )
