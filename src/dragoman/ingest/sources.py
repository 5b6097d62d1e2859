"""Sources to documents: every format behind one door, one at a time, with problems in place of what cannot be read."""

import io
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

import msgspec

from dragoman.core.claims import Problem
from dragoman.core.errors import FetchError
from dragoman.core.ports import Fetched, Fetcher
from dragoman.core.text import Document
from dragoman.ingest.assembly import Assembler
from dragoman.ingest.draft import Context, Drafts, Location, Reader, problem
from dragoman.ingest.feeds import read_feed
from dragoman.ingest.kinds import HEAD, Kind, bare_name, kind_of
from dragoman.ingest.mails import read_mail
from dragoman.ingest.options import IngestOptions
from dragoman.ingest.pages import read_html
from dragoman.ingest.pdfs import read_pdf
from dragoman.ingest.places import find_files, unreadable
from dragoman.ingest.plain import read_markdown, read_text
from dragoman.ingest.streams import DAMAGE, TooLargeError, decompressed, raise_damage
from dragoman.ingest.tables import read_csv, read_json, read_jsonl
from dragoman.ingest.warcs import read_warc

_READERS: dict[Kind, Reader] = {
    Kind.TEXT: read_text,
    Kind.MARKDOWN: read_markdown,
    Kind.HTML: read_html,
    Kind.JSONL: read_jsonl,
    Kind.JSON: read_json,
    Kind.CSV: read_csv,
    Kind.PDF: read_pdf,
    Kind.MAIL: read_mail,
    Kind.WARC: read_warc,
    Kind.FEED: read_feed,
}


_NAMED = 3
"""Sources that a warning about several names."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class _Input(msgspec.Struct, frozen=True):
    """One stream of bytes, opened when asked for (twice: once to tell the format, once to read)."""

    location: Location
    file_name: str
    open: Callable[[], BinaryIO]
    content_type: str | None = None


def read_sources(
    sources: Sequence[str],
    options: IngestOptions,
    *,
    fetcher: Fetcher | None,
    today: date,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Problem]:
    """Read files, folders, patterns, http(s) addresses and "-" (standard input), in order, each document as soon as it is there.

    What cannot be read becomes a `Problem`, and the rest goes on. Problems with a code in `WARNINGS` stand beside a document that
    was read; one "undated" warning at the end counts the documents without a published date. No exception is raised
    for anything about the inputs.
    """
    hush_libraries()
    context = Context(options, fetcher, today)
    assembler = Assembler(options, today)
    documents = 0
    undated: Counter[str] = Counter()
    for source in sources:
        for draft in _read_source(source, context, stdin):
            for item in assembler.assemble(draft):
                if isinstance(item, Document):
                    documents += 1
                    undated[source] += item.published is None
                yield item
    if undated.total():
        yield _undated(+undated, documents)


@cache
def hush_libraries() -> None:
    """Keep the extractors' own log lines off a terminal without logging set up: what they complain of comes as problems."""
    for name in ("pypdf", "trafilatura", "htmldate", "charset_normalizer", "warcio"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _read_source(source: str, context: Context, stdin: BinaryIO | None) -> Drafts:
    if source == "-":
        content = (stdin or sys.stdin.buffer).read(context.options.limits.container + 1)
        if len(content) > context.options.limits.container:
            yield problem(
                "too-large", "standard input", f"is larger than {context.options.limits.container:,} bytes", "read it from a file"
            )
            return
        yield from _read_input(_Input(Location(where="standard input", name="stdin"), "", lambda: io.BytesIO(content)), context)
    elif _ADDRESS.match(source):
        yield from _read_address(source, context)
    else:
        for path in find_files(source):
            yield from [path] if isinstance(path, Problem) else _read_input(_file_input(path), context)


def _file_input(path: Path) -> _Input:
    name = Path(bare_name(path.name)).stem or path.name
    return _Input(Location(where=str(path), name=name), path.name, lambda: path.open("rb"))


def _read_address(url: str, context: Context) -> Drafts:
    if urlsplit(url).scheme not in {"http", "https"}:
        yield problem("bad-address", url, "is no http or https address", "fetch it yourself and read the file")
        return
    if context.fetcher is None:
        yield problem(
            "no-network", url, "was not fetched: fetching is switched off", "switch it on, or save the page and read the file"
        )
        return
    try:
        fetched = context.fetcher.fetch(url)
    except FetchError as error:
        yield problem(error.code, url, str(error))
        return
    yield from read_fetched(fetched, Location(where=url, name=url, url=fetched.url, charset=fetched.charset), context)


def read_fetched(fetched: Fetched, location: Location, context: Context) -> Drafts:
    """All that an answer of a server holds, whatever its format."""
    hush_libraries()
    file_name = unquote(urlsplit(fetched.url).path.rpartition("/")[2])
    yield from _read_input(_Input(location, file_name, lambda: io.BytesIO(fetched.body), fetched.content_type), context)


def _read_input(item: _Input, context: Context) -> Drafts:
    """All that one stream holds; the one place where the faults of streams become problems."""
    where = item.location.where
    try:
        with item.open() as stream:
            plain = decompressed(stream, context.options.limits)
            head = plain.read(HEAD)
            if not head:
                raise_damage(plain)
        kind = kind_of(item.file_name, head, item.content_type)
        if not head.strip():
            yield problem("empty", where, "is empty", "leave it out, or check how it was saved")
        elif kind is Kind.BINARY:
            raise_damage(plain)
            yield problem("binary", where, "is not text in any format that is read", "convert it to text, HTML or PDF")
        else:
            with item.open() as stream:
                yield from _READERS[kind](decompressed(stream, context.options.limits), item.location, context)
    except TooLargeError as error:
        yield problem("too-large", where, str(error), "split it, or raise the limit")
    except DAMAGE as error:
        yield problem(
            "truncated", where, f"is cut off or damaged: {error}", "get it again; what comes before the damage was read"
        )
    except OSError as error:
        yield unreadable(where, error)


def _undated(counts: Counter[str], documents: int) -> Problem:
    named = ", ".join(list(counts)[:_NAMED])
    where = named if len(counts) <= _NAMED else f"{named} and {len(counts) - _NAMED:,} more"
    count = "the document has" if documents == 1 else f"{counts.total():,} of {documents:,} documents have"
    remedy = "give one with --published DATE or --map published=COLUMN; until then words such as 'on Tuesday' cannot be dated"
    return problem("undated", where, f"{count} no published date", remedy)
