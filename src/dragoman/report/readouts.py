"""The tellings of one event as rows: each beside the others, its source's grade apart from the event's credibility."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dragoman.core.claims import AnyClaim
from dragoman.core.ids import ClaimId, EventId
from dragoman.core.readouts import Alignment, Readout
from dragoman.core.records import Event, Stated
from dragoman.core.vocab import Reliability
from dragoman.report.lines import Library
from dragoman.report.talks import Cited, cited
from dragoman.report.words import engagement_words, when_words

_CREDIBILITY = {
    "1": "confirmed",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}


class ReadoutRow(msgspec.Struct, frozen=True, kw_only=True):
    """One telling; `side` is the participant whose own word it is, None for the press."""

    side: str | None = None
    teller: str | None = None
    source: str | None = None
    reliability: Reliability
    reliability_note: str | None = None
    published: date | None = None
    says: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    copies: int = 0
    cited: tuple[Cited, ...] = ()


class AlignmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event with all tellings of it."""

    event: EventId
    headline: str
    when: str
    independent: int
    tellers: int
    credibility: str
    credibility_why: str
    shared: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    readouts: tuple[ReadoutRow, ...] = ()


def alignment_row(aligned: Alignment, event: Event, claims: Mapping[ClaimId, AnyClaim], library: Library) -> AlignmentRow:
    """Put an alignment into words."""
    return AlignmentRow(
        event=event.id,
        headline=engagement_words(event.type, event.factuality, event.participants, channel=event.channel),
        when=when_words(event.when),
        independent=aligned.independent,
        tellers=aligned.tellers,
        credibility=f"{aligned.credibility.grade.value}, {_CREDIBILITY[aligned.credibility.grade.value]}",
        credibility_why=aligned.credibility.why,
        shared=tuple(issue.value for issue in aligned.shared),
        conflicts=tuple(
            f"{one.field}: {' / '.join(value.value.replace('_', ' ') for value in one.values)}" for one in aligned.conflicts
        ),
        readouts=tuple(_row(one, claims, library) for one in aligned.readouts),
    )


def _row(one: Readout, claims: Mapping[ClaimId, AnyClaim], library: Library) -> ReadoutRow:
    document = library.documents[one.documents[0]]
    grade, note = library.grades.get(document.source or "", (Reliability.F, None))
    return ReadoutRow(
        side=one.side.name if one.side else None,
        teller=one.teller.name if one.teller else None,
        source=document.source,
        reliability=grade,
        reliability_note=note,
        published=one.published,
        says=tuple(f"{field} {value.replace('_', ' ')}" for field, value in one.fields),
        persons=one.persons,
        issues=tuple(issue.value for issue in one.issues),
        adds=tuple(issue.value for issue in one.adds),
        leaves_out=tuple(issue.value for issue in one.leaves_out),
        offers=tuple(offer.value for offer in one.offers),
        tone=_counted(one.tone),
        copies=len(one.documents) - 1,
        cited=tuple({proof.sentence: proof for proof in reversed(cited(one.claims, claims, library))}.values())[::-1],
    )


def _counted(stated: Iterable[Stated]) -> tuple[str, ...]:
    return tuple(f"{one.value} {len(one.claims)}" for one in stated)
