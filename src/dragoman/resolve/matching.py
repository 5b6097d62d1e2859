"""Do two engagement claims tell of one event? Declared features, each with a score and a reason, and one threshold.

The decision is a weighted sum in the manner of Fellegi and Sunter (A Theory for Record Linkage, Journal of the American
Statistical Association 64, 1969): each feature adds evidence for or against, in natural-log odds, as if independent. The weights
were set by hand and checked on the project's own examples; they are not estimates. Candidates share two actors and a period (see
`blocking`), which is the prior that `THRESHOLD` answers to.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from dragoman.core.records import Reason
from dragoman.core.vocab import EngagementType, Setting
from dragoman.resolve.likeness import Likeness
from dragoman.resolve.persons import DIFFERENT_LEVELS, compare_side, guest, officials_only, with_members, without_head
from dragoman.resolve.plans import compare_factuality, compare_grounds
from dragoman.resolve.profiles import AHEAD, BILATERAL, Mode, Profile
from dragoman.resolve.sides import compare_actors
from dragoman.resolve.timing import compare_dates, compare_published, one_outlet

THRESHOLD = 4.0
"""Evidence, in natural-log odds, from which two claims are one event. The same actors on the same day in the same kind of contact
pass (1.5 + 2.5 + 0.75); the same actors and persons without any date do not, unless reported within days of each other or worded
alike."""


Compare = Callable[[Profile, Profile], Likeness | None]
"""None: the claims say nothing on this."""


class Feature(NamedTuple):
    """One declared feature; `weight` is the evidence that a score of 1 adds and a score of 0 takes away, in natural-log odds."""

    name: str
    weight: float
    compare: Compare


class Decision(NamedTuple):
    """What the features say together; `score` is 0.5 at the threshold."""

    same: bool
    total: float
    score: float
    reasons: tuple[Reason, ...]


def decide(left: Profile, right: Profile, *, thorough: bool = True) -> Decision:
    """Weigh all features; stop at one that rules a merge out.

    Unless `thorough`, stop also where the rest cannot reach the threshold, and give reasons for nothing but a merge.
    """
    total, found = 0.0, []
    for place, (name, weight, compare) in enumerate(FEATURES):
        if place == len(_CHEAP) and not thorough and total + _DEAR_EVIDENCE < THRESHOLD:
            break
        likeness = compare(left, right)
        if likeness is None:
            continue
        found.append((name, likeness))
        if likeness.impossible:
            return Decision(same=False, total=-math.inf, score=0.0, reasons=_reasons(found) if thorough else ())
        total += weight * (2 * likeness.score - 1)
    same = total >= THRESHOLD
    reasons = _reasons(found) if thorough or same else ()
    return Decision(same, total, 1 / (1 + math.exp(THRESHOLD - total)), reasons)


def _reasons(found: Iterable[tuple[str, Likeness]]) -> tuple[Reason, ...]:
    return tuple(Reason(name, round(likeness.score, 3), likeness.why) for name, likeness in found)


def kinds_meet(left: Profile, right: Profile) -> bool:
    """Whether types and modes allow one event at all: a quick look that spares weighing the rest, and decides nothing else."""
    if left.mode is not right.mode and left.mode is not Mode.OPEN and right.mode is not Mode.OPEN:
        return False
    one, other = left.claim.type, right.claim.type
    return one is other or frozenset((one, other)) in _KINDS


def told_apart(left: Profile, right: Profile) -> str | None:
    """Why one document means two events by two of its claims; None where it may mean one.

    Separate contacts of a chain ("separately with A and B"), contacts of different types, and contacts that the wording numbers,
    sets at different times or calls further are two. A headline and the sentence that repeats it are one: "speak again" over a
    text looks back beyond the text.
    """
    if left.document != right.document:
        return None
    tests = (
        (left.claim.link is not None and left.claim.link == right.claim.link, "separate contacts of one chain"),
        (
            left.claim.type != right.claim.type,
            f"one document tells of a {_words(left.claim.type)} and a {_words(right.claim.type)}",
        ),
        (left.again != right.again and not _headline(left, right), "one document tells of a further contact"),
        (_differ(left.ordinal, right.ordinal), "one document numbers them differently"),
        (_differ(left.part_of_day, right.part_of_day), "one document sets them at different times of the day"),
    )
    return next((why for apart, why in tests if apart), None)


def _headline(left: Profile, right: Profile) -> bool:
    return left.document == right.document and Setting.TITLE in {left.claim.setting, right.claim.setting}


def _differ(left: object, right: object) -> bool:
    return left is not None and right is not None and left != right


def compare_documents(left: Profile, right: Profile) -> Likeness | None:
    """A document's own word on whether it means one event; a reprint's sentence is its original's."""
    why = told_apart(left, right)
    if why:
        return Likeness(0.0, why, impossible=True)
    if left.document != right.document:
        copied = left.group == right.group and left.words != "" and left.words == right.words
        return Likeness(1.0, "the same sentence in a reprint") if copied else None
    if left.pair != right.pair and Setting.TITLE not in {left.claim.setting, right.claim.setting}:
        return Likeness(0.3, "one document tells of two pairs of actors")
    return None


