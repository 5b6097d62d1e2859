"""Coordinations, on parses made by hand: "word/dependency/head" a token, with the labels of spaCy's English scheme."""

import pytest

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.read.coordination import coordinated

ENVOYS = "Omani/amod/3 and/cc/0 Qatari/conj/0 envoys/nsubj/4 met/ROOT/4"
STATES = "aides/nsubj/8 of/prep/0 Peru/pobj/1 ,/punct/2 Chile/conj/2 and/cc/4 the/det/7 Philippines/conj/4 met/ROOT/8"
PEOPLE = "Peruvian/amod/1 envoy/compound/2 Ruiz/nsubj/6 and/cc/2 envoy/compound/5 Soto/conj/2 met/ROOT/6"


def parsed(row):
    words = [part.split("/") for part in row.split()]
    text = " ".join(word for word, _, _ in words)
    tokens, at = [], 0
    for index, (word, dep, head) in enumerate(words):
        tokens.append(Token(index, at, at + len(word), word, word, "", "", dep, int(head)))
        at += len(word) + 1
    return text, Parse("hand", tuple(tokens), ((0, len(tokens)),))


@pytest.mark.parametrize(
    ("row", "phrase", "actors"),
    [
        (ENVOYS, "Omani and Qatari envoys", ("Omani envoys", "Qatari envoys")),
        (ENVOYS, "Qatari envoys", ("Omani envoys", "Qatari envoys")),
        (STATES, "Philippines", ("Peru", "Chile", "Philippines")),
        (STATES, "aides", ("aides",)),
        (PEOPLE, "Ruiz", ("Peruvian envoy Ruiz", "envoy Soto")),
    ],
)
def test_each_actor_of_a_coordination(row, phrase, actors):
    text, parse = parsed(row)
    at = text.index(phrase)
    assert coordinated(parse, text, Span(at, at + len(phrase))) == actors
