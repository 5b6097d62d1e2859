"""`Store` on SQLite or PostgreSQL."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec.structs import replace
from sqlalchemy import Connection, Engine, RowMapping, Select, and_, func, select

from dragoman.backends import sql_schema as schema
from dragoman.backends.sql_access import SqlAccess
from dragoman.backends.sql_derived import replace_reprints, write_parts
from dragoman.backends.sql_errors import damaged, explained, whole
from dragoman.backends.sql_open import close_engine, open_engine, writing
from dragoman.backends.sql_query import find
from dragoman.backends.sql_search import find_texts
from dragoman.backends.sql_write import add_sightings, choose_current, chunks, described, insert_new, lock_documents, write_batch
from dragoman.backends.store_rules import check_batch, check_storable, fill_in_all, merge_inputs
from dragoman.core.claims import AnyClaim, Coding, Problem
from dragoman.core.codec import dump, load_claim, load_coding, load_judgement
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Counts, Written
from dragoman.core.queries import ClaimQuery, Found
from dragoman.core.records import Reprint
from dragoman.core.searching import Hit, Searched, Sought
from dragoman.core.text import Document, Sighting

_PAGE = 1000
"""Rows fetched at a time by what streams."""


def open_store(where: str | Path, *, busy_seconds: float = 30.0) -> "SqlStore":
    """Open a store, made if it is not there and its schema brought up to date.

    `where` is a file path, `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`. Raises StoreError when it cannot be opened
    or is newer than this Dragoman, MissingExtra when PostgreSQL's driver is not installed.
    """
    engine, name = open_engine(where, busy_seconds=busy_seconds)
    return SqlStore(engine, name)


class SqlStore:
    """Keeps everything in one database; safe to use from several threads and processes. Made by `open_store`."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self.name = name
        self.access = SqlAccess(self._read, self._write)
        """See `Store.access`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def write(self, batch: Sequence[tuple[Document, Coding]]) -> Written:
        """See `Store.write`."""
        check_batch(batch)
        if not batch:
            return Written()
        with self._write() as connection:
            return write_batch(connection, batch)

    def coded(self, documents: Sequence[Document], *, coder: str, model: str) -> set[DocumentId]:
        """See `Store.coded`."""
        with self._read() as connection:
            return _coded(connection, _merged(connection, documents), coder, model)

    def pending(self, documents: Sequence[Document], *, coder: str, model: str) -> list[Document]:
        """See `Store.pending`."""
        with self._read() as connection:
            merged = _merged(connection, documents)
            done = _coded(connection, merged, coder, model)
        return [document for one, document in merged.items() if one not in done]

    def sight(self, documents: Iterable[Document]) -> int:
        """See `Store.sight`."""
        inputs = list(documents)
        for document in inputs:
            check_storable(document)
        with self._write() as connection:
            stored = lock_documents(connection, {document.id for document in inputs})
            added, redated = add_sightings(connection, stored, inputs)
            choose_current(connection, redated, stored)
        return added

    def sightings(self, document: DocumentId | None = None) -> Iterator[Sighting]:
        """See `Store.sightings`."""
        table = schema.sightings
        query = select(table).order_by(table.c.document, table.c.seq)
        if document is not None:
            query = query.where(table.c.document == document)
        for row in self._stream(query):
            with whole(self.name):
                sighting = Sighting(document=row["document"], **described(row))
            yield sighting

    def documents(self, ids: Sequence[DocumentId] | None = None) -> Iterator[Document]:
        """See `Store.documents`."""
        table = schema.documents
        query = select(table).order_by(table.c.id)
        queries = [query] if ids is None else [query.where(table.c.id.in_(some)) for some in chunks(sorted(set(ids)))]
        for one in queries:
            for row in self._stream(one):
                with whole(self.name):
                    document = Document(text=row["text"], **described(row))
                if document.id != row["id"]:  # evidence is never shown altered
                    raise damaged(self.name)
                yield document

    def codings(self) -> Iterator[Coding]:
        """See `Store.codings`."""
        table, bodies = schema.codings, schema.claim_bodies
        query = (
            select(table.c.document, table.c.head, bodies.c.body)
            .join(bodies, bodies.c.coding == table.c.seq, isouter=True)
            .where(table.c.current)
            .order_by(table.c.document, bodies.c.position)
        )
        for _, rows in groupby(self._stream(query), key=itemgetter("document")):
            found = list(rows)
            with whole(self.name):
                claimed = tuple(load_claim(row["body"]) for row in found if row["body"] is not None)
                coding = replace(load_coding(found[0]["head"]), claims=claimed)
            yield coding

    def claims(self, document: DocumentId | None = None) -> Iterator[AnyClaim]:
        """See `Store.claims`."""
        table = schema.claims
        query = select(schema.claim_bodies.c.body).join_from(table, schema.claim_bodies)
        query = query.where(table.c.current).order_by(table.c.document, table.c.position)
        if document is not None:
            query = query.where(table.c.document == document)
        for row in self._stream(query):
            with whole(self.name):
                claim = load_claim(row["body"])
            yield claim

    def arrivals(self) -> dict[DocumentId, int]:
        """See `Store.arrivals`."""
        table = schema.codings
        with self._read() as connection:
            rows = connection.execute(select(table.c.document, func.min(table.c.seq)).group_by(table.c.document))
            return {DocumentId(own): number for own, number in rows}

    def claims_by_id(self) -> dict[ClaimId, AnyClaim]:
        """See `Store.claims_by_id`."""
        table, bodies = schema.claims, schema.claim_bodies
        query = select(table.c.id, bodies.c.body).join_from(table, bodies).where(table.c.current)
        with self._read() as connection:
            rows = connection.execution_options(yield_per=_PAGE).execute(query.order_by(table.c.document, table.c.position))
            return {ClaimId(own): load_claim(body) for own, body in rows}

    def claim(self, claim_id: ClaimId) -> AnyClaim | None:
        """See `Store.claim`."""
        table = schema.claims
        query = select(schema.claim_bodies.c.body).join_from(table, schema.claim_bodies).where(table.c.id == claim_id)
        query = query.order_by(table.c.current.desc(), table.c.coding.desc()).limit(1)
        with self._read() as connection:
            body = connection.scalar(query)
        with whole(self.name):
            return None if body is None else load_claim(body)

    def find_claims(self, query: ClaimQuery) -> Found:
        """See `Store.find_claims`."""
        with self._read() as connection:
            return find(connection, query)

    def search(self, sought: Sought, kind: Searched) -> frozenset[Hit]:
        """See `Store.search`."""
        with self._read() as connection:
            return find_texts(connection, sought, kind)

    def problems(self, document: DocumentId | None = None) -> Iterator[tuple[DocumentId, Problem]]:
        """See `Store.problems`."""
        table = schema.codings
        query = select(table.c.head).where(table.c.current, table.c.problems > 0).order_by(table.c.document)
        if document is not None:
            query = query.where(table.c.document == document)
        for row in self._stream(query):
            with whole(self.name):
                coding = load_coding(row["head"])
            yield from ((coding.document, problem) for problem in coding.problems)

    def link_reprints(self, reprints: Iterable[Reprint], *, among: Iterable[DocumentId]) -> int:
        """See `Store.link_reprints`."""
        with self._write() as connection:
            return replace_reprints(connection, list(reprints), set(among))

    def reprints(self) -> Iterator[Reprint]:
        """See `Store.reprints`."""
        table = schema.reprints
        for row in self._stream(select(table).order_by(table.c.original, table.c.copy)):
            yield Reprint(original=row["original"], copy=row["copy"], similarity=row["similarity"])

    def judge(self, judgement: Judgement) -> None:
        """See `Store.judge`."""
        row = {
            "id": judgement.id,
            "document": judgement.document,
            "verdict": judgement.verdict.value,
            "body": dump(judgement).decode(),
        }
        with self._write() as connection:
            insert_new(connection, schema.judgements, [row])

    def judgements(self) -> Iterator[Judgement]:
        """See `Store.judgements`."""
        for row in self._stream(select(schema.judgements.c.body).order_by(schema.judgements.c.seq)):
            with whole(self.name):
                judgement = load_judgement(row["body"])
            yield judgement

    def parts(self, purpose: str) -> Iterator[tuple[str, bytes]]:
        """See `Store.parts`."""
        table = schema.parts
        for row in self._stream(select(table.c.id, table.c.body).where(table.c.purpose == purpose).order_by(table.c.id)):
            yield row["id"], row["body"]

    def keep_parts(self, purpose: str, fresh: Mapping[str, bytes], *, stale: Collection[str] = ()) -> None:
        """See `Store.keep_parts`."""
        if fresh or stale:
            with self._write() as connection:
                write_parts(connection, purpose, fresh, stale)

    def documents_of(self, *, sources: Collection[str] = (), dossiers: Collection[str] = ()) -> set[DocumentId]:
        """See `Store.documents_of`."""
        seen, filed, claims = schema.sightings, schema.claim_dossiers, schema.claims
        at_claim = and_(claims.c.coding == filed.c.coding, claims.c.position == filed.c.position)
        on = select(claims.c.document).join_from(filed, claims, at_claim).where(claims.c.current).distinct()
        queries = [select(seen.c.document).where(seen.c.source.in_(some)).distinct() for some in chunks(sorted(sources))]
        queries += [on.where(filed.c.dossier.in_(some)) for some in chunks(sorted(dossiers))]
        with self._read() as connection:
            return {DocumentId(one) for query in queries for one in connection.scalars(query)}

    def counts(self) -> Counts:
        """See `Store.counts`."""
        with self._read() as connection:
            held = {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (schema.documents, schema.sightings, schema.codings, schema.reprints, schema.judgements)
            }
            current = select(func.count()).select_from(schema.claims).where(schema.claims.c.current)
            return Counts(**held, claims=connection.scalar(current) or 0)

    def close(self) -> None:
        """See `Store.close`."""
        close_engine(self._engine)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """One transaction that sees one state of the store."""
        with explained(self.name), whole(self.name), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with explained(self.name), self._writing.begin() as connection:
            yield connection

    def _stream(self, query: Select[Any]) -> Iterator[RowMapping]:
        """Rows of one query, which sees one state of the store however long it is read."""
        with explained(self.name), whole(self.name), self._engine.connect() as connection:
            yield from connection.execution_options(yield_per=_PAGE).execute(query).mappings()


def _merged(connection: Connection, documents: Iterable[Document]) -> dict[DocumentId, Document]:
    """The documents as they would be stored."""
    merged = merge_inputs(documents)
    table = schema.documents
    for some in chunks(merged):
        for row in connection.execute(select(table).where(table.c.id.in_(some))).mappings():
            stored = Document(text=row["text"], **described(row))
            merged[row["id"]] = fill_in_all(stored, [merged[row["id"]]])
    return merged


def _coded(connection: Connection, merged: dict[DocumentId, Document], coder: str, model: str) -> set[DocumentId]:
    table = schema.codings
    made: set[tuple[Any, ...]] = set()
    for some in chunks(merged):
        query = select(table.c.document, table.c.published).where(table.c.document.in_(some))
        made.update(tuple(row) for row in connection.execute(query.where(table.c.coder == coder, table.c.model == model)))
    return {one for one, document in merged.items() if (one, document.published) in made}
