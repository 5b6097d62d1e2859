"""What a damaged store still holds, with everything checked against the hashes that it carries: nothing altered is let through.

Documents, sightings, codings, claims and judgements are hashes of what they say, so that each row proves itself wherever in the
file it is found. A coding is kept only where all its claims are there; what cannot be shown to be whole is coded again.
"""

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
from sqlalchemy import Date, Table

from dragoman.backends import sql_schema as schema
from dragoman.backends.sql_write import METADATA
from dragoman.backends.sqlite_pages import PageFile, Row, Value
from dragoman.core.claims import AnyClaim, Coding
from dragoman.core.codec import load_claim, load_coding, load_judgement
from dragoman.core.errors import InputError
from dragoman.core.ids import DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.text import Document, Sighting
from dragoman.core.vocab import DateSource

REBUILT = (
    schema.documents,
    schema.sightings,
    schema.codings,
    schema.claims,
    schema.claim_bodies,
    schema.claim_actors,
    schema.claim_dossiers,
    schema.claim_issues,
    schema.persons,
    schema.reprints,
    schema.judgements,
    schema.parts,
    schema.search_entries,
)
"""Tables that are made anew from what proves itself; all others are copied as they stand."""

Rows = list[dict[str, object]]


class Salvage(msgspec.Struct, frozen=True, kw_only=True):
    """What proved to be whole, in the order in which it was written."""

    documents: Mapping[DocumentId, Document]
    sightings: Sequence[Sighting]
    codings: Sequence[Coding]
    judgements: Sequence[Judgement]
    doubtful: frozenset[DocumentId]
    """Documents with a coding that could not be shown to be whole, or with none at all."""
    lost_documents: frozenset[DocumentId]
    """Documents that something still names, and whose text is gone."""
    bad_cells: int


class _Found:
    """What turned up, by what it claims to be."""

    def __init__(self) -> None:
        self.documents: dict[DocumentId, Document] = {}
        self.sightings: dict[int, Sighting] = {}
        self.codings: dict[int, tuple[str, Coding]] = {}
        self.bodies: dict[int, tuple[int, int, AnyClaim]] = {}
        self.claims: dict[int, dict[int, str]] = defaultdict(dict)
        self.judgements: dict[int, Judgement] = {}

    def take(self, row: Row) -> None:
        """Put a row where it belongs, if it proves itself."""
        values = row.values
        first, second = (*values, None, None)[:2]
        if row.rowid is None:
            if isinstance(first, int) and isinstance(second, int) and len(values) >= 12 and _is_id(values[2], "c"):
                self.claims[first][second] = str(values[2])
        elif _is_id(first, "d"):
            self._document(values)
        elif first is None and _is_id(second, "s"):
            self._sighting(row.rowid, values)
        elif first is None and _is_id(second, "k"):
            self._coding(row.rowid, values)
        elif first is None and _is_id(second, "j"):
            self._judgement(row.rowid, values)
        elif isinstance(first, int) and isinstance(second, int) and len(values) == 3 and isinstance(values[2], str):
            self._body(row.rowid, first, second, values[2])

    def _document(self, values: Sequence[Value]) -> None:
        row = _named(schema.documents, values)
        try:
            document = Document(text=str(row["text"]), **_described(row))  # type: ignore[arg-type]
        except (KeyError, ValueError, TypeError):
            return
        if document.id == row["id"]:
            self.documents[document.id] = document

    def _sighting(self, seq: int, values: Sequence[Value]) -> None:
        row = _named(schema.sightings, values)
        try:
            sighting = Sighting(document=DocumentId(str(row["document"])), **_described(row))  # type: ignore[arg-type]
        except (KeyError, ValueError, TypeError):
            return
        if sighting.id == row["id"]:
            self.sightings[seq] = sighting

    def _coding(self, seq: int, values: Sequence[Value]) -> None:
        row = _named(schema.codings, values)
        try:
            coding = load_coding(str(row["head"]))
        except (KeyError, InputError):
            return
        if coding.id == row["id"]:
            self.codings[seq] = (coding.id, coding)

    def _judgement(self, seq: int, values: Sequence[Value]) -> None:
        row = _named(schema.judgements, values)
        try:
            judgement = load_judgement(str(row["body"]))
        except (KeyError, InputError):
            return
        if judgement.id == row["id"]:
            self.judgements[seq] = judgement

    def _body(self, rowid: int, coding: int, position: int, body: str) -> None:
        try:
            self.bodies[rowid] = (coding, position, load_claim(body))
        except InputError:
            return


def salvage(path: Path, *, sound: bool = False) -> Salvage:
    """Read all that proves to be whole out of a store's file and the log beside it; OSError where these cannot be read.

    `sound` is whether the database itself finds nothing wrong with its structure: then no page is missing.
    """
    pages = PageFile(path, path.with_name(f"{path.name}-wal"))
    found = _Found()
    for row in pages.rows():
        found.take(row)
    whole, doubtful = _whole_codings(found, sound=sound)
    kept = [coding for coding in whole if coding.document in found.documents]
    named = {sighting.document for sighting in found.sightings.values()} | {one.document for _, one in found.codings.values()}
    return Salvage(
        documents=found.documents,
        sightings=[found.sightings[seq] for seq in sorted(found.sightings)],
        codings=kept,
        judgements=[found.judgements[seq] for seq in sorted(found.judgements)],
        doubtful=frozenset(doubtful & found.documents.keys() | found.documents.keys() - {one.document for one in kept}),
        lost_documents=frozenset(named - found.documents.keys()),
        bad_cells=pages.bad_cells,
    )


