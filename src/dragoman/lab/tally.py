"""Counting hits: precision and recall over sets, accuracy over pairs."""

import msgspec


class Rates(msgspec.Struct, frozen=True):
    """Precision, recall and F1 (0 to 1, four decimals) with the counts behind them."""

    precision: float
    recall: float
    f1: float
    tp: int
    gold: int
    predicted: int


class Share(msgspec.Struct, frozen=True):
    """How many of the compared items agree; None where nothing could be compared."""

    accuracy: float | None
    correct: int
    compared: int


class Tally:
    """Adds up true positives, gold and predicted items."""

    def __init__(self) -> None:
        self._hits = self._gold = self._predicted = 0

    def add(self, hits: int, gold: int, predicted: int) -> None:
        """Count one document or pair."""
        self._hits += hits
        self._gold += gold
        self._predicted += predicted

    def add_sets(self, gold: frozenset[str], predicted: frozenset[str]) -> None:
        """Count two sets of labels."""
        self.add(len(gold & predicted), len(gold), len(predicted))

    def rates(self) -> Rates:
        """Precision, recall and F1 so far."""
        precision = self._hits / self._predicted if self._predicted else 0.0
        recall = self._hits / self._gold if self._gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return Rates(round(precision, 4), round(recall, 4), round(f1, 4), self._hits, self._gold, self._predicted)


class Agreement:
    """Adds up comparisons."""

    def __init__(self) -> None:
        self._agreed = self._compared = 0

    def add(self, agreed: bool) -> None:  # noqa: FBT001  the one thing counted
        """Count one comparison."""
        self._agreed += agreed
        self._compared += 1

    def share(self) -> Share:
        """Accuracy so far."""
        return Share(round(self._agreed / self._compared, 4) if self._compared else None, self._agreed, self._compared)
