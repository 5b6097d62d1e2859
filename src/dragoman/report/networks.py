"""Who talks to whom as a picture: actors as dots, their contacts as lines, drawn straight as SVG.

Up to thirty actors all have their names; in larger networks the strongest have, as far as no name covers another, every dot tells
its own when pointed at, and `Web.nodes` lists all beside the picture.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from itertools import combinations
from urllib.parse import quote

import msgspec

from dragoman.core.records import Event
from dragoman.core.vocab import Factuality
from dragoman.report.charts import INK, PAPER, PLANS, TALKS, WIDTH, Picture
from dragoman.report.excerpts import printable
from dragoman.report.summary import THIRD_PARTY_ROLES

_NODES = 24
_ALL_NAMED = 30
"""Actors up to which each has its name in the picture."""
_NAMES = 60
"""Most names in a larger picture."""
_SURELY_NAMED = 20
"""The strongest actors have their names even where a small dot is in the way."""
_LINES_PER_NODE = 2
"""Of a larger network the strongest lines are drawn, so many for each actor, and those without which it would fall apart."""
_LETTER = 6.7
"""Pixels of one letter at 12 pixels, about."""
_LEGEND = 26


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the network: its contacts that took place, and with how many others."""

    key: str
    name: str
    contacts: int
    partners: int
    third: bool
    """Whether it held a third-party role at least once."""


class Web(msgspec.Struct, frozen=True, kw_only=True):
    """The strongest part of a network; lines are numbers of contacts by the keys of both ends."""

    nodes: tuple[Node, ...]
    """Those with most contacts first."""
    lines: Mapping[tuple[str, str], int]
    everybody: int
    """Actors with a contact, those left out too."""


def network(events: Iterable[Event], *, most: int = _NODES) -> Picture | None:
    """Draw who talks to whom: at most so many actors, lines by number of contacts that took place; None without any pair."""
    web = contact_web(events, most=most)
    return web_picture(web) if web else None


def contact_web(events: Iterable[Event], *, most: int) -> Web | None:
    """The strongest part of the network of those in contact, as long as there is room for its actors; None without any pair."""
    edges: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {}
    third: set[str] = set()
    for event in events:
        if event.factuality is Factuality.OCCURRED:
            edges.update(_pairs(event))
            for each in event.participants:
                names.setdefault(each.actor.key, printable(each.actor.name))
                if each.role in THIRD_PARTY_ROLES:
                    third.add(each.actor.key)
    lines = _strongest(edges, most)
    if not lines:
        return None
    contacts, partners = Counter[str](), Counter[str]()
    for pair, number in lines.items():
        for key in pair:
            contacts[key] += number
            partners[key] += 1
    nodes = (
        Node(key=key, name=names[key], contacts=number, partners=partners[key], third=key in third)
        for key, number in sorted(contacts.items(), key=lambda item: (-item[1], item[0]))
    )
    return Web(nodes=tuple(nodes), lines=lines, everybody=len({key for pair in edges for key in pair}))


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
    keys = list(dict.fromkeys(each.actor.key for each in event.participants))
    pairs = combinations(keys, 2) if len(keys) <= 4 else ((keys[0], key) for key in keys[1:])
    return [(min(pair), max(pair)) for pair in pairs]


def web_picture(web: Web, *, linked: bool = False) -> Picture:
    """Draw a network; with `linked` each dot leads to the desk's page of its actor."""
    drawn = _drawn_lines(web)
    radii = _radii(web)
    height = _height(len(web.nodes))
    places = _layout(web, drawn, radii, height)
    labels = _labels(web, places, radii, height)
    most = max(web.lines.values())
    parts = [_legend()]
    for (left, right), number in drawn.items():
        (x1, y1), (x2, y2) = places[left], places[right]
        width = 0.8 + 6.2 * math.sqrt(number / most)
        parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke-width="{width:.1f}"/>')
    lines = f'<g stroke="{PLANS}" stroke-opacity="0.4" stroke-linecap="round">{"".join(parts[1:])}</g>'
    dots = "".join(_dot(node, places[node.key], radii[node.key], linked=linked) for node in reversed(web.nodes))
    words = "".join(_word(name, at) for name, at in labels)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="12">{parts[0]}{lines}<g stroke="{PAPER}" stroke-width="1.5">{dots}</g>'
        f'<g font-weight="600" text-anchor="middle">{words}</g></svg>'
    )
    return Picture(svg, _note(web, len(drawn), len(labels)))


