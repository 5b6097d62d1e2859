"""Fit the weights by which the main statements of a document are told: a logistic regression on annotated documents."""

import json
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from dragoman.core.text import Span
from dragoman.extract.utterances import weigh_utterances
from dragoman.knowledge.salience import salience_weights
from dragoman.lab.gold import GoldStatement
from dragoman.lab.matching import dice, locate, matched
from dragoman.read.reading import Reading

_HEADER = """\
# How much each trait of an utterance tells that a careful reader marks it as one of the main statements of its document: weights
# of a logistic regression, fitted by `dragoman lab train salience` on what docs/accuracy.md says. Own work; Apache-2.0.
# The traits are told in dragoman.extract.speech_traits; the verbs are the classes of its traits "verb ...".
"""
_SAME_STATEMENT = 0.5
_STEPS = 60
_CLOSE = 1e-8
RIDGE = 1.0
"""Penalty on squared weights: with about 1,100 utterances, values from 1 to 10 measure the same."""


class Weighed(msgspec.Struct, frozen=True):
    """One utterance that the finder proposes: its traits, and whether an annotator marked it."""

    traits: Mapping[str, float]
    marked: bool


class Fit(msgspec.Struct, frozen=True):
    """Weights by trait; traits that no utterance of the training documents has get none."""

    bias: float
    weights: dict[str, float]


def weighed_utterances(reading: Reading, statements: Sequence[GoldStatement]) -> Iterator[Weighed]:
    """The utterances of a document, those marked that overlap one annotated statement best (Dice of at least one half)."""
    found = weigh_utterances(reading)
    spans = [locate(reading.document.text, statement.quote_or_paraphrase) for statement in statements]
    marked = {other for _, other in matched(spans, [utterance.content for utterance, _, _ in found], _overlap)}
    for index, (_, _, traits) in enumerate(found):
        yield Weighed(traits, index in marked)


def _overlap(annotated: Span | None, proposed: Span | None) -> float | None:
    same = dice(annotated, proposed)
    return same if same >= _SAME_STATEMENT else None


def fit_weights(utterances: Sequence[Weighed], *, ridge: float = RIDGE) -> Fit:
    """Fit a logistic regression by Newton's method, with a penalty on all weights but the bias; the same in, the same out."""
    names = sorted({name for each in utterances for name in each.traits})
    column = {name: index for index, name in enumerate(names)}
    features = np.zeros((len(utterances), len(names) + 1))
    features[:, -1] = 1.0
    for row, each in enumerate(utterances):
        for name, value in each.traits.items():
            features[row, column[name]] = value
    marked = np.array([float(each.marked) for each in utterances])
    penalty = np.full(len(names) + 1, ridge)
    penalty[-1] = 0.0
    weights = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (likely - marked) + penalty * weights
        curve = (features * (likely * (1 - likely))[:, None]).T @ features + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return Fit(round(float(weights[-1]), 3), {name: round(float(weights[column[name]]), 3) for name in names})


def write_weights(fit: Fit) -> str:
    """The TOML of `lexicons/salience.toml` with new weights and the shipped classes of verbs."""
    verbs = (f"{name} = {json.dumps(sorted(lemmas))}" for name, lemmas in sorted(salience_weights().verbs.items()))
    weights = (f"{json.dumps(name)} = {weight}" for name, weight in fit.weights.items())
    return "\n".join((_HEADER, f"bias = {fit.bias}", "", "[verbs]", *verbs, "", "[weights]", *weights, ""))
