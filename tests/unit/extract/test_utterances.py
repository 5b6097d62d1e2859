"""Utterances of readings made by hand."""

from dragoman.core.claims import Utterance
from dragoman.core.ids import DocumentId
from dragoman.core.text import Span
from dragoman.core.vocab import SpeakerKind, Stance
from dragoman.extract.speech_salience import MOST, main_utterances
from dragoman.extract.utterances import find_utterances

URGED = (
    "Oman/Oman/PROPN/nsubj/1 urged/urge/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1 "
    "to/to/PART/aux/4 talk/talk/VERB/xcomp/1 ././PUNCT/punct/1"
)


def test_a_report_has_its_speaker_stance_target_and_clause(reading):
    (utterance,) = find_utterances(reading(URGED))
    assert utterance.speaker == "Oman"
    assert [a.code for a in utterance.speaker_actors] == ["OMN"]
    assert utterance.stance is Stance.DEMAND
    assert utterance.target.code == "IRN"
    assert utterance.content == utterance.evidence[0]
    assert not utterance.direct


def test_the_speaker_of_a_person_is_the_fullest_name(reading):
    (utterance,) = find_utterances(
        reading(URGED.replace("Oman/Oman", "Albusaidi/Albusaidi"), people={"Albusaidi": ("Badr Albusaidi", "OMN")})
    )
    assert utterance.speaker == "Badr Albusaidi"
    assert utterance.office == "minister"


def test_modals_make_no_utterance(reading):
    text = (
        "Oman/Oman/PROPN/nsubj/2 should/should/AUX/aux/2 urge/urge/VERB/ROOT/2 "
        "Iran/Iran/PROPN/dobj/2 to/to/PART/aux/5 talk/talk/VERB/xcomp/2"
    )
    assert list(find_utterances(reading(text))) == []


def test_a_subject_that_cannot_speak_makes_no_utterance(reading):
    assert list(find_utterances(reading(URGED.replace("Oman/Oman/PROPN", "Snow/snow/NOUN")))) == []


def test_a_quotation_is_direct_and_keeps_its_marks(reading):
    text = (
        "“/“/PUNCT/punct/4 We/we/PRON/nsubj/4 will/will/AUX/aux/4 not/not/PART/neg/4 leave/leave/VERB/ccomp/9 "
        "this/this/DET/det/6 table/table/NOUN/dobj/4 ,/,/PUNCT/punct/4 ”/”/PUNCT/punct/9 said/say/VERB/ROOT/9 "
        "Oman/Oman/PROPN/nsubj/9 ././PUNCT/punct/9"
    )
    made = reading(text)
    (utterance,) = find_utterances(made)
    assert utterance.direct
    assert made.text(utterance.content) == "“We will not leave this table,”"
    assert utterance.speaker == "Oman"


def claim(start: int, salience: float, kind: SpeakerKind = SpeakerKind.POLITICAL) -> Utterance:
    span = Span(start, start + 50)
    return Utterance(
        document=DocumentId("d"), evidence=(span,), rule="t", speaker="Oman", content=span, salience=salience, speaker_kind=kind
    )


def test_main_utterances_are_political_salient_and_few():
    many = [claim(i * 100, 0.5 + i / 100) for i in range(20)]
    analyst = claim(5000, 0.9, SpeakerKind.ANALYST)
    faint = claim(6000, 0.1)
    main = main_utterances([*many, analyst, faint])
    assert len(main) == MOST
    assert analyst not in main
    assert faint not in main
    assert list(main) == sorted(main, key=lambda u: u.content)
    assert many[19] in main
