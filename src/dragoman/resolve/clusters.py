"""Joins pairs into events, strongest first, never against what the joined claims say of each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from dragoman.core.ids import ClaimId
from dragoman.core.records import Merge, Reason
from dragoman.core.vocab import EngagementType
from dragoman.resolve.matching import Decision, of_a_format, told_apart
from dragoman.resolve.persons import guest, same_person
from dragoman.resolve.plans import one_of_several
from dragoman.resolve.profiles import AHEAD, BILATERAL, HYPOTHETICAL, Profile
from dragoman.resolve.sides import share_a_pair, two_of_three


class Link(NamedTuple):
    """Two claims that were taken for one event, with the decision."""

    left: Profile
    right: Profile
    decision: Decision


class Ruling(NamedTuple):
    """What analysts decided: pairs of claims that are, and are not, one event, each with the judgement's id and why."""

    together: dict[tuple[ClaimId, ClaimId], tuple[str, str]]
    apart: dict[tuple[ClaimId, ClaimId], tuple[str, str]]


class Cluster:
    """Claims that tell of one event, and what all of them together allow."""

    __slots__ = (
        "beside",
        "by_document",
        "days",
        "first",
        "judgements",
        "last",
        "members",
        "merges",
        "numbers",
        "pairs",
        "people",
        "reported",
        "sides",
        "talks",
    )

    def __init__(self, one: Profile) -> None:
        self.members = [one]
        self.by_document = {one.document: [one]}
        self.merges: list[Merge] = []
        self.judgements: list[str] = []
        self.first, self.last = one.first, one.last
        told = one.exact and one.claim.factuality not in AHEAD
        self.days: dict[str, int] = {one.source: one.first} if told and one.source and one.first else {}
        """The day that each outlet gives: outlets may differ by a time zone, one outlet does not differ from itself."""
        undated = one.first is None and one.claim.factuality not in AHEAD | HYPOTHETICAL
        self.reported = {one.source: one.published_day} if undated and one.published_day else {}
        """The first day on which each outlet reported it without a day of its own: it had happened then."""
        self.talks = one.claim.type is EngagementType.TALKS_ROUND
        self.beside = one.margins and one.claim.type in BILATERAL
        """A meeting on the margins of talks stays apart from them, also where a headline has only that the sides met."""
        self.numbers = {one.ordinal} - {None}
        self.pairs = {one.actors: one} if one.claim.type in BILATERAL and len(one.actors) == 2 else {}
        """Contacts of two sides alone, one for each pair: a report of three sides does not make one of two pairs' contacts."""
        self.sides = {one.source: [one]} if one.source and one.claim.type in BILATERAL | {EngagementType.TALKS_ROUND} else {}
        """By outlet: its reports of contacts of which each is between given persons."""
        self.people: dict[str, set[frozenset[str]]] = {}
        """By actor: the persons that each report names. A report of two persons does not make one of two reports of one each."""
        for actor, names in one.people.items():
            named = frozenset(name.name for name in names if name.name)
            if named and (one.claim.type in BILATERAL or actor == guest(one)):
                self.people[actor] = {named}

    def absorb(self, other: "Cluster") -> None:
        """Take over another cluster's claims."""
        self.members += other.members
        for document, members in other.by_document.items():
            self.by_document.setdefault(document, []).extend(members)
        self.merges += other.merges
        self.judgements += other.judgements
        self.first = max(self.first, other.first) if self.first and other.first else self.first or other.first
        self.last = min(self.last, other.last) if self.last and other.last else self.last or other.last
        self.days |= other.days
        for outlet, day in other.reported.items():
            self.reported[outlet] = min(day, self.reported.get(outlet, day))
        self.talks |= other.talks
        self.beside |= other.beside
        self.numbers |= other.numbers
        self.pairs = other.pairs | self.pairs
        for outlet, reports in other.sides.items():
            self.sides.setdefault(outlet, []).extend(reports)
        for actor, names in other.people.items():
            self.people.setdefault(actor, set()).update(names)


