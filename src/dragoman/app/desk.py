"""The record as pages look at it: resolved once for each state of the store, read by many."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date
from functools import cached_property
from threading import Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from dragoman.analysis.contacts import event_day
from dragoman.analysis.look_alikes import Neighbours
from dragoman.analysis.queue import Doubt, Order, doubts, in_order
from dragoman.analysis.site_distance import SiteDistance, Theatre, site_distances, theatres
from dragoman.app.analysing import Ground, find_tension, ground_of, grouped
from dragoman.app.config import Config
from dragoman.app.records import Asked, basis_of, commitment_rows, position_rows, readouts, rows_of_talks, talks_of
from dragoman.app.resolving import Memory, gather_again
from dragoman.app.tracks import StalledFound, find_stalled
from dragoman.app.viewing import closing_mark, visible
from dragoman.app.wiring import opened_store
from dragoman.core.access import Restriction, RestrictionKind, Viewer
from dragoman.core.claims import AnyClaim
from dragoman.core.errors import DragomanError
from dragoman.core.folding import fold
from dragoman.core.ids import ClaimId, DocumentId, DossierId, EventId, content_hash
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Store
from dragoman.core.records import Event
from dragoman.core.talks import Talks
from dragoman.core.text import Document
from dragoman.report.claim_lines import Spoken, claim_line
from dragoman.report.commitments import CommitmentRow
from dragoman.report.lines import Line, event_line
from dragoman.report.positions import PositionRow
from dragoman.report.readouts import AlignmentRow
from dragoman.report.source_rows import SourceRow, source_rows
from dragoman.report.talks import TalksRow
from dragoman.resolve.basis import Basis
from dragoman.resolve.people import KnownPerson, Namesakes, namings

if TYPE_CHECKING:
    from dragoman.app.postings import ClaimBook, EventBook

_log = logging.getLogger(__name__)

K = TypeVar("K")
V = TypeVar("V")

_STALE_AFTER = 2.0
"""Seconds for which a snapshot is served without asking the store whether it has changed."""


_SETTLED_AFTER = 1.5
"""Seconds without a decision before the record is resolved anew behind the scenes: somebody who decides fast is not slowed."""

_PATIENCE = 4.0
"""Seconds that a reader waits for a changed record before being shown the one that was."""

_LARGE = 5_000
"""Events from which on a record is made ready for every page before it is shown, so that no reader waits for that."""

_KEPT = 256
"""Answers and pictures that a snapshot keeps; a picture takes up to a quarter of a megabyte."""


class Named(msgspec.Struct, frozen=True):
    """An actor or person by name; `code` is the actor's key, `words` are those of the name, both folded."""

    id: str
    kind: str
    name: str
    code: str | None
    words: tuple[str, ...]


_VIEWS = (
    *("events", "event_book", "by_dossier", "by_actor", "by_person", "others", "event_of", "by_document", "sources"),
    *("documents", "names", "claims", "parts_of", "judgements", "talks", "positions", "commitments", "neighbours"),
)
"""What is worked out before a large record is shown."""


