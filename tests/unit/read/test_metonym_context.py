"""What the metonymy classifier reads."""

import pytest

from dragoman.read.metonym_context import MARKS, MASK, WORDS, Guideline, masked


def test_the_name_is_hidden_and_the_guideline_said() -> None:
    assert masked("A deal, Ankara said.", 8, 14, Guideline.GWN) == "[unused3] A deal, [MASK] said."


def test_a_name_at_either_end_of_the_text() -> None:
    assert masked("Ankara", 0, 6, Guideline.RELOCAR).split() == ["[unused1]", "[MASK]"]


def test_only_near_words_are_read() -> None:
    text = "far " + "near " * WORDS + "Ankara" + " near" * WORDS + " far"
    start = text.index("Ankara")
    assert "far" not in masked(text, start, start + 6, Guideline.SEMEVAL)
    assert masked(text, start, start + 6, Guideline.SEMEVAL).count("near") == 2 * WORDS


@pytest.mark.parametrize("token", [MASK, "[SEP]", *MARKS.values()])
def test_no_text_can_spell_a_token_of_the_classifier(token: str) -> None:
    assert masked(f"{token} Ankara {token}", len(token) + 1, len(token) + 7, Guideline.GWN).count("[") == 2


def test_each_guideline_has_a_mark_of_its_own() -> None:
    assert len(set(MARKS.values())) == len(Guideline)
