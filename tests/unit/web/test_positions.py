"""Positions of a dossier: who stands where, and how far apart."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from openpyxl import load_workbook

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Utterance
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Issue, Stance

SAID = (
    (Actor("Hamas", "HAMAS"), Stance.DEMAND, "Hamas said Israel must accept a ceasefire."),
    (Actor("Israel", "ISR"), Stance.OPPOSE, "Israel rejected a ceasefire."),
    (Actor("Egypt", "EGY"), Stance.SUPPORT, "Egypt backed a ceasefire."),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[TestClient[Any]]:
    path: Path = tmp_path_factory.mktemp("positions") / "desk.db"
    batch = []
    for actor, stance, text in SAID:
        document = Document(text=text, published=date(2024, 5, 2))
        said = Utterance(
            document=document.id,
            evidence=(Span(0, len(text)),),
            rule="test",
            speaker=actor.name,
            speaker_actors=(actor,),
            content=Span(0, len(text)),
            stance=stance,
            issue=Issue.CEASEFIRE,
            dossiers=(DossierId("gaza"),),
        )
        batch.append((document, Coding(document=document.id, claims=(said,), coder="t", model="t")))
    with open_store(path) as store:
        store.write(batch)
    with serve(Desk(load_config({"store": str(path)}, env={}, folder=path.parent))) as made:
        yield made


def test_any_two_actors_are_compared_over_the_issues_that_they_share(client: TestClient[Any]) -> None:
    found = client.get("/api/v1/positions/distances?dossier=gaza").json()
    assert [(row["keys"], row["distance"]) for row in found["pairs"]] == [
        (["EGY", "ISR"], 1.0),
        (["HAMAS", "ISR"], 1.0),
        (["EGY", "HAMAS"], 0.0),
    ]
    assert found["pairs"][1]["issues"] == [{"issue": "ceasefire", "left": "demands", "right": "opposes"}]
    assert client.get("/api/v1/positions/distances?dossier=ukraine").json()["pairs"] == []


def test_the_page_names_the_issues_behind_each_distance(client: TestClient[Any]) -> None:
    text = client.get("/positions?dossier=gaza").text
    assert '<a href="/dyads?one=HAMAS&amp;other=ISR">Hamas – Israel</a>' in text
    assert "ceasefire (demands – opposes)" in text
    assert "not that they agree on its terms" in text
    assert "How far apart" not in client.get("/positions").text


def test_distances_are_a_sheet_of_the_workbook(client: TestClient[Any]) -> None:
    workbook = load_workbook(io.BytesIO(client.get("/positions.xlsx?dossier=gaza").content), read_only=True)
    assert workbook.sheetnames[:2] == ["positions", "distances"]
    lines = list(csv.DictReader(io.StringIO(client.get("/positions.csv?dossier=gaza").text)))
    assert {line["actor"] for line in lines} == {"Egypt", "Hamas", "Israel"}
