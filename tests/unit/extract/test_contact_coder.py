"""Contacts that a model finds, in readings made by hand and with a model of fixed answers."""

from collections.abc import Sequence

import msgspec
import pytest

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.contact_coder import APART, LABELS, LONGEST, NONE, PART, ContactCoder
from dragoman.extract.engagements import find_engagements
from dragoman.extract.sides import Sides
from dragoman.read.tree import Tree

HOSTED = (
    "Oman/Oman/PROPN/nsubj/1 convened/convene/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1 and/and/CCONJ/cc/2 Chad/Chad/PROPN/conj/2"
    " while/while/SCONJ/mark/7 Mali/Mali/PROPN/nsubj/7 watched/watch/VERB/advcl/1 ././PUNCT/punct/1"
)
WORD = "Oman [unused1] convened [unused2] Iran and Chad while Mali watched. [unused3] [unused4]"


class Told:
    """Says of words what `words` has for them, of mentions that those in `taking` take part; keeps what it was asked."""

    labels = LABELS
    name = "told 1"

    def __init__(self, words: dict[str, dict[str, float]], taking: Sequence[str] = ()) -> None:
        self.words = words
        self.taking = taking
        self.asked: list[str] = []

    def classify(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        self.asked += texts
        return [self._row(text) for text in texts]

    def _row(self, text: str) -> tuple[float, ...]:
        word, mention = (text.split(opener, 1)[1].split("[", 1)[0].strip() for opener in ("[unused1]", "[unused3]"))
        said = {PART if mention in self.taking else APART: 1.0} if mention else self.words.get(word, {NONE: 1.0})
        return tuple(said.get(label, 0.0) for label in LABELS)


def frames(reading, model, told=()):
    return list(ContactCoder(model).frames(Sides(reading, Tree(reading.parse)), told))


def test_a_word_is_asked_alone_and_then_with_each_mention(reading):
    model = Told({"convened": {"occurred talks_round": 0.76, "planned talks_round": 0.2, NONE: 0.04}}, ["Oman", "Iran", "Chad"])
    (frame,) = frames(reading(HOSTED), model)
    assert frame.score == 0.96
    assert (frame.type, frame.factuality, frame.rule) == (EngagementType.TALKS_ROUND, Factuality.OCCURRED, "model:convene")
    assert (frame.first, frame.second) == ((0,), (1, 2))
    assert model.asked[0] == WORD
    assert len(model.asked) == 5


@pytest.mark.parametrize("said", [{NONE: 0.4, "occurred meeting": 0.6}, {NONE: 1.0}])
def test_a_word_that_tells_of_no_contact_asks_for_no_mentions(reading, said):
    model = Told({"convened": said}, ["Oman", "Iran"])
    assert frames(reading(HOSTED), model) == []
    assert model.asked == [WORD]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"planned meeting": 0.4, "planned visit": 0.3, "planned call": 0.25, "occurred visit": 0.05}, Factuality.PLANNED),
        ({"planned meeting": 0.4, "planned call": 0.3, "occurred visit": 0.3}, Factuality.OCCURRED),
    ],
)
def test_status_and_type_are_each_the_likeliest_and_grammar_decides_a_doubtful_status(reading, said, status):
    (frame,) = frames(reading(HOSTED), Told({"convened": said}, ["Oman", "Iran"]))
    assert (frame.factuality, frame.type) == (status, EngagementType.MEETING)


def test_one_side_alone_is_no_contact(reading):
    assert frames(reading(HOSTED), Told({"convened": {"occurred meeting": 1.0}}, ["Oman"])) == []


def test_words_that_a_rule_has_read_are_not_asked(reading):
    model = Told({"convened": {"occurred meeting": 1.0}}, ["Oman", "Iran"])
    assert frames(reading(HOSTED), model, told={1}) == []
    assert model.asked == []


@pytest.mark.parametrize(("word", "asked"), [("convened/convene", 1), ("discussed/discuss", 0)])
def test_words_that_leave_the_mode_open_are_not_asked_of_sides_whose_contact_is_told(reading, word, asked):
    named = {"Oman": ("Omar Lind", "OMN"), "Iran": ("Ida Ruiz", "IRN")}
    told = "Oman/Oman/PROPN/nsubj/1 met/meet/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1 there/there/ADV/advmod/1 ././PUNCT/punct/1"
    both = "Oman/Oman/PROPN/nsubj/3 and/and/CCONJ/cc/0 Iran/Iran/PROPN/conj/0"
    other = f"{both} {word}/VERB/ROOT/3 it/it/PRON/dobj/3 ././PUNCT/punct/3"
    model = Told({})
    list(find_engagements(reading(told, other, people=named), contacts=ContactCoder(model)))
    assert len(model.asked) == asked


def test_lists_and_fragments_are_not_asked(reading):
    model = Told({"convened": {"occurred meeting": 1.0}}, ["Oman", "Iran"])
    long = HOSTED.replace("././PUNCT/punct/1", "so/so/ADV/advmod/1 " * LONGEST + "././PUNCT/punct/1")
    short = "Oman/Oman/PROPN/nsubj/1 met/meet/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1 ././PUNCT/punct/1"
    assert frames(reading(long, short), model) == []
    assert model.asked == []


def test_what_the_model_finds_becomes_an_engagement_and_a_question_does_not(reading):
    named = {"Oman": ("Omar Lind", "OMN"), "Iran": ("Ida Ruiz", "IRN")}
    asks = HOSTED.replace("convened/convene", "joined/join").replace("././PUNCT", "?/?/PUNCT")
    tells = HOSTED.replace("convened/convene", "joined/join")
    model = Told({"joined": {"occurred meeting": 1.0}}, ["Oman", "Iran"])
    (claim,) = find_engagements(reading(tells, people=named), contacts=ContactCoder(model))
    assert (claim.type, claim.rule, claim.score, [p.person for p in claim.participants]) == (
        EngagementType.MEETING,
        "model:join",
        1.0,
        ["Omar Lind", "Ida Ruiz"],
    )
    assert list(find_engagements(reading(tells, people=named))) == []
    assert list(find_engagements(reading(asks, people=named), contacts=ContactCoder(model))) == []


def test_a_rule_goes_before_the_model(reading):
    named = {"Oman": ("Omar Lind", "OMN"), "Iran": ("Ida Ruiz", "IRN")}
    met = HOSTED.replace("convened/convene", "met/meet")
    model = Told({"met": {"cancelled visit": 1.0}}, ["Oman", "Iran"])
    (claim,) = find_engagements(reading(met, people=named), contacts=ContactCoder(model))
    alone = next(iter(find_engagements(reading(met, people=named))))
    assert msgspec.structs.replace(claim, document=alone.document) == alone


def test_a_model_of_another_kind_is_refused():
    model = Told({})
    model.labels = ("AGREE", "SUPPORT")
    with pytest.raises(ConfigError, match="not a contact model"):
        ContactCoder(model)
