"""Rules for dates: calendar dates, months, years, weekdays, and dates told from the anchor or from the date named before."""

from datetime import date, timedelta

import msgspec

from dragoman.core.vocab import Precision
from dragoman.knowledge.words import word_set
from dragoman.read.time_calendar import Period, Unit, exact_day, period_of, shift_days, unknown
from dragoman.read.time_grammar import Hit
from dragoman.read.time_lexicon import DAYPARTS, MONTHS, NOONS, NUMBERS, SHIFTS, UNITS, WEEKDAYS
from dragoman.read.time_resolve import (
    Outlook,
    Part,
    Scene,
    Timing,
    bounded,
    date_at,
    duration,
    known_or_vague,
    number_of,
    occurrence,
    ordinal_of,
    vague_date,
    weekday_of,
)

TEXT = "text"
"""Anchor of expressions that are absolute in themselves."""

REFERRING = word_set("following previous preceding same that")
"""Words that tell a period from the one named before, not from the anchor."""


def year_number(hit: Hit, group: str = "year") -> int | None:
    """The year that a capture names in digits or in words ("nineteen ninety-six")."""
    words = [word for word in hit.get(group) if word.isdigit() or word in NUMBERS or word == "thousand"]
    if not words:
        return None
    if words[0].isdigit():
        return int(words[0])
    tail = sum(NUMBERS.get(word, 0) for word in words[1:])
    return 2000 + tail if "thousand" in words else 100 * NUMBERS[words[0]] + tail


def year_of(hit: Hit, scene: Scene, group: str) -> tuple[Period | None, str | None]:
    """The year that a capture names: absolute, "last year", "that year"."""
    number = year_number(hit, group)
    if number is not None:
        return Period(Unit.YEAR, date(number, 1, 1)), TEXT
    words = hit.get(group)
    base, anchor = (scene.here(Unit.YEAR), scene.anchor_name)
    if REFERRING & set(words):
        base, anchor = scene.referred(Unit.YEAR)
    shift = next((SHIFTS[word] for word in words if word in SHIFTS and word != "the"), 0)
    return None if base is None else base.shift(shift), anchor


def calendar_date(hit: Hit, scene: Scene) -> Timing | None:
    """A month and day, with or without a year."""
    month, day = MONTHS[hit.one("month")], ordinal_of(hit.get("monthday")[-1])
    if day is None:
        return None
    if hit.get("monthday")[0] in ("twenty", "thirty") and len(hit.get("monthday")) > 1:
        day += NUMBERS[hit.get("monthday")[0]]
    return _day_of(hit, scene, month, day, "year")


def _day_of(hit: Hit, scene: Scene, month: int, day: int, year_group: str) -> Timing | None:
    number = year_number(hit, year_group)
    if number is not None:
        return date_at(exact_day(number, month, day), TEXT)
    if exact_day(2000, month, day) is None:
        return None
    if "rel" in hit:
        outlook: Outlook | None = {-1: Outlook.PAST, 1: Outlook.FUTURE}.get(SHIFTS[hit.one("rel")])
    else:
        outlook = scene.outlook_of(hit)
    found = occurrence(month, day, scene, outlook)
    return date_at(found, scene.anchor_name) or vague_date(f"XXXX-{month:02}-{day:02}")


def part_of_date(hit: Hit, scene: Scene) -> Timing | None:
    """A part of a calendar day: "the evening of May 3"."""
    timing = calendar_date(hit, scene)
    return None if timing is None else msgspec.structs.replace(timing, kind="TIME", value=timing.value + _suffix(hit))


def week_of(hit: Hit, scene: Scene) -> Timing | None:
    """The week of a day: "the week of March 6"."""
    timing = calendar_date(hit, scene)
    if timing is None or timing.period is None:
        return vague_date(unknown(Unit.WEEK))
    return date_at(period_of(Unit.WEEK, timing.period.first), timing.anchor)


