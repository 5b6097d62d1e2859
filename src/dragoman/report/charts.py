"""Pictures of a brief as SVG: contacts over time by dossier, and who talks to whom. Drawn offline; text stays text."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.core.records import Event
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.report.excerpts import printable
from dragoman.report.summary import THIRD_PARTY_ROLES
from dragoman.report.words import day, dossier_name

if TYPE_CHECKING:
    import altair as alt

INK, FAINT, GRID, PAPER = "#1c2430", "#5b6675", "#d9dee5", "#ffffff"
TALKS, CALLS, DEALS, PLANS, HARM = "#1f5fa8", "#4a97c9", "#2f7d4f", "#8a8f98", "#b3402e"
COLOURS = {"--ink": INK, "--faint": FAINT, "--line": GRID, "--paper": PAPER, "--harm": HARM, "--talks": TALKS, "--deals": DEALS}
"""Style sheet variables and the colours that stand for them in the pictures, so that a page can recolour them at night."""

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
_OTHER = "Other dossiers"
_NONE = "No dossier"
_VIOLENCE = "Violence noted"
_MARKS = "marks"
"""Name of the rows of a timeline in its specification."""
_NODES = 24


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
    """Count marks that share lane, family and (on long periods) week or month; uncertain dates become bars."""
    days = (max(mark[0] for mark in marks) - min(mark[0] for mark in marks)).days
    counted = Counter(
        (_bin(start, days), end if (end - start).days > 6 else None, lane, family) for start, end, lane, family in marks
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


def _bin(start: date, days: int) -> date:
    if days > 3 * 365:
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


def network(events: Iterable[Event], *, most: int = _NODES) -> Picture | None:
    """Draw who talks to whom: at most so many actors, lines by number of contacts that took place; None without any pair."""
    edges: Counter[tuple[str, str]] = Counter()
    third: set[str] = set()
    for event in events:
        if event.factuality is Factuality.OCCURRED:
            edges.update(_pairs(event))
            third |= {printable(each.actor.name) for each in event.participants if each.role in THIRD_PARTY_ROLES}
    shown = _strongest(edges, most)
    if not shown:
        return None
    strength: Counter[str] = Counter()
    for (left, right), number in shown.items():
        strength[left] += number
        strength[right] += number
    everybody = {name for pair in edges for name in pair}
    hidden = len(everybody) - len(strength)
    note = f"The strongest lines are shown; {hidden} of {len(everybody)} actors are left out." if hidden else None
    return Picture(drawn(_network_chart(shown, dict(sorted(strength.items())), third)), note)


def _strongest(edges: Counter[tuple[str, str]], most: int) -> dict[tuple[str, str], int]:
    """Lines by number of contacts, as long as there is room for their actors."""
    names: set[str] = set()
    shown: dict[tuple[str, str], int] = {}
    for pair, number in sorted(edges.items(), key=lambda item: (-item[1], item[0])):
        if len(names | set(pair)) <= most:
            names |= set(pair)
            shown[pair] = number
    return shown


def _pairs(event: Event) -> list[tuple[str, str]]:
    """Who met whom: all pairs of up to four actors; in larger rounds the first, central actor with each other."""
    names = list(dict.fromkeys(printable(each.actor.name) for each in event.participants))
    pairs = combinations(names, 2) if len(names) <= 4 else ((names[0], name) for name in names[1:])
    return [(min(pair), max(pair)) for pair in pairs]


WIDTH = 760
"""Width of every picture in pixels; pages scale it."""


def _height(names: Sequence[str]) -> int:
    """A brief's picture stays on one page; a larger network gets the room that its names need."""
    return max(150, min(560, 90 + 24 * len(names)), 15 * len(names))


def _layout(edges: dict[tuple[str, str], int], names: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Place actors by the pull of their contacts, then push labels apart until none covers another."""
    import networkx as nx  # noqa: PLC0415  only drawing needs it

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_weighted_edges_from((left, right, math.log1p(number)) for (left, right), number in edges.items())
    height = _height(names)
    raw = nx.spring_layout(graph, k=2.4 / math.sqrt(len(names)), iterations=400, seed=11)
    places = {
        name: [(WIDTH - 140) * (float(x) + 1) / 2 + 70, (height - 60) * (float(y) + 1) / 2 + 20] for name, (x, y) in raw.items()
    }
    for _ in range(200):
        if not _push_apart(places, names, height):
            break
    return {name: (x, y) for name, (x, y) in places.items()}


def _push_apart(places: dict[str, list[float]], names: Sequence[str], height: int) -> bool:
    moved = False
    for left, right in combinations(names, 2):
        width = 3.4 * (len(left) + len(right)) + 16
        dx, dy = places[right][0] - places[left][0], places[right][1] - places[left][1]
        if abs(dx) >= width or abs(dy) >= 40:
            continue
        moved = True
        step = 3.0 if dy >= 0 else -3.0
        side = 1.5 if dx >= 0 else -1.5
        for name, sign in ((left, -1), (right, 1)):
            half = 3.4 * len(name) + 8
            places[name][0] = min(max(places[name][0] + sign * side, half), WIDTH - half)
            places[name][1] = min(max(places[name][1] + sign * step, 14), height - 28)
    return moved


def _network_chart(edges: dict[tuple[str, str], int], strength: dict[str, int], third: set[str]) -> "alt.LayerChart":
    import altair as alt  # noqa: PLC0415  as above

    places = _layout(edges, tuple(strength))
    lines = [
        {"x": places[left][0], "y": places[left][1], "x2": places[right][0], "y2": places[right][1], "n": number}
        for (left, right), number in edges.items()
    ]
    roles = ("In a third-party role at least once", "Other actors")
    nodes = [
        {"x": places[name][0], "y": places[name][1], "name": name, "n": number, "role": roles[name not in third]}
        for name, number in strength.items()
    ]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, WIDTH], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[_height(tuple(strength)), 0], nice=False), axis=None)
    most = max(edges.values())
    width = alt.StrokeWidth("n:Q", scale=alt.Scale(domain=[1, max(2, most)], range=[1.2, 7]), legend=None)
    size = alt.Size("n:Q", scale=alt.Scale(domain=[1, max(2, *strength.values())], range=[90, 800]), legend=None)
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(roles), range=[TALKS, PLANS]))
    colour = colour.legend(title=None, orient="top", symbolType="circle", symbolOpacity=1, columnPadding=60)
    rules = alt.Chart(alt.InlineData(values=lines)).mark_rule(color=PLANS, opacity=0.45)
    rules = rules.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=width)
    base = alt.Chart(alt.InlineData(values=nodes)).encode(x=x, y=y)
    dots = base.mark_circle(opacity=1, stroke=PAPER, strokeWidth=1.5).encode(size=size, color=colour)
    halo = base.mark_text(dy=19, fontSize=12, fontWeight=600, stroke=PAPER, strokeWidth=4, strokeJoin="round").encode(
        text="name:N"
    )
    names = base.mark_text(dy=19, fontSize=12, fontWeight=600, color=INK).encode(text="name:N")
    layered: alt.LayerChart = rules + dots + halo + names
    layered.height = _height(tuple(strength))
    return layered


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
