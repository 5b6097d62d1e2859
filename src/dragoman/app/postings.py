"""Where claims and events stand by what they can be asked for: lists that are cut with one another instead of scanned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce

import msgspec
import numpy as np
import numpy.typing as npt

from dragoman.analysis.contacts import event_day
from dragoman.core.claims import AnyClaim
from dragoman.core.folding import fold
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.queries import ACTING, FACING, ClaimIndex, ClaimQuery, fits, index_claim, name_key, words_fit
from dragoman.core.records import Event

Positions = npt.NDArray[np.int32]
Posting = tuple[str, str]
"""A field and one of its values."""

_NONE: Positions = np.empty(0, dtype=np.int32)


class Postings:
    """Places in an ordered list by field and value (an inverted index)."""

    def __init__(self, length: int, pairs: Iterable[tuple[Posting, int]]) -> None:
        found: dict[Posting, dict[int, None]] = {}
        for posting, place in pairs:
            found.setdefault(posting, {})[place] = None
        self._places: Mapping[Posting, Positions] = {
            posting: np.fromiter(places, dtype=np.int32, count=len(places)) for posting, places in found.items()
        }
        self._all: Positions = np.arange(length, dtype=np.int32)

    def of(self, field: str, values: Iterable[str]) -> Positions:
        """Places with at least one of some values."""
        lists = [self._places[field, value] for value in values if (field, value) in self._places]
        return lists[0] if len(lists) == 1 else reduce(np.union1d, lists, _NONE)

    def values(self, field: str) -> Iterator[str]:
        """All values of a field."""
        return (value for name, value in self._places if name == field)

    def common(self, lists: Sequence[Positions]) -> Positions:
        """Places that all lists name, in order; all places where there is no list."""
        if not lists:
            return self._all
        ordered = sorted(lists, key=len)
        return reduce(lambda left, right: np.intersect1d(left, right, assume_unique=True), ordered)


class Listed(msgspec.Struct, frozen=True):
    """One claim in its place: newest first by its own date, undated last, then in document order."""

    key: tuple[int, str, int, str]
    id: ClaimId
    claim: AnyClaim
    index: ClaimIndex


class Chosen(msgspec.Struct, frozen=True):
    """Claims that fit a query; `undated` counts those that fit but for having no date (0 where no period is asked for)."""

    claims: tuple[Listed, ...]
    undated: int = 0


class ClaimBook:
    """All claims of a record as they stand after judgements, by the ids that the store knows them by."""

    def __init__(self, claims: Mapping[ClaimId, AnyClaim]) -> None:
        self._listed = sorted((_listed(own, claim) for own, claim in claims.items()), key=lambda one: one.key)
        self._by_id = {one.id: one for one in self._listed}
        pairs = ((posting, place) for place, one in enumerate(self._listed) for posting in _postings(one))
        self._postings = Postings(len(self._listed), pairs)
        self._first = _ordinals(one.index.first for one in self._listed)
        self._last = _ordinals(one.index.last for one in self._listed)

    def find(self, query: ClaimQuery) -> Chosen:
        """Claims that fit, as `Store.find_claims` would give them; `limit` and `offset` are not looked at."""
        places = self._postings.common(self._lists(query))
        if query.actor or query.with_actor or query.person or (query.role and query.level):
            # Several words on one participant: lists know only that each is true of somebody.
            kept = [place for place in places.tolist() if self._fits(self._listed[place], query)]
            places = np.array(kept, dtype=np.int32)
        if query.since is None and query.until is None:
            return Chosen(tuple(self._listed[place] for place in places.tolist()))
        first, last = self._first[places], self._last[places]
        within = (first > 0) & (last >= (query.since.toordinal() if query.since else 0))
        if query.until is not None:
            within &= first <= query.until.toordinal()
        return Chosen(tuple(self._listed[place] for place in places[within].tolist()), int(np.count_nonzero(first == 0)))

    @staticmethod
    def _fits(one: Listed, query: ClaimQuery) -> bool:
        return fits(one.index, one.claim, query)

    def items(self) -> Iterator[tuple[ClaimId, AnyClaim]]:
        """All claims with their ids, in order."""
        return ((one.id, one.claim) for one in self._listed)

    def get(self, own: ClaimId) -> AnyClaim | None:
        """One claim; None where the record holds none of this id."""
        found = self._by_id.get(own)
        return found.claim if found else None

    def listed(self, own: ClaimId) -> Listed:
        """One claim in its place; KeyError where the record holds none of this id."""
        return self._by_id[own]

    def of_document(self, document: DocumentId) -> tuple[Listed, ...]:
        """The claims of one document."""
        return tuple(self._listed[place] for place in self._postings.of("document", (document,)).tolist())

    def _lists(self, query: ClaimQuery) -> list[Positions]:
        asked: list[tuple[str, Sequence[str]]] = [("kind", query.kinds), ("type", query.types)]
        single = ("dossier", "issue", "channel", "factuality", "document", "role", "level")
        asked += [(name, (value,)) for name in single if (value := getattr(query, name))]
        asked += [("acting", (name_key(query.actor),))] if query.actor else []
        asked += [("facing", (name_key(query.with_actor),))] if query.with_actor else []
        asked += [("person", (word,)) for word in fold(query.person).split()] if query.person else []
        return [self._postings.of(name, values) for name, values in asked if values]


def _ordinals(days: Iterable[date | None]) -> Positions:
    """Days as numbers, 0 where unknown."""
    return np.array([day.toordinal() if day else 0 for day in days], dtype=np.int32)


def _listed(own: ClaimId, claim: AnyClaim) -> Listed:
    index = index_claim(claim)
    newness = -index.first.toordinal() if index.first else 0
    return Listed((newness, claim.document, claim.evidence[0].start, own), own, claim, index)


def _postings(one: Listed) -> Iterator[Posting]:
    index = one.index
    yield "kind", index.kind
    yield "document", one.claim.document
    yield "factuality", one.claim.factuality
    yield from (("dossier", dossier) for dossier in one.claim.dossiers)
    yield from (("issue", issue) for issue in index.issues)
    if index.type:
        yield "type", index.type
    if index.channel:
        yield "channel", index.channel
    for each in index.appearances:
        for part, parts in (("acting", ACTING), ("facing", FACING)):
            if each.part in parts:
                yield from ((part, name) for name in (each.actor, each.name) if name)
        yield from (("person", word) for word in (each.person or "").split())
        yield from ((name, value) for name, value in (("role", each.role), ("level", each.level)) if value)


class EventBook:
    """All events of a record in their order, to be narrowed down by what they hold."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events
        pairs = ((posting, place) for place, event in enumerate(events) for posting in _event_postings(event))
        self._postings = Postings(len(events), pairs)
        days = [event_day(event) for event in events]
        begun = [(event.when.start or event.when.end) if event.when else None for event in events]
        self._last, self._first = _ordinals(days), _ordinals(begun)

    def find(
        self,
        asked: Mapping[str, str],
        *,
        actor: str | None = None,
        place: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Event, ...]:
        """Events that fit all that is given, in their order.

        `asked` names a value for fields that are asked for as they stand (dossier, kind, status, role, level, issue); `actor`
        is a code or words of a name, `place` a country's code or words of a place's name. Days are included; undated events
        are in no period.
        """
        lists = [self._postings.of(name, (value,)) for name, value in asked.items()]
        if actor is not None:
            lists.append(self._postings.of("actor", self._named("actor", actor, code=actor.casefold())))
        if place is not None:
            lists.append(self._postings.of("place", self._named("place", place, code=place.casefold())))
        if since is not None:
            lists.append(np.flatnonzero(self._last >= since.toordinal()).astype(np.int32))
        if until is not None:
            lists.append(np.flatnonzero((self._first > 0) & (self._first <= until.toordinal())).astype(np.int32))
        return tuple(self._events[place] for place in self._postings.common(lists).tolist())

    def _named(self, field: str, words: str, *, code: str) -> list[str]:
        """Values of a field that are a code or hold all words of a name; values are "code" or "=folded name"."""
        known = self._postings.values(field)
        return [value for value in known if (words_fit(words, value[1:]) if value.startswith("=") else value == code)]


def _event_postings(event: Event) -> Iterator[Posting]:
    yield "kind", event.type
    yield "status", event.factuality
    yield from (("dossier", dossier) for dossier in event.dossiers)
    yield from (("issue", issue) for issue in event.issues)
    for each in event.participants:
        yield "actor", each.actor.key.casefold()
        yield "actor", f"={fold(each.actor.name)}"
        yield "role", each.role
        if each.level:
            yield "level", each.level
    if event.place is not None:
        if event.place.country:
            yield "place", event.place.country.casefold()
        if event.place.name:
            yield "place", f"={fold(event.place.name)}"