def two_days(hit: Hit, scene: Scene) -> tuple[Part, ...] | None:
    """Two days of one month or of two: "November 19-20", "3 to 5 May", "July 24-August 1, 2022"."""
    month = MONTHS[hit.one("month")]
    month2 = MONTHS[hit.one("month2")] if "month2" in hit else month
    days = [ordinal_of(hit.one(name)) for name in ("monthday", "monthday2")]
    if days[0] is None or days[1] is None:
        return None
    first = _day_of(hit, scene, month, days[0], "year")
    second = _day_of(hit, scene, month2, days[1], "year")
    if first is None or second is None:
        return None
    if first.period and second.period and second.period.first < first.period.first:
        moved = exact_day(first.period.first.year + 1, month2, days[1]) if second.anchor != TEXT else None
        earlier = exact_day(second.period.first.year - 1, month, days[0])
        second = date_at(moved, second.anchor) or second
        first = first if moved else date_at(earlier, first.anchor) or first
    middle = _separator(hit)
    return Part(hit.start, middle, first), Part(middle + 1, hit.end, second)


def _separator(hit: Hit) -> int:
    return hit.groups["to"][0]


def two_months(hit: Hit, scene: Scene) -> tuple[Part, ...] | None:
    """Two months with one year at the end: "from late January to early February 1987"."""
    parts = []
    year, anchor = year_of(hit, scene, "yearref")
    if year is None:
        return None
    months = [MONTHS[hit.one("month")], MONTHS[hit.one("month2")]]
    first_year = year.first.year - (months[0] > months[1])
    middle = _separator(hit)
    bounds = ((hit.start, middle), (middle + 1, hit.end))
    for (start, end), month, number, modifier in zip(bounds, months, (first_year, year.first.year), ("mod", "mod2"), strict=True):
        timing = date_at(Period(Unit.MONTH, date(number, month, 1)), anchor, hit.one(modifier))
        if timing is not None:
            parts.append(Part(start, end, timing))
    return tuple(parts)


def iso_date(hit: Hit, _scene: Scene) -> Timing | None:
    """2024-05-03; and 5/3/2024 where only one reading is a date, or both parts agree."""
    text = hit.lowered[0]
    if "-" in text:
        year, month, day = (int(part) for part in text.split("-"))
        return date_at(exact_day(year, month, day), TEXT)
    first, second, year = (int(part) for part in text.split("/"))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    readings = {exact_day(year, first, second), exact_day(year, second, first)} - {None}
    if len(readings) == 1:
        return date_at(readings.pop(), TEXT)
    return None if not readings else Timing(kind="DATE", value=f"{year:04}-XX-XX")


def month(hit: Hit, scene: Scene) -> Timing | None:
    """A month with a year, with "last" or "next", or alone."""
    number, modifier = MONTHS[hit.one("month")], hit.one("mod")
    if "yearref" in hit:
        year, anchor = year_of(hit, scene, "yearref")
        if year is None:
            return vague_date(f"XXXX-{number:02}")
        return date_at(Period(Unit.MONTH, date(year.first.year, number, 1)), anchor, modifier)
    if scene.anchor is None:
        return vague_date(f"XXXX-{number:02}")
    shift = next((SHIFTS[word] for word in reversed(hit.get("rel")) if word in SHIFTS), None)
    if shift == 0:
        found: Period | None = Period(Unit.MONTH, date(scene.anchor.year, number, 1))
    elif shift is not None:
        here = period_of(Unit.MONTH, scene.anchor)
        years = scene.anchor.year + (shift if here.first.month == number else 0)
        candidate = Period(Unit.MONTH, date(years, number, 1))
        wrong_side = (candidate.first > here.first) if shift < 0 else (candidate.first < here.first)
        found = candidate.shift(12 * shift) if wrong_side else candidate
    else:
        found = occurrence(number, None, scene, scene.outlook_of(hit))
    return date_at(found, scene.anchor_name, modifier)


def year(hit: Hit, scene: Scene) -> Timing | None:
    """A year alone or with a modifier: "mid-1996", "fiscal 1989", "the end of next year"."""
    found, anchor = year_of(hit, scene, "yearref")
    return known_or_vague(found, Unit.YEAR, anchor, hit.one("mod"))


def two_years(hit: Hit, _scene: Scene) -> tuple[Part, ...] | None:
    """Two years: "1998-99", "2014-2016"."""
    first = int(hit.one("year"))
    last = int(hit.one("year2")) if "year2" in hit else first // 100 * 100 + int(hit.one("twodigit"))
    if last <= first:
        return None
    middle = _separator(hit)
    spans = ((hit.start, middle, first), (middle + 1, hit.end, last))
    timings = [(start, end, date_at(Period(Unit.YEAR, date(number, 1, 1)), TEXT)) for start, end, number in spans]
    return tuple(Part(start, end, timing) for start, end, timing in timings if timing is not None)