def _note(web: Web, drawn: int, named: int) -> str | None:
    said = []
    hidden = web.everybody - len(web.nodes)
    if hidden or drawn < len(web.lines):
        said.append("The strongest lines are shown")
    if hidden:
        said.append(f"{hidden} of {web.everybody} actors are left out")
    if drawn < len(web.lines):
        said.append(f"{len(web.lines) - drawn} of {len(web.lines)} lines are not drawn")
    if named < len(web.nodes):
        said.append(f"{named} of {len(web.nodes)} actors have their names here, all have in the list")
    return f"{'; '.join(said)}." if said else None


def _drawn_lines(web: Web) -> dict[tuple[str, str], int]:
    """All lines of a small network; of a large one the strongest, and those without which an actor would stand alone."""
    room = _LINES_PER_NODE * len(web.nodes)
    if len(web.nodes) <= _ALL_NAMED or len(web.lines) <= room:
        return dict(web.lines)
    home = {node.key: node.key for node in web.nodes}

    def root(key: str) -> str:
        while home[key] != key:
            key = home[key]
        return key

    kept: dict[tuple[str, str], int] = {}
    for place, (pair, number) in enumerate(web.lines.items()):  # the strongest first: Kruskal's maximum spanning tree
        left, right = root(pair[0]), root(pair[1])
        if left != right or place < room:
            kept[pair] = number
            home[left] = right
    return kept


def _height(nodes: int) -> int:
    """A brief's picture stays on one page; a larger network gets more room."""
    return _LEGEND + max(150, min(560, 90 + 24 * nodes)) + 2 * max(0, nodes - _NODES)


def _radii(web: Web) -> dict[str, float]:
    most, least = web.nodes[0].contacts, 3.5 if len(web.nodes) > _ALL_NAMED else 5.0
    return {node.key: least + (16 - least) * math.sqrt(node.contacts / most) for node in web.nodes}


Places = dict[str, tuple[float, float]]


def _layout(web: Web, drawn: Mapping[tuple[str, str], int], radii: Mapping[str, float], height: int) -> Places:
    """Place actors by the pull of their contacts, use the whole width and height, then push them apart."""
    import networkx as nx  # noqa: PLC0415  only drawing needs it

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.key for node in web.nodes)
    graph.add_weighted_edges_from((left, right, math.log1p(number)) for (left, right), number in drawn.items())
    count = len(web.nodes)
    raw = nx.spring_layout(graph, k=2.4 / math.sqrt(count), iterations=400 if count <= _ALL_NAMED else 50, seed=11)
    if count <= _ALL_NAMED:
        places = {
            key: [(WIDTH - 140) * (float(x) + 1) / 2 + 70, (height - _LEGEND - 60) * (float(y) + 1) / 2 + _LEGEND + 20]
            for key, (x, y) in raw.items()
        }
        named = {node.key: node.name for node in web.nodes}
        for _ in range(200):
            if not _push_apart(places, named, height):
                break
        return {key: (x, y) for key, (x, y) in places.items()}
    return _spread({key: (float(x), float(y)) for key, (x, y) in raw.items()}, radii, height)


def _push_apart(places: dict[str, list[float]], named: Mapping[str, str], height: int) -> bool:
    """One step of pushing dots and the names under them apart; whether any still covered another."""
    moved = False
    for left, right in combinations(named, 2):
        width = _LETTER / 2 * (len(named[left]) + len(named[right])) + 16
        dx, dy = places[right][0] - places[left][0], places[right][1] - places[left][1]
        if abs(dx) >= width or abs(dy) >= 40:
            continue
        moved = True
        step = 3.0 if dy >= 0 else -3.0
        side = 1.5 if dx >= 0 else -1.5
        for key, sign in ((left, -1), (right, 1)):
            half = _LETTER / 2 * len(named[key]) + 8
            places[key][0] = min(max(places[key][0] + sign * side, half), WIDTH - half)
            places[key][1] = min(max(places[key][1] + sign * step, _LEGEND + 14), height - 28)
    return moved


