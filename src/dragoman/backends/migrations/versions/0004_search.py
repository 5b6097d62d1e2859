"""Full text of documents and claims, filled for what a store already holds."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from dragoman.core.searching import portions

revision = "0004"
down_revision = "0003"

_AT_ONCE = 500


def upgrade() -> None:
    """Add the index and fill it: about a minute for 100,000 documents."""
    op.create_table(
        "search_entries",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("portion", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_search_entries_document_documents")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_search_entries")),
    )
    op.create_index(op.f("ix_search_entries_id_kind_portion"), "search_entries", ["id", "kind", "portion"], unique=True)
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE search_words (seq BIGINT NOT NULL CONSTRAINT pk_search_words PRIMARY KEY "
            "CONSTRAINT fk_search_words_seq_search_entries REFERENCES search_entries (seq), words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_words_words ON search_words USING gin (words)")
    else:
        # Contentless: the words can be found, but are not kept a second time.
        op.execute("CREATE VIRTUAL TABLE search_words USING fts5 (words, content='', tokenize='unicode61 remove_diacritics 0')")
    _fill(connection)


def _fill(connection: sa.Connection) -> None:
    batch: list[tuple[str, str, str, str]] = []
    for one in _texts(connection):
        batch.append(one)
        if len(batch) == _AT_ONCE:
            _add(connection, batch)
            batch = []
    _add(connection, batch)


def _texts(connection: sa.Connection) -> Iterator[tuple[str, str, str, str]]:
    """Kind, id, document and text, a document with its claims at a time."""
    ids = [row.id for row in connection.execute(sa.text("SELECT id FROM documents ORDER BY id"))]
    for start in range(0, len(ids), _AT_ONCE):
        some = {"some": ids[start : start + _AT_ONCE]}
        among: sa.BindParameter[list[str]] = sa.bindparam("some", expanding=True)
        bodies = sa.text("SELECT id, text FROM documents WHERE id IN :some").bindparams(among)
        texts = {row.id: row.text for row in connection.execute(bodies, some)}
        yield from (("document", one, one, body) for one, body in texts.items())
        claims = sa.text(
            "SELECT c.id, c.document, b.body FROM claims c "
            "JOIN claim_bodies b ON b.coding = c.coding AND b.position = c.position "
            "WHERE c.document IN :some"
        ).bindparams(among)
        seen: set[str] = set()
        for row in connection.execute(claims, some):
            if row.id not in seen:
                seen.add(row.id)
                yield "claim", row.id, row.document, _told(json.loads(row.body)["evidence"], texts[row.document])


def _told(evidence: list[dict[str, int]], text: str) -> str:
    """The words that a claim rests on, each stretch once."""
    kept: list[tuple[int, int]] = []
    for span in evidence:
        start, end = span["start"], span["end"]
        if not any(left <= start and end <= right for left, right in kept):
            kept.append((start, end))
    return "\n".join(text[start:end] for start, end in kept)


def _add(connection: sa.Connection, texts: list[tuple[str, str, str, str]]) -> None:
    entries = sa.table("search_entries", *map(sa.column, ("seq", "kind", "id", "portion", "document")))
    postgres = connection.dialect.name == "postgresql"
    rows, words = [], []
    for kind, own, document, body in texts:
        for number, portion in enumerate(portions(body)):
            rows.append({"kind": kind, "id": own, "portion": number, "document": document})
            places = (f"'{word}':{place}" for place, word in enumerate(portion, start=1))
            words.append(" ".join(places if postgres else portion))
    if not rows:
        return
    last = connection.scalar(sa.text("SELECT coalesce(max(seq), 0) FROM search_entries")) or 0
    numbered = [row | {"seq": last + number} for number, row in enumerate(rows, start=1)]
    connection.execute(entries.insert(), numbered)
    column, value = ("seq", "CAST(:words AS tsvector)") if postgres else ("rowid", ":words")
    connection.execute(
        sa.text(f"INSERT INTO search_words ({column}, words) VALUES (:seq, {value})"),  # noqa: S608  constants
        [{"seq": row["seq"], "words": body} for row, body in zip(numbered, words, strict=True)],
    )
    if postgres:
        connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence('search_entries', 'seq'), max(seq)) FROM search_entries")
        )
