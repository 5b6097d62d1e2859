"""Rows as CSV or JSON; a cell can never become a formula in a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from dragoman.core.printing import printable
from dragoman.core.sheets import Sheet

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BEFORE = "' \u00a0"
"""What may stand before a sign without taking its force; the apostrophe among it, so that `undefused` can undo `defused`."""
_JOIN = "; "


def write_csv(rows: Iterable[msgspec.Struct], kind: type[msgspec.Struct], stream: TextIO) -> int:
    """Write rows of one kind under a header; return how many.

    Lists are joined with "; ", a nested struct reads "value (field value, …)", unknown is an empty cell. Text that a spreadsheet
    would take for a formula is led by an apostrophe, as OWASP advises.
    """
    writer = csv.writer(stream)
    fields = msgspec.structs.fields(kind)
    writer.writerow([field.encode_name for field in fields])
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007  the count is the answer
        writer.writerow([cell(getattr(row, field.name)) for field in fields])
    return count


def sheet_csv(sheet: Sheet, *, delimiter: str = ",") -> bytes:
    """A sheet as CSV after RFC 4180: UTF-8, a header, lines ended by CR LF, nested structs as columns of their own.

    Separated by tabs, every row is one line: readers of event data split lines before they look at quotes.
    """
    ready = _on_one_line if delimiter == "\t" else cell
    with io.StringIO(newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow([column.name for column in sheet.columns])
        writer.writerows([ready(value) for value in cells] for cells in sheet.cells())
        return stream.getvalue().encode("utf-8", "replace")


def cell(value: object) -> str:
    """One value as a CSV cell that steers neither a spreadsheet nor a terminal."""
    return defused(printable(_plain(msgspec.to_builtins(value))))


def _on_one_line(value: object) -> str:
    return cell(" ".join(value.split()) if isinstance(value, str) else value)


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe leads what would be one. Numbers stay as they are."""
    return f"'{text}" if text.lstrip(_BEFORE).startswith(_FORMULA) and not _is_number(text) else text


def undefused(text: str) -> str:
    """The text of a cell before `defused`."""
    rest = text.removeprefix("'")
    return rest if rest != text and defused(rest) == text else text


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
