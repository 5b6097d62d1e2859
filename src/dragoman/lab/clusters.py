"""How well reports were put together into events: B³ precision, recall and F1.

Method: A. Bagga and B. Baldwin, Algorithms for Scoring Coreference Chains (LREC workshop on linguistic coreference, 1998), every
item weighing the same.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

import msgspec

Item = TypeVar("Item", bound=Hashable)


class ClusterRates(msgspec.Struct, frozen=True, kw_only=True):
    """B³ rates (0 to 1, four decimals) and the counts behind them; `items` are those that either side has."""

    precision: float
    recall: float
    f1: float
    items: int
    gold_clusters: int
    found_clusters: int


def b_cubed(gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable]) -> ClusterRates:
    """Score clusters, each given as a label by item.

    An item's precision is the share of its found cluster that belongs to its gold cluster, its recall the share of its gold
    cluster that stands in its found one; rates are means over items. The measure says nothing of items that one side lacks: here
    one that was found but is not in gold counts 0 in precision, one that was missed counts 0 in recall.
    """
    together = Counter((gold[item], label) for item, label in found.items() if item in gold)
    gold_sizes, found_sizes = Counter(gold.values()), Counter(found.values())
    precision = _mean(sum(n * n / found_sizes[label] for (_, label), n in together.items()), len(found))
    recall = _mean(sum(n * n / gold_sizes[label] for (label, _), n in together.items()), len(gold))
    return ClusterRates(
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(_mean(2 * precision * recall, precision + recall), 4),
        items=len(gold.keys() | found.keys()),
        gold_clusters=len(gold_sizes),
        found_clusters=len(found_sizes),
    )


def _mean(total: float, count: float) -> float:
    return total / count if count else 0.0
