"""How each figure is made: its formula and its source, on one page that every figure leads to."""

from litestar import get
from litestar.response import Template

from dragoman.analysis import (
    agreement,
    carriers,
    channels,
    coalitions,
    leverage,
    position_distance,
    queue,
    site_distance,
    stalled,
    tension,
)
from dragoman.report.summary import KEY_FORMULA

_TENSION = f"{tension.FORMULA}. Not a forecast: how well it warns has not been scored"
METHODS = (
    (
        "channels",
        "Channels",
        channels.FORMULA,
        "Newman, Scientific collaboration networks II (2001); Burt, Structural Holes (1992)",
    ),
    ("carriers", "Who could carry a message", carriers.FORMULA, "Holme and Saramäki, Temporal networks (2012); own weights"),
    (
        "coalitions",
        "What third parties add to one another",
        f"{coalitions.FORMULA}. {coalitions.CAUTION}",
        "Böhmelt (2011); own work",
    ),
    ("tension", "Tension, its arrow and spillover", _TENSION, "CrisisWatch's arrows (International Crisis Group); own weights"),
    ("distance", "Site distance", site_distance.FORMULA, "the MEND team's site-to-conflict distance"),
    (
        "apart",
        "How far actors stand apart",
        f"{position_distance.FORMULA}. {position_distance.CAUTION}",
        "own scale; city-block distance, as in spatial models of politics",
    ),
    ("stalled", "Talks that stand still", stalled.FORMULA, "own work"),
    ("leverage", "Leverage and dependence", leverage.FORMULA, "own work"),
    ("agreement", "Agreement between coders", agreement.FORMULA, "Krippendorff, Content Analysis (2004)"),
    ("queue", "Order of the review queue", queue.FORMULA, "own work"),
    ("key", "What comes first on Today and in briefs", KEY_FORMULA, "own work"),
)
"""Anchor, heading, formula, source."""


@get("/methods", name="methods", sync_to_thread=False)
def methods() -> Template:
    """All formulas with their sources."""
    return Template("methods.html.j2", context={"methods": METHODS})


ROUTES = (methods,)
