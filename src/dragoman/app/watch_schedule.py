"""When each feed is asked next: measured by a clock that never jumps, remembered by the wall clock, never trusting the latter."""

import random
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from tenacity import RetryCallState, wait_exponential

from dragoman.app.watch_plan import FeedPlan, WatchSettings
from dragoman.core.errors import FetchError
from dragoman.core.watching import FeedHealth, FeedState

_GONE = 86_400.0
"""How long a feed that was taken down for good is left alone."""
_LONGEST_ASKED = 7 * 86_400.0
"""A Retry-After beyond this is taken for a mistake."""
_SPREAD = 0.1
_nothing: Any = None


def backoff(failures: int, first: float, longest: float, chance: random.Random) -> float:
    """Seconds to wait after so many failures in a row: doubling from `first` up to `longest`, half of it by chance."""
    state = RetryCallState(retry_object=_nothing, fn=None, args=(), kwargs={})
    state.attempt_number = max(1, min(failures, 64))
    return wait_exponential(multiplier=first, max=longest)(state) * chance.uniform(0.5, 1.0)


def remaining(health: FeedHealth, every: float, now: datetime) -> float:
    """Seconds until a feed is due, by what was noted when it was last asked.

    A wall clock that was put back or forward since makes this neither negative nor longer than what was to be waited.
    """
    if health.polled is None:
        return 0.0
    wait = min(health.wait, every * (1 + _SPREAD)) if health.state is FeedState.WELL else health.wait
    return min(max(0.0, wait - (now - health.polled).total_seconds()), wait)


def went_well(health: FeedHealth, every: float, now: datetime, chance: random.Random) -> FeedHealth:
    """A feed's health after an answer that could be used."""
    wait = every * chance.uniform(1 - _SPREAD, 1 + _SPREAD)
    return replace(
        health,
        state=FeedState.WELL,
        polled=now,
        succeeded=now,
        wait=wait,
        failures=0,
        polls=health.polls + 1,
        fault=None,
        message=None,
    )


def went_wrong(
    health: FeedHealth, feed: FeedPlan, settings: WatchSettings, error: FetchError, now: datetime, chance: random.Random
) -> FeedHealth:
    """A feed's health after an answer that could not be used, or none; a server that asks for longer gets longer."""
    failures = health.failures + 1
    wait = backoff(failures, feed.every or settings.every, settings.longest_wait, chance)
    gone = error.code == "http-410"
    return replace(
        health,
        state=FeedState.GONE if gone else FeedState.FAILING,
        polled=now,
        wait=max(wait, _GONE) if gone else max(wait, min(error.after or 0.0, _LONGEST_ASKED)),
        failures=failures,
        polls=health.polls + 1,
        fault=error.code,
        message=str(error),
    )
