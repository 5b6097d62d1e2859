"""Exports over the interface for programs."""

import re
from datetime import date
from pathlib import Path

import feedparser
import pytest

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.app.exporting import ExportFormat
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.text import Document, Span
from dragoman.core.vocab import EngagementType


@pytest.fixture(scope="module")
def client(tmp_path_factory, serve):
    path: Path = tmp_path_factory.mktemp("exports") / "desk.db"
    document = Document(text="Qatar met Hamas.", source="Example Agency", published=date(2024, 5, 6), language="en")
    claim = Engagement(
        document=document.id,
        evidence=(Span(0, 16),),
        rule="test",
        type=EngagementType.MEETING,
        participants=(Participant(actor=Actor("Qatar", "QAT")), Participant(actor=Actor("Hamas", "HAMAS"))),
        dossiers=("gaza",),
    )
    with open_store(path) as store:
        store.write([(document, Coding(document=document.id, claims=(claim,), coder="t", model="t"))])
    desk = Desk(load_config({"store": str(path)}, env={}, folder=path.parent))
    with serve(desk) as made:
        yield made


@pytest.mark.parametrize("form", ExportFormat)
def test_every_format_is_a_file_with_its_type(client, form) -> None:
    answer = client.get(f"/api/v1/exports/{form.value}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith('attachment; filename="dragoman-')
    assert answer.headers["content-type"] != "*/*"
    assert client.get(f"/api/v1/exports/{form.value}", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_a_feed_reader_gets_the_feed_of_a_dossier(client) -> None:
    answer = client.get("/api/v1/exports/atom?dossier=gaza")
    assert answer.headers["content-type"] == "application/atom+xml"
    assert len(feedparser.parse(answer.content).entries) == 1
    assert client.get("/api/v1/exports/atom?actor=Iceland").text.count("<entry>") == 0


def test_one_table_comes_as_it_is_and_what_has_no_day_is_counted(client) -> None:
    answer = client.get("/api/v1/exports/csv?table=events&since=2024-05-01")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("event,type,")
    assert answer.headers["dragoman-undated"] == "1"


@pytest.mark.parametrize(
    "asked", ["csv?table=nosuch", "atom?dossier=nosuch", "docx", "ics?dossier=a%22%0d%0aX: b", "mend?form=x"]
)
def test_what_cannot_be_exported_is_a_problem(client, asked) -> None:
    answer = client.get(f"/api/v1/exports/{asked}")
    assert answer.status_code in {400, 404}
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_page_of_a_dossier_leads_to_its_exports_and_each_answers(client) -> None:
    page = client.get("/dossiers/gaza").text
    addresses = re.findall(r'href="(/api/v1/exports/[^"]+)"', page)
    assert "/api/v1/exports/atom?dossier=gaza" in addresses
    assert all(client.get(address).status_code == 200 for address in addresses)
