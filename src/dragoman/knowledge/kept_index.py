"""Rows by name in one sorted text, kept between runs and searched where it lies: loading it takes no time."""

import hashlib
import logging
import mmap
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import platformdirs

_log = logging.getLogger(__name__)
_MARK = "# dragoman index"

Text = bytes | mmap.mmap


class SortedIndex:
    """Rows by name; `text` holds a line a name, sorted: the name, a tab, its rows with blanks between them."""

    def __init__(self, text: Text, start: int = 0) -> None:
        """`start` is where the first line begins."""
        self._text = text
        self._start = start

    def find(self, name: str) -> list[int]:
        """The rows of a name in the order in which they were given."""
        wanted, text = name.encode(), self._text
        low, high = self._start, len(text)
        while low < high:
            middle = (low + high) // 2
            start = max(text.rfind(b"\n", low, middle) + 1, low)
            end = text.find(b"\n", middle, high)
            tab = text.find(b"\t", start, end)
            found = text[start:tab]
            if found == wanted:
                return [int(row) for row in text[tab + 1 : end].split()]
            low, high = (end + 1, high) if found < wanted else (low, start)
        return []


def index_text(entries: Iterable[tuple[str, int]]) -> bytes:
    """The sorted text of names, each with a row; names are ASCII without tabs and line ends, and empty ones are left out."""
    rows: dict[str, list[int]] = {}
    for name, row in entries:
        rows.setdefault(name, []).append(row)
    rows.pop("", None)
    return "".join([f"{name}\t{' '.join(map(str, rows[name]))}\n" for name in sorted(rows)]).encode("ascii")


def kept_index(name: str, mark: str, make: Callable[[], bytes]) -> SortedIndex:
    """The index kept as `name` in the platform's cache folder, made anew where its mark or its checksum is another.

    `mark` must change with everything that it is made of. Where the folder cannot be written, it is made for this run alone.
    """
    path = platformdirs.user_cache_path("dragoman") / "indexes" / f"{name}.txt"
    return _read(path, mark) or _keep(path, mark, make())


def _read(path: Path, mark: str) -> SortedIndex | None:
    try:
        with path.open("rb") as file:
            text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not there, closed to us, or empty
        return None
    start = text.find(b"\n") + 1
    with memoryview(text) as whole, whole[start:] as body:
        sound = bytes(whole[:start]) == _head(mark, body)
    return SortedIndex(text, start) if sound else None


def _keep(path: Path, mark: str, body: bytes) -> SortedIndex:
    partial = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(_head(mark, body) + body)
        partial.replace(path)
    except OSError as error:
        _log.info("%s cannot be written (%s): this index is made anew by every run, which takes a second", path, error.strerror)
        with suppress(OSError):
            partial.unlink()
    return SortedIndex(body)


def _head(mark: str, body: bytes | memoryview) -> bytes:
    return f"{_MARK} {mark} {hashlib.sha256(body).hexdigest()}\n".encode()
