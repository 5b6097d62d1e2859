"""`Store` in memory: the reference that the databases are tested against, and good for one-off runs and tests."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from dragoman.backends.memory_access import MemoryAccess
from dragoman.backends.store_rules import check_batch, check_storable, current_of, fill_in_all, merge_inputs
from dragoman.core.claims import AnyClaim, Coding, Problem
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Counts, Written
from dragoman.core.queries import ClaimQuery, Found, fits, in_period, index_claim
from dragoman.core.records import Reprint
from dragoman.core.searching import Hit, Searched, Sought, fits_words, portions, told_in
from dragoman.core.text import Document, Sighting, fill_in


class MemoryStore:
    """Keeps everything until the process ends."""

    def __init__(self) -> None:
        self._documents: dict[DocumentId, Document] = {}
        self._sightings: dict[str, Sighting] = {}
        self._codings: dict[str, Coding] = {}
        self._reprints: dict[tuple[DocumentId, DocumentId], Reprint] = {}
        self._judgements: dict[str, Judgement] = {}
        self._parts: dict[str, dict[str, bytes]] = {}
        self.access = MemoryAccess()
        """See `Store.access`."""

    def write(self, batch: Sequence[tuple[Document, Coding]]) -> Written:
        """See `Store.write`."""
        check_batch(batch)
        before = (len(self._documents), len(self._codings), len(self._sightings))
        claims = 0
        for document, coding in batch:
            self._documents.setdefault(document.id, document)
            self._sight(document)
            if coding.id not in self._codings:
                self._codings[coding.id] = coding
                claims += len(coding.claims)
        return Written(
            documents=len(self._documents) - before[0],
            codings=len(self._codings) - before[1],
            claims=claims,
            sightings=len(self._sightings) - before[2],
        )

    def coded(self, documents: Sequence[Document], *, coder: str, model: str) -> set[DocumentId]:
        """See `Store.coded`."""
        merged = self._merged(documents)
        made = {(one.document, one.published) for one in self._codings.values() if (one.coder, one.model) == (coder, model)}
        return {one for one, document in merged.items() if one in self._documents and (one, document.published) in made}

    def pending(self, documents: Sequence[Document], *, coder: str, model: str) -> list[Document]:
        """See `Store.pending`."""
        done = self.coded(documents, coder=coder, model=model)
        return [document for one, document in self._merged(documents).items() if one not in done]

    def sight(self, documents: Iterable[Document]) -> int:
        """See `Store.sight`."""
        before = len(self._sightings)
        for document in documents:
            check_storable(document)
            if document.id in self._documents:
                self._sight(document)
        return len(self._sightings) - before

    def sightings(self, document: DocumentId | None = None) -> Iterator[Sighting]:
        """See `Store.sightings`."""
        wanted = [one for one in self._sightings.values() if document in {None, one.document}]
        yield from sorted(wanted, key=lambda one: one.document)

    def documents(self, ids: Sequence[DocumentId] | None = None) -> Iterator[Document]:
        """See `Store.documents`."""
        wanted = self._documents.keys() if ids is None else self._documents.keys() & set(ids)
        for one in sorted(wanted):
            yield self._documents[one]

    def codings(self) -> Iterator[Coding]:
        """See `Store.codings`."""
        current = self._current()
        for one in sorted(current):
            yield current[one]

    def claims(self, document: DocumentId | None = None) -> Iterator[AnyClaim]:
        """See `Store.claims`."""
        for coding in self.codings():
            if document in {None, coding.document}:
                yield from coding.claims

    def arrivals(self) -> dict[DocumentId, int]:
        """See `Store.arrivals`."""
        return {own: number for number, own in enumerate(dict.fromkeys(one.document for one in self._codings.values()), start=1)}

    def claims_by_id(self) -> dict[ClaimId, AnyClaim]:
        """See `Store.claims_by_id`."""
        return {claim.id: claim for claim in self.claims()}

    def claim(self, claim_id: ClaimId) -> AnyClaim | None:
        """See `Store.claim`."""
        older = reversed(self._codings.values())
        return next((one for coding in (*self.codings(), *older) for one in coding.claims if one.id == claim_id), None)

    def find_claims(self, query: ClaimQuery) -> Found:
        """See `Store.find_claims`."""
        placed = ((coding.document, place, one) for coding in self.codings() for place, one in enumerate(coding.claims))
        indexed = ((index_claim(one), document, place, one) for document, place, one in placed)
        fitting = [found for found in indexed if fits(found[0], found[3], query)]
        dated = [found for found in fitting if in_period(found[0], query)]
        by_document = sorted(dated, key=lambda found: (found[1], found[2]))
        newest_first = sorted(by_document, key=lambda found: -(found[0].first.toordinal() if found[0].first else 0))
        end = None if query.limit is None else query.offset + query.limit
        asked = query.since or query.until
        return Found(
            claims=tuple(found[3] for found in newest_first[query.offset : end]),
            total=len(dated),
            undated=sum(found[0].first is None for found in fitting) if asked else 0,
        )

    def search(self, sought: Sought, kind: Searched) -> frozenset[Hit]:
        """See `Store.search`."""
        texts: Iterable[tuple[str, DocumentId, str]]
        if kind is Searched.DOCUMENT:
            texts = ((one, one, document.text) for one, document in self._documents.items())
        else:
            made = (claim for coding in self._codings.values() for claim in coding.claims)
            texts = ((one.id, one.document, told_in(one, self._documents[one.document].text)) for one in made)
        return frozenset(
            Hit(own, document) for own, document, body in texts if any(fits_words(sought, some) for some in portions(body))
        )

    def problems(self, document: DocumentId | None = None) -> Iterator[tuple[DocumentId, Problem]]:
        """See `Store.problems`."""
        for coding in self.codings():
            if document in {None, coding.document}:
                yield from ((coding.document, problem) for problem in coding.problems)

    def link_reprints(self, reprints: Iterable[Reprint], *, among: Iterable[DocumentId]) -> int:
        """See `Store.link_reprints`."""
        links = {(one.original, one.copy): one for one in reprints}
        asked = set(among)
        for pair in [pair for pair in self._reprints if pair[1] in asked and pair not in links]:
            del self._reprints[pair]
        before = len(self._reprints)
        for pair, one in links.items():
            self._reprints.setdefault(pair, one)
        return len(self._reprints) - before

    def reprints(self) -> Iterator[Reprint]:
        """See `Store.reprints`."""
        for pair in sorted(self._reprints):
            yield self._reprints[pair]

    def judge(self, judgement: Judgement) -> None:
        """See `Store.judge`."""
        self._judgements.setdefault(judgement.id, judgement)

    def judgements(self) -> Iterator[Judgement]:
        """See `Store.judgements`."""
        yield from self._judgements.values()

    def parts(self, purpose: str) -> Iterator[tuple[str, bytes]]:
        """See `Store.parts`."""
        yield from sorted(self._parts.get(purpose, {}).items())

    def keep_parts(self, purpose: str, fresh: Mapping[str, bytes], *, stale: Collection[str] = ()) -> None:
        """See `Store.keep_parts`."""
        kept = {key: body for key, body in self._parts.get(purpose, {}).items() if key not in stale}
        self._parts[purpose] = dict(fresh) | kept

    def documents_of(self, *, sources: Collection[str] = (), dossiers: Collection[str] = ()) -> set[DocumentId]:
        """See `Store.documents_of`."""
        seen = {one.document for one in self._sightings.values() if one.source in set(sources)}
        return seen | {claim.document for claim in self.claims() if not set(dossiers).isdisjoint(claim.dossiers)}

    def counts(self) -> Counts:
        """See `Store.counts`."""
        return Counts(
            documents=len(self._documents),
            sightings=len(self._sightings),
            codings=len(self._codings),
            claims=sum(1 for _ in self.claims()),
            reprints=len(self._reprints),
            judgements=len(self._judgements),
        )

    def close(self) -> None:
        """Nothing to release."""

    def _sight(self, document: Document) -> None:
        sighting = Sighting.of(document)
        self._sightings.setdefault(sighting.id, sighting)
        self._documents[document.id] = fill_in(self._documents[document.id], sighting)

    def _merged(self, documents: Iterable[Document]) -> dict[DocumentId, Document]:
        """The documents as they would be stored."""
        merged = merge_inputs(documents)
        stored = self._documents
        return {one: fill_in_all(stored[one], [document]) if one in stored else document for one, document in merged.items()}

    def _current(self) -> dict[DocumentId, Coding]:
        made: dict[DocumentId, list[Coding]] = {}
        for coding in self._codings.values():
            made.setdefault(coding.document, []).append(coding)
        return {
            one: codings[current_of([(n, c.published) for n, c in enumerate(codings)], self._documents[one].published)]
            for one, codings in made.items()
        }