class Snapshot:
    """The record in one state of the store; everything on it is computed on first use and then kept.

    `version` changes whenever the store's content does: pages use it as their entity tag.
    """

    def __init__(self, ground: Ground, config: Config, version: str) -> None:
        self.ground = ground
        self._config = config
        self.version = version
        self.wording = ground.wording
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._keeping = Lock()

    def warm(self) -> None:
        """Work out what pages would otherwise work out when they are first asked for."""
        for name in _VIEWS:
            getattr(self, name)
        self.ground.warm()
        _ = self._basis.told_in, self.theatres, self._namesakes
        self.kept("tension", lambda: find_tension(self.ground))
        self.kept(("tension", None), lambda: find_tension(self.ground))
        for order in Order:
            self.queue(order)

    def kept(self, question: Hashable, answer: Callable[[], V]) -> V:
        """The answer to a question about this state of the record: worked out once, the latest few hundred kept.

        `question` must name whoever asks and everything that the answer depends on beside the record.
        """
        with self._keeping:
            if question in self._kept:
                self._kept.move_to_end(question)
                return cast("V", self._kept[question])
        found = answer()
        with self._keeping:
            self._kept[question] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    @cached_property
    def events(self) -> Mapping[EventId, Event]:
        """Events by id, newest first, undated last."""
        ordered = sorted(self.ground.material.record.events, key=lambda event: event.id)
        ordered.sort(key=lambda event: event_day(event) or date.min, reverse=True)
        return {event.id: event for event in ordered}

    @cached_property
    def event_book(self) -> "EventBook":
        """All events in the same order, to be asked."""
        from dragoman.app.postings import EventBook  # noqa: PLC0415  numpy: only lists in the browser need it

        return EventBook(tuple(self.events.values()))

    @cached_property
    def parts_of(self) -> Mapping[EventId, tuple[Event, ...]]:
        """Events that took place within another one, by that one."""
        return grouped((whole, event) for event in self.events.values() for whole in event.part_of)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Finds events that look alike."""
        return Neighbours(self.events.values())

    @cached_property
    def _doubts(self) -> tuple[Doubt, ...]:
        return doubts(self.events.values(), self.ground.by.as_of)

    def queue(self, order: Order) -> tuple[Doubt, ...]:
        """Events that nobody has decided about."""
        return self.kept(("queue", order), lambda: in_order(self._doubts, order))

    @cached_property
    def by_dossier(self) -> Mapping[DossierId, tuple[Event, ...]]:
        """Events of each dossier, newest first."""
        return grouped((dossier, event) for event in self.events.values() for dossier in event.dossiers)

    @cached_property
    def by_actor(self) -> Mapping[str, tuple[Event, ...]]:
        """Events of each actor key, newest first."""
        return grouped(
            (key, event) for event in self.events.values() for key in dict.fromkeys(each.actor.key for each in event.participants)
        )

    def brings_together(self, event: Event, keys: Collection[str]) -> bool:
        """Whether all of some actors take part in an event."""
        return {each.actor.key for each in event.participants}.issuperset(keys)

    @cached_property
    def by_person(self) -> Mapping[str, tuple[Event, ...]]:
        """Events of each person, by name, newest first."""
        return grouped(
            (name, event)
            for event in self.events.values()
            for name in dict.fromkeys(each.person for each in event.participants if each.person)
        )

    @cached_property
    def others(self) -> Mapping[ClaimId, AnyClaim]:
        """Claims that are no engagements, by id."""
        return {claim.id: claim for claim in self.ground.material.record.others}

    @cached_property
    def as_coded(self) -> Mapping[ClaimId, AnyClaim]:
        """Claims by id as the coder wrote them, before any correction, those that were rejected too."""
        return self.ground.material.coded

    @cached_property
    def event_of(self) -> Mapping[ClaimId, EventId]:
        """Which event a claim is told of."""
        return {claim: event.id for event in self.events.values() for claim in event.claims}

    @cached_property
    def by_document(self) -> Mapping[DocumentId, tuple[EventId | ClaimId, ...]]:
        """Events and other claims that each document tells of."""
        events = ((document, event.id) for event in self.events.values() for document in event.documents)
        return grouped((*events, *((claim.document, claim.id) for claim in self.others.values())))

    @cached_property
    def sources(self) -> tuple[SourceRow, ...]:
        """Sources with their documents, reprints, claims and grades."""
        material = self.ground.material
        library = material.library
        return source_rows(library.documents.values(), material.claims.values(), frozenset(library.originals), library.grades)

    @cached_property
    def talks(self) -> tuple[TalksRow, ...]:
        """Tracks of talks, the latest change of status first."""
        return rows_of_talks(self.ground.material, self.tracks.values(), Asked())

    @cached_property
    def tracks(self) -> Mapping[str, Talks]:
        """Tracks of talks by id."""
        return {talks.id: talks for talks in talks_of(self.ground.material, self._config)}

    def stalled(self, track: str) -> StalledFound:
        """Which third parties reach the sides of some talks, and how stalls like theirs ended."""
        everything = tuple(self.tracks.values())
        return self.kept(("stalled", track), lambda: find_stalled(self.ground, everything, self.tracks[track]))

    @cached_property
    def positions(self) -> tuple[PositionRow, ...]:
        """Positions by dossier, actor and issue."""
        return position_rows(self.ground.material, Asked())

    @cached_property
    def commitments(self) -> tuple[CommitmentRow, ...]:
        """Agreements and offers, the latest first."""
        return commitment_rows(self.ground.material, Asked())

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """Actors and persons in events, with their names folded."""
        actors = (Named(key, "actor", name, fold(key), tuple(fold(name).split())) for key, name in self.actor_names.items())
        persons = (Named(name, "person", name, None, tuple(fold(name).split())) for name in self.by_person)
        return (*actors, *persons)

    @cached_property
    def actor_names(self) -> Mapping[str, str]:
        """Display names of the actors in events, by key."""
        return {key: self.wording.name(key) for key in self.by_actor}

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Documents, the newest first, those without a date last."""
        found = self.ground.material.library.documents.values()
        return tuple(sorted(found, key=lambda one: (-one.published.toordinal() if one.published else 0, one.id)))

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """Decisions in the order they were written."""
        return self.ground.material.judgements

    @cached_property
    def claims(self) -> "ClaimBook":
        """All claims but those rejected, to be asked."""
        from dragoman.app.postings import ClaimBook  # noqa: PLC0415  as above

        material = self.ground.material
        rejected = frozenset(material.record.rejected)
        return ClaimBook({own: claim for own, claim in material.claims.items() if own not in rejected})

    def readouts(self, event: Event) -> AlignmentRow:
        """The tellings of one event side by side."""
        return readouts(self.ground.material, self._config, event, self._basis)

    @cached_property
    def _basis(self) -> Basis:
        return basis_of(self.ground.material)

    @cached_property
    def _namesakes(self) -> Namesakes:
        return Namesakes(namings(dict(self.claims.items())))

    def people_called(self, name: str) -> tuple[KnownPerson, ...]:
        """Persons whom some claim calls by a name, joined across documents."""
        return self.kept(("people", name), lambda: self._namesakes.people(name))

    @cached_property
    def theatres(self) -> Mapping[DossierId, Theatre]:
        """Where the violence of each dossier is."""
        return theatres(self.others.values())

    def distances(self, event: Event) -> tuple[SiteDistance, ...]:
        """How far an event took place from the theatre of each of its dossiers."""
        return site_distances(event, self.theatres)

    def line(self, event: Event) -> Line:
        """One event with its reports, ready to show."""
        material = self.ground.material
        return event_line(event, material.claims, material.library)

    def claim_line(self, claim: Spoken) -> Line:
        """One claim that is no engagement, ready to show."""
        return claim_line(claim, self.ground.material.library)


