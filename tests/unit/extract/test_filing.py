"""Statements and the like are filed under dossiers by their own sentence, else by what leads the document."""

import pytest

from dragoman.core.actors import Actor
from dragoman.core.claims import Status, Utterance, Violence
from dragoman.core.parse import Parse
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Setting, TalksSignal, ViolenceType
from dragoman.extract.filing import file_claims
from dragoman.knowledge.dossier_choice import DossierScore, dossiers_of_statement, leading_dossier
from dragoman.read.reading import Reading, Sentence

TEXT = "Houthi fighters shelled Marib. The envoy spoke of the talks. Brazil praised its farmers."


def reading() -> Reading:
    spans, start = [], 0
    for sentence in TEXT.split(". "):
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 2
    sentences = tuple(Sentence(index=i, span=span, tokens=(0, 0), setting=Setting.BODY) for i, span in enumerate(spans))
    return Reading(document=Document(text=TEXT), parse=Parse(model="none", tokens=(), sentences=()), sentences=sentences)


def test_own_sentence_then_the_document() -> None:
    read = reading()
    first, second, third = (sentence.span for sentence in read.sentences)
    own = {"document": read.document.id, "rule": "test"}
    claims = (
        Violence(evidence=(first,), type=ViolenceType.SHELLING, **own),
        Status(evidence=(second,), signal=TalksSignal.UNDER_WAY, **own),
        Utterance(evidence=(third,), speaker="Brazil", speaker_actors=(Actor("Brazil", "BRA"),), content=third, **own),
    )
    assert [claim.dossiers for claim in file_claims(claims, read)] == [("yemen",), ("yemen",), ()]


def test_a_dossier_that_is_given_stays() -> None:
    read = reading()
    claim = Status(document=read.document.id, evidence=(Span(0, 9),), signal=TalksSignal.AGREED, rule="test", dossiers=("libya",))
    assert list(file_claims([claim], read)) == [claim]


@pytest.mark.parametrize(
    ("words", "actors", "leading", "found"),
    [
        ("We urge the M23 to leave Goma.", {"USA"}, (), ("drc",)),
        ("The two agreed to a further truce.", {"ISR", "HAMAS"}, (), ("gaza",)),
        ("He thanked his hosts.", {"QAT"}, ("gaza",), ("gaza",)),
        ("He thanked his hosts.", {"PER"}, ("gaza",), ()),
        ("He thanked his hosts.", {"QAT"}, (), ()),
    ],
)
def test_what_decides(words: str, actors: set[str], leading: tuple[str, ...], found: tuple[str, ...]) -> None:
    led = tuple(DossierScore(dossier, 2.0, ("the document",)) for dossier in leading)
    scores = dossiers_of_statement(words, actors, lambda: led)
    assert tuple(score.dossier for score in scores) == found
    assert all(score.reasons for score in scores)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talks on Gaza go on. Hamas and mediators met; Rafah stays shut.", ("gaza",)),
        ("Talks on Gaza go on.", ()),
        ("Hamas spoke of Gaza. The Houthis spoke of Marib.", ()),
    ],
)
def test_one_dossier_leads_or_none(text: str, found: tuple[str, ...]) -> None:
    assert tuple(score.dossier for score in leading_dossier(text)) == found
