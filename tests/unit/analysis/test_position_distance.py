"""How far two actors stand apart, over the issues that they share."""

import pytest

from dragoman.analysis.position_distance import distances
from dragoman.core.vocab import PositionStance

FOR, ASKS, IF, AGAINST = (
    PositionStance.SUPPORTS,
    PositionStance.DEMANDS,
    PositionStance.CONDITIONAL,
    PositionStance.OPPOSES,
)


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ({"ceasefire": FOR}, {"ceasefire": AGAINST}, 1.0),
        ({"ceasefire": FOR}, {"ceasefire": ASKS}, 0.0),
        ({"ceasefire": FOR}, {"ceasefire": IF}, 0.25),
        ({"ceasefire": FOR, "aid": FOR}, {"ceasefire": AGAINST, "aid": ASKS}, 0.5),
        ({"ceasefire": FOR, "borders": AGAINST}, {"ceasefire": AGAINST, "aid": FOR}, 1.0),
    ],
)
def test_the_mean_over_shared_issues(left: dict[str, PositionStance], right: dict[str, PositionStance], apart: float) -> None:
    (found,) = distances({"A": left, "B": right})
    assert found.distance == pytest.approx(apart)
    assert [issue for issue, _, _ in found.issues] == sorted(left.keys() & right.keys())


def test_without_a_shared_issue_there_is_no_distance() -> None:
    assert distances({"A": {"ceasefire": FOR}, "B": {"aid": FOR}}) == ()


def test_the_furthest_apart_stand_first_and_more_issues_before_fewer() -> None:
    found = distances({"A": {"x": FOR, "y": FOR}, "B": {"x": AGAINST}, "C": {"x": AGAINST, "y": AGAINST}})
    assert [one.pair for one in found] == [("A", "C"), ("A", "B"), ("B", "C")]
