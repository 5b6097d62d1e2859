"""Pairing gold items with predicted ones, and finding wordings in a text."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from dragoman.core.text import Span

Item = TypeVar("Item")


def matched(
    gold: Sequence[Item], predicted: Sequence[Item], weight: Callable[[Item, Item], float | None]
) -> list[tuple[int, int]]:
    """Pair gold and predicted items one to one, as many as can be; heavier pairs are tried first, None cannot be paired."""
    edges = [_edges(item, predicted, weight) for item in gold]
    owner: dict[int, int] = {}

    def find(left: int, seen: set[int]) -> bool:
        for _, right in edges[left]:
            if right in seen:
                continue
            seen.add(right)
            if right not in owner or find(owner[right], seen):
                owner[right] = left
                return True
        return False

    for left in sorted(range(len(gold)), key=lambda left: -max((w for w, _ in edges[left]), default=0.0)):
        find(left, set())
    return [(left, right) for right, left in sorted(owner.items(), key=lambda pair: pair[1])]


def _edges(item: Item, predicted: Sequence[Item], weight: Callable[[Item, Item], float | None]) -> list[tuple[float, int]]:
    weighed = ((weight(item, other), index) for index, other in enumerate(predicted))
    return sorted(((w, index) for w, index in weighed if w is not None), key=lambda edge: (-edge[0], edge[1]))


def locate(text: str, words: str | None) -> Span | None:
    """Find a wording in a text; white space may differ in width."""
    if not words or not text:
        return None
    start = text.find(words)
    if start >= 0:
        return Span(start, start + len(words))
    pieces = words.split()
    found = re.search(r"\s+".join(map(re.escape, pieces)), text) if pieces else None
    return Span(*found.span()) if found else None


def dice(left: Span | None, right: Span | None) -> float:
    """`Span.dice` of two spans; 0 where either was not found."""
    if left is None or right is None:
        return 0.0
    return left.dice(right)
