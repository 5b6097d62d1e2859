"""A store filled with a made-up record, to measure on."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from dragoman.app.config import Config
from dragoman.app.resolving import refresh
from dragoman.app.wiring import dossier_book, opened_store
from dragoman.core.claims import Coding
from dragoman.core.ports import Counts
from dragoman.core.text import Document
from dragoman.lab.made_up_record import Conflict, MadeUp, made_up_record

T = TypeVar("T")
_BATCH = 500
_MOST_CONFLICTS = 40


def fill(config: Config, events: int) -> Counts:
    """Write about this many events into the configured store and resolve them; a store that has documents is left as it is."""
    book = dossier_book(config).dossiers.values()
    conflicts = [Conflict(one.id, one.parties, one.third_parties) for one in book if one.kind == "conflict" and one.parties]
    with opened_store(config) as store:
        if store.counts().documents == 0:
            for some in _batches(made_up_record(events, conflicts[:_MOST_CONFLICTS]), _BATCH):
                store.write([_coded(one) for one in some])
            refresh(store, config)
        return store.counts()


def _coded(one: MadeUp) -> tuple[Document, Coding]:
    document = one.document
    coding = Coding(document=document.id, claims=one.claims, coder="made up", model="none", published=document.published)
    return document, coding


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
