"""How real the words above a word of contact make it, on trees made by hand."""

import pytest

from dragoman.core.parse import Parse, Token
from dragoman.core.vocab import Factuality
from dragoman.extract.factuality import factuality_of
from dragoman.knowledge.contacts import load_contacts
from dragoman.read.tree import Tree


def factuality(items: str) -> Factuality | None:
    """Of the word with a star; items are word/lemma/POS/TAG/dep/head."""
    tokens, at, trigger = [], 0, 0
    for index, item in enumerate(items.split()):
        word, lemma, pos, tag, dep, head = item.split("/")
        if word.endswith("*"):
            word, trigger = word[:-1], index
        tokens.append(Token(index, at, at + len(word), word, lemma, pos, tag, dep, int(head)))
        at += len(word) + 1
    parse = Parse("hand", tuple(tokens), ((0, len(tokens)),))
    return factuality_of(Tree(parse), tokens[trigger], load_contacts().words)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("Oman/Oman/PROPN/NNP/nsubj/1 met*/meet/VERB/VBD/ROOT/1 Iran/Iran/PROPN/NNP/dobj/1", Factuality.OCCURRED),
        ("Oman/Oman/PROPN/NNP/nsubj/2 will/will/AUX/MD/aux/2 meet*/meet/VERB/VB/ROOT/2", Factuality.PLANNED),
        ("Oman/Oman/PROPN/NNP/nsubj/2 should/should/AUX/MD/aux/2 meet*/meet/VERB/VB/ROOT/2", Factuality.CALLED_FOR),
        ("Oman/Oman/PROPN/NNP/nsubj/2 may/may/AUX/MD/aux/2 meet*/meet/VERB/VB/ROOT/2", Factuality.CONDITIONAL),
        ("Oman/Oman/PROPN/NNP/nsubj/3 did/do/AUX/VBD/aux/3 not/not/PART/RB/neg/3 meet*/meet/VERB/VB/ROOT/3", Factuality.DENIED),
        (
            "Oman/Oman/PROPN/NNP/nsubj/3 will/will/AUX/MD/aux/3 not/not/PART/RB/neg/3 meet*/meet/VERB/VB/ROOT/3",
            Factuality.CANCELLED,
        ),
        (
            "Oman/Oman/PROPN/NNP/nsubj/1 plans/plan/VERB/VBZ/ROOT/1 to/to/PART/TO/aux/3 meet*/meet/VERB/VB/xcomp/1",
            Factuality.PLANNED,
        ),
        ("Oman/Oman/PROPN/NNP/nsubj/1 urged/urge/VERB/VBD/ROOT/1 talks*/talk/NOUN/NNS/dobj/1", Factuality.CALLED_FOR),
        ("Oman/Oman/PROPN/NNP/nsubj/1 cancelled/cancel/VERB/VBD/ROOT/1 talks*/talk/NOUN/NNS/dobj/1", Factuality.CANCELLED),
        ("Talks*/talk/NOUN/NNS/nsubjpass/2 were/be/AUX/VBD/auxpass/2 postponed/postpone/VERB/VBN/ROOT/2", Factuality.CANCELLED),
        ("Oman/Oman/PROPN/NNP/nsubj/1 denied/deny/VERB/VBD/ROOT/1 meeting*/meet/VERB/VBG/xcomp/1", Factuality.DENIED),
        ("upcoming/upcoming/ADJ/JJ/amod/1 talks*/talk/NOUN/NNS/ROOT/1", Factuality.PLANNED),
        (
            "Next/next/ADJ/JJ/amod/1 talks*/talk/NOUN/NNS/nsubjpass/3 are/be/AUX/VBP/auxpass/3 off/cancel/VERB/VBN/ROOT/3",
            Factuality.CANCELLED,
        ),
        (
            (
                "At/at/ADP/IN/prep/5 talks*/talk/NOUN/NNS/pobj/0 O/O/PROPN/NNP/nsubj/5 do/do/AUX/VB/aux/5 n't/not/PART/RB/neg/5 "
                "yield/yield/VERB/VB/ROOT/5"
            ),
            Factuality.OCCURRED,
        ),
        (
            (
                "Oman/Oman/PROPN/NNP/nsubj/1 urged/urge/VERB/VBD/ROOT/1 restraint/restraint/NOUN/NN/dobj/1 in/in/ADP/IN/prep/1 "
                "talks*/talk/NOUN/NNS/pobj/3"
            ),
            Factuality.OCCURRED,
        ),
    ],
)
def test_factuality(items: str, expected: Factuality) -> None:
    assert factuality(items) is expected


def test_efforts_to_meet_are_no_contact() -> None:
    assert factuality("efforts/effort/NOUN/NNS/ROOT/0 to/to/PART/TO/aux/2 meet*/meet/VERB/VB/acl/0") is None
