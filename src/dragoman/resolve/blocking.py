"""Which claims are worth comparing: two actors or two persons in common, and times that may meet.

Claims are gathered in blocks, and each block is compared by itself: nothing outside a block decides which of its claims are
compared. So a block whose claims did not change need not be compared again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

from dragoman.resolve.profiles import AHEAD, HYPOTHETICAL, Profile

NEIGHBOURS = 60
"""At most this many later claims of a block are compared with each, the nearest in time: it bounds the work on busy pairs."""

SPELL = 28
"""Days of one block. A period that reaches into several is in each of them."""

Pair = tuple[Profile, Profile]
_Key = tuple[str, str]
_Keys = Callable[[Profile], Iterable[_Key]]

# Days around publication in which an undated contact may lie: news looks back ten days, and plans ahead six weeks.
_LOOK_BACK, _LOOK_AHEAD = 10, 42

# Days from which a period ("since 2019") places a contact no better than no date.
_LONG = 366


class Block(NamedTuple):
    """Claims to be compared with one another; which pairs, depends on the name and the members alone."""

    name: str
    members: Sequence[Profile]
    pair: Callable[[Sequence[Profile]], Iterator[Pair]]

    def pairs(self) -> Iterator[Pair]:
        """Pairs to compare."""
        return self.pair(self.members)


def blocks(profiles: Sequence[Profile]) -> Iterator[Block]:
    """Blocks of two members or more; over all of them, each pair comes once.

    `profiles` must stand in an order that arrival does not change. Claims that agree in all that is compared but the wording are
    represented by their first, which is paired with each of them: a thousand reports of one summit cost a thousand comparisons,
    not half a million.
    """
    alike: dict[object, list[Profile]] = defaultdict(list)
    for one in profiles:
        alike[_signature(one) if one.exact else one.id].append(one)
    represented = [members[0] for members in alike.values()]
    for members in alike.values():
        if len(members) > 1:
            yield Block("alike", members, _pair_with_first)
    yield from _blocks("actors", represented, _actor_keys, _by_actors)
    yield from _blocks("persons", represented, _person_keys, _by_persons)


def candidates(profiles: Sequence[Profile]) -> Iterator[Pair]:
    """Pairs of all blocks."""
    for block in blocks(profiles):
        yield from block.pairs()


def _blocks(
    kind: str, profiles: Iterable[Profile], keys: _Keys, fits: Callable[[_Key, Profile, Profile], bool]
) -> Iterator[Block]:
    """One block for each key and spell of time, and one for each key whose claims are not all placed in time."""
    sharing: dict[_Key, list[Profile]] = defaultdict(list)
    for one in profiles:
        for key in keys(one):
            sharing[key].append(one)
    for key in sorted(sharing):
        if len(sharing[key]) > 1 and (kind == "actors" or _differ_in_actors(sharing[key])):
            yield from _in_time(kind, key, sharing[key], partial(fits, key))


def _in_time(kind: str, key: _Key, sharing: Sequence[Profile], fits: Callable[[Profile, Profile], bool]) -> Iterator[Block]:
    spells: dict[int, list[Profile]] = defaultdict(list)
    untimed = []
    for one in sharing:
        window = _window(one)
        if window is None:
            untimed.append(one)
        else:
            for spell in range(window[0] // SPELL, window[1] // SPELL + 1):
                spells[spell].append(one)
    for spell, members in spells.items():
        if len(members) > 1:
            yield Block("\t".join((kind, *key, str(spell))), members, partial(_sweep, spell, fits))
    if untimed:
        names = frozenset(name for one in untimed for name in _surnames(one))
        members = [one for one in sharing if names & _surnames(one)]
        if len(members) > 1:
            yield Block("\t".join((kind, *key, "untimed")), members, partial(_sweep_untimed, fits))


def _signature(one: Profile) -> object:
    claim = one.claim
    people = tuple(sorted((actor, names) for actor, names in one.people.items()))
    what = (claim.type, claim.channel, claim.factuality, one.first, one.city, one.country)
    return (one.actors, str(people), what, one.issues, one.ordinal, one.again, one.further, one.part_of_day, one.margins)


def _pair_with_first(members: Sequence[Profile]) -> Iterator[Pair]:
    return ((members[0], other) for other in members[1:])


def _actor_keys(one: Profile) -> Iterable[_Key]:
    actors = sorted(one.central)
    return combinations(actors, 2) if len(actors) > 1 else [(actor, actor) for actor in actors]


def _person_keys(one: Profile) -> Iterable[_Key]:
    """Two persons in common serve where reports have them act for different actors."""
    return combinations(sorted(one.named), 2)


def _differ_in_actors(members: Iterable[Profile]) -> bool:
    return len(frozenset.intersection(*(one.central for one in members))) < 2


def _by_actors(key: _Key, left: Profile, right: Profile) -> bool:
    """Whether this is the one block, of all that two claims share, in which they are paired."""
    shared = sorted(left.central & right.central)
    return key == ((shared[0], shared[1]) if len(shared) > 1 else (shared[0], shared[0]))


def _by_persons(key: _Key, left: Profile, right: Profile) -> bool:
    """As `_by_actors`, for claims that share no block of actors."""
    return not _share_actors(left, right) and tuple(sorted(left.named.keys() & right.named.keys())[:2]) == key


def _share_actors(left: Profile, right: Profile) -> bool:
    return len(left.central & right.central) > 1 or (
        len(left.central) == len(right.central) == 1 and left.central == right.central
    )


def _sweep(spell: int, fits: Callable[[Profile, Profile], bool], members: Sequence[Profile]) -> Iterator[Pair]:
    """Pairs whose windows meet, in the order of time; those that share several spells come in the first of them."""
    timed = [(*window, one) for one in members if (window := _window(one)) is not None]
    timed.sort(key=lambda entry: entry[:2])
    for place, (begins, end, one) in enumerate(timed):
        for start, _, other in timed[place + 1 : place + 1 + NEIGHBOURS]:
            if start > end:
                break
            if max(begins, start) // SPELL == spell and fits(one, other):
                yield one, other


def _sweep_untimed(fits: Callable[[Profile, Profile], bool], members: Sequence[Profile]) -> Iterator[Pair]:
    """Claims without any date are compared with those that name a person in common, dated or not."""
    named: dict[str, list[Profile]] = defaultdict(list)
    for one in members:
        for name in _surnames(one):
            named[name].append(one)
    for one in members:
        if _window(one) is not None:
            continue
        shared = {other.id: other for name in sorted(_surnames(one)) for other in named[name][:NEIGHBOURS] if other.id != one.id}
        for other in shared.values():
            if (_window(other) is not None or other.id > one.id) and fits(one, other):
                yield one, other


def _surnames(one: Profile) -> set[str]:
    return {name.name.rsplit(" ", 1)[-1] for names in one.people.values() for name in names if name.name}


def _window(one: Profile) -> tuple[int, int] | None:
    """The days in which the event may lie, as far as that can be told."""
    if one.first is not None and one.last is not None:
        return (one.first, one.last + 1) if one.last - one.first <= _LONG else None
    day = one.published_day
    if day is None:
        return None
    ahead = one.claim.factuality in AHEAD | HYPOTHETICAL
    return (day - _LOOK_BACK, day + _LOOK_AHEAD) if ahead else (day - _LOOK_BACK, day + 1)
