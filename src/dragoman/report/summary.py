"""The first lines of a brief: counted facts in sentences, and which contacts come first by which formula."""

from collections import Counter

from dragoman.core.ids import DocumentId
from dragoman.core.records import Event
from dragoman.core.vocab import EngagementType, Factuality, Level, Outcome, Role
from dragoman.report.excerpts import printable
from dragoman.report.lines import Library
from dragoman.report.words import joined, words

THIRD_PARTY_ROLES = frozenset(
    {Role.MEDIATOR, Role.CO_MEDIATOR, Role.GUARANTOR, Role.HOST, Role.FACILITATOR, Role.MESSAGE_CARRIER}
)
AHEAD = frozenset({Factuality.PLANNED, Factuality.CALLED_FOR, Factuality.CONDITIONAL})
OFF = frozenset({Factuality.CANCELLED, Factuality.DENIED})


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "1 contact", "2 contacts"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


_PLURALS = {EngagementType.TALKS_ROUND: "rounds of talks", EngagementType.MEDIATION_OFFER: "offers to mediate"}


def summarise(events: list[Event], cited: set[DocumentId], library: Library, *, undated: int) -> tuple[str, ...]:
    """Counted facts in sentences; nothing here is judged."""
    sources = {library.documents[document].source for document in cited} - {None}
    origin = count(len(cited), "document") + (f" from {count(len(sources), 'source')}" if sources else "")
    happened = [event for event in events if event.factuality is Factuality.OCCURRED]
    kinds = Counter(event.type for event in happened)
    first = f"{count(len(happened), 'contact')} reported to have taken place"
    if kinds:
        first += ": " + joined([count(number, words(kind), _PLURALS.get(kind)) for kind, number in kinds.most_common()])
    sentences = [f"{first}. The brief rests on {origin}."]
    ahead, off = (sum(event.factuality in group for event in events) for group in (AHEAD, OFF))
    if ahead or off:
        sentences.append(f"{count(ahead, 'contact')} planned or called for, {off} called off or denied.")
    busiest = Counter(name for event in happened for name in dict.fromkeys(each.actor.name for each in event.participants))
    if busiest:
        named = [f"{printable(name)} ({number})" for name, number in busiest.most_common(5)]
        sentences.append(f"Most in contact: {joined(named)}.")
    sentences += _third_parties(happened)
    if undated:
        sentences.append(f"{count(undated, 'contact has', 'contacts have')} no date that could be resolved; see Undated.")
    return tuple(sentences)


def _third_parties(events: list[Event]) -> list[str]:
    """Who was in a third-party role in how many contacts, most often first."""
    roles: dict[str, Counter[str]] = {}
    for event in events:
        for name, role in dict.fromkeys((each.actor.name, each.role) for each in event.participants):
            if role in THIRD_PARTY_ROLES:
                roles.setdefault(name, Counter())[words(role)] += 1
    ranked = sorted(roles.items(), key=lambda item: (-item[1].total(), item[0]))[:5]
    named = [f"{printable(name)} ({', '.join(f'{role} in {n}' for role, n in held.most_common())})" for name, held in ranked]
    return [f"In third-party roles: {joined(named)}."] if named else []


_HIGH = {Level.HEAD_OF_STATE: 3, Level.HEAD_OF_GOVERNMENT: 3, Level.MINISTER: 2, Level.ORGANISATION_HEAD: 2}
_HIGH |= {Level.SPECIAL_ENVOY: 2, Level.INTELLIGENCE_CHIEF: 2, Level.NONSTATE_LEADER: 2}
KEY_FORMULA = (
    "3 points for a reported outcome, 2 for a third-party role (mediator, guarantor, host, facilitator), up to 3 for the highest "
    "level (heads of state and government 3; ministers, envoys, intelligence chiefs, heads of organisations and leaders of "
    "non-state groups 2), and 1 for each further independent document, at most 3; on equal points the newer stands first"
)


def key_points(event: Event) -> tuple[int, str]:
    """Points of an event by `KEY_FORMULA`, and what they are for."""
    reasons: list[tuple[int, str]] = []
    if event.outcome is not Outcome.NONE_REPORTED:
        reasons.append((3, f"outcome: {words(event.outcome)}"))
    roles = [each for each in event.participants if each.role in THIRD_PARTY_ROLES]
    if roles:
        reasons.append((2, f"{words(roles[0].role)}: {printable(roles[0].actor.name)}"))
    level = max((each.level for each in event.participants if each.level), key=lambda level: _HIGH.get(level, 0), default=None)
    if level in _HIGH:
        reasons.append((_HIGH[level], f"level: {words(level)}"))
    if event.independent > 1:
        reasons.append((min(3, event.independent - 1), f"{event.independent} independent documents"))
    return sum(points for points, _ in reasons), "; ".join(f"{why} (+{points})" for points, why in reasons)
