"""Writes documents with their codings, on a connection whose transaction is the caller's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from msgspec.structs import replace
from sqlalchemy import Connection, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dragoman.backends import sql_schema as schema
from dragoman.backends.sql_search import add_texts, insert_numbered
from dragoman.backends.store_rules import current_of
from dragoman.core.claims import AnyClaim, Coding
from dragoman.core.codec import dump
from dragoman.core.ids import DocumentId
from dragoman.core.ports import Written
from dragoman.core.queries import index_claim
from dragoman.core.searching import Searched, told_in
from dragoman.core.text import Document, Sighting, fill_in
from dragoman.core.vocab import DateSource

Row = dict[str, Any]
T = TypeVar("T")

CHUNK = 500
"""Ids per query: well under what either database takes as parameters."""

METADATA = ("title", "source", "published", "published_from", "language", "url", "author", "licence", "name")


def write_batch(connection: Connection, batch: Sequence[tuple[Document, Coding]]) -> Written:
    """Add what is not there yet; see `Store.write`.

    Documents are locked in the order of their ids, so that writers on PostgreSQL wait for each other and never deadlock.
    """
    inputs = [document for document, _ in batch]
    new_documents = _add_documents(connection, inputs)
    stored = lock_documents(connection, {document.id for document in inputs})
    sightings, redated = add_sightings(connection, stored, inputs)
    codings = {coding.id: coding for _, coding in batch}
    known = _known(connection, schema.codings, codings)
    fresh = [coding for one, coding in codings.items() if one not in known]
    sequence = _add_codings(connection, fresh)
    touched = redated | {coding.document for coding in fresh}
    current = choose_current(connection, touched, stored)
    _add_claims(connection, [(sequence[coding.id], sequence[coding.id] in current, coding) for coding in fresh])
    _make_findable(connection, inputs, fresh)
    return Written(
        documents=new_documents,
        codings=len(fresh),
        claims=sum(len(coding.claims) for coding in fresh),
        sightings=sightings,
    )


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> int:
    """Insert rows whose keys are not there yet; return how many were."""
    if not rows:
        return 0
    dialect: Callable[[Table], Any] = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = dialect(table).on_conflict_do_nothing().returning(next(iter(table.primary_key)))
    return len(connection.execute(statement, rows).all())


def lock_documents(connection: Connection, ids: Iterable[DocumentId]) -> dict[DocumentId, Document]:
    """Read stored documents without their text, locked until the transaction ends (SQLite has locked the whole store)."""
    found: dict[DocumentId, Document] = {}
    columns = [schema.documents.c.id, *(schema.documents.c[name] for name in METADATA)]
    for some in chunks(sorted(ids)):
        query = select(*columns).where(schema.documents.c.id.in_(some)).order_by(schema.documents.c.id).with_for_update()
        for row in connection.execute(query).mappings():
            found[row["id"]] = Document(text="", **described(row))
    return found


def described(row: Mapping[Any, Any]) -> Row:
    """The metadata columns of a row as fields."""
    fields = {name: row[name] for name in METADATA}
    fields["published_from"] = DateSource(fields["published_from"])
    return fields


def add_sightings(
    connection: Connection, stored: dict[DocumentId, Document], inputs: Iterable[Document]
) -> tuple[int, set[DocumentId]]:
    """Add new sightings and complete the stored documents by them; return how many, and whose published date changed.

    `stored` is brought up to date.
    """
    sightings = {one.id: one for one in map(Sighting.of, inputs) if one.document in stored}
    known = _known(connection, schema.sightings, sightings)
    fresh = [one for key, one in sightings.items() if key not in known]
    if not fresh:
        return 0, set()
    before = dict(stored)
    for one in fresh:
        stored[one.document] = fill_in(stored[one.document], one)
    connection.execute(schema.sightings.insert(), [{"id": one.id, "document": one.document, **_metadata(one)} for one in fresh])
    changed = {one for one in {sighting.document for sighting in fresh} if stored[one] != before[one]}
    for document in sorted(changed):
        where = schema.documents.c.id == document
        connection.execute(update(schema.documents).where(where).values(**_metadata(stored[document])))
    return len(fresh), {one for one in changed if stored[one].published != before[one].published}


def choose_current(connection: Connection, ids: Iterable[DocumentId], stored: dict[DocumentId, Document]) -> set[int]:
    """Mark the current coding of each document; return their sequence numbers."""
    table = schema.codings
    made: dict[DocumentId, list[Any]] = defaultdict(list)
    for some in chunks(sorted(ids)):
        query = select(table.c.seq, table.c.document, table.c.published, table.c.current).where(table.c.document.in_(some))
        for row in connection.execute(query):
            made[row.document].append(row)
    chosen = {one: current_of([(row.seq, row.published) for row in rows], stored[one].published) for one, rows in made.items()}
    rows = [row for some in made.values() for row in some]
    demoted = [row.seq for row in rows if row.current and row.seq != chosen[row.document]]
    promoted = [row.seq for row in rows if not row.current and row.seq == chosen[row.document]]
    for seqs, current in ((demoted, False), (promoted, True)):  # in this order: at no time are two current
        for some in chunks(seqs):
            connection.execute(update(table).where(table.c.seq.in_(some)).values(current=current))
            _set_current(connection, some, current=current)
    return set(chosen.values())


def _set_current(connection: Connection, codings: Sequence[Any], *, current: bool) -> None:
    """Say of all claims of codings whether they are current; what is not has no place among the newest."""
    claims = schema.claims
    connection.execute(update(claims).where(claims.c.coding.in_(codings)).values(current=current))
    for side in schema.OF_CLAIMS:
        own = select(claims.c.newness).where(claims.c.coding == side.c.coding, claims.c.position == side.c.position)
        newness = own.scalar_subquery() if current else None
        connection.execute(update(side).where(side.c.coding.in_(codings)).values(newness=newness))


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Cut into lists that a query takes as parameters."""
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some


