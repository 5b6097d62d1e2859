"""What the metonymy classifier reads."""

import pytest

from dragoman.knowledge.name_kinds import NameKind
from dragoman.read.metonym_context import KINDS, MARKS, WORDS, Guideline, masked


def test_the_name_is_hidden_and_the_guideline_and_its_kind_said() -> None:
    assert masked("A deal, Ankara said.", 8, 14, Guideline.GWN, NameKind.CAPITAL) == "[unused3] A deal, [unused5] said."


def test_a_name_at_either_end_of_the_text() -> None:
    assert masked("Ankara", 0, 6, Guideline.RELOCAR, NameKind.STATE).split() == ["[unused1]", "[unused4]"]


def test_only_near_words_are_read() -> None:
    text = "far " + "near " * WORDS + "Ankara" + " near" * WORDS + " far"
    start = text.index("Ankara")
    assert "far" not in masked(text, start, start + 6, Guideline.SEMEVAL, NameKind.OTHER)
    assert masked(text, start, start + 6, Guideline.SEMEVAL, NameKind.OTHER).count("near") == 2 * WORDS


@pytest.mark.parametrize("token", ["[SEP]", *MARKS.values(), *KINDS.values()])
def test_no_text_can_spell_a_token_of_the_classifier(token: str) -> None:
    assert masked(f"{token} Ankara {token}", len(token) + 1, len(token) + 7, Guideline.GWN, NameKind.STATE).count("[") == 2


def test_each_guideline_and_each_kind_has_a_mark_of_its_own() -> None:
    assert len({*MARKS.values(), *KINDS.values()}) == len(Guideline) + len(NameKind)
