"""Pictures: what is drawn, what is left out and said, and that names stay text."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from dragoman.core.actors import Actor
from dragoman.core.claims import Participant
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.records import Event
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.report.charts import timeline
from dragoman.report.networks import network

HOSTILE = '"><script>alert(1)</script>&amp;'


def meeting(number: int, *names: str, on: date | None = None, factuality: Factuality = Factuality.OCCURRED) -> Event:
    return Event(
        claims=(ClaimId(f"c{number:016x}"),),
        documents=(DocumentId("d"),),
        type=EngagementType.MEETING,
        factuality=factuality,
        participants=tuple(Participant(actor=Actor(name)) for name in names),
        when=When(start=on, end=on) if on else None,
        dossiers=(DossierId("gaza"),),
    )


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter() if element.tag.endswith("text")]


def test_names_in_pictures_stay_text() -> None:
    picture = network([meeting(1, "Qatar", HOSTILE)])
    assert picture is not None
    assert "<script" not in picture.svg
    assert HOSTILE in texts(picture.svg)
    assert "script" not in {element.tag.rpartition("}")[2] for element in ET.fromstring(picture.svg).iter()}


def test_only_contacts_that_took_place_join_actors() -> None:
    assert network([meeting(1, "A", "B", factuality=Factuality.PLANNED)]) is None
    assert network([]) is None


def test_a_crowded_network_keeps_the_strongest_lines_and_says_how_many_actors_it_leaves_out() -> None:
    busy = [meeting(n, "A", "B") for n in range(5)]
    single = [meeting(100 + n, f"X{n}", f"Y{n}") for n in range(20)]
    picture = network([*busy, *single])
    assert picture is not None
    assert picture.note == "The strongest lines are shown; 18 of 42 actors are left out."
    assert {"A", "B"} <= set(texts(picture.svg))


def test_in_a_large_round_the_first_actor_is_joined_with_each_other() -> None:
    picture = network([meeting(1, "A", "B", "C", "D", "E")])
    assert picture is not None
    assert {"A", "B", "C", "D", "E"} <= set(texts(picture.svg))


def test_long_ago_background_does_not_squeeze_the_timeline_and_is_said() -> None:
    recent = [meeting(n, "A", "B", on=date(2024, 5, 1) + timedelta(days=n)) for n in range(30)]
    old = meeting(99, "A", "B", on=date(1978, 9, 17))
    picture = timeline([*recent, old], [])
    assert picture is not None
    assert picture.note == "1 earlier, before 27 Apr 2024, is not drawn."
    assert not any("19" in text for text in texts(picture.svg) if text.isdigit())


def test_violence_has_a_lane_of_its_own() -> None:
    picture = timeline([meeting(1, "A", "B", on=date(2024, 5, 1))], [(date(2024, 5, 2), ())])
    assert picture is not None
    assert {"Gaza", "Violence noted"} <= set(texts(picture.svg))


def test_without_any_date_there_is_no_timeline() -> None:
    assert timeline([meeting(1, "A", "B")], [(date(2024, 5, 2), ())]) is None
