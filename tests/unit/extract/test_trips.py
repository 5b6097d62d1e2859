"""What meetings on a trip take from it."""

from datetime import date

import msgspec
import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Participant
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import ActorKind, EngagementType, Factuality, PlaceKind, Role, Setting
from dragoman.extract.merging import Draft
from dragoman.extract.trips import with_trips

MON = When(start=date(2024, 5, 13), end=date(2024, 5, 13), expression="May 13")
TUE = When(start=date(2024, 5, 14), end=date(2024, 5, 14), expression="May 14")
LIMA = Place(name="Lima", country="PER", kind=PlaceKind.CITY)


def who(code: str, person: str | None = None) -> Participant:
    return Participant(actor=Actor(code.title(), code, ActorKind.STATE), person=person, role=Role.COUNTERPART)


def draft(sentence: int, **fields: object) -> Draft:
    base = Draft(
        sentence=sentence,
        trigger=sentence * 10,
        type=EngagementType.MEETING,
        factuality=Factuality.PLANNED,
        participants=(who("FJI", "Pablo Soto"), who("PER", "Ana Ruiz")),
        place=None,
        when=None,
        setting=Setting.BODY,
        evidence=(Span(sentence * 100, sentence * 100 + 50),),
        rule="verb:meet",
    )
    return msgspec.structs.replace(base, **fields)


TRIP = draft(0, type=EngagementType.VISIT, when=MON, place=LIMA, participants=(who("FJI", "Pablo Soto"), who("PER")))


def test_a_meeting_with_the_host_is_at_the_trips_place_and_days() -> None:
    meeting = with_trips([TRIP, draft(1)])[1]
    assert (meeting.place, meeting.when) == (LIMA, MON)


def test_a_meeting_keeps_its_own_day_and_place() -> None:
    suva = Place(name="Suva", country="FJI", kind=PlaceKind.CITY)
    meeting = with_trips([TRIP, draft(1, when=TUE, place=suva)])[1]
    assert (meeting.place, meeting.when) == (suva, TUE)


@pytest.mark.parametrize(
    "stranger",
    [
        draft(1, factuality=Factuality.OCCURRED),
        draft(1, participants=(who("FJI", "Eva Paz"), who("PER", "Ana Ruiz"))),
        draft(1, participants=(who("FJI", "Pablo Soto"), who("CHL"))),
        draft(20),
        draft(1, setting=Setting.CAPTION),
        draft(1, type=EngagementType.CALL),
    ],
)
def test_trips_lend_nothing_to_others(stranger: Draft) -> None:
    """Another factuality, traveller or counterpart; far off; a caption; a call."""
    assert with_trips([TRIP, stranger])[1] == stranger


def test_a_trip_to_two_countries_is_no_place_of_a_meeting() -> None:
    trip = msgspec.structs.replace(TRIP, participants=(who("FJI", "Pablo Soto"), who("PER"), who("CHL")))
    assert with_trips([trip, draft(1)])[1].place is None
