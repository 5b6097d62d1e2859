"""WARC archives: the HTML responses of a crawl."""

from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from dragoman.ingest.draft import Context, Drafts, Location, problem
from dragoman.ingest.pages import read_page
from dragoman.ingest.streams import raise_damage

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_FAULTS = (ValueError, AttributeError, TypeError, KeyError, IndexError)
"""What warcio raises, beside its own error, on records that break the format."""
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """Each successful HTML response is a document; its crawl date is no published date and is not taken."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  only archives need it
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    try:
        records = ArchiveIterator(stream)
        records.INC_RECORD = ""  # what warcio would print to the terminal
        pages = 0
        for record in records:
            if _is_page(record):
                pages += 1
                yield from _read_record(record, location, context)
        raise_damage(stream)
        if not pages:
            yield problem("no-text", location.where, "holds no HTML page that was fetched well", "check what was crawled")
    except (ArchiveLoadFailed, *_FAULTS) as error:
        yield problem(
            "truncated", location.where, f"is damaged: {_fault(error)}", "fetch it again; what comes before the damage was read"
        )


def _fault(error: Exception) -> str:
    """What is wrong, in words: warcio trips over broken records with errors of the language."""
    return "a record breaks the format" if isinstance(error, AttributeError | TypeError | LookupError) else str(error)


def _is_page(record: "ArcWarcRecord") -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type") or ""
    return record.http_headers.get_statuscode() == "200" and kind.casefold().startswith(_PAGE_TYPES)


def _read_record(record: "ArcWarcRecord", location: Location, context: Context) -> Drafts:
    url = record.rec_headers.get_header("WARC-Target-URI")
    where = f"{location.where}, {url}"
    limit = context.options.limits.page
    content = record.content_stream().read(limit + 1)
    if len(content) <= limit and getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the last record is not whole")
    if len(content) > limit:
        yield problem("too-large", where, f"is a page of more than {limit:,} bytes", "leave it out")
        return
    kind = record.http_headers.get_header("Content-Type") or ""
    charset = kind.partition("charset=")[2].split(";")[0].strip(" \"'") or None
    name = urlsplit(url).netloc + urlsplit(url).path if url else location.name
    yield from read_page(content, Location(where=where, name=name, url=url, charset=charset), context)