def _add_documents(connection: Connection, inputs: Sequence[Document]) -> int:
    rows = {document.id: {"id": document.id, "text": document.text, **_metadata(document)} for document in reversed(inputs)}
    return insert_new(connection, schema.documents, [rows[one] for one in sorted(rows)])


def _metadata(seen: Document | Sighting) -> Row:
    fields = {name: getattr(seen, name) for name in METADATA}
    fields["published_from"] = seen.published_from.value
    return fields


def _known(connection: Connection, table: Table, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(ids):
        found.update(connection.scalars(select(table.c.id).where(table.c.id.in_(some))))
    return found


def _add_codings(connection: Connection, codings: Sequence[Coding]) -> dict[str, int]:
    """Add codings, none of them current yet; return their sequence numbers by id."""
    if not codings:
        return {}
    table = schema.codings
    rows = [
        {
            "id": one.id,
            "document": one.document,
            "coder": one.coder,
            "model": one.model,
            "published": one.published,
            "published_from": one.published_from.value,
            "current": False,
            "problems": len(one.problems),
            "head": dump(replace(one, claims=())).decode(),
        }
        for one in codings
    ]
    return dict(zip([one.id for one in codings], insert_numbered(connection, table, rows), strict=True))


def _add_claims(connection: Connection, codings: Sequence[tuple[int, bool, Coding]]) -> None:
    rows: dict[Table, list[Row]] = defaultdict(list)
    for seq, current, coding in codings:
        for position, claim in enumerate(coding.claims):
            _add_claim_rows(rows, {"coding": seq, "position": position}, claim, current=current)
    insert_new(connection, schema.persons, [{"name": name} for name in sorted(_persons(rows))])
    for table in (schema.claims, schema.claim_bodies, schema.claim_actors, schema.claim_dossiers, schema.claim_issues):
        if rows[table]:
            connection.execute(table.insert(), rows[table])


def _make_findable(connection: Connection, documents: Sequence[Document], codings: Sequence[Coding]) -> None:
    texts = {document.id: document.text for document in documents}
    add_texts(connection, [(Searched.DOCUMENT, one, one, body) for one, body in texts.items()])
    claims = (claim for coding in codings for claim in coding.claims)
    add_texts(connection, ((Searched.CLAIM, one.id, one.document, told_in(one, texts[one.document])) for one in claims))


def _persons(rows: dict[Table, list[Row]]) -> set[str]:
    return {row["person"] for row in rows[schema.claim_actors] if row["person"]}


def _add_claim_rows(rows: dict[Table, list[Row]], place: Row, claim: AnyClaim, *, current: bool) -> None:
    index = index_claim(claim)
    newness = index.first.toordinal() if index.first else 0
    rows[schema.claims].append(
        place
        | {
            "id": claim.id,
            "document": claim.document,
            "current": current,
            "kind": index.kind.value,
            "type": _plain(index.type),
            "factuality": claim.factuality.value,
            "channel": _plain(index.channel),
            "first_day": index.first,
            "last_day": index.last,
            "newness": newness,
        }
    )
    rows[schema.claim_bodies].append(place | {"body": dump(claim).decode()})
    place = place | {"newness": newness if current else None}
    for ordinal, one in enumerate(index.appearances):
        names = {"part": one.part.value, "actor": one.actor, "name": one.name, "person": one.person}
        rank = {"role": _plain(one.role), "level": _plain(one.level)}
        rows[schema.claim_actors].append(place | {"ordinal": ordinal} | names | rank)
    for ordinal, dossier in enumerate(dict.fromkeys(claim.dossiers)):
        rows[schema.claim_dossiers].append(place | {"ordinal": ordinal, "dossier": dossier})
    for ordinal, issue in enumerate(dict.fromkeys(index.issues)):
        rows[schema.claim_issues].append(place | {"ordinal": ordinal, "issue": issue.value})


def _plain(value: str | None) -> str | None:
    """An enumeration's value as a plain string, which every driver takes."""
    return None if value is None else str.__str__(value)
