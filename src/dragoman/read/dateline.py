"""Read the dateline that opens a body: "CAIRO, May 3 (Reuters) -", "ANKARA/DOHA – ", "Geneva, 14 March 2023 –"."""

import re
from datetime import date

import msgspec

from dragoman.core.text import Span
from dragoman.knowledge.words import word_set
from dragoman.read.time_calendar import exact_day
from dragoman.read.time_lexicon import MONTHS


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """Where (and when) a report was filed. `span` runs from the place to the dash; `agency` is as written in the parentheses.

    `filed` is the day, where the dateline has a year; without a year only `month` and `day` are known.
    """

    span: Span
    place: Span
    filed: date | None = None
    month: int | None = None
    day: int | None = None
    agency: str | None = None


LENGTH = 160
"""Datelines end within so many characters of the body's start."""

_NO_PLACES = word_set(
    "NATO PRESS FACT JOINT BREAKING UPDATE UPDATED EXCLUSIVE OPINION ANALYSIS WATCH READOUT STATEMENT REMARKS "
    "EDITORIAL NOTE COMMENT INTERVIEW LIVE"
)
_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]*(?:[ -](?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]*|(?:al|el|an|de|la|of)(?=[ -])))*"
_TITLED = r"[A-ZÀ-ÖØ-Þ][\w'’.]*(?:[ -][A-ZÀ-ÖØ-Þa][\w'’.]*){0,3}"
_DAY = rf"""(?:(?P<month1>(?i:{_MONTH}))\s+(?P<day1>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+(?P<month2>(?i:{_MONTH})))
            (?:,?\s+(?P<year>(?:19|20)\d\d))?"""
_REGION = rf"(?!(?i:{_MONTH})\b)(?:[A-Z]\.(?:\ ?[A-Z]\.)*|[A-Z][\w.'’-]+(?:\ [A-Z][\w.'’-]+){{0,3}})"
_AGENCY = r"[(/]\s*(?P<agency{0}>[A-Z][\w.,& -]{{1,40}}?)\s*[)/]"
_DATELINE = re.compile(
    rf"""
    \s*(?P<place>(?P<capitals>{_CAPITALS}(?:\s*/\s*{_CAPITALS})*)(?![\w])|{_TITLED}(?:\s*/\s*{_TITLED})?)
    (?P<region>,\s+{_REGION})?
    (?:\s*{_AGENCY.format(1)})?
    (?:,?\s+{_DAY})?
    (?:,?\s*{_AGENCY.format(2)})?
    \s*(?P<dash>--|[-–—−_]|(?<=/)\.)(?=\s)
    """,
    re.VERBOSE,
)


def read_dateline(text: str) -> Dateline | None:
    """Read the dateline at the start of a body (without its title); None where it does not open with one.

    A place in capitals may stand alone before the dash; any other needs a date or an agency, so that sentences and captions
    ("File photo - ...") are not taken for datelines. Whether the place is one is for the caller to look up.
    """
    match = _DATELINE.match(text[:LENGTH])
    if match is None or len(match["place"]) < 3:
        return None
    month = MONTHS[(match["month1"] or match["month2"]).lower()] if match["month1"] or match["month2"] else None
    day = int(match["day1"] or match["day2"]) if month else None
    found = exact_day(int(match["year"] or 2000), month, day) if month and day else None
    agency = match["agency1"] or match["agency2"]
    if (month and found is None) or not (month or agency or _stands_alone(match)):
        return None
    return Dateline(
        span=Span(match.start("place"), match.end("dash")),
        place=Span(*match.span("place")),
        filed=found.first if found and match["year"] else None,
        month=month,
        day=day,
        agency=agency,
    )


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether a place without date and agency may be one: in capitals, no acronym with points, no label of the trade."""
    place = match["capitals"]
    return place is not None and place.split()[0] not in _NO_PLACES and not (place.endswith(".") and not match["region"])
