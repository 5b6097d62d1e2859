"""Claims that hang together by links or by an analyst's ruling; each group becomes events by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.core.ids import ClaimId
from dragoman.resolve.clusters import Link, Ruling
from dragoman.resolve.profiles import Profile


class Group(msgspec.Struct, frozen=True):
    """Claims that hang together, in the order of reports, with the links among them and the rulings on them."""

    members: Sequence[Profile]
    links: Sequence[Link]
    ruling: Ruling


def grouped(profiles: Sequence[Profile], links: Iterable[Link], ruling: Ruling) -> Iterator[Group]:
    """Part the claims into groups; every claim is in one, most of them alone."""
    links = list(links)
    home = _Homes(one.id for one in profiles)
    for link in links:
        home.join(link.left.id, link.right.id)
    for one, other in ruling.together:
        home.join(one, other)
    members: dict[ClaimId, list[Profile]] = defaultdict(list)
    for profile in profiles:
        members[home.of(profile.id)].append(profile)
    among: dict[ClaimId, list[Link]] = defaultdict(list)
    for link in links:
        among[home.of(link.left.id)].append(link)
    rulings = _rulings(ruling, home)
    for root, found in members.items():
        yield Group(found, sorted(among.get(root, ()), key=_place), rulings.get(root, Ruling({}, {})))


def _place(link: Link) -> tuple[ClaimId, ClaimId]:
    return link.left.id, link.right.id


def _rulings(ruling: Ruling, home: "_Homes") -> dict[ClaimId, Ruling]:
    """The rulings that each group's claims are named in."""
    found: dict[ClaimId, Ruling] = defaultdict(lambda: Ruling({}, {}))
    for pair in sorted(ruling.together.keys() | ruling.apart.keys()):
        for root in {home.of(one) for one in pair if one in home}:
            for whole, part in zip(ruling, found[root], strict=True):
                if pair in whole:
                    part[pair] = whole[pair]
    return found


class _Homes:
    """Which claims hang together so far (disjoint sets with path halving)."""

    def __init__(self, claims: Iterable[ClaimId]) -> None:
        self._above = {one: one for one in claims}

    def __contains__(self, claim: ClaimId) -> bool:
        return claim in self._above

    def of(self, claim: ClaimId) -> ClaimId:
        above = self._above
        while above[claim] != claim:
            above[claim] = above[above[claim]]
            claim = above[claim]
        return claim

    def join(self, one: ClaimId, other: ClaimId) -> None:
        if one in self and other in self:
            low, high = sorted((self.of(one), self.of(other)))
            self._above[high] = low
