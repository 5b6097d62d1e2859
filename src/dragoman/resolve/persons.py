"""Who acts for an actor, and whether two claims name the same person."""

from functools import lru_cache

from rapidfuzz import fuzz

from dragoman.core.vocab import ActorKind, EngagementType, Level
from dragoman.knowledge.given_names import full_given_name
from dragoman.resolve.profiles import Name, Profile

DIFFERENT_LEVELS = 0.1
"""How alike two sides are of which one is told by a post of another level: reports call one person by many posts."""


def same_person(left: str, right: str) -> bool:
    """Whether two folded names may be one person's: one holds all words of the other, or they are spelled nearly alike.

    "fidan" and "hakan fidan" may, "sergei lavrov" and "sergey lavrov" may, "s. jaishankar" and "subrahmanyam jaishankar" may,
    "joe biden" and "joseph r biden jr" may;
    "salman" and "mohammed bin salman" may as names, but their levels tell them apart.
    """
    return left == right or (_same_name(left, right) if left < right else _same_name(right, left))


@lru_cache(maxsize=200_000)
def _same_name(left: str, right: str) -> bool:
    short, long = sorted((_words(left), _words(right)), key=len)
    if not short:
        return False
    if set(short) <= set(long):
        return len(short) > 1 or short[0] in {long[0], long[-1]}
    if fuzz.ratio(short[-1], long[-1]) < 80:
        return False
    return len(short) == 1 or _same_initial(short, long) or fuzz.token_sort_ratio(left, right) >= 80


def _words(name: str) -> list[str]:
    """The words that tell a person, the given name in full; "Jr." is no family name."""
    words = name.split()
    words = words[:-1] if len(words) > 1 and words[-1].rstrip(".") in {"jr", "sr"} else words
    return [full_given_name(words[0]), *words[1:]] if len(words) > 1 else words


def _same_initial(one: list[str], other: list[str]) -> bool:
    """Whether the first names begin alike and one of them is an initial."""
    first, second = one[0].rstrip("."), other[0].rstrip(".")
    return min(len(first), len(second)) == 1 and first[0] == second[0]


def guest(one: Profile) -> str | None:
    """The actor who pays a visit; None for other contacts."""
    return one.claim.participants[0].actor.key if one.claim.type is EngagementType.VISIT else None


def with_members(one: Profile, actor: str) -> bool:
    """Whether an organisation takes part by a named person and, beside, by a post that stands for its members.

    A secretary general with the permanent representatives is the council; a minister with his officials is the minister.
    """
    posts = [each for each in one.claim.participants if each.actor.key == actor and each.actor.kind is ActorKind.ORGANISATION]
    return any(each.person for each in posts) and any(each.office and not each.person for each in posts)


def compare_side(left: tuple[Name, ...], right: tuple[Name, ...]) -> tuple[float, str]:
    """How alike those are who act for one actor in two claims, from 0 to 1, and why; 1 is the same person, 0 another."""
    for one in left:
        for other in right:
            if one.name and other.name and same_person(one.name, other.name) and _levels_fit(one, other):
                return 1.0, f"{max(one.name, other.name, key=len)} in both"
    if any(one.name for one in left) and any(other.name for other in right):
        return 0.0, "different persons"
    if _only_officials(left) != _only_officials(right):
        return 0.3, "officials, and one of a named level"
    levels, others = ({one.level for one in side if one.level} for side in (left, right))
    if not levels or not others:
        return 0.5, "nothing to compare"
    if levels & others:
        return 0.7, "the same level"
    return DIFFERENT_LEVELS, "different levels"


_HEADS = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT})


def without_head(left: tuple[Name, ...], right: tuple[Name, ...]) -> bool:
    """Whether one report names a head of state or government for a side, and the other names only persons below."""
    return _lacks_head(left, right) or _lacks_head(right, left)


def _lacks_head(full: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    named = [one.name for one in other if one.name]
    if not named or any(one.level in _HEADS for one in other):
        return False
    return any(one.name and one.level in _HEADS and not any(same_person(one.name, name) for name in named) for one in full)


def _only_officials(side: tuple[Name, ...]) -> bool:
    """Whether a claim says no more than "officials", who may be several others."""
    return all(one.name is None and one.level is Level.OFFICIAL for one in side)


def _levels_fit(one: Name, other: Name) -> bool:
    """One word alone names many; it needs a level that does not contradict."""
    if one.level is None or other.level is None or one.level == other.level or one.name == other.name:
        return True
    return " " in (one.name or "") and " " in (other.name or "")


def person_in_both(left: Profile, right: Profile) -> bool:
    """Whether both claims name one person for the same actor."""
    shared = left.people.keys() & right.people.keys()
    return any(compare_side(left.people[actor], right.people[actor])[0] == 1.0 for actor in shared)


def officials_only(one: Profile, other: Profile) -> bool:
    """Whether one claim has only officials where the other has a person, and no person is in both."""
    if person_in_both(one, other):
        return False
    shared = one.people.keys() & other.people.keys()
    return any(_only_officials(one.people[actor]) and any(name.name for name in other.people[actor]) for actor in shared)
