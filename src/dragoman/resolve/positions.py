"""Positions out of statements and proposals: actor by issue, over time, with change points."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim, Proposal, Utterance
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.positions import Position, PositionChange, Stand
from dragoman.core.vocab import Answer, Issue, PositionStance, ProposalKind, SpeakerKind, Stance
from dragoman.knowledge.issues import PLAIN, score_issues
from dragoman.knowledge.proposals import proposal_lexicon
from dragoman.knowledge.refusals import refused_issues
from dragoman.resolve.basis import HELD, Basis, day_of

_BY_STANCE = {
    Stance.SUPPORT: PositionStance.SUPPORTS,
    Stance.OFFER: PositionStance.SUPPORTS,
    Stance.DEMAND: PositionStance.DEMANDS,
}
"""Praise, warnings and accusations are tone, no position; opposition counts only where the refused issue is named."""
_TONE = frozenset({Stance.WARN, Stance.ACCUSE, Stance.CONDEMN, Stance.PRAISE})
"""Stances in which "unless" or "as long as" states no condition of the speaker's own."""
_BY_KIND = {
    ProposalKind.OFFER: PositionStance.SUPPORTS,
    ProposalKind.GUARANTEE: PositionStance.SUPPORTS,
    ProposalKind.DEMAND: PositionStance.DEMANDS,
    ProposalKind.CONDITION: PositionStance.CONDITIONAL,
}
_BY_ANSWER = {Answer.ACCEPTED: PositionStance.SUPPORTS, Answer.REFUSED: PositionStance.OPPOSES}
_NO_ISSUE = frozenset({Issue.OTHER, Issue.BILATERAL_RELATIONS})
CHANGING = frozenset({PositionStance.SUPPORTS, PositionStance.CONDITIONAL, PositionStance.OPPOSES})
"""Stances between which a change is a change point; a demand goes with any of them."""


class _Statement(msgspec.Struct, frozen=True):
    """What one claim says of one actor on one issue."""

    actor: Actor
    dossier: DossierId
    issue: Issue
    stance: PositionStance
    day: date | None
    claim: ClaimId
    why: str


def find_positions(basis: Basis) -> tuple[Position, ...]:
    """Every actor's position on every issue of every conflict on which it made itself known, by dossier, actor and issue.

    Rule: a day's stance is conditional if anything of that day states a condition, else what most of its statements say; where as
    many are for as against, the day decides nothing. A demand decides only where nothing else was said. Days of one stance in a
    row are one stand; a stand of another stance after it is a change point, unless one of the two is a demand. A statement counts
    only where its sentence names the issue, and a refusal only where nobody else is named as the one who refuses.
    """
    found: dict[tuple[str, DossierId, Issue], list[_Statement]] = {}
    for one in _statements(basis):
        found.setdefault((one.actor.key, one.dossier, one.issue), []).append(one)
    positions = (_position(said) for said in found.values())
    return tuple(sorted(positions, key=lambda one: (one.dossier, one.actor.name, one.actor.key, one.issue)))


def _statements(basis: Basis) -> Iterator[_Statement]:
    conflicts = {id_ for id_, dossier in basis.dossiers.dossiers.items() if dossier.kind == "conflict"}
    named = _names(basis)
    for claim in basis.record.others:
        dossiers = [dossier for dossier in claim.dossiers if dossier in conflicts]
        if not dossiers or claim.factuality not in HELD:
            continue
        for actor, issue, stance, why in _said(claim, named.get(claim.document, {}), basis):
            if issue not in _NO_ISSUE:
                day = day_of(getattr(claim, "when", None)) or basis.published(claim)
                yield _Statement(actor, dossiers[0], issue, stance, day, claim.id, why)


def _names(basis: Basis) -> dict[DocumentId, dict[str, str]]:
    """Names of the actors in each document's claims, by key."""
    found: dict[DocumentId, dict[str, str]] = {}
    for claim in basis.claims.values():
        found.setdefault(claim.document, {}).update((actor.key, actor.name) for actor in claim.named)
    return found


def _said(claim: AnyClaim, named: Mapping[str, str], basis: Basis) -> Iterator[tuple[Actor, Issue, PositionStance, str]]:
    match claim:
        case Utterance() if claim.speaker_kind is SpeakerKind.POLITICAL:
            yield from _of_utterance(claim, named, basis)
        case Proposal():
            yield from _of_proposal(claim)
        case _:
            return


