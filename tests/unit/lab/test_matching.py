from dragoman.core.text import Span
from dragoman.lab.matching import dice, locate, matched
from dragoman.lab.tally import Agreement, Tally


def test_matching_is_maximal_not_greedy() -> None:
    weights = {("a", "x"): 2.0, ("a", "y"): 1.0, ("b", "x"): 1.9}
    assert matched(["a", "b"], ["x", "y"], lambda g, p: weights.get((g, p))) == [(0, 1), (1, 0)]


def test_heavier_pair_wins_where_both_would_do() -> None:
    weights = {("a", "x"): 1.0, ("a", "y"): 2.0}
    assert matched(["a"], ["x", "y"], lambda g, p: weights.get((g, p))) == [(0, 1)]


def test_locating_forgives_the_width_of_white_space() -> None:
    assert locate("one two\n three", "two three") == Span(4, 14)
    assert locate("one", "two") is None
    assert locate("one", " ") is None
    assert locate("", "x") is None


def test_dice() -> None:
    assert dice(Span(0, 10), Span(5, 15)) == 0.5
    assert dice(Span(0, 5), Span(5, 9)) == 0.0
    assert dice(None, Span(0, 1)) == 0.0


def test_nothing_counted_is_no_accuracy_and_no_rates() -> None:
    assert Agreement().share().accuracy is None
    assert Tally().rates().f1 == 0.0
