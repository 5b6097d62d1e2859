"""What a map shows and what it says it leaves out."""

from typing import Any

import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Participant
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.records import Event
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.report.maps import event_map, sites


def event(number: int, place: Place | None, factuality: Factuality = Factuality.OCCURRED) -> Event:
    return Event(
        claims=(ClaimId(f"c{number}"),),
        documents=(DocumentId("d"),),
        type=EngagementType.MEETING,
        factuality=factuality,
        participants=(Participant(actor=Actor("Qatar", "QAT")),),
        place=place,
    )


def at(name: str, latitude: float, longitude: float, **fields: Any) -> Place:
    return Place(name=name, latitude=latitude, longitude=longitude, **fields)


DOHA, ISTANBUL, ANKARA = at("Doha", 25.3, 51.5, country="QAT"), at("Istanbul", 41.0, 28.9), at("Ankara", 39.9, 32.9)


def test_places_are_counted_and_the_rest_is_said() -> None:
    events = [event(1, DOHA), event(2, DOHA), event(3, ISTANBUL), event(4, Place(name="Oslo")), event(5, None)]
    found, nowhere = sites([*events, event(6, DOHA, Factuality.PLANNED)])
    assert [(site.name, site.events) for site in found] == [("Doha", 2), ("Istanbul", 1)]
    assert nowhere == 2
    picture = event_map(found, nowhere)
    assert picture is not None
    assert picture.note == "2 contacts have no place that could be put on a map."
    assert ">Doha<" in picture.svg.replace("\n", "")


@pytest.mark.slow
def test_names_that_would_cover_one_another_are_left_to_the_table() -> None:
    found, nowhere = sites([event(1, ANKARA), event(2, ANKARA), event(3, at("Etimesgut", 39.95, 32.7)), event(4, DOHA)])
    picture = event_map(found, nowhere)
    assert picture is not None
    assert ">Etimesgut<" not in picture.svg
    assert picture.note == "The busiest places are named, all are in the table."


@pytest.mark.parametrize("events", [[], [event(1, None)]])
def test_no_point_no_map(events: list[Event]) -> None:
    assert event_map(*sites(events)) is None


@pytest.mark.slow
def test_both_ends_of_the_world_fit() -> None:
    found, nowhere = sites([event(1, at("Suva", -18.1, 178.4)), event(2, at("Apia", -13.8, -171.8))])
    picture = event_map(found, nowhere)
    assert picture is not None
    assert picture.svg.count(">Suva<") == picture.svg.count(">Apia<") == 1


@pytest.mark.slow
def test_the_same_sites_give_the_same_bytes_without_inline_style() -> None:
    found, nowhere = sites([event(1, DOHA)])
    first, second = event_map(found, nowhere), event_map(found, nowhere)
    assert first == second
    assert first is not None
    assert "style=" not in first.svg
