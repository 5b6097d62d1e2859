"""Names of places that stand for governments, on tokens made by hand."""

import pytest

from dragoman.core.parse import Token
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.read.items import Item
from dragoman.read.metonyms import is_locative, is_metonym


def tokens_of(items: str) -> list[Token]:
    """Items are word/POS/dep/head."""
    found, at = [], 0
    for index, item in enumerate(items.split()):
        word, pos, dep, head = item.split("/")
        found.append(Token(index, at, at + len(word), word, word.lower(), pos, "", dep, int(head)))
        at += len(word) + 1
    return found


@pytest.mark.parametrize(
    ("items", "at", "expected"),
    [
        ("landed/VERB/ROOT/0 in/ADP/prep/0 Turkey/PROPN/pobj/1", 2, True),
        ("landed/VERB/ROOT/0 in/ADP/prep/0 northern/ADJ/amod/3 Turkey/PROPN/pobj/1", 3, True),
        ("went/VERB/ROOT/0 to/ADP/prep/0 Turkey/PROPN/pobj/1", 2, True),
        ("said/VERB/ROOT/0 to/ADP/prep/0 Turkey/PROPN/pobj/1", 2, False),
        ("letter/NOUN/ROOT/0 to/ADP/prep/0 Turkey/PROPN/pobj/1", 2, False),
        ("talks/NOUN/ROOT/0 with/ADP/prep/0 Turkey/PROPN/pobj/1", 2, False),
        ("visited/VERB/ROOT/0 Turkey/PROPN/dobj/0", 1, True),
        ("Turkey/PROPN/nsubj/1 spoke/VERB/ROOT/1", 0, False),
        ("in/ADP/prep/0 Turkey/PROPN/pobj/0 and/CCONJ/cc/1 Iraq/PROPN/conj/1", 3, True),
    ],
)
def test_is_locative(items: str, at: int, *, expected: bool) -> None:
    assert is_locative(tokens_of(items), at) is expected


@pytest.mark.parametrize(
    ("items", "at", "expected"),
    [
        ("Ankara/PROPN/nsubj/1 refused/VERB/ROOT/1", 0, True),
        ("landed/VERB/ROOT/0 in/ADP/prep/0 Ankara/PROPN/pobj/1", 2, False),
        ("ties/NOUN/ROOT/0 between/ADP/prep/0 Ankara/PROPN/pobj/1 and/CCONJ/cc/2 Baghdad/PROPN/conj/2", 2, True),
        ("ties/NOUN/ROOT/0 between/ADP/prep/0 Ankara/PROPN/pobj/1 and/CCONJ/cc/2 Baghdad/PROPN/conj/2", 4, True),
        ("city/NOUN/ROOT/0 of/ADP/prep/0 Ankara/PROPN/pobj/1 .", 2, False),
        ("Ankara/PROPN/compound/1 Airport/PROPN/ROOT/1", 0, False),
        ("Ankara/PROPN/poss/2 's/PART/case/0 view/NOUN/ROOT/2", 0, True),
        ("Kremlin/PROPN/compound/1 aide/NOUN/ROOT/1", 0, True),
        ("Turkey/PROPN/nsubj/1 refused/VERB/ROOT/1", 0, False),
    ],
)
def test_is_metonym(items: str, at: int, *, expected: bool) -> None:
    tokens = tokens_of(items.replace(" .", ""))
    match = next(m for m in load_gazetteer().scan([t.text for t in tokens]) if m.start == at)
    assert is_metonym(tokens, Item("N", at, at + 1, match)) is expected


def test_a_word_without_a_match_is_no_metonym() -> None:
    assert not is_metonym(tokens_of("Ankara/PROPN/nsubj/1 refused/VERB/ROOT/1"), Item("x", 0, 1))
