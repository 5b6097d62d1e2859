"""By what a plan, or a report without a day, must be known to tell of a given event: persons, place, number, format, issues."""

import math
import re

from dragoman.core.vocab import EngagementType, Factuality, PlaceKind, Setting
from dragoman.resolve.likeness import Likeness
from dragoman.resolve.persons import compare_side, guest, same_person
from dragoman.resolve.profiles import AHEAD, BILATERAL, HYPOTHETICAL, Mode, Name, Profile
from dragoman.resolve.timing import SHORTLY, one_outlet

_FORMATS = frozenset(
    {EngagementType.VISIT, EngagementType.TALKS_ROUND, EngagementType.MULTILATERAL, EngagementType.AGREEMENT_SIGNING}
)
"""Types of which the same actors do not hold several within weeks, as they hold meetings and calls."""

_PERSONS = "the same persons"
_TOLD_AT_ONCE = 1
"""Days within which two reports without a day or place may speak of one contact: those who speak weekly speak soon again."""
_MANY = re.compile(r"\b(?:leaders|leadership|officials|authorities)\b")


def compare_factuality(left: Profile, right: Profile) -> Likeness | None:
    """What was only called for did not happen; a plan and its event must agree on the date, or the one soon follow the other.

    A plan with a day of its own is known by it. A plan for some days, or without any ("they will meet soon"), is known by what
    else it tells: the persons of both sides, the town, the number, the format, what is on the table. A denial is of the event
    that it dates.
    """
    one, other = left.claim.factuality, right.claim.factuality
    if one == other:
        return None
    if (one in HYPOTHETICAL) != (other in HYPOTHETICAL):
        return Likeness(0.0, f"{_words(one)} is not {_words(other)}", impossible=True)
    dated = left.first is not None and right.first is not None
    apart = Likeness(0.0, f"{_words(one)} and {_words(other)}, and no dates that agree", impossible=True)
    if Factuality.DENIED in {one, other} and not dated:
        return apart
    if (one in AHEAD) == (other in AHEAD):
        return Likeness(0.5, f"{_words(one)} and {_words(other)} with dates that agree")
    plan, event = (left, right) if one in AHEAD else (right, left)
    if not dated and not _announced_shortly_before(plan, event):
        return apart
    if one_of_several(plan, event):
        return Likeness(0.0, "a plan to meet several persons, and the meeting with fewer", impossible=True)
    shared = _in_common(plan, event)
    if len(shared) < _needed(plan, event, shared):
        return Likeness(0.0, f"{_words(plan.claim.factuality)} in general words, and one event of several", impossible=True)
    if not dated:
        return Likeness(0.4, f"{_words(plan.claim.factuality)} without a date shortly before, {_listed(shared)}")
    return Likeness(0.5, f"{_words(one)} and {_words(other)} with dates that agree")


def compare_grounds(left: Profile, right: Profile) -> Likeness | None:
    """Whether two reports of a meeting or call that do not both place it in time name more than the two sides.

    "Discussed it with Russian counterparts", told within days of a meeting of ministers, may be any of several. Plans say in
    their day of announcement what they are. A speaker who says "I" need not be named.
    """
    if left.group == right.group:
        return None
    if left.several or right.several:
        return Likeness(0.0, "one tells of many contacts in general", impossible=True)
    if not {left.claim.type, right.claim.type} <= BILATERAL:
        return None
    if _faceless_in_one_outlet(left, right):
        return Likeness(0.0, "one outlet names persons of both sides, and elsewhere nobody of one", impossible=True)
    if _announced_again(left, right):
        return Likeness(0.0, "one outlet has a readout of each, on two days", impossible=True)
    lacking = _lacking(left, right)
    return Likeness(0.0, lacking, impossible=True) if lacking else None


def _lacking(left: Profile, right: Profile) -> str | None:
    """What two reports that do not both place a contact in time lack to be of one; None where nothing is lacking."""
    if (left.near and right.near) or {left.claim.factuality, right.claim.factuality} & AHEAD:
        return None
    if _same_place(left, right) or _same_country(left, right):
        return None
    if left.first is None and right.first is None and _days_between(left, right) > _TOLD_AT_ONCE:
        return "no day or place in both, and reported days apart"
    if _same_persons(left, right, spoken=left.near or right.near):
        return None
    return "no day, place or persons of both sides in both"


def _days_between(left: Profile, right: Profile) -> float:
    """Days between two reports; endless where one of them has no date."""
    if left.published_day is None or right.published_day is None:
        return math.inf
    return abs(left.published_day - right.published_day)


def _announced_again(left: Profile, right: Profile) -> bool:
    """Whether one outlet published two readouts on two days, each headed by the contact: of each contact it publishes one.

    Under two headlines both must tell of what these announce. A release that gives the same day as the other repeats or corrects
    it.
    """
    if not one_outlet(left, right) or left.group == right.group or left.headline is None or right.headline is None:
        return False
    if left.headline != right.headline and not (left.announced and right.announced):
        return False
    if {left.claim.factuality, right.claim.factuality} & AHEAD or left.published == right.published:
        return False
    if left.exact and right.exact and left.first == right.first:
        return False
    return left.news and right.news


