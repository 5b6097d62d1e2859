"""Sheets: rows of one kind on their way out, with columns that know what they hold.

The row kind is a struct; the annotation of a field says what its column holds, and a field that is itself a struct stands for the
columns of that struct. So CSV, XLSX and Parquet are written from the same rows and agree.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

Cell = str | int | float | bool | date | tuple[str, ...] | None


class Holds(StrEnum):
    """What the cells of a column hold; every one of them may also be unknown."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    DAY = "day"
    FLAG = "yes or no"
    LIST = "list"
    """Texts, in an order that means something; never unknown, but perhaps empty."""


class Column(msgspec.Struct, frozen=True):
    """One column; `path` leads from the row to its value."""

    name: str
    holds: Holds
    path: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Rows of one kind under a name that is a plain word (it becomes a file name)."""

    name: str
    kind: type[msgspec.Struct]
    rows: tuple[msgspec.Struct, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the fields."""
        return tuple(_columns(self.kind, ()))

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as cells in the order of the columns."""
        columns = self.columns
        for row in self.rows:
            yield tuple(_value(row, column.path) for column in columns)


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """One export: bytes, what they are, a name for a file, and what the format could not hold, with the reason.

    `undated` counts what fits but for having no day, where a period was asked for.
    """

    content: bytes
    media_type: str
    name: str
    left_out: tuple[str, ...] = ()
    undated: int = 0


_KINDS = {str: Holds.TEXT, int: Holds.WHOLE, float: Holds.NUMBER, date: Holds.DAY, bool: Holds.FLAG}


def _columns(kind: type[msgspec.Struct], path: tuple[str, ...]) -> Iterator[Column]:
    hints = get_type_hints(kind)
    for field in msgspec.structs.fields(kind):
        inner = _known(hints[field.name])
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            yield from _columns(inner, (*path, field.name))
        else:
            yield Column(field.encode_name, _holds(inner), (*path, field.name))


def _known(hint: Any) -> Any:  # noqa: ANN401  annotations of any kind
    """The annotation without "or unknown"."""
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    (known,) = (part for part in get_args(hint) if part is not type(None))
    return known


def _holds(hint: Any) -> Holds:  # noqa: ANN401
    if get_origin(hint) is tuple:
        return Holds.LIST
    return Holds.TEXT if issubclass(hint, str) else _KINDS[hint]


def _value(row: Any, path: tuple[str, ...]) -> Cell:  # noqa: ANN401  rows of any kind
    for name in path:
        row = getattr(row, name)
    match row:
        case tuple():
            return tuple(str(part) for part in row)
        case StrEnum():
            return row.value
        case _:
            return row  # type: ignore[no-any-return]
