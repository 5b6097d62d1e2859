"""Planned engagements as iCalendar, read back by the icalendar library."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from dragoman.export.planned import planned_calendar


@pytest.fixture(scope="module")
def made(selection):
    return planned_calendar(selection, version="0")


@pytest.fixture(scope="module")
def entries(made):
    return {str(entry["UID"]): entry for entry in Calendar.from_ical(made[0]).walk("VEVENT")}


def test_a_plan_covers_its_days_and_says_that_they_are_rough(entries) -> None:
    (visit,) = (entry for entry in entries.values() if "Turkey" in entry["SUMMARY"])
    assert (visit.start, visit.end) == (date(2024, 5, 13), date(2024, 5, 20))
    assert str(visit["SUMMARY"]) == "Visit: Turkey (Example Minister), Ukraine"
    assert str(visit["LOCATION"]) == "Kyiv, UKR"
    assert visit["STATUS"] == "TENTATIVE"
    assert visit["CATEGORIES"].cats == ["ukraine"]
    assert "Time as reported: next week" in visit["DESCRIPTION"]
    assert "some day of this week" in visit["DESCRIPTION"]
    assert "“Turkey's Example Minister will visit Kyiv next week.” (Example Agency, 2024-05-07" in visit["DESCRIPTION"]


def test_what_was_called_off_stays_and_is_cancelled(entries) -> None:
    (off,) = (entry for entry in entries.values() if entry["STATUS"] == "CANCELLED")
    assert str(off["SUMMARY"]) == "Called off: meeting: Egypt, the Elders of Somewhere"


def test_what_happened_is_in_no_calendar(entries) -> None:
    assert len(entries) == 2


def test_what_has_no_day_is_left_out_and_said(selection, made) -> None:
    (undated,) = (event for event in selection.events if event.when and not event.when.resolved)
    assert made[1] == (f"{undated.id}: no day is given (“soon”)",)


def test_the_stamp_is_that_of_the_last_report_and_local_addresses_stay(entries, made) -> None:
    assert {entry["DTSTAMP"].dt for entry in entries.values()} == {datetime(2024, 5, 7, tzinfo=UTC)}
    assert b"secret" not in made[0]


def test_the_same_record_is_the_same_calendar(selection, made) -> None:
    assert planned_calendar(selection, version="0") == made
