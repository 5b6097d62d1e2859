"""Lines of a brief: display-ready happenings and claims, each with the reports that it rests on."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dragoman.core.claims import AnyClaim, Engagement
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.printing import web_address
from dragoman.core.records import Event
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, Outcome, Reliability, Setting
from dragoman.report.excerpts import Excerpt, excerpt, printable
from dragoman.report.words import (
    day,
    dossier_name,
    engagement_words,
    grade_words,
    voice_words,
    when_words,
    words,
)

UNSURE = frozenset({Factuality.ALLEGED, Factuality.ASSESSED})
"""Said by somebody to have happened; the document does not vouch for it."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One document's word for a line: who says so and the sentence in its place."""

    claim: ClaimId
    document: DocumentId
    title: str
    source: str
    grade: str
    published: str
    url: str | None
    """Only web addresses; anything else is no link."""
    voice: str
    setting: str
    evidence: Span
    excerpt: Excerpt
    reprint_of: str | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One participant in words."""

    actor: str
    person: str
    office: str
    level: str
    role: str
    role_reason: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a brief; `order` sorts lines (the day it began, None where unknown)."""

    id: str
    kind: str
    order: date | None
    when: str
    dated: bool
    """Whether the text gives the date; else `when` says when it was reported."""
    headline: str
    quote: str | None = None
    badges: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    people: tuple[Person, ...] = ()
    actors: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    reports: tuple[Report, ...]
    support: str = ""
    notes: tuple[str, ...] = ()
    """What is new or worth a look."""
    differences: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    filed: tuple[str, ...] = ()
    """Why it is under its dossiers and issues, in the words of the reports."""


class Library(msgspec.Struct, frozen=True, kw_only=True):
    """Where lines find documents: by id, with the copies among them and the desk's grades by source."""

    documents: Mapping[DocumentId, Document]
    originals: Mapping[DocumentId, DocumentId] = {}
    """Copy to original."""
    grades: Mapping[str, tuple[Reliability, str | None]] = {}


def make_report(claim: AnyClaim, library: Library, marks: tuple[Span, ...] = (), *, claim_id: ClaimId | None = None) -> Report:
    """Cite one claim; `claim_id` is the id to show where a correction changed the claim's own."""
    document = library.documents[claim.document]
    original = library.originals.get(document.id)
    return Report(
        claim=claim_id or claim.id,
        document=document.id,
        title=printable(document.title or document.name or document.id),
        source=printable(document.source or "unknown source"),
        grade=grade_words(library.grades.get(document.source or "", (Reliability.F, None))[0]),
        published=day(document.published) if document.published else "no publication date known",
        url=web_address(document.url),
        voice=printable(voice_words(claim.voices, document)),
        setting="" if claim.setting is Setting.BODY else claim.setting.value,
        evidence=claim.evidence[0],
        excerpt=excerpt(document.text, claim.evidence[0], marks or claim.evidence),
        reprint_of=_title(library.documents.get(original)) if original else None,
    )


def _title(document: Document | None) -> str | None:
    return printable(document.title or document.name or document.id) if document else None


def event_line(event: Event, claims: Mapping[ClaimId, AnyClaim], library: Library) -> Line:
    """One happening with all its reports."""
    members = [claims[claim] for claim in event.claims if claim in claims]
    name = event.place.name if event.place else None
    place = ", ".join(filter(None, (name, event.place.country))) if event.place else ""
    facts = (
        ("place", printable(place)),
        ("channel", words(event.channel)),
        ("outcome", words(event.outcome) if event.outcome is not Outcome.NONE_REPORTED else ""),
        ("issues", ", ".join(words(issue) for issue in event.issues)),
        ("dossier", dossier_words(event.dossiers)),
    )
    return Line(
        id=event.id,
        kind=words(event.type),
        order=event.when.start or event.when.end if event.when else None,
        when=time_words(_worded(event, members), members, library),
        dated=event.when is not None and event.when.resolved,
        headline=printable(engagement_words(event.type, event.factuality, event.participants, channel=event.channel)),
        badges=(*badges(event.factuality, members), *_review(event)),
        facts=tuple((name, value) for name, value in facts if value),
        people=tuple(
            Person(
                actor=printable(each.actor.name),
                person=printable(each.person or ""),
                office=printable(each.office or ""),
                level=words(each.level),
                role=words(each.role) + (f", {words(each.guarantee)}" if each.guarantee else ""),
                role_reason=printable(each.role_reason or ""),
            )
            for each in event.participants
        ),
        actors=tuple(dict.fromkeys(printable(each.actor.name) for each in event.participants)),
        dossiers=tuple(event.dossiers),
        reports=tuple(make_report(claims[one], library, claim_id=one) for one in event.claims if one in claims),
        support=_support(event),
        differences=_differences(event, claims, library),
        history=_history(event),
        merges=_merges(event),
        filed=tuple(dict.fromkeys(printable(why) for member in members for why in member.filed)),
    )


