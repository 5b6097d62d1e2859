"""Predictions for the actor bench: one row per mention, or per sentence with a coordination, in the bench's own shape."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from dragoman.core.ports import Parser
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind
from dragoman.knowledge.actor_codes import ActorCode, ActorCoder
from dragoman.read.coordination import coordinated

_TODAY = date(2022, 6, 1)
"""What the bench calls today, as its notes say."""
_SUPRANATIONAL = {"EU": "EUR"}
"""The bench codes organisations as countries: EUR for the European Union, IGO for others."""


class ActorRow(msgspec.Struct, frozen=True):
    """One mention of the bench: its words, the words around it, the day of its story, a country that is known; no answers.

    In a row of the coordination part `text` is a sentence and `phrase` the mention in it.
    """

    id: str
    text: str
    phrase: str | None = None
    context: str = ""
    date: str = ""
    known_country: str = ""


class ResolvedActor(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a mention was resolved to; `none` where nothing is known of it."""

    id: str
    country: str = ""
    sector: str = ""
    sector2: str = ""
    wiki: str = ""
    none: bool = False
    reason: str = ""
    score: float = 0.0


class Coordination(msgspec.Struct, frozen=True):
    """The actors that a coordination in a sentence stands for."""

    id: str
    actors: tuple[str, ...]


def predict_actors(rows: Iterable[ActorRow], coder: ActorCoder, parser: Parser) -> Iterator[ResolvedActor | Coordination]:
    """Resolve the mentions of bench rows, in order; the parser serves rows with a phrase alone."""
    for row in rows:
        if row.phrase is not None:
            (parse,) = parser.parse([row.text])
            at = max(row.text.find(row.phrase), 0)
            yield Coordination(row.id, coordinated(parse, row.text, Span(at, at + len(row.phrase))))
            continue
        yield resolve(row, coder)


def resolve(row: ActorRow, coder: ActorCoder) -> ResolvedActor:
    """Resolve the mention of one row."""
    found = coder.code(row.text, on=_day(row.date), context=row.context, country=row.known_country or None)
    return _resolved(row.id, found)


def _resolved(row: str, found: ActorCode) -> ResolvedActor:
    entry = found.actor
    organisation = entry is not None and entry.actor.kind is ActorKind.ORGANISATION and found.sector != "NGO"
    country = _SUPRANATIONAL.get(entry.actor.code or "", "IGO") if entry and organisation else found.country or ""
    return ResolvedActor(
        id=row,
        country=country,
        sector=found.sector or "",
        sector2=found.second or "",
        wiki=found.name or "",
        none=not found.found,
        reason=found.reason,
        score=found.score,
    )


def _day(words: str) -> date:
    """The day of a story: ISO 8601, "today", or words such as "1 July 2021"; without one the bench's today."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        parts = words.split()
    if len(parts) == _DAY_MONTH_YEAR and parts[1][:3].casefold() in _MONTHS:
        return date(int(parts[2]), _MONTHS.index(parts[1][:3].casefold()) + 1, int(parts[0]))
    return _TODAY


_DAY_MONTH_YEAR = 3
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
