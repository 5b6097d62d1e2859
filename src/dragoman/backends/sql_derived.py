"""Writes what is computed from documents and claims and may be replaced: reprint links and parts of the record."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, and_, delete, or_, select

from dragoman.backends import sql_schema as schema
from dragoman.backends.sql_write import chunks, insert_new
from dragoman.core.ids import DocumentId
from dragoman.core.records import Reprint

_AT_ONCE = 100
"""Pairs in one condition: databases take only so deep an expression."""


def replace_reprints(connection: Connection, reprints: Sequence[Reprint], among: Collection[DocumentId]) -> int:
    """Make these the links of all documents in `among` to what they copy; return how many were new."""
    table = schema.reprints
    found = {(one.original, one.copy) for one in reprints}
    known = [tuple(row) for row in connection.execute(select(table.c.original, table.c.copy))]
    gone = sorted(pair for pair in known if pair[1] in among and pair not in found)
    for start in range(0, len(gone), _AT_ONCE):
        pairs = (and_(table.c.original == original, table.c.copy == copy) for original, copy in gone[start : start + _AT_ONCE])
        connection.execute(delete(table).where(or_(*pairs)))
    rows = [{"original": one.original, "copy": one.copy, "similarity": one.similarity} for one in reprints]
    return insert_new(connection, table, sorted(rows, key=lambda row: (row["original"], row["copy"])))


def write_parts(connection: Connection, purpose: str, fresh: Mapping[str, bytes], stale: Collection[str]) -> None:
    """Keep new parts, forget stale ones; two processes may compute the same part, and one of them keeps it."""
    table = schema.parts
    for some in chunks(sorted(stale)):
        connection.execute(delete(table).where(table.c.purpose == purpose, table.c.id.in_(some)))
    for some in chunks(sorted(fresh)):
        insert_new(connection, table, [{"purpose": purpose, "id": key, "body": fresh[key]} for key in some])
