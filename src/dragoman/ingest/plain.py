"""Plain text and Markdown."""

import re
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from dragoman.core.claims import Problem
from dragoman.ingest.decoding import Decoded, decode
from dragoman.ingest.draft import Context, Draft, Drafts, Location
from dragoman.ingest.pages import block_text
from dragoman.ingest.streams import read_whole

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_FIELD = re.compile(r"(\w+)[ \t]*:(.+)")
_FIELD_NAMES = {
    "title": "title",
    "date": "published",
    "published": "published",
    "author": "author",
    "source": "source",
    "url": "url",
    "lang": "language",
    "language": "language",
    "licence": "licence",
    "license": "licence",
}


def read_text(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """The whole file is one document, its text untouched."""
    decoded = _decoded(stream, location, context)
    if isinstance(decoded, Problem):
        yield decoded
        return
    yield Draft(where=location.where, text=decoded.text, name=location.name, url=location.url)
    if decoded.problem:
        yield decoded.problem


def read_markdown(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """The words without the markup, the first heading as title, fields from a "---" block at the head."""
    decoded = _decoded(stream, location, context)
    if isinstance(decoded, Problem):
        yield decoded
        return
    fields, body = _front_matter(decoded.text)
    heading, text = _words_of(body)
    draft = Draft(where=location.where, text=text, name=location.name, title=heading, url=location.url)
    yield msgspec.structs.replace(draft, **fields)
    if decoded.problem:
        yield decoded.problem


def _decoded(stream: BinaryIO, location: Location, context: Context) -> Decoded | Problem:
    return decode(read_whole(stream, context.options.limits.document), location.where, location.charset)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    block = _FRONT_MATTER.match(text)
    if not block:
        return {}, text
    fields: dict[str, str] = {}
    for line in block[1].splitlines():
        match = _FRONT_FIELD.fullmatch(line)
        if match and match[1].casefold() in _FIELD_NAMES:
            fields[_FIELD_NAMES[match[1].casefold()]] = match[2].strip().strip("\"'")
    return fields, text[block.end() :]


def _words_of(markdown: str) -> tuple[str | None, str]:
    """The first heading, if it comes first, and all words, a paragraph a block."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  only Markdown needs it

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    blocks: list[str] = []
    title: str | None = None
    for position, token in enumerate(tokens):
        if token.type in {"fence", "code_block"}:
            blocks.append(token.content.strip())
        elif token.type == "html_block":
            blocks.append(block_text(token.content))
        elif token.type == "inline":
            words = _inline(token).strip()
            if not blocks and tokens[position - 1].type == "heading_open":
                title = words
            blocks.append(words)
    return title, "\n\n".join(block for block in blocks if block)


def _inline(token: "Token") -> str:
    words: list[str] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                words.append(child.content)
            case "softbreak":
                words.append(" ")
            case "hardbreak":
                words.append("\n")
            case "image":
                words.append(f"Caption: {child.content}" if child.content else "")
    return "".join(words)