def compare_kind(left: Profile, right: Profile) -> Likeness:
    """Type and mode of contact."""
    one, other = left.claim.type, right.claim.type
    if {left.mode, right.mode} == {Mode.TOGETHER, Mode.REMOTE}:
        return Likeness(0.0, f"one is {left.mode}, the other {right.mode}", impossible=True)
    if one == other:
        return _compare_within(left, right)
    if apart := _named_apart(left, right):
        return Likeness(0.0, apart, impossible=True)
    score = _KINDS.get(frozenset({one, other}), 0.0)
    return Likeness(score, f"a {_words(one)} and a {_words(other)}", impossible=score == 0.0)


def _compare_within(left: Profile, right: Profile) -> Likeness:
    """Two claims of one type, by channel and by what they say of a larger gathering."""
    what = _words(left.claim.type)
    channels = {left.claim.channel, right.claim.channel} - {None}
    if len(channels) > 1:
        by = f"both are a {what}, but by {' and '.join(sorted(str(c) for c in channels))}"
        return Likeness(0.0, f"{by} in one outlet", impossible=True) if one_outlet(left, right) else Likeness(0.35, by)
    if of_a_format(left, right):
        return Likeness(0.0, f"one outlet tells of a {what}, and of a dialogue or committee", impossible=True)
    if _beside(left, right) or _beside(right, left):
        return Likeness(0.0, f"one is a {what} beside a gathering, one of several days", impossible=True)
    return Likeness(0.75, f"both are a {what}")


def of_a_format(left: Profile, right: Profile) -> bool:
    """Whether one outlet says that ministers held a dialogue, committee or the like, and elsewhere only that they met."""
    if not one_outlet(left, right) or left.document == right.document or {left.claim.type, right.claim.type} != {_MEETING}:
        return False
    return any(one.format and not (other.format or other.gathering) for one, other in ((left, right), (right, left)))


def _beside(small: Profile, large: Profile) -> bool:
    """Whether one meeting stands expressly beside a gathering, and the other was held on several days."""
    return small.margins and small.exact and not large.margins and large.near and not large.exact


def _named_apart(left: Profile, right: Profile) -> str | None:
    """Why contacts of two types are two: two sides alone, and the gathering or talks around them."""
    types = {left.claim.type, right.claim.type}
    if _MANY in types and (_on_margins(left) or _on_margins(right)):
        return "one is a gathering, the other two sides alone"
    if _TALKS in types and any(one.margins for one in (left, right) if one.claim.type is not _TALKS):
        return "one is talks, the other a meeting beside them"
    if types & {_MEETING, _CALL} and not (left.near and right.near):
        return f"{' and '.join(sorted(_words(each) for each in types))}, and no day in both"
    return None


