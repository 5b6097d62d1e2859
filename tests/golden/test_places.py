"""Runs the pairs of places.txt: a text with its place names marked, and what they resolve to."""

import re
from datetime import date
from pathlib import Path

import pytest

from dragoman.core.parse import Entity, Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import Setting
from dragoman.knowledge.disputes import Policy
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.places import load_places
from dragoman.read.places import PlaceReader
from dragoman.read.reading import PlaceMention, Sentence

LINES = [
    line
    for line in Path(__file__).with_name("places.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def parse_marked(marked: str) -> tuple[str, Parse, tuple[Sentence, ...]]:
    """One sentence of plain words; what stands in brackets is what the parser took for a place."""
    text, spans, at = "", [], 0
    for found in re.finditer(r"\[(.*?)\]", marked):
        text += marked[at : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text, at = text + found[1], found.end()
    text += marked[at:]
    words = list(re.finditer(r"(?:[A-Z]\.){2,}|\w+|[^\w\s]", text))
    tokens = tuple(Token(i, m.start(), m.end(), m[0], m[0].lower(), "", "", "", i) for i, m in enumerate(words))
    entities = []
    for start, end in spans:
        inside = [token.index for token in tokens if start <= token.start and token.end <= end]
        entities.append(Entity(inside[0], inside[-1] + 1, "GPE"))
    parse = Parse("plain", tokens, ((0, len(tokens)),), tuple(entities))
    return text, parse, (Sentence(index=0, span=Span(0, len(text)), tokens=(0, len(tokens)), setting=Setting.BODY),)


def write(mention: PlaceMention) -> str:
    place = mention.place
    point = "no point" if place.latitude is None else f"{place.latitude:.0f},{place.longitude:.0f}"
    return f"{place.kind or 'unknown'} {place.country or '-'} {point}"


@pytest.mark.parametrize("line", LINES)
def test_place(line: str) -> None:
    setting, marked, expected = re.fullmatch(r"(?:@(.*?) \| )?(.*) => (.*)", line).groups()
    policy, _, day = (setting or "un").partition(" ")
    text, parse, sentences = parse_marked(marked)
    mentions = PlaceReader(load_gazetteer(), load_places(Policy(policy))).read(
        parse, sentences, on=date.fromisoformat(day) if day else None
    )
    assert [mention.span.of(text) for mention in mentions] == re.findall(r"\[(.*?)\]", marked)
    assert " ; ".join(map(write, mentions)) == expected
    assert all(mention.place.reason for mention in mentions)


def test_there_are_enough_pairs() -> None:
    assert len(LINES) >= 60
