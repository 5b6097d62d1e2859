"""RSS and Atom feeds."""

import io
import re
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

import msgspec

from dragoman.core.claims import Problem
from dragoman.core.errors import FetchError
from dragoman.core.ids import content_hash
from dragoman.ingest.draft import Context, Draft, Drafts, Location, problem
from dragoman.ingest.pages import block_text, read_page
from dragoman.ingest.streams import read_whole

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_CLOSED = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_TAIL = 4_000
"""Bytes at the end of a broken feed in which its closing tag is looked for: some sites put notes behind it."""
_CHECK_FEED = "check the address; a feed is XML"
_FAULTS = (ValueError, AttributeError, TypeError, LookupError, AssertionError, RecursionError)
"""What feedparser raises on bytes that are no feed in any character set."""


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed; `summary_only` where the feed does not bring the text itself."""

    draft: Draft
    summary_only: bool = False

    @property
    def key(self) -> str:
        """Hash of what the entry says: the same entry in a later copy of the feed has the same key."""
        draft = self.draft
        return content_hash(*(field or "" for field in (draft.name, draft.url, draft.title, draft.published, draft.text)))


def read_feed(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """Each entry is a document: its own content, else its summary, or the page behind it where the options ask for that."""
    entries, problems = parse_feed(read_whole(stream, context.options.limits.page * 4), location)
    for entry in entries:
        if context.options.follow_links and entry.summary_only and entry.draft.url:
            yield from _follow(entry.draft, entry.draft.url, context)
        else:
            yield entry.draft
    yield from problems


def parse_feed(content: bytes, location: Location) -> tuple[tuple[FeedEntry, ...], tuple[Problem, ...]]:
    """The entries of a feed in its order, and what is wrong with it; no entries where it is no feed."""
    import feedparser  # noqa: PLC0415  only feeds need it

    try:
        feed = feedparser.parse(io.BytesIO(content))
    except _FAULTS as error:
        return (), (problem("not-a-feed", location.where, f"is no RSS or Atom feed: {error}", _CHECK_FEED),)
    if not feed.entries:
        return (), (_no_feed(feed, location),)
    base = location.url or feed.feed.get("link")
    entries = tuple(
        FeedEntry(
            draft=_draft(entry, feed.feed, f"{location.where}, entry {number}", base=base), summary_only=not entry.get("content")
        )
        for number, entry in enumerate(feed.entries, start=1)
    )
    if not feed.bozo:
        return entries, ()
    if not _CLOSED.search(content[-_TAIL:]):
        what = f"is cut off: {feed.bozo_exception}; its last entry, which may lack its end, was left out"
        return entries[:-1], (problem("truncated", location.where, what, "get it again"),)
    remedy = "tell the publisher; entries after the fault may be missing"
    return entries, (problem("bad-feed", location.where, f"breaks the rules of XML: {feed.bozo_exception}", remedy),)


def _no_feed(feed: "FeedParserDict", location: Location) -> Problem:
    if feed.get("version"):
        return problem("empty", location.where, "is a feed without entries", "try again later")
    fault = f": {feed.bozo_exception}" if feed.bozo else ""
    return problem("not-a-feed", location.where, f"is no RSS or Atom feed{fault}", _CHECK_FEED)


def _draft(entry: "FeedParserDict", channel: "FeedParserDict", where: str, *, base: str | None) -> Draft:
    """One entry; a link that is only a path starts from where the feed is."""
    contents = [item.get("value", "") for item in entry.get("content", ())]
    html = max(contents, key=len, default="") or entry.get("summary") or ""
    title = block_text(entry.get("title") or "")
    return Draft(
        where=where,
        text=block_text(html) or title,
        title=title or None,
        source=channel.get("title"),
        published=entry.get("published") or (entry["updated"] if "updated" in entry else None),  # noqa: SIM401  feedparser's get warns
        language=entry.get("language") or channel.get("language"),
        url=_address(entry.get("link"), base),
        author=entry.get("author"),
        licence=entry.get("rights") or channel.get("rights"),
        name=entry.get("id") or entry.get("link"),
    )


def _address(link: str | None, base: str | None) -> str | None:
    if not link or not base:
        return link
    try:
        return urljoin(base, link)
    except ValueError:  # such as an unclosed bracket: the text goes on without an address that works
        return link


def _follow(draft: Draft, url: str, context: Context) -> Drafts:
    """The page behind an entry, with the entry's fields where the page lacks them; the entry itself where the page fails."""
    if context.fetcher is None:
        yield draft
        yield problem("no-network", url, "was not fetched: fetching is switched off", "only the feed's summary was read")
        return
    try:
        fetched = context.fetcher.fetch(url)
    except FetchError as error:
        yield draft
        yield problem(error.code, url, f"{error}; only the feed's summary was read")
        return
    location = Location(where=url, name=draft.name or url, url=fetched.url, charset=fetched.charset)
    for item in read_page(fetched.body, location, context):
        yield completed(item, draft) if isinstance(item, Draft) else item


def completed(page: Draft, entry: Draft) -> Draft:
    """A page's draft with the fields of the feed's entry where the page lacks them."""
    return msgspec.structs.replace(
        page,
        title=page.title or entry.title,
        source=page.source or entry.source,
        published=page.published or entry.published,
        author=page.author or entry.author,
        licence=page.licence or entry.licence,
        language=entry.language,
    )
