"""Which predicted engagement may stand for a gold one, and how the fields of matched ones compare."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from dragoman.lab.gold import GoldEngagement, GoldParticipant
from dragoman.lab.matching import matched
from dragoman.lab.names import actor_keys, normal, participant_key, same_person, surnames, word_overlap
from dragoman.lab.tally import Agreement, Tally

FAMILY = {
    "meeting": "in_person",
    "visit": "in_person",
    "talks_round": "in_person",
    "multilateral": "in_person",
    "agreement_signing": "in_person",
    "call": "remote",
    "letter": "remote",
    "mediation_offer": "offer",
}
"""Types that can stand for one another in a lenient match."""
FIELDS = (
    *("type", "person", "office", "level", "level_known", "role"),
    *("date_exact", "date_1day", "date_null", "end_exact", "place", "country", "outcome"),
)
"""Fields that are compared on leniently matched engagements."""


def day(iso: str | None) -> date | None:
    """The day of an ISO date, None for anything else."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def lenient(gold: GoldEngagement, predicted: GoldEngagement) -> float | None:
    """How well a prediction may stand for a gold engagement; None if it may not.

    Same family and status, actor sets with Jaccard of at least 0.5, and the first two gold actors both predicted. The weight
    only decides between candidates.
    """
    family = FAMILY.get(gold.type or "")
    if family is None or family != FAMILY.get(predicted.type or "") or gold.status != predicted.status:
        return None
    ours, theirs = actor_keys(gold), actor_keys(predicted)
    if not ours or not theirs or not set(ours[:2]) <= set(theirs):
        return None
    jaccard = len(set(ours) & set(theirs)) / len(set(ours) | set(theirs))
    return None if jaccard < 0.5 else _likeness(jaccard, gold, predicted)


def _likeness(jaccard: float, gold: GoldEngagement, predicted: GoldEngagement) -> float:
    weight = jaccard + (gold.type == predicted.type) + (day(gold.date_start) == day(predicted.date_start))
    weight += (normal(gold.where.name) == normal(predicted.where.name)) + 0.5 * (
        normal(gold.where.country) == normal(predicted.where.country)
    )
    weight += _jaccard(_labels(gold), _labels(predicted))
    return weight + word_overlap(gold.evidence, predicted.evidence) + 2 * _jaccard(surnames(gold.who), surnames(predicted.who))


def _labels(engagement: GoldEngagement) -> frozenset[str]:
    return frozenset((*(engagement.dossiers or ()), *(engagement.issues or ())))


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right) if left | right else 0.0


def strict(gold: GoldEngagement, predicted: GoldEngagement) -> float | None:
    """1 where type, status, actor set, first day and country are all the same, else None."""
    same = (
        gold.type == predicted.type
        and gold.status == predicted.status
        and set(actor_keys(gold)) == set(actor_keys(predicted))
        and day(gold.date_start) == day(predicted.date_start)
        and normal(gold.where.country) == normal(predicted.where.country)
    )
    return 1.0 if same else None


class EngagementScore:
    """Adds up engagements and their fields over documents."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.fields: dict[str, Agreement] = {name: Agreement() for name in FIELDS}

    def add(self, gold: Sequence[GoldEngagement], predicted: Sequence[GoldEngagement]) -> int:
        """Count one document; return how many engagements match leniently."""
        pairs = matched(gold, predicted, lenient)
        self.tallies["lenient"].add(len(pairs), len(gold), len(predicted))
        self.tallies["strict"].add(len(matched(gold, predicted, strict)), len(gold), len(predicted))
        self._add_labels(gold, predicted)
        found = [self._add_pair(gold[left], predicted[right]) for left, right in pairs]
        for name, hits in zip(("persons", "dates", "places"), zip(*found, strict=True) if found else ((), (), ()), strict=True):
            self.tallies[name].add(sum(hits), _counted(name, gold), _counted(name, predicted))
        return len(pairs)

    def _add_labels(self, gold: Sequence[GoldEngagement], predicted: Sequence[GoldEngagement]) -> None:
        self.tallies["dossiers_by_document"].add_sets(
            frozenset(d for e in gold for d in e.dossiers or ()), frozenset(d for e in predicted for d in e.dossiers or ())
        )
        self.tallies["issues_by_document"].add_sets(
            frozenset(i for e in gold for i in e.issues or ()), frozenset(i for e in predicted for i in e.issues or ())
        )

    def _add_pair(self, gold: GoldEngagement, predicted: GoldEngagement) -> tuple[int, int, int]:
        """Compare the fields; return how many persons, days and places agree."""
        self.fields["type"].add(gold.type == predicted.type)
        self.fields["outcome"].add(gold.outcome == predicted.outcome)
        self.tallies["dossiers"].add_sets(frozenset(gold.dossiers or ()), frozenset(predicted.dossiers or ()))
        self.tallies["issues"].add_sets(frozenset(gold.issues or ()), frozenset(predicted.issues or ()))
        return self._add_persons(gold, predicted), self._add_dates(gold, predicted), self._add_place(gold, predicted)

    def _add_persons(self, gold: GoldEngagement, predicted: GoldEngagement) -> int:
        used: set[int] = set()
        hits = 0
        for one in gold.who:
            index = _counterpart(one, predicted.who, used)
            if one.person:
                self.fields["person"].add(index is not None)
                hits += index is not None
            if index is None:
                continue
            used.add(index)
            other = predicted.who[index]
            if one.office:
                self.fields["office"].add(word_overlap(one.office, other.office) >= 0.5)
            self.fields["level"].add(one.level == other.level)
            if one.level not in (None, "unknown"):
                self.fields["level_known"].add(one.level == other.level)
            self.fields["role"].add(one.role == other.role)
        return hits

    def _add_dates(self, gold: GoldEngagement, predicted: GoldEngagement) -> int:
        ours, theirs = day(gold.date_start), day(predicted.date_start)
        if ours is None:
            self.fields["date_null"].add(theirs is None)
            return 0
        self.fields["date_exact"].add(ours == theirs)
        self.fields["date_1day"].add(theirs is not None and abs((ours - theirs).days) <= 1)
        self.fields["end_exact"].add(day(gold.date_end) == day(predicted.date_end))
        return int(ours == theirs)

    def _add_place(self, gold: GoldEngagement, predicted: GoldEngagement) -> int:
        hit = False
        if normal(gold.where.name):
            ours, theirs = set(normal(gold.where.name).split()), set(normal(predicted.where.name).split())
            hit = bool(theirs) and (ours <= theirs or theirs <= ours)
            self.fields["place"].add(hit)
        if normal(gold.where.country):
            self.fields["country"].add(normal(gold.where.country) == normal(predicted.where.country))
        return int(hit)


def _counterpart(one: GoldParticipant, others: Sequence[GoldParticipant], used: set[int]) -> int | None:
    """The predicted participant of the same actor that stands for a gold one."""
    candidates = [i for i, other in enumerate(others) if i not in used and participant_key(other) == participant_key(one)]
    if one.person:
        return next((i for i in candidates if same_person(one.person, others[i].person)), None)
    return next((i for i in candidates if not others[i].person), candidates[0] if candidates else None)


def _counted(name: str, engagements: Sequence[GoldEngagement]) -> int:
    if name == "persons":
        return sum(1 for engagement in engagements for person in engagement.who if person.person)
    if name == "dates":
        return sum(1 for engagement in engagements if day(engagement.date_start))
    return sum(1 for engagement in engagements if normal(engagement.where.name))
