"""Planned engagements as an iCalendar file (RFC 5545), as calendars and mail programs read it."""

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, vGeo
from icalendar import Event as Entry

from dragoman.core.printing import printable
from dragoman.core.records import Event
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, Precision
from dragoman.export.selection import Cited, Selection, cite, distinct, one_line

_WANTED = frozenset({Factuality.PLANNED, Factuality.CANCELLED})
_LONGEST = timedelta(days=31)
"""Plans for a longer time than a month say no day that a calendar could show."""
_NOUNS = {
    EngagementType.TALKS_ROUND: "round of talks",
    EngagementType.MULTILATERAL: "multilateral meeting",
    EngagementType.MEDIATION_OFFER: "mediation",
    EngagementType.AGREEMENT_SIGNING: "signing",
}
_ROUGH = {
    Precision.WEEK: "some day of this week",
    Precision.PART_OF_MONTH: "some day of this part of the month",
    Precision.MONTH: "some day of this month",
}


def planned_calendar(selection: Selection, *, version: str) -> tuple[bytes, tuple[str, ...]]:
    """Planned and called-off engagements as all-day entries; the bytes, and what has no day that a calendar could show.

    An entry keeps its UID when more reports arrive: it is that of the claim reported first. DTSTAMP, which the format requires,
    is the day of the latest report, so that the same record gives the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Dragoman//Dragoman {version}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"Planned engagements: {selection.dossier}" if selection.dossier else "Planned engagements")
    left_out = []
    for event in selection.events:
        if event.factuality not in _WANTED:
            continue
        days = _days(event.when)
        stamp = _latest(selection, event) or (days[0] if days else None)
        if days is None or stamp is None:
            left_out.append(f"{event.id}: {_why(event.when)}")
        else:
            calendar.add_component(_entry(event, selection, days, stamp))
    return calendar.to_ical(), tuple(left_out)


def _days(when: When | None) -> tuple[date, date] | None:
    if when is None or when.start is None or when.end is None or when.end - when.start > _LONGEST:
        return None
    return when.start, when.end


def _why(when: When | None) -> str:
    if when is None or not when.resolved:
        return "no day is given" + (f" (“{one_line(when.expression)}”)" if when and when.expression else "")
    return f"no single month is given (from {when.start or 'unknown'} to {when.end or 'unknown'})"


def _latest(selection: Selection, event: Event) -> date | None:
    days = (selection.basis.published(claim) for _, claim in selection.reports(event))
    return max((day for day in days if day is not None), default=None)


def _entry(event: Event, selection: Selection, days: tuple[date, date], stamp: date) -> Entry:
    reports = [cite(own, claim, selection.document(claim)) for own, claim in selection.reports(event)]
    start, end = days
    entry = Entry()
    entry.add("uid", f"{event.claims[0]}@dragoman")
    entry.add("dtstamp", datetime.combine(stamp, time(), UTC))
    entry.add("dtstart", start)
    entry.add("dtend", end + timedelta(days=1))  # RFC 5545: the end is not in
    entry.add("summary", printable(_summary(event)))
    entry.add("description", printable(_description(event, reports)))
    entry.add("status", "CANCELLED" if event.factuality is Factuality.CANCELLED else "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    if event.dossiers:
        entry.add("categories", list(event.dossiers))
    _add_place(entry, event)
    url = next((report.url for report in reports if report.url), None)
    if url:
        entry.add("url", url)
    return entry


def _add_place(entry: Entry, event: Event) -> None:
    place = event.place
    if place is None:
        return
    where = ", ".join(distinct((place.name, place.country)))
    if where:
        entry.add("location", printable(where))
    if place.latitude is not None and place.longitude is not None:
        entry.add("geo", vGeo((place.latitude, place.longitude)))


def _summary(event: Event) -> str:
    noun = _NOUNS.get(event.type, event.type.value)
    called_off = "called off: " if event.factuality is Factuality.CANCELLED else ""
    sides: dict[str, list[str]] = {}
    for one in event.participants:
        persons = sides.setdefault(one.actor.name, [])
        if one.person and one.person not in {*persons, one.actor.name}:
            persons.append(one.person)
    named = (f"{actor} ({', '.join(persons)})" if persons else actor for actor, persons in sides.items())
    line = f"{called_off}{noun}: {', '.join(named)}"
    return f"{line[0].upper()}{line[1:]}"


def _description(event: Event, reports: list[Cited]) -> str:
    rough = _ROUGH.get(event.when.precision) if event.when and event.when.precision else None
    lines = [f"Time as reported: {one_line(event.when.expression)}"] if event.when and event.when.expression else []
    lines += [f"The entry covers the whole time: {rough}."] if rough else []
    lines += [f"Issues: {', '.join(event.issues)}"] if event.issues else []
    for report in reports:
        told = ", ".join(filter(None, (report.source, str(report.published or ""), report.url)))
        lines.append(f"“{report.sentence}” ({told or report.document}; {report.claim})")
    return "\n".join(lines)
