"""The first page of the morning."""

from datetime import date
from pathlib import Path

from litestar.testing import TestClient

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Precision
from dragoman.web.application import create_application

DAY = date(2024, 5, 2)


def test_an_event_without_a_reason_to_be_first_has_no_trailing_mark(tmp_path: Path) -> None:
    text = "The delegations of both towns met."
    document = Document(text=text, title="Towns", source="Example Agency", published=DAY)
    claim = Engagement(
        document=document.id,
        evidence=(Span(0, len(text)),),
        rule="test",
        type=EngagementType.MEETING,
        participants=(Participant(actor=Actor("Lower Town")), Participant(actor=Actor("Upper Town"))),
        when=When(start=DAY, end=DAY, precision=Precision.DAY),
    )
    with open_store(tmp_path / "desk.db") as store:
        store.write([(document, Coding(document=document.id, claims=(claim,), coder="t", model="t"))])
    desk = Desk(load_config({"store": str(tmp_path / "desk.db")}, env={}, folder=tmp_path))
    with TestClient(create_application(desk, port=8765), base_url="http://127.0.0.1:8765") as client:
        shown = client.get("/").text
    assert '<span class="small">2 May 2024 · 1 report</span>' in shown
