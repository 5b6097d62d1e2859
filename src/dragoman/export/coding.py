"""The record in the terms of event data: who did what to whom, as CAMEO and PLOVER code it."""

from collections.abc import Iterable, Iterator
from itertools import permutations, product

import msgspec

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Agreement, AnyClaim, Interaction, Participant, Proposal, Utterance, Violence
from dragoman.core.folding import fold
from dragoman.core.ids import ClaimId
from dragoman.core.records import Event
from dragoman.core.time import When
from dragoman.core.vocab import (
    AgreementState,
    Answer,
    EngagementType,
    Factuality,
    Level,
    ProposalKind,
    Role,
    SpeakerKind,
    Stance,
)
from dragoman.export.selection import Cited, Selection, cite
from dragoman.knowledge.cameo import (
    APPEAL,
    MEDIATED,
    PLANNED,
    REFUSED,
    Coded,
    code_claim,
    code_interaction,
    contexts_of,
    demands,
)
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.resolve.basis import HELD

_MEDIATING = frozenset({Role.MEDIATOR, Role.CO_MEDIATOR, Role.FACILITATOR, Role.MESSAGE_CARRIER})
_THIRD = _MEDIATING | {Role.HOST, Role.GUARANTOR, Role.OBSERVER}
_VISIT, _HOSTED = "042", "043"
_MUTUAL = frozenset({"036", "040", "041", "046", "057"})
"""Codes that hold in both directions where nobody is the one acted on."""
_WHY = {
    Factuality.CANCELLED: "who called it off is not in the record",
    Factuality.CALLED_FOR: "only called for: whoever calls for it need not take part",
    Factuality.CONDITIONAL: "only if something else happens",
    Factuality.DENIED: "denied",
    Factuality.ALLEGED: "only alleged",
}


