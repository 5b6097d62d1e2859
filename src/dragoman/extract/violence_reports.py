"""Reports of acts of violence: several of one act are one claim."""

from collections.abc import Iterable, Iterator

import msgspec

from dragoman.core.claims import Violence


class ViolenceReport(msgspec.Struct, frozen=True):
    """One report of an act; `pointing` says that its words point back to an act told before: "the fighting"."""

    act: Violence
    pointing: bool


def distinct_acts(reports: Iterable[ViolenceReport]) -> Iterator[Violence]:
    """Give one claim for each act, in text order: neither words that point back nor reports that say less than another one."""
    found: list[ViolenceReport] = []
    for report in reports:
        if not any(_points_at(report, other) for other in found):
            found.append(report)
    for index, report in enumerate(found):
        others = (other for place, other in enumerate(found) if place != index)
        if not any(_told_by(report, other, later=found.index(other) < index) for other in others):
            yield report.act


def _points_at(report: ViolenceReport, other: ViolenceReport) -> bool:
    """Whether a report only points back to an act told before: same type, and no detail that differs."""
    if not report.pointing or report.act.type is not other.act.type:
        return False
    pairs = zip(_details(report.act), _details(other.act), strict=True)
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _told_by(report: ViolenceReport, other: ViolenceReport, *, later: bool) -> bool:
    """Whether another report tells of the same act and says as much: same type, each detail equal or not given here."""
    if report.act.type is not other.act.type:
        return False
    mine, theirs = _details(report.act), _details(other.act)
    if any(m is not None and m != t for m, t in zip(mine, theirs, strict=True)):
        return False
    return mine != theirs or later


def _details(act: Violence) -> tuple[object, ...]:
    return (
        act.perpetrator.key if act.perpetrator else None,
        act.place.name if act.place else None,
        act.when.start if act.when else None,
    )
