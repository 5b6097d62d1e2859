"""Calendar periods: the days they span, their TIMEX3 names, and stepping from one to another."""

import calendar
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from dragoman.core.vocab import Precision


class Unit(StrEnum):
    """Length of a calendar period; the member value is the unit's letter in a TIMEX3 duration."""

    SECOND = "TS"
    MINUTE = "TM"
    HOUR = "TH"
    DAY = "D"
    WEEKEND = "WE"
    WEEK = "W"
    MONTH = "M"
    QUARTER = "Q"
    SEASON = "S"
    HALF = "H"
    YEAR = "Y"
    DECADE = "E"
    CENTURY = "C"


SEASONS = ("SP", "SU", "FA", "WI")
"""TIMEX3 names of the seasons, from March on, three months each (northern hemisphere)."""

_MONTHS_IN = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.HALF: 6, Unit.YEAR: 12, Unit.DECADE: 120, Unit.CENTURY: 1200}
_PRECISION = {
    Unit.DAY: Precision.DAY,
    Unit.WEEKEND: Precision.RANGE,
    Unit.WEEK: Precision.WEEK,
    Unit.MONTH: Precision.MONTH,
    Unit.QUARTER: Precision.QUARTER,
    Unit.SEASON: Precision.QUARTER,
    Unit.YEAR: Precision.YEAR,
}
_UNKNOWN = {
    Unit.DAY: "XXXX-XX-XX",
    Unit.WEEKEND: "XXXX-WXX-WE",
    Unit.WEEK: "XXXX-WXX",
    Unit.MONTH: "XXXX-XX",
    Unit.QUARTER: "XXXX-QX",
    Unit.SEASON: "XXXX-SX",
    Unit.HALF: "XXXX-HX",
    Unit.YEAR: "XXXX",
    Unit.DECADE: "XXX",
    Unit.CENTURY: "XX",
}


class Period(msgspec.Struct, frozen=True):
    """One calendar period: its unit and its first day (weeks begin on Monday, weekends on Saturday)."""

    unit: Unit
    first: date

    @property
    def last(self) -> date:
        """The last day of the period."""
        if self.unit is Unit.DAY:
            return self.first
        if self.unit in (Unit.WEEK, Unit.WEEKEND):
            return self.first + timedelta(days=6 if self.unit is Unit.WEEK else 1)
        return _last_before(self.first, _MONTHS_IN[self.unit])

    @property
    def precision(self) -> Precision:
        """How exactly the period is known when a text names it."""
        return _PRECISION.get(self.unit, Precision.RANGE)

    @property
    def name(self) -> str:
        """The period as a TIMEX3 value, such as "2013-W12"."""
        year, month = self.first.year, self.first.month
        if self.unit in (Unit.WEEK, Unit.WEEKEND):
            iso = self.first.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if self.unit is Unit.WEEKEND else "")
        names = {
            Unit.DAY: self.first.isoformat(),
            Unit.MONTH: f"{year:04}-{month:02}",
            Unit.QUARTER: f"{year:04}-Q{(month + 2) // 3}",
            Unit.SEASON: f"{year:04}-{SEASONS[(month - 3) // 3]}",
            Unit.HALF: f"{year:04}-H{1 if month < 7 else 2}",
            Unit.YEAR: f"{year:04}",
            Unit.DECADE: f"{year:04}"[:3],
            Unit.CENTURY: f"{year:04}"[:2],
        }
        return names[self.unit]

    def shift(self, count: int) -> "Period | None":
        """The period `count` periods of the same unit later (earlier if negative); None outside the calendar."""
        try:
            if self.unit in (Unit.DAY, Unit.WEEK, Unit.WEEKEND):
                return Period(self.unit, self.first + timedelta(days=count * (1 if self.unit is Unit.DAY else 7)))
            step = 12 if self.unit is Unit.SEASON else _MONTHS_IN[self.unit]
            return Period(self.unit, shift_months(self.first, count * step))
        except (ValueError, OverflowError):
            return None


def period_of(unit: Unit, day: date) -> Period:
    """The period of a unit that a day lies in; a weekend is that of the day's week."""
    year, month = day.year, day.month
    if unit in (Unit.WEEK, Unit.WEEKEND):
        monday = day - timedelta(days=day.weekday())
        return Period(unit, monday + timedelta(days=5) if unit is Unit.WEEKEND else monday)
    if unit is Unit.SEASON:
        return season(year - 1 if month < 3 else year, SEASONS[(month - 3) % 12 // 3])
    firsts = {
        Unit.MONTH: (year, month),
        Unit.QUARTER: (year, (month - 1) // 3 * 3 + 1),
        Unit.HALF: (year, 1 if month < 7 else 7),
        Unit.YEAR: (year, 1),
        Unit.DECADE: (max(year // 10 * 10, 1), 1),
        Unit.CENTURY: (max(year // 100 * 100, 1), 1),
    }
    return Period(unit, date(*firsts[unit], 1)) if unit in firsts else Period(Unit.DAY, day)


def season(year: int, name: str) -> Period:
    """A season of a year; winter is named after the year it begins in."""
    return Period(Unit.SEASON, date(year, 3 + 3 * SEASONS.index(name), 1))


def exact_day(year: int, month: int, day: int) -> Period | None:
    """A day, None where the calendar has no such day."""
    if 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return Period(Unit.DAY, date(year, month, day))
    return None


def unknown(unit: Unit) -> str:
    """The TIMEX3 value of a period of which only the unit is known, such as "XXXX-WXX"."""
    return _UNKNOWN.get(unit, _UNKNOWN[Unit.DAY])


def shift_months(day: date, count: int) -> date:
    """The same day of the month `count` months later, the month's last day where it is shorter."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift_days(day: date, unit: Unit, count: int) -> date | None:
    """The day `count` units away from a day; None outside the calendar."""
    try:
        if unit in (Unit.DAY, Unit.WEEK, Unit.WEEKEND):
            return day + timedelta(days=count * (1 if unit is Unit.DAY else 7))
        return shift_months(day, count * _MONTHS_IN[unit]) if unit in _MONTHS_IN else day
    except (ValueError, OverflowError):
        return None


def _last_before(first: date, months: int) -> date:
    try:
        return shift_months(first, months) - timedelta(days=1)
    except ValueError:
        return date.max
