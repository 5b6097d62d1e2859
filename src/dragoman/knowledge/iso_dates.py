"""Dates as far as they are certain: ISO 8601 prefixes ("2019", "2019-05", "2019-05-20"), whose length is their precision."""

import re
from datetime import date

_PREFIX = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_WHOLE = 10
"""Characters of a full date."""


def is_date_prefix(text: str) -> bool:
    """Whether a text is YYYY, YYYY-MM or YYYY-MM-DD."""
    return _PREFIX.fullmatch(text) is not None


def may_cover(start: str | None, end: str | None, day: date) -> bool:
    """Whether a time from `start` to `end` (None where open) may hold the day, given their precision."""
    iso = day.isoformat()
    return (start is None or start <= iso[: len(start)]) and (end is None or end >= iso[: len(end)])


def surely_covers(start: str | None, end: str | None, day: date) -> bool:
    """Whether it holds the day whatever the days are that the prefixes leave open."""
    iso = day.isoformat()
    begun = start is None or start < iso[: len(start)] or start == iso
    ended = end is not None and (end < iso[: len(end)] or (end == iso[: len(end)] and len(end) < _WHOLE))
    return begun and not ended
