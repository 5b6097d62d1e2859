"""One state of the record as pages look at it: everything on it is worked out once and then kept."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from dragoman.analysis.claim_days import claim_day
from dragoman.analysis.contacts import event_day
from dragoman.analysis.look_alikes import Neighbours
from dragoman.analysis.queue import Doubt, Order, doubts, in_order
from dragoman.analysis.site_distance import SiteDistance, Theatre, site_distances, theatres
from dragoman.app.analysing import CoalitionsFound, Ground, TensionFound, find_coalitions, find_tension, grouped
from dragoman.app.config import Config
from dragoman.app.prepared import Shelf
from dragoman.app.records import (
    ApartFound,
    Asked,
    basis_of,
    commitment_rows,
    find_distances,
    position_rows,
    readouts,
    rows_of_talks,
    talks_of,
)
from dragoman.app.tracks import StalledFound, find_stalled
from dragoman.core.claims import AnyClaim, Violence
from dragoman.core.folding import fold
from dragoman.core.ids import ClaimId, DocumentId, DossierId, EventId
from dragoman.core.judgements import Judgement
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

K = TypeVar("K")
V = TypeVar("V")

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
    *("documents", "names", "claims", "parts_of", "judgements", "tracks", "talks", "positions", "commitments", "neighbours"),
    "violent",
)
"""What is worked out before a large record is shown."""


class Snapshot:
    """The record in one state of the store; everything on it is computed on first use and then kept.

    `version` changes whenever the store's content does: pages use it as their entity tag.
    """

    def __init__(self, ground: Ground, config: Config, version: str, shelf: Shelf | None = None) -> None:
        """`shelf` is where what takes long was kept, if it was."""
        self.ground = ground
        self.shelf = shelf or Shelf("")
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
        _ = self._basis.told_in, self.theatres, self._namesakes, self._coalitions
        self.tension()
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

    def coalitions(self, dossier: str) -> CoalitionsFound:
        """What third parties add to one another in a dossier with parties."""
        return self.kept(("coalitions", dossier), lambda: self._coalitions.get(dossier) or find_coalitions(self.ground, dossier))

    @cached_property
    def _coalitions(self) -> Mapping[str, CoalitionsFound]:
        """Of all dossiers with events and parties."""
        known = self.ground.dossiers
        wanted = [one for one in self.by_dossier if one in known and known[one].sides]
        kind = dict[str, CoalitionsFound]
        return self.shelf.section("coalitions", kind, lambda: {one: find_coalitions(self.ground, one) for one in wanted})

    def tension(self, dossier: str | None = None) -> TensionFound:
        """Tension by dossier, or of one dossier and its dyads."""
        return self.kept(("tension", dossier), lambda: find_tension(self.ground, dossier=dossier))

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
    def violent(self) -> tuple[tuple[date, tuple[DossierId, ...]], ...]:
        """Days of violence with their dossiers, a line for each claim."""
        published = self.ground.published
        found = ((claim_day(one, published), one.dossiers) for one in self.others.values() if isinstance(one, Violence))
        return tuple((day, dossiers) for day, dossiers in found if day is not None)

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
        material, kind = self.ground.material, tuple[TalksRow, ...]
        return self.shelf.section("talks", kind, lambda: rows_of_talks(material, self.tracks.values(), Asked()))

    @cached_property
    def tracks(self) -> Mapping[str, Talks]:
        """Tracks of talks by id."""
        material, kind = self.ground.material, tuple[Talks, ...]
        found = self.shelf.section("tracks", kind, lambda: talks_of(material, self._config))
        return {talks.id: talks for talks in found}

    def stalled(self, track: str) -> StalledFound:
        """Which third parties reach the sides of some talks, and how stalls like theirs ended."""
        everything = tuple(self.tracks.values())
        return self.kept(("stalled", track), lambda: find_stalled(self.ground, everything, self.tracks[track]))

    @cached_property
    def positions(self) -> tuple[PositionRow, ...]:
        """Positions by dossier, actor and issue."""
        material, kind = self.ground.material, tuple[PositionRow, ...]
        return self.shelf.section("positions", kind, lambda: position_rows(material, Asked()))

    def apart(self, dossier: str) -> ApartFound:
        """How far the actors of a dossier stand apart."""
        return self.kept(("apart", dossier), lambda: find_distances(self.positions, dossier))

    @cached_property
    def commitments(self) -> tuple[CommitmentRow, ...]:
        """Agreements and offers, the latest first."""
        material, kind = self.ground.material, tuple[CommitmentRow, ...]
        return self.shelf.section("commitments", kind, lambda: commitment_rows(material, Asked()))

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
