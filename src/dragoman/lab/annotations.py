"""Annotated batches without their texts: labels and offsets in a folder of JSON lines, joined with the texts of a corpus.

A batch keeps the id of each document in the corpus, the hash of the text that was annotated and, for each quotation, the offsets
[start, end) in characters of that text. `materialise` puts the words back, in the gold shape that the scorers read.
"""

import hashlib
import lzma
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from dragoman.core.errors import InputError

Span = tuple[int, int]
"""Offsets of the first character and of the one after the last."""

_SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class AnnotatedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The labels of one document; items of the four lists are in the gold shape save that `*_span` stands for the words.

    `title_prefixed` says that the annotated text is the title, an empty line and the body rather than the body alone; `draw` is
    the reason why the document was drawn.
    """

    doc_id: str
    corpus_file: str
    corpus_id: str
    title_prefixed: bool
    text_sha256: str
    published: str | None
    draw: str | None = None
    engagements: tuple[dict[str, object], ...]
    statements: tuple[dict[str, object], ...]
    violence: tuple[dict[str, object], ...]
    attribution: tuple[dict[str, object], ...]


class _Document(msgspec.Struct, frozen=True):
    """One document of the corpus."""

    id: str
    title: str
    text: str
    source: str | None = None
    kind: str | None = None
    url: str | None = None
    licence: str | None = None


_record_decoder = msgspec.json.Decoder(AnnotatedRecord)
_document_decoder = msgspec.json.Decoder(_Document)

_WORDS_OF = {"evidence_span": "evidence", "quote_span": "quote_or_paraphrase", "claim_span": "claim"}
_LISTS = ("engagements", "statements", "violence", "attribution")


def materialise(annotations_dir: Path, corpus_dir: Path, out_dir: Path) -> int:
    """Write DOC.json and DOC.txt in the gold shape for every record of a batch and return how many there are.

    Every document is checked before any file is written. Raises InputError where a record is broken, a name is unsafe or taken
    twice, the corpus lacks a document, its text is not the one that was annotated, or a span lies outside of it.
    """
    records = load_batch(annotations_dir)
    documents = _documents(corpus_dir, records)
    joined = [(record, _text(record, documents), documents[record.doc_id]) for record in records]
    written = [(record.doc_id, text, _gold(record, text, document)) for record, text, document in joined]
    out_dir.mkdir(parents=True, exist_ok=True)
    for name, text, gold in written:
        (out_dir / f"{name}.txt").write_bytes(text.encode())
        (out_dir / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(gold), indent=1) + b"\n")
    return len(written)


def load_batch(annotations_dir: Path) -> tuple[AnnotatedRecord, ...]:
    """Read all records of a batch in the order of files and lines; InputError for a broken record or a name unsafe or taken."""
    records: dict[str, AnnotatedRecord] = {}
    for path in sorted(annotations_dir.glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            record = _record(line, f"{path}, line {number}")
            if record.doc_id in records:
                raise InputError(f"{path}, line {number}: doc_id {record.doc_id} is taken: give each document its own name")
            records[record.doc_id] = record
    if not records:
        raise InputError(f"{annotations_dir}: holds no annotations as .jsonl")
    return tuple(records.values())


def _record(line: bytes, where: str) -> AnnotatedRecord:
    try:
        record = _record_decoder.decode(line)
    except msgspec.DecodeError as error:
        raise InputError(f"{where}: not an annotated record: {error}") from error
    if not _SAFE_NAME.fullmatch(record.doc_id):
        raise InputError(
            f"{where}: doc_id {record.doc_id!r} is no safe file name: use small letters, digits and hyphens, at most 80"
        )
    return record


def _documents(corpus_dir: Path, records: tuple[AnnotatedRecord, ...]) -> Mapping[str, _Document]:
    found: dict[str, _Document] = {}
    for file in sorted({record.corpus_file for record in records}):
        wanted = {record.corpus_id: record.doc_id for record in records if record.corpus_file == file}
        found |= {wanted[row.id]: row for row in _rows(corpus_dir, file) if row.id in wanted}
    missing = [record.corpus_id for record in records if record.doc_id not in found]
    if missing:
        raise InputError(
            f"{corpus_dir}: lacks {len(missing)} annotated documents, first {missing[0]}: use the corpus of the batch"
        )
    return found


def _rows(corpus_dir: Path, file: str) -> Iterator[_Document]:
    path = corpus_dir / Path(file).name
    if not path.is_file():
        raise InputError(f"{path} is missing: give the folder that holds the corpus files named in the batch")
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                yield _document_decoder.decode(line)
            except msgspec.DecodeError as error:
                raise InputError(f"{path}, line {number}: not a document of a corpus: {error}") from error


def _text(record: AnnotatedRecord, documents: Mapping[str, _Document]) -> str:
    document = documents[record.doc_id]
    text = f"{document.title}\n\n{document.text}" if record.title_prefixed else document.text
    if hashlib.sha256(text.encode()).hexdigest() != record.text_sha256:
        raise InputError(f"{record.corpus_file}: {record.corpus_id} is not the text that was annotated: its SHA-256 differs")
    return text


def _gold(record: AnnotatedRecord, text: str, document: _Document) -> Mapping[str, object]:
    described = {
        "doc_id": record.doc_id,
        "source": document.source,
        "licence": document.licence,
        "url": document.url,
        "published": record.published,
        "origin": f"{record.corpus_file} {record.corpus_id}",
        "style": document.kind,
        "text_file": f"{record.doc_id}.txt",
        "text_sha256": record.text_sha256,
    }
    return described | {name: [_worded(item, text, record.doc_id) for item in getattr(record, name)] for name in _LISTS}


def _worded(item: Mapping[str, object], text: str, name: str) -> Mapping[str, object]:
    return {_WORDS_OF.get(key, key): _words(value, text, name) if key in _WORDS_OF else value for key, value in item.items()}


def _words(value: object, text: str, name: str) -> str:
    try:
        start, end = msgspec.convert(value, Span)
    except msgspec.ValidationError as error:
        raise InputError(f"{name}: {value!r} is no span of two offsets: {error}") from error
    if not 0 <= start < end <= len(text):
        raise InputError(f"{name}: span {start}-{end} lies outside of its text of {len(text)} characters")
    return text[start:end]
