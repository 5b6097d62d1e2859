from datetime import date

import pytest

from dragoman.ingest.dates import is_plausible, read_date

MAY_2 = date(2024, 5, 2)


@pytest.mark.parametrize(
    "raw",
    [
        "2024-05-02",
        " 2024-05-02 ",
        "2024-05-02T23:30:00Z",
        "2024-05-02T23:30:00+03:00",
        "2024-05-02T23:30:00.123456",
        "2024-05-02 10:00 (Doha time)",
        "20240502",
        "20240502T101500Z",
        "Thu, 02 May 2024 23:30:00 -0700",
        "2 May 2024",
        "2nd of May, 2024",
        "2 May 2024, 14:30 GMT",
        "May 2, 2024",
        "Thursday, May 2, 2024",
        "May 2, 2024 at 4:05 p.m.",
        "02 may 2024",
        "2024/05/02",
        "2024.5.2",
        "02.05.2024",
        "1714646400",
        "1714646400000",
    ],
)
def test_full_dates(raw: str) -> None:
    assert read_date(raw) == MAY_2


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("23/04/2024", date(2024, 4, 23)),
        ("04/23/2024", date(2024, 4, 23)),
        ("5/5/2024", date(2024, 5, 5)),
        ("Sept. 3, 2021", date(2021, 9, 3)),
    ],
)
def test_slashes_where_only_one_order_is_possible(raw: str, expected: date) -> None:
    assert read_date(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "03/04/2024",
        "2024",
        "May 2024",
        "2024-05",
        "2 May",
        "Tuesday",
        "2024-W18",
        "2024-02-30",
        "31/02/2024",
        "soon",
        "",
        "2024-13-45",
        "x" * 9999,
    ],
)
def test_nothing_is_guessed(raw: str) -> None:
    assert read_date(raw) is None


def test_plausible_days() -> None:
    today = date(2026, 3, 1)
    assert is_plausible(date(2026, 3, 2), today)
    assert not is_plausible(date(2026, 3, 3), today)
    assert is_plausible(date(1800, 1, 1), today)
    assert not is_plausible(date(1799, 12, 31), today)
