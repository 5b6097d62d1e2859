"""Documents and spans of their text."""

from datetime import date

import msgspec

from dragoman.core.ids import DocumentId, content_hash
from dragoman.core.vocab import DateSource


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of a document's text: code-point offsets, `start` in, `end` out."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One article or readout as published.

    `text` is all that is read: where the input gives a title that does not open the text, the title is its first line, then an
    empty line, then the body. Every field that the input does not give is None.
    """

    text: str
    title: str | None = None
    source: str | None = None
    published: date | None = None
    published_from: DateSource = DateSource.UNKNOWN
    language: str | None = None
    """ISO 639-1; None when too short to tell."""
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    name: str | None = None
    """The id that the input gave, or the file name: what a user calls the document."""

    @property
    def id(self) -> DocumentId:
        """Hash of the text: exact copies are one document."""
        return DocumentId("d" + content_hash(self.text))
