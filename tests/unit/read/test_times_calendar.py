from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.core.vocab import Precision
from dragoman.read.time_calendar import Period, Unit, exact_day, period_of, season, shift_days, shift_months, unknown

CALENDAR = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.SEASON, Unit.HALF, Unit.YEAR, Unit.DECADE, Unit.CENTURY)
days = st.dates(min_value=date(1100, 1, 1), max_value=date(2500, 12, 31))


@pytest.mark.parametrize(
    ("unit", "day", "first", "last", "name"),
    [
        (Unit.DAY, date(2024, 5, 15), date(2024, 5, 15), date(2024, 5, 15), "2024-05-15"),
        (Unit.WEEK, date(2024, 5, 15), date(2024, 5, 13), date(2024, 5, 19), "2024-W20"),
        (Unit.WEEK, date(2021, 1, 1), date(2020, 12, 28), date(2021, 1, 3), "2020-W53"),
        (Unit.WEEKEND, date(2024, 5, 15), date(2024, 5, 18), date(2024, 5, 19), "2024-W20-WE"),
        (Unit.MONTH, date(2024, 2, 15), date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (Unit.QUARTER, date(2024, 5, 15), date(2024, 4, 1), date(2024, 6, 30), "2024-Q2"),
        (Unit.HALF, date(2024, 7, 1), date(2024, 7, 1), date(2024, 12, 31), "2024-H2"),
        (Unit.YEAR, date(2024, 7, 1), date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (Unit.DECADE, date(1987, 7, 1), date(1980, 1, 1), date(1989, 12, 31), "198"),
        (Unit.CENTURY, date(1987, 7, 1), date(1900, 1, 1), date(1999, 12, 31), "19"),
        (Unit.SEASON, date(2024, 7, 1), date(2024, 6, 1), date(2024, 8, 31), "2024-SU"),
        (Unit.SEASON, date(2024, 1, 1), date(2023, 12, 1), date(2024, 2, 29), "2023-WI"),
    ],
)
def test_periods(unit, day, first, last, name):
    period = period_of(unit, day)
    assert (period.first, period.last, period.name) == (first, last, name)


@given(st.sampled_from(CALENDAR), days)
def test_a_period_holds_its_day_and_the_next_begins_after_it(unit, day):
    period = period_of(unit, day)
    assert period.first <= day <= period.last
    following = period_of(unit, shift_days(period.last, Unit.DAY, 1))
    assert following.first > period.last
    if unit is not Unit.SEASON:
        assert period.shift(1) == following


def test_shifting_out_of_the_calendar_gives_none():
    assert Period(Unit.YEAR, date(9999, 1, 1)).shift(1) is None
    assert Period(Unit.DAY, date(1, 1, 1)).shift(-1) is None
    assert shift_days(date(9999, 12, 31), Unit.DAY, 1) is None
    assert shift_days(date(1, 1, 1), Unit.CENTURY, -1) is None


def test_the_last_period_ends_with_the_calendar():
    assert Period(Unit.YEAR, date(9999, 1, 1)).last == date.max


def test_months_are_shifted_to_a_day_that_exists():
    assert shift_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert shift_months(date(2024, 3, 31), -13) == date(2023, 2, 28)


def test_days_that_do_not_exist():
    assert exact_day(2023, 2, 29) is None
    assert exact_day(2023, 13, 1) is None
    assert exact_day(0, 1, 1) is None


def test_names_and_precisions_of_what_is_unknown_or_wide():
    assert unknown(Unit.WEEK) == "XXXX-WXX"
    assert unknown(Unit.HOUR) == "XXXX-XX-XX"
    assert season(1994, "WI").precision is Precision.QUARTER
    assert period_of(Unit.DECADE, date(1990, 1, 1)).precision is Precision.RANGE
