"""What a user can say about an input: dates, column names, defaults and limits."""

from collections.abc import Mapping
from datetime import date

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Sizes beyond which an input is refused, in bytes after decompression."""

    document: int = 20_000_000
    """One document, one line of JSONL or one CSV record."""
    page: int = 5_000_000
    """One HTML page: extraction takes about 1.5 s a megabyte."""
    container: int = 400_000_000
    """A file that must be in memory as a whole but holds many documents: a JSON array or a feed."""
    expansion: int = 250
    """Decompressed size over compressed size; news text reaches about 20."""
    expansion_from: int = 64_000_000
    """Decompressed bytes below which the expansion is not judged."""


class IngestOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says about the inputs of one run.

    `mapping` names the column or key that holds a field, such as {"published": "date_col"}; the mapped column is the only one
    looked at for that field. `published`, `source`, `licence` and `language` fill in where a document has none of its own.
    `follow_links` fetches the page behind a feed entry that brings only a summary.
    """

    published: date | None = None
    mapping: Mapping[str, str] = {}
    source: str | None = None
    licence: str | None = None
    language: str | None = None
    follow_links: bool = False
    limits: Limits = Limits()


FIELDS = ("id", "title", "text", "published", "source", "url", "language", "author", "licence")
"""The fields that tables may have, and that `IngestOptions.mapping` may name."""
