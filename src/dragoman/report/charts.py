"""Pictures as SVG: contacts over time by dossier, and what all pictures share. Drawn offline; text stays text."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.core.records import Event
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.report.words import day, dossier_name

if TYPE_CHECKING:
    import altair as alt

INK, FAINT, GRID, PAPER = "#1c2430", "#5b6675", "#d9dee5", "#ffffff"
TALKS, CALLS, DEALS, PLANS, HARM = "#1f5fa8", "#4a97c9", "#2f7d4f", "#8a8f98", "#b3402e"
_FAMILY = {
    EngagementType.CALL: "Call or letter",
    EngagementType.LETTER: "Call or letter",
    EngagementType.MEDIATION_OFFER: "Offer or agreement",
    EngagementType.AGREEMENT_SIGNING: "Offer or agreement",
}
_PALETTE = {
    "In person": TALKS,
    "Call or letter": CALLS,
    "Offer or agreement": DEALS,
    "Planned or called for": PLANS,
    "Violence noted": HARM,
}
_LANES = 9
_MONTHLY, _QUARTERLY = 3 * 365, 8 * 365
"""Days from which on a timeline counts by month and by quarter."""
_OTHER = "Other dossiers"
_NONE = "No dossier"
_VIOLENCE = "Violence noted"
_MARKS = "marks"
"""Name of the rows of a timeline in its specification."""


Mark = tuple[date, date, str, str]
"""First day, last day, lane, family."""


class Picture(msgspec.Struct, frozen=True):
    """A drawing and what must be said beside it."""

    svg: str
    note: str | None = None


def timeline(events: Iterable[Event], violent: Iterable[tuple[date, tuple[str, ...]]]) -> Picture | None:
    """Draw contacts by dossier over time, violence in a lane of its own; None where nothing has a date."""
    marks = [mark for event in events for mark in _marks(event)]
    if not marks:
        return None
    since = _bulk_since(marks)
    kept = [mark for mark in marks if mark[0] >= since]
    harm = [(on, on, _VIOLENCE, _VIOLENCE) for on, _ in violent if on >= since]
    early = len(marks) - len(kept)
    note = f"{early} earlier, before {day(since)}, {'is' if early == 1 else 'are'} not drawn." if early else None
    rows = _binned([*_in_lanes(kept), *harm])
    return Picture(drawn(_timeline_chart(rows), {_MARKS: rows}), note)


def _bulk_since(marks: list[Mark]) -> date:
    """The first day to draw: a few contacts of long ago, told as background, must not squeeze the rest into a corner."""
    starts = sorted(mark[0] for mark in marks)
    bulk = starts[len(starts) // 10]
    whole, part = (starts[-1] - starts[0]).days, (starts[-1] - bulk).days
    return bulk - timedelta(days=part // 4) if whole > 365 and part < whole / 2 else starts[0]


def _marks(event: Event) -> list[Mark]:
    start = event.when.start or event.when.end if event.when else None
    end = event.when.end or event.when.start if event.when else None
    if start is None or end is None:
        return []
    family = _FAMILY.get(event.type, "In person") if event.factuality is Factuality.OCCURRED else "Planned or called for"
    if event.factuality in {Factuality.CANCELLED, Factuality.DENIED}:
        return []
    return [(start, end, dossier_name(dossier), family) for dossier in event.dossiers] or [(start, end, _NONE, family)]


def _in_lanes(marks: list[Mark]) -> list[Mark]:
    """Keep the busiest dossiers as lanes of their own."""
    kept = {lane for lane, _ in Counter(mark[2] for mark in marks).most_common(_LANES)}
    return [(start, end, lane if lane in kept else _OTHER, family) for start, end, lane, family in marks]


def _binned(marks: list[Mark]) -> list[dict[str, Any]]:
    """Count marks that share lane, family and (on long periods) week, month or quarter; uncertain dates become bars."""
    days = (max(mark[0] for mark in marks) - min(mark[0] for mark in marks)).days
    counted = Counter(
        (_bin(start, days), _bin_end(end, days) if (end - start).days > 6 else None, lane, family)
        for start, end, lane, family in marks
    )
    return [
        {
            "from": start.isoformat(),
            "to": (end or start).isoformat(),
            "lane": lane,
            "family": family,
            "reports": number,
        }
        for (start, end, lane, family), number in sorted(counted.items(), key=str)
    ]


def _bin_end(end: date, days: int) -> date:
    """On long periods bars that end in one week, month or quarter are one."""
    return _bin(end, days) if days > _MONTHLY else end


def _bin(start: date, days: int) -> date:
    """The day that stands for the days around it; more than about ninety columns would cover one another."""
    if days > _QUARTERLY:
        return date(start.year, 3 * ((start.month - 1) // 3) + 2, 15)
    if days > _MONTHLY:
        return start.replace(day=15)
    return start - timedelta(days=start.weekday()) if days > 150 else start


def _timeline_chart(rows: list[dict[str, Any]]) -> "alt.LayerChart":
    import altair as alt  # noqa: PLC0415  half a second of import that only drawing needs

    totals = Counter()  # type: Counter[str]
    for row in rows:
        totals[row["lane"]] += row["reports"]
    last = [lane for lane in (_OTHER, _NONE, _VIOLENCE) if lane in totals]
    lanes = [lane for lane, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0])) if lane not in last] + last
    used = [family for family in _PALETTE if any(row["family"] == family for row in rows)]
    colour = alt.Color("family:N", scale=alt.Scale(domain=used, range=[_PALETTE[family] for family in used]))
    colour = colour.legend(title=None, orient="top", symbolType="circle", symbolOpacity=1, columnPadding=34)
    axis = alt.Axis(title=None, grid=True, labelOverlap="greedy", labelSeparation=24, tickCount=7, format=_axis_format(rows))
    x = alt.X("from:T", axis=axis, scale=alt.Scale(padding=14))
    y = alt.Y(
        "lane:N", sort=lanes, axis=alt.Axis(title=None, grid=True, ticks=False, domain=False, labelLimit=190, labelPadding=16)
    )
    size = alt.Size(
        "reports:Q", scale=alt.Scale(domain=[1, max(4, *(row["reports"] for row in rows))], range=[70, 620]), legend=None
    )
    base = alt.Chart(alt.NamedData(name=_MARKS))
    bars = base.transform_filter("datum.from != datum.to").mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round")
    points = base.mark_circle(opacity=0.82, stroke=PAPER, strokeWidth=0.8)
    both: alt.LayerChart = bars.encode(x=x, x2="to:T", y=y, color=colour) + points.encode(x=x, y=y, color=colour, size=size)
    both.height = max(70, 34 * len(lanes))
    return both


def _axis_format(rows: list[dict[str, Any]]) -> str:
    first, last = min(row["from"] for row in rows), max(row["to"] for row in rows)
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return "%-d %b %Y" if days <= 100 else "%b %Y" if days <= 3 * 365 else "%Y"


WIDTH = 760
"""Width of every picture in pixels; pages scale it."""


def drawn(chart: "alt.LayerChart | alt.FacetChart", datasets: Mapping[str, Any] | None = None) -> str:
    """A chart as SVG in the pictures' common dress: attributes only, no style sheet and no script.

    `datasets` are those that the chart names: large ones are put in here, because Altair copies what it holds over and over.
    """
    import vl_convert  # noqa: PLC0415  starts a JavaScript engine that only drawing needs

    configured = (
        chart.properties(width=WIDTH)
        .configure(background="transparent", font="sans-serif", padding={"left": 34, "right": 14, "top": 4, "bottom": 4})
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, gridColor=GRID, domainColor=GRID, tickColor=GRID, labelFontSize=12)
        .configure_legend(labelColor=INK, labelFontSize=12, labelLimit=300)
    )
    specification = configured.to_dict(validate=False)
    specification["datasets"] = {**specification.get("datasets", {}), **(datasets or {})}
    return _renumbered(_unlabelled(str(vl_convert.vegalite_to_svg(specification))))


def _unlabelled(svg: str) -> str:
    """Without the roles that the engine gives to single marks: the page says what a picture shows, and lists what is in it."""
    return re.sub(r"<[^>]*>", lambda tag: re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", tag[0]), svg)


def _renumbered(svg: str) -> str:
    """Count clip paths from the first: the engine counts on from picture to picture, the same record must give the same bytes."""
    order = {name: f"clip{number}" for number, name in enumerate(dict.fromkeys(re.findall(r"\bclip\d+\b", svg)))}
    return re.sub(r"\bclip\d+\b", lambda match: order[match[0]], svg)