def _spread(raw: Mapping[str, tuple[float, float]], radii: Mapping[str, float], height: int) -> Places:
    """Half by place and half by rank, so that a crowded middle takes the room that there is; then no dot covers another."""
    import numpy as np  # noqa: PLC0415  only drawing large networks needs it

    keys = list(raw)
    at = np.array([raw[key] for key in keys])
    rank = at.argsort(axis=0).argsort(axis=0) / (len(keys) - 1)
    span = at.max(axis=0) - at.min(axis=0)
    at = 0.4 * (at - at.min(axis=0)) / np.where(span > 0, span, 1) + 0.6 * rank
    low, high = np.array([24.0, _LEGEND + 22.0]), np.array([WIDTH - 24.0, height - 22.0])
    at = low + at * (high - low)
    size = np.array([radii[key] for key in keys])
    apart = size[:, None] + size[None, :] + 9
    points = at[:, 0] + 1j * at[:, 1]
    for _ in range(60):
        gap = points[:, None] - points[None, :]
        distance = np.abs(gap)
        np.fill_diagonal(distance, np.inf)
        lack = np.maximum(0, apart - distance)
        if not lack.any():
            break
        points += 0.4 * (gap * (lack / np.maximum(distance, 0.01))).sum(axis=1)
        points = np.clip(points.real, low[0], high[0]) + 1j * np.clip(points.imag, low[1], high[1])
    return {key: (float(point.real), float(point.imag)) for key, point in zip(keys, points, strict=True)}


Box = tuple[float, float, float, float]


def _labels(web: Web, places: Places, radii: Mapping[str, float], height: int) -> list[tuple[str, tuple[float, float]]]:
    """Names and where their middles stand; in a large network those that find room below, above or beside, strongest first."""
    if len(web.nodes) <= _ALL_NAMED:
        return [(node.name, (places[node.key][0], places[node.key][1] + radii[node.key] + 13)) for node in web.nodes]
    dots = {key: (x - radii[key], y - radii[key], x + radii[key], y + radii[key]) for key, (x, y) in places.items()}
    taken: list[Box] = []
    found: list[tuple[str, tuple[float, float]]] = []
    for place, node in enumerate(web.nodes):
        if len(found) == _NAMES:
            break
        own = dots.pop(node.key)
        inside = [place for place in _around(node, places[node.key], radii[node.key]) if _is_inside(place[1], height)]
        blocked = [sum(_cover(box, other) for other in (*taken, *dots.values())) for _, box in inside]
        if place < _SURELY_NAMED:  # over small dots if need be, but over no other name
            blocked = [n + 1000 * any(_cover(box, other) for other in taken) for n, (_, box) in zip(blocked, inside, strict=True)]
        best = min(range(len(inside)), key=blocked.__getitem__, default=None)
        if best is not None and (blocked[best] == 0 or (place < _SURELY_NAMED and blocked[best] < 1000)):
            found.append((node.name, inside[best][0]))
            taken.append(inside[best][1])
        dots[node.key] = own
    return found


def _is_inside(box: Box, height: int) -> bool:
    return box[0] >= 0 and box[2] <= WIDTH and box[1] >= _LEGEND and box[3] <= height


def _around(node: Node, at: tuple[float, float], radius: float) -> list[tuple[tuple[float, float], Box]]:
    """Where a name may stand beside its dot, with the room that it takes."""
    x, y = at
    half = _LETTER / 2 * len(node.name) + 2
    beside = half + radius + 2
    middles = ((x, y + radius + 12), (x, y - radius - 5), (x + beside, y + 4), (x - beside, y + 4))
    return [((left, down), (left - half, down - 11, left + half, down + 4)) for left, down in middles]


def _cover(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dot(node: Node, at: tuple[float, float], radius: float, *, linked: bool) -> str:
    told = escape(f"{node.name}: {node.contacts} contact{'' if node.contacts == 1 else 's'} with {node.partners}")
    colour = TALKS if node.third else PLANS
    circle = f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" fill="{colour}"><title>{told}</title></circle>'
    # The list beside the picture is for the keys: two hundred stops on the way through a page help nobody.
    return f'<a href="/actors/{quote(node.key, safe="")}" tabindex="-1" aria-label="{told}">{circle}</a>' if linked else circle


def _word(name: str, at: tuple[float, float]) -> str:
    x, y = at
    words = f'x="{x:.1f}" y="{y:.1f}"'
    halo = f'<text {words} stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" fill="{PAPER}">{escape(name)}</text>'
    return f'{halo}<text {words} fill="{INK}">{escape(name)}</text>'


def _legend() -> str:
    entries = ((TALKS, "In a third-party role at least once", 12.0), (PLANS, "Other actors", 262.0))
    return "".join(
        f'<circle cx="{x}" cy="12" r="5" fill="{colour}"/><text x="{x + 11}" y="16" fill="{INK}">{words}</text>'
        for colour, words, x in entries
    )
