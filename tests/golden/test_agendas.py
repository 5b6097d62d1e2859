"""Entries of an agenda take place on the day in its headline, unless they give their own."""

from datetime import date

import pytest

from dragoman.core.claims import Engagement
from dragoman.core.text import Document
from dragoman.extract.coder import RuleCoder

PUBLISHED = date(2024, 11, 11)
ENTRY = "2:15 p.m. Chilean Foreign Minister Ana Ruiz meets with Danish Foreign Minister Bo Lind in Santiago."


@pytest.mark.parametrize(
    ("title", "entry", "day"),
    [
        ("Public Schedule – November 12, 2024", ENTRY, date(2024, 11, 12)),
        ("Public Schedule – November 12, 2024", ENTRY.removeprefix("2:15 p.m. "), date(2024, 11, 12)),
        ("Public Schedule – November 12, 2024", ENTRY.replace("in Santiago", "on November 14"), date(2024, 11, 14)),
        ("Public Schedule", ENTRY, None),
        ("Schedule for November 12 and November 13, 2024", ENTRY, None),
        ("The minister and the floods of November 9, 2024", ENTRY, None),
    ],
)
def test_the_day_of_an_entry(coder: RuleCoder, title: str, entry: str, day: date | None) -> None:
    document = Document(text=f"{title}\n\n{entry}", title=title, published=PUBLISHED, source="Palace")
    (coding,) = coder.code([document])
    (meeting,) = (claim for claim in coding.claims if isinstance(claim, Engagement))
    assert (meeting.when.start if meeting.when else None) == day
