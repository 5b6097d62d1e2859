"""Which format an input has: by its name, what a server says of it, and its first bytes."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from dragoman.ingest.decoding import is_binary


class Kind(StrEnum):
    """The formats that are read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    PDF = "pdf"
    MAIL = "mail"
    WARC = "warc"
    FEED = "feed"
    BINARY = "binary"
    """None of these."""


HEAD = 4096
"""Bytes that telling the format takes."""

_COMPRESSED = frozenset({".gz", ".xz", ".zst", ".bz2"})
_SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".json": Kind.JSON,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".pdf": Kind.PDF,
    ".eml": Kind.MAIL,
    ".warc": Kind.WARC,
    ".xml": Kind.FEED,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".rdf": Kind.FEED,
}
_TYPES = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED,
    "application/xml": Kind.FEED,
    "text/xml": Kind.FEED,
    "application/pdf": Kind.PDF,
    "application/json": Kind.JSON,
    "application/x-ndjson": Kind.JSONL,
    "application/jsonl": Kind.JSONL,
    "text/csv": Kind.CSV,
    "text/markdown": Kind.MARKDOWN,
    "message/rfc822": Kind.MAIL,
    "application/warc": Kind.WARC,
}
_OPENINGS = (
    (re.compile(rb"%PDF-"), Kind.PDF),
    (re.compile(rb"WARC/\d"), Kind.WARC),
    (
        re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL),
        Kind.FEED,
    ),
    (
        re.compile(
            rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
        ),
        Kind.HTML,
    ),
    (re.compile(rb"\s*<\?xml\b"), Kind.FEED),
    (re.compile(rb"""\s*\{\s*"(?:[^"\\]|\\.)+"\s*:"""), Kind.JSONL),
    (re.compile(rb"""\s*\[\s*\{\s*\""""), Kind.JSON),
    (
        re.compile(
            rb"(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to): .+\r?\n[\w-]+: ", re.IGNORECASE
        ),
        Kind.MAIL,
    ),
)
_RECORD_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t]*\r?\n\s*\{")
_RAW = frozenset({Kind.PDF, Kind.WARC})
"""Kinds whose bytes need not be text."""


def kind_of(name: str, head: bytes, content_type: str | None = None) -> Kind:
    """The format of an input by its name, the server's word and its first bytes (at least `HEAD` of them, decompressed).

    A server's "text/html" gives way to the look of a feed; a name gives way to bytes that are no text.
    """
    named = kind_of_name(name) or _TYPES.get((content_type or "").split(";")[0].strip().casefold())
    if named in _RAW:
        return named
    looks = _sniff(head)
    if looks in _RAW and named is None:
        return looks
    if is_binary(head):
        return Kind.BINARY
    if named in {Kind.JSON, Kind.JSONL}:
        return _json_kind(named, head)
    if named is Kind.FEED or (named is Kind.HTML and looks is Kind.FEED):
        return Kind.HTML if looks is Kind.HTML and named is Kind.FEED and b"<rss" not in head else Kind.FEED
    return named or looks or Kind.TEXT


def kind_of_name(name: str) -> Kind | None:
    """The format that a file name's ending stands for, a compression ending left aside."""
    return _SUFFIXES.get(PurePosixPath(bare_name(name)).suffix.casefold())


def bare_name(name: str) -> str:
    """A file's name without its compression ending."""
    path = PurePosixPath(name)
    return path.stem if path.suffix.casefold() in _COMPRESSED else path.name


def _sniff(head: bytes) -> Kind | None:
    start = head.removeprefix(b"\xef\xbb\xbf")
    found = next((kind for pattern, kind in _OPENINGS if pattern.match(start)), None)
    return _json_kind(Kind.JSON, head) if found is Kind.JSONL and b"\n" in head.strip() else found


def _json_kind(named: Kind, head: bytes) -> Kind:
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return Kind.JSON
    return Kind.JSONL if _RECORD_LINES.match(head.removeprefix(b"\xef\xbb\xbf")) else named
