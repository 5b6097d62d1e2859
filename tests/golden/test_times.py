"""Runs the pairs of times.txt: a sentence with marked expressions, and what they resolve to."""

import re
from datetime import date
from pathlib import Path

import pytest

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import Setting
from dragoman.read.reading import Sentence, TimeMention
from dragoman.read.times import read_times

LINES = [
    line
    for line in Path(__file__).with_name("times.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def parse_plainly(text: str) -> tuple[Parse, tuple[Sentence, ...]]:
    """Split into words and sentences without any tagging."""
    found = [(m.start(), m.end(), m[0]) for m in re.finditer(r"\w+|[^\w\s]", text)]
    tokens = tuple(Token(i, start, end, word, word.lower(), "", "", "", i) for i, (start, end, word) in enumerate(found))
    ends = [m.end() for m in re.finditer(r"(?<=[a-z0-9])\.(?= [A-Z]|$)", text)] or [len(text)]
    sentences, first, begin = [], 0, 0
    for number, end in enumerate(ends):
        last = sum(token.start < end for token in tokens)
        sentences.append(Sentence(index=number, span=Span(begin, end), tokens=(first, last), setting=Setting.BODY))
        first, begin = last, end
    return Parse("plain", tokens, tuple(s.tokens for s in sentences)), tuple(sentences)


def write(mention: TimeMention) -> str:
    when = mention.when
    days = f"{when.start or ''}..{when.end or ''} {when.precision}" if when.resolved else "-"
    return f"{mention.kind} {mention.value} {days}"


@pytest.mark.parametrize("line", LINES)
def test_expression(line: str) -> None:
    anchor, rest = line.split(" | ", 1)
    marked, expected = rest.rsplit(" => ", 1)
    text = marked.replace("[", "").replace("]", "")
    parse, sentences = parse_plainly(text)
    day = None if anchor == "-" else date.fromisoformat(anchor)
    mentions = read_times(text, parse, sentences, day, "published" if day else None)
    assert [mention.span.of(text) for mention in mentions] == re.findall(r"\[(.*?)\]", marked)
    assert (" ; ".join(map(write, mentions)) or "none") == expected


def test_there_are_enough_pairs() -> None:
    assert len(LINES) >= 120
