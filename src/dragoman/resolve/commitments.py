"""Offers with their answers and agreements with what was said about keeping them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter

from msgspec.structs import replace
from rapidfuzz import fuzz

from dragoman.core.actors import Actor
from dragoman.core.claims import Agreement, Engagement, Proposal
from dragoman.core.commitments import Answered, Commitment, Commitments, Offer, Word
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.records import Event
from dragoman.core.text import Span
from dragoman.core.vocab import AgreementStage, AgreementState, Answer, EngagementType, Factuality, Outcome, ProposalKind, Role
from dragoman.resolve.basis import HELD, Basis, day_of

WINDOW = timedelta(days=60)
"""Longest time between two reports of one offer."""
ALIKE = 60
"""Least likeness of their wording, of 100 (token set ratio of rapidfuzz); below that, two reports tell of two offers."""

_TOLD = HELD | {Factuality.ALLEGED}
_BROKERS = frozenset({Role.MEDIATOR, Role.CO_MEDIATOR, Role.FACILITATOR, Role.HOST})
_SIGNING = frozenset({Role.PARTY, Role.COUNTERPART})
_MADE = frozenset({ProposalKind.OFFER, ProposalKind.DEMAND, ProposalKind.GUARANTEE})


def find_commitments(basis: Basis) -> Commitments:
    """The register of offers and agreements.

    Reports of one offer are joined where kind and maker are the same, dossier and issues meet, the wording is alike and no more
    than two months lie between; those in no dossier and to nobody else are left out. A later word on an agreement goes to the
    latest one before it in its dossier that is of the stage it names and has the actors it names as signatories; where that
    leaves none or several, it stays unplaced.
    """
    stages = _stages(basis)
    agreements = [_commitment(event, stages, basis) for event in basis.record.events if _is_agreement(event)]
    agreements.sort(key=lambda one: (one.on is None, one.on or date.min, one.event))
    placed, unplaced = _place_words(agreements, basis)
    return Commitments(offers=_offers(basis), agreements=tuple(placed), unplaced=tuple(unplaced))


# --- offers


def _offers(basis: Basis) -> tuple[Offer, ...]:
    proposals = [one for one in basis.record.others if isinstance(one, Proposal) and one.factuality in _TOLD]
    made = [one for one in proposals if one.type in _MADE]
    made.sort(key=lambda one: (_day(one, basis) or date.min, one.document, one.evidence[0], one.id))
    register = _Register(basis)
    for one in made:
        register.add(one)
    conditions: dict[DocumentId, list[tuple[int, Proposal]]] = {}
    for place, one in enumerate(proposals):
        if one.type is ProposalKind.CONDITION:
            conditions.setdefault(one.document, []).append((place, one))
    events = _offering_events(basis)
    offers = [_offer(group, conditions, events, basis) for group in register.groups]
    told = {event for offer in offers for event in offer.events}
    offers += [_offer_of_event(event, basis) for event in events.values() if event.id not in told]
    unique = {offer.id: offer for offer in offers if _concerns_others(offer)}
    return tuple(sorted(unique.values(), key=lambda one: (one.on is None, one.on or date.min, one.id)))


def _concerns_others(offer: Offer) -> bool:
    """Whether an offer is made to another actor or in a dossier: a promise to one's own voters is no part of the record."""
    makers = {actor.key for actor in offer.by}
    return bool(offer.dossiers) or any(actor.key not in makers for actor in offer.to)


class _Register:
    """Reports by the offer that they tell of, in the making; they come in the order of their days, those without one first.

    A report is compared with the last one of each offer of the same kind and maker within the window, and with those of its own
    document: nothing else can be the same offer, and the register grows without the comparisons growing with it.
    """

    def __init__(self, basis: Basis) -> None:
        self.groups: list[list[Proposal]] = []
        self._basis = basis
        self._by_maker: dict[tuple[ProposalKind, str], dict[int, None]] = {}
        self._by_document: dict[DocumentId, dict[int, None]] = {}

    def add(self, one: Proposal) -> None:
        """Add a report to the latest offer that it fits, else as a new one."""
        near = self._near(one)
        home = next((at for at in sorted(near, reverse=True) if _one_offer(self.groups[at][-1], one, self._basis)), None)
        if home is None:
            home = len(self.groups)
            self.groups.append([])
        self.groups[home].append(one)
        self._by_document.setdefault(one.document, {})[home] = None
        for actor in one.by:
            self._by_maker.setdefault((one.type, actor.key), {})[home] = None

    def _near(self, one: Proposal) -> set[int]:
        near = set(self._by_document.get(one.document, ()))
        day = _day(one, self._basis)
        for actor in one.by:
            open_ = self._by_maker.get((one.type, actor.key), {})
            for at in [at for at in open_ if self._is_over(self.groups[at][-1], day)]:
                del open_[at]
            near.update(open_)
        return near

    def _is_over(self, last: Proposal, day: date | None) -> bool:
        """Whether no later report of another document can tell of the offer any more."""
        before = _day(last, self._basis)
        return day is not None and (before is None or day - before > WINDOW)


