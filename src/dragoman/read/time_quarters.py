"""Rules for quarters, halves and seasons of a year."""

from datetime import date

import msgspec

from dragoman.read.time_calendar import Period, Unit, season
from dragoman.read.time_dates import year_of
from dragoman.read.time_grammar import Hit
from dragoman.read.time_lexicon import SEASON_WORDS, SHIFTS
from dragoman.read.time_resolve import Outlook, Scene, Timing, date_at, known_or_vague, nearest, ordinal_of, vague_date


def the_quarter(_hit: Hit, scene: Scene) -> Timing | None:
    """The quarter that a text goes on about, else the last one that is over."""
    if scene.quarter is not None:
        return date_at(*scene.quarter)
    here = scene.here(Unit.QUARTER)
    return known_or_vague(None if here is None else here.shift(-1), Unit.QUARTER, scene.anchor_name)


def year_ago(_hit: Hit, scene: Scene) -> Timing | None:
    """The same period of the year before: "the year-ago quarter"; without a quarter in the text, the year before."""
    unit = Unit.QUARTER if scene.quarter is not None else Unit.YEAR
    base, anchor = scene.quarter or (scene.here(unit), scene.anchor_name)
    timing = known_or_vague(None if base is None else base.shift(-4 if unit is Unit.QUARTER else -1), unit, anchor)
    return msgspec.structs.replace(timing, period=None)


def quarter(hit: Hit, scene: Scene) -> Timing | None:
    """A quarter or half of a year, or the last one begun: "the third quarter", "the first half of 1990"."""
    unit = Unit.HALF if "half" in hit.lowered else Unit.QUARTER
    number = ordinal_of(hit.one("ord")) or 2
    year, anchor = year_of(hit, scene, "yearref") if "yearref" in hit else (None, None)
    if number > (2 if unit is Unit.HALF else 4):
        return None
    months = 6 if unit is Unit.HALF else 3
    if year is not None:
        return date_at(Period(unit, date(year.first.year, 1 + months * (number - 1), 1)), anchor)
    if scene.anchor is None or "yearref" in hit:
        return vague_date(f"XXXX-{'H' if unit is Unit.HALF else 'Q'}{number}")
    options = [Period(unit, date(scene.anchor.year + shift, 1 + months * (number - 1), 1)) for shift in (-1, 0, 1)]
    return date_at(_closest(options, scene.anchor, Outlook.PAST), scene.anchor_name)


def _closest(options: list[Period], anchor: date, outlook: Outlook) -> Period | None:
    if outlook is Outlook.FUTURE:
        return next((period for period in options if period.last >= anchor), None)
    return next((period for period in reversed(options) if period.first <= anchor), None)


def a_season(hit: Hit, scene: Scene) -> Timing | None:
    """A season of a year, or the nearest one: "the summer of 1995", "last spring"."""
    name = SEASON_WORDS[hit.one("season")]
    year, anchor = year_of(hit, scene, "yearref") if "yearref" in hit else (None, None)
    if year is not None:
        return date_at(season(year.first.year, name), anchor)
    if scene.anchor is None:
        return vague_date(f"XXXX-{name}")
    options = [season(scene.anchor.year + shift, name) for shift in (-1, 0, 1)]
    shift = next((SHIFTS[word] for word in reversed(hit.get("rel")) if word in SHIFTS and word != "the"), None)
    if shift is None:
        outlook = scene.outlook_of(hit)
        before, after = (_closest(options, scene.anchor, side) for side in (Outlook.PAST, Outlook.FUTURE))
        return date_at(nearest(before, after, scene, outlook), scene.anchor_name)
    if shift == 0:
        in_winter = name == "WI" and scene.anchor.month < 3
        return date_at(options[0 if in_winter else 1], scene.anchor_name)
    sides = [period for period in options if (period.last < scene.anchor if shift < 0 else period.first > scene.anchor)]
    return date_at(sides[-1 if shift < 0 else 0] if sides else None, scene.anchor_name)
