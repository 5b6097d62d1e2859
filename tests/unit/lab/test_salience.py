"""Weights of main statements, fitted on utterances made by hand."""

import math
import tomllib

import msgspec
import pytest

from dragoman.knowledge.salience import SalienceWeights, salience_weights
from dragoman.lab.salience import Fit, Weighed, fit_weights, write_weights


def test_a_trait_of_what_is_marked_gets_a_weight_above_one_that_tells_nothing() -> None:
    """Demands are marked three times in four, short ones as often as long ones."""
    rows = [Weighed({"demand": 1.0, "short": float(n % 2)}, marked=n % 4 != 0) for n in range(40)]
    rows += [Weighed({"short": float(n % 2)}, marked=n % 4 == 0) for n in range(40)]
    fit = fit_weights(rows, ridge=0.1)
    assert fit.weights["demand"] > 1.5
    assert abs(fit.weights["short"]) < fit.weights["demand"] / 3


def test_without_a_penalty_to_speak_of_the_odds_are_those_of_the_data() -> None:
    """Three of four marked: log odds of three."""
    fit = fit_weights([Weighed({}, marked=n % 4 != 0) for n in range(8)])
    assert fit.bias == pytest.approx(math.log(3), abs=0.01)


def test_a_heavier_penalty_makes_weights_smaller() -> None:
    """The penalty holds for weights, not for the bias."""
    rows = [Weighed({"demand": float(n % 2)}, marked=n % 2 == 1) for n in range(10)]
    assert 0 < fit_weights(rows, ridge=10).weights["demand"] < fit_weights(rows, ridge=1).weights["demand"]


def test_written_weights_are_read_back() -> None:
    """The file that is written is one that can be shipped."""
    made = msgspec.convert(tomllib.loads(write_weights(Fit(-0.5, {"stance demand": 1.25}))), SalienceWeights)
    assert (made.bias, made.weights, made.verbs) == (-0.5, {"stance demand": 1.25}, salience_weights().verbs)


def test_unknown_traits_weigh_nothing() -> None:
    """Without any weighed trait, the bias alone speaks."""
    weights = SalienceWeights(bias=0.0, weights={"demand": 2.0}, verbs={})
    assert weights.score({"never seen": 1.0}) == 0.5
    assert weights.score({"demand": 1.0}) == pytest.approx(1 / (1 + math.exp(-2)))
