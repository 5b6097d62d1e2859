"""What of a store somebody may see: the one place where restricted material is left out, below everything derived from it.

Restricted are documents: those named, those seen at a restricted source, and those with a claim on a restricted dossier. Who may
not see them is given the store as if they had never been in it, so that no record, finding or file can hold anything of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec
from msgspec.structs import replace

from dragoman.app.config import Config
from dragoman.app.wiring import dossier_book, opened_store
from dragoman.core.access import Restriction, RestrictionKind
from dragoman.core.claims import AnyClaim, Coding, Problem
from dragoman.core.ids import ClaimId, DocumentId, DossierId, content_hash
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Holdings, Store
from dragoman.core.queries import ClaimQuery, Found, in_period, index_claim
from dragoman.core.records import Reprint
from dragoman.core.text import Document, Sighting
from dragoman.core.vocab import Verdict
from dragoman.ingest.duplicates import Sketches, find_reprints
from dragoman.knowledge.dossiers import DossierBook
from dragoman.resolve.events import reprint_groups
from dragoman.resolve.judging import apply_judgements

SKETCHES = "sketches"
"""Purpose under which a store keeps what near copies are found by."""


class Closed(msgspec.Struct, frozen=True):
    """What is restricted: documents, and dossiers of which not even the name is shown."""

    documents: frozenset[DocumentId]
    dossiers: frozenset[DossierId]


@contextmanager
def opened_holdings(config: Config) -> Iterator[Holdings]:
    """Open the configured store for reading: with what is restricted where `output.restricted` says so, else without."""
    with opened_store(config, must_exist=True) as store:
        yield visible(store, config)


def visible(store: Store, config: Config) -> Holdings:
    """What of a store `output.restricted` lets through."""
    if config.output.restricted:
        return store
    restrictions = tuple(store.access.restrictions())
    return OpenHoldings(store, closed_by(store, restrictions), config) if restrictions else store


def dossiers_in(holdings: Holdings, config: Config) -> DossierBook:
    """The dossiers in force, without those that are restricted to somebody else."""
    book = dossier_book(config)
    closed = holdings.closed.dossiers if isinstance(holdings, OpenHoldings) else frozenset()
    if closed.isdisjoint(book.dossiers):
        return book
    return DossierBook(dossier for id_, dossier in book.dossiers.items() if id_ not in closed)


def closing_mark(holdings: Holdings) -> str:
    """A hash of what is left out, which changes whenever that does; nothing where nothing is."""
    if not isinstance(holdings, OpenHoldings):
        return ""
    return content_hash(*sorted(holdings.closed.documents), "", *sorted(holdings.closed.dossiers))


def closed_by(store: Store, restrictions: Iterable[Restriction]) -> Closed:
    """The documents and dossiers that restrictions close, as judgements stand."""
    named: dict[RestrictionKind, set[str]] = {kind: set() for kind in RestrictionKind}
    for restriction in restrictions:
        named[restriction.kind].add(restriction.value)
    dossiers = frozenset(map(DossierId, named[RestrictionKind.DOSSIER]))
    documents = set(map(DocumentId, named[RestrictionKind.DOCUMENT]))
    documents |= store.documents_of(sources=named[RestrictionKind.SOURCE])
    documents |= _on_dossiers(store, dossiers) if dossiers else set()
    return Closed(frozenset(documents), dossiers)


def _on_dossiers(store: Store, dossiers: frozenset[DossierId]) -> set[DocumentId]:
    """Documents with a claim on a dossier: as coded, or as an analyst assigned it."""
    coded = store.documents_of(dossiers=dossiers)
    judgements = [one for one in store.judgements() if one.undoes or _assigns(one)]
    judged = {one.document for one in judgements if one.document is not None}
    if not judged:
        return coded
    claims = {claim.id: claim for document in sorted(judged) for claim in store.claims(document)}
    documents = {document.id: document for document in store.documents(sorted(judged))}
    state = apply_judgements(
        claims, judgements, documents, {claim.id: claim for claim in judged_before(store, judgements, claims)}
    )
    touched = {claims[each.claim].document for each in state.corrections}
    assigned = {claim.document for claim in state.claims.values() if not dossiers.isdisjoint(claim.dossiers)}
    return (coded - touched) | assigned


def _assigns(judgement: Judgement) -> bool:
    return judgement.verdict is Verdict.ASSIGN or (judgement.field or "").startswith("dossiers")


def judged_before(holdings: Holdings, judgements: Iterable[Judgement], claims: Mapping[ClaimId, AnyClaim]) -> list[AnyClaim]:
    """Judged claims that no current coding holds."""
    wanted = {claim for judgement in judgements for claim in judgement.claims} - claims.keys()
    found = (holdings.claim(claim) for claim in sorted(wanted))
    return [claim for claim in found if claim is not None]


class OpenHoldings:
    """A store without what is restricted; see `Holdings`."""

    def __init__(self, store: Store, closed: Closed, config: Config) -> None:
        self._store = store
        self._threshold = config.ingest.reprint_threshold
        self.closed = closed

    def sightings(self, document: DocumentId | None = None) -> Iterator[Sighting]:
        """Sightings of open documents."""
        return (one for one in self._store.sightings(document) if one.document not in self.closed.documents)

    def documents(self, ids: Sequence[DocumentId] | None = None) -> Iterator[Document]:
        """Open documents."""
        return (one for one in self._store.documents(ids) if one.id not in self.closed.documents)

    def codings(self) -> Iterator[Coding]:
        """Codings of open documents."""
        return (one for one in self._store.codings() if one.document not in self.closed.documents)

    def claims(self, document: DocumentId | None = None) -> Iterator[AnyClaim]:
        """Claims of open documents."""
        return (one for one in self._store.claims(document) if one.document not in self.closed.documents)

    def arrivals(self) -> dict[DocumentId, int]:
        """When open documents came."""
        return {own: number for own, number in self._store.arrivals().items() if own not in self.closed.documents}

    def claims_by_id(self) -> dict[ClaimId, AnyClaim]:
        """Claims of open documents by id."""
        found = self._store.claims_by_id()
        return {own: claim for own, claim in found.items() if claim.document not in self.closed.documents}

    def claim(self, claim_id: ClaimId) -> AnyClaim | None:
        """One claim, if its document is open."""
        found = self._store.claim(claim_id)
        return found if found is not None and found.document not in self.closed.documents else None

    def find_claims(self, query: ClaimQuery) -> Found:
        """Claims of open documents that fit; pages and counts are of these alone."""
        whole = replace(query, since=None, until=None, limit=None, offset=0)
        fitting = [claim for claim in self._store.find_claims(whole).claims if claim.document not in self.closed.documents]
        dated = [claim for claim in fitting if in_period(index_claim(claim), query)]
        end = None if query.limit is None else query.offset + query.limit
        undated = sum(index_claim(claim).first is None for claim in fitting) if query.since or query.until else 0
        return Found(claims=tuple(dated[query.offset : end]), total=len(dated), undated=undated)

    def problems(self, document: DocumentId | None = None) -> Iterator[tuple[DocumentId, Problem]]:
        """Problems of open documents."""
        return (one for one in self._store.problems(document) if one[0] not in self.closed.documents)

    def reprints(self) -> Iterator[Reprint]:
        """Links among open documents; those by way of a restricted one are found anew among what is left."""
        links = tuple(self._store.reprints())
        closed = self.closed.documents
        groups = reprint_groups(links)
        torn = {groups[link.copy] for link in links if link.original in closed and link.copy not in closed}
        kept = [link for link in links if groups[link.copy] not in torn and not closed & {link.original, link.copy}]
        if torn:
            left = sorted(one for one, group in groups.items() if group in torn and one not in closed)
            sketches = Sketches(dict(self._store.parts(SKETCHES)))
            kept += find_reprints(self._store.documents(left), threshold=self._threshold, sketches=sketches)
        return iter(sorted(kept, key=lambda link: (link.original, link.copy)))

    def judgements(self) -> Iterator[Judgement]:
        """Judgements on claims of open documents; of those that also concern others, the open part without words or reason."""
        shown_as: dict[str, str | None] = {}
        for judgement in self._store.judgements():
            shown = self._shown(judgement)
            if shown is not None and judgement.undoes in shown_as:
                undone = shown_as[judgement.undoes]
                shown = replace(shown, undoes=undone) if undone else None
            shown_as[judgement.id] = shown.id if shown else None
            if shown is not None:
                yield shown

    def parts(self, purpose: str) -> Iterator[tuple[str, bytes]]:
        """What was computed before: a part is found by a hash of all that it is made of, so that only open ones are ever used."""
        return self._store.parts(purpose)

    def _shown(self, judgement: Judgement) -> Judgement | None:
        if self._names_closed_dossier(judgement):
            return None
        claims = tuple(one for one in judgement.claims if self._is_open(one, judgement))
        if claims == judgement.claims:
            return judgement
        ruling = judgement.verdict in {Verdict.MERGE, Verdict.SPLIT}
        if (
            not claims
            or (ruling and len(claims) < 2)
            or (judgement.verdict is Verdict.SPLIT and claims[0] != judgement.claims[0])
        ):
            return None
        document = judgement.document if judgement.document not in self.closed.documents else None
        return replace(judgement, claims=claims, document=document, quote=None, why=None)

    def _names_closed_dossier(self, judgement: Judgement) -> bool:
        named = {each.strip() for each in (judgement.value or "").split(",")}
        return _assigns(judgement) and not self.closed.dossiers.isdisjoint(map(DossierId, named))

    def _is_open(self, claim_id: ClaimId, judgement: Judgement) -> bool:
        """Whether a judged claim is open; one that is in no coding any more is as open as the judged document."""
        found = self._store.claim(claim_id)
        document = found.document if found is not None else judgement.document
        return document is not None and document not in self.closed.documents
