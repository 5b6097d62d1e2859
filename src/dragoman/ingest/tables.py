"""JSONL, JSON and CSV: records whose columns hold a document's fields."""

import csv
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from dragoman.core.claims import Problem
from dragoman.ingest.decoding import decode
from dragoman.ingest.draft import Context, Draft, Drafts, Location, problem
from dragoman.ingest.options import FIELDS
from dragoman.ingest.streams import LongLine, read_lines, read_whole

_SPARE_COLUMNS = {"published": "date", "licence": "license"}
"""Columns taken where the usual one is absent."""
_DELIMITERS = ",;\t|"
_FIX_JSON = "correct the line; it must be one JSON object"


class _Columns:
    """Finds fields in records, and remembers which of the user's mapped columns ever turned up."""

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping
        self._unseen = {column for field, column in mapping.items() if field in FIELDS}

    def draft(self, record: Mapping[object, object], where: str, spare_name: str) -> Draft | Problem:
        values = {str(key).strip().casefold(): value for key, value in record.items()}
        self._unseen -= {column for column in self._unseen if column.casefold() in values}
        text = self._value(values, "text")
        if not isinstance(text, str):
            column = self._mapping.get("text", "text")
            there = column.casefold() in values
            fault = "has something else than text in the" if text is not None else "has nothing in the" if there else "has no"
            return problem(
                "no-text", where, f"{fault} column {column!r}", "name the column that holds the text with --map text=COLUMN"
            )
        words = {field: _words(self._value(values, field)) for field in FIELDS if field != "text"}
        name = words.pop("id")
        mapped = "published" in self._mapping
        return Draft(
            where=where, text=text, name=name or spare_name, identified=name is not None, published_mapped=mapped, **words
        )

    def problems(self, where: str) -> Iterator[Problem]:
        """One problem for each mapped column that no record had."""
        for column in sorted(self._unseen):
            yield problem("no-column", where, f"has no column {column!r}", "check the name given with --map")

    def _value(self, values: Mapping[str, object], field: str) -> object:
        if field in self._mapping:
            return values.get(self._mapping[field].casefold())
        value = values.get(field)
        spare = _SPARE_COLUMNS.get(field)
        return values.get(spare) if value in (None, "") and spare else value


def read_jsonl(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """One JSON object a line; blank lines are passed over."""
    limit = context.options.limits.document
    columns = _Columns(context.options.mapping)
    for line in read_lines(stream, limit):
        if isinstance(line, LongLine):
            yield _long_line(line, location, limit)
            continue
        number, content = line
        if not content.strip():
            continue
        where = f"{location.where}, line {number}"
        record = _record(content.removeprefix(b"\xef\xbb\xbf"), where)
        yield record if isinstance(record, Problem) else columns.draft(record, where, f"{location.name}:{number}")
    yield from columns.problems(location.where)


def read_json(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """An array of JSON objects, or a single one."""
    content = read_whole(stream, context.options.limits.container)
    columns = _Columns(context.options.mapping)
    try:
        value = msgspec.json.decode(_utf8(content))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield problem("bad-json", location.where, f"is not valid JSON: {error}", "correct the file")
        return
    if isinstance(value, dict):
        yield columns.draft(value, location.where, location.name)
    elif isinstance(value, list):
        for number, record in enumerate(value, start=1):
            where = f"{location.where}, record {number}"
            yield columns.draft(record, where, f"{location.name}:{number}") if isinstance(record, dict) else _no_object(where)
    else:
        yield _no_object(location.where)
    yield from columns.problems(location.where)


def read_csv(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """A header line with column names, then a record a document; commas, semicolons, tabs or bars, by the header."""
    limit = context.options.limits.document
    csv.field_size_limit(limit)
    skipped: list[Problem] = []
    lines = _text_lines(stream, location, limit, skipped)
    header = next(lines, None)
    if header is None:
        yield from skipped or [problem("empty", location.where, "has no header line", "leave it out, or give it column names")]
        return
    delimiter = max(_DELIMITERS, key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    columns = _Columns(context.options.mapping)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        number = reader.line_num + 2
        where = f"{location.where}, line {number}"
        try:
            values = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield problem("bad-csv", where, f"cannot be split into columns: {error}", "check the quotation marks")
            continue
        if len(values) < len(names) and "\n" in (values or [""])[-1]:
            what = f"has {len(values)} of {len(names)} columns, the last of them going on over several lines"
            yield problem("bad-csv", where, what, "check that every quotation mark is closed")
        elif any(values):
            yield columns.draft(dict(zip(names, values, strict=False)), where, f"{location.name}:{number}")
        yield from skipped
        skipped.clear()
    yield from skipped
    yield from columns.problems(location.where)


def _text_lines(stream: BinaryIO, location: Location, limit: int, skipped: list[Problem]) -> Iterator[str]:
    """Decoded lines; a character set guessed for one line is kept for the rest of the file."""
    charset = location.charset
    for line in read_lines(stream, limit):
        if isinstance(line, LongLine):
            skipped.append(_long_line(line, location, limit))
            continue
        number, content = line
        decoded = decode(content, f"{location.where}, line {number}", charset)
        if isinstance(decoded, Problem):
            skipped.append(decoded)
            continue
        if decoded.problem:
            charset = decoded.charset
            skipped.append(decoded.problem)
        yield from (piece + "\n" for piece in decoded.text.split("\n"))


def _record(content: bytes, where: str) -> dict[object, object] | Problem:
    try:
        value = msgspec.json.decode(_utf8(content))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return problem("bad-json", where, f"is not valid JSON: {error}", _FIX_JSON)
    return value if isinstance(value, dict) else _no_object(where)


def _utf8(content: bytes) -> bytes | str:
    """The bytes themselves where they are UTF-8; JSON allows nothing else, but files in other character sets do turn up."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        decoded = decode(content, "")
        return content if isinstance(decoded, Problem) else decoded.text
    return content


def _words(value: object) -> str | None:
    match value:
        case str():
            return value
        case bool() | None:
            return None
        case int() | float():
            return str(value)
        case list():
            return ", ".join(str(item) for item in value if isinstance(item, str)) or None
    return None


def _no_object(where: str) -> Problem:
    return problem("bad-json", where, "is no JSON object", _FIX_JSON)


def _long_line(line: LongLine, location: Location, limit: int) -> Problem:
    where = f"{location.where}, line {line.number}"
    return problem("too-large", where, f"is {line.size:,} bytes long; the limit is {limit:,}", "split it into documents")
