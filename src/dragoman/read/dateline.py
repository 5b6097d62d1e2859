"""Read the dateline that opens a body: "CAIRO, May 3 (Reuters) -", "ANKARA/DOHA – "."""

import re
from datetime import date

import msgspec

from dragoman.core.text import Span
from dragoman.read.time_calendar import exact_day
from dragoman.read.time_lexicon import MONTHS


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """Where (and when) a report was filed. `span` runs from the place to the dash; `agency` is as written in the parentheses.

    `month` and `day` are known without a year where the dateline gives none; `filed` only with one.
    """

    span: Span
    place: Span
    filed: date | None = None
    month: int | None = None
    day: int | None = None
    agency: str | None = None


_NAME = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]*(?:[ -](?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]*|(?:al|el|an|de|la|of|as|es|ad)(?=[ -])))*"
_REGION = r"(?:,\ *(?:[A-Z]\.(?:\ ?[A-Z]\.)*|[A-Z][a-z]{1,4}\.|(?!(?:{months})\b)[A-Z][a-z]+(?:\ [A-Z][a-z]+){{0,3}}|[A-Z]{{2,}}(?:\ [A-Z]{{2,}})*))"
_MONTH_NAMES = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_DATELINE = re.compile(
    rf"""
    \s*(?P<place>{_NAME}(?:\s*/\s*{_NAME})*)
    {_REGION.replace("{months}", _MONTH_NAMES.title()).replace("{{", "{").replace("}}", "}")}?
    (?:[,\s]\s*(?:\((?P<agency1>[A-Z][\w.,/ -]{{1,40}})\)[,\s]*)?
       (?:(?i:(?P<month1>{_MONTH_NAMES}))\s*(?P<day1>\d{{1,2}})|(?P<day2>\d{{1,2}})\s(?i:(?P<month2>{_MONTH_NAMES})))
       (?:,?\s*(?P<year>(?:19|20)\d\d))?)?
    \s*,?\s*(?:\((?P<agency>[A-Z][\w.,/ -]{{1,40}})\))?
    \s*(?P<dash>--|[-–—−_])(?=\s)
    """,
    re.VERBOSE,
)


def read_dateline(text: str) -> Dateline | None:
    """Read the dateline at the start of a body (without its title); None where it does not open with one.

    The place stands in capitals, so that sentences and captions ("File photo - ...") are not taken for datelines.
    """
    match = _DATELINE.match(text)
    if match is None or len(match["place"]) < 3:
        return None
    month_name = match["month1"] or match["month2"]
    month = MONTHS[month_name.lower()] if month_name else None
    day_text = match["day1"] or match["day2"]
    day = int(day_text) if day_text else None
    found = exact_day(int(match["year"] or 2000), month, day) if month and day else None
    if month and found is None:
        return None
    return Dateline(
        span=Span(match.start("place"), match.end("dash")),
        place=Span(*match.span("place")),
        filed=found.first if found and match["year"] else None,
        month=month,
        day=day,
        agency=match["agency"] or match["agency1"],
    )
