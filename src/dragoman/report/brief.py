"""A brief as lines in sections, before it becomes a page: what is in, what is left out, and what comes first."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

import msgspec

from dragoman.core.claims import AnyClaim, Proposal, Status, Utterance, Violence
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.records import Event, Record
from dragoman.core.talks import Talks
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, SpeakerKind, TalksStatus
from dragoman.report.claim_lines import claim_line
from dragoman.report.developments import Developments, change_line, latest_day, talks_line
from dragoman.report.excerpts import Piece, marked, may_show_full_text, printable
from dragoman.report.lines import UNSURE, Library, Line, event_line
from dragoman.report.source_rows import SourceRow, source_rows
from dragoman.report.summary import AHEAD, OFF, count, key_points, summarise
from dragoman.report.words import day, dossier_name, joined, span_of_days

_NOTHING = Developments()
Spoken = Utterance | Proposal | Status | Violence
T = TypeVar("T")


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What a brief is asked to cover and how much of it to show; `since` and `until` are days, both included."""

    dossier: DossierId | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 250
    full_text: bool = False
    title: str | None = None
    today: date

    def covers(self, when: When | None) -> bool | None:
        """Whether a time overlaps the period; None where a period is asked for and the time is unknown."""
        if self.since is None and self.until is None:
            return True
        if when is None or not when.resolved:
            return None
        start, end = when.start or when.end, when.end or when.start
        return not ((self.until and start and start > self.until) or (self.since and end and end < self.since))

    def takes(self, dossiers: tuple[DossierId, ...]) -> bool:
        """Whether something on these dossiers is asked for."""
        return self.dossier is None or self.dossier in dossiers


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under one heading; `more` is how many lie beyond the limit."""

    lines: tuple[Line, ...] = ()
    more: int = 0


class Voices(msgspec.Struct, frozen=True, kw_only=True):
    """What one actor said, newest first."""

    actor: str
    section: Section


class DossierView(msgspec.Struct, frozen=True, kw_only=True):
    """One dossier at a glance."""

    name: str
    summary: str
    contacts: Section
    talks: Section


class Key(msgspec.Struct, frozen=True):
    """A line that the summary brings forward, and why."""

    line: Line
    why: str


class FullText(msgspec.Struct, frozen=True, kw_only=True):
    """A document shown whole, its evidence marked."""

    id: DocumentId
    title: str
    licence: str
    pieces: tuple[Piece, ...]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the page."""

    title: str
    period: str
    made: str
    summary: tuple[str, ...]
    keys: tuple[Key, ...]
    happened: Section
    unsure: Section
    ahead: Section
    off: Section
    met: Section
    """Contacts that took place, dated or not, for the table of who met whom."""
    undated: Section
    undated_left_out: int
    dossiers: tuple[DossierView, ...]
    positions: tuple[Voices, ...]
    assessments: Section
    """Statements of analysts, journalists and witnesses: somebody's view, kept apart from the positions of the sides."""
    changes: Section
    """Positions that changed."""
    offers: Section
    talks: Section
    """Where each track of talks stands."""
    status: Section
    """Words on where talks stand that no track shown rests on."""
    violence: Section
    sources: tuple[SourceRow, ...]
    texts: tuple[FullText, ...]
    statements: int
    events: tuple[Event, ...]
    """The events behind the page, for its pictures."""
    violent: tuple[tuple[date, tuple[str, ...]], ...]
    """Days and dossiers of violence, for the timeline."""


def make_brief(
    record: Record,
    claims: Mapping[ClaimId, AnyClaim],
    library: Library,
    scope: Scope,
    developments: Developments = _NOTHING,
) -> Brief:
    """Choose, order and word what the record holds for the scope asked for.

    `claims` are the current ones by id, with corrections applied, as far as events name them.
    """
    events = [event for event in record.events if scope.takes(event.dossiers)]
    inside = [event for event in events if scope.covers(event.when)]
    lines = _Lines(claims, library)
    dated = _newest([event for event in inside if event.when is not None and event.when.resolved], _event_day)
    undated = _newest([event for event in inside if event.when is None or not event.when.resolved], partial(_reported, library))
    spoken, left_out = _spoken(record, library, scope)
    talks = _talks(developments, claims, library, scope)
    shown = {report.claim for line in talks.lines for report in line.reports}
    status = [claim for claim in spoken if isinstance(claim, Status) and claim.id not in shown]
    violence = [claim for claim in spoken if isinstance(claim, Violence)]
    cited = {claim.document for claim in spoken} | {document for event in inside for document in event.documents}
    sections = {
        name: lines.section([event for event in dated if event.factuality in group], scope.limit)
        for name, group in {"happened": {Factuality.OCCURRED}, "unsure": UNSURE, "ahead": AHEAD, "off": OFF}.items()
    }
    brief = Brief(
        title=scope.title or ("Mediation brief" + (f": {dossier_name(scope.dossier)}" if scope.dossier else "")),
        period=_period(scope),
        made=day(scope.today),
        summary=summarise(inside, cited, library, undated=len(undated)),
        keys=_keys([event for event in (*dated, *undated) if event.factuality is Factuality.OCCURRED], lines),
        **sections,
        met=lines.section([event for event in (*dated, *undated) if event.factuality is Factuality.OCCURRED], scope.limit),
        undated=lines.section(undated, scope.limit),
        undated_left_out=left_out + sum(scope.covers(event.when) is None for event in events),
        dossiers=_dossiers([*dated, *undated], lines, talks, scope),
        positions=_positions([claim for claim in spoken if isinstance(claim, Utterance)], lines),
        assessments=_assessments([claim for claim in spoken if isinstance(claim, Utterance)], lines),
        offers=lines.section([claim for claim in spoken if isinstance(claim, Proposal)], scope.limit),
        changes=_changes(developments, claims, library, scope),
        talks=talks,
        status=lines.section(status, scope.limit),
        violence=lines.section(violence, scope.limit),
        sources=_sources(record, claims, library, cited),
        texts=(),
        events=tuple(inside),
        statements=sum(isinstance(claim, Utterance) for claim in spoken),
        violent=tuple((on, claim.dossiers) for claim in violence if (on := _claim_day(claim, library)) is not None),
    )
    return msgspec.structs.replace(brief, texts=_texts(lines.made, library, scope))


