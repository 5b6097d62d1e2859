from datetime import date

import pytest

from dragoman.read.dateline import read_dateline


@pytest.mark.parametrize(
    ("text", "place", "filed", "month_day", "agency"),
    [
        ("ANKARA — On Wednesday the minister left.", "ANKARA", None, (None, None), None),
        ("CAIRO, May 3 (Reuters) - Envoys met.", "CAIRO", None, (5, 3), "Reuters"),
        ("ANKARA/DOHA – The two ministers spoke.", "ANKARA/DOHA", None, (None, None), None),
        ("WASHINGTON, D.C., 14 March 2023 -- Talks opened.", "WASHINGTON", date(2023, 3, 14), (3, 14), None),
        ("Geneva, 14 March 2023 – Talks opened.", "Geneva", date(2023, 3, 14), (3, 14), None),
        ("New York/Geneva, 5 May 2023 – Talks opened.", "New York/Geneva", date(2023, 5, 5), (5, 5), None),
        ("Doha, May 05 (QNA) - Talks opened.", "Doha", None, (5, 5), "QNA"),
        ("CAIRO (AP) May 3 - Talks opened.", "CAIRO", None, (5, 3), "AP"),
        ("MOSCOW, May 3 /TASS/. Talks opened.", "MOSCOW", None, (5, 3), "TASS"),
        ("SHARM EL-SHEIKH, Egypt (AP) — Talks opened.", "SHARM EL-SHEIKH", None, (None, None), "AP"),
        ("N'DJAMENA, Chad (AP) -- Talks opened.", "N'DJAMENA", None, (None, None), "AP"),
        ("BELGRADE, Serbia-Montenegro (AP) - Talks opened.", "BELGRADE", None, (None, None), "AP"),
        ("\n  THE HAGUE – Talks opened.", "THE HAGUE", None, (None, None), None),
    ],
)
def test_reads_datelines(text, place, filed, month_day, agency):
    found = read_dateline(text)
    assert found is not None
    assert found.place.of(text) == place
    assert (found.filed, (found.month, found.day), found.agency) == (filed, month_day, agency)
    assert found.span.of(text).startswith(place)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "File photo - The minister arrives.",
        "The ministers met on 3 May - a day late.",
        "NATO - the alliance - met.",
        "U.S. - Turkish ties warmed.",
        "PRESS RELEASE - The ministry said so.",
        "CAIRO, Feb. 30 (AP) - Talks opened.",
        "Erdogan - the president - spoke.",
        "ANKARA-based envoys met.",
        "(Reuters) - Talks opened.",
        "The minister shakes hands. ANKARA — On Wednesday he left.",
    ],
)
def test_leaves_other_openings_alone(text):
    assert read_dateline(text) is None


def test_long_openings_are_quick():
    assert read_dateline("A" * 100_000) is None
    assert read_dateline("Aa Bb " * 50_000) is None
