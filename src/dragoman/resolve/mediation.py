"""MEND's M and MR, and who did what over a dossier."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from dragoman.core.actors import Actor
from dragoman.core.claims import Engagement, Participant, Proposal
from dragoman.core.ids import ClaimId, DossierId
from dragoman.core.records import Event
from dragoman.core.roles import GuaranteeStep, Involvement, MediationCase, RoleHeld
from dragoman.core.vocab import Answer, Channel, EngagementType, Guarantee, MediationKind, Outcome, ProposalKind, Role, Standing
from dragoman.resolve.basis import HELD, Basis, day_of

_BOTH = 2
_ANSWERS = {Answer.OPEN: Guarantee.OFFERED, Answer.ACCEPTED: Guarantee.ACCEPTED, Answer.REFUSED: Guarantee.REFUSED}


def mediation_cases(basis: Basis, dossier: DossierId) -> tuple[MediationCase, ...]:
    """Every held event of a dossier with a third party, as M or MR with its reason.

    "Two or more local parties, or shuttle: M, else MR" repeats MEND's own label on 94.4 % of its public rows. Separate contacts
    of one chain with two local parties are shuttle.
    """
    events = [one for one in basis.record.events if dossier in one.dossiers and one.factuality in HELD]
    chains = _chains(events, basis)
    cases = (mediation_case(one, dossier, basis, chains) for one in events)
    return tuple(case for case in cases if case is not None)


def mediation_case(
    event: Event, dossier: DossierId, basis: Basis, chains: Mapping[str, frozenset[str]] | None = None
) -> MediationCase | None:
    """One event as M or MR; None without a third party, or of third parties of which only one takes part."""
    local = _names(event, dossier, Standing.LOCAL_PARTY, basis)
    third = _names(event, dossier, Standing.THIRD_PARTY, basis)
    if not third or (not local and len(third) < _BOTH):
        return None
    linked = {name for link in _links(event, basis) for name in (chains or {}).get(link, frozenset())}
    shuttle = event.channel is Channel.SHUTTLE or len(linked) >= _BOTH
    if len(local) >= _BOTH:
        kind, why = MediationKind.MEDIATION, f"{len(local)} local parties: {', '.join(local)}"
    elif shuttle and local:
        kind, why = MediationKind.MEDIATION, "shuttle between the local parties"
    else:
        kind, why = MediationKind.RELATED, f"one local party: {local[0]}" if local else "third parties among themselves"
    return MediationCase(event=event.id, dossier=dossier, kind=kind, why=why, local=local, third=third, shuttle=shuttle)


def _names(event: Event, dossier: DossierId, standing: Standing, basis: Basis) -> tuple[str, ...]:
    found = (one.actor.name for one in event.participants if basis.standing(one, dossier) is standing)
    return tuple(dict.fromkeys(found))


def _links(event: Event, basis: Basis) -> set[str]:
    return {f"{claim.document}/{claim.link}" for _, claim in basis.engagements(event) if claim.link}


def _chains(events: Iterable[Event], basis: Basis) -> dict[str, frozenset[str]]:
    """The local parties that the separate contacts of each chain reach."""
    found: dict[str, set[str]] = {}
    for event in events:
        for link in _links(event, basis):
            for dossier in event.dossiers:
                found.setdefault(link, set()).update(_names(event, dossier, Standing.LOCAL_PARTY, basis))
    return {link: frozenset(names) for link, names in found.items()}


def involvements(basis: Basis, dossier: DossierId) -> tuple[Involvement, ...]:
    """Everybody who took part in a dossier's held events, parties first, then by the number of events."""
    events = [one for one in basis.record.events if dossier in one.dossiers and one.factuality in HELD]
    found: dict[str, list[tuple[Event, Participant]]] = {}
    for event in events:
        for one in event.participants:
            found.setdefault(one.actor.key, []).append((event, one))
    cases = mediation_cases(basis, dossier)
    guarantees = _guarantees(basis, dossier, events)
    everybody = {**{key: entries[0][1].actor for key, entries in found.items()}, **{key: g[0] for key, g in guarantees.items()}}
    made = [
        Involvement(
            actor=actor,
            dossier=dossier,
            standing=_standing(found.get(key, ()), dossier, basis) or _standing_of(actor, dossier, basis),
            events=tuple(dict.fromkeys(event.id for event, _ in found.get(key, ()))),
            roles=_roles(found.get(key, ()), basis),
            guarantees=guarantees[key][1] if key in guarantees else (),
            mediation=_counted(cases, actor, MediationKind.MEDIATION),
            related=_counted(cases, actor, MediationKind.RELATED),
        )
        for key, actor in everybody.items()
    ]
    return tuple(sorted(made, key=_order))


