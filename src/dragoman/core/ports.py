"""What the core asks of engines; back ends implement these protocols."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from dragoman.core.access import Account, AuditAction, AuditEntry, Restriction, Session, Token
from dragoman.core.claims import AnyClaim, Coding, Problem
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.parse import Parse
from dragoman.core.queries import ClaimQuery, Found
from dragoman.core.records import Reprint
from dragoman.core.searching import Hit, Searched, Sought
from dragoman.core.text import Document, Sighting


class Coder(Protocol):
    """Codes documents a batch at a time; `name` and `model` are recorded in every coding."""

    @property
    def name(self) -> str:
        """Name and version of the coder."""
        ...

    @property
    def model(self) -> str:
        """Name and version of the parser's model."""
        ...

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """One coding for each document, in order."""
        ...


class Parser(Protocol):
    """Splits text into sentences, tokens, dependencies and entities."""

    @property
    def name(self) -> str:
        """Name and version of the model, recorded in every coding."""
        ...

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Parse texts in order, lazily, batched as suits the engine."""
        ...


class Classifier(Protocol):
    """Tells texts apart by a closed list of labels; a compact model, run on one processor."""

    @property
    def name(self) -> str:
        """Name and version of the model, recorded with what it decided."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """What it tells apart, in the order of the probabilities."""
        ...

    def classify(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """The probability of each label for each text, in order; a text's own do not hang on its neighbours."""
        ...


class LabelledText(msgspec.Struct, frozen=True):
    """One text to learn from; `weight` is what it counts for beside others."""

    text: str
    label: str
    weight: float = 1.0


class TrainingRecipe(msgspec.Struct, frozen=True, kw_only=True):
    """How a compact encoder is trained."""

    frozen_layers: int = 3
    """The embeddings and this many layers keep their pretrained weights."""
    epochs: int = 6
    batch: int = 16
    rate: float = 3e-4
    """Highest learning rate (AdamW); it rises over the first `warm_up` of the steps and falls to nothing."""
    warm_up: float = 0.1
    decay: float = 0.01
    dropout: float = 0.1
    smoothing: float = 0.1
    """Share of a label's probability that goes to the others."""
    average_from: float = 0.6
    """Share of the steps after which weights are averaged."""
    seeds: tuple[int, ...] = (0, 1, 2)
    """One training each; the model is their mean."""
    max_tokens: int = 128
    half_precision: bool = True
    """Multiply in bfloat16: three times as fast on processors that can."""
    threads: int = 1


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
    sightings: int = 0


class Counts(msgspec.Struct, frozen=True):
    """How much a store holds; `claims` are those of current codings."""

    documents: int = 0
    sightings: int = 0
    codings: int = 0
    claims: int = 0
    reprints: int = 0
    judgements: int = 0


class Holdings(Protocol):
    """What is read from a store: all of it, or as much as somebody may see."""

    def sightings(self, document: DocumentId | None = None) -> Iterator[Sighting]:
        """Where texts were seen, by document in the order of writing."""
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

    def arrivals(self) -> dict[DocumentId, int]:
        """When each coded document came, as a number: what is written later has a higher one, and keeps it when coded anew."""
        ...

    def claims_by_id(self) -> dict[ClaimId, AnyClaim]:
        """Current claims under the ids that they are kept by, in the order of `claims`: all at once, for who needs all."""
        ...

    def claim(self, claim_id: ClaimId) -> AnyClaim | None:
        """One claim of any coding, the current one first, else the newest."""
        ...

    def find_claims(self, query: ClaimQuery) -> Found:
        """Current claims that fit a query."""
        ...

    def problems(self, document: DocumentId | None = None) -> Iterator[tuple[DocumentId, Problem]]:
        """Problems of current codings, ordered by document and position."""
        ...

    def reprints(self) -> Iterator[Reprint]:
        """All reprint links, ordered by original and copy."""
        ...

    def judgements(self) -> Iterator[Judgement]:
        """All judgements in the order they were written."""
        ...

    def parts(self, purpose: str) -> Iterator[tuple[str, bytes]]:
        """What was computed before for a purpose, by the hash of all that went in; ordered by it."""
        ...