def cluster(profiles: Sequence[Profile], links: Iterable[Link], ruling: Ruling) -> list[Cluster]:
    """Join linked claims, the strongest link first; a link between clusters that contradict each other is left out.

    This is agglomerative clustering with must-link and cannot-link constraints (Davidson and Ravi, Agglomerative Hierarchical
    Clustering with Constraints, PKDD 2005): a chain of likely pairs cannot join two calls that one report tells apart. Analysts'
    rulings come before all.
    """
    home = {one.id: Cluster(one) for one in profiles}
    forbidden: dict[ClaimId, set[ClaimId]] = {}
    for one, other in ruling.apart:
        forbidden.setdefault(one, set()).add(other)
        forbidden.setdefault(other, set()).add(one)
        for claim in (one, other):
            if claim in home:
                home[claim].judgements.append(ruling.apart[one, other][0])
    for (one, other), (judgement, why) in sorted(ruling.together.items()):
        if one in home and other in home:
            merge = Merge(left=one, right=other, score=1.0, reasons=(Reason("judgement", 1.0, why),))
            _join(home, home[one], home[other], merge)
            home[one].judgements.append(judgement)
    for link in sorted(links, key=lambda link: (-link.decision.total, link.left.id, link.right.id)):
        here, there = home[link.left.id], home[link.right.id]
        if here is not there and not _ruled_apart(home, here, there, forbidden) and conflict(here, there) is None:
            left, right = sorted((link.left.id, link.right.id))
            _join(
                home,
                here,
                there,
                Merge(left=left, right=right, score=round(link.decision.score, 4), reasons=link.decision.reasons),
            )
    return list({id(found): found for found in home.values()}.values())


def conflict(one: Cluster, other: Cluster) -> str | None:
    """What the claims of two clusters say that keeps them apart, None if nothing does."""
    found = next((why for why, keeps_apart in _CONFLICTS if keeps_apart(one, other)), None)
    if found:
        return found
    for document in one.by_document.keys() & other.by_document.keys():
        for left in one.by_document[document]:
            for right in other.by_document[document]:
                if why := told_apart(left, right):
                    return why
    return None


def _other_days(one: Cluster, other: Cluster) -> bool:
    return any(one.days[outlet] != other.days[outlet] for outlet in one.days.keys() & other.days.keys())


def _other_numbers(one: Cluster, other: Cluster) -> bool:
    return bool(one.numbers and other.numbers and not one.numbers & other.numbers)


def _other_persons(one: Cluster, other: Cluster) -> bool:
    return any(not _compatible(one.people[actor], other.people[actor]) for actor in one.people.keys() & other.people.keys())


def _other_pairs(one: Cluster, other: Cluster) -> bool:
    return any(not share_a_pair(left, right) for left in one.pairs.values() for right in other.pairs.values())


def _reported_before(one: Cluster, other: Cluster) -> bool:
    """Whether an outlet reported the one before the other's first day; a day may lie between time zones, not in one outlet."""
    first = other.first
    if first is None:
        return False
    return any(day < first - (0 if outlet is not None and outlet in other.days else 1) for outlet, day in one.reported.items())


def _last_minus_first(one: Cluster, other: Cluster) -> int:
    """Days between the periods that each cluster leaves open; 0 or less where they meet."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return 0
    return max(one.first, other.first) - min(one.last, other.last)


def _compatible(reports: set[frozenset[str]], others: set[frozenset[str]]) -> bool:
    """Whether every report on the one side names a person whom every report on the other names."""
    return all(any(same_person(one, two) for one in names for two in named) for names in reports for named in others)


def _in_one_outlet(apart: Callable[[Profile, Profile], bool]) -> Callable[[Cluster, Cluster], bool]:
    """Whether any two reports of one outlet, one in each cluster, are apart by this test."""

    def test(one: Cluster, other: Cluster) -> bool:
        shared = one.sides.keys() & other.sides.keys()
        return any(apart(left, right) for outlet in shared for left in one.sides[outlet] for right in other.sides[outlet])

    return test


_CONFLICTS: tuple[tuple[str, Callable[[Cluster, Cluster], bool]], ...] = (
    ("dates", lambda one, other: _last_minus_first(one, other) > 1),
    ("one outlet's dates", _other_days),
    ("reported before it happened", lambda one, other: _reported_before(one, other) or _reported_before(other, one)),
    ("numbers", _other_numbers),
    ("talks, and a meeting beside them", lambda one, other: (one.talks and other.beside) or (one.beside and other.talks)),
    ("persons", _other_persons),
    ("pairs of actors", _other_pairs),
    ("two of three sides", _in_one_outlet(two_of_three)),
    ("a dialogue and a meeting", _in_one_outlet(of_a_format)),
    ("a plan of several meetings", _in_one_outlet(one_of_several)),
)


def _ruled_apart(
    home: Mapping[ClaimId, Cluster], one: Cluster, other: Cluster, forbidden: Mapping[ClaimId, set[ClaimId]]
) -> bool:
    if not forbidden:
        return False
    small, large = sorted((one, other), key=lambda found: len(found.members))
    return any(home.get(barred) is large for member in small.members for barred in forbidden.get(member.id, ()))


def _join(home: dict[ClaimId, Cluster], one: Cluster, other: Cluster, merge: Merge) -> None:
    if one is other:
        return
    small, large = sorted((one, other), key=lambda found: (len(found.members), found.members[0].id))
    large.absorb(small)
    large.merges.append(merge)
    for member in small.members:
        home[member.id] = large
