"""Which actors two claims have in common, and whether those that one leaves out make it another contact."""

from dragoman.core.vocab import EngagementType, Setting
from dragoman.resolve.likeness import Likeness
from dragoman.resolve.profiles import BILATERAL, Profile
from dragoman.resolve.timing import one_outlet

_MANY_SIDES = 4


def compare_actors(left: Profile, right: Profile) -> Likeness:
    """The share of actors that both name; reports often leave out all but the two they are about.

    Those two must be in the other report: Blinken with Lapid on Russia and Blinken with Macron on Russia are two meetings. A tour
    of five capitals is not the visit to one of them, nor in one outlet one of two.
    """
    here, there = _known_as(left, right), _known_as(right, left)
    shared = max(len(here & right.actors), len(there & left.actors))
    named = len(left.actors) + len(right.actors) - shared
    types = {left.claim.type, right.claim.type}
    if types <= BILATERAL and not share_a_pair(left, right):
        return Likeness(0.0, "each is about another pair of actors", impossible=True)
    if types <= BILATERAL and (_two_of_many(left, right) or _two_of_many(right, left)):
        return Likeness(0.0, "two persons alone, and four sides or more", impossible=True)
    if two_of_three(left, right):
        return Likeness(0.0, "one outlet tells of two persons, and of three sides or more", impossible=True)
    one_stop = one_outlet(left, right) and left.actors != right.actors and 2 in {len(left.actors), len(right.actors)}
    if types == {EngagementType.VISIT} and (shared < 0.6 * named or one_stop):
        return Likeness(0.0, "visits to other hosts", impossible=True)
    return Likeness(0.4 + 0.6 * shared / named, f"{shared} of {named} actors in both")


def _two_of_many(small: Profile, large: Profile) -> bool:
    """Whether one names a person for each of two sides, and the other at least twice as many sides: too many to be left out.

    Where the larger names persons for the same two sides alone, the rest may be what they talked about.
    """
    if len(small.actors) != 2 or len(large.actors) < _MANY_SIDES:
        return False
    return _sides_with_persons(small) == small.actors != _sides_with_persons(large)


def _sides_with_persons(one: Profile) -> frozenset[str]:
    return frozenset(actor for actor, names in one.people.items() if any(name.name for name in names))


def two_of_three(left: Profile, right: Profile) -> bool:
    """Whether one outlet names a person for each of two sides and no more, and elsewhere three sides or more.

    Ministers often meet two by two on the day on which all of them meet, and one outlet tells of each apart; another outlet may
    leave out the rest. A headline names whom it has room for.
    """
    if not one_outlet(left, right) or not {left.claim.type, right.claim.type} <= BILATERAL | {EngagementType.TALKS_ROUND}:
        return False
    small, large = sorted((left, right), key=lambda one: len(one.actors))
    if len(small.actors) != 2 or len(large.actors) < 3 or small.claim.setting is Setting.TITLE:
        return False
    return _sides_with_persons(small) == small.actors


def share_a_pair(left: Profile, right: Profile) -> bool:
    """Whether the two actors that one claim is about take part in the other."""
    return _pair_in(left, right) or _pair_in(right, left)


def _pair_in(one: Profile, other: Profile) -> bool:
    return one.pair <= _known_as(other, one)


def _known_as(one: Profile, other: Profile) -> frozenset[str]:
    """The actors of one claim, with those that the other has its persons act for."""
    same = one.named.keys() & other.named.keys()
    return one.actors | {other.named[name] for name in same} if same else one.actors
