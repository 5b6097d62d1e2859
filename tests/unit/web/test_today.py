"""The first page of the morning."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant, Utterance
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Precision
from dragoman.web.application import create_application

DAY = date(2024, 5, 2)


def told(number: int) -> tuple[Document, Coding]:
    """A document with one meeting and one statement, published the same day whenever it came."""
    text = f"The delegations of both towns met for talk number {number}. They want peace."
    document = Document(text=text, title="Towns", source="Example Agency", published=DAY)
    end = text.index(". ") + 1
    met = Engagement(
        document=document.id,
        evidence=(Span(0, end),),
        rule="test",
        type=EngagementType.MEETING,
        participants=(Participant(actor=Actor("Lower Town")), Participant(actor=Actor(f"Upper Town {number}"))),
        when=When(start=DAY, end=DAY, precision=Precision.DAY),
    )
    said = Utterance(
        document=document.id, evidence=(Span(end + 1, len(text)),), rule="test", speaker="They", content=Span(end + 1, len(text))
    )
    return document, Coding(document=document.id, claims=(met, said), coder="t", model="t")


def test_what_came_in_since_somebody_looked(tmp_path: Path, serve: Any) -> None:
    path = tmp_path / "desk.db"
    with open_store(path) as store:
        store.write([told(1)])
    desk = Desk(load_config({"store": str(path)}, env={}, folder=tmp_path))
    with serve(desk) as client:
        page = client.get("/").text
        assert "Upper Town 1" in page
        assert "They want peace" in page
        (token,) = set(re.findall(r'name="_csrf_token" value="([^"]+)"', page))
        (mark,) = re.findall(r'name="mark" value="(\d+)"', page)
        assert client.post("/seen", data={"mark": mark}).status_code == 403, "a form of elsewhere"
        assert (
            "No documents came in since you last looked" in client.post("/seen", data={"mark": mark, "_csrf_token": token}).text
        )
        with open_store(path) as store:
            store.write([told(2)])  # published the same day, but new to who looked
        desk.forget()
        answer = client.get("/")
        assert answer.url.query.decode() == f"after={mark}"
        assert "1 document came in since you last looked" in answer.text
        assert "Upper Town 2" in answer.text
        assert "Upper Town 1" not in answer.text
        assert f"/today.csv?after={mark}" in answer.text
        lines = client.get(f"/today.csv?after={mark}").text
        assert ("Upper Town 2" in lines, "Upper Town 1" in lines) == (True, False)
        assert "Upper Town 1" in client.get(f"/?since={DAY}").text, "looking back is still possible"


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
