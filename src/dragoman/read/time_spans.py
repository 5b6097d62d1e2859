"""Rules for durations, sets, times of day, decades, holidays and vague references such as "recently"."""

from datetime import date

from dragoman.core.vocab import Precision
from dragoman.knowledge.words import word_set
from dragoman.read.time_calendar import Period, Unit, exact_day, shift_days, unknown
from dragoman.read.time_dates import TEXT
from dragoman.read.time_grammar import Hit
from dragoman.read.time_lexicon import (
    DAYPARTS,
    DECADES,
    FREQUENCIES,
    HOLIDAYS,
    MONTHS,
    NOONS,
    SEASON_WORDS,
    SHIFTS,
    UNITS,
    WEEKDAYS,
)
from dragoman.read.time_resolve import (
    Outlook,
    Scene,
    Timing,
    date_at,
    duration,
    number_of,
    occurrence,
    ordinal_of,
    vague_date,
)

_RATED = word_set("million billion thousand hundred percent % cents dollars euros times once twice hours days barrels tons")


def decade(hit: Hit, _scene: Scene) -> Timing | None:
    """A decade: "the 1980s", "the late '70s", "the nineties"."""
    digits = "".join(character for character in hit.one("decade") if character.isdigit())
    number = int(digits) if digits else DECADES[hit.one("decadeword")]
    if number < 100:
        number += 1900 if number >= 20 else 2000
    return date_at(Period(Unit.DECADE, date(number, 1, 1)), TEXT, "")


def century(hit: Hit, _scene: Scene) -> Timing | None:
    """A century by number: "the 19th century"."""
    number = ordinal_of(hit.get("ord")[-1])
    if number is None or not 2 <= number + (20 if len(hit.get("ord")) > 1 else 0) <= 21:
        return None
    number += 20 if len(hit.get("ord")) > 1 else 0
    return date_at(Period(Unit.CENTURY, date(100 * (number - 1), 1, 1)), TEXT)


def holiday(hit: Hit, scene: Scene) -> Timing | None:
    """A holiday with a fixed date; its year from the text or the anchor."""
    name = hit.one("name").replace(" 's", "'s").replace(" ’s", "'s")
    if name.startswith("thanksgiving"):
        return _thanksgiving(hit, scene)
    month, day = HOLIDAYS[name]
    if "year" in hit:
        return date_at(exact_day(int(hit.one("year")), month, day), TEXT)
    found = occurrence(month, day, scene, scene.outlook_of(hit))
    return date_at(found, scene.anchor_name) or vague_date(f"XXXX-{month:02}-{day:02}")


def _thanksgiving(hit: Hit, scene: Scene) -> Timing | None:
    """The fourth Thursday of November (United States)."""
    years = [int(hit.one("year"))] if "year" in hit else [scene.anchor.year + shift for shift in (-1, 0)] if scene.anchor else []
    days = [Period(Unit.DAY, date(year, 11, 22 + (3 - date(year, 11, 22).weekday()) % 7)) for year in years]
    if "year" in hit:
        return date_at(days[0], TEXT)
    before = [day for day in days if scene.anchor is not None and day.first <= scene.anchor]
    ahead = scene.outlook_of(hit) is Outlook.FUTURE
    found = days[-1] if days and (ahead or len(before) == len(days)) else before[-1] if before else None
    return date_at(found, scene.anchor_name) or vague_date("XXXX-11")


def present(_hit: Hit, _scene: Scene) -> Timing:
    """Now, currently, these days."""
    return vague_date("PRESENT_REF")


def past(_hit: Hit, _scene: Scene) -> Timing:
    """Recently, in recent weeks, previously."""
    return vague_date("PAST_REF")


def future(_hit: Hit, _scene: Scene) -> Timing:
    """Soon, in the coming days, in the future."""
    return vague_date("FUTURE_REF")