class Acting(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on one side of an event; `raw` is the wording, where it is known."""

    actor: Actor | None = None
    person: str | None = None
    office: str | None = None
    level: Level | None = None
    raw: str | None = None


Pair = tuple[Acting | None, Acting | None, str]
"""Source, target and CAMEO code; None where nobody is named."""


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One event of event data; `id` is the event's or the claim's in our record.

    Where `targets` is empty everybody is an actor, as PLOVER has it for meetings. `pairs` are the ordered pairs for dyadic data.
    """

    id: str
    coded: Coded
    intensity: float | None = None
    """A model's own, where one gave it."""
    contexts: tuple[str, ...] = ()
    sources: tuple[Acting, ...]
    targets: tuple[Acting, ...] = ()
    pairs: tuple[Pair, ...]
    when: When | None = None
    place: Place | None = None
    dossiers: tuple[str, ...] = ()
    cited: Cited
    rule: str
    """The rule or model that coded it; of an event, that of its first report."""
    score: float | None = None
    """A model's probability, where a model decided."""
    reports: int = 1
    documents: int = 1


def actions(selection: Selection) -> tuple[tuple[Action, ...], tuple[str, ...]]:
    """Everything in the selection that event data can hold, and what they cannot, with the reason."""
    found: list[Action] = []
    left_out: list[str] = []
    for event in selection.events:
        made = _of_event(event, selection)
        if isinstance(made, str):
            left_out.append(f"{event.id}: {made}")
        else:
            found.append(made)
    for own, claim in selection.others:
        found += _of_claim(own, claim, selection)
    return tuple(found), tuple(left_out)


def _of_event(event: Event, selection: Selection) -> Action | str:
    planned = event.factuality is Factuality.PLANNED
    if not planned and event.factuality not in HELD:
        return _WHY[event.factuality]
    mediated = not planned and _is_mediated(event)
    value = PLANNED if planned else MEDIATED if mediated else event.type
    coded = code_claim("engagement", value)
    if coded is None:
        return f"no code for {value}"
    sources, targets = _sides(event, selection, mediated=mediated)
    own, first = selection.reports(event)[0]
    return Action(
        id=event.id,
        coded=coded,
        contexts=tuple(dict.fromkeys(("diplomatic", *contexts_of(event.issues)))),
        sources=sources,
        targets=targets,
        pairs=tuple(_pairs(sources, targets, coded.cameo)),
        when=event.when,
        place=event.place,
        dossiers=tuple(event.dossiers),
        cited=cite(own, first, selection.document(first)),
        rule=first.rule,
        score=first.score,
        reports=len(event.claims),
        documents=len(event.documents),
    )


def _is_mediated(event: Event) -> bool:
    """Whether a third party mediated a contact; offers and signings have codes of their own."""
    return event.type not in {EngagementType.MEDIATION_OFFER, EngagementType.AGREEMENT_SIGNING} and any(
        one.role in _MEDIATING for one in event.participants
    )


def _sides(event: Event, selection: Selection, *, mediated: bool) -> tuple[tuple[Acting, ...], tuple[Acting, ...]]:
    """Who acts on whom, as far as the record says; otherwise everybody acts and nobody is acted on."""
    everybody = event.participants
    if mediated or event.type is EngagementType.MEDIATION_OFFER:
        acting = [one for one in everybody if one.role in (_MEDIATING if mediated else _THIRD)] or list(everybody[:1])
    elif event.type is EngagementType.AGREEMENT_SIGNING:
        signed = [one for one in everybody if one.role not in _THIRD]
        return _people(signed or everybody, event, selection), ()
    elif event.type is EngagementType.VISIT:
        hosts = {one.actor.key for one in everybody if one.role is Role.HOST or _at_home(one, event)}
        acting = [one for one in everybody if one.actor.key not in hosts]
        if not hosts:  # the record puts the traveller first
            acting = [one for one in everybody if one.actor.key == everybody[0].actor.key]
    elif event.type is EngagementType.LETTER:
        acting = [one for one in everybody if one.actor.key == everybody[0].actor.key]
    else:
        return _people(everybody, event, selection), ()
    keys = {one.actor.key for one in acting}
    others = [one for one in everybody if one.actor.key not in keys]
    if not acting or not others:
        return _people(everybody, event, selection), ()
    return _people(acting, event, selection), _people(others, event, selection)


def _at_home(one: Participant, event: Event) -> bool:
    return event.place is not None and event.place.country is not None and one.actor.code == event.place.country


def _people(participants: Iterable[Participant], event: Event, selection: Selection) -> tuple[Acting, ...]:
    raw = _wordings(event, selection)
    return tuple(
        Acting(
            actor=one.actor,
            person=one.person,
            office=one.office,
            level=one.level,
            raw=raw.get((one.actor.key, one.person)),
        )
        for one in participants
    )


def _wordings(event: Event, selection: Selection) -> dict[tuple[str, str | None], str]:
    """How the reports word each participant, the first report that does."""
    found: dict[tuple[str, str | None], str] = {}
    for _, claim in selection.reports(event):
        text = selection.document(claim).text
        for one in claim.participants:
            if one.span is not None:
                found.setdefault((one.actor.key, one.person), one.span.of(text))
    return found


def _pairs(sources: tuple[Acting, ...], targets: tuple[Acting, ...], code: str) -> Iterator[Pair]:
    """Ordered pairs of different actors: from source to target where there are targets, else both ways among the sources.

    What is done to nobody named has an empty target.
    """
    left, right = _once(sources), _once(targets)
    if right:
        for one, other in product(left, right):
            yield one, other, code
            if code == _VISIT:
                yield other, one, _HOSTED
    elif code in _MUTUAL:
        yield from ((one, other, code) for one, other in permutations(left, 2))
    else:
        yield from ((one, None, code) for one in left)


def _once(people: tuple[Acting, ...]) -> list[Acting]:
    """One for each actor: the first named."""
    return list({_key(one): one for one in reversed(people)}.values())[::-1]


def _key(one: Acting) -> str:
    return one.actor.key if one.actor else ""


def _of_claim(own: ClaimId, claim: AnyClaim, selection: Selection) -> Iterator[Action]:
    if claim.factuality not in HELD:
        return
    match claim:
        case Proposal():
            yield from _of_proposal(own, claim, selection)
        case Utterance() if claim.target and claim.speaker_actors and claim.speaker_kind is SpeakerKind.POLITICAL:
            appeals = claim.stance is Stance.DEMAND and not demands(_words(claim, selection))
            coded = code_claim("utterance", APPEAL if appeals else claim.stance, (claim.issue,))
            named = claim.speaker not in {actor.name for actor in claim.speaker_actors}
            person = claim.speaker if named and len(claim.speaker_actors) == 1 else None
            by = [Acting(actor=one, person=person, office=claim.office, level=claim.level) for one in claim.speaker_actors]
            yield from _made(own, claim, coded, by, [Acting(actor=claim.target)], selection)
        case Violence():
            by = [Acting(actor=claim.perpetrator)] if claim.perpetrator else []
            hit = [_victim(claim.victim)] if claim.victim else []
            yield from _made(own, claim, code_claim("violence", claim.type), by, hit, selection)
        case Agreement() if claim.state is AgreementState.BROKEN and claim.by and claim.issues:
            others = [one for one in claim.parties if one.key not in {actor.key for actor in claim.by}]
            coded = code_claim("agreement", claim.state, claim.issues)
            yield from _made(own, claim, coded, _acting(claim.by), _acting(others), selection)
        case Interaction():
            coded = code_interaction(claim.root, claim.mode)
            yield from _made(own, claim, coded, _acting(claim.source), _acting(claim.target), selection)


def _victim(words: str) -> Acting:
    """Who was hit: an actor where the words are its name and no other's, else the words alone."""
    known = [one for one in load_gazetteer().named(words) if fold(words) in {fold(one.actor.name), *map(fold, one.names)}]
    return Acting(actor=known[0].actor if len(known) == 1 else None, raw=words)


def _of_proposal(own: ClaimId, claim: Proposal, selection: Selection) -> Iterator[Action]:
    appeals = claim.type is ProposalKind.DEMAND and not demands(_words(claim, selection))
    coded = code_claim("proposal", APPEAL if appeals else claim.type, claim.issues)
    if claim.by and claim.type is not ProposalKind.CONDITION:
        yield from _made(own, claim, coded, _acting(claim.by), _acting(claim.to), selection)
    if claim.by and claim.to and claim.answer is Answer.REFUSED:
        refused = code_claim("proposal", REFUSED, claim.issues)
        yield from _made(own, claim, refused, _acting(claim.to), _acting(claim.by), selection, suffix="-refused")


def _words(claim: AnyClaim, selection: Selection) -> str:
    return claim.evidence[0].of(selection.document(claim).text)


def _acting(actors: Iterable[Actor]) -> list[Acting]:
    return [Acting(actor=one) for one in actors]


def _made(
    own: ClaimId,
    claim: Proposal | Utterance | Violence | Agreement | Interaction,
    coded: Coded | None,
    by: list[Acting],
    to: list[Acting],
    selection: Selection,
    *,
    suffix: str = "",
) -> Iterator[Action]:
    if coded is None:
        return
    issues = (claim.issue,) if isinstance(claim, Utterance) else () if isinstance(claim, Violence | Interaction) else claim.issues
    pairs = tuple((one, other, coded.cameo) for one, other in product(by or (None,), to or (None,)))
    yield Action(
        id=f"{own}{suffix}",
        coded=coded,
        intensity=claim.intensity if isinstance(claim, Interaction) else None,
        contexts=contexts_of(issues),
        sources=tuple(by),
        targets=tuple(to),
        pairs=pairs,
        when=claim.when,
        place=claim.place if isinstance(claim, Violence) else None,
        dossiers=tuple(claim.dossiers),
        cited=cite(own, claim, selection.document(claim)),
        rule=claim.rule,
        score=claim.score,
    )
