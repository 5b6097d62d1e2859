"""Rows out of the pages of an SQLite file, without the trees that lead to them: what a damaged file still holds.

After the file format (https://www.sqlite.org/fileformat2.html, §§1.5, 2.1, and 4.1 for the log). Every leaf page is read for
itself, so that damage to one page costs the rows of that page alone. Rows that were deleted or overwritten may come up as well:
whoever reads must be able to tell what a row is worth.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec

Value = int | float | str | bytes | None
_MAGIC = b"SQLite format 3\x00"
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02
_DEFAULT_PAGE = 4096
_LOG_HEADER, _FRAME_HEADER = 32, 24
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_BadCell = (IndexError, ValueError, struct.error)


class Row(msgspec.Struct, frozen=True):
    """One row as it stands in a page: `rowid` is None in tables that are kept as an index."""

    page: int
    rowid: int | None
    values: tuple[Value, ...]


class PageFile:
    """The pages of a database with the frames of its write-ahead log laid over them."""

    def __init__(self, path: Path, log: Path | None = None) -> None:
        self._content = path.read_bytes()
        self.page_size = self._page_size()
        self._usable = self.page_size - self._reserved()
        self._frames = self._log_frames(log.read_bytes()) if log is not None and log.is_file() else {}
        in_file = -(-len(self._content) // self.page_size)
        self.pages = max([in_file, *self._frames])
        self.bad_cells = 0
        """Cells of leaf pages that could not be read, counted while reading."""

    def rows(self) -> Iterator[Row]:
        """The rows of all leaf pages, page by page."""
        for number in range(1, self.pages + 1):
            page = self._page(number)
            start = 100 if number == 1 else 0
            kind = page[start] if len(page) > start + 12 else None
            if kind in {_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER}:
                yield from self._cells(number, page, start, int(kind or 0))

    def _page_size(self) -> int:
        if len(self._content) >= 18 and self._content.startswith(_MAGIC):
            size = int.from_bytes(self._content[16:18], "big")
            size = 65536 if size == 1 else size
            if 512 <= size <= 65536 and size & (size - 1) == 0:
                return size
        return _DEFAULT_PAGE

    def _reserved(self) -> int:
        whole = len(self._content) > 20 and self._content.startswith(_MAGIC)
        return self._content[20] if whole and self._content[20] <= 64 else 0

    def _log_frames(self, log: bytes) -> dict[int, bytes]:
        """The last copy of each page in the log, of what was committed since it last began anew."""
        salts, step = log[16:24], _FRAME_HEADER + self.page_size
        frames: dict[int, bytes] = {}
        open_frames: dict[int, bytes] = {}
        for at in range(_LOG_HEADER, len(log) - step + 1, step):
            number, size_after = struct.unpack_from(">II", log, at)
            if log[at + 8 : at + 16] != salts or not 0 < number < 2**31:
                break
            open_frames[number] = log[at + _FRAME_HEADER : at + step]
            if size_after:
                frames |= open_frames
                open_frames = {}
        return frames

    def _page(self, number: int) -> bytes:
        if number in self._frames:
            return self._frames[number]
        return self._content[(number - 1) * self.page_size : number * self.page_size]

    def _cells(self, number: int, page: bytes, start: int, kind: int) -> Iterator[Row]:
        first = start + (12 if kind == _INDEX_INNER else 8)
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        for slot in range(min(count, (self._usable - first) // 2)):
            at = int.from_bytes(page[first + 2 * slot : first + 2 * slot + 2], "big")
            try:
                yield self._row(number, page, at, kind)
            except _BadCell:
                self.bad_cells += 1

    def _row(self, number: int, page: bytes, at: int, kind: int) -> Row:
        if at < 8 or at >= len(page):
            raise ValueError(f"no cell at {at}")
        if kind == _INDEX_INNER:
            at += 4
        size, at = _varint(page, at)
        rowid: int | None = None
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
        return Row(number, rowid, _record(self._payload(page, at, size, is_table=kind == _TABLE_LEAF)))

    def _payload(self, page: bytes, at: int, size: int, *, is_table: bool) -> bytes:
        """The record of a cell, with what of it lies on overflow pages."""
        usable = self._usable
        if not 0 < size <= len(self._content) + len(self._frames) * self.page_size:
            raise ValueError(f"a record of {size} bytes")
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return _exactly(page[at : at + size], size)
        least = (usable - 12) * 32 // 255 - 23
        wanted = least + (size - least) % (usable - 4)
        local = wanted if wanted <= most else least
        parts = [_exactly(page[at : at + local], local)]
        left, following = size - local, int.from_bytes(_exactly(page[at + local : at + local + 4], 4), "big")
        while left > 0:
            overflow = self._page(following) if following > 0 else b""
            part = _exactly(overflow[4 : 4 + min(left, usable - 4)], min(left, usable - 4))
            parts.append(part)
            left -= len(part)
            following = int.from_bytes(overflow[:4], "big")
        return b"".join(parts)


def _exactly(part: bytes, size: int) -> bytes:
    if len(part) != size:
        raise ValueError("a record that is cut off")
    return part


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes (§1.6), and where it ends."""
    value = 0
    for place in range(8):
        byte = content[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | content[at + 8]
    return (value - (1 << 64) if value >= 1 << 63 else value), at + 9


def _record(payload: bytes) -> tuple[Value, ...]:
    head, at = _varint(payload, 0)
    if not 0 < head <= len(payload):
        raise ValueError("a record without a header")
    values: list[Value] = []
    body = head
    while at < head:
        code, at = _varint(payload, at)
        value, body = _value(payload, body, code)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, at: int, code: int) -> tuple[Value, int]:
    if code in _INTEGERS:
        size = _INTEGERS[code]
        return int.from_bytes(_exactly(payload[at : at + size], size), "big", signed=True), at + size
    if code == 7:
        return float(struct.unpack_from(">d", payload, at)[0]), at + 8
    if code in {0, 8, 9}:
        return {0: None, 8: 0, 9: 1}[code], at
    if code < 12:
        raise ValueError(f"the reserved type {code}")
    size = (code - 12) // 2
    content = _exactly(payload[at : at + size], size)
    return (content.decode("utf-8") if code % 2 else content), at + size
