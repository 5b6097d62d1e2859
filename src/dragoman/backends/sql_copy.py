"""Copies rows into a store as they stand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, Table
from sqlalchemy.exc import IntegrityError

from dragoman.backends.sql_errors import explained
from dragoman.backends.sql_open import close_engine, open_engine, writing


def copy_rows(path: Path, rows: Mapping[Table, Sequence[Mapping[str, object]]]) -> dict[str, int]:
    """Insert rows table by table, in one transaction; return how many went in. Rows whose references are missing stay out."""
    engine, name = open_engine(path)
    try:
        with explained(name), writing(engine).begin() as connection:
            return {table.name: sum(_insert(connection, table, row) for row in some) for table, some in rows.items()}
    finally:
        close_engine(engine)


def _insert(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(table.insert(), row)
    except IntegrityError:
        return False
    return True
