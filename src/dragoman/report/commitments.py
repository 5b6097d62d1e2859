"""The register of offers and agreements as rows."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim
from dragoman.core.commitments import Commitment, Offer, Word
from dragoman.core.ids import ClaimId
from dragoman.core.vocab import Factuality
from dragoman.report.lines import Library
from dragoman.report.positions import quote_of
from dragoman.report.talks import Cited, cited
from dragoman.report.words import day, joined, when_words, words


class CommitmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One offer, demand, guarantee or agreement, and what became of it."""

    id: str
    kind: str
    """offer, demand, guarantee, or agreement."""
    on: date | None = None
    by: tuple[str, ...] = ()
    """Who offers or demands it; the signatories of an agreement."""
    to: tuple[str, ...] = ()
    brokers: tuple[str, ...] = ()
    guarantors: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    stage: str | None = None
    """PA-X stage of an agreement."""
    terms: str | None = None
    conditions: tuple[str, ...] = ()
    deadline: str | None = None
    state: str
    """open, accepted or refused; of an agreement what was last said of it: reached, kept, broken, extended, ended."""
    since: date | None = None
    words: tuple[str, ...] = ()
    """What was later said, oldest first, with who says so."""
    cited: tuple[Cited, ...] = ()


def offer_row(one: Offer, claims: Mapping[ClaimId, AnyClaim], library: Library) -> CommitmentRow:
    """One offer with its answer."""
    last = one.answers[-1] if one.answers else None
    return CommitmentRow(
        id=one.id,
        kind=one.kind.value,
        on=one.on,
        by=_names(one.by),
        to=_names(one.to),
        dossiers=tuple(one.dossiers),
        issues=tuple(issue.value for issue in one.issues),
        terms=quote_of(one.claims[0], claims, library),
        conditions=tuple(words for claim in one.conditions if (words := quote_of(claim, claims, library)) is not None),
        deadline=when_words(one.deadline) if one.deadline else None,
        state=one.answer.value,
        since=last.on if last else None,
        words=tuple(f"{each.answer.value}{_by(each.by)}{_on(each.on)}" for each in one.answers),
        cited=cited((*one.claims, *one.conditions), claims, library),
    )


def agreement_row(one: Commitment, claims: Mapping[ClaimId, AnyClaim], library: Library) -> CommitmentRow:
    """One agreement with what was said about keeping it."""
    return CommitmentRow(
        id=one.event,
        kind="agreement" if one.signed else "agreement as an outcome",
        on=one.on,
        by=_names(one.signatories),
        brokers=_names(one.brokers),
        guarantors=_names(one.guarantors),
        dossiers=tuple(one.dossiers),
        issues=tuple(issue.value for issue in one.issues),
        stage=one.stage,
        state=one.reported.value,
        since=one.words[-1].on if one.words else one.on,
        words=tuple(word_words(word) for word in one.words),
        cited=cited((*one.claims, *(word.claim for word in one.words)), claims, library, outcome=not one.signed),
    )


def word_words(word: Word) -> str:
    """A later word: "broken by Israel, 20 May 2024, says Lebanon (alleged)"."""
    says = f", says {joined(list(_names(word.said_by)))}" if word.said_by else ""
    alleged = f" ({words(word.factuality)})" if word.factuality is not Factuality.OCCURRED else ""
    return f"{word.state.value}{_by(word.by)}{_on(word.on)}{says}{alleged}"


def _names(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(actor.name for actor in actors)


def _by(actors: Iterable[Actor]) -> str:
    names = list(_names(actors))
    return f" by {joined(names)}" if names else ""


def _on(on: date | None) -> str:
    return f", {day(on)}" if on else ", undated"