def _on_margins(one: Profile) -> bool:
    """Whether a claim tells of two sides, each with a person or post, apart from a gathering or expressly on its margins."""
    if one.claim.type is EngagementType.MULTILATERAL:
        return False
    return one.margins or (len(one.actors) == 2 and len(one.people) == 2)


def compare_people(left: Profile, right: Profile) -> Likeness | None:
    """Who acted for the actors that both name; in a bilateral contact another person means another event.

    In a visit another guest does; its hosts may be many. One outlet does not give a post of another level to the same person.
    Nobody leaves out a president who sat with his ministers, unless in passing, later.
    """
    evidence, told, reasons = 0.0, 0, []
    bilateral = left.claim.type in BILATERAL and right.claim.type in BILATERAL
    visitor = guest(left) if guest(left) == guest(right) else None
    fresh = _told_fresh(left) and _told_fresh(right)
    for actor in sorted(left.people.keys() & right.people.keys()):
        score, why = compare_side(left.people[actor], right.people[actor])
        if bilateral and fresh and without_head(left.people[actor], right.people[actor]):
            return Likeness(0.0, f"{actor}: one with the head of state or government, one without", impossible=True)
        if bilateral and one_outlet(left, right) and with_members(left, actor) != with_members(right, actor):
            return Likeness(0.0, f"{actor}: one person, and the same with the members", impossible=True)
        surely = score == 0.0 or (score == DIFFERENT_LEVELS and one_outlet(left, right))
        if surely and (bilateral or actor == visitor):
            return Likeness(0.0, f"{actor}: {why}", impossible=True)
        evidence += score - 0.5
        told += score != 0.5
        reasons.append(f"{actor}: {why}")
    if bilateral and any(officials_only(one, other) for one, other in ((left, right), (right, left))):
        return Likeness(0.0, "officials alone, and no person in both", impossible=True)
    if not told:
        return None
    return Likeness(max(0.0, 0.5 + evidence / max(2, told)), "; ".join(reasons))


def _told_fresh(one: Profile) -> bool:
    """Whether a report neither announces an occasion nor comes back to it in passing."""
    return one.news and (one.exact or not one.looks_back) and one.claim.factuality not in AHEAD


def compare_sequence(left: Profile, right: Profile) -> Likeness | None:
    """Rounds and "second call": different numbers are different events."""
    if left.ordinal and right.ordinal:
        if left.ordinal != right.ordinal:
            return Likeness(0.0, f"number {left.ordinal} and number {right.ordinal}", impossible=True)
        return Likeness(0.8, f"both are number {left.ordinal}")
    times = _compare_times(left, right)
    if times and (times.score == 0.0 or left.part_of_day == right.part_of_day):
        return times
    if left.further != right.further:
        surely = left.exact and right.exact
        return Likeness(0.0 if surely else 0.1, "one is told as a further contact on the day", impossible=surely)
    if times:
        return times
    if left.again != right.again and not _headline(left, right):
        return Likeness(0.4, "one is told as one more contact")
    return None


def _compare_times(left: Profile, right: Profile) -> Likeness | None:
    """Morning here may be afternoon there, but is hardly evening. Where days are open, times say that they may agree, or not."""
    one, other = left.part_of_day, right.part_of_day
    if one is None or other is None:
        return None
    if one == other:
        return Likeness(0.6, f"both in the {one}")
    far = "morning" in {one, other} and "afternoon" not in {one, other}
    return Likeness(0.0 if far else 0.25, f"one in the {one}, one in the {other}")


