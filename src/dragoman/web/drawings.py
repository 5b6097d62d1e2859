"""The pictures of pages, drawn from what fits a page's filters."""

from collections.abc import Mapping
from datetime import date

from dragoman.app import analysing
from dragoman.app.snapshot import Snapshot
from dragoman.report.charts import Picture, timeline
from dragoman.report.maps import event_map, sites
from dragoman.report.networks import Web, contact_web, web_picture
from dragoman.web.event_filter import EventFilter, chosen_events, read_filter

Asked = Mapping[str, str]
"""What an address asks for."""
_DRAWN = 200
"""Actors in the picture; the table has all."""


def draw_timeline(snapshot: Snapshot, asked: Asked) -> Picture | None:
    """Contacts over time, with days of violence."""
    wanted = read_filter(asked)
    since, until = wanted.since or date.min, wanted.until or date.max
    violent = [
        (day, dossiers)
        for day, dossiers in snapshot.violent
        if since <= day <= until and (wanted.dossier is None or wanted.dossier in dossiers)
    ]
    return timeline(chosen_events(snapshot, wanted), violent)


def draw_map(snapshot: Snapshot, asked: Asked) -> Picture | None:
    """Where contacts took place."""
    return event_map(*sites(chosen_events(snapshot, read_filter(asked))))


def draw_network(snapshot: Snapshot, asked: Asked) -> Picture | None:
    """The actors most in contact."""
    key = analysing.actor_key(snapshot.ground, asked["actor"]) if asked.get("actor") else None
    web = strongest_web(snapshot, EventFilter(dossier=asked.get("dossier") or None, actor=key))
    return web_picture(web) if web else None


def strongest_web(snapshot: Snapshot, wanted: EventFilter) -> Web | None:
    """The actors most in contact, as many as can be told apart in a picture."""
    return contact_web(chosen_events(snapshot, wanted), most=_DRAWN)
