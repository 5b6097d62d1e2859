"""The grammar of posts, names and appositions over symbols."""

import itertools

import pytest

from dragoman.core.parse import Token
from dragoman.knowledge.offices import load_offices
from dragoman.read.items import Item, itemise
from dragoman.read.phrases import Phrase, find_phrases, office_words


def row(symbols: str) -> list[Item]:
    return [Item(symbol, at, at + 1) for at, symbol in enumerate(symbols)]


@pytest.mark.parametrize(
    ("symbols", "expected"),
    [
        ("NDHP", [("titled", 0, 4)]),  # Turkish foreign minister Hakan Fidan
        ("NsDHcP", [("titled", 0, 6)]),  # Turkey's foreign minister, Hakan Fidan
        ("PctDHoN", [("appositive", 0, 7)]),  # Hakan Fidan, the foreign minister of Turkey
        ("NP", [("named", 0, 2)]),
        ("PoN", [("named", 0, 3)]),
        ("tNDH", [("office", 0, 4)]),  # the Turkish foreign minister
        ("tDKoN", [("collective", 0, 5)]),  # the foreign ministers of Kenya
        ("N", [("actor", 0, 1)]),
        ("KPoNaPoN", [("several", 0, 4), ("several", 5, 8)]),  # Presidents A of X and B of Y
        ("NxN", [("actor", 0, 1), ("actor", 2, 3)]),
        ("xxx", []),
        ("", []),
    ],
)
def test_patterns(symbols: str, expected: list[tuple[str, int, int]]) -> None:
    assert [(p.form, p.start, p.end) for p in find_phrases(row(symbols))] == expected


def test_phrases_do_not_overlap() -> None:
    found = list(find_phrases(row("NDHPxPctDHoNxKPoNaPoNxtNDH")))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def tokens_of(text: str) -> list[Token]:
    found, at = [], 0
    for index, word in enumerate(text.split()):
        pos = "PROPN" if word[:1].isupper() else "NOUN"
        found.append(Token(index, at, at + len(word), word, word.lower(), pos, "", "dep", 0))
        at += len(word) + 1
    return found


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("the foreign minister", "tMH"),
        ("deputy prime minister of", "MMHo"),
        ("Secretary - General Ruiz", "HD"),
        ("foreign ministers , and", "MKca"),
        ("his counterpart", "wH"),
        ("a dog ran", "txx"),
    ],
)
def test_items(text: str, symbols: str) -> None:
    tokens = tokens_of(text)
    assert "".join(item.symbol for item in itemise(tokens, 0, len(tokens), (), (), load_offices())) == symbols


def test_names_are_one_item() -> None:
    tokens = tokens_of("minister Ana Ruiz spoke")
    items = itemise(tokens, 0, 4, (), [(1, 3)], load_offices())
    assert [(i.symbol, i.start, i.end) for i in items] == [("H", 0, 1), ("P", 1, 3), ("x", 3, 4)]


@pytest.mark.parametrize(
    ("words", "form", "expected"),
    [
        ("foreign minister", "titled", "foreign minister"),
        ("foreign ministers", "collective", "foreign minister"),
        ("deputies", "collective", "deputy"),
        ("Special Envoy (SE)", "titled", "Special Envoy"),
    ],
)
def test_office_words(words: str, form: str, expected: str) -> None:
    tokens = tokens_of(words)
    phrase = Phrase(form=form, start=0, end=len(tokens), office=(0, len(tokens)))
    assert office_words(tokens, phrase, words) == expected


def test_no_office_no_words() -> None:
    assert office_words([], Phrase(form="named", start=0, end=0), "") is None
