"""Rounds of talks out of events: which belong to one sitting, their numbers, who sat in them and at what level."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from dragoman.core.actors import Place
from dragoman.core.claims import Participant
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.records import Event
from dragoman.core.talks import Delegation, LevelChange, Round
from dragoman.core.time import When
from dragoman.core.vocab import Level, Outcome, Role
from dragoman.resolve.basis import HELD, Basis, day_of

LEVEL_RANK = {
    Level.HEAD_OF_STATE: 5,
    Level.HEAD_OF_GOVERNMENT: 5,
    Level.MINISTER: 4,
    Level.ORGANISATION_HEAD: 4,
    Level.DEPUTY_MINISTER: 3,
    Level.SPECIAL_ENVOY: 3,
    Level.INTELLIGENCE_CHIEF: 3,
    Level.AMBASSADOR: 2,
    Level.OFFICIAL: 1,
}
"""Levels that can be ranked against each other; leaders of non-state groups cannot."""

_GAP = timedelta(days=1)
"""Days between two events of one sitting: talks that go on the next day are one round."""

_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for words in (_WORDS, _CARDINALS) for number, word in enumerate(words, start=1)}
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_WORDS)})\s+(?:[\w-]+\s+){{0,2}}?(?:round|session|cycle)"
    rf"|(?P<digits>\d{{1,2}})(?:st|nd|rd|th)\s+(?:[\w-]+\s+){{0,2}}?(?:round|session|cycle|meeting)"
    rf"|(?:round|session|cycle)\s+(?P<cardinal>\d{{1,2}}|{'|'.join(_CARDINALS)}))\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:next|agreed?|will|would|planned|plans|ahead of|before|after|since|until|expected|scheduled|prepar\w+)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_OUTCOMES = (
    Outcome.AGREEMENT,
    Outcome.BREAKDOWN,
    Outcome.IMPASSE,
    Outcome.PROGRESS,
    Outcome.AGREED_TO_CONTINUE,
    Outcome.DECLINED,
)


def make_rounds(events: Iterable[Event], dossier: DossierId | None, basis: Basis) -> tuple[Round, ...]:
    """Group events into rounds, number the held ones, and compare each held round with the one before."""
    sittings: list[list[Event]] = []
    for event in sorted(events, key=lambda one: _order(one.when, one.id)):
        home = next((found for found in _recent(sittings, event) if _one_sitting(found, event)), None)
        if home is None:
            sittings.append([event])
        else:
            home.append(event)
    rounds = [_round(found, dossier, basis) for found in sittings]
    return _compared(sorted(rounds, key=lambda one: _order(one.when, one.id)))


def _recent(sittings: Sequence[list[Event]], event: Event) -> Iterator[list[Event]]:
    """Sittings from the last one back to where, in order of their last day, they can no longer touch an event."""
    start = event.when.start if event.when else None
    for found in reversed(sittings):
        end = day_of(found[-1].when)
        if start is None or end is None or start - end > _GAP:
            return
        yield found


def _order(when: When | None, key: str) -> tuple[bool, date, str]:
    day = day_of(when)
    return (day is None, day or date.min, key)


def _one_sitting(found: Sequence[Event], event: Event) -> bool:
    """Whether an event is one more report, day or part of a sitting: equally real, days that touch, no other country."""
    if (found[0].factuality in HELD) != (event.factuality in HELD) or day_of(event.when) is None:
        return False
    actors = {one.actor.key for one in event.participants}
    return all(
        _touch(other.when, event.when)
        and _may_be_one_place(other, event)
        and len(actors & {p.actor.key for p in other.participants}) >= 2
        for other in found
    )


def _touch(one: When | None, other: When | None) -> bool:
    if one is None or other is None or not (one.start and one.end and other.start and other.end):
        return False
    return other.start - one.end <= _GAP and one.start - other.end <= _GAP


def _may_be_one_place(one: Event, other: Event) -> bool:
    countries = {event.place.country for event in (one, other) if event.place} - {None}
    return len(countries) < 2


def _round(events: Sequence[Event], dossier: DossierId | None, basis: Basis) -> Round:
    stated = _stated(events, basis)
    number = min(stated, key=lambda one: (-len(stated[one]), one), default=None)
    whens = [event.when for event in events if event.when is not None]
    outcomes = {event.outcome for event in events}
    return Round(
        events=tuple(event.id for event in events),
        factuality=events[0].factuality,
        stated=number,
        stated_by=tuple(stated[number]) if number is not None else (),
        when=_whole(whens),
        place=next((event.place for event in events if event.place and event.place.name), None) or _any_place(events),
        outcome=next((outcome for outcome in _OUTCOMES if outcome in outcomes), Outcome.NONE_REPORTED),
        delegations=_delegations([one for event in events for one in event.participants], dossier, basis),
    )


def _any_place(events: Sequence[Event]) -> Place | None:
    return next((event.place for event in events if event.place), None)


def _whole(whens: Sequence[When]) -> When | None:
    """The time of the whole sitting; one event's own where there is but one."""
    known = [when for when in whens if when.start and when.end]
    if not known:
        return whens[0] if whens else None
    first, last = min(w.start for w in known if w.start), max(w.end for w in known if w.end)
    same = next((when for when in known if (when.start, when.end) == (first, last)), None)
    return same or replace(known[0], start=first, end=last, precision=None, expression=None)