def _order(one: Involvement) -> tuple[bool, int, str]:
    return (one.standing is not Standing.LOCAL_PARTY, -len(one.events), one.actor.name)


def _counted(cases: Iterable[MediationCase], actor: Actor, kind: MediationKind) -> int:
    return sum(1 for case in cases if case.kind is kind and actor.name in case.third)


def _standing(entries: Iterable[tuple[Event, Participant]], dossier: DossierId, basis: Basis) -> Standing | None:
    return next((known for _, one in entries if (known := basis.standing(one, dossier)) is not None), None)


def _standing_of(actor: Actor, dossier: DossierId, basis: Basis) -> Standing | None:
    return basis.standing(Participant(actor=actor), dossier)


def _roles(entries: Iterable[tuple[Event, Participant]], basis: Basis) -> tuple[RoleHeld, ...]:
    held: dict[Role, list[tuple[Event, Participant]]] = {}
    for event, one in entries:
        if one.role is not Role.COUNTERPART:
            held.setdefault(one.role, []).append((event, one))
    roles = [
        RoleHeld(
            role=role,
            events=tuple(dict.fromkeys(event.id for event, _ in found)),
            first=_edge(min, found, basis),
            last=_edge(max, found, basis),
            reasons=tuple(dict.fromkeys(one.role_reason for _, one in found if one.role_reason)),
        )
        for role, found in held.items()
    ]
    return tuple(sorted(roles, key=lambda one: (-len(one.events), one.role)))


def _edge(edge: Callable[[list[date]], date], found: Iterable[tuple[Event, Participant]], basis: Basis) -> date | None:
    days = [day for event, _ in found if (day := basis.day(event)) is not None]
    return edge(days) if days else None


def _guarantees(basis: Basis, dossier: DossierId, events: Iterable[Event]) -> dict[str, tuple[Actor, tuple[GuaranteeStep, ...]]]:
    """Guarantor roles by actor: those that events state, and proposals to guarantee with their answers, oldest first."""
    found = list(_by_events(basis, events))
    told = {
        (actor.key, basis.claims[one].document, basis.claims[one].evidence[0]) for actor, step in found for one in step.claims
    }
    for claim in basis.record.others:
        if not isinstance(claim, Proposal) or claim.type is not ProposalKind.GUARANTEE or dossier not in claim.dossiers:
            continue
        on = day_of(claim.when) or basis.published(claim)
        step = GuaranteeStep(state=_ANSWERS[claim.answer], on=on, claims=(claim.id,), to=claim.to)
        open_ = claim.answer is Answer.OPEN  # an event that the same sentence tells says it already
        found += [(one, step) for one in claim.by if not (open_ and (one.key, claim.document, claim.evidence[0]) in told)]
    steps: dict[str, tuple[Actor, list[GuaranteeStep]]] = {}
    for actor, step in found:
        steps.setdefault(actor.key, (actor, []))[1].append(step)
    return {key: (actor, tuple(sorted(own, key=_dated))) for key, (actor, own) in steps.items()}


def _by_events(basis: Basis, events: Iterable[Event]) -> Iterable[tuple[Actor, GuaranteeStep]]:
    for event in events:
        for one in event.participants:
            state = _state(one, event)
            if state is not None:
                claims = tuple(own for own, claim in basis.engagements(event) if _has_role(claim, one))
                to = tuple(other.actor for other in event.participants if other.actor.key != one.actor.key)
                yield one.actor, GuaranteeStep(state=state, on=basis.day(event), claims=claims, to=to)


def _has_role(claim: Engagement, wanted: Participant) -> bool:
    return any(one.actor.key == wanted.actor.key and one.role is wanted.role for one in claim.participants)


def _state(one: Participant, event: Event) -> Guarantee | None:
    """What became of a guarantor role: as stated, else offered in an offer, refused if that was declined, accepted in a deal."""
    if one.guarantee is not None or one.role is not Role.GUARANTOR:
        return one.guarantee
    if event.type is EngagementType.MEDIATION_OFFER:
        return Guarantee.REFUSED if event.outcome is Outcome.DECLINED else Guarantee.OFFERED
    return Guarantee.ACCEPTED if event.type is EngagementType.AGREEMENT_SIGNING else None


def _dated(step: GuaranteeStep) -> tuple[bool, date, tuple[ClaimId, ...]]:
    return (step.on is None, step.on or date.min, step.claims)
