"""Positions as rows: stance on an issue with its quotation, and where it changed."""

from collections.abc import Mapping
from datetime import date

import msgspec

from dragoman.core.claims import AnyClaim, Proposal, Utterance
from dragoman.core.ids import ClaimId
from dragoman.core.positions import Position, PositionChange, Stand
from dragoman.report.lines import Library
from dragoman.report.talks import Cited, cited
from dragoman.report.words import day, words


class StandRow(msgspec.Struct, frozen=True, kw_only=True):
    """One stance that was held for a time."""

    stance: str
    since: date | None = None
    last: date | None = None
    quote: str | None = None
    why: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()


class PositionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One actor on one issue in one dossier; the quotation is that of the current stance."""

    id: str
    actor: str
    code: str | None = None
    dossier: str
    issue: str
    stance: str | None = None
    since: date | None = None
    last: date | None = None
    quote: str | None = None
    source: str | None = None
    claim: ClaimId | None = None
    statements: int = 0
    changes: tuple[str, ...] = ()
    unsettled: int = 0
    """Statements of days on which the actor was reported both for and against."""
    stands: tuple[StandRow, ...] = ()


def position_row(one: Position, claims: Mapping[ClaimId, AnyClaim], library: Library) -> PositionRow:
    """One position beside its quotations."""
    stands = tuple(_stand(stand, claims, library) for stand in one.stands)
    now = stands[-1] if stands else None
    proof = now.cited[-1] if now and now.cited else None
    return PositionRow(
        id=one.id,
        actor=one.actor.name,
        code=one.actor.code,
        dossier=one.dossier,
        issue=one.issue.value,
        stance=now.stance if now else None,
        since=now.since if now else None,
        last=now.last if now else None,
        quote=now.quote if now else None,
        source=proof.source if proof else None,
        claim=proof.claim if proof else None,
        statements=len(one.claims),
        changes=tuple(change_words(change) for change in one.changes),
        unsettled=len(one.unsettled),
        stands=stands,
    )


def _stand(stand: Stand, claims: Mapping[ClaimId, AnyClaim], library: Library) -> StandRow:
    return StandRow(
        stance=stand.stance.value,
        since=stand.since,
        last=stand.last,
        quote=quote_of(stand.claims[-1], claims, library),
        why=stand.why,
        cited=cited(stand.claims, claims, library),
    )


def quote_of(one: ClaimId, claims: Mapping[ClaimId, AnyClaim], library: Library) -> str | None:
    """The words that a statement or proposal consists of."""
    claim = claims.get(one)
    document = library.documents.get(claim.document) if claim else None
    if document is None or not isinstance(claim, Utterance | Proposal):
        return None
    span = claim.content if isinstance(claim, Utterance) else claim.terms
    return " ".join(span.of(document.text).split())


def change_words(change: PositionChange) -> str:
    """A change point: "opposes until 12 May 2024, conditional since 20 May 2024"."""
    return f"{words(change.before)} until {day(change.until)}, {words(change.now)} since {day(change.on)}"