def _day(claim: Proposal, basis: Basis) -> date | None:
    return day_of(claim.when) or basis.published(claim)


def _one_offer(earlier: Proposal, later: Proposal, basis: Basis) -> bool:
    """Whether two reports tell of one offer."""
    same_maker = {actor.key for actor in earlier.by} & {actor.key for actor in later.by}
    if earlier.type is not later.type or not same_maker or not _meet(earlier.dossiers, later.dossiers):
        return False
    before, after = _day(earlier, basis), _day(later, basis)
    near = abs(after - before) <= WINDOW if before and after else earlier.document == later.document
    return near and _meet(earlier.issues, later.issues) and fuzz.token_set_ratio(*_terms(earlier, later, basis)) >= ALIKE


def _terms(earlier: Proposal, later: Proposal, basis: Basis) -> tuple[str, str]:
    def words(one: Proposal) -> str:
        document = basis.documents.get(one.document)
        return one.terms.of(document.text).casefold() if document else ""

    return words(earlier), words(later)


def _meet(one: Iterable[object], other: Iterable[object]) -> bool:
    ours, theirs = set(one), set(other)
    return not ours or not theirs or bool(ours & theirs)


def _offer(
    reports: Sequence[Proposal],
    conditions: Mapping[DocumentId, Sequence[tuple[int, Proposal]]],
    events: dict[tuple[str, Span], Event],
    basis: Basis,
) -> Offer:
    answers = [_answered(one, basis) for one in reports if one.answer is not Answer.OPEN]
    answers.sort(key=lambda one: (one.on is not None, one.on or date.min, one.claims))
    told = {event.id: event for one in reports if (event := events.get((one.document, one.evidence[0]))) is not None}
    dossiers = [*(one.dossiers for one in reports), *(event.dossiers for event in told.values())]
    beside = sorted((entry for own in {one.document for one in reports} for entry in conditions.get(own, ())), key=itemgetter(0))
    return Offer(
        kind=reports[0].type,
        by=_distinct(actor for one in reports for actor in one.by),
        to=_distinct(actor for one in reports for actor in one.to),
        dossiers=tuple(dict.fromkeys(dossier for own in dossiers for dossier in own)),
        issues=tuple(dict.fromkeys(issue for one in reports for issue in one.issues)),
        on=_day(reports[0], basis),
        answer=answers[-1].answer if answers else Answer.OPEN,
        answers=tuple(answers),
        conditions=tuple(dict.fromkeys(one.id for _, one in beside if _conditions(one, reports))),
        deadline=next((one.deadline for one in reports if one.deadline is not None), None),
        claims=tuple(one.id for one in reports),
        events=tuple(told),
    )


def _answered(one: Proposal, basis: Basis) -> Answered:
    return Answered(answer=one.answer, on=_day(one, basis), by=one.to, claims=(one.id,))


def _conditions(condition: Proposal, reports: Iterable[Proposal]) -> bool:
    """Whether a condition stands in the sentence of an offer, stated by its maker."""
    return any(
        condition.document == one.document
        and condition.evidence[0].overlaps(one.evidence[0])
        and {actor.key for actor in condition.by} & {actor.key for actor in one.by}
        for one in reports
    )


def _offering_events(basis: Basis) -> dict[tuple[str, Span], Event]:
    """Offers to mediate, host or guarantee among the events, by the sentences that tell of them."""
    return {
        (claim.document, claim.evidence[0]): event
        for event in basis.record.events
        if event.type is EngagementType.MEDIATION_OFFER and event.factuality in _TOLD
        for _, claim in basis.engagements(event)
    }


def _offer_of_event(event: Event, basis: Basis) -> Offer:
    maker, *rest = event.participants
    guarantees = any(one.role is Role.GUARANTOR for one in event.participants)
    answer = Answer.REFUSED if event.outcome is Outcome.DECLINED else Answer.OPEN
    to = _distinct(one.actor for one in rest)
    refused = (Answered(answer=answer, on=basis.day(event), by=to, claims=event.claims),) if answer is Answer.REFUSED else ()
    return Offer(
        kind=ProposalKind.GUARANTEE if guarantees else ProposalKind.OFFER,
        by=(maker.actor,),
        to=to,
        dossiers=event.dossiers,
        issues=event.issues,
        on=basis.day(event),
        answer=answer,
        answers=refused,
        claims=event.claims,
        events=(event.id,),
    )


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({actor.key: actor for actor in actors}.values())


# --- agreements


def _is_agreement(event: Event) -> bool:
    reached = event.type is EngagementType.AGREEMENT_SIGNING or event.outcome is Outcome.AGREEMENT
    return reached and event.factuality in HELD


