"""How far two actors stand apart in a dossier: over the issues on which the record knows both."""

from collections.abc import Mapping
from itertools import combinations

import msgspec

from dragoman.core.vocab import PositionStance

FORMULA = (
    "distance = mean over the issues on which both have a settled stance of |difference of their stances| / 2, with supports and "
    "demands 1, conditional 0.5, opposes -1; 0 is the same side on each, 1 opposite sides on each; without a shared issue none"
)
CAUTION = (
    "Both may demand a thing of one another, such as a ceasefire: a distance of 0 says that both speak for it, "
    "not that they agree on its terms"
)
_SCALE = {
    PositionStance.SUPPORTS: 1.0,
    PositionStance.DEMANDS: 1.0,
    PositionStance.CONDITIONAL: 0.5,
    PositionStance.OPPOSES: -1.0,
}
"""Who supports a thing and who demands it of others want the same thing."""
_WIDEST = 2.0

Stances = Mapping[str, Mapping[str, PositionStance]]
"""Settled stances by actor and issue."""


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """Two actors' distance with the issues that it rests on: each issue with both stances."""

    pair: tuple[str, str]
    distance: float
    issues: tuple[tuple[str, PositionStance, PositionStance], ...]


def distances(stances: Stances) -> tuple[Apart, ...]:
    """Every two actors that share an issue, the furthest apart first; on equal distance those with more issues, then by name."""
    found = (_apart(left, right, stances) for left, right in combinations(sorted(stances), 2))
    return tuple(sorted(filter(None, found), key=lambda one: (-one.distance, -len(one.issues), one.pair)))


def _apart(left: str, right: str, stances: Stances) -> Apart | None:
    shared = sorted(stances[left].keys() & stances[right].keys())
    if not shared:
        return None
    gaps = [abs(_SCALE[stances[left][issue]] - _SCALE[stances[right][issue]]) / _WIDEST for issue in shared]
    issues = tuple((issue, stances[left][issue], stances[right][issue]) for issue in shared)
    return Apart(pair=(left, right), distance=sum(gaps) / len(gaps), issues=issues)