def _faceless_in_one_outlet(left: Profile, right: Profile) -> bool:
    """Whether one outlet has persons for both sides and elsewhere neither person nor post for one, with no place or issue alike.

    An outlet that has said who met calls it "the discussion with India" of another occasion, unless it says more. With a post
    that is no office of state ("civil society leaders") it tells of somebody else, whatever else agrees.
    """
    if not one_outlet(left, right) or left.group == right.group:
        return False
    if {left.claim.factuality, right.claim.factuality} & AHEAD or left.pair != right.pair:
        return False
    full, bare = (left, right) if left.people.keys() >= left.pair else (right, left)
    others = any(one.office and one.level is None and one.actor.key not in bare.people for one in bare.claim.participants)
    if not others and (_same_place(left, right) or _same_country(left, right) or left.issues & right.issues):
        return False
    if bare.spoken or bare.claim.setting is Setting.TITLE:
        return False
    return full.people.keys() >= full.pair and not bare.people.keys() >= bare.pair


def _announced_shortly_before(plan: Profile, event: Profile) -> bool:
    """Whether a plan without a date ("in the coming days") was reported up to two weeks before a dated event."""
    if plan.first is not None or plan.published_day is None or event.last is None or not event.near:
        return False
    return 0 <= event.last - plan.published_day <= SHORTLY


def _needed(plan: Profile, event: Profile, shared: tuple[str, ...]) -> int:
    """How much else must agree: the less, the better the plan is dated; more where it names a person and the event none.

    Two persons who speak by telephone every week seldom meet twice in a fortnight.
    """
    if plan.exact:
        return 2 if any(plan.people.get(side) and not event.people.get(side) for side in plan.pair) else 0
    return 1 if plan.near or (_PERSONS in shared and plan.mode is not Mode.REMOTE) else 2


def one_of_several(left: Profile, right: Profile) -> bool:
    """Whether a plan lists persons of a side ("the president and the minister") and a report of a meeting names fewer of them."""
    if not {left.claim.type, right.claim.type} <= BILATERAL or (left.claim.factuality in AHEAD) == (
        right.claim.factuality in AHEAD
    ):
        return False
    plan, event = (left, right) if left.claim.factuality in AHEAD else (right, left)
    sides = plan.actors & event.people.keys()
    planned = {side: plan.people.get(side, ()) for side in sides}
    return any(_fewer(event.people[side], planned[side]) or _of_many(plan, event, side) for side in sides)


def _of_many(plan: Profile, event: Profile, side: str) -> bool:
    """Whether a plan has "leaders" where a report names one person: each of them may be met by himself."""
    persons = [sum(1 for name in one.people.get(side, ()) if name.name) for one in (plan, event)]
    return persons == [0, 1] and _MANY.search(plan.words) is not None


def _fewer(met: tuple[Name, ...], planned: tuple[Name, ...]) -> bool:
    here, there = ([one.name for one in names if one.name] for names in (met, planned))
    return bool(here) and len(there) > 1 and any(not any(same_person(name, other) for other in here) for name in there)


def _in_common(plan: Profile, event: Profile) -> tuple[str, ...]:
    """What a plan and an event tell alike, beside their actors and dates."""
    tests = (
        (_same_persons(plan, event), _PERSONS),
        (_same_place(plan, event), "the same place"),
        (plan.ordinal is not None and plan.ordinal == event.ordinal, "the same number"),
        (plan.claim.type == event.claim.type and plan.claim.type in _FORMATS, "the same format"),
        (bool(plan.issues & event.issues), "the same issues"),
    )
    return tuple(what for holds, what in tests if holds)


def _same_persons(left: Profile, right: Profile, *, spoken: bool = False) -> bool:
    """Whether both name the same person for each of the two sides, or the same guest of a visit.

    With `spoken`, a side whose person speaks in one of them may go unnamed there, if the other side's is the same.
    """
    visitor = guest(left)
    sides = {visitor} if visitor is not None else left.pair
    alike = [compare_side(left.people.get(side, ()), right.people.get(side, ()))[0] for side in sorted(sides)]
    unnamed = [any(_speaks_for(one, side) for one in (left, right)) for side in sorted(sides)]
    return 1.0 in alike and all(score == 1.0 or (spoken and silent) for score, silent in zip(alike, unnamed, strict=True))


def _speaks_for(one: Profile, side: str) -> bool:
    """Whether a sentence in the first person may leave a side's person to be understood: the one who says "I"."""
    return one.spoken and not one.people.get(side) and one.speaker in {None, side}


def _same_country(left: Profile, right: Profile) -> bool:
    return left.country is not None and left.country == right.country


def _same_place(plan: Profile, event: Profile) -> bool:
    """Whether both name one town or venue."""
    if plan.city is not None and plan.city == event.city:
        return True
    sites = [one.claim.place for one in (plan, event)]
    venues = {site.name for site in sites if site is not None and site.kind is PlaceKind.VENUE}
    return len(venues) == 1 and all(site is not None and site.name in venues for site in sites)


def _listed(shared: tuple[str, ...]) -> str:
    return " and ".join(shared)


def _words(value: str) -> str:
    return value.replace("_", " ")
