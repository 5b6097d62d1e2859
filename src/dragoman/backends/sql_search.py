"""Full text in the databases: FTS5 on SQLite, tsvector on PostgreSQL; both hold words folded by us, so that they answer alike."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from dragoman.backends import sql_schema as schema
from dragoman.core.ids import DocumentId
from dragoman.core.searching import Hit, Searched, Sought, Term, portions

Indexed = tuple[Searched, str, DocumentId, str]
"""Kind, id, document and text of what is to be found."""

_ADD = {
    "sqlite": "INSERT INTO search_words (rowid, words) VALUES (:seq, :words)",
    "postgresql": "INSERT INTO search_words (seq, words) VALUES (:seq, CAST(:words AS tsvector))",
}
_FIND = {
    "sqlite": (
        "SELECT DISTINCT e.id, e.document FROM search_words w JOIN search_entries e ON e.seq = w.rowid "
        "WHERE search_words MATCH :sought AND e.kind = :kind"
    ),
    "postgresql": (
        "SELECT DISTINCT e.id, e.document FROM search_words w JOIN search_entries e ON e.seq = w.seq "
        "WHERE w.words @@ CAST(:sought AS tsquery) AND e.kind = :kind"
    ),
}
_AT_ONCE = 500


def add_texts(connection: Connection, texts: Iterable[Indexed]) -> None:
    """Make texts findable; those that are already are passed over."""
    wanted = {(kind, own): (document, body) for kind, own, document, body in texts}
    known = _known(connection, list(wanted))
    fresh = {key: value for key, value in wanted.items() if key not in known}
    rows, words = [], []
    for (kind, own), (document, body) in fresh.items():
        for number, portion in enumerate(portions(body)):
            rows.append({"kind": kind.value, "id": own, "portion": number, "document": document})
            words.append(_held(portion, connection.dialect.name))
    if not rows:
        return
    numbers = insert_numbered(connection, schema.search_entries, rows)
    pairs = [{"seq": seq, "words": body} for seq, body in zip(numbers, words, strict=True)]
    connection.execute(text(_ADD[connection.dialect.name]), pairs)


def insert_numbered(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    """Insert rows; return the numbers that they got in `seq`, in their order.

    On SQLite a writing transaction has the store to itself and counts on; asked for the numbers, it would insert row by row.
    """
    if connection.dialect.name != "sqlite":
        return connection.scalars(table.insert().returning(table.c.seq, sort_by_parameter_order=True), rows).all()
    last = connection.scalar(select(func.max(table.c.seq))) or 0
    numbers = range(last + 1, last + 1 + len(rows))
    connection.execute(table.insert(), [{"seq": seq, **row} for seq, row in zip(numbers, rows, strict=True)])
    return numbers


def find_texts(connection: Connection, sought: Sought, kind: Searched) -> frozenset[Hit]:
    """What holds all that is looked for."""
    if not sought.terms:
        return frozenset()
    dialect = connection.dialect.name
    asked = _tsquery(sought) if dialect == "postgresql" else _match(sought)
    found = connection.execute(text(_FIND[dialect]), {"sought": asked, "kind": kind.value})
    return frozenset(Hit(own, DocumentId(document)) for own, document in found)


def _held(words: Sequence[str], dialect: str) -> str:
    """Folded words as the database keeps them; PostgreSQL is told each word's place, so that its own parser changes nothing."""
    if dialect == "postgresql":
        return " ".join(f"'{word}':{place}" for place, word in enumerate(words, start=1))
    return " ".join(words)


def _known(connection: Connection, keys: Sequence[tuple[Searched, str]]) -> set[tuple[Searched, str]]:
    table = schema.search_entries
    found: set[tuple[Searched, str]] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = [own for _, own in keys[start : start + _AT_ONCE]]
        rows = connection.execute(select(table.c.kind, table.c.id).where(table.c.id.in_(some), table.c.portion == 0))
        found.update((Searched(row.kind), row.id) for row in rows)
    return found


def _match(sought: Sought) -> str:
    """FTS5's language; words are folded, so that quotation marks are all that must be written."""
    asked = " AND ".join(map(_fts5, sought.terms))
    return " NOT ".join([f"({asked})", *map(_fts5, sought.without)])


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def _tsquery(sought: Sought) -> str:
    return " & ".join([*map(_lexemes, sought.terms), *(f"!({_lexemes(term)})" for term in sought.without)])


def _lexemes(term: Term) -> str:
    *first, last = (f"'{word}'" for word in term.words)
    return "(" + " <-> ".join([*first, last + (":*" if term.prefix else "")]) + ")"
