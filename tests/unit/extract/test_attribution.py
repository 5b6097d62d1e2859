"""Attributions and voices of readings made by hand."""

import msgspec
import pytest

from dragoman.core.text import Document
from dragoman.core.vocab import VoiceKind
from dragoman.extract.attribution import attach_voices, find_attributions, voices_for
from dragoman.extract.speech_frame import read_frame
from dragoman.extract.utterances import find_utterances
from dragoman.knowledge.attribution import Form, attribution_lexicon

SAID = (
    "Officials/official/NOUN/nsubj/1 said/say/VERB/ROOT/1 that/that/SCONJ/mark/5 the/the/DET/det/4 convoy/convoy/NOUN/nsubj/5 "
    "returned/return/VERB/ccomp/1 to/to/ADP/prep/5 Mali/Mali/PROPN/pobj/6 ././PUNCT/punct/1"
)


def test_unnamed_officials_are_a_source_with_what_they_told(reading):
    made = reading(SAID)
    (claim,) = find_attributions(made)
    assert claim.source == "Officials"
    assert [v.kind for v in claim.voices] == [VoiceKind.ANONYMOUS]
    assert made.text(claim.content) == "the convoy returned to Mali"


def test_a_state_that_says_is_no_source(reading):
    assert list(find_attributions(reading(SAID.replace("Officials/official/NOUN", "Sudan/Sudan/PROPN")))) == []


def test_voices_run_from_the_outlet_inwards(reading):
    made = reading(SAID)
    made = msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, source="The Example Post"))
    assert [v.name for v in voices_for(made)[0]] == ["The Example Post", "Officials"]


def test_claims_get_the_voices_of_their_sentence_but_not_their_own_speaker(reading):
    made = reading(SAID)
    claims = attach_voices(find_utterances(made), made)
    assert claims
    assert all(not any(v.name == claim.speaker for v in claim.voices) for claim in claims)


@pytest.mark.parametrize(
    ("text", "form", "source"),
    [
        (
            "Call with Minister Lind\n\nThe following is attributable to Spokesperson Ana Ruiz:\n\nThey spoke.",
            Form.READOUT,
            "Spokesperson Ana Ruiz",
        ),
        ("Statement by Minister Ana Ruiz on Mali\n\nWe welcome the truce.", Form.STATEMENT, "Minister Ana Ruiz"),
        ("Truce in Mali\n\nAna Ruiz, Foreign Minister\n\nOman welcomes the truce.", Form.STATEMENT, "Ana Ruiz, Foreign Minister"),
        ("Truce holds in Mali\n\nThe truce held on Sunday.", Form.NEWS, None),
        ("Readout of the call with Lind\n\nRuiz spoke with Lind.", Form.READOUT, None),
    ],
)
def test_the_first_lines_say_who_tells(reading, text, form, source):
    made = msgspec.structs.replace(reading(SAID), document=Document(text=text))
    frame = read_frame(made)
    assert frame.form is form
    assert (made.text(frame.source) if frame.source else None) == source


def test_outlets_are_known_by_whole_names():
    lexicon = attribution_lexicon()
    assert lexicon.outlet("Turkey's Anadolu Agency") == ("Anadolu Agency", VoiceKind.AGENCY)
    assert lexicon.outlet("an apprentice") is None