class _Lines:
    """Makes lines on demand, each once: of a large record only what is shown is worded."""

    def __init__(self, claims: Mapping[ClaimId, AnyClaim], library: Library) -> None:
        self._claims = claims
        self._library = library
        self._made: dict[str, Line] = {}

    @property
    def made(self) -> tuple[Line, ...]:
        """All lines made so far."""
        return tuple(self._made.values())

    def __call__(self, one: Event | Spoken) -> Line:
        key = one.id
        if key not in self._made:
            made = event_line(one, self._claims, self._library) if isinstance(one, Event) else claim_line(one, self._library)
            self._made[key] = made
        return self._made[key]

    def section(self, items: Sequence[Event] | Sequence[Spoken], limit: int) -> Section:
        """The first items as lines, and how many more there are."""
        return Section(lines=tuple(self(item) for item in items[:limit]), more=max(0, len(items) - limit))


def _event_day(event: Event) -> date | None:
    return event.when.start or event.when.end if event.when else None


def _reported(library: Library, event: Event) -> date | None:
    """The day that an event was first reported."""
    published = (library.documents[document].published for document in event.documents)
    return min((on for on in published if on is not None), default=None)


def _claim_day(claim: Spoken, library: Library) -> date | None:
    """The claim's own day, else the day it was reported."""
    own = claim.when.start or claim.when.end if claim.when else None
    return own or library.documents[claim.document].published


def _newest(items: Iterable[T], day_of: Callable[[T], date | None]) -> list[T]:
    """Newest first, without any day last; equal days keep their order."""
    return sorted(items, key=lambda item: on.toordinal() if (on := day_of(item)) else 0, reverse=True)


def _spoken(record: Record, library: Library, scope: Scope) -> tuple[list[Spoken], int]:
    """Claims other than engagements, newest first, and how many had no day at all to place them in the period asked for."""
    kept: list[Spoken] = []
    left_out = 0
    for claim in record.others:
        if not isinstance(claim, Utterance | Proposal | Status | Violence) or not scope.takes(claim.dossiers):
            continue
        published = library.documents[claim.document].published
        reported = When(start=published, end=published) if published else None
        covered = scope.covers(claim.when if claim.when and claim.when.resolved else reported)
        left_out += covered is None
        if covered:
            kept.append(claim)
    return _newest(kept, lambda claim: _claim_day(claim, library)), left_out


def _period(scope: Scope) -> str:
    if scope.since and scope.until:
        return span_of_days(scope.since, scope.until)
    if scope.since:
        return f"since {day(scope.since)}"
    return f"until {day(scope.until)}" if scope.until else "all dates"


def _keys(events: list[Event], lines: _Lines) -> tuple[Key, ...]:
    scored = [(*key_points(event), event) for event in events]
    scored.sort(key=lambda entry: (entry[0], _event_day(entry[2]) or date.min), reverse=True)
    return tuple(Key(lines(event), f"{points} points: {why}") for points, why, event in scored[:5] if points > 0)


_CONTACTS_PER_DOSSIER = 12


def _dossiers(events: list[Event], lines: _Lines, talks: Section, scope: Scope) -> tuple[DossierView, ...]:
    """Dossiers by number of contacts; a contact on several dossiers stands under each."""
    found: dict[DossierId, list[Event]] = {}
    for event in events:
        for dossier in event.dossiers:
            if scope.dossier in {None, dossier}:
                found.setdefault(dossier, []).append(event)
    views = []
    for dossier, members in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        actors = Counter(name for event in members for name in dict.fromkeys(each.actor.name for each in event.participants))
        names = joined([f"{printable(name)} ({number})" for name, number in actors.most_common(4)])
        contacts = lines.section(members, _CONTACTS_PER_DOSSIER)
        latest = f", the latest {contacts.lines[0].when}" if contacts.lines[0].dated else ""
        summary = f"{count(len(members), 'contact')}{latest}. Most often: {names}."
        own = Section(lines=tuple(line for line in talks.lines if dossier in line.dossiers))
        views.append(DossierView(name=dossier_name(dossier), summary=summary, contacts=contacts, talks=own))
    return tuple(views)