def _stated(events: Sequence[Event], basis: Basis) -> dict[int, list[ClaimId]]:
    """Numbers that reports give a round, with the claims that do; of a round held, not the number of the next one."""
    found: dict[int, list[ClaimId]] = {}
    for event in events:
        for one, claim in basis.engagements(event):
            held = claim.factuality in HELD
            number = claim.round or stated_number(basis.words(claim), held=held)
            if number is not None:
                found.setdefault(number, []).append(one)
    return found


def stated_number(words: str, *, held: bool) -> int | None:
    """The number of a round that a sentence gives ("fourth round", "the 22nd Astana meeting", "round two")."""
    for match in _ORDINAL.finditer(words):
        if held and _AHEAD.search(words[: match.start()]):
            continue
        number = (match.group("word") or match.group("cardinal") or match.group("digits")).lower()
        return int(number) if number.isdigit() else _NUMBERS[number]
    return None


def _delegations(participants: Iterable[Participant], dossier: DossierId | None, basis: Basis) -> tuple[Delegation, ...]:
    by_actor: dict[str, list[Participant]] = {}
    for one in participants:
        by_actor.setdefault(one.actor.key, []).append(one)
    return tuple(
        Delegation(
            actor=people[0].actor,
            role=next((one.role for one in people if one.role is not Role.COUNTERPART), Role.COUNTERPART),
            standing=basis.standing(people[0], dossier),
            level=max((one.level for one in people if one.level), key=lambda level: LEVEL_RANK.get(level, 0), default=None),
            persons=tuple(dict.fromkeys(one.person for one in people if one.person)),
        )
        for people in by_actor.values()
    )


def _compared(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Number the dated rounds held, and say how each differs from those before it."""
    made: list[Round] = []
    levels: dict[str, tuple[Level, tuple[EventId, ...]]] = {}
    before: Round | None = None
    number = 0
    for one in rounds:
        if one.factuality not in HELD or day_of(one.when) is None:
            made.append(one)
            continue
        number += 1
        now = {each.actor.key: each.actor.name for each in one.delegations}
        last = {each.actor.key: each.actor.name for each in before.delegations} if before else {}
        made.append(
            replace(
                one,
                order=number,
                joined=tuple(name for key, name in now.items() if before and key not in last),
                absent=tuple(name for key, name in last.items() if key not in now),
                levels=_level_changes(one, levels),
            )
        )
        levels |= {
            each.actor.key: (each.level, one.events) for each in one.delegations if each.level in LEVEL_RANK and each.level
        }
        before = one
    return tuple(made)


def _level_changes(one: Round, levels: dict[str, tuple[Level, tuple[EventId, ...]]]) -> tuple[LevelChange, ...]:
    found = []
    for each in one.delegations:
        known = levels.get(each.actor.key)
        if known is None or each.level is None or each.level not in LEVEL_RANK:
            continue
        before, events = known
        if LEVEL_RANK[before] != LEVEL_RANK[each.level]:
            lower = LEVEL_RANK[each.level] < LEVEL_RANK[before]
            found.append(LevelChange(actor=each.actor, before=before, now=each.level, lower=lower, round_before=events))
    return tuple(found)
