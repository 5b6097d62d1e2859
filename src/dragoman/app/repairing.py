"""A damaged store to a new one with all that can be saved, and a list of what could not."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.app.config import Config
from dragoman.app.resolving import link_copies
from dragoman.app.running import NOT_CODED
from dragoman.app.wiring import store_file
from dragoman.backends.sql_copy import copy_rows
from dragoman.backends.sql_store import SqlStore, open_store
from dragoman.backends.sqlite_salvage import Salvage, is_sound, other_tables, salvage
from dragoman.core.claims import Coding
from dragoman.core.errors import InputError, StoreError
from dragoman.core.ids import DocumentId
from dragoman.core.text import Document, Sighting

T = TypeVar("T")
_BATCH = 200


class LostRows(msgspec.Struct, frozen=True, kw_only=True):
    """A table that could not be read to its end."""

    table: str
    saved: int
    fault: str


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """What was saved into the new store, and what was not."""

    out: str
    sound: bool
    """Whether the old file's structure was whole to begin with."""
    documents: int
    sightings: int
    codings: int
    claims: int
    judgements: int
    reprints: int
    lost_documents: tuple[DocumentId, ...]
    """Documents that something still names, and whose text is gone or was altered."""
    to_code_again: int
    """Documents whose coding could not be shown to be whole; `dragoman code` makes it anew from their text."""
    bad_cells: int
    """Entries of pages that could not be read."""
    faults: tuple[LostRows, ...]
    """Tables beside the record that could not be read to their end."""

    @property
    def lossless(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.lost_documents or self.to_code_again or self.bad_cells or self.faults)


def repair(config: Config, out: Path) -> Repair:
    """Save what the configured store still holds into a new store at `out`; the old file is only read.

    InputError where `out` is there already, StoreError where the store is not a file or cannot be read.
    """
    path = store_file(config)
    if path is None:
        raise StoreError("only the file of an SQLite store is repaired; a PostgreSQL server has tools and backups of its own")
    if not path.is_file():
        raise StoreError(f"there is no store at {path}; name the damaged one with --store")
    if out.exists():
        raise InputError(f"{out} is there already; name a new file")
    try:
        return _repair(path, out, config)
    except OSError as error:
        raise StoreError(f"{error.filename or path}: {error.strerror}; check the disk and its free space") from error


def _repair(path: Path, out: Path, config: Config) -> Repair:
    with tempfile.TemporaryDirectory(dir=out.absolute().parent, prefix=".repair-") as folder:
        copy = Path(folder) / "damaged.db"
        for suffix in ("", "-wal"):
            if path.with_name(path.name + suffix).is_file():
                shutil.copyfile(path.with_name(path.name + suffix), f"{copy}{suffix}")
        saved = salvage(copy)  # before the database looks at it, and applies the log as it sees fit
        sound = is_sound(copy)
        if sound:
            saved = salvage(copy, sound=True)
        partial = Path(folder) / "repaired.db"
        with open_store(partial) as store:
            _write(store, saved)
            reprints = link_copies(store, config)
            counts = store.counts()
        faults = tuple(_copy_others(partial, copy))
        partial.replace(out)
    return Repair(
        out=str(out),
        sound=sound,
        documents=counts.documents,
        sightings=counts.sightings,
        codings=len(saved.codings),
        claims=counts.claims,
        judgements=counts.judgements,
        reprints=reprints,
        lost_documents=tuple(sorted(saved.lost_documents)),
        to_code_again=len(saved.doubtful),
        bad_cells=saved.bad_cells,
        faults=faults,
    )


def _write(store: SqlStore, saved: Salvage) -> None:
    """Documents as they were first seen, then all else in the order in which it came: what is derived comes out the same."""
    first: dict[DocumentId, Sighting] = {}
    for sighting in saved.sightings:
        first.setdefault(sighting.document, sighting)
    as_first = {one: _as_seen(document, first.get(one)) for one, document in saved.documents.items()}
    coded = {coding.document for coding in saved.codings}
    kept = [(document, _uncoded(document)) for one, document in as_first.items() if one not in coded]
    pairs = [(as_first[coding.document], coding) for coding in saved.codings]
    for batch in _batches([*pairs, *kept]):
        store.write(batch)
    seen = (_as_seen(saved.documents[one.document], one) for one in saved.sightings if one.document in as_first)
    for documents in _batches(seen):
        store.sight(documents)
    for judgement in saved.judgements:
        store.judge(judgement)


def _as_seen(document: Document, sighting: Sighting | None) -> Document:
    if sighting is None:
        return document
    said = {name: getattr(sighting, name) for name in sighting.__struct_fields__ if name != "document"}
    return msgspec.structs.replace(document, **said)


def _uncoded(document: Document) -> Coding:
    return Coding(document=document.id, coder=NOT_CODED, model=NOT_CODED, published=document.published)


def _copy_others(partial: Path, copy: Path) -> Iterator[LostRows]:
    """Copy the tables beside the record; what could not be read, and rows without what they refer to, are told of."""
    read = list(other_tables(copy))
    saved = copy_rows(partial, {table: rows for table, rows, _ in read})
    for table, rows, fault in read:
        orphans = len(rows) - saved[table.name]
        if fault is not None or orphans:
            what = fault or f"{orphans} rows refer to rows that are gone"
            if table.name == "restrictions":
                what += "; some may be missing: restrict again what must be, before anybody else reads the new store"
            yield LostRows(table=table.name, saved=saved[table.name], fault=what)


def _batches(items: Iterable[T]) -> Iterator[Sequence[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch
