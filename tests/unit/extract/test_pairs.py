"""Which pairs of actors a verb joins, in readings made by hand."""

import pytest

from dragoman.extract.pairs import PairFinder

MET = "Oman/Oman/PROPN/nsubj/1 praised/praise/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1 ././PUNCT/punct/1"
PASSIVE = "Iran/Iran/PROPN/nsubjpass/2 was/be/AUX/auxpass/2 praised/praise/VERB/ROOT/2 by/by/ADP/agent/2 Oman/Oman/PROPN/pobj/3"
BEHIND_A_NOUN = (
    "Oman/Oman/PROPN/nsubj/1 rejected/reject/VERB/ROOT/1 a/a/DET/det/3 request/request/NOUN/dobj/1 "
    "from/from/ADP/prep/3 Iran/Iran/PROPN/pobj/4"
)
OF_TROOPS = "Chad/Chad/PROPN/compound/1 troops/troop/NOUN/nsubj/2 left/leave/VERB/ROOT/2 Mali/Mali/PROPN/dobj/2 ././PUNCT/punct/2"
TOGETHER = (
    "Oman/Oman/PROPN/nsubj/3 and/and/CCONJ/cc/0 Chad/Chad/PROPN/conj/0 thanked/thank/VERB/ROOT/3 Iran/Iran/PROPN/dobj/3 "
    "and/and/CCONJ/cc/4 Mali/Mali/PROPN/conj/4"
)
ALONE = "Oman/Oman/PROPN/nsubj/1 praised/praise/VERB/ROOT/1 everyone/everyone/PRON/dobj/1"
ITSELF = "Oman/Oman/PROPN/nsubj/1 praised/praise/VERB/ROOT/1 Oman/Oman/PROPN/dobj/1"
STATE = "Oman/Oman/PROPN/nsubj/1 has/have/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1"
OTHER_CLAUSE = (
    "Oman/Oman/PROPN/nsubj/1 rested/rest/VERB/ROOT/1 when/when/SCONJ/advmod/4 rebels/rebel/NOUN/nsubj/4 "
    "attacked/attack/VERB/advcl/1 Iran/Iran/PROPN/dobj/4"
)


@pytest.mark.parametrize(
    ("sentence", "source", "target"),
    [
        (MET, ["OMN"], ["IRN"]),
        (PASSIVE, ["OMN"], ["IRN"]),
        (BEHIND_A_NOUN, ["OMN"], ["IRN"]),
        (OF_TROOPS, ["TCD"], ["MLI"]),
        (TOGETHER, ["OMN", "TCD"], ["IRN", "MLI"]),
    ],
)
def test_who_acts_and_who_is_acted_on(reading, sentence, source, target):
    (pair,) = PairFinder(reading(sentence)).find()
    assert [actor.code for actor in pair.source] == source
    assert [actor.code for actor in pair.target] == target


@pytest.mark.parametrize("sentence", [ALONE, ITSELF, STATE, OTHER_CLAUSE])
def test_no_pair(reading, sentence):
    assert list(PairFinder(reading(sentence)).find()) == []


def test_the_words_shown_are_the_noun_phrase_of_a_side_that_is_named_in_passing(reading):
    read = reading(OF_TROOPS)
    (pair,) = PairFinder(read).find()
    assert read.text(pair.subject) == "Chad troops"
    assert read.text(pair.object) == "Mali"
