import pytest

from dragoman.core.errors import InputError
from dragoman.lab.score_dates import DatesGold, ScoredTimex, load_dates, score_dates

GOLD = (
    DatesGold(
        id="a",
        text="on Monday and in the last two weeks",
        timexes=(ScoredTimex(3, 9, "DATE", "2024-05-06"), ScoredTimex(21, 35, "DURATION", "P2W")),
    ),
)


def test_overlap_counts_as_relaxed_and_the_same_ends_as_strict():
    found = {"a": (ScoredTimex(0, 9, "DATE", "2024-05-06"), ScoredTimex(21, 35, "DATE", "P2W"))}

    scores = score_dates(GOLD, found)

    assert (scores.strict.f1, scores.relaxed.f1, scores.value.f1, scores.type.f1) == (0.5, 1.0, 1.0, 0.5)


def test_one_prediction_answers_one_expression_and_a_missing_document_none():
    wide = {"a": (ScoredTimex(0, 35, "DATE", "2024-05-06"),)}

    assert score_dates(GOLD, wide).relaxed.tp == 1
    assert score_dates(GOLD, {}).relaxed.recall == 0


def test_unknown_values_agree_with_nothing():
    gold = (DatesGold(id="a", text="then", timexes=(ScoredTimex(0, 4, "DATE", None),)),)

    assert score_dates(gold, {"a": (ScoredTimex(0, 4, "DATE", None),)}).value.tp == 0


def test_files_that_hold_something_else_are_told(tmp_path):
    path = tmp_path / "dates.jsonl"
    path.write_text('{"id": 1}\n')

    with pytest.raises(InputError, match=r"dates\.jsonl"):
        load_dates(path)
