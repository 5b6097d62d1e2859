"""Which events a desk wants to be told of: rules over the record, pure functions of rule and event."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import msgspec

from dragoman.core.claims import Participant
from dragoman.core.folding import fold
from dragoman.core.queries import words_fit
from dragoman.core.records import Event
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Level, Role

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change in what reports say of an event; without `from`, from anything else."""

    before: Factuality | None = msgspec.field(name="from", default=None)
    to: Factuality

    @property
    def label(self) -> str:
        """Such as "planned to cancelled"."""
        return f"{self.before.value if self.before else 'anything'} to {self.to.value}"


class AlertRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an event must be to raise an alert: every field that is given must fit, by one of its values.

    `role` and `level` are those of `actor` or `person` where one is given, else anybody's. With `change`, an event raises one
    alert for each change that it goes through; without, one alert ever.
    """

    id: _Name
    """Name of the rule: lower-case letters, digits, - and _."""
    to: tuple[str, ...]
    """Names of the channels that its alerts go to."""
    dossier: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    """Codes or full names of actors, such as QAT or Qatar."""
    with_actor: tuple[str, ...] = ()
    """The other side: another participant."""
    person: tuple[str, ...] = ()
    """One or more words of a person's name."""
    role: tuple[Role, ...] = ()
    level: tuple[Level, ...] = ()
    type: tuple[EngagementType, ...] = ()
    channel: tuple[Channel, ...] = ()
    issue: tuple[Issue, ...] = ()
    factuality: tuple[Factuality, ...] = ()
    """How real the reports say the event is; without it, however real."""
    change: tuple[Change, ...] = ()
    within_days: Annotated[int, msgspec.Meta(ge=0)] | None = None
    """Leave out events whose last day lies more than this many days back; events without a date are never left out."""
    independent: Annotated[int, msgspec.Meta(ge=1)] = 1
    """Least number of reports that do not copy one another."""


def occasions(rule: AlertRule, event: Event, today: date) -> tuple[str, ...]:
    """For what a rule speaks of an event: the changes that fit, "" for a rule without changes; nothing where it does not."""
    if not _fits(rule, event) or not _recent(rule, event, today):
        return ()
    if not rule.change:
        return ("",)
    return tuple(change.label for change in rule.change if went_through(event, change))


def went_through(event: Event, change: Change) -> bool:
    """Whether the reports' word on an event is now what the change leads to, and an earlier word was what it leads from."""
    if event.factuality is not change.to:
        return False
    stages = [stage.factuality for stage in event.history]
    last = max((place for place, stage in enumerate(stages) if stage is change.to), default=0)
    earlier = stages[:last]
    return change.before in earlier if change.before else any(stage is not change.to for stage in earlier)


def _fits(rule: AlertRule, event: Event) -> bool:
    tests = (
        _any(rule.dossier, event.dossiers),
        _any(rule.type, (event.type,)),
        _any(rule.channel, (event.channel,)),
        _any(rule.issue, event.issues),
        _any(rule.factuality, (event.factuality,)),
        event.independent >= rule.independent,
        _who(rule, event.participants),
    )
    return all(tests)


def _any(wanted: Iterable[object], found: Iterable[object]) -> bool:
    wanted = set(wanted)
    return not wanted or not wanted.isdisjoint(found)


def _who(rule: AlertRule, participants: tuple[Participant, ...]) -> bool:
    """Somebody who is all that the rule asks of one person or actor, and somebody else who is the other side."""
    for place, one in enumerate(participants):
        others = (*participants[:place], *participants[place + 1 :])
        if _is_central(rule, one) and (not rule.with_actor or any(_is(rule.with_actor, other) for other in others)):
            return True
    return not (rule.actor or rule.person or rule.role or rule.level or rule.with_actor)


def _is_central(rule: AlertRule, one: Participant) -> bool:
    return (
        (not rule.actor or _is(rule.actor, one))
        and (not rule.person or any(words_fit(asked, fold(one.person or "")) for asked in rule.person))
        and _any(rule.role, (one.role,))
        and _any(rule.level, (one.level,))
    )


def _is(wanted: tuple[str, ...], one: Participant) -> bool:
    names = {fold(one.actor.key), fold(one.actor.name)}
    return any(fold(name) in names for name in wanted)


def _recent(rule: AlertRule, event: Event, today: date) -> bool:
    last = (event.when.end or event.when.start) if event.when else None
    return rule.within_days is None or last is None or (today - last).days <= rule.within_days
