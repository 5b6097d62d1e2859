from collections.abc import Mapping

import pytest

from dragoman.lab.clusters import b_cubed


def labels(*clusters: str) -> Mapping[str, int]:
    return {item: number for number, items in enumerate(clusters) for item in items}


@pytest.mark.parametrize(
    ("gold", "found", "precision", "recall", "f1"),
    [
        (("abc", "d"), ("abc", "d"), 1.0, 1.0, 1.0),
        # Bagga and Baldwin's example, clusters of 5, 2 and 5: joining the large two costs more
        (("12345", "67", "89ABC"), ("12345", "6789ABC"), 0.7619, 1.0, 0.8649),
        (("12345", "67", "89ABC"), ("1234589ABC", "67"), 0.5833, 1.0, 0.7368),
        (("abcd",), ("a", "b", "c", "d"), 1.0, 0.25, 0.4),
        # what one side lacks
        (("ab", "c"), ("ab",), 1.0, 0.6667, 0.8),
        (("ab",), ("ab", "x"), 0.6667, 1.0, 0.8),
        (("ab",), ("abx",), 0.4444, 1.0, 0.6154),
        ((), (), 0.0, 0.0, 0.0),
    ],
)
def test_b_cubed(gold: tuple[str, ...], found: tuple[str, ...], precision: float, recall: float, f1: float) -> None:
    rates = b_cubed(labels(*gold), labels(*found))
    assert (rates.precision, rates.recall, rates.f1) == (precision, recall, f1)


def test_counts() -> None:
    rates = b_cubed(labels("ab", "c"), labels("abx"))
    assert (rates.items, rates.gold_clusters, rates.found_clusters) == (4, 2, 1)
