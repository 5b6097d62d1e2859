"""Tension against what was usual."""

from datetime import date, timedelta
from typing import Any

import pytest

from dragoman.analysis.tension import Course, Sign, incidents, spillover, tension
from dragoman.core.actors import Actor
from dragoman.core.claims import Status, Utterance, Violence
from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import Outcome, Stance, TalksSignal, ViolenceType

TODAY = date(2024, 5, 31)
GAZA = DossierId("gaza")


def attack(day: date, at: int = 0, dossier: str = "gaza", by: str = "ISR") -> Violence:
    return Violence(
        document=DocumentId("d"),
        evidence=(Span(at, at + 5),),
        rule="test",
        type=ViolenceType.AIRSTRIKE,
        perpetrator=Actor(by, by),
        when=When(start=day, end=day),
        dossiers=(DossierId(dossier),),
    )


def test_signs_and_their_days(desk: Any) -> None:
    warned = Utterance(
        document=DocumentId("w"),
        evidence=(Span(0, 5),),
        rule="test",
        speaker="A minister",
        speaker_actors=(Actor("Iran", "IRN"),),
        target=Actor("Israel", "ISR"),
        content=Span(0, 5),
        stance=Stance.WARN,
        dossiers=(GAZA,),
    )
    stuck = Status(document=DocumentId("u"), evidence=(Span(0, 5),), rule="test", signal=TalksSignal.SUSPENDED)
    calm = Status(document=DocumentId("w"), evidence=(Span(0, 5),), rule="test", signal=TalksSignal.PROGRESS)
    broke = desk.event("ISR; HAMAS", "2024-05-10", outcome=Outcome.BREAKDOWN)
    found = incidents([attack(TODAY), warned, stuck, calm], [broke], {DocumentId("w"): date(2024, 5, 20)})
    assert [(one.sign, one.day, one.actors) for one in found] == [
        (Sign.BREAKDOWN, date(2024, 5, 10), ("HAMAS", "ISR")),
        (Sign.THREAT, date(2024, 5, 20), ("IRN", "ISR")),
        (Sign.VIOLENCE, TODAY, ("ISR",)),
    ]


def test_one_attack_told_thrice_is_one_incident() -> None:
    (one,) = incidents([attack(TODAY, at) for at in (0, 20, 40)], [], {})
    assert len(one.claims) == 3


def weekly(weeks: int, until: date) -> list[Violence]:
    return [attack(until - timedelta(weeks=week), week) for week in range(weeks)]


@pytest.mark.parametrize(
    ("claims", "course"),
    [
        (weekly(40, TODAY), Course.STEADY),
        ([*weekly(40, TODAY), *(attack(TODAY - timedelta(days=day), 100 + day) for day in range(1, 7))], Course.RISING),
        (weekly(40, TODAY - timedelta(weeks=6)), Course.FALLING),
        (weekly(3, TODAY), Course.UNKNOWN),
    ],
)
def test_course(claims: list[Violence], course: Course) -> None:
    found = tension(GAZA, incidents(claims, [], {}), TODAY)
    assert found.course is course
    assert found.reason.startswith(course.value)


def test_the_latest_incidents_are_cited_and_the_future_is_not_known() -> None:
    found = tension(GAZA, incidents([attack(TODAY, 0), attack(TODAY + timedelta(days=1), 9)], [], {}), TODAY)
    assert found.level == pytest.approx(3.0)
    assert [one.day for one in found.latest] == [TODAY]


def test_dyads_and_spillover(desk: Any) -> None:
    broke = desk.event("ISR; HAMAS", "2024-05-30", outcome=Outcome.IMPASSE)
    signs = incidents([attack(TODAY, 0), attack(TODAY, 9, dossier="lebanon")], [broke], {})
    both = tension(GAZA, signs, TODAY, dyad=("HAMAS", "ISR"))
    assert [one.sign for one in both.latest] == [Sign.IMPASSE]
    (one,) = spillover(signs, TODAY)
    assert (one.actor, one.incidents) == ("ISR", ((GAZA, 2), (DossierId("lebanon"), 1)))
