"""What time expressions resolve to: TIMEX3 type and value, and an interval of days where it can be known."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from dragoman.core.vocab import Precision
from dragoman.knowledge.words import word_set
from dragoman.read.time_calendar import Period, Unit, exact_day, period_of, shift_days, unknown
from dragoman.read.time_grammar import Hit
from dragoman.read.time_lexicon import MULTIPLIERS, NUMBERS, ORDINALS


class Outlook(StrEnum):
    """Where the sentence around an expression looks."""

    PAST = "past"
    FUTURE = "future"


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """One resolved expression: `period` is the calendar period it names, where it names one."""

    kind: str
    value: str
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    anchor: str | None = None
    period: Period | None = None


class Part(msgspec.Struct, frozen=True):
    """One expression inside a match that holds several: word range and timing."""

    start: int
    end: int
    timing: Timing


class Scene(msgspec.Struct):
    """What expressions are resolved against: the anchor, and the period named last in the text."""

    anchor: date | None
    anchor_name: str | None
    outlook_of: Callable[[Hit], Outlook | None]
    reference: Period | None = None
    reference_anchor: str | None = None
    quarter: tuple[Period, str | None] | None = None
    """The quarter named last, with its anchor: results are compared with the same quarter "a year earlier"."""

    full_dates: dict[tuple[int, int], int] = msgspec.field(default_factory=dict)
    """Year by month and day, of the days that the text gave in full."""

    def saw(self, timing: Timing) -> None:
        """Remember the period that the text has just named."""
        if timing.period is None:
            return
        self.reference, self.reference_anchor = timing.period, timing.anchor
        first = timing.period.first
        if timing.period.unit is Unit.DAY and timing.anchor == "text":
            self.full_dates[first.month, first.day] = first.year
        if timing.period.unit is Unit.QUARTER:
            self.quarter = (timing.period, timing.anchor)

    def here(self, unit: Unit) -> Period | None:
        """The anchor's own period of a unit."""
        return None if self.anchor is None else period_of(unit, self.anchor)

    def referred(self, unit: Unit) -> tuple[Period | None, str | None]:
        """The period of a unit that the text spoke of last, None if it spoke of a longer one only; at first the anchor's."""
        if self.reference is None:
            return self.here(unit), self.anchor_name
        if unit is Unit.DAY and self.reference.unit is not Unit.DAY:
            return None, None
        found = period_of(unit, self.reference.first)
        return (found if found.last >= self.reference.last else None), self.reference_anchor


NEAR = timedelta(days=90)
"""Within this distance a date without a year is the nearest one, whatever the tense: chosen on the development texts."""

Resolver = Callable[[Hit, Scene], "Timing | tuple[Part, ...] | None"]

_WHOLE_DURATION = re.compile(r"P(\d{1,3})([DWMY])")
_EARLY = word_set("early beginning start")
_MID = word_set("mid middle")
_LATE = word_set("late end close")


def date_at(period: Period | None, anchor: str | None, modifier: str = "", suffix: str = "") -> Timing | None:
    """A DATE (a TIME with a `suffix` such as "TMO") that names a period, narrowed by a modifier such as "late" or "end of"."""
    if period is None:
        return None
    start, end, precision = narrowed(period, modifier)
    return Timing(
        kind="TIME" if suffix else "DATE",
        value=period.name + suffix,
        start=start,
        end=end,
        precision=precision,
        anchor=anchor,
        period=period,
    )


def vague_date(value: str, kind: str = "DATE") -> Timing:
    """A DATE or TIME whose days cannot be known."""
    return Timing(kind=kind, value=value)


def known_or_vague(period: Period | None, unit: Unit, anchor: str | None, modifier: str = "", suffix: str = "") -> Timing:
    """`date_at`, or the unresolved value of the unit where the period is not known."""
    timing = date_at(period, anchor, modifier, suffix)
    return timing or vague_date(unknown(unit) + suffix, "TIME" if suffix else "DATE")


def narrowed(period: Period, modifier: str) -> tuple[date, date, Precision]:
    """The days of a period that "early", "mid", "late", "end of", "first half of" leave.

    Months are cut in three as the annotation guide has it (1-10, 11-20, 21 to the end); the beginning and the end of a year are
    its first and last month; "early 2009" and parts of other periods stay as wide as the period.
    """
    words = frozenset(modifier.split())
    first, last = period.first, period.last
    if period.unit is Unit.MONTH and words:
        tenth, twentieth, middle = (first + timedelta(days=days) for days in (9, 19, 14))
        cuts = (
            ("half" in words and "first" in words, first, middle),
            ("half" in words, middle + timedelta(days=1), last),
            (bool(words & _EARLY), first, tenth),
            (bool(words & _MID), tenth + timedelta(days=1), twentieth),
            (bool(words & _LATE), twentieth + timedelta(days=1), last),
        )
        for fits, start, end in cuts:
            if fits:
                return start, end, Precision.PART_OF_MONTH
    if period.unit is Unit.YEAR and words:
        if "half" in words:
            half = period_of(Unit.HALF, first if "first" in words else last)
            return half.first, half.last, half.precision
        if words & {"beginning", "start"}:
            return first, first.replace(day=31), Precision.MONTH
        if words & {"end", "close"}:
            return last.replace(day=1), last, Precision.MONTH
    return first, last, period.precision


