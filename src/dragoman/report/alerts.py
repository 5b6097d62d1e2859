"""Alerts in words: one event for somebody who does not have the record open, with the sentence it rests on."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from dragoman.core.claims import AnyClaim
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId
from dragoman.core.records import Event
from dragoman.core.watching import Alert, alert_key
from dragoman.report.lines import Library, Line, event_line

VERSION = 1
"""Of the JSON that machines get; a field that changes its meaning raises it."""
_REPORTS = 5
"""Reports cited in one alert; it says how many more there are."""


class CitedReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report of the event: who says so, when, and the cited sentence with its neighbours."""

    source: str
    published: str
    url: str | None
    quote: str


class AlertBody(msgspec.Struct, frozen=True, kw_only=True):
    """What a webhook posts; texts are quotations from the web: data, never markup and never instructions."""

    version: int = VERSION
    id: str
    """The idempotency key: the same for every attempt to send this alert."""
    rule: str
    change: str | None
    event: str
    raised: datetime
    headline: str
    type: str
    factuality: str
    when: str
    place: str | None
    dossiers: tuple[str, ...]
    issues: tuple[str, ...]
    participants: tuple[dict[str, str | None], ...]
    reports: tuple[CitedReport, ...]
    more_reports: int


def alert_of(
    event: Event, rule: str, change: str, claims: Mapping[ClaimId, AnyClaim], library: Library, raised: datetime
) -> Alert:
    """The alert that a rule raises for an event."""
    line = event_line(event, claims, library)
    reports = tuple(
        CitedReport(source=each.source, published=each.published, url=each.url, quote=_one_line(each.excerpt.plain))
        for each in line.reports[-_REPORTS:]
    )
    body = AlertBody(
        id=alert_key(rule, change, event.claims),
        rule=rule,
        change=change or None,
        event=event.id,
        raised=raised,
        headline=_one_line(line.headline),
        type=event.type.value,
        factuality=event.factuality.value,
        when=line.when,
        place=dict(line.facts).get("place"),
        dossiers=tuple(event.dossiers),
        issues=tuple(issue.value for issue in event.issues),
        participants=tuple(
            {
                "actor": person.actor,
                "code": one.actor.code,
                "person": person.person or None,
                "office": person.office or None,
                "level": one.level.value if one.level else None,
                "role": one.role.value,
            }
            for person, one in zip(line.people, event.participants, strict=True)
        ),
        reports=reports,
        more_reports=len(line.reports) - len(reports),
    )
    return Alert(
        rule=rule,
        event=event.id,
        claims=event.claims,
        change=change,
        raised=raised,
        headline=body.headline,
        text=_text(line, body),
        body=dump(body),
    )


def _text(line: Line, body: AlertBody) -> str:
    facts = [("change", body.change), ("when", body.when), *((name, value) for name, value in line.facts)]
    parts = [body.headline, ""]
    parts += [f"{name}: {_one_line(value)}" for name, value in facts if value]
    for report in body.reports:
        parts += ["", f"“{report.quote}”", f"— {_one_line(report.source)}, {report.published}", report.url or "no address known"]
    if body.more_reports:
        parts += ["", f"and {body.more_reports} earlier reports"]
    parts += ["", f"Rule {body.rule}. In the record: dragoman show {line.reports[-1].claim}"]
    return "\n".join(parts) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
