"""Interactions that a model codes, in readings made by hand and with a model of fixed answers."""

from collections.abc import Sequence

import pytest

from dragoman.core.actors import Actor
from dragoman.core.claims import Attribution, Engagement, Participant, Utterance, Violence
from dragoman.core.plover import Quad, Root
from dragoman.core.text import Span
from dragoman.core.vocab import EngagementType, Factuality, ViolenceType
from dragoman.extract.interactions import InteractionCoder

PRAISED = "Oman/Oman/PROPN/nsubj/1 praised/praise/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1 ././PUNCT/punct/1"
OMAN, IRAN = Actor("Oman", "OMN"), Actor("Iran", "IRN")


class Fixed:
    """Gives one label its probability and the rest to the first; keeps what it was asked."""

    labels = ("AGREE", "SUPPORT", "YIELD", "REJECT", "REQUEST")
    name = "fixed 1"

    def __init__(self, label: str = "SUPPORT", score: float = 0.9) -> None:
        self.row = tuple(score if one == label else (1 - score) / 4 for one in self.labels)
        self.asked: list[Sequence[str]] = []

    def classify(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        self.asked.append(texts)
        return [self.row for _ in texts]


def found(reading, classifier=None, claims=()):
    return list(InteractionCoder(classifier or Fixed(), threshold=0.5).find(reading, claims))


def test_a_pair_becomes_a_claim_with_its_words_score_and_model(reading):
    read = reading(PRAISED)
    (claim,) = found(read)
    assert (claim.root, claim.quad, claim.intensity, claim.mode) == (Root.SUPPORT, Quad.VERBAL_COOPERATION, 5.0, None)
    assert ([a.code for a in claim.source], [a.code for a in claim.target]) == (["OMN"], ["IRN"])
    assert [read.text(span) for span in claim.evidence] == ["Oman praised Iran.", "Oman", "Iran"]
    assert (claim.score, claim.model, claim.rule) == (0.9, "fixed 1", "interactions")


def test_the_model_sees_the_pair_marked_and_all_pairs_of_a_document_at_once(reading):
    classifier = Fixed()
    found(reading(PRAISED, PRAISED.replace("Iran/Iran", "Mali/Mali")), classifier)
    ((first, second),) = classifier.asked
    assert first == "[unused1] Oman [unused2] praised [unused3] Iran [unused4] ."
    assert "[unused3] Mali [unused4]" in second


def test_below_the_threshold_there_is_nothing_to_code(reading):
    assert found(reading(PRAISED), Fixed(score=0.49)) == []


@pytest.mark.parametrize(("word", "root"), [("released/release", Root.RETREAT), ("pardoned/pardon", Root.CONCEDE)])
def test_yield_is_told_apart_by_the_words(reading, word, root):
    (claim,) = found(reading(PRAISED.replace("praised/praise", word)), Fixed("YIELD"))
    assert claim.root is root


def test_what_is_denied_is_not_coded_save_as_a_refusal(reading):
    denied = "Oman/Oman/PROPN/nsubj/3 did/do/AUX/aux/3 not/not/PART/neg/3 praise/praise/VERB/ROOT/3 Iran/Iran/PROPN/dobj/3"
    assert found(reading(denied)) == []
    assert found(reading(denied), Fixed("REJECT")) == []
    refused = denied.replace("did/do", "will/will")
    assert found(reading(refused)) == []
    assert [claim.root for claim in found(reading(refused), Fixed("REJECT"))] == [Root.REJECT]


def test_what_may_happen_is_conditional(reading):
    may = "Oman/Oman/PROPN/nsubj/2 may/may/AUX/aux/2 praise/praise/VERB/ROOT/2 Iran/Iran/PROPN/dobj/2"
    assert [claim.factuality for claim in found(reading(may))] == [Factuality.CONDITIONAL]


def test_a_question_asserts_nothing(reading):
    assert found(reading(PRAISED.replace("././PUNCT", "?/?/PUNCT"))) == []


def test_pairs_that_a_rule_covers_are_left_to_it(reading):
    read = reading(PRAISED)
    base = {"document": read.document.id, "evidence": (read.sentences[0].span,), "rule": "test"}
    met = Engagement(**base, type=EngagementType.MEETING, participants=(Participant(actor=OMAN), Participant(actor=IRAN)))
    spoke = Utterance(**base, speaker="Oman", speaker_actors=(OMAN,), content=Span(0, 4), target=IRAN)
    struck = Violence(**base, type=ViolenceType.SHELLING, perpetrator=OMAN)
    assert found(read, claims=(met,)) == found(read, claims=(spoke,)) == found(read, claims=(struck,)) == []


def test_claims_on_others_or_on_who_told_it_cover_nothing(reading):
    read = reading(PRAISED)
    base = {"document": read.document.id, "evidence": (read.sentences[0].span,), "rule": "test"}
    other = Engagement(
        **base, type=EngagementType.MEETING, participants=(Participant(actor=OMAN), Participant(actor=Actor("Chad", "TCD")))
    )
    told = Attribution(**base, content=read.sentences[0].span, source="an agency")
    assert len(found(read, claims=(other, told))) == 1


def test_a_request_has_no_hostile_intensity(reading):
    (claim,) = found(reading(PRAISED), Fixed("REQUEST"))
    assert (claim.intensity, claim.root.hostile) == (0.0, False)
