"""Documents and spans of their text."""

from datetime import date

import msgspec

from dragoman.core.ids import DocumentId, content_hash
from dragoman.core.vocab import DateSource


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
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

    def dice(self, other: "Span") -> float:
        """Overlap from 0 to 1: twice the shared characters over the characters of both (Dice 1945)."""
        shared = max(0, min(self.end, other.end) - max(self.start, other.start))
        length = len(self) + len(other)
        return 2 * shared / length if length else 0.0

    def __len__(self) -> int:
        return self.end - self.start


class Document(msgspec.Struct, frozen=True, gc=False, kw_only=True):
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


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One place and day where a document's text was seen: what one input said about it."""

    document: DocumentId
    title: str | None = None
    source: str | None = None
    published: date | None = None
    published_from: DateSource = DateSource.UNKNOWN
    language: str | None = None
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    name: str | None = None

    @property
    def id(self) -> str:
        """Hash of all that the input said."""
        said = (self.title, self.source, self.language, self.url, self.author, self.licence, self.name)
        dated = (str(self.published or ""), self.published_from)
        return "s" + content_hash(self.document, *dated, *(f"={one}" if one is not None else "" for one in said))

    @classmethod
    def of(cls, document: Document) -> "Sighting":
        """What this input says about the text."""
        return cls(
            document=document.id,
            title=document.title,
            source=document.source,
            published=document.published,
            published_from=document.published_from,
            language=document.language,
            url=document.url,
            author=document.author,
            licence=document.licence,
            name=document.name,
        )


def fill_in(document: Document, sighting: Sighting) -> Document:
    """Complete a document by another sighting of its text: what is unknown is filled in, the earliest published date holds.

    Earliest, because a copy is dated later than what it copies; so the order of sightings does not decide the date.
    """
    published, published_from = document.published, document.published_from
    if sighting.published and (published is None or sighting.published < published):
        published, published_from = sighting.published, sighting.published_from
    return msgspec.structs.replace(
        document,
        title=document.title if document.title is not None else sighting.title,
        source=document.source if document.source is not None else sighting.source,
        published=published,
        published_from=published_from,
        language=document.language if document.language is not None else sighting.language,
        url=document.url if document.url is not None else sighting.url,
        author=document.author if document.author is not None else sighting.author,
        licence=document.licence if document.licence is not None else sighting.licence,
        name=document.name if document.name is not None else sighting.name,
    )