def _whole_codings(found: _Found, *, sound: bool) -> tuple[list[Coding], set[DocumentId]]:
    """Codings with all their claims, and the documents of those that may lack some.

    Claims stand in the order in which they were written, numbered without a gap. A gap puts the codings around it in doubt, and
    those after the last claim are in doubt wherever anything is missing; of these, the ones whose claims are what the table of
    claims lists are whole all the same, if that table also lists every claim that the gap has swallowed.
    """
    claims: dict[int, dict[int, AnyClaim]] = defaultdict(dict)
    for coding, position, claim in found.bodies.values():
        claims[coding][position] = claim
    spans = [] if sound else list(_doubt(found, claims))
    starts = [span.first for span in spans]
    whole: list[Coding] = []
    doubtful: set[DocumentId] = set()
    for seq in sorted(found.codings):
        _, head = found.codings[seq]
        own = claims.get(seq, {})
        listed = found.claims.get(seq, {})
        around = [span for span in spans[: bisect_right(starts, seq)] if seq <= span.last]
        if _agree(head, own, listed) and all(listed and span.listed for span in around):
            whole.append(msgspec.structs.replace(head, claims=tuple(own[position] for position in sorted(own))))
        else:
            doubtful.add(head.document)
    return whole, doubtful


def _agree(head: Coding, own: Mapping[int, AnyClaim], listed: Mapping[int, str]) -> bool:
    """Whether claims are numbered through, all of this document, and those that the table of claims lists."""
    if sorted(own) != list(range(len(own))) or any(claim.document != head.document for claim in own.values()):
        return False
    return {position: claim.id for position, claim in own.items()} == dict(listed)


class _Gap(msgspec.Struct, frozen=True):
    """The first and last coding around missing claims, and whether the table of claims lists all that are missing."""

    first: int
    last: int
    listed: bool


def _doubt(found: _Found, claims: Mapping[int, Mapping[int, AnyClaim]]) -> Iterator[_Gap]:
    """The codings around each gap in the numbering of claims; how many are missing behind the last claim is not known."""
    rowids = sorted(found.bodies)
    last_coding = max([*found.codings, *found.claims], default=0)
    if not rowids:
        yield _Gap(0, last_coding, listed=False)
        return
    lacking = {seq: missing for seq, listed in found.claims.items() if (missing := len(listed) - len(claims.get(seq, {}))) > 0}
    ends = [(0, 0), *((rowid, found.bodies[rowid][0]) for rowid in rowids)]
    for (left, first), (right, last) in pairwise(ends):
        if right != left + 1:
            known = sum(missing for seq, missing in lacking.items() if first <= seq <= last)
            yield _Gap(first, last, listed=known >= right - left - 1)
    if ends[-1][1] < last_coding:
        yield _Gap(ends[-1][1], last_coding, listed=False)


def is_sound(path: Path) -> bool:
    """Whether the database finds nothing wrong with its own structure; applies the log beside it, so `path` is a copy."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):  # the latter where the message names a table whose name is garbage
        return False
    return answer is not None and answer[0] == "ok"


def other_tables(path: Path) -> Iterator[tuple[Table, Rows, str | None]]:
    """The rows of all tables that are copied as they stand, in an order that keeps references, each with what went wrong.

    They are read from both ends, so that one bad page costs what lies behind it from either side. `path` is a copy: opening it
    applies its log.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda raw: raw.decode("utf-8", "strict")
        for table in schema.metadata.sorted_tables:
            if table not in REBUILT:
                yield table, *_table_rows(connection, table)


def _table_rows(connection: sqlite3.Connection, table: Table) -> tuple[Rows, str | None]:
    keys = [column.name for column in table.primary_key]
    try:
        there = {row["name"] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return [], str(error)
    if not there:
        return [], None  # a store of an older Dragoman
    columns = [column.name for column in table.columns if column.name in there]
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    fault: str | None = None
    for direction in ("ASC", "DESC"):
        chosen = ", ".join(f'"{name}"' for name in columns)
        order = ", ".join(f'"{key}" {direction}' for key in keys)
        try:
            for row in connection.execute(f'SELECT {chosen} FROM "{table.name}" ORDER BY {order}'):  # noqa: S608  our own names
                rows[tuple(row[key] for key in keys)] = _typed(table, dict(row))
        except (sqlite3.Error, ValueError) as error:
            fault = str(error)
    return list(rows.values()), fault


def _typed(table: Table, row: dict[str, object]) -> dict[str, object]:
    """Values as SQLAlchemy takes them."""
    dates = {column.name for column in table.columns if isinstance(column.type, Date)}
    return {name: date.fromisoformat(value) if name in dates and isinstance(value, str) else value for name, value in row.items()}


def _is_id(value: Value, letter: str) -> bool:
    return isinstance(value, str) and len(value) == 17 and value[0] == letter


def _named(table: Table, values: Sequence[Value]) -> dict[str, Value]:
    return dict(zip((column.name for column in table.columns), values, strict=False))


def _described(row: Mapping[str, Value]) -> dict[str, object]:
    fields: dict[str, object] = {name: row[name] for name in METADATA}
    published = row["published"]
    fields["published"] = date.fromisoformat(str(published)) if published is not None else None
    fields["published_from"] = DateSource(str(row["published_from"]))
    if any(not isinstance(fields[name], str | None) for name in METADATA if name not in {"published", "published_from"}):
        raise TypeError("a field that is no text")
    return fields
