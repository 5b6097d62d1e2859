"""HTML pages: the article without the page around it, and what the page says of itself."""

import re
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from dragoman.core.claims import Problem
from dragoman.ingest.clean import clean_lines, is_furniture
from dragoman.ingest.decoding import Decoded, decode
from dragoman.ingest.draft import Context, Draft, Drafts, Location, problem
from dragoman.ingest.streams import read_whole
from dragoman.ingest.titles import clean_title

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # it ships no types
    from trafilatura.settings import Document as Extract

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""\A\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What no XML tree can hold."""
_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|pre|section"
    "|table|td|th|tr|ul"
)
_UNSPOKEN = ("script", "style", "noscript", "template", "head", "svg", "iframe", "button", "form")
_CAPTIONS = "//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"
_EXTRACTION_FAULTS = (ValueError, TypeError, AttributeError, KeyError, IndexError, AssertionError, RecursionError)
"""What lxml and trafilatura raise on pages built to break them."""


def read_html(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """One page, one document."""
    content = read_whole(stream, context.options.limits.page)
    yield from read_page(content, location, context)


def read_page(content: bytes, location: Location, context: Context) -> Drafts:
    """The article of one page with its metadata; a problem where nothing readable is in it."""
    decoded = decode(content, location.where, location.charset or declared_charset(content))
    if isinstance(decoded, Problem):
        yield decoded
        return
    try:
        draft = _draft(decoded, location, context.today)
    except _EXTRACTION_FAULTS as error:
        yield problem("bad-html", location.where, f"cannot be taken apart: {error}", "save the page's text and read that")
        return
    yield draft
    if decoded.problem:
        yield decoded.problem


def declared_charset(content: bytes) -> str | None:
    """The character set that a page's own head or XML declaration names."""
    match = _META_CHARSET.search(content[:4096]) or _XML_CHARSET.search(content[:256])
    return match[1].decode("ascii") if match else None


def block_text(html: str) -> str:
    """All words of a piece of HTML, a line a block, without scripts and furniture; for feed entries and e-mail."""
    tree = _tree(html)
    return "" if tree is None else clean_lines(_block_words(tree))


def _draft(decoded: Decoded, location: Location, today: date) -> Draft | Problem:
    from trafilatura import bare_extraction  # noqa: PLC0415  a second of import that only pages need

    tree = _tree(decoded.text)
    if tree is None:
        return _nothing_in(location)
    hint = tree.get("lang") or tree.get("xml:lang")
    _keep_captions(tree)
    extract = bare_extraction(
        tree,
        url=location.url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": today.isoformat()},
    )
    text = clean_lines(_CONTROL.sub(" ", getattr(extract, "text", None) or "")) or _whole_page(decoded.text)
    if not text.strip():
        return _nothing_in(location)
    return _described(text, extract if not isinstance(extract, dict) else None, location, hint)


def _described(text: str, extract: "Extract | None", location: Location, hint: str | None) -> Draft:
    site = getattr(extract, "sitename", None) or getattr(extract, "hostname", None)
    title = getattr(extract, "title", None)
    return Draft(
        where=location.where,
        text=text,
        title=clean_title(title, site) if title else None,
        source=site,
        published=getattr(extract, "date", None),
        language_hint=hint,
        url=location.url or getattr(extract, "url", None),
        author=getattr(extract, "author", None),
        licence=getattr(extract, "license", None),
        name=location.name,
    )


def _whole_page(html: str) -> str:
    """All words of a page too short or too odd for article extraction."""
    tree = _tree(html)
    return "" if tree is None else clean_lines(_block_words(tree))


def _tree(html: str) -> "HtmlElement | None":
    """Parse a page or a piece of one; None when there is nothing in it. libxml2's own limits on depth and size stay on."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped]  # noqa: PLC0415  it ships no types; only pages need it
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415

    try:
        plain = _CONTROL.sub(" ", _XML_DECLARATION.sub("", html))
        return document_fromstring(plain, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except LxmlError:
        return None


def _keep_captions(tree: "HtmlElement") -> None:
    """Turn picture captions into paragraphs that start with "Caption:", since article extraction would drop them."""
    for caption in tree.xpath(_CAPTIONS):
        words = " ".join(caption.text_content().split())
        parent = caption.getparent()
        if parent is None or not words or is_furniture(words):
            continue
        figure = next(caption.iterancestors("figure"), caption)
        tail = figure.tail
        for child in list(figure):
            figure.remove(child)
        figure.attrib.clear()
        figure.tag, figure.text, figure.tail = "p", f"Caption: {words}", tail


def _block_words(tree: "HtmlElement") -> str:
    from lxml.etree import iterwalk  # noqa: PLC0415  only pages need it

    words: list[str] = []
    walker = iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        if element.tag in _UNSPOKEN and event == "start":
            walker.skip_subtree()
        elif event == "start":
            words += "\n" if _is_block(element) else "", element.text or ""
        else:
            words += "\n" if _is_block(element) else "", element.tail or ""
    lines = (" ".join(line.split()) for line in _CONTROL.sub(" ", "".join(words)).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_block(element: "HtmlElement") -> bool:
    return isinstance(element.tag, str) and _BLOCKS.fullmatch(element.tag) is not None


def _nothing_in(location: Location) -> Problem:
    return problem("no-text", location.where, "is a page without an article in it", "save the page's text and read that")
