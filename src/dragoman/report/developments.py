"""Lines of a brief on what the record amounts to: where each track of talks stands, and whose position changed."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dragoman.core.claims import AnyClaim
from dragoman.core.ids import ClaimId
from dragoman.core.positions import Position, PositionChange
from dragoman.core.talks import StatusStep, Talks
from dragoman.core.time import When
from dragoman.core.vocab import Factuality
from dragoman.report.excerpts import printable
from dragoman.report.lines import Library, Line, make_report
from dragoman.report.positions import change_words, quote_of
from dragoman.report.talks import findings, round_words
from dragoman.report.words import day, dossier_name, joined, words

_REPORTS = 4
"""Claims that a line cites; the commands list all."""
_STEPS = 6
"""Steps of a track's history that a line shows, the last ones."""
_HELD = frozenset({Factuality.OCCURRED, Factuality.ASSESSED})


class Developments(msgspec.Struct, frozen=True):
    """What a brief is told besides events and claims."""

    talks: tuple[Talks, ...] = ()
    positions: tuple[Position, ...] = ()


def latest_day(talks: Talks) -> date | None:
    """The last day on which something was said or done on a track."""
    return max((step.last for step in talks.history if step.last), default=None)


def talks_line(talks: Talks, claims: Mapping[ClaimId, AnyClaim], library: Library) -> Line:
    """One track: its status and since when, the latest round with what is new in it, the next one, and the history."""
    now = talks.history[-1] if talks.history else None
    held = [one for one in talks.rounds if one.factuality in _HELD]
    ahead = [one for one in talks.rounds if one.factuality is Factuality.PLANNED]
    last = latest_day(talks)
    cited = _distinct(now.claims if now else (), claims)
    facts = (
        ("latest round", round_words(held[-1]) if held else ""),
        ("planned", round_words(ahead[-1]) if ahead and (not held or not _before(ahead[-1].when, held[-1].when)) else ""),
        ("third parties", joined([actor.name for actor in talks.third_parties[:5]])),
        ("dossier", dossier_name(talks.dossier) if talks.dossier else ""),
    )
    return Line(
        id=talks.id,
        kind="talks",
        order=last,
        when=_since(now) + (f", last {day(now.last)}" if now and now.last and now.last != now.since else ""),
        dated=now is not None and now.since is not None and not now.reported,
        headline=printable(f"{talks.name}: {words(now.status) if now else 'status unknown'}"),
        badges=() if talks.track else ("inferred",),
        facts=tuple((name, printable(value)) for name, value in facts if value),
        actors=tuple(printable(actor.name) for actor in (*talks.parties, *talks.third_parties)),
        dossiers=(talks.dossier,) if talks.dossier else (),
        reports=tuple(make_report(claims[one], library, claim_id=one) for one in cited[:_REPORTS]),
        support=f"rests on {len(cited)} report{'s'[: len(cited) != 1]}"
        + (f", {_REPORTS} of them shown" if len(cited) > _REPORTS else ""),
        notes=tuple(printable(each) for each in (findings(held[-1]) if held else ())),
        history=tuple(f"{_since(step)}: {words(step.status)}" for step in talks.history[-_STEPS:])
        if len(talks.history) > 1
        else (),
    )


def _distinct(ids: Iterable[ClaimId], claims: Mapping[ClaimId, AnyClaim]) -> list[ClaimId]:
    """Claims that are still there, one for each sentence."""
    found = {(claims[one].document, claims[one].evidence[0]): one for one in reversed(tuple(ids)) if one in claims}
    return list(found.values())[::-1]


def _before(one: When | None, other: When | None) -> bool:
    """Whether one time is known to end before another."""
    return bool(one and other and one.end and other.end and one.end < other.end)


def _since(step: StatusStep | None) -> str:
    if step is None or step.since is None:
        return "undated"
    return f"reported {day(step.since)}" if step.reported else day(step.since)


def change_line(one: Position, change: PositionChange, claims: Mapping[ClaimId, AnyClaim], library: Library) -> Line:
    """One change point with the statements that show the new stance."""
    cited = [claim for claim in change.claims if claim in claims]
    quote = quote_of(cited[-1], claims, library) if cited else None
    return Line(
        id=f"{one.id}-{change.on.isoformat()}",
        kind="position",
        order=change.on,
        when=day(change.on),
        dated=True,
        headline=printable(f"{one.actor.name} on {words(one.issue)}: {change_words(change)}"),
        quote=printable(quote) if quote else None,
        facts=(("dossier", dossier_name(one.dossier)),),
        actors=(printable(one.actor.name),),
        dossiers=(one.dossier,),
        reports=tuple(make_report(claims[claim], library, claim_id=claim) for claim in cited[:_REPORTS]),
        support=f"rests on {len(cited)} statement{'s'[: len(cited) != 1]}",
    )
