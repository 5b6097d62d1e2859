"""A fixed sample of a folder of JSON lines, the same on every machine."""

import hashlib
import heapq
import lzma
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman.core.errors import InputError


class CorpusRow(msgspec.Struct, frozen=True):
    """One document of a corpus, as far as the bench reads it; `date` is the day of publication, an ISO date."""

    id: str
    text: str
    date: str | None = None


_decoder = msgspec.json.Decoder(CorpusRow)


def sample(folder: Path, size: int, *, seed: int = 1) -> tuple[tuple[CorpusRow, bytes], ...]:
    """Take the `size` documents of all `.jsonl` and `.jsonl.xz` files whose seeded hash of the id is lowest, with their lines.

    A hash, not a random generator: adding a file to the folder changes the sample only by that file's own documents. Raises
    InputError where a line is no document or the folder holds none.
    """
    ranked = ((_rank(row.id, seed), index, row, line) for index, (row, line) in enumerate(_rows(folder)))
    lowest = heapq.nsmallest(size, ranked, key=lambda entry: entry[:2])
    if not lowest:
        raise InputError(f"{folder}: holds no documents as .jsonl or .jsonl.xz")
    return tuple((row, line) for _, _, row, line in lowest)


def _rank(name: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed} {name}".encode()).digest()


def _rows(folder: Path) -> Iterator[tuple[CorpusRow, bytes]]:
    for path in sorted((*folder.glob("*.jsonl"), *folder.glob("*.jsonl.xz"))):
        with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                try:
                    yield _decoder.decode(line), line
                except msgspec.DecodeError as error:
                    raise InputError(f"{path}, line {number}: not a document with id and text: {error}") from error
