"""What the core asks of engines; back ends implement these protocols."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

import msgspec

from dragoman.core.claims import AnyClaim, Coding
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.parse import Parse
from dragoman.core.records import Reprint
from dragoman.core.text import Document

Coder = Callable[[Document], Coding]


class Parser(Protocol):
    """Splits text into sentences, tokens, dependencies and entities."""

    @property
    def name(self) -> str:
        """Name and version of the model, recorded in every coding."""
        ...

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Parse texts in order, lazily, batched as suits the engine."""
        ...


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came back from an address after redirects."""

    url: str
    body: bytes
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False


class Fetcher(Protocol):
    """Fetches public addresses politely (robots, delay per host, limits); raises FetchError."""

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Get one address; with validators, `not_modified` may come back with an empty body."""
        ...


class Written(msgspec.Struct, frozen=True):
    """What one write added."""

    documents: int = 0
    codings: int = 0
    claims: int = 0


class Store(Protocol):
    """Keeps documents, codings and judgements; append-only; one coding is current per document (the newest)."""

    def write(self, batch: Sequence[tuple[Document, Coding]]) -> Written:
        """Add documents with their codings in one transaction; writing the same ones twice adds nothing."""
        ...

    def coded(self, documents: Sequence[Document], *, coder: str, model: str) -> set[DocumentId]:
        """Which of these are already stored and coded by this coder and model for the same published date."""
        ...

    def documents(self, ids: Sequence[DocumentId] | None = None) -> Iterator[Document]:
        """Stored documents, all or those asked for, ordered by id."""
        ...

    def codings(self) -> Iterator[Coding]:
        """The current coding of each document, ordered by document id."""
        ...

    def claims(self, document: DocumentId | None = None) -> Iterator[AnyClaim]:
        """Current claims, ordered by document and position."""
        ...

    def claim(self, claim_id: ClaimId) -> AnyClaim | None:
        """One claim of any coding, current or not."""
        ...

    def link_reprints(self, reprints: Iterable[Reprint]) -> int:
        """Add reprint links; return how many were new."""
        ...

    def reprints(self) -> Iterator[Reprint]:
        """All reprint links."""
        ...

    def judge(self, judgement: Judgement) -> None:
        """Append one judgement."""
        ...

    def judgements(self) -> Iterator[Judgement]:
        """All judgements in the order they were made."""
        ...

    def close(self) -> None:
        """Release the connection."""
        ...


class Clock(Protocol):
    """Today, for judging absurd dates; tests pass a fixed one."""

    def today(self) -> date:
        """The current date in UTC."""
        ...
