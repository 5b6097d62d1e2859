"""Long lists a page at a time."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")
SIZE = 50


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list; `before` and `after` are the numbers of the pages beside it, None at the ends."""

    items: tuple[T, ...]
    number: int
    total: int

    @property
    def before(self) -> int | None:
        """Number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """Number of the page after."""
        return self.number + 1 if self.number * SIZE < self.total else None


def page_of(items: Sequence[T], number: int) -> Page[T]:
    """One page, counted from 1; a number beyond the end gives an empty page."""
    start = (max(1, number) - 1) * SIZE
    return Page(tuple(items[start : start + SIZE]), max(1, number), len(items))
