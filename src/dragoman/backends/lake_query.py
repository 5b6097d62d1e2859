"""Questions to a lake in SQL, answered by DuckDB, which reads nothing but the lake's own tables."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import duckdb
from pyarrow import dataset

from dragoman.core.errors import InputError

_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}


class Answer(NamedTuple):
    """The columns and rows that a question gave."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def ask(tables: Mapping[str, dataset.Dataset], question: str, *, limit: int | None = None) -> Answer:
    """Answer one question; InputError where it is none. Files, addresses and extensions are closed to it, and settings locked."""
    with duckdb.connect(":memory:", config=_CLOSED) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            found = connection.execute(question)
            rows = found.fetchall() if limit is None else found.fetchmany(limit)
        except duckdb.Error as error:
            raise InputError(f"the lake cannot answer that: {error}; its tables are {', '.join(tables)}") from error
        return Answer(tuple(column[0] for column in found.description or ()), rows)
