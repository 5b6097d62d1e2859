"""Rows as CSV or JSON; a cell can never become a formula in a spreadsheet."""

import csv
from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from dragoman.core.printing import printable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_JOIN = "; "


def write_csv(rows: Iterable[msgspec.Struct], kind: type[msgspec.Struct], stream: TextIO) -> int:
    """Write rows of one kind under a header; return how many.

    Lists are joined with "; ", a nested struct reads "value (field value, …)", unknown is an empty cell. Text that a spreadsheet
    would take for a formula is led by an apostrophe, as OWASP advises.
    """
    writer = csv.writer(stream)
    names = [field.name for field in msgspec.structs.fields(kind)]
    writer.writerow(names)
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007  the count is the answer
        writer.writerow([cell(getattr(row, name)) for name in names])
    return count


def cell(value: object) -> str:
    """One value as a CSV cell that steers neither a spreadsheet nor a terminal."""
    text = _plain(msgspec.to_builtins(value))
    lead = "'" if text.lstrip(" \u00a0").startswith(_FORMULA) and not _is_number(text) else ""
    return lead + printable(text)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isascii() and text.removeprefix("-").replace(".", "", 1).isdigit()


def _plain(value: Any) -> str:  # noqa: ANN401  builtins of any shape
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return _nested(value)
        case list() | tuple():
            return _JOIN.join(_plain(item) for item in value)
        case _:
            return str(value)


def _nested(value: dict[str, Any]) -> str:
    known = [(name, _plain(inner)) for name, inner in value.items() if inner is not None]
    if not known:
        return ""
    (_, first), *rest = known
    return f"{first} ({', '.join(f'{name} {inner}' for name, inner in rest)})" if rest else first


def json_text(value: object) -> str:
    """One value as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=2).decode()