def dossier_words(dossiers: Iterable[DossierId]) -> str:
    """Display names of dossiers in one string."""
    return ", ".join(dossier_name(dossier) for dossier in dossiers)


def _review(event: Event) -> tuple[str, ...]:
    if event.accepted:
        return ("accepted by an analyst",)
    return ("changed by an analyst",) if event.judgements else ()


def _support(event: Event) -> str:
    reports, independent = len(event.claims), event.independent
    if reports == 1:
        return "1 report"
    return f"{reports} reports in {len(event.documents)} document{'s'[: len(event.documents) != 1]}, {independent} independent"


def _merges(event: Event) -> tuple[str, ...]:
    return tuple(
        f"{merge.left} and {merge.right} ({merge.score:.2f}): " + "; ".join(printable(reason.why) for reason in merge.reasons)
        for merge in event.merges
    )


def _differences(event: Event, claims: Mapping[ClaimId, AnyClaim], library: Library) -> tuple[str, ...]:
    """Where reports of one happening give different values: each value with those who give it."""
    lines = []
    for difference in event.differences:
        stated = (f"{value.value.replace('_', ' ')} ({_tellers(value.claims, claims, library)})" for value in difference.values)
        lines.append(printable(f"{difference.field.replace('_', ' ')}: {' / '.join(stated)}"))
    return tuple(lines)


def _tellers(ids: Iterable[ClaimId], claims: Mapping[ClaimId, AnyClaim], library: Library) -> str:
    documents = (library.documents[claims[claim].document] for claim in ids if claim in claims)
    return ", ".join(dict.fromkeys(document.source or document.name or document.id for document in documents))


def _history(event: Event) -> tuple[str, ...]:
    """How the reports' word on the event changed, oldest first; nothing where it never did."""
    if len({stage.factuality for stage in event.history}) < 2:
        return ()
    return tuple(
        f"{day(stage.published) if stage.published else 'undated report'}: {words(stage.factuality)}"
        + (f", for {printable(when_words(stage.when))}" if stage.when else "")
        for stage in event.history
    )


def badges(factuality: Factuality, claims: Iterable[AnyClaim]) -> tuple[str, ...]:
    """What must be said beside the headline: that it is only alleged, or told by a caption."""
    found = [words(factuality)] if factuality in UNSURE else []
    if all(claim.setting is Setting.CAPTION for claim in claims):
        found.append("from a photo caption")
    return tuple(found)


def _worded(event: Event, claims: Iterable[AnyClaim]) -> When | None:
    """The event's time; where no report's could be resolved, the first wording of one."""
    if event.when is not None and event.when.resolved:
        return event.when
    own = (claim.when for claim in claims if isinstance(claim, Engagement))
    return next((when for when in own if when is not None and when.expression), event.when)


def time_words(when: When | None, claims: Iterable[AnyClaim], library: Library) -> str:
    """The text's own date; else, said to be so, when it was reported."""
    if when is not None and when.resolved:
        return when_words(when)
    published = sorted(
        document.published for claim in claims if (document := library.documents[claim.document]).published is not None
    )
    wording = f"{printable(when_words(when))}, " if when is not None and when.expression else ""
    return f"{wording}reported {day(published[0])}" if published else f"{wording}undated"
