"""Which claims are worth comparing: two actors or two persons in common, and times that may meet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from dragoman.resolve.profiles import AHEAD, HYPOTHETICAL, Profile

NEIGHBOURS = 60
"""At most this many later claims of a block are compared with each, the nearest in time: it bounds the work on busy pairs."""

Pair = tuple[Profile, Profile]
_Key = tuple[str, str]

# Days around publication in which an undated contact may lie: news looks back ten days, and plans ahead six weeks.
_LOOK_BACK, _LOOK_AHEAD = 10, 42


def candidates(profiles: Sequence[Profile]) -> Iterator[Pair]:
    """Pairs to compare, each once. `profiles` must stand in an order that arrival does not change.

    Claims that agree in all that is compared but the wording are represented by their first, which is paired with each of them: a
    thousand reports of one summit cost a thousand comparisons, not half a million.
    """
    represented, pairs = _represent(profiles)
    yield from pairs
    for key, block in _blocks(represented, _keys):
        for left, right in _sweep(block):
            if _first_shared(left, right) == key:
                yield left, right
    for key, block in _blocks(represented, _person_keys):
        if len(frozenset.intersection(*(one.central for one in block))) < 2:
            for left, right in _sweep(block):
                if not _share_actors(left, right) and tuple(sorted(left.named.keys() & right.named.keys())[:2]) == key:
                    yield left, right


def _blocks(profiles: Iterable[Profile], keys: Callable[[Profile], Iterable[_Key]]) -> Iterator[tuple[_Key, list[Profile]]]:
    blocks: dict[_Key, list[Profile]] = defaultdict(list)
    for one in profiles:
        for key in keys(one):
            blocks[key].append(one)
    for key in sorted(blocks):
        if len(blocks[key]) > 1:
            yield key, blocks[key]


def _represent(profiles: Sequence[Profile]) -> tuple[list[Profile], list[Pair]]:
    first: dict[object, Profile] = {}
    kept, pairs = [], []
    for one in profiles:
        if not one.exact:
            kept.append(one)
            continue
        known = first.setdefault(_signature(one), one)
        if known is one:
            kept.append(one)
        else:
            pairs.append((known, one))
    return kept, pairs


def _signature(one: Profile) -> object:
    claim = one.claim
    people = tuple(sorted((actor, names) for actor, names in one.people.items()))
    what = (claim.type, claim.channel, claim.factuality, one.first, one.city, one.country)
    return (one.actors, str(people), what, one.issues, one.ordinal, one.again, one.further, one.part_of_day, one.margins)


def _keys(one: Profile) -> Iterable[_Key]:
    actors = sorted(one.central)
    return combinations(actors, 2) if len(actors) > 1 else [(actor, actor) for actor in actors]


def _person_keys(one: Profile) -> Iterable[_Key]:
    """Two persons in common serve where reports have them act for different actors."""
    return combinations(sorted(one.named), 2)


def _share_actors(left: Profile, right: Profile) -> bool:
    """Whether two claims share a block of actors."""
    return len(left.central & right.central) > 1 or (
        len(left.central) == len(right.central) == 1 and left.central == right.central
    )


def _first_shared(left: Profile, right: Profile) -> _Key:
    """The one block, of all that two claims share, in which they are paired."""
    shared = sorted(left.central & right.central)
    return (shared[0], shared[1]) if len(shared) > 1 else (shared[0], shared[0])


def _sweep(block: Sequence[Profile]) -> Iterator[Pair]:
    """Pairs whose windows meet, in the order of time."""
    timed = [(*window, one) for one in block if (window := _window(one)) is not None]
    timed.sort(key=lambda entry: entry[:2])
    for place, (_, end, one) in enumerate(timed):
        for start, _, other in timed[place + 1 : place + 1 + NEIGHBOURS]:
            if start > end:
                break
            yield one, other
    yield from _sweep_untimed(block)


def _sweep_untimed(block: Sequence[Profile]) -> Iterator[Pair]:
    """Claims without any date are compared with those that name a person in common, dated or not."""
    untimed = [one for one in block if _window(one) is None]
    if not untimed:
        return
    named: dict[str, list[Profile]] = defaultdict(list)
    for one in block:
        for name in _surnames(one):
            named[name].append(one)
    for one in untimed:
        shared = {other.id: other for name in sorted(_surnames(one)) for other in named[name][:NEIGHBOURS] if other.id != one.id}
        for other in shared.values():
            if _window(other) is not None or other.id > one.id:
                yield one, other


def _surnames(one: Profile) -> set[str]:
    return {name.name.rsplit(" ", 1)[-1] for names in one.people.values() for name in names if name.name}


def _window(one: Profile) -> tuple[int, int] | None:
    """The days in which the event may lie, as far as that can be told."""
    if one.first is not None and one.last is not None:
        return one.first, one.last + 1
    day = one.published_day
    if day is None:
        return None
    ahead = one.claim.factuality in AHEAD | HYPOTHETICAL
    return (day - _LOOK_BACK, day + _LOOK_AHEAD) if ahead else (day - _LOOK_BACK, day + 1)
