"""The dated, sourced status of talks, out of rounds, their outcomes, contacts and the word on where talks stand."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from dragoman.core.claims import Agreement, Status
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.records import Event, Stage, Stated
from dragoman.core.talks import StatusStep
from dragoman.core.time import When
from dragoman.core.vocab import AgreementState, EngagementType, Factuality, Outcome, TalksSignal, TalksStatus
from dragoman.resolve.basis import HELD, LONGEST, Basis, day_of

BY_OUTCOME = {
    Outcome.AGREEMENT: TalksStatus.AGREED,
    Outcome.PROGRESS: TalksStatus.PROGRESS,
    Outcome.IMPASSE: TalksStatus.IMPASSE,
    Outcome.BREAKDOWN: TalksStatus.COLLAPSED,
}
"""What a round's outcome says of the talks; any other round held says that they are under way."""

BY_SIGNAL = {
    TalksSignal.SCHEDULED: TalksStatus.SCHEDULED,
    TalksSignal.UNDER_WAY: TalksStatus.UNDER_WAY,
    TalksSignal.RESUMED: TalksStatus.UNDER_WAY,
    TalksSignal.PROGRESS: TalksStatus.PROGRESS,
    TalksSignal.IMPASSE: TalksStatus.IMPASSE,
    TalksSignal.SUSPENDED: TalksStatus.SUSPENDED,
    TalksSignal.AGREED: TalksStatus.AGREED,
    TalksSignal.COLLAPSED: TalksStatus.COLLAPSED,
}

BY_STATE = {
    AgreementState.KEPT: TalksStatus.IMPLEMENTED,
    AgreementState.EXTENDED: TalksStatus.AGREED,
    AgreementState.ENDED: TalksStatus.COLLAPSED,
}
"""What is said of an agreement says of the talks that reached it; that it is broken does not yet end it."""

TalksWord = Status | Agreement

_LONG_AGO = re.compile(
    r"\b(?:(?:previous|prior|former|last) (?:administration|government)|back in (?:19|20)\d\d|(?:years|decades) ago)\b",
    re.IGNORECASE,
)

DEFINITE = (
    TalksStatus.COLLAPSED,
    TalksStatus.IMPLEMENTED,
    TalksStatus.AGREED,
    TalksStatus.IMPASSE,
    TalksStatus.SUSPENDED,
    TalksStatus.PROGRESS,
    TalksStatus.UNDER_WAY,
    TalksStatus.SCHEDULED,
    TalksStatus.PRE_TALKS,
    TalksStatus.CONTACT,
)
"""Of several things said on one day the one that stands first here decides: the more definite one."""

_STARTS = frozenset({TalksStatus.CONTACT, TalksStatus.PRE_TALKS, TalksStatus.COLLAPSED})
_OUTWEIGHED = {
    TalksStatus.CONTACT: frozenset(TalksStatus) - {TalksStatus.COLLAPSED},
    TalksStatus.PRE_TALKS: frozenset(TalksStatus) - _STARTS,
}
"""A contact or an offer tells where talks stand only before they begin and after they collapsed."""
_BY_THE_WAY = frozenset({TalksStatus.AGREED, TalksStatus.IMPLEMENTED, TalksStatus.IMPASSE, TalksStatus.PROGRESS})
"""What a passing mention of ongoing talks does not undo."""


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that says where talks stand; `day` is the event's or the report's (`reported`)."""

    status: TalksStatus
    day: date | None
    when: When | None = None
    reported: bool = False
    claims: tuple[ClaimId, ...]
    why: str
    document: DocumentId
    """Where it is told: signals without any day are taken together by document."""
    word: bool = False
    """A word on where talks stand now, rather than something that happened."""
    passing: bool = False
    """A mere mention that talks go on, which undoes no impasse and no agreement."""


def status_history(signals: Iterable[Signal]) -> tuple[StatusStep, ...]:
    """Order signals by day and let the most definite of each day decide; each change cites its claims.

    Signals without any day come first, by document, what happened before the word on where talks stand now: what cannot be dated
    cannot follow what can.
    """
    groups: dict[tuple[date, DocumentId, bool], list[Signal]] = {}
    for signal in signals:
        key = (signal.day, DocumentId(""), False) if signal.day else (date.min, signal.document, signal.word)
        groups.setdefault(key, []).append(signal)
    steps: list[StatusStep] = []
    for key in sorted(groups):
        _take(steps, groups[key])
    return tuple(steps)


def _take(steps: list[StatusStep], said: Sequence[Signal]) -> None:
    """Let one day's signals add a step, confirm the last one, or stand beside it."""
    current = steps[-1].status if steps else None
    telling = [signal for signal in said if not _outweighed(signal, current)]
    if not telling:
        steps[-1] = replace(steps[-1], also=_stated(steps[-1].also, said))
        return
    best = min((signal.status for signal in telling), key=DEFINITE.index)
    deciding = [signal for signal in telling if signal.status is best]
    others = [signal for signal in said if signal.status is not best]
    claims = tuple(dict.fromkeys(claim for signal in deciding for claim in signal.claims))
    first = next((signal for signal in deciding if not signal.reported), deciding[0])
    if best is current:
        last = steps[-1]
        joined = tuple(dict.fromkeys((*last.claims, *claims)))
        steps[-1] = replace(last, last=first.day or last.last, claims=joined, also=_stated(last.also, others))
        return
    steps.append(
        StatusStep(
            status=best,
            since=first.day,
            last=first.day,
            when=first.when,
            reported=first.reported,
            claims=claims,
            why="; ".join(dict.fromkeys(signal.why for signal in deciding)),
            also=_stated((), others),
        )
    )


