"""Site distance: known distances, the middle of a theatre across the date line, and unknown where coordinates are."""

from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.analysis.site_distance import great_circle, site_distances, theatres
from dragoman.core.actors import Place
from dragoman.core.claims import Violence
from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.text import Span
from dragoman.core.vocab import ViolenceType

GAZA, DOHA, GENEVA = (31.5, 34.47), (25.29, 51.53), (46.2, 6.15)


def violence(point: tuple[float, float] | None, dossier: str = "gaza") -> Violence:
    place = Place(name="X", latitude=point[0], longitude=point[1]) if point else Place(name="X")
    return Violence(
        document=DocumentId("d"),
        evidence=(Span(0, 5),),
        rule="t",
        type=ViolenceType.AIRSTRIKE,
        place=place,
        dossiers=(DossierId(dossier),),
    )


def test_known_distances() -> None:
    assert great_circle(GAZA, DOHA) == pytest.approx(1790, abs=25)
    assert great_circle((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert great_circle(GAZA, GAZA) == 0


def test_an_event_is_measured_from_the_middle_of_its_theatre(desk: Any) -> None:
    known = theatres([violence((31.3, 34.3)), violence((31.7, 34.64)), violence((31.7, 34.64)), violence(None)])
    assert known[DossierId("gaza")].places == 2
    talks = desk.event("QAT; HAMAS", "2024-05-14")
    doha = replace(talks, place=Place(name="Doha", latitude=DOHA[0], longitude=DOHA[1]), dossiers=(DossierId("gaza"),))
    (found,) = site_distances(doha, known)
    assert found.km == pytest.approx(great_circle(GAZA, DOHA), abs=15)
    assert found.band == "middling"
    assert site_distances(replace(doha, place=Place(name="Geneva", latitude=GENEVA[0], longitude=GENEVA[1])), known)[0].km > 2500


def test_what_has_no_coordinates_has_no_distance(desk: Any) -> None:
    talks = replace(desk.event("QAT; HAMAS", "2024-05-14"), dossiers=(DossierId("gaza"),), place=Place(name="Doha"))
    assert site_distances(talks, theatres([violence(GAZA)])) == ()
    assert theatres([violence(None)]) == {}


def test_the_middle_of_places_on_both_sides_of_the_date_line_lies_on_it() -> None:
    middle = theatres([violence((0, 179), "pacific"), violence((0, -179), "pacific")])[DossierId("pacific")].middle
    assert abs(middle[1]) == pytest.approx(180)
