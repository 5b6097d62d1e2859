"""What all stores agree on: what can be kept, and which coding of a document is current."""

from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.core.claims import Coding
from dragoman.core.errors import StoreError
from dragoman.core.ids import DocumentId
from dragoman.core.text import Document, Sighting, fill_in


def check_batch(batch: Sequence[tuple[Document, Coding]]) -> None:
    """Refuse what cannot be kept: a coding of another document, NUL characters, lone surrogates (PostgreSQL holds neither)."""
    for document, coding in batch:
        if coding.document != document.id:
            raise StoreError(f"the coding {coding.id} is of document {coding.document}, not of {document.id} that it came with")
        check_storable(document)


def check_storable(document: Document) -> None:
    """Refuse a document whose characters no database holds."""
    said = (document.title, document.source, document.language, document.url, document.author, document.licence, document.name)
    for text in (document.text, *said):
        if text is not None and not _storable(text):
            raise StoreError(
                f"document {document.name or document.url or document.id} holds a NUL character or half a surrogate pair, "
                "which cannot be stored; replace them when reading it"
            )


def _storable(text: str) -> bool:
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def current_of(codings: Sequence[tuple[int, date | None]], published: date | None) -> int:
    """Pick the current one of a document's codings, given as (sequence number, published date it was made against)."""
    fitting = [seq for seq, against in codings if against == published]
    return max(fitting or [seq for seq, _ in codings])


def fill_in_all(document: Document, known: Iterable[Document | Sighting]) -> Document:
    """Complete a document by everything else that is known of its text."""
    for one in known:
        document = fill_in(document, one if isinstance(one, Sighting) else Sighting.of(one))
    return document


def merge_inputs(documents: Iterable[Document]) -> dict[DocumentId, Document]:
    """Each text once, completed by its copies, in the order of first appearance."""
    merged: dict[DocumentId, Document] = {}
    for document in documents:
        known = merged.get(document.id)
        merged[document.id] = fill_in(known, Sighting.of(document)) if known else document
    return merged
