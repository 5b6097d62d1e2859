"""What makes an utterance one of the main ones of its document: the weight of each trait."""

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

OTHER = "other"


class SalienceWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `lexicons/salience.toml`; get it with `salience_weights()`."""

    bias: float
    weights: dict[str, float]
    verbs: dict[str, frozenset[str]]
    """Classes of verbs of saying that tell more or less of a main statement."""

    def verb_class(self, lemma: str) -> str:
        """The class of a verb of saying."""
        return next((name for name, lemmas in self.verbs.items() if lemma in lemmas), OTHER)

    def score(self, traits: Mapping[str, float]) -> float:
        """How likely a careful reader marks what has these traits, 0 to 1: a logistic regression."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in traits.items())
        return 1 / (1 + math.exp(-total))


@cache
def salience_weights() -> SalienceWeights:
    """Read the weights once."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/salience.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), SalienceWeights)