def weekday(hit: Hit, scene: Scene) -> Timing | None:
    """A weekday, alone, with "last" or "next", with a week, or with a part of the day."""
    number = WEEKDAYS[hit.one("weekday")]
    suffix = _suffix(hit)
    if "week" in hit:
        found = weekday_of(number, scene, weeks=next((SHIFTS[word] for word in hit.get("week") if word in SHIFTS), 0))
    else:
        found = _bare_weekday(hit, scene, number)
    anchor = scene.reference_anchor if {"previous", "following"} & set(hit.get("rel")) else scene.anchor_name
    return date_at(found, anchor, "", suffix) or vague_date(f"XXXX-WXX-{number}{suffix}", "TIME" if suffix else "DATE")


def two_weekdays(hit: Hit, scene: Scene) -> tuple[Part, ...] | None:
    """Two weekdays of one stretch: "Monday to Wednesday"."""
    numbers = [WEEKDAYS[hit.one(name)] for name in ("weekday", "weekday2")]
    apart = (numbers[1] - numbers[0]) % 7
    if scene.outlook_of(hit) is Outlook.FUTURE:
        first = weekday_of(numbers[0], scene, future=True)
        second = None if first is None else first.shift(apart)
    else:
        second = weekday_of(numbers[1], scene)
        first = None if second is None else second.shift(-apart)
    middle = _separator(hit)
    spans = ((hit.start, middle, first, numbers[0]), (middle + 1, hit.end, second, numbers[1]))
    return tuple(
        Part(start, end, date_at(day, scene.anchor_name) or vague_date(f"XXXX-WXX-{number}")) for start, end, day, number in spans
    )


def _bare_weekday(hit: Hit, scene: Scene, number: int) -> Period | None:
    words = hit.get("rel")
    if scene.reference is not None and scene.reference.unit is Unit.DAY and {"previous", "following"} & set(words):
        from_there = msgspec.structs.replace(scene, anchor=scene.reference.first)
        return _strictly(number, from_there, SHIFTS[words[-1]])
    shift = next((SHIFTS[word] for word in reversed(words) if word in SHIFTS), None)
    if shift:
        return _strictly(number, scene, shift)
    ahead = scene.outlook_of(hit) is Outlook.FUTURE
    return weekday_of(number, scene, weeks=0) if shift == 0 and not ahead else weekday_of(number, scene, future=ahead)


def _strictly(number: int, scene: Scene, shift: int) -> Period | None:
    found = weekday_of(number, scene, future=shift > 0)
    return found.shift(7 * shift) if found is not None and found.first == scene.anchor else found


def _suffix(hit: Hit) -> str:
    if "noon" in hit:
        return NOONS[hit.one("noon")]
    return DAYPARTS.get(hit.one("daypart"), "")


def deictic(hit: Hit, scene: Scene) -> Timing | None:
    """Today, yesterday, tomorrow, tonight, with or without a part of the day; "the day before yesterday"."""
    word = hit.one("word")
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if hit.lowered[:2] == ("the", "day"):
        shift *= 2
    here = scene.here(Unit.DAY)
    suffix = _suffix(hit) or ("TNI" if word == "tonight" else "")
    return known_or_vague(None if here is None else here.shift(shift), Unit.DAY, scene.anchor_name, "", suffix)


def this_morning(hit: Hit, scene: Scene) -> Timing | None:
    """A part of the anchor's day or of the day before: "this morning", "last night", "overnight"."""
    here = scene.here(Unit.DAY)
    shift = {"last": -1, "next": 1, "previous": -1, "following": 1}.get(hit.one("rel"), 0)
    return known_or_vague(None if here is None else here.shift(shift), Unit.DAY, scene.anchor_name, "", _suffix(hit) or "TNI")


def overnight(_hit: Hit, scene: Scene) -> Timing:
    """The night that ends on the anchor's day."""
    timing = known_or_vague(scene.here(Unit.DAY), Unit.DAY, scene.anchor_name, "", "TNI")
    if timing.start is None:
        return timing
    return msgspec.structs.replace(timing, start=timing.start - timedelta(days=1), precision=Precision.RANGE)


