from typing import Any

import pytest

from dragoman.resolve.matching import FEATURES, THRESHOLD, decide
from dragoman.resolve.profiles import Profile, profile


def profiles(desk: Any) -> list[Profile]:
    return [profile(claim.id, claim, desk.documents[claim.document], claim.document) for claim in desk.claims]


def test_every_feature_is_symmetric_and_between_nought_and_one(desk: Any) -> None:
    desk.report("Fidan spoke again with Blinken on Tuesday evening.", "TUR Hakan Fidan minister; USA", "call", day="2024-05-14")
    desk.report("Second round of talks in Doha on Monday.", "TUR; USA; QAT", "talks_round", day="2024-05-13", place="Doha, QAT")
    desk.report(
        "They met in Cairo last week.",
        "TUR; USA minister",
        day="2024-05-06/2024-05-12",
        place="Cairo, EGY",
        published="2024-05-13",
    )
    desk.report("They met.", "TUR; USA", published="2024-05-14")
    made = profiles(desk)
    for feature in FEATURES:
        for left in made:
            for right in made:
                one, other = feature.compare(left, right), feature.compare(right, left)
                assert (one is None) == (other is None)
                if one and other:
                    assert (one.score, one.impossible) == (other.score, other.impossible)
                    assert 0 <= one.score <= 1
                    assert one.why


def test_decision_gives_a_reason_for_each_feature_that_spoke(desk: Any) -> None:
    desk.report("Fidan met Blinken.", "TUR Hakan Fidan; USA Antony Blinken", day="2024-05-14")
    desk.report(
        "Fidan met Blinken.", "TUR Hakan Fidan; USA Antony Blinken", day="2024-05-14", within="Fidan met Blinken. So it was."
    )
    left, right = profiles(desk)
    decision = decide(left, right)
    assert decision.same
    assert decision.total >= THRESHOLD
    assert 0.5 <= decision.score < 1
    assert [reason.feature for reason in decision.reasons] == ["kind", "dates", "people", "actors", "wording"]
    assert decision == decide(right, left)


def test_an_impossible_feature_ends_the_decision(desk: Any) -> None:
    desk.report("They met.", "TUR; USA", day="2024-05-14")
    desk.report("They met.", "TUR; USA", day="2024-05-24")
    left, right = profiles(desk)
    decision = decide(left, right)
    assert not decision.same
    assert (decision.score, decision.reasons[-1].why) == (0.0, "dates 10 days apart")


@pytest.mark.parametrize(
    ("sentence", "ordinal", "again", "further", "part"),
    [
        ("They spoke by phone.", None, False, False, None),
        ("They spoke again on Tuesday evening.", None, True, False, "evening"),
        ("It was their second call of the day.", 2, False, True, None),
        ("The 21st round opened in the morning.", None, False, False, "morning"),
        ("The 22nd round opened.", 22, False, False, None),
        ("Another phone call followed hours later.", None, True, True, None),
        ("The first meeting since 2011.", None, False, False, None),
    ],
)
def test_cues(desk: Any, sentence: str, ordinal: int | None, part: str | None, *, again: bool, further: bool) -> None:
    desk.report(sentence, "TUR; USA")
    (one,) = profiles(desk)
    assert (one.ordinal, one.again, one.further, one.part_of_day) == (ordinal, again, further, part)


def test_haste_changes_no_decision(desk: Any) -> None:
    for n, day in enumerate((None, "2024-05-14", "2024-05-13/2024-05-19", "2024-05-15")):
        for who in ("TUR; USA", "TUR Hakan Fidan minister; USA", "TUR Hakan Fidan; USA Antony Blinken; QAT"):
            desk.report(f"They met, says report {n}.", who, day=day, published="2024-05-15")
    made = profiles(desk)
    for left in made:
        for right in made:
            assert decide(left, right).same == decide(left, right, thorough=False).same