def _of_utterance(
    claim: Utterance, actors: Mapping[str, str], basis: Basis
) -> Iterator[tuple[Actor, Issue, PositionStance, str]]:
    """A refusal counts for the issue that it refuses, a condition for the issue of the statement."""
    document = basis.documents.get(claim.document)
    words = claim.content.of(document.text) if document else ""
    named = {score.issue for score in score_issues(basis.words(claim)) if score.score >= PLAIN}
    refused = refused_issues(words)
    own = {actor.key for actor in claim.speaker_actors}
    others = [name for key, name in actors.items() if key not in own]
    for actor in claim.speaker_actors:
        if claim.issue in named and claim.stance not in _TONE and proposal_lexicon().condition.search(words):
            yield actor, claim.issue, PositionStance.CONDITIONAL, "states a condition"
        elif refused:
            own_words = not any(name in words[: refusal.start] for refusal in refused for name in others)
            yield from ((actor, one.issue, PositionStance.OPPOSES, "refuses it in words") for one in refused if own_words)
        elif claim.issue in named and claim.stance in _BY_STANCE:
            yield actor, claim.issue, _BY_STANCE[claim.stance], f"statement: {claim.stance.value}"


def _of_proposal(claim: Proposal) -> Iterator[tuple[Actor, Issue, PositionStance, str]]:
    """Who puts a proposal stands for its issues; who answered it accepts or opposes them."""
    for issue in claim.issues:
        for actor in claim.by:
            yield actor, issue, _BY_KIND[claim.type], f"proposal: {claim.type.value}"
        answer = _BY_ANSWER.get(claim.answer)
        if answer is not None:
            by = ", ".join(actor.name for actor in claim.by)
            for actor in claim.to:
                yield actor, issue, answer, f"{claim.answer.value} a proposal of {by}"


def _position(said: Sequence[_Statement]) -> Position:
    days: dict[date | None, list[_Statement]] = {}
    for one in said:
        days.setdefault(one.day, []).append(one)
    stands: list[Stand] = []
    unsettled: list[ClaimId] = []
    for day in sorted(days, key=lambda day: (day is not None, day or date.min)):
        stance = _stance(days[day])
        if stance is None:
            unsettled += [one.claim for one in days[day]]
        else:
            _add(stands, stance, day, [one for one in days[day] if one.stance is stance])
    first = said[0]
    return Position(
        actor=first.actor,
        dossier=first.dossier,
        issue=first.issue,
        stands=tuple(stands),
        changes=tuple(_changes(stands)),
        unsettled=tuple(dict.fromkeys(unsettled)),
    )


def _stance(said: Iterable[_Statement]) -> PositionStance | None:
    """What one day's statements amount to; None where they stand against each other."""
    counts = Counter(stance for stance, _ in dict.fromkeys((one.stance, one.claim) for one in said))
    if counts[PositionStance.CONDITIONAL]:
        return PositionStance.CONDITIONAL
    pro, contra = counts[PositionStance.SUPPORTS], counts[PositionStance.OPPOSES]
    if pro == contra:
        return None if pro else PositionStance.DEMANDS
    return PositionStance.SUPPORTS if pro > contra else PositionStance.OPPOSES


def _add(stands: list[Stand], stance: PositionStance, day: date | None, said: Sequence[_Statement]) -> None:
    claims = tuple(dict.fromkeys(one.claim for one in said))
    why = tuple(dict.fromkeys(one.why for one in said))
    last = stands[-1] if stands else None
    going_on = (
        last is not None and (stance is last.stance or stance is PositionStance.DEMANDS) and (last.since is None) == (day is None)
    )
    if last is not None and going_on:
        stands[-1] = msgspec.structs.replace(
            last,
            last=day,
            claims=tuple(dict.fromkeys((*last.claims, *claims))),
            why=tuple(dict.fromkeys((*last.why, *why))),
        )
    else:
        stands.append(Stand(stance=stance, since=day, last=day, claims=claims, why=why))


def _changes(stands: Sequence[Stand]) -> Iterator[PositionChange]:
    """Where one of the stances that can change gives way to another; of stands without a day no order is known."""
    dated = [stand for stand in stands if stand.since is not None and stand.stance in CHANGING]
    for before, now in pairwise(dated):
        if before.stance is not now.stance and before.last is not None and now.since is not None:
            yield PositionChange(before=before.stance, now=now.stance, until=before.last, on=now.since, claims=now.claims)