def _stages(basis: Basis) -> dict[tuple[DocumentId, Span], AgreementStage]:
    """Stages of the agreements reached, by the sentences that tell of them."""
    return {
        (claim.document, claim.evidence[0]): claim.stage
        for claim in basis.record.others
        if isinstance(claim, Agreement) and claim.state is AgreementState.REACHED and claim.stage
    }


def _commitment(event: Event, stages: Mapping[tuple[DocumentId, Span], AgreementStage], basis: Basis) -> Commitment:
    signed = event.type is EngagementType.AGREEMENT_SIGNING
    engagements = basis.engagements(event)
    stage = next((found for _, one in engagements if (found := stages.get((one.document, one.evidence[0]))) is not None), None)
    return Commitment(
        event=event.id,
        signed=signed,
        stage=stage,
        signatories=_distinct(one.actor for one in event.participants if one.role in _SIGNING),
        brokers=_distinct(one.actor for one in event.participants if one.role in _BROKERS),
        guarantors=_distinct(one.actor for one in event.participants if one.role is Role.GUARANTOR),
        dossiers=event.dossiers,
        issues=event.issues,
        on=basis.day(event),
        factuality=event.factuality,
        claims=_telling(engagements, signed=signed),
    )


def _telling(engagements: Iterable[tuple[ClaimId, Engagement]], *, signed: bool) -> tuple[ClaimId, ...]:
    """The claims that tell of the agreement itself."""
    return tuple(one for one, claim in engagements if claim.factuality in HELD and (signed or claim.outcome is Outcome.AGREEMENT))


def _place_words(agreements: Sequence[Commitment], basis: Basis) -> tuple[list[Commitment], list[ClaimId]]:
    """Give each later word to the agreement that it is about."""
    words: dict[int, list[Word]] = {}
    unplaced: list[ClaimId] = []
    by_dossier: dict[DossierId, list[int]] = {}
    for place, agreement in enumerate(agreements):
        for dossier in agreement.dossiers:
            if _is_of(agreement, dossier, basis):
                by_dossier.setdefault(dossier, []).append(place)
    for claim in basis.record.others:
        if not isinstance(claim, Agreement) or claim.state is AgreementState.REACHED or claim.factuality not in _TOLD:
            continue
        near = sorted({place for dossier in claim.dossiers for place in by_dossier.get(dossier, ())})
        at, why = _which(claim, [(place, agreements[place]) for place in near], basis)
        if at is None:
            unplaced.append(claim.id)
            continue
        on = day_of(claim.when) or basis.published(claim)
        words.setdefault(at, []).append(
            Word(
                state=claim.state,
                on=on,
                by=claim.by,
                said_by=claim.said_by,
                factuality=claim.factuality,
                claim=claim.id,
                to_which=why,
            )
        )
    placed = []
    for place, one in enumerate(agreements):
        own = sorted(words.get(place, ()), key=lambda word: (word.on is None, word.on or date.min, word.claim))
        placed.append(replace(one, words=tuple(own)))
    return placed, unplaced


def _is_of(agreement: Commitment, dossier: DossierId, basis: Basis) -> bool:
    """Whether an agreement is one of a conflict: a party of it signed, or nobody is known to have.

    Two outsiders who sign a treaty and speak of the conflict beside it make no agreement of the conflict.
    """
    known = basis.dossier(dossier, agreement.on)
    if known is None or not known.parties or not agreement.signatories:
        return True
    return not {actor.code for actor in agreement.signatories}.isdisjoint(known.parties)


def _which(claim: Agreement, agreements: Sequence[tuple[int, Commitment]], basis: Basis) -> tuple[int | None, str]:
    """Which of the agreements in its dossiers a word is about and why: made before it, of its stage, signed by those it names."""
    on = day_of(claim.when) or basis.published(claim)
    named = {actor.key for actor in claim.by}
    fitting = [
        (at, one)
        for at, one in agreements
        if (on is None or one.on is None or one.on <= on)
        and _of_stage(one.stage, claim.stage)
        and (not named or named & {actor.key for actor in one.signatories})
    ]
    dated = [at for at, one in fitting if one.on is not None]
    if on is not None and dated:
        return dated[-1], "the latest such agreement before it in its dossier" + _signed_by(named)
    if len(fitting) == 1:
        return fitting[0][0], "the only such agreement on record in its dossier" + _signed_by(named)
    return None, ""


def _signed_by(named: set[str]) -> str:
    return ", signed by those it names" if named else ""


def _of_stage(one: AgreementStage | None, asked: AgreementStage | None) -> bool:
    """Whether a word that names a stage fits; a ceasefire and its renewal are one."""
    truce = {AgreementStage.CEASEFIRE, AgreementStage.RENEWAL}
    return one is None or asked is None or one is asked or {one, asked} <= truce