def length(hit: Hit, scene: Scene) -> Timing | None:
    """A stretch of time: "three days", "72-hour", "the past two months"."""
    unit = UNITS[hit.get("unit")[-1]]
    words = hit.get("count")
    count = number_of(words)
    if "half" in hit and count is not None:
        count += 0.5
    if words == ("a",) and _is_rate(hit):
        return Timing(kind="SET", value=duration(1, unit))
    value = duration(count, unit)
    side = next((SHIFTS[word] for word in hit.get("rel") if word in SHIFTS and word not in ("this", "following", "previous")), 0)
    if unit is Unit.HOUR and count is not None and count >= 24:
        unit, count = Unit.DAY, count / 24
    if not side or count is None or scene.anchor is None or unit in (Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.WEEKEND):
        return Timing(kind="DURATION", value=value)
    edge = shift_days(scene.anchor, unit, side * round(count))
    if edge is None:
        return Timing(kind="DURATION", value=value)
    start, end = sorted((edge, scene.anchor))
    return Timing(kind="DURATION", value=value, start=start, end=end, precision=Precision.RANGE, anchor=scene.anchor_name)


def _is_rate(hit: Hit) -> bool:
    """Whether "a year" tells a rate: "$5 million a year", "twice a week"."""
    before = hit.words.lower(hit.start - 1)
    return before[:1].isdigit() or before in _RATED


def many(hit: Hit, _scene: Scene) -> Timing:
    """An unknown number of units, or one: "years", "weeks or months", "month-long"."""
    word = hit.get("unit")[-1]
    return Timing(kind="DURATION", value=duration(None if word.endswith("s") else 1, UNITS[word]))


def repeated(hit: Hit, _scene: Scene) -> Timing | None:
    """Something that comes again: "every Tuesday", "each year", "every two weeks", "Mondays"."""
    if "weekday" in hit or "weekdays" in hit:
        number = WEEKDAYS[hit.one("weekday") or hit.one("weekdays")]
        return Timing(kind="SET", value=f"XXXX-WXX-{number}{DAYPARTS.get(hit.one('daypart'), '')}")
    if "month" in hit:
        return Timing(kind="SET", value=f"XXXX-{MONTHS[hit.one('month')]:02}")
    if "season" in hit:
        return Timing(kind="SET", value=f"XXXX-{SEASON_WORDS[hit.one('season')]}")
    if "daypart" in hit:
        return Timing(kind="SET", value=f"XXXX-XX-XX{DAYPARTS[hit.one('daypart')]}")
    count = 2 if "other" in hit.lowered else number_of(hit.get("count")) or 1
    return Timing(kind="SET", value=duration(count, UNITS[hit.get("unit")[-1]]))


def frequency(hit: Hit, _scene: Scene) -> Timing:
    """An adverb of frequency: "daily", "bi-weekly"."""
    return Timing(kind="SET", value=FREQUENCIES[hit.lowered[-1]])


def clock(hit: Hit, scene: Scene) -> Timing | None:
    """A time of day, on the day that the text named last; else on the anchor's day by its value, without being resolved."""
    time = _clock_time(hit)
    if time is None:
        return None
    named = scene.reference
    if named is not None and named.unit is Unit.DAY:
        return date_at(named, scene.reference_anchor, "", time)
    here = scene.here(Unit.DAY)
    return vague_date((here.name if here else unknown(Unit.DAY)) + time, "TIME")


def _clock_time(hit: Hit) -> str | None:
    if "noon" in hit:
        return NOONS[hit.one("noon")]
    hours, _, minutes = (hit.one("clock") or hit.one("hour") or hit.one("decimal").replace(".", ":")).partition(":")
    if not hours.isdigit() or not (minutes or "00").isdigit():
        return None
    hour, minute = int(hours), int(minutes or 0)
    half = hit.one("ampm").replace(".", "").replace(" ", "") or {"TMO": "am", "TAF": "pm", "TEV": "pm", "TNI": "pm"}.get(
        DAYPARTS.get(hit.one("daypart"), ""), ""
    )
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"T{hour:02}:{minute:02}" if hour <= 24 and minute < 60 else None
