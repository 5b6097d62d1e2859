"""Made-up reports of made-up engagements, as many as wanted, the same ones each time: what resolving at scale is measured on.

They are no sample of news. Documents tell of one to five engagements each, about half of them of events told shortly before.
Among 60 states the first are named far more often than the last; some reports give no day, no person or no place.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Engagement, Participant
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Level, PlaceKind

_STATES = tuple(f"S{number:02d}" for number in range(60))
_WEIGHTS = tuple(1 / (rank + 1) for rank in range(len(_STATES)))
_SYLLABLES = tuple(
    first + last
    for first in ("Al", "Be", "Ca", "Do", "El", "Fa", "Ga", "Ha")
    for last in ("ron", "mov", "dez", "sson", "kuri", "tani", "bari", "lev")
)
_TYPES = {
    EngagementType.MEETING: 5,
    EngagementType.CALL: 5,
    EngagementType.VISIT: 2,
    EngagementType.TALKS_ROUND: 1,
    EngagementType.MULTILATERAL: 1,
}
_BEGINS, _DAYS = date(2015, 1, 1), 3650
_REMEMBERED = 40
"""Events of which later documents still tell."""


class Report(NamedTuple):
    """A document and what was coded from it."""

    document: Document
    claims: tuple[Engagement, ...]


class _Happening(NamedTuple):
    type: EngagementType
    actors: tuple[str, ...]
    persons: dict[str, str]
    day: date
    place: str


def made_up_reports(claims: int, *, seed: int = 1) -> Iterator[Report]:
    """Documents with at least this many engagement claims together, in the order of publication over ten years."""
    rnd = random.Random(seed)  # noqa: S311  nobody's secret
    happenings: list[_Happening] = []
    told = number = 0
    while told < claims:
        number += 1
        published = _BEGINS + timedelta(days=_DAYS * told // claims)
        of = [_next(rnd, happenings, published) for _ in range(rnd.randint(1, 5))]
        report = _report(rnd, number, published, of)
        told += len(report.claims)
        yield report


def _next(rnd: random.Random, happenings: list[_Happening], published: date) -> _Happening:
    """An event told before, or a new one."""
    if happenings and rnd.random() < 0.55:
        return rnd.choice(happenings[-_REMEMBERED:])
    kind = rnd.choices(tuple(_TYPES), tuple(_TYPES.values()))[0]
    many = kind in {EngagementType.TALKS_ROUND, EngagementType.MULTILATERAL}
    size = rnd.randint(2, 8) if many else 2
    actors: list[str] = []
    while len(actors) < min(size, 2) or (len(actors) < size and rnd.random() < 0.9):
        (state,) = rnd.choices(_STATES, _WEIGHTS)
        if state not in actors:
            actors.append(state)
    persons = {state: f"{_SYLLABLES[_STATES.index(state)]} {rnd.choice(_SYLLABLES[:4])}" for state in actors}
    made = _Happening(kind, tuple(actors), persons, published - timedelta(days=rnd.randint(0, 2)), rnd.choice(_STATES))
    happenings.append(made)
    return made


def _report(rnd: random.Random, number: int, published: date, happenings: Sequence[_Happening]) -> Report:
    sentences = [_sentence(rnd, one) for one in happenings]
    text = " ".join((*sentences, f"Report {number}."))
    document = Document(text=text, published=published, source=f"outlet {rnd.randint(1, 40)}", language="en", name=f"r{number}")
    claims = {}
    for sentence, one in zip(sentences, happenings, strict=True):
        start = text.index(sentence)
        claim = _claim(rnd, document, Span(start, start + len(sentence)), one)
        claims[claim.id] = claim
    return Report(document, tuple(claims.values()))


def _sentence(rnd: random.Random, one: _Happening) -> str:
    who = " and ".join(one.persons.values())
    return f"{who}: {one.type.value} about item {rnd.randint(1, 30)}, {' '.join(rnd.choices(_SYLLABLES, k=8))}."


def _claim(rnd: random.Random, document: Document, evidence: Span, one: _Happening) -> Engagement:
    call = one.type is EngagementType.CALL
    return Engagement(
        document=document.id,
        evidence=(evidence,),
        rule="made up",
        type=one.type,
        factuality=Factuality.PLANNED if rnd.random() < 0.1 else Factuality.OCCURRED,
        participants=tuple(
            Participant(actor=Actor(state, state), person=name if rnd.random() < 0.7 else None, level=Level.MINISTER)
            for state, name in one.persons.items()
        ),
        channel=Channel.PHONE if call else None,
        when=_when(rnd.random(), one.day),
        place=Place(name=one.place, country=one.place, kind=PlaceKind.CITY) if not call and rnd.random() < 0.5 else None,
        issues=tuple(rnd.sample(tuple(Issue), rnd.randint(0, 2))),
    )


def _when(chance: float, day: date) -> When | None:
    """The day, three days around it, or nothing."""
    if chance < 0.6:
        return When(start=day, end=day)
    return When(start=day - timedelta(days=3), end=day + timedelta(days=3)) if chance < 0.75 else None
