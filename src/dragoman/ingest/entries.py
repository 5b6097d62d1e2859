"""Feeds read entry by entry: what a feed says now, and later the documents of one entry, with or without the page behind it."""

from collections.abc import Iterator
from datetime import date

import msgspec

from dragoman.core.claims import Problem
from dragoman.core.errors import InputError
from dragoman.core.ports import Fetched
from dragoman.core.text import Document
from dragoman.ingest.assembly import Assembler
from dragoman.ingest.draft import Context, Draft, Drafts, Location, problem
from dragoman.ingest.feeds import FeedEntry, completed, parse_feed
from dragoman.ingest.options import IngestOptions
from dragoman.ingest.sources import hush_libraries, read_fetched

_decoder = msgspec.json.Decoder(FeedEntry)


def feed_entries(feed: Fetched, options: IngestOptions) -> tuple[tuple[FeedEntry, ...], tuple[Problem, ...]]:
    """The entries of a fetched feed, and what is wrong with it."""
    hush_libraries()
    if len(feed.body) > options.limits.page * 4:
        what = f"is larger than the {options.limits.page * 4:,} bytes that a feed may have"
        return (), (problem("too-large", feed.url, what, "look for a shorter feed of the same site"),)
    return parse_feed(feed.body, Location(where=feed.url, name=feed.url, url=feed.url, charset=feed.charset))


def dump_entry(entry: FeedEntry) -> bytes:
    """An entry as it is kept until its documents are stored; half surrogate pairs, which no database holds, are replaced."""
    words = {name: said.encode("utf-8", "replace").decode() for name, said in _words(entry.draft) if not _is_whole(said)}
    return msgspec.json.encode(msgspec.structs.replace(entry, draft=msgspec.structs.replace(entry.draft, **words)))


def _words(draft: Draft) -> Iterator[tuple[str, str]]:
    return ((name, said) for name in draft.__struct_fields__ if isinstance(said := getattr(draft, name), str))


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def load_entry(body: bytes) -> FeedEntry:
    """An entry as it was kept; InputError where it is none."""
    try:
        return _decoder.decode(body)
    except msgspec.DecodeError as error:
        raise InputError(f"not an entry of a feed: {error}") from error


def entry_documents(entry: FeedEntry, page: Fetched | None, options: IngestOptions, today: date) -> list[Document | Problem]:
    """The documents of one entry: of the page behind it where that could be had and holds text, else of the entry's own words."""
    assembler = Assembler(options, today)
    if page is not None:
        items = [item for draft in _page(entry, page, Context(options, None, today)) for item in assembler.assemble(draft)]
        if any(isinstance(item, Document) for item in items):
            return items
        return [*Assembler(options, today).assemble(entry.draft), *items]
    return assembler.assemble(entry.draft)


def _page(entry: FeedEntry, page: Fetched, context: Context) -> Drafts:
    draft = entry.draft
    location = Location(where=draft.url or page.url, name=draft.name or page.url, url=page.url, charset=page.charset)
    for item in read_fetched(page, location, context):
        yield completed(item, draft) if isinstance(item, Draft) else item
