"""Names of places that stand for governments, on tokens made by hand."""

from collections.abc import Sequence

import pytest

from dragoman.core.parse import Token
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.read.items import Item
from dragoman.read.metonym_context import LABELS
from dragoman.read.metonyms import MetonymReader, PlaceSense, is_locative, sense_by_rule


def tokens_of(items: str) -> list[Token]:
    """Items are word/POS/dep/head."""
    found, at = [], 0
    for index, item in enumerate(items.split()):
        word, pos, dep, head = item.split("/")
        found.append(Token(index, at, at + len(word), word, word.lower(), pos, "", dep, int(head)))
        at += len(word) + 1
    return found


def is_metonym(tokens: Sequence[Token], item: Item) -> bool:
    """By the rules alone; a name in doubt is the place."""
    sense = sense_by_rule(tokens, item)
    return sense is not None and sense.government


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
        ("letter/NOUN/ROOT/0 to/ADP/prep/0 Ankara/PROPN/pobj/1", 2, True),
        ("flight/NOUN/ROOT/0 to/ADP/prep/0 Ankara/PROPN/pobj/1", 2, False),
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


class Fixed:
    """A classifier that gives every text the same probability of the metonymic reading, and keeps what it was asked."""

    name = "fixed 1"
    labels = LABELS

    def __init__(self, likely: float) -> None:
        self.likely = likely
        self.asked: list[str] = []

    def classify(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        self.asked += texts
        return [(1 - self.likely, self.likely) for _ in texts]


def read_with(classifier: Fixed | None, items: str, at: int) -> PlaceSense | None:
    tokens = tokens_of(items)
    text = " ".join(token.text for token in tokens)
    match = next((m for m in load_gazetteer().scan([t.text for t in tokens]) if m.start == at), None)
    return MetonymReader(classifier).read(tokens, Item("N", at, at + 1, match), (0, len(tokens)), text)


STRUCK = "Rains/NOUN/nsubj/1 drowned/VERB/ROOT/1 Kyiv/PROPN/dobj/1"
MARCH = "marched/VERB/ROOT/0 toward/ADP/prep/0 Havana/PROPN/pobj/1"


@pytest.mark.parametrize(
    ("items", "likely", "government"),
    [
        (STRUCK, 0.05, False),
        (STRUCK, 0.35, True),
        (STRUCK, 0.9, True),
        (MARCH, 0.05, False),
        (MARCH, 0.65, False),
        (MARCH, 0.9, True),
    ],
)
def test_where_the_rules_are_unsure_a_confident_classifier_decides(items: str, likely: float, *, government: bool) -> None:
    sense = read_with(Fixed(likely), items, 2)
    assert sense is not None
    assert sense.government is government
    assert f"fixed 1 holds it for metonymic with {likely:.2f}" in sense.reason


@pytest.mark.parametrize(
    ("items", "at"),
    [
        ("Ankara/PROPN/nsubj/2 may/AUX/aux/2 say/VERB/ROOT/2", 0),
        ("urge/VERB/ROOT/0 Ankara/PROPN/dobj/0", 1),
        ("landed/VERB/ROOT/0 in/ADP/prep/0 Ankara/PROPN/pobj/1", 2),
        ("city/NOUN/ROOT/0 of/ADP/prep/0 Ankara/PROPN/pobj/1", 2),
        ("Ankara/PROPN/npadvmod/2 -/PUNCT/punct/2 based/VERB/ROOT/2", 0),
        ("Kremlin/PROPN/nsubj/1 moved/VERB/ROOT/1", 0),
        ("Ankara/PROPN/compound/1 Airport/PROPN/ROOT/1", 0),
        ("Nairobi/PROPN/compound/3 and/CCONJ/cc/0 Luanda/PROPN/conj/0 processes/NOUN/ROOT/3", 2),
        ("tie/NOUN/ROOT/0 between/ADP/prep/0 Baku/PROPN/pobj/1 and/CCONJ/cc/2 Yerevan/PROPN/conj/2", 4),
        ("storm/VERB/ROOT/0 Kyiv/PROPN/dobj/0", 1),
    ],
)
def test_clear_wording_is_not_asked_about(items: str, at: int) -> None:
    contrary = Fixed(0.0 if is_metonym(tokens_of(items), _item(items, at)) else 1.0)
    sense = read_with(contrary, items, at)
    assert contrary.asked == []
    assert sense == read_with(None, items, at)


def _item(items: str, at: int) -> Item:
    match = next(m for m in load_gazetteer().scan([t.text for t in tokens_of(items)]) if m.start == at)
    return Item("N", at, at + 1, match)


def test_the_classifier_reads_the_sentence_with_the_name_masked() -> None:
    asked = Fixed(0.5)
    read_with(asked, STRUCK, 2)
    assert asked.asked == ["[unused3] Rains drowned [unused5] "]


def test_countries_and_unknown_words_are_not_asked_about() -> None:
    asked = Fixed(0.5)
    assert read_with(asked, "struck/VERB/ROOT/0 Turkey/PROPN/dobj/0", 1) is None
    assert read_with(asked, "struck/VERB/ROOT/0 Zzyzzk/PROPN/dobj/0", 1) is None
    assert asked.asked == []


def test_the_model_is_named_so_that_its_codings_are_told_apart() -> None:
    assert MetonymReader(Fixed(0.5)).model == "fixed 1"
    assert MetonymReader().model is None
