"""Quotations and their speakers, on tokens made by hand."""

import re

import pytest

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import Setting
from dragoman.read.quotes import paragraph_starts, quotation_ranges, read_quotes
from dragoman.read.reading import Sentence


def parse_of(text: str, deps: dict[str, tuple[str, str, str]] | None = None) -> Parse:
    """Words of a text, one sentence a paragraph; `deps` gives (lemma, dep, head word) of words that matter."""
    words = [(m.start(), m.end(), m[0]) for m in re.finditer(r"\w+|[^\w\s]", text)]
    at = {word: i for i, (_, _, word) in enumerate(words)}
    tokens = []
    for i, (start, end, word) in enumerate(words):
        lemma, dep, head = (deps or {}).get(word, (word.lower(), "dep", word))
        pos = "VERB" if lemma in {"say", "add"} else "PUNCT" if not word.isalnum() else "PROPN" if word.istitle() else "NOUN"
        tokens.append(Token(i, start, end, word, lemma, pos, "", dep, at[head] if dep != "ROOT" else i))
    ends = [m.end() for m in re.finditer(r"[^\n]+", text)]
    bounds, first = [], 0
    for end in ends:
        last = sum(t.start < end for t in tokens)
        bounds.append((first, last))
        first = last
    return Parse("hand", tuple(tokens), tuple(bounds))


def quoted(text: str) -> list[str]:
    parse = parse_of(text)
    ranges = quotation_ranges(parse.tokens, paragraph_starts(parse, text))
    return [text[parse.tokens[a].start : parse.tokens[b].end] for a, b in ranges]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"No," he said. "Never."', ['"No,"', '"Never."']),
        ("“No,” he said.", ["“No,”"]),
        ("He called it «a step back» today.", ["«a step back»"]),
        ("‘We will talk again,’ she said.", ["‘We will talk again,’"]),
        ("The ministers’ talks and Oman’s role.", []),
        ("“First part.\n“Second part,” he said.", ["“First part.\n“Second part,”"]),
        ("“He never closed this one.\nThe next paragraph.", ["“He never closed this one."]),
        ("“All\nof\nthis\nis\none document.”", []),
    ],
)
def test_quotations_are_found_whole(text, expected):
    assert quoted(text) == expected


def read(text: str, deps: dict[str, tuple[str, str, str]]):
    parse = parse_of(text, deps)
    sentences = tuple(
        Sentence(index=i, span=Span(parse.tokens[a].start, parse.tokens[b - 1].end), tokens=(a, b), setting=Setting.BODY)
        for i, (a, b) in enumerate(parse.sentences)
    )
    return [(text[q.speaker.start : q.speaker.end] if q.speaker else None) for q in read_quotes(parse, sentences, (), text)]


def test_the_speaker_stands_behind_the_quotation():
    assert read('"We agree," said Ruiz.', {"said": ("say", "ROOT", "said"), "Ruiz": ("Ruiz", "nsubj", "said")}) == ["Ruiz"]


def test_the_speaker_stands_before_the_quotation():
    assert read('Ruiz said: "We agree."', {"said": ("say", "ROOT", "said"), "Ruiz": ("Ruiz", "nsubj", "said")}) == ["Ruiz"]


def test_a_second_quotation_keeps_the_speaker():
    deps = {"said": ("say", "ROOT", "said"), "Ruiz": ("Ruiz", "nsubj", "said")}
    assert read('"We agree," said Ruiz. "We always did."', deps) == ["Ruiz", "Ruiz"]


def test_the_next_paragraph_does_not():
    deps = {"said": ("say", "ROOT", "said"), "Ruiz": ("Ruiz", "nsubj", "said")}
    assert read('"We agree," said Ruiz.\n"Nobody knows who wrote this."', deps) == ["Ruiz", None]