def _outweighed(signal: Signal, current: TalksStatus | None) -> bool:
    if current is None or signal.status is current:
        return False
    return current in _OUTWEIGHED.get(signal.status, frozenset()) or (signal.passing and current in _BY_THE_WAY)


def _stated(known: tuple[Stated, ...], said: Iterable[Signal]) -> tuple[Stated, ...]:
    claims = {one.value: one.claims for one in known}
    for signal in said:
        claims[signal.status.value] = tuple(dict.fromkeys((*claims.get(signal.status.value, ()), *signal.claims)))
    return tuple(Stated(value, found) for value, found in claims.items())


def round_signals(event: Event, basis: Basis) -> Iterable[Signal]:
    """What one event of a round says of the talks: planned, called off, held with its outcome."""
    for stage in event.history:
        if stage.factuality is Factuality.PLANNED:
            yield _reported(TalksStatus.SCHEDULED, stage, "a round is announced", basis)
        elif stage.factuality is Factuality.CANCELLED:
            yield _reported(TalksStatus.SUSPENDED, stage, "a round is called off", basis)
    if event.factuality in HELD:
        claims = tuple(one for one, claim in basis.engagements(event) if claim.factuality in HELD)
        if event.type is EngagementType.AGREEMENT_SIGNING:
            yield _held(TalksStatus.AGREED, event, claims, "an agreement is signed or reached", basis)
            return
        status = BY_OUTCOME.get(event.outcome, TalksStatus.UNDER_WAY)
        telling = tuple(one for one, claim in basis.engagements(event) if one in claims and claim.outcome is event.outcome)
        outcome = "" if event.outcome is Outcome.NONE_REPORTED else f", outcome: {event.outcome.value.replace('_', ' ')}"
        yield _held(status, event, telling or claims, f"a round was held{outcome}", basis)


def mention_signals(event: Event, basis: Basis) -> Iterable[Signal]:
    """What a report says that speaks of talks without telling of a sitting: they go on, or are to come."""
    if event.factuality in HELD:
        claims = tuple(one for one, claim in basis.engagements(event) if claim.factuality in HELD)
        yield replace(_held(TalksStatus.UNDER_WAY, event, claims, "talks are spoken of", basis), passing=True)


def contact_signals(event: Event, both_sides: bool, basis: Basis) -> Iterable[Signal]:  # noqa: FBT001  what the caller found
    """What a contact that is no round says: mediation offered, both sides contacted, or one."""
    if event.factuality not in HELD:
        return
    claims = tuple(one for one, claim in basis.engagements(event) if claim.factuality in HELD)
    if event.type is EngagementType.MEDIATION_OFFER:
        yield _held(TalksStatus.PRE_TALKS, event, claims, "mediation is offered", basis)
    elif both_sides:
        yield _held(TalksStatus.PRE_TALKS, event, claims, "a third party has contacted both sides separately", basis)
    else:
        yield _held(TalksStatus.CONTACT, event, claims, "a third party is in contact with a side", basis)


def word_signal(one: ClaimId, claim: TalksWord, beside: Signal | None, basis: Basis) -> Signal:
    """What a sentence's word on the talks says; `beside` is what an event told in the same sentence says, and dates it."""
    day = day_of(claim.when)
    reported = day is None
    when = claim.when
    if day is None and beside is not None and not beside.reported:
        day, when, reported = beside.day, beside.when, False
    published = basis.published(claim)
    if day is None and _of_earlier_years(claim, basis.words(claim), published):
        published, reported = None, False
    return Signal(
        status=BY_SIGNAL[claim.signal] if isinstance(claim, Status) else BY_STATE[claim.state],
        day=day or published,
        when=when,
        reported=reported,
        claims=(one,),
        why=_why(claim),
        document=claim.document,
        word=beside is None,
        passing=isinstance(claim, Status) and claim.signal is TalksSignal.UNDER_WAY,
    )


def _of_earlier_years(claim: TalksWord, words: str, published: date | None) -> bool:
    """Whether a word is on what was long before its report: "back in 2019 they reached a deal"; then its day is not known."""
    if published is None:
        return False
    if claim.when is not None and claim.when.end is not None and published - claim.when.end > LONGEST:
        return True
    return _LONG_AGO.search(words) is not None


def _why(claim: TalksWord) -> str:
    if isinstance(claim, Status):
        return f"it is said: {claim.signal.value.replace('_', ' ')}"
    return f"an agreement is said to be {claim.state.value}"


def _reported(status: TalksStatus, stage: Stage, why: str, basis: Basis) -> Signal:
    return Signal(
        status=status,
        day=stage.published,
        when=stage.when,
        reported=True,
        claims=stage.claims,
        why=why,
        document=basis.claims[stage.claims[0]].document,
    )


def _held(status: TalksStatus, event: Event, claims: tuple[ClaimId, ...], why: str, basis: Basis) -> Signal:
    day = basis.day(event)
    return Signal(
        status=status,
        day=day,
        when=event.when,
        reported=day is not None and day_of(event.when) is None,
        claims=claims,
        why=why,
        document=event.documents[0],
    )
