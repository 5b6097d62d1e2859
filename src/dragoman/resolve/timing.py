"""When two claims say that it happened, and when they were reported."""

import math

from dragoman.core.vocab import Precision
from dragoman.resolve.likeness import Likeness
from dragoman.resolve.persons import person_in_both
from dragoman.resolve.profiles import AHEAD, HYPOTHETICAL, Profile

_LAGS = ((1, 0.75), (3, 0.6), (7, 0.1))
"""Days between reports, and their score: an undated contact is mostly news of the last three days."""

SHORTLY, _MONTH = 14, 31
"""Days."""


def compare_dates(left: Profile, right: Profile) -> Likeness | None:
    """Days or periods that meet. One day apart may be a slip between time zones, but not in one outlet, and counts against.

    A slip between two months is none, and to lie in the same season is not much.
    """
    if left.first is None or right.first is None or left.last is None or right.last is None:
        return None
    gap = max(left.first, right.first) - min(left.last, right.last)
    if gap > 1:
        return Likeness(0.0, f"dates {gap} days apart", impossible=True)
    if gap == 1:
        moved = (left.claim.factuality in AHEAD) != (right.claim.factuality in AHEAD)  # plans slip by a day
        consistent = left.exact and right.exact and one_outlet(left, right) and not moved
        surely = consistent or not (left.near and right.near)
        return Likeness(0.0 if surely else 0.15, "dates one day apart" + " in one outlet" * consistent, impossible=surely)
    if left.exact and right.exact:
        return Likeness(1.0, "the same day")
    if (left.first, left.last) == (right.first, right.last) and left.near:
        return Likeness(0.95, "the same days")
    if (left.first, left.last) == (right.first, right.last) and stated_range(left) and stated_range(right):
        return Likeness(0.95, "the same first and last day")
    width = max(left.last - left.first, right.last - right.first) + 1
    if width > _MONTH:
        return Likeness(0.3, f"dates that meet within {width} days")
    return Likeness(0.5 + 0.5 / (1 + math.log2(width)), f"dates that meet within {width} days")


def stated_range(one: Profile) -> bool:
    """Whether a text gives a first and a last day within a fortnight: two journeys seldom share both, as they share a week."""
    if one.first is None or one.last is None or one.last - one.first > SHORTLY:
        return False
    return one.claim.when is not None and one.claim.when.precision is Precision.RANGE


def one_outlet(left: Profile, right: Profile) -> bool:
    """Whether both claims are of one named outlet."""
    return left.source is not None and left.source == right.source


def compare_published(left: Profile, right: Profile) -> Likeness | None:
    """Where the text does not place both in time: how far apart they were reported."""
    if left.near and right.near:
        return None
    one = left.last if left.near else left.published_day
    other = right.last if right.near else right.published_day
    if one is None or other is None:
        return Likeness(0.35, "nothing ties them in time")
    lag = abs(one - other)
    if left.near != right.near:
        likeness = _compare_reported(left, right, one, other) if right.near else _compare_reported(right, left, other, one)
        if likeness:
            return likeness
    if lag <= _LAGS[0][0] and not person_in_both(left, right):
        return Likeness(0.5, "reported together, but with no person in both")
    both_ahead = {left.claim.factuality, right.claim.factuality} <= AHEAD
    if lag <= _LAGS[0][0] and (both_ahead or _some_time_ahead(left) or _some_time_ahead(right)):
        return Likeness(0.5, "announced together")
    least = 0.3 if left.first is not None and right.first is not None else 0.0  # "in January" may be told in November
    if _long_ago(left) or _long_ago(right):
        return Likeness(0.3, "one gives a long period, whenever it was reported")
    for days, score in _LAGS:
        if lag <= days:
            return Likeness(max(least, score), f"reported within {days} day{'s' if days > 1 else ''}")
    return Likeness(least, f"reported {lag} days apart")


def _long_ago(one: Profile) -> bool:
    """Whether a report gives a period of months ("earlier this year"): then its own day says nothing."""
    return one.first is not None and one.last is not None and one.last - one.first > _MONTH


def _some_time_ahead(one: Profile) -> bool:
    """Whether a plan gives a period: then the day of its report says nothing."""
    return one.claim.factuality in AHEAD and one.first is not None and not one.near


def _compare_reported(undated: Profile, dated: Profile, reported: int, happened: int) -> Likeness | None:
    """What the day of a report says of a contact without a day and one that happened on a known day, where it is plain."""
    if undated.claim.factuality not in AHEAD | HYPOTHETICAL:
        if reported < (dated.first or happened) - (0 if one_outlet(undated, dated) else 1):  # a day between time zones
            return Likeness(0.0, "one was reported before the other happened", impossible=True)
        return None
    if undated.first is None and reported > happened:
        return Likeness(0.0, "one was still ahead after the other's day", impossible=True)
    if _LAGS[1][0] < happened - reported <= SHORTLY:
        return Likeness(0.4, f"announced {happened - reported} days before")
    return None