class Outlook:
    """Gives the current snapshot of what one configuration lets be seen to any number of threads."""

    def __init__(self, config: Config, prepare: Callable[[Snapshot], None] = Snapshot.warm) -> None:
        self.config = config
        self.prepare = prepare
        """What makes a large record ready before it is shown."""
        self._making = Lock()
        self._starting = Lock()
        self._memory = Memory()
        self._snapshot: Snapshot | None = None
        self._looked = self._written = 0.0
        self._renewal = Thread()
        self._worker = Thread()
        self._begun = 0.0
        self._fault: DragomanError | None = None

    @property
    def behind(self) -> bool:
        """Whether the record is being resolved anew, and what is shown meanwhile is what it was before."""
        return self._worker.is_alive()

    def snapshot(self) -> Snapshot:
        """The record as the store holds it now, at most two seconds old.

        Where resolving a changed record anew takes longer than a reader waits, it goes on behind the scenes, and the record as it
        was is shown until it is done; `behind` says so.
        """
        kept = self._snapshot
        if kept is None:
            return self._brought_up_to_date()
        if not self._is_stale():
            return kept
        with self._starting:
            if not self._worker.is_alive():
                self._begun, self._fault = monotonic(), None
                self._worker = Thread(target=self._work, name="resolving the record", daemon=True)
                self._worker.start()
        self._worker.join(max(0.0, self._begun + _PATIENCE - monotonic()))
        if self._fault is not None and not self._worker.is_alive():
            raise self._fault
        return self._snapshot or kept

    def _work(self) -> None:
        try:
            self._brought_up_to_date()
        except DragomanError as error:
            self._fault = error

    def _brought_up_to_date(self) -> Snapshot:
        with self._making:
            if self._snapshot is None or self._is_stale():
                began = monotonic()
                self._snapshot = self._renewed()
                self._looked = began
            return self._snapshot

    def latest(self) -> Snapshot:
        """The record as it was when it was last resolved, at once; where that is stale, it is resolved anew behind the scenes."""
        kept = self._snapshot
        if kept is None:
            return self._brought_up_to_date()
        if self._is_stale() and not self._renewal.is_alive():
            self._renewal = Thread(target=self._renew, name="renewing the record", daemon=True)
            self._renewal.start()
        return kept

    def _is_stale(self) -> bool:
        return self._looked <= self._written or monotonic() - self._looked > _STALE_AFTER

    def _renew(self) -> None:
        while (since := monotonic() - self._written) < _SETTLED_AFTER:
            sleep(_SETTLED_AFTER - since)
        try:
            self._brought_up_to_date()
        except DragomanError as error:  # the next page that needs the record meets it again and says so
            _log.warning("the record could not be resolved anew: %s", error)

    def _renewed(self) -> Snapshot:
        with opened_store(self.config, must_exist=True) as store:
            holdings = visible(store, self.config)
            mark = closing_mark(holdings)
            version = content_hash(_version(store), mark)
            if self._snapshot is not None and self._snapshot.version == version:
                return self._snapshot
            material = gather_again(holdings, self.config, self._memory, content_hash(_content(store), mark))
        made = Snapshot(ground_of(material), self.config, version)
        if self._snapshot is not None and len(made.events) > _LARGE:
            self.prepare(made)
        return made

    def forget(self) -> None:
        """Look at the store anew on the next call: something was written."""
        self._written = monotonic()


