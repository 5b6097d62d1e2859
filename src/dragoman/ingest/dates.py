"""Published dates: full calendar dates in common written forms; anything less stays unknown."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = date(1800, 1, 1)
"""Before this a published date is taken for a slip."""

_LONGEST = 100
_FORMATS = ("%Y %m %d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y %B %d", "%Y %b %d")
_NOISE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?|(?<=\d)(?:st|nd|rd|th)\b|\bof\b|\bthe\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5}\b|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_YEAR_FIRST = re.compile(r"\d{4}([/.])\d{1,2}\1\d{1,2}(?!\d)")


def read_date(raw: str) -> date | None:
    """Read the calendar date in its own time zone; None unless day, month and year are all given and in one possible order.

    "03/04/2024" is None, because it is April in one country and March in another; "23/04/2024" is not.
    """
    words = raw.strip()
    if len(words) > _LONGEST:
        return None
    for reader in (_read_iso, _read_mail, _read_seconds, _read_slashed, _read_words):
        if found := reader(words):
            return found
    return None


def is_plausible(day: date, today: date) -> bool:
    """Whether a document can have been published then: from 1800 to tomorrow (time zones)."""
    return EARLIEST <= day <= today + timedelta(days=1)


def _read_iso(words: str) -> date | None:
    if re.fullmatch(r"\d{4}-?W.*", words):
        return None
    try:
        return datetime.fromisoformat(words).date()
    except ValueError:
        pass
    head = re.match(r"\d{4}-\d{2}-\d{2}(?=[T\s]|$)", words)
    try:
        return date.fromisoformat(head[0]) if head else None
    except ValueError:
        return None


def _read_mail(words: str) -> date | None:
    if not re.search(r"\d\d:\d\d", words):
        return None
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError):
        return None


def _read_seconds(words: str) -> date | None:
    if not _SECONDS.fullmatch(words):
        return None
    seconds = float(words)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).date()


def _read_slashed(words: str) -> date | None:
    match = _SLASHED.match(words)
    if not match:
        return None
    first, second, year = (int(part) for part in match.groups())
    dotted = "." in match[0]
    if not dotted and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if second > 12 else (first, second)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_words(words: str) -> date | None:
    year_first = _YEAR_FIRST.match(words)
    plain = year_first[0] if year_first else _CLOCK.sub(" ", words)
    plain = re.sub(r"\bsept\b", "sep", _NOISE.sub(" ", plain), flags=re.IGNORECASE)
    plain = " ".join(re.sub(r"[,./|]", " ", plain).split())
    for form in _FORMATS:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None