class Access(Protocol):
    """Keeps accounts, sessions, tokens, restrictions and the audit log of a store."""

    def accounts(self) -> Iterator[Account]:
        """All accounts by name."""
        ...

    def account(self, name: str) -> Account | None:
        """One account."""
        ...

    def keep_account(self, account: Account) -> None:
        """Add an account, or replace the one of that name."""
        ...

    def session(self, key: str) -> Session | None:
        """One session by the hash of its secret."""
        ...

    def keep_session(self, session: Session) -> None:
        """Add a session, or replace the one of that key."""
        ...

    def end_sessions(self, *, key: str | None = None, account: str | None = None, before: datetime | None = None) -> None:
        """Forget the sessions that fit all that is given: one, an account's, those not seen since a moment."""
        ...

    def tokens(self, account: str | None = None) -> Iterator[Token]:
        """Tokens, of one account or all, by account and name."""
        ...

    def token(self, key: str) -> Token | None:
        """One token by the hash of its secret."""
        ...

    def keep_token(self, token: Token) -> None:
        """Add a token."""
        ...

    def revoke_token(self, key: str) -> None:
        """Forget a token."""
        ...

    def restrictions(self) -> Iterator[Restriction]:
        """Restrictions in force, by kind and value."""
        ...

    def restrict(self, restriction: Restriction) -> None:
        """Put a restriction in force, or replace the one on the same thing."""
        ...

    def unrestrict(self, restriction: Restriction) -> None:
        """Lift a restriction; one that is not in force is passed over."""
        ...

    def log(self, entry: AuditEntry) -> None:
        """Append to the audit log."""
        ...

    def audit(
        self, *, by: str | None = None, action: AuditAction | None = None, limit: int | None = None
    ) -> Iterator[AuditEntry]:
        """Entries that fit, newest first."""
        ...


class Store(Holdings, Protocol):
    """Keeps documents, codings and judgements; append-only; one coding is current per document.

    A document is its text. The same text seen again with another source, address, title or date is one more *sighting*: what was
    unknown about the document is filled in from it, and the earliest published date is the document's. Current is the newest
    coding that was made against the document's published date, or else the newest.
    """

    @property
    def access(self) -> Access:
        """Who may see and do what."""
        ...

    def write(self, batch: Sequence[tuple[Document, Coding]]) -> Written:
        """Add documents with their codings in one transaction; writing the same ones twice adds nothing.

        Raises StoreError, and nothing of the batch is kept.
        """
        ...

    def coded(self, documents: Sequence[Document], *, coder: str, model: str) -> set[DocumentId]:
        """Which of these are already stored and coded by this coder and model for the published date they would have."""
        ...

    def pending(self, documents: Sequence[Document], *, coder: str, model: str) -> list[Document]:
        """Those that are not `coded`, once each, with what the store already knows about them filled in: ready to be coded."""
        ...

    def sight(self, documents: Iterable[Document]) -> int:
        """Add sightings of documents that are already stored; others are passed over. Return how many were new."""
        ...

    def link_reprints(self, reprints: Iterable[Reprint], *, among: Iterable[DocumentId]) -> int:
        """Make these the links of all documents in `among` to what they copy; return how many were new.

        A link that is no longer found goes: an older original may have arrived since. Links of other documents stay.
        """
        ...

    def judge(self, judgement: Judgement) -> None:
        """Append one judgement; the same one twice adds nothing."""
        ...

    def keep_parts(self, purpose: str, fresh: Mapping[str, bytes], *, stale: Collection[str] = ()) -> None:
        """Keep newly computed parts and forget stale ones, in one transaction. Parts are a cache: losing them costs time."""
        ...

    def close(self) -> None:
        """Release the connection."""
        ...

    def search(self, sought: Sought, kind: Searched) -> frozenset[Hit]:
        """Documents, or claims of any coding, whose words hold what is looked for; kept up to date by `write`."""
        ...

    def documents_of(self, *, sources: Collection[str] = (), dossiers: Collection[str] = ()) -> set[DocumentId]:
        """Documents seen at one of the sources, or with a current claim on one of the dossiers."""
        ...

    def counts(self) -> Counts:
        """How much the store holds."""
        ...
