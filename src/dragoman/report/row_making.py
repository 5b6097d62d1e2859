"""Put a claim beside its words: its sentence, the neighbours, its document and who says so."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import (
    Agreement,
    AnyClaim,
    Attribution,
    Dependence,
    Engagement,
    Interaction,
    Participant,
    Proposal,
    Status,
    Utterance,
    Violence,
)
from dragoman.core.ids import ClaimId
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.knowledge.sectors import Codes, load_sectors
from dragoman.report.excerpts import may_show_full_text, neighbours, sentence_around
from dragoman.report.rows import (
    AgreementRow,
    AnyRow,
    AttributionRow,
    ContactRow,
    DependenceRow,
    InteractionRow,
    OfferRow,
    Row,
    StatementRow,
    StatusRow,
    ViolenceRow,
    Who,
)
from dragoman.report.words import voice_words

R = TypeVar("R", bound=Row)


def make_row(claim: AnyClaim, document: Document, *, full_text: bool = False, claim_id: ClaimId | None = None) -> AnyRow:
    """Put one claim beside its words; `claim_id` is the id to show where a correction changed the claim's own."""
    row = _MAKERS[type(claim)](claim, document, full_text=full_text)
    return msgspec.structs.replace(row, id=claim_id) if claim_id else row


def _cited(claim: AnyClaim, document: Document, when: When | None, *, full_text: bool) -> Row:
    text, first = document.text, claim.evidence[0]
    sentence = sentence_around(text, first)
    left, right = neighbours(text, sentence)
    return Row(
        id=claim.id,
        kind=type(claim).__name__.lower(),
        date_start=when.start if when else None,
        date_end=when.end if when else None,
        date_words=when.expression if when else None,
        factuality=claim.factuality.value,
        dossiers=tuple(claim.dossiers),
        sentence=sentence.of(text).strip(),
        before=left.of(text).strip() if left is not None else None,
        after=right.of(text).strip() if right is not None else None,
        voice=voice_words(claim.voices, document),
        setting=claim.setting.value,
        document=document.name or document.id,
        document_id=document.id,
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
        rule=claim.rule,
        score=claim.score,
        text=text if may_show_full_text(document, asked=full_text) else None,
    )


def _row(kind: type[R], base: Row, **own: object) -> R:
    return kind(**{**msgspec.structs.asdict(base), **own})


