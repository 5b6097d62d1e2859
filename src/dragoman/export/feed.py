"""The events of a dossier as an Atom feed (RFC 4287)."""

from datetime import UTC, date, datetime, time

from feedgen.feed import FeedGenerator

from dragoman.core.printing import printable
from dragoman.core.records import Event
from dragoman.core.vocab import Factuality
from dragoman.export.selection import Cited, Selection, cite, distinct

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""What a feed without entries was last changed on: the format wants a time, and the record has none."""


def atom_feed(selection: Selection, *, version: str) -> tuple[bytes, tuple[str, ...]]:
    """Events, the latest reported first; the bytes, and which events no dated document reports.

    An entry keeps its id when more reports arrive, and is updated on the day of the last one: readers see a change, not a new
    event. No time comes from the clock.
    """
    reported = [(latest, event) for event in selection.events if (latest := _latest(selection, event)) is not None]
    left_out = [event.id for event in selection.events if _latest(selection, event) is None]
    reported.sort(key=lambda pair: (pair[0], pair[1].claims[0]))
    name = selection.dossier or "all dossiers"
    feed = FeedGenerator()
    feed.id(f"urn:dragoman:dossier:{selection.dossier}" if selection.dossier else "urn:dragoman:record")
    feed.title(f"Dragoman: {name}")
    feed.subtitle("Who met, called, visited or wrote to whom, each entry with the sentences that it rests on")
    feed.author({"name": "Dragoman"})
    feed.generator("Dragoman", version=version)
    feed.updated(_moment(reported[-1][0]) if reported else _NEVER)
    for latest, event in reported:
        _add(feed, event, selection, latest)
    content: bytes = feed.atom_str(pretty=True)
    return content, tuple(f"{one}: no document that reports it has a publication date" for one in left_out)


def _latest(selection: Selection, event: Event) -> date | None:
    days = (selection.basis.published(claim) for _, claim in selection.reports(event))
    return max((day for day in days if day is not None), default=None)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _add(feed: FeedGenerator, event: Event, selection: Selection, latest: date) -> None:
    reports = [cite(own, claim, selection.document(claim)) for own, claim in selection.reports(event)]
    entry = feed.add_entry()  # put before the others: the latest stands first
    entry.id(f"urn:dragoman:claim:{event.claims[0]}")
    entry.title(printable(_title(event)))
    entry.updated(_moment(latest))
    first = min((report.published for report in reports if report.published), default=latest)
    entry.published(_moment(first))
    urls = distinct(tuple(report.url for report in reports))
    if urls:
        entry.link(href=urls[0])  # Atom takes one; the others stand in the content
    for source in distinct(tuple(report.source for report in reports)):
        entry.author({"name": printable(source)})
    for dossier in event.dossiers:
        entry.category({"term": dossier, "scheme": "urn:dragoman:dossiers"})
    entry.content(printable(_content(event, reports)), type="text")


def _title(event: Event) -> str:
    actors = ", ".join(distinct(tuple(one.person or one.actor.name for one in event.participants)))
    kind = event.type.value.replace("_", " ")
    real = "" if event.factuality is Factuality.OCCURRED else f" ({event.factuality.value.replace('_', ' ')})"
    return f"{kind.capitalize()}{real}: {actors}"


def _content(event: Event, reports: list[Cited]) -> str:
    when, place = event.when, event.place
    lines = []
    if when and when.resolved:
        lines.append(f"When: {when.start or '…'}" + (f" to {when.end or '…'}" if when.end != when.start else ""))
    if place and (place.name or place.country):
        lines.append(f"Where: {', '.join(distinct((place.name, place.country)))}")
    if event.issues:
        lines.append(f"Issues: {', '.join(event.issues)}")
    lines.append(f"Outcome: {event.outcome.value.replace('_', ' ')}")
    for report in reports:
        told = ", ".join(filter(None, (report.source, str(report.published or ""), report.url)))
        lines.append(f"“{report.sentence}” ({told or report.document}; {report.claim})")
    return "\n".join(lines)
