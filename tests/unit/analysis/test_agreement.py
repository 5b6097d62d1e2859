"""Agreement between coders: Krippendorff's own example, missing answers, nothing that varies, and what is left to settle."""

import pytest

from dragoman.analysis.agreement import Answer, agreement, disagreements
from dragoman.core.ids import ClaimId

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units; nominal alpha 0.743
TABLE = (
    ("A", (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None)),
    ("B", (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3)),
    ("C", (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None)),
    ("D", (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None)),
)


def answer(unit: object, coder: str, value: object, field: str = "role", about: str = "") -> Answer:
    return Answer(claims=(ClaimId(f"c{unit}"),), field=field, about=about, coder=coder, value=str(value))


def test_krippendorffs_own_example_with_missing_answers() -> None:
    answers = [answer(unit, coder, value) for coder, row in TABLE for unit, value in enumerate(row) if value is not None]
    (found,) = agreement(answers)
    assert found.alpha == pytest.approx(0.743, abs=0.0005)
    assert found.units == 11, "a unit with one answer tells nothing"
    assert found.coders == ("A", "B", "C", "D")


def test_where_nothing_varies_or_nobody_answers_twice_alpha_is_undefined() -> None:
    same = [answer(unit, coder, "party") for unit in range(3) for coder in "AB"]
    alone = [answer(1, "A", "phone", "channel"), answer(2, "B", "phone", "channel")]
    by_field = {one.field: one for one in agreement([*same, *alone])}
    assert (by_field["role"].alpha, by_field["role"].same, by_field["role"].units) == (None, 1.0, 3)
    assert (by_field["channel"].alpha, by_field["channel"].same, by_field["channel"].units) == (None, None, 0)


def test_a_later_answer_replaces_an_earlier_and_only_differences_are_left_to_settle() -> None:
    answers = [
        answer(1, "A", "party", about="QAT"),
        answer(1, "B", "mediator", about="QAT"),
        answer(1, "A", "mediator", about="QAT"),
        answer(1, "A", "party", about="ISR"),
        answer(1, "B", "counterpart", about="ISR"),
    ]
    (left,) = disagreements(answers)
    assert (left.about, left.answers) == ("ISR", (("A", "party"), ("B", "counterpart")))