def bounded(timing: Timing, word: str, anchor: date | None) -> Timing:
    """Cut a period that holds the anchor to the days before it ("earlier this week") or after it ("later this month")."""
    period = timing.period
    if period is None or period.unit is Unit.DAY or anchor is None or not period.first <= anchor <= period.last:
        return timing
    day = timedelta(days=1)
    start, end = (period.first, anchor - day) if word == "earlier" else (anchor + day, period.last)
    return msgspec.structs.replace(timing, start=start, end=end) if start <= end else timing


def nearest(before: Period | None, after: Period | None, scene: Scene, outlook: Outlook | None) -> Period | None:
    """Choose between the last occurrence up to the anchor and the next one: the nearer, but by outlook where both are far."""
    if before is None or after is None or scene.anchor is None:
        return before or after
    gap_before, gap_after = scene.anchor - before.first, after.first - scene.anchor
    if outlook is not None and min(gap_before, gap_after) > NEAR:
        return after if outlook is Outlook.FUTURE else before
    return before if gap_before <= gap_after else after


def occurrence(month: int, day: int | None, scene: Scene, outlook: Outlook | None) -> Period | None:
    """The month, or the day of a month, that a text means when it gives no year, or gave it with the same day before."""
    if day is not None and (month, day) in scene.full_dates:
        return exact_day(scene.full_dates[month, day], month, day)
    if scene.anchor is None:
        return None
    years = [scene.anchor.year + shift for shift in (-1, 0, 1)]
    if day is None:
        here = period_of(Unit.MONTH, scene.anchor)
        found = [Period(Unit.MONTH, date(year, month, 1)) for year in years]
        if here in found:
            return here
    else:
        found = [period for year in years if (period := exact_day(year, month, day))]
    before = [period for period in found if period.first <= scene.anchor]
    after = [period for period in found if period.first >= scene.anchor]
    return nearest(before[-1] if before else None, after[0] if after else None, scene, outlook)


def weekday_of(number: int, scene: Scene, *, weeks: int | None = None, future: bool = False) -> Period | None:
    """A weekday (1 Monday to 7 Sunday) in the anchor's week shifted by `weeks`, else the nearest on the side asked for."""
    if scene.anchor is None:
        return None
    if weeks is not None:
        monday = period_of(Unit.WEEK, scene.anchor).first
        shift = shift_days(monday, Unit.DAY, 7 * weeks + number - 1)
    else:
        gap = (number - scene.anchor.isoweekday()) % 7
        shift = shift_days(scene.anchor, Unit.DAY, gap if future or gap == 0 else gap - 7)
    return None if shift is None else Period(Unit.DAY, shift)


def duration(count: float | None, unit: Unit) -> str:
    """A TIMEX3 duration such as "P2W" or "PT72H"; an unknown count gives "PXW"."""
    if unit is Unit.WEEKEND:
        unit, count = Unit.DAY, None if count is None else 2 * count
    prefix, letter = ("PT", unit[1]) if unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR) else ("P", str(unit))
    if unit is Unit.DECADE:
        letter, count = "Y", None if count is None else 10 * count
    if unit is Unit.CENTURY:
        letter, count = "Y", None if count is None else 100 * count
    if isinstance(count, float) and not count.is_integer() and unit in (Unit.YEAR, Unit.HOUR):
        whole, rest = int(count), round((count - int(count)) * (12 if unit is Unit.YEAR else 60))
        return f"{prefix}{whole or ''}{letter if whole else ''}{rest}M"
    return f"{prefix}{'X' if count is None else f'{count:g}' if count < 1e6 else int(count)}{letter}"


def counted_from(value: str, period: Period | None, sign: int) -> Period | None:
    """The day, month or year that lies a TIMEX3 duration such as "P3D" after (or before) a period."""
    match = _WHOLE_DURATION.fullmatch(value)
    if match is None or period is None:
        return None
    count, unit = sign * int(match[1]), Unit(match[2])
    if unit in (Unit.DAY, Unit.WEEK):
        return period.shift(count * (7 if unit is Unit.WEEK else 1)) if period.unit is Unit.DAY else None
    moved = shift_days(period.first, unit, count)
    return None if moved is None or period.unit not in (Unit.DAY, Unit.MONTH, Unit.YEAR) else period_of(unit, moved)


def number_of(words: tuple[str, ...]) -> int | float | None:
    """The number that words such as "two", "thirty-five", "a couple of", "2 1/2" or "1,500" stand for; None for "several"."""
    total: int | float = 0
    seen = False
    for word in words:
        if word in MULTIPLIERS:
            total, seen = (total or 1) * MULTIPLIERS[word], True
            continue
        value = _value_of(word)
        if value is not None:
            total, seen = total + value, True
    if not seen and words and words[-1] in ("a", "an", "another", "the", "full", "additional", "one"):
        return 1
    return total if seen else None


def ordinal_of(word: str) -> int | None:
    """The number of "third", "3rd" or "3"."""
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdigit() else ORDINALS.get(word)


def _value_of(word: str) -> int | float | None:
    if word in NUMBERS:
        return NUMBERS[word]
    if word in ("couple", "pair"):
        return 2
    if word == "half":
        return 0.5
    plain = word.replace(",", "")
    if plain.isdigit():
        return int(plain)
    if "/" in plain:
        top, _, bottom = plain.partition("/")
        return int(top) / int(bottom) if int(bottom) else None
    return float(plain) if plain.count(".") == 1 and plain.replace(".", "").isdigit() else None