_TRACKS = 15
"""Tracks of talks shown, those of which something was last said first."""
_CHANGES = 15
"""Changes of position shown, newest first."""


def _talks(developments: Developments, claims: Mapping[ClaimId, AnyClaim], library: Library, scope: Scope) -> Section:
    """Tracks with something to tell: a status that more than a single contact shows."""
    found = [
        one
        for one in developments.talks
        if one.history
        and one.status is not TalksStatus.CONTACT
        and scope.takes((one.dossier,) if one.dossier else ())
        and scope.covers(_span(one)) is not False
    ]
    found.sort(key=lambda one: (-(latest_day(one) or date.min).toordinal(), one.name))
    lines = tuple(talks_line(one, claims, library) for one in found[:_TRACKS])
    return Section(lines=lines, more=max(0, len(found) - _TRACKS))


def _span(talks: Talks) -> When | None:
    """From the first to the last day on which something is known of a track."""
    days = [day for step in talks.history for day in (step.since, step.last) if day is not None]
    return When(start=min(days), end=max(days)) if days else None


def _changes(developments: Developments, claims: Mapping[ClaimId, AnyClaim], library: Library, scope: Scope) -> Section:
    found = [
        (change.on, one, change)
        for one in developments.positions
        if scope.takes((one.dossier,))
        for change in one.changes
        if scope.covers(When(start=change.on, end=change.on))
    ]
    found.sort(key=lambda entry: (-entry[0].toordinal(), entry[1].id))
    lines = tuple(change_line(one, change, claims, library) for _, one, change in found[:_CHANGES])
    return Section(lines=lines, more=max(0, len(found) - _CHANGES))


_PER_ACTOR = 4
"""Statements shown of one actor."""
_ACTORS = 20
"""Actors whose statements are shown."""


def _positions(said: list[Utterance], lines: _Lines) -> tuple[Voices, ...]:
    """The most salient statements of each actor, newest first; actors that the gazetteer knows first, by how much they said."""
    by_actor: dict[str, list[Utterance]] = {}
    for claim in said:
        if claim.speaker_kind is SpeakerKind.POLITICAL:
            actor = claim.speaker_actors[0].name if claim.speaker_actors else claim.speaker
            by_actor.setdefault(printable(actor), []).append(claim)
    known = {printable(actor.name) for claim in said for actor in claim.speaker_actors if actor.code}
    ranked = sorted(by_actor.items(), key=lambda item: (item[0] not in known, -len(item[1]), item[0]))[:_ACTORS]
    views = []
    for actor, claims in ranked:
        best = {claim.id for claim in sorted(claims, key=lambda claim: -claim.salience)[:_PER_ACTOR]}
        shown = [lines(claim) for claim in claims if claim.id in best]
        views.append(Voices(actor=actor, section=Section(lines=tuple(shown), more=len(claims) - len(shown))))
    return tuple(views)


_ASSESSMENTS = 15
"""Statements of analysts, journalists and witnesses that are shown."""


def _assessments(said: list[Utterance], lines: _Lines) -> Section:
    """The most salient statements of those who speak for no side, newest first."""
    others = [claim for claim in said if claim.speaker_kind not in {SpeakerKind.POLITICAL, SpeakerKind.OUTLET}]
    best = {claim.id for claim in sorted(others, key=lambda claim: -claim.salience)[:_ASSESSMENTS]}
    shown = [lines(claim) for claim in others if claim.id in best]
    return Section(lines=tuple(shown), more=len(others) - len(shown))


def _sources(
    record: Record, claims: Mapping[ClaimId, AnyClaim], library: Library, cited: set[DocumentId]
) -> tuple[SourceRow, ...]:
    in_events = (claims[claim] for event in record.events for claim in event.claims if claim in claims)
    documents = (document for document in library.documents.values() if document.id in cited)
    return source_rows(documents, (*in_events, *record.others), frozenset(library.originals), library.grades)


def _texts(lines: Iterable[Line], library: Library, scope: Scope) -> tuple[FullText, ...]:
    """Documents that may be shown whole; only those that a full-text request or an open licence allows."""
    marks: dict[DocumentId, set[Span]] = {}
    for line in lines:
        for report in line.reports:
            marks.setdefault(report.document, set()).add(report.evidence)
    texts: list[FullText] = []
    for document_id in sorted(marks):
        document = library.documents[document_id]
        if len(texts) < _WHOLE_TEXTS and may_show_full_text(document, asked=scope.full_text):
            whole = Span(0, len(document.text))
            texts.append(
                FullText(
                    id=document_id,
                    title=printable(document.title or document.name or document_id),
                    licence=printable(document.licence or "shown on request"),
                    pieces=marked(document.text, whole, tuple(marks[document_id])),
                )
            )
    return tuple(texts)


_WHOLE_TEXTS = 60
"""Most documents shown whole, so that the page stays light enough to forward."""
