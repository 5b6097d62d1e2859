"""What pages draw and look up of the whole record, made ready before a large record is shown."""

from dragoman.app.searching import warm_search
from dragoman.app.snapshot import Snapshot
from dragoman.web.event_filter import EventFilter
from dragoman.web.pages.channels import drawn_channels
from dragoman.web.pages.pictures import drawn_map, drawn_timeline, year_before


def prepare_pages(snapshot: Snapshot) -> None:
    """Draw the pictures without a filter, and put what can be searched in order."""
    warm_search(snapshot)
    drawn_timeline(snapshot, EventFilter(since=year_before(snapshot)))
    for draw in (drawn_timeline, drawn_map, drawn_channels):
        draw(snapshot, EventFilter())
