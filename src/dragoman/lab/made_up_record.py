"""A made-up record of any size, the same one each time: what the speed of the desk is measured on.

It is no sample of news. Each document tells of two engagements and of what was said, offered, fought or reported of talks around
them. Actors and dossiers are named by Zipf's law, over ten years; one event in twelve is told by a second document.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import AnyClaim, Engagement, Participant, Proposal, Status, Utterance, Violence
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    ActorKind,
    Answer,
    Channel,
    EngagementType,
    Factuality,
    Issue,
    Level,
    Outcome,
    PlaceKind,
    ProposalKind,
    Role,
    Stance,
    TalksSignal,
    ViolenceType,
)

EVENTS_A_DOCUMENT = 2
_BEGINS, _DAYS = date(2015, 1, 1), 3650
_RETOLD = 1 / 12
_SYLLABLES = tuple(
    first + last
    for first in ("Al", "Be", "Ca", "Do", "El", "Fa", "Ga", "Ha", "Ib", "Jo")
    for last in ("ron", "mov", "dez", "sson", "kuri", "tani", "bari", "lev", "mann", "rossi")
)
_TYPES = {
    EngagementType.MEETING: 6,
    EngagementType.CALL: 4,
    EngagementType.VISIT: 2,
    EngagementType.TALKS_ROUND: 1,
    EngagementType.MULTILATERAL: 1,
    EngagementType.MEDIATION_OFFER: 1,
    EngagementType.AGREEMENT_SIGNING: 1,
}
_LEVELS = (Level.HEAD_OF_STATE, Level.MINISTER, Level.SPECIAL_ENVOY, Level.OFFICIAL)


class Conflict(NamedTuple):
    """A dossier with its parties and third parties, by code."""

    id: DossierId
    parties: tuple[str, ...]
    third_parties: tuple[str, ...]


class MadeUp(NamedTuple):
    """A document and what was coded from it."""

    document: Document
    claims: tuple[AnyClaim, ...]


class _Told(NamedTuple):
    """One sentence, and what it claims but for the document and the evidence."""

    sentence: str
    kind: type[AnyClaim]
    fields: dict[str, Any]


def made_up_record(events: int, conflicts: Sequence[Conflict], *, seed: int = 1) -> Iterator[MadeUp]:
    """Documents with about this many events together, in the order of publication."""
    maker = _Maker(random.Random(seed), conflicts)  # noqa: S311  nobody's secret
    documents = events // EVENTS_A_DOCUMENT
    for number in range(documents):
        yield maker.document(number, _BEGINS + timedelta(days=_DAYS * number // max(1, documents)))


class _Maker:
    def __init__(self, rnd: random.Random, conflicts: Sequence[Conflict]) -> None:
        self._rnd = rnd
        self._conflicts = conflicts
        self._weights = [1 / (rank + 1) for rank in range(len(conflicts))]
        self._lately: list[_Told] = []

    def document(self, number: int, published: date) -> MadeUp:
        (conflict,) = self._rnd.choices(self._conflicts, self._weights)
        told = [self._engagement(conflict, published, f"{number}.{place}") for place in range(EVENTS_A_DOCUMENT)]
        if self._lately and self._rnd.random() < _RETOLD * EVENTS_A_DOCUMENT:
            told[-1] = self._rnd.choice(self._lately)
        self._lately = [*self._lately[-9:], told[0]]
        told.append(self._utterance(conflict))
        for chance, make in ((0.2, self._proposal), (0.3, self._violence), (0.1, self._status)):
            if self._rnd.random() < chance:
                told.append(make(conflict, published))
        text = " ".join((*(one.sentence for one in told), f"Report {number}."))
        source = f"Outlet {self._rnd.randint(1, 40)}"
        document = Document(
            text=text, title=f"Report {number}", published=published, source=source, language="en", name=f"r{number}"
        )
        return MadeUp(document, tuple(self._claims(document, told, conflict)))

    def _claims(self, document: Document, told: Sequence[_Told], conflict: Conflict) -> Iterator[AnyClaim]:
        for one in told:
            start = document.text.index(one.sentence)
            span = Span(start, start + len(one.sentence))
            quoted: dict[str, Any] = {name: span for name in ("content", "terms") if name in one.kind.__struct_fields__}
            shared: dict[str, Any] = {"document": document.id, "evidence": (span,), "rule": "made up", "dossiers": (conflict.id,)}
            yield one.kind(**shared, **quoted, **one.fields)

    def _engagement(self, conflict: Conflict, published: date, number: str) -> _Told:
        rnd = self._rnd
        kind = rnd.choices(tuple(_TYPES), tuple(_TYPES.values()))[0]
        party = self._one_of(conflict.parties)
        other = self._one_of(conflict.third_parties if rnd.random() < 0.6 else conflict.parties, besides=party)
        mediator = other not in conflict.parties and rnd.random() < 0.5
        people = [self._participant(party, Role.PARTY), self._participant(other, Role.MEDIATOR if mediator else Role.COUNTERPART)]
        day = published - timedelta(days=rnd.randint(0, 2))
        called = kind is EngagementType.CALL
        who = " and ".join(one.person or one.actor.name for one in people)
        return _Told(
            f"{who}: {kind.value} {number}, {' '.join(rnd.choices(_SYLLABLES, k=8))}.",
            Engagement,
            {
                "type": kind,
                "factuality": Factuality.PLANNED if rnd.random() < 0.08 else Factuality.OCCURRED,
                "participants": tuple(people),
                "channel": Channel.PHONE if called else Channel.IN_PERSON if rnd.random() < 0.6 else None,
                "when": When(start=day, end=day) if rnd.random() < 0.8 else None,
                "place": None if called or rnd.random() < 0.5 else self._place(),
                "issues": tuple(rnd.sample(tuple(Issue), rnd.randint(0, 2))),
                "outcome": rnd.choice(tuple(Outcome)) if rnd.random() < 0.2 else Outcome.NONE_REPORTED,
            },
        )

    def _utterance(self, conflict: Conflict) -> _Told:
        rnd = self._rnd
        speaker, target = self._one_of(conflict.parties), self._one_of(conflict.third_parties or conflict.parties)
        return _Told(
            f"{_SYLLABLES[rnd.randrange(100)]} said that {' '.join(rnd.choices(_SYLLABLES, k=10))}.",
            Utterance,
            {
                "speaker": _name(speaker),
                "speaker_actors": (_actor(speaker),),
                "target": _actor(target),
                "stance": rnd.choice(tuple(Stance)),
                "issue": rnd.choice(tuple(Issue)),
                "salience": round(rnd.random(), 2),
            },
        )

    def _proposal(self, conflict: Conflict, published: date) -> _Told:
        rnd = self._rnd
        by = self._one_of(conflict.third_parties or conflict.parties)
        return _Told(
            f"{_name(by)} offered {' '.join(rnd.choices(_SYLLABLES, k=6))} to them.",
            Proposal,
            {
                "type": rnd.choice(tuple(ProposalKind)),
                "by": (_actor(by),),
                "to": (_actor(self._one_of(conflict.parties, besides=by)),),
                "answer": rnd.choice(tuple(Answer)),
                "when": When(start=published, end=published),
                "issues": (rnd.choice(tuple(Issue)),),
            },
        )

    def _violence(self, conflict: Conflict, published: date) -> _Told:
        rnd = self._rnd
        return _Told(
            f"An attack killed {rnd.randint(1, 40)} near {' '.join(rnd.choices(_SYLLABLES, k=4))}.",
            Violence,
            {
                "type": rnd.choice(tuple(ViolenceType)),
                "perpetrator": _actor(self._one_of(conflict.parties)) if rnd.random() < 0.5 else None,
                "when": When(start=published, end=published),
            },
        )

    def _status(self, conflict: Conflict, published: date) -> _Told:
        rnd = self._rnd
        return _Told(
            f"The talks were {' '.join(rnd.choices(_SYLLABLES, k=4))}, an aide said.",
            Status,
            {
                "signal": rnd.choice(tuple(TalksSignal)),
                "actors": tuple(_actor(code) for code in conflict.parties[:2]),
                "when": When(start=published, end=published),
            },
        )

    def _one_of(self, codes: Sequence[str], besides: str = "") -> str:
        kept = [code for code in codes if code != besides] or ["UN"]
        return self._rnd.choices(kept, [1 / (rank + 1) for rank in range(len(kept))])[0]

    def _participant(self, code: str, role: Role) -> Participant:
        rnd = self._rnd
        number = sum(map(ord, code))
        person = f"{_SYLLABLES[number % 100]} {_SYLLABLES[(number + rnd.randint(1, 6)) % 100]}" if rnd.random() < 0.7 else None
        return Participant(actor=_actor(code), person=person, level=rnd.choice(_LEVELS) if person else None, role=role)

    def _place(self) -> Place:
        number = int(self._rnd.paretovariate(1.0)) % 300
        name = f"{_SYLLABLES[number % 100]}{'' if number < 100 else number}"
        return Place(name=name, country="QAT", kind=PlaceKind.CITY, latitude=float(number % 60), longitude=float(number * 7 % 90))


def _actor(code: str) -> Actor:
    return Actor(_name(code), code, ActorKind.STATE)


def _name(code: str) -> str:
    return f"Land {code}"