def _codes(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(actor.code for actor in actors if actor.code)


def _day(when: When | None, document: Document) -> date | None:
    """The day on which offices are looked up: the claim's own, else that of publication."""
    return (when.start if when else None) or document.published


def _who(participant: Participant, on: date | None) -> Who:
    codes = load_sectors().codes(
        participant.actor, person=participant.person, office=participant.office, level=participant.level, on=on
    )
    return Who(
        actor=participant.actor.name,
        code=participant.actor.code,
        sector=codes.sector,
        country=codes.country,
        cow=codes.cow,
        person=participant.person,
        office=participant.office,
        level=participant.level,
        role=participant.role,
        guarantee=participant.guarantee,
        standing=participant.standing,
    )


def _contact(claim: Engagement, document: Document, *, full_text: bool) -> ContactRow:
    on = _day(claim.when, document)
    return _row(
        ContactRow,
        _cited(claim, document, claim.when, full_text=full_text),
        type=claim.type.value,
        participants=tuple(_who(participant, on) for participant in claim.participants),
        channel=claim.channel,
        place=claim.place.name if claim.place else None,
        country=claim.place.country if claim.place else None,
        issues=tuple(claim.issues),
        outcome=claim.outcome.value,
        link=claim.link,
    )


def _statement(claim: Utterance, document: Document, *, full_text: bool) -> StatementRow:
    speaker = claim.speaker_actors[0] if len(claim.speaker_actors) == 1 else None
    person = claim.speaker if speaker and claim.speaker != speaker.name else None
    on = _day(claim.when, document)
    codes = load_sectors().codes(speaker, person=person, office=claim.office, level=claim.level, on=on) if speaker else Codes()
    return _row(
        StatementRow,
        _cited(claim, document, claim.when, full_text=full_text),
        speaker=claim.speaker,
        actors=tuple(actor.name for actor in claim.speaker_actors),
        codes=_codes(claim.speaker_actors),
        sector=codes.sector,
        speaker_kind=claim.speaker_kind.value,
        office=claim.office,
        level=claim.level,
        words=claim.content.of(document.text),
        direct=claim.direct,
        target=claim.target.name if claim.target else None,
        stance=claim.stance.value,
        issue=claim.issue.value,
    )


def _offer(claim: Proposal, document: Document, *, full_text: bool) -> OfferRow:
    return _row(
        OfferRow,
        _cited(claim, document, claim.when, full_text=full_text),
        type=claim.type.value,
        by=tuple(actor.name for actor in claim.by),
        by_codes=_codes(claim.by),
        to=tuple(actor.name for actor in claim.to),
        to_codes=_codes(claim.to),
        terms=claim.terms.of(document.text),
        answer=claim.answer.value,
        issues=tuple(claim.issues),
    )


def _violence(claim: Violence, document: Document, *, full_text: bool) -> ViolenceRow:
    by = claim.perpetrator
    codes = load_sectors().codes(by, on=_day(claim.when, document)) if by else Codes()
    return _row(
        ViolenceRow,
        _cited(claim, document, claim.when, full_text=full_text),
        type=claim.type.value,
        perpetrator=by.name if by else None,
        perpetrator_code=by.code if by else None,
        perpetrator_sector=codes.sector,
        victim=claim.victim,
        place=claim.place.name if claim.place else None,
        country=claim.place.country if claim.place else None,
    )


def _status(claim: Status, document: Document, *, full_text: bool) -> StatusRow:
    return _row(
        StatusRow,
        _cited(claim, document, claim.when, full_text=full_text),
        signal=claim.signal.value,
        actors=tuple(actor.name for actor in claim.actors),
        codes=_codes(claim.actors),
        place=claim.place.name if claim.place else None,
    )


def _agreement(claim: Agreement, document: Document, *, full_text: bool) -> AgreementRow:
    return _row(
        AgreementRow,
        _cited(claim, document, claim.when, full_text=full_text),
        state=claim.state.value,
        name=claim.name.of(document.text) if claim.name else None,
        stage=claim.stage,
        parties=tuple(actor.name for actor in claim.parties),
        by=tuple(actor.name for actor in claim.by),
        said_by=tuple(actor.name for actor in claim.said_by),
        issues=tuple(claim.issues),
    )


def _attribution(claim: Attribution, document: Document, *, full_text: bool) -> AttributionRow:
    return _row(
        AttributionRow,
        _cited(claim, document, None, full_text=full_text),
        content=claim.content.of(document.text),
        told_by=claim.source,
    )


def _interaction(claim: Interaction, document: Document, *, full_text: bool) -> InteractionRow:
    return _row(
        InteractionRow,
        _cited(claim, document, claim.when, full_text=full_text),
        root=claim.root.value,
        quad=claim.quad.value,
        mode=claim.mode,
        intensity=claim.intensity,
        by=tuple(actor.name for actor in claim.source),
        to=tuple(actor.name for actor in claim.target),
        model=claim.model,
    )


def _dependence(claim: Dependence, document: Document, *, full_text: bool) -> DependenceRow:
    return _row(
        DependenceRow,
        _cited(claim, document, claim.when, full_text=full_text),
        type=claim.type.value if claim.type else None,
        who=tuple(actor.name for actor in claim.who),
        on=tuple(actor.name for actor in claim.on),
        matter=claim.matter.of(document.text) if claim.matter else None,
    )


_MAKERS: Mapping[type, Callable[..., AnyRow]] = {
    Engagement: _contact,
    Utterance: _statement,
    Proposal: _offer,
    Violence: _violence,
    Status: _status,
    Attribution: _attribution,
    Agreement: _agreement,
    Interaction: _interaction,
    Dependence: _dependence,
}