class Desk:
    """The record in at most two outlooks, with what is restricted and without; where nothing is restricted these are one."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._lock = Lock()
        self._whole = Outlook(_scoped(config, restricted=True))
        self._open = Outlook(_scoped(config, restricted=False))
        self._prepare: Callable[[Snapshot], None] = Snapshot.warm
        self._restrictions: tuple[Restriction, ...] = ()
        self._looked = -_STALE_AFTER

    def snapshot(self, *, restricted: bool | None = None) -> Snapshot:
        """The record as the store holds it now, at most two seconds old; what is restricted as `output.restricted` has it."""
        return self._outlook(restricted).snapshot()

    def latest(self, *, restricted: bool | None = None) -> Snapshot:
        """The record as it was when it was last resolved, at once; where that is stale, it is resolved anew behind the scenes."""
        return self._outlook(restricted).latest()

    def prepare_by(self, prepare: Callable[[Snapshot], None]) -> None:
        """Have large records made ready by this, beside what every page needs."""

        def both(snapshot: Snapshot) -> None:
            snapshot.warm()
            prepare(snapshot)

        self._prepare = self._whole.prepare = self._open.prepare = both

    def ready(self) -> None:
        """Make the first snapshot, and where it is large, all that its pages need."""
        snapshot = self.snapshot(restricted=True)
        if len(snapshot.events) > _LARGE:
            self._prepare(snapshot)

    def behind(self, *, restricted: bool | None = None) -> bool:
        """Whether the record is being resolved anew, and what is shown meanwhile is what it was before."""
        return self._outlook(restricted).behind

    def seat(self, viewer: Viewer) -> "Seat":
        """The desk as one viewer sees it."""
        return Seat(self, viewer)

    def restrictions(self) -> tuple[Restriction, ...]:
        """What is restricted, at most two seconds old."""
        with self._lock:
            if monotonic() - self._looked > _STALE_AFTER:
                self._look()
            return self._restrictions

    def forget(self) -> None:
        """Look at the store anew on the next call: something was written."""
        self._looked = -_STALE_AFTER
        self._whole.forget()
        self._open.forget()

    def _outlook(self, restricted: bool | None) -> Outlook:  # noqa: FBT001  private
        if self.config.output.restricted if restricted is None else restricted:
            return self._whole
        return self._open if self.restrictions() else self._whole

    def _look(self) -> None:
        """What is restricted now; what was seen before another restriction is not shown again, not even while it is renewed."""
        began = monotonic()
        with opened_store(self.config, must_exist=True) as store:
            restrictions = tuple(store.access.restrictions())
        if restrictions != self._restrictions:
            self._restrictions = restrictions
            self._open = Outlook(self._open.config, self._prepare)
        self._looked = began


class Seat:
    """The desk as one viewer sees it: what a handler is given, and all it needs.

    `config` signs judgements with the viewer's name and reads only what the viewer may see.
    """

    def __init__(self, desk: Desk, viewer: Viewer) -> None:
        self._desk = desk
        self.viewer = viewer
        self.config = msgspec.structs.replace(
            _scoped(desk.config, restricted=viewer.restricted), analyst=viewer.name or desk.config.analyst
        )

    def snapshot(self) -> Snapshot:
        """The record as this viewer may see it."""
        return self._desk.snapshot(restricted=self.viewer.restricted)

    @property
    def behind(self) -> bool:
        """Whether the record is being resolved anew, and what is shown meanwhile is what it was before."""
        return self._desk.behind(restricted=self.viewer.restricted)

    def marks(self, *asked: tuple[RestrictionKind, str | None]) -> tuple[Restriction, ...]:
        """Which of some documents, sources and dossiers are restricted; nothing for who may not see what is."""
        found = self._desk.restrictions() if self.viewer.restricted else ()
        return tuple(one for one in found if (one.kind, one.value) in asked)

    def latest(self) -> Snapshot:
        """The record as this viewer may see it, at once; see `Desk.latest`."""
        return self._desk.latest(restricted=self.viewer.restricted)

    def forget(self) -> None:
        """Look at the store anew on the next call: something was written."""
        self._desk.forget()


def _scoped(config: Config, *, restricted: bool) -> Config:
    output = msgspec.structs.replace(config.output, restricted=restricted)
    return msgspec.structs.replace(config, output=output)


def _content(store: Store) -> str:
    """A hash of how many documents and claims the store holds, whatever was decided about them."""
    counts = store.counts()
    return content_hash(*(str(each) for each in (counts.documents, counts.sightings, counts.codings, counts.claims)))


def _version(store: Store) -> str:
    """A hash of how much the store holds; the store only ever grows."""
    counts = store.counts()
    return content_hash(*(f"{name}={getattr(counts, name)}" for name in counts.__struct_fields__))
