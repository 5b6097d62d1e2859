"""Place names annotated by us as literal or metonymic, kept without their texts: rows to train on beside the benchmark's.

A record says where a text is (a file of JSON lines, plain or xz, and an id in it), the hash of the text that was read, the
offsets [start, end) in characters of a sentence and of a name in it, and the label. The guideline is GeoWebNews's.
"""

import hashlib
import lzma
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from dragoman.core.errors import InputError
from dragoman.lab.annotations import Span
from dragoman.lab.metonymy import SolvedRow
from dragoman.read.metonym_context import Guideline


class AnnotatedName(msgspec.Struct, frozen=True, kw_only=True):
    """One name, where it stands, and its label."""

    corpus_file: str
    """Path below the folder of texts."""
    corpus_id: str
    text_sha256: str
    sentence: Span
    name: Span
    label: Literal["literal", "metonymic"]


class _Text(msgspec.Struct, frozen=True):
    id: str
    text: str


_text_decoder = msgspec.json.Decoder(_Text)


def annotated_rows(names: Path, texts: Path) -> tuple[SolvedRow, ...]:
    """The rows of a folder of annotated names, with their sentences out of a folder of texts; in the order of files and lines.

    Raises InputError where a record is broken, a text is missing or not the one that was read, or a span lies outside of it.
    """
    records = tuple(_records(names))
    found = _texts(texts, records)
    return tuple(_row(record, found) for record in records)


def _records(names: Path) -> Iterator[AnnotatedName]:
    paths = sorted(names.glob("*.jsonl"))
    if not paths:
        raise InputError(f"{names}: holds no annotated names as .jsonl")
    for path in paths:
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                yield msgspec.json.decode(line, type=AnnotatedName)
            except msgspec.DecodeError as error:
                raise InputError(f"{path}, line {number}: not an annotated name: {error}") from error


def _texts(folder: Path, records: tuple[AnnotatedName, ...]) -> Mapping[tuple[str, str], str]:
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        wanted[record.corpus_file].add(record.corpus_id)
    return {(file, text.id): text.text for file in sorted(wanted) for text in _lines(folder / file) if text.id in wanted[file]}


def _lines(path: Path) -> Iterator[_Text]:
    if not path.is_file():
        raise InputError(f"{path} is missing: give the folder that holds the files named in the records")
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                yield _text_decoder.decode(line)
            except msgspec.DecodeError as error:
                raise InputError(f"{path}, line {number}: not a text with id and text: {error}") from error


def _row(record: AnnotatedName, texts: Mapping[tuple[str, str], str]) -> SolvedRow:
    where = f"{record.corpus_file}: {record.corpus_id}"
    text = texts.get((record.corpus_file, record.corpus_id))
    if text is None:
        raise InputError(f"{where} is not there: use the texts that were annotated")
    if hashlib.sha256(text.encode()).hexdigest() != record.text_sha256:
        raise InputError(f"{where} is not the text that was annotated: its SHA-256 differs")
    (first, last), (start, end) = record.sentence, record.name
    if not 0 <= first <= start < end <= last <= len(text):
        raise InputError(f"{where}: name {start}-{end} lies outside of its sentence {first}-{last} or that of its text")
    return SolvedRow(
        id=f"{record.corpus_id}@{start}",
        corpus=Guideline.GWN,
        text=text[first:last],
        start=start - first,
        end=end - first,
        label=record.label,
    )