def next_morning(hit: Hit, scene: Scene) -> Timing | None:
    """A part of a day told from the day named before: "the next morning"."""
    day, anchor = scene.referred(Unit.DAY)
    shift = SHIFTS.get(hit.one("rel"), 0)
    return known_or_vague(None if day is None else day.shift(shift), Unit.DAY, anchor, "", _suffix(hit))


def year_end(_hit: Hit, scene: Scene) -> Timing | None:
    """The last day of the anchor's year: "by year's end"."""
    here = scene.here(Unit.YEAR)
    return known_or_vague(None if here is None else Period(Unit.DAY, here.last), Unit.YEAR, scene.anchor_name)


def this_period(hit: Hit, scene: Scene) -> Timing | None:
    """A period told from the anchor ("last week", "next month") or from the date named before ("the following year")."""
    unit, words = UNITS[hit.get("unit")[-1]], hit.get("rel")
    modifier, side = hit.one("mod"), hit.one("side")
    if REFERRING & set(words) or (unit is Unit.DAY and words in (("the",), ("the", "next"))):
        base, anchor = scene.referred(unit)
    else:
        base, anchor = scene.here(unit), scene.anchor_name
    if "past" in words and unit is not Unit.WEEKEND and not modifier:
        return _past_period(unit, scene)
    shift = next((SHIFTS[word] for word in reversed(words) if word in SHIFTS and word != "the"), 0)
    if unit is Unit.WEEKEND and words == ("the",) and scene.anchor is not None and scene.anchor.isoweekday() < 6:
        shift = 0 if scene.outlook_of(hit) is Outlook.FUTURE else -1
    timing = known_or_vague(None if base is None else base.shift(shift), unit, anchor, modifier)
    return bounded(timing, side, scene.anchor) if side else timing


def _past_period(unit: Unit, scene: Scene) -> Timing:
    """The stretch that ends on the anchor's day: "the past week"; "the past year" is named by the year before."""
    here, value = scene.here(unit), duration(1, unit)
    start = None if scene.anchor is None else shift_days(scene.anchor, unit, -1)
    if here is None or start is None:
        return Timing(kind="DURATION", value=value)
    timing = Timing(
        kind="DURATION", value=value, start=start, end=scene.anchor, precision=Precision.RANGE, anchor=scene.anchor_name
    )
    named = here.shift(-1) if unit is Unit.YEAR else None
    return timing if named is None else msgspec.structs.replace(timing, kind="DATE", value=named.name)


def distance(hit: Hit, scene: Scene) -> Timing | None:
    """A point some units away: "two weeks ago", "a year earlier", "three days later"."""
    unit, way = UNITS[hit.get("unit")[-1]], hit.one("way")
    count = number_of(hit.get("count"))
    sign = -1 if way in ("ago", "earlier", "before", "previously", "prior") else 1
    if count is None:
        return vague_date("PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR):
        return Timing(kind="DURATION", value=duration(count, unit))
    fixed = way in ("ago", "from now", "from today", "hence", "time")
    if scene.quarter is not None and unit is Unit.YEAR and count == 1:
        timing = known_or_vague(scene.quarter[0].shift(4 * sign), unit, scene.quarter[1])
        return msgspec.structs.replace(timing, period=None)
    base, anchor = (scene.here(Unit.DAY), scene.anchor_name) if fixed else scene.referred(_grain(unit))
    return known_or_vague(_moved(base, unit, sign * count, scene), unit, anchor)


def _grain(unit: Unit) -> Unit:
    """The unit that a distance is told in: weeks and days need a day to start from, decades a year."""
    return {Unit.WEEK: Unit.DAY, Unit.WEEKEND: Unit.DAY, Unit.DECADE: Unit.YEAR, Unit.CENTURY: Unit.YEAR}.get(unit, unit)


def _moved(base: Period | None, unit: Unit, count: float, scene: Scene) -> Period | None:
    if base is None:
        return None
    if unit in (Unit.DECADE, Unit.CENTURY):
        unit, count = Unit.YEAR, count * (10 if unit is Unit.DECADE else 100)
    if unit is Unit.YEAR and count != int(count):
        unit, count = Unit.MONTH, 12 * count
    if unit is Unit.WEEK and base.unit is Unit.DAY and base != scene.here(Unit.DAY):
        unit, count = Unit.DAY, 7 * count
    return period_of(unit, base.first).shift(int(count))
