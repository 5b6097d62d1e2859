"""Who is who across documents: names of claims joined to persons, with or without a row in any table, each join with its reason.

A person whom no table knows is told by name, actor and level alone. A bare surname joins one full name of its actor; where it
fits several it stays by itself and says whom it may be. Joins are computed anew each time: correcting a claim's name undoes one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim, Engagement, Utterance
from dragoman.core.folding import fold
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.vocab import Level
from dragoman.resolve.persons import same_person

JOINED = 0.6
"""Score from which a name joins a person."""
_SAME_NAME, _LIKE_NAME, _SURNAME = 0.9, 0.75, 0.7
_OTHER_ACTOR, _OTHER_LEVEL = 0.25, 0.1
_TIE = 0.05


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """One name as a claim has it, with whom it acts for."""

    claim: ClaimId
    document: DocumentId
    name: str
    actor: Actor
    office: str | None = None
    level: Level | None = None

    @property
    def folded(self) -> str:
        """The name for comparing."""
        return fold(self.name)


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """Why a claim's name was taken for the person's; 1 is as sure as can be, below `JOINED` nothing is joined."""

    claim: ClaimId
    name: str
    score: float
    reason: str


class KnownPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the record: the fullest name, the actor and office most often given, and where each name stands."""

    name: str
    actor: Actor
    office: str | None = None
    level: Level | None = None
    documents: tuple[DocumentId, ...] = ()
    joins: tuple[Join, ...] = ()
    maybe: tuple[str, ...] = ()
    """Persons that a name by itself may mean as well as another."""


def namings(claims: Mapping[ClaimId, AnyClaim]) -> Iterator[Naming]:
    """The names in engagements, and those of speakers with a post."""
    for own, claim in claims.items():
        if isinstance(claim, Engagement):
            for each in claim.participants:
                if each.person:
                    yield Naming(
                        claim=own,
                        document=claim.document,
                        name=each.person,
                        actor=each.actor,
                        office=each.office,
                        level=each.level,
                    )
        elif isinstance(claim, Utterance) and claim.office and len(claim.speaker_actors) == 1:
            yield Naming(
                claim=own,
                document=claim.document,
                name=claim.speaker,
                actor=claim.speaker_actors[0],
                office=claim.office,
                level=claim.level,
            )


def join_people(found: Iterable[Naming]) -> tuple[KnownPerson, ...]:
    """Join names to persons, fullest names first; the order in which they come changes nothing. Persons stand by name."""
    people: list[_Person] = []
    alike: dict[tuple[object, ...], list[Naming]] = {}
    for naming in sorted(found, key=lambda n: (-len(n.folded.split()), n.folded, n.actor.key, n.level or "", n.claim)):
        alike.setdefault((naming.folded, naming.actor.key, naming.level), []).append(naming)
    for one, *others in alike.values():
        ranked = sorted(((*_fit(person, one), person) for person in people), key=lambda fit: -fit[0])
        fitting = [fit for fit in ranked if fit[0] >= JOINED]
        tied = [fit for fit in fitting if fitting[0][0] - fit[0] < _TIE]
        if len(tied) == 1:
            score, reason, person = tied[0]
        else:
            score, reason, person = _SAME_NAME, "the same name", _Person(one, tuple(who.first.name for _, _, who in tied))
            people.append(person)
        for each in others if len(tied) != 1 else (one, *others):
            person.add(each, score, reason)
    return tuple(sorted((person.known() for person in people), key=lambda person: (fold(person.name), person.actor.key)))


class Namesakes:
    """All names of a record, to be asked who somebody is without joining everybody."""

    def __init__(self, found: Iterable[Naming]) -> None:
        self._by_name: dict[str, list[Naming]] = {}
        for naming in found:
            self._by_name.setdefault(naming.folded, []).append(naming)

    def people(self, name: str) -> tuple[KnownPerson, ...]:
        """Persons whom some claim calls by a name: just as `join_people` joins them among all.

        A name is joined to nobody whose name it cannot be, so that names which may be one person's, and those which may be
        theirs in turn, are all that must be looked at.
        """
        wanted = fold(name)
        near = {wanted} & self._by_name.keys()
        fresh = list(near)
        while fresh:
            one = fresh.pop()
            alike = [other for other in self._by_name if other not in near and same_person(one, other)]
            near.update(alike)
            fresh += alike
        joined = join_people(naming for one in near for naming in self._by_name[one])
        return tuple(person for person in joined if any(fold(join.name) == wanted for join in person.joins))


class _Person:
    """A person while names are joined; the first name is the fullest."""

    def __init__(self, first: Naming, maybe: tuple[str, ...]) -> None:
        self.first = first
        self._maybe = maybe
        why = f"may be {' or '.join(maybe)}" if maybe else "the fullest form of the name"
        self._names = [(first, Join(claim=first.claim, name=first.name, score=1.0, reason=why))]

    @property
    def open(self) -> bool:
        """Whether it is not known who this is."""
        return bool(self._maybe)

    def add(self, one: Naming, score: float, reason: str) -> None:
        self._names.append((one, Join(claim=one.claim, name=one.name, score=score, reason=reason)))

    def levels(self) -> set[Level]:
        return {naming.level for naming, _ in self._names if naming.level}

    def known(self) -> KnownPerson:
        offices = Counter(naming.office for naming, _ in self._names if naming.office)
        levels = Counter(naming.level for naming, _ in self._names if naming.level)
        return KnownPerson(
            name=self.first.name,
            actor=self.first.actor,
            office=_most(offices),
            level=_most(levels),
            documents=tuple(sorted({naming.document for naming, _ in self._names})),
            joins=tuple(join for _, join in self._names),
            maybe=self._maybe,
        )


Value = TypeVar("Value", bound=str)


def _most(counts: Counter[Value]) -> Value | None:
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _fit(person: _Person, one: Naming) -> tuple[float, str]:
    """How well a name fits a person, from 0 to 1, and why."""
    full, name = person.first.folded, one.folded
    same_actor = person.first.actor.key == one.actor.key
    if " " not in name or " " not in full:
        if not same_actor or not same_person(full, name) or (person.open and full != name):
            return 0.0, "another name"
        score, reason = (
            (_SAME_NAME, "the same name") if full == name else (_SURNAME + _OTHER_LEVEL, f"surname of {person.first.name}")
        )
    elif full == name:
        score, reason = _SAME_NAME, "the same name"
    elif same_person(full, name):
        score, reason = _LIKE_NAME, f"spelled like {person.first.name}"
    else:
        return 0.0, "another name"
    levels = person.levels()
    if not same_actor:
        score, reason = score - _OTHER_ACTOR, f"{reason}, for {one.actor.name} instead of {person.first.actor.name}"
    if one.level and levels and one.level not in levels:
        score, reason = score - _OTHER_LEVEL, f"{reason}, at another level"
    return round(score, 2), reason
