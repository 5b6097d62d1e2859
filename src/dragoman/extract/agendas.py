"""Agendas: lists of one day's contacts, under a headline that gives the day."""

import re

from dragoman.core.time import When
from dragoman.core.vocab import Setting
from dragoman.read.reading import Reading, Sentence, TimeMention

_AGENDA = re.compile(r"\b(?:schedules?|agenda|diary|appointments|engagements|programme|calendar)\b", re.IGNORECASE)


def on_the_agenda(reading: Reading, sentence: Sentence, told: When | None, *, clock: bool) -> When | None:
    """When an entry of an agenda takes place: on the day in its headline, unless it gives a day of its own.

    `told` is what the entry says and `clock` whether that is no more than an hour, which under a headline is of the headline's
    day and not of the last day spoken of.
    """
    if sentence.setting is Setting.TITLE or (told is not None and not clock):
        return told
    return _day(reading) or told


def _day(reading: Reading) -> When | None:
    title = reading.document.title
    if title is None or not _AGENDA.search(title):
        return None
    headings = (one for one in reading.sentences if one.setting is Setting.TITLE)
    days = [time.when for one in headings for time in reading.times_in(one) if _one_day(time)]
    return days[0] if len(days) == 1 else None


def _one_day(time: TimeMention) -> bool:
    return time.kind == "DATE" and time.when.start is not None and time.when.start == time.when.end
