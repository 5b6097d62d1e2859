"""Looking words up in the record: documents, claims, actors and persons, each with the place where the words stand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import overload
from urllib.parse import quote

import msgspec

from dragoman.app.config import Config
from dragoman.app.snapshot import Snapshot
from dragoman.app.wiring import opened_store
from dragoman.core.claims import (
    Agreement,
    AnyClaim,
    Attribution,
    Dependence,
    Engagement,
    Interaction,
    Proposal,
    Status,
    Utterance,
    Violence,
)
from dragoman.core.folding import fold
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.searching import Searched, Sought, fits_words, occurrences, read_words
from dragoman.core.sheets import Sheet
from dragoman.core.text import Document, Span
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.report.excerpts import Piece, excerpt, printable
from dragoman.report.words import engagement_words

_LOOKED_AT = 200_000
"""Characters of a document in which places are marked; whether it holds the words is known of all of it."""


class Kind(StrEnum):
    """What is looked through."""

    DOCUMENTS = "documents"
    CLAIMS = "claims"
    ACTORS = "actors"
    """Actors and persons, by name."""


class Match(msgspec.Struct, frozen=True, gc=False):
    """Something that holds the words; ordered by `key`: the newest first, actors and persons by name."""

    key: tuple[int | str, ...]
    kind: str
    id: str


class FoundRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that holds the words, ready to show; `pieces` are the words around the first place, with all places marked."""

    kind: str
    """document, claim, actor or person."""
    id: str
    address: str
    """Where the desk shows it."""
    title: str
    when: date | None = None
    """The day of publication; None for actors and persons."""
    source: str | None = None
    pieces: tuple[Piece, ...] = ()
    events: int | None = None
    """Of an actor or person: the events that it takes part in."""


_SPOKEN = {
    Utterance: "statement",
    Proposal: "terms",
    Status: "talks",
    Violence: "violence",
    Agreement: "agreement",
    Interaction: "interaction",
    Dependence: "dependence",
    Attribution: "told",
}


class FoundLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something that holds the words, as a flat row."""

    kind: str
    id: str
    title: str
    published: date | None
    source: str | None
    sentence: str
    events: int | None


def found_sheet(rows: Iterable[FoundRow]) -> Sheet:
    """What was found, for spreadsheets."""
    lines = (
        FoundLine(
            kind=row.kind,
            id=row.id,
            title=row.title,
            published=row.when,
            source=row.source,
            sentence="".join(piece.text for piece in row.pieces),
            events=row.events,
        )
        for row in rows
    )
    return Sheet(name="search", kind=FoundLine, rows=tuple(lines))


class Search:
    """One question put to one state of the record; what the record does not hold is not found."""

    def __init__(self, snapshot: Snapshot, config: Config, typed: str) -> None:
        self._snapshot = snapshot
        self._config = config
        self._typed = typed
        self.sought = read_words(typed)

    def matches(self, kind: Kind) -> Sequence[Match]:
        """All that holds the words, in order."""
        if not self.sought.terms:
            return ()
        if kind is Kind.ACTORS:
            return sorted(self._actors(), key=lambda match: match.key)
        looked, ranks = (
            (Searched.DOCUMENT, _document_ranks(self._snapshot))
            if kind is Kind.DOCUMENTS
            else (Searched.CLAIM, _claim_ranks(self._snapshot))
        )
        return _Ranked(ranks, self._hits(looked))

    def row(self, match: Match) -> FoundRow:
        """One match, ready to show."""
        if match.kind in {"actor", "person"}:
            return self._somebody(match)
        documents = self._snapshot.ground.material.library.documents
        if match.kind == "document":
            document = documents[DocumentId(match.id)]
            return FoundRow(
                kind=match.kind,
                id=match.id,
                address=f"/documents/{match.id}",
                title=_title(document),
                when=document.published,
                source=document.source,
                pieces=self._pieces(document.text, Span(0, min(len(document.text), _LOOKED_AT))),
            )
        listed = self._snapshot.claims.listed(ClaimId(match.id))
        document = documents[listed.claim.document]
        return FoundRow(
            kind=match.kind,
            id=match.id,
            address=f"/claims/{listed.id}",
            title=self._headline(listed.claim),
            when=document.published,
            source=document.source,
            pieces=self._pieces(document.text, listed.claim.evidence[0]),
        )

    def _hits(self, kind: Searched) -> Iterator[str]:
        with opened_store(self._config, must_exist=True) as store:
            found = store.search(self.sought, kind)
        return (hit.id for hit in found)

    def _actors(self) -> Iterator[Match]:
        prefixes = tuple(msgspec.structs.replace(term, prefix=True) for term in self.sought.terms)
        sought = Sought(terms=prefixes, without=self.sought.without)
        known = {entry.actor.key for entry in load_gazetteer().named(self._typed)}
        code = fold(self._typed)
        for one in self._snapshot.names:
            if one.id in known or code == one.code or fits_words(sought, one.words):
                yield Match((one.name, one.kind, one.id), one.kind, one.id)

    def _somebody(self, match: Match) -> FoundRow:
        actor = match.kind == "actor"
        events = (self._snapshot.by_actor if actor else self._snapshot.by_person)[match.id]
        title = self._snapshot.wording.name(match.id) if actor else match.id
        section = "actors" if actor else "persons"
        return FoundRow(
            kind=match.kind,
            id=match.id,
            address=f"/{section}/{quote(match.id, safe='')}",
            title=printable(title),
            events=len(events),
        )

    def _headline(self, claim: AnyClaim) -> str:
        if isinstance(claim, Engagement):
            return printable(engagement_words(claim.type, claim.factuality, claim.participants, channel=claim.channel))
        return f"{_SPOKEN[type(claim)]}: {self._snapshot.claim_line(claim).headline}"

    def _pieces(self, text: str, within: Span) -> tuple[Piece, ...]:
        """The sentence around the first place with its neighbours; every place in it is marked."""
        places = [Span(one.start + within.start, one.end + within.start) for one in occurrences(self.sought, within.of(text))]
        return excerpt(text, places[0] if places else Span(within.start, within.start + 1), places).pieces


class _Ranks:
    """Everything of a kind that the record holds, in the order in which it is found: newest first."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self.ordered = sorted(matches, key=lambda match: match.key)
        self.of = {match.id: rank for rank, match in enumerate(self.ordered)}


class _Ranked(Sequence[Match]):
    """Hits in order; what the record does not hold is none."""

    def __init__(self, ranks: _Ranks, hits: Iterable[str]) -> None:
        self._ordered = ranks.ordered
        self._ranks = sorted(rank for rank in map(ranks.of.get, hits) if rank is not None)

    def __len__(self) -> int:
        return len(self._ranks)

    @overload
    def __getitem__(self, place: int) -> Match: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Match]: ...
    def __getitem__(self, place: int | slice) -> Match | Sequence[Match]:
        if isinstance(place, slice):
            return [self._ordered[rank] for rank in self._ranks[place]]
        return self._ordered[self._ranks[place]]


def _document_ranks(snapshot: Snapshot) -> _Ranks:
    documents = snapshot.ground.material.library.documents
    return snapshot.kept(
        "ranks of documents",
        lambda: _Ranks(Match((_newness(one), own), "document", own) for own, one in documents.items()),
    )


def _claim_ranks(snapshot: Snapshot) -> _Ranks:
    """Who told something is told with the claim itself."""
    documents = snapshot.ground.material.library.documents
    return snapshot.kept(
        "ranks of claims",
        lambda: _Ranks(
            Match((_newness(documents[one.document]), one.document, one.evidence[0].start, own), "claim", own)
            for own, one in snapshot.claims.items()
            if not isinstance(one, Attribution)
        ),
    )


def warm_search(snapshot: Snapshot) -> None:
    """Put everything that can be found in order, which the first search would otherwise do."""
    _document_ranks(snapshot)
    _claim_ranks(snapshot)


def _newness(document: Document) -> int:
    return -document.published.toordinal() if document.published else 0


def _title(document: Document) -> str:
    return printable(document.title or document.name or document.id)
