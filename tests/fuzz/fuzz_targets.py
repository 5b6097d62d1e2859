"""What must hold for every input: no exception, no claim whose span is not in its text, and nothing that cannot be kept."""

import io
import json
from collections.abc import Iterator
from datetime import date
from functools import cache

import msgspec
from fuzz_texts import Choices, HandMadeParser, make_day, make_text

from dragoman.core.claims import AnyClaim, Coding, Problem
from dragoman.core.codec import dump, load_coding
from dragoman.core.queries import index_claim
from dragoman.core.text import Document, Span
from dragoman.extract.coder import RuleCoder
from dragoman.ingest import IngestOptions, read_sources
from dragoman.ingest.decoding import tidy
from dragoman.ingest.draft import WARNINGS
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.places import load_places
from dragoman.read.places import PlaceReader
from dragoman.read.reader import Reader

TODAY = date(2026, 6, 1)


@cache
def reader() -> Reader:
    """One reader for all inputs, without models: rules alone."""
    gazetteer = load_gazetteer()
    return Reader(gazetteer, load_offices(), PlaceReader(gazetteer, load_places()))


def code(content: bytes) -> Coding:
    """Read and extract over a text and a parse made of bytes; checked."""
    choices = Choices(content)
    published = make_day(choices)
    document = Document(text=tidy(make_text(choices)), published=published, language="en")
    coding = RuleCoder(HandMadeParser(choices), reader())(document)
    check_coding(document.text, coding)
    return coding


def ingest(content: bytes) -> list[Document | Problem]:
    """Read bytes as an input of some format: the bytes themselves, or a text made of them in a frame of that format."""
    choices = Choices(content)
    frame = FRAMES[choices.below(len(FRAMES))]
    made = frame(choices, content[1:])
    items = list(read_sources(["-"], IngestOptions(), fetcher=None, today=TODAY, stdin=io.BytesIO(made)))
    assert items or not made.strip(), "an input came to nothing without a word"
    for item in items:
        check_item(item)
    return items


def check_item(item: Document | Problem) -> None:
    """Documents have text that can be kept; problems say what and where."""
    if isinstance(item, Problem):
        assert item.code
        assert item.what
        dump(item)
        return
    assert item.text.strip()
    for field in msgspec.structs.asdict(item).values():
        if isinstance(field, str):
            assert "\x00" not in field
            field.encode("utf-8")
    assert item.published is None or item.published <= date(2027, 1, 1)


def check_coding(text: str, coding: Coding) -> None:
    """Every span lies in the text and holds something; the coding survives being written down; queries can index it."""
    assert not [one for one in coding.problems if one.code not in WARNINGS | {"language"}], coding.problems
    for claim in coding.claims:
        assert claim.evidence, claim
        for span in spans_of(claim):
            assert 0 <= span.start < span.end <= len(text), (span, claim)
            assert span.of(text).strip(), (span, claim)
        index_claim(claim)
    assert len({claim.id for claim in coding.claims}) == len(coding.claims)
    assert load_coding(dump(coding)) == coding


def spans_of(claim: AnyClaim) -> Iterator[Span]:
    """Every span anywhere in a claim."""
    return _spans(claim)


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _spans(inner)


def _plain(choices: Choices, _: bytes) -> bytes:
    return make_text(choices).encode("utf-8", "surrogatepass")


def _raw(_: Choices, content: bytes) -> bytes:
    return content


def _html(choices: Choices, _: bytes) -> bytes:
    tags = ("p", "div", "article", "h1", "table", "td", "script", "li", "title", "meta", "time", "blockquote", "!--", "svg")
    parts = ["<html>"]
    for _ in range(choices.below(12)):
        tag = choices.one(tags)
        closing = f"</{tag}>" if choices.below(4) else ""
        parts.append(f"<{tag} class='{choices.below(9)}'>{make_text(choices, 12)}{closing}")
    return "".join(parts).encode("utf-8", "replace")


def _rows(choices: Choices, _: bytes) -> bytes:
    keys = ("text", "title", "id", "published", "url", "language", "source", "author", "body")
    lines = []
    for _ in range(choices.below(4) + 1):
        odd = choices.one((None, 3, [], {}, True, "2024-05-01"))
        row = {choices.one(keys): make_text(choices, 10) if choices.below(6) else odd for _ in range(4)}
        lines.append(json.dumps(row) if choices.below(8) else json.dumps(row)[: choices.below(60)])
    return "\n".join(lines).encode("utf-8", "replace")


def _csv(choices: Choices, _: bytes) -> bytes:
    rows = ["id,title,text,published"]
    rows += [",".join(make_text(choices, 5) for _ in range(choices.below(6))) for _ in range(choices.below(4))]
    return "\n".join(rows).encode("utf-8", "replace")


def _feed(choices: Choices, _: bytes) -> bytes:
    items = "".join(
        f"<item><title>{make_text(choices, 6)}</title><link>http://{make_text(choices, 2)}</link>"
        f"<pubDate>{make_text(choices, 3)}</pubDate><description>{make_text(choices, 14)}</description></item>"
        for _ in range(choices.below(4))
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode("utf-8", "replace")


def _mail(choices: Choices, _: bytes) -> bytes:
    subject, day = make_text(choices, 5).splitlines()[:1], make_text(choices, 3)[:40]
    head = f"From: a@b.org\nSubject: {subject}\nDate: {day}\nMessage-ID: <1@b>\n"
    kind = choices.one(("text/plain", "text/html", "multipart/mixed; boundary=x", "text/plain; charset=zzz"))
    return f"{head}MIME-Version: 1.0\nContent-Type: {kind}\n\n{make_text(choices, 30)}\n".encode("utf-8", "replace")


FRAMES = (_plain, _raw, _html, _rows, _csv, _feed, _mail, _plain)
