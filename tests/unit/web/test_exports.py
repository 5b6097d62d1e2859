"""What pages show can be taken along: all lines that fit, under the page's own address and filters."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from litestar.testing import TestClient
from openpyxl import load_workbook

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Role
from dragoman.web.pages.exports import PICTURED, TABLES


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[TestClient[Any]]:
    path = tmp_path_factory.mktemp("taken") / "desk.db"
    batch = []
    with open_store(path) as store:
        for day in range(1, 53):
            on = date.fromordinal(date(2024, 3, 1).toordinal() + day)
            document = Document(text=f"The parties met for the time number {day}.", source="=Agency", published=on)
            met = Engagement(
                document=document.id,
                evidence=(Span(0, 16),),
                rule="test",
                type=EngagementType.MEETING,
                participants=(
                    Participant(actor=Actor("Qatar", "QAT"), role=Role.MEDIATOR),
                    Participant(actor=Actor("=Hamas", "HAMAS")),
                ),
                place=Place(name="Doha", country="QAT", latitude=25.3, longitude=51.5),
                when=When(start=on, end=on),
                dossiers=(DossierId("gaza" if day % 2 else "yemen"),),
            )
            batch.append((document, Coding(document=document.id, claims=(met,), coder="t", model="t", published=on)))
        store.write(batch)
    desk = Desk(load_config({"store": str(path)}, env={}, folder=path.parent))
    with serve(desk) as made:
        yield made


def rows(client: TestClient[Any], address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_all_that_fits_is_taken_along_not_one_page_alone(client: TestClient[Any]) -> None:
    assert len(rows(client, "/events.csv")) == 52
    found = rows(client, "/events.csv?dossier=gaza&since=2024-03-15&page=2")
    assert {row["dossiers"] for row in found} == {"gaza"}
    assert min(row["date_start"] for row in found) >= "2024-03-15"


def test_every_table_comes_as_csv_and_as_a_workbook(client: TestClient[Any]) -> None:
    asked = "q=met&one=QAT&other=HAMAS"
    for path in TABLES:
        assert client.get(f"{path}.csv?{asked}").headers["content-disposition"].startswith('attachment; filename="dragoman-')
        assert zipfile.is_zipfile(io.BytesIO(client.get(f"{path}.xlsx?{asked}").content))
    assert [row["key"] for row in rows(client, "/actors.csv")] == ["HAMAS", "QAT"]
    assert rows(client, "/channels.csv")[0]["contacts"] == "52"
    assert rows(client, "/channels.csv?sender=QAT&receiver=HAMAS")[0]["carriers"] == ""
    assert rows(client, "/map.csv")[0]["place"] == "Doha"
    assert len(rows(client, "/search.csv?q=number+7&kind=claims")) == 0
    assert len(rows(client, "/search.csv?q=number+7&kind=documents")) == 1


def test_no_cell_becomes_a_formula(client: TestClient[Any]) -> None:
    assert rows(client, "/sources.csv")[0]["source"] == "'=Agency"
    assert rows(client, "/channels.csv")[0]["left"] == "'=Hamas"


def test_a_page_leads_to_its_exports_with_its_filters(client: TestClient[Any]) -> None:
    text = client.get("/events?dossier=gaza&actor=&page=2").text
    assert '<a href="/events.csv?dossier=gaza" download>CSV</a>' in text
    assert '<a href="/timeline.png?dossier=gaza" download>PNG</a>' in client.get("/timeline?dossier=gaza&since=").text
    assert ".csv" not in client.get("/nowhere").text


@pytest.mark.slow
def test_pictures_come_as_svg_and_png_on_white(client: TestClient[Any]) -> None:
    for path in PICTURED:
        svg = client.get(f"{path}.svg")
        assert svg.headers["content-type"] == "image/svg+xml"
        assert 'fill="#ffffff"/>' in svg.text.partition(">")[2][:80]
        assert client.get(f"{path}.png").content.startswith(b"\x89PNG")


def test_nothing_to_draw_is_said(client: TestClient[Any]) -> None:
    answer = client.get("/timeline.svg?actor=Atlantis")
    assert answer.status_code == 404
    assert "there is nothing to draw here" in answer.text


def test_the_page_of_one_record_is_taken_along(client: TestClient[Any]) -> None:
    event = rows(client, "/events.csv")[0]["event"]
    document = rows(client, f"/events/{event}/lines.csv")[0]["document_id"]
    assert [row["event"] for row in rows(client, f"/documents/{document}/lines.csv")] == [event]
    assert len(rows(client, "/actors/QAT/lines.csv")) == len(rows(client, "/sources/=Agency/lines.csv")) == 52
    assert len(rows(client, "/dyads.csv?one=QAT&other=HAMAS")) == 52
    assert {row["date_start"] for row in rows(client, "/today.csv?since=2024-04-20")} == {
        "2024-04-20",
        "2024-04-21",
        "2024-04-22",
    }
    workbook = load_workbook(io.BytesIO(client.get("/actors/QAT/lines.xlsx").content), read_only=True)
    assert {"events", "participants", "reports", "documents", "channels"} <= set(workbook.sheetnames)


@pytest.mark.parametrize(
    "address", ["/events/e0/lines.csv", "/talks/t0/lines.xlsx", "/dyads.csv?one=QAT", "/today.csv?since=noon"]
)
def test_what_is_not_there_cannot_be_taken_along(client: TestClient[Any], address: str) -> None:
    assert client.get(address).status_code == 404


def test_pages_of_one_record_lead_to_their_exports(client: TestClient[Any]) -> None:
    assert '<a href="/actors/QAT/lines.csv" download>CSV</a>' in client.get("/actors/QAT").text
    assert '<a href="/sources/%3DAgency/lines.xlsx" download>XLSX</a>' in client.get("/sources/=Agency").text
    assert '<a href="/today.csv" download>CSV</a>' in client.get("/").text
    assert "/dyads.csv?one=QAT&amp;other=HAMAS" in client.get("/dyads?one=QAT&other=HAMAS").text
    assert "dyads.csv" not in client.get("/dyads").text
    assert "channels.svg" not in client.get("/channels?sender=QAT&receiver=HAMAS").text
