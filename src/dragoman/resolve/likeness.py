"""How alike two claims are in one feature."""

from typing import NamedTuple


class Likeness(NamedTuple):
    """How alike two claims are in one feature: 1 speaks for one event, 0 against, 0.5 neither; `impossible` rules it out."""

    score: float
    why: str
    impossible: bool = False
