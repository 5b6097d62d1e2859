"""What a desk works out of a large record, kept in the store so that the next start need not work it out again.

Kept are sections: the resolved record, the tracks of talks, the rows of long lists. Each is found by a hash of all that it was
made of: the claims, documents, reprints and judgements that whoever looks may see, the settings and files that they name, the day
looked from, and Dragoman's own code and facts. Nothing else is ever taken, so that what is kept can be old, another's or spoilt
without harm: it is made anew. Two viewers who may see different things never share a section: they do not see the same claims.
"""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.app.config import Config
from dragoman.core.claims import AnyClaim
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId, content_hash
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Store
from dragoman.core.records import Correction, Event, Record, Reprint, Unattached
from dragoman.core.text import Document

T = TypeVar("T")

_MADE_BY = ("core", "knowledge", "resolve", "analysis", "report", "app")
"""Packages whose code and facts decide what is worked out."""
_SHIPPED = (".py", ".toml", ".tsv", ".json")
_DIGEST = 32
"""Bytes of the checksum that stands before a section."""


class KeptRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record whose claims are named instead of repeated: they stand in the store."""

    events: tuple[Event, ...]
    others: tuple[ClaimId, ...]
    corrections: tuple[Correction, ...]
    accepted: tuple[ClaimId, ...]
    rejected: tuple[ClaimId, ...]
    unattached: tuple[Unattached, ...]


class Shelf:
    """Sections that were kept for one outlook on the record, and those that were worked out since.

    `purpose` says whose: what is restricted is in one outlook and not in the other.
    """

    def __init__(self, purpose: str, kept: Mapping[str, bytes] | None = None) -> None:
        self.purpose = purpose
        self._kept = dict(kept or {})
        self._state: str | None = None
        self._made: dict[str, object] = {}
        self.found = 0
        """How many sections were found as they had been kept."""

    def stand_for(self, state: str) -> None:
        """Say what sections are made of from here on; without it nothing is kept or found."""
        self._state = state

    def section(self, name: str, kind: type[T], compute: Callable[[], T]) -> T:
        """A section as it was kept, else as it is worked out now; `kind` is what it is read as."""
        found = self._read(name, kind)
        if found is not None:
            self.found += 1
            return found
        made = compute()
        if self._state is not None:
            self._made[self._key(name)] = made
        return made

    @property
    def is_kept(self) -> bool:
        """Whether everything that was asked for is kept already."""
        return not self._made

    def keep(self, store: Store) -> None:
        """Write what was worked out, and forget what was kept of other states of the record; in one transaction."""
        if self.is_kept:
            return
        fresh = {key: _sealed(msgspec.msgpack.encode(value)) for key, value in self._made.items()}
        known = [key for key, _ in store.parts(self.purpose)]
        current = content_hash(self._state or "")
        store.keep_parts(self.purpose, fresh, stale=sorted(key for key in known if not key.endswith(current)))
        self._made = {}

    def _key(self, name: str) -> str:
        return f"{name}-{content_hash(self._state or '')}"

    def _read(self, name: str, kind: type[T]) -> T | None:
        """A sound section; None where none was kept, or a failing disk has spoilt it."""
        body = self._kept.pop(self._key(name), None) if self._state is not None else None
        if body is None or hashlib.sha256(memoryview(body)[_DIGEST:]).digest() != body[:_DIGEST]:
            return None
        try:
            return msgspec.msgpack.decode(memoryview(body)[_DIGEST:], type=kind)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None


def _sealed(body: bytes) -> bytes:
    return hashlib.sha256(body).digest() + body


def kept_record(record: Record, claims: Mapping[ClaimId, AnyClaim]) -> KeptRecord:
    """A record to be kept; `claims` are those that it was made of, by the store's ids."""
    own = {id(claim): one for one, claim in claims.items()}
    own |= {id(each.corrected): each.claim for each in record.corrections}
    return KeptRecord(
        events=record.events,
        others=tuple(own[id(claim)] for claim in record.others),
        corrections=record.corrections,
        accepted=record.accepted,
        rejected=record.rejected,
        unattached=record.unattached,
    )


def restored(kept: KeptRecord, claims: Mapping[ClaimId, AnyClaim]) -> Record:
    """The record of claims by the store's ids, as it was kept."""
    corrected = {each.claim: each.corrected for each in kept.corrections}
    return Record(
        events=kept.events,
        others=tuple(corrected.get(one) or claims[one] for one in kept.others),
        corrections=kept.corrections,
        accepted=kept.accepted,
        rejected=kept.rejected,
        unattached=kept.unattached,
    )


def state_of(
    claims: Iterable[ClaimId],
    documents: Iterable[Document],
    reprints: Iterable[Reprint],
    judgements: Iterable[Judgement],
    *around: str,
) -> str:
    """A hash of everything that sections are made of; `around` is what else decides, such as settings and the day."""
    told = ((one.id, one.published, one.source, one.title, one.name, one.url, one.language) for one in documents)
    held = (sorted(claims), sorted(told, key=lambda one: one[0]), tuple(reprints), [one.id for one in judgements])
    return content_hash(hashlib.sha256(dump(held)).hexdigest(), made_by(), *around)


def settings_mark(config: Config) -> str:
    """A hash of the settings that decide what is worked out, and of the files of dossiers and talks that they name."""
    deciding = (
        config.coding,
        config.talks,
        config.places,
        config.actors,
        config.ingest,
        config.brief,
        config.output,
        config.sources,
    )
    files = (Path(each).expanduser() for each in (*config.coding.dossiers, *config.talks.tracks))
    contents = (path.read_bytes().hex() if path.is_file() else "" for path in files)
    return content_hash(dump(deciding).decode(), *contents)


@cache
def made_by() -> str:
    """A hash of the code and facts that work sections out, and of the libraries that compare words and count paths."""
    digest = hashlib.sha256()
    for library in ("rapidfuzz", "networkx", "msgspec"):
        digest.update(metadata.version(library).encode())
    for package in _MADE_BY:
        for file in _files(resources.files(f"dragoman.{package}")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir():
            yield from _files(one)
        elif one.name.endswith(_SHIPPED):
            yield one


@contextmanager
def without_collection() -> Iterator[None]:
    """Make a great many objects without Python going through all of them again and again in search of garbage.

    What there is in the end is set aside for good: one such search through a large record keeps everybody waiting for seconds.
    `let_go` looks through it again.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if on:
            gc.enable()


def let_go() -> None:
    """Free what was set aside and is no longer held by anybody, such as a record that another one took the place of."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