def compare_place(left: Profile, right: Profile) -> Likeness | None:
    """Towns, else countries; a remote contact has no place."""
    if Mode.REMOTE in {left.mode, right.mode}:
        return None
    if left.city and right.city:
        if left.city == right.city or fuzz.ratio(left.city, right.city) >= 85:
            return Likeness(1.0, f"both in {left.city}")
        same_country = left.country is not None and left.country == right.country
        if _elsewhere(left, right):
            return Likeness(0.0, f"one outlet has one in {left.city}, one in {right.city}", impossible=True)
        return Likeness(0.15 if same_country else 0.0, f"one in {left.city}, one in {right.city}")
    if left.country and right.country:
        if left.country == right.country:
            return Likeness(0.7, f"both in {left.country}")
        return Likeness(0.0, f"one in {left.country}, one in {right.country}")
    return None


def _elsewhere(left: Profile, right: Profile) -> bool:
    """Whether one outlet sets two contacts of two sides in towns of two countries; outlets may differ on where one was."""
    if not one_outlet(left, right) or not {left.claim.type, right.claim.type} <= BILATERAL or not (left.sited and right.sited):
        return False
    return left.country is not None and right.country is not None and left.country != right.country


def compare_issues(left: Profile, right: Profile) -> Likeness | None:
    """What was on the table, where both say."""
    if not left.issues or not right.issues:
        return None
    shared = left.issues & right.issues
    if not shared:
        return Likeness(0.3, "no issue in common")
    return Likeness(0.5 + 0.5 * len(shared) / len(left.issues | right.issues), "both on " + ", ".join(sorted(shared)))


def compare_wording(left: Profile, right: Profile) -> Likeness | None:
    """Words in common, in any order; two sentences about the same actors have about half by chance.

    One outlet words all its readouts alike: there likeness says little, unless a plan is announced again word for word.
    """
    if not left.words or not right.words:
        return None
    ratio = fuzz.token_set_ratio(left.words, right.words)
    ceiling = 0.6 if _house_style(left, right) else 1.0
    return Likeness(min(ceiling, max(0.2, (ratio - 20) / 70)), f"{ratio:.0f} of 100 in wording")


def _house_style(left: Profile, right: Profile) -> bool:
    if left.source is None or left.source != right.source or left.group == right.group:
        return False
    announced = {left.claim.factuality, right.claim.factuality} <= AHEAD
    return not (announced and fuzz.ratio(left.words, right.words) >= 95)


def _words(value: str) -> str:
    return value.replace("_", " ")


_MEETING, _TALKS, _MANY, _SIGNING, _CALL = (
    EngagementType.MEETING,
    EngagementType.TALKS_ROUND,
    EngagementType.MULTILATERAL,
    EngagementType.AGREEMENT_SIGNING,
    EngagementType.CALL,
)
_KINDS = {
    frozenset({_MEETING, _TALKS}): 0.5,
    frozenset({_MEETING, _MANY}): 0.3,
    frozenset({_MEETING, _SIGNING}): 0.1,
    frozenset({_MEETING, _CALL}): 0.2,
    frozenset({_TALKS, _MANY}): 0.5,
    frozenset({_TALKS, _SIGNING}): 0.2,
    frozenset({_MANY, _SIGNING}): 0.1,
}
"""How well two types describe one event; pairs that are not here are never one: a visit contains its meetings."""

_CHEAP = (
    Feature("document", 4.0, compare_documents),
    Feature("kind", 1.5, compare_kind),
    Feature("factuality", 1.0, compare_factuality),
    Feature("grounds", 0.0, compare_grounds),
    Feature("dates", 2.5, compare_dates),
    Feature("published", 2.5, compare_published),
    Feature("people", 2.5, compare_people),
    Feature("sequence", 4.0, compare_sequence),
    Feature("place", 2.0, compare_place),
    Feature("actors", 1.5, compare_actors),
)
FEATURES = (*_CHEAP, Feature("issues", 0.75, compare_issues), Feature("wording", 1.5, compare_wording))
"""All features in the order in which they are weighed."""

_DEAR_EVIDENCE = sum(feature.weight for feature in FEATURES[len(_CHEAP) :])
