"""A track that stands still, on its page and for programs."""

from datetime import date
from pathlib import Path

from litestar.testing import TestClient

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant, Status
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Precision, Role, TalksSignal
from dragoman.web.application import create_application

GAZA = DossierId("gaza")


def test_a_stalled_track_shows_who_reaches_which_side(tmp_path: Path) -> None:
    first = Document(text="Qatar's minister mediated between nobody and Hamas.", title="One", published=date(2024, 5, 3))
    second = Document(text="The ceasefire talks reached an impasse.", title="Two", published=date(2024, 5, 6))
    met = Engagement(
        document=first.id,
        evidence=(Span(0, len(first.text)),),
        rule="test",
        type=EngagementType.MEETING,
        participants=(
            Participant(actor=Actor("Qatar", "QAT"), role=Role.MEDIATOR),
            Participant(actor=Actor("Hamas", "HAMAS")),
        ),
        when=When(start=date(2024, 5, 2), end=date(2024, 5, 2), precision=Precision.DAY),
        dossiers=(GAZA,),
    )
    still = Status(
        document=second.id,
        evidence=(Span(0, len(second.text)),),
        rule="test",
        signal=TalksSignal.IMPASSE,
        dossiers=(GAZA,),
    )
    with open_store(tmp_path / "desk.db") as store:
        for document, claim in ((first, met), (second, still)):
            store.write([(document, Coding(document=document.id, claims=(claim,), coder="t", model="t"))])
    desk = Desk(load_config({"store": str(tmp_path / "desk.db")}, env={}, folder=tmp_path))
    with TestClient(create_application(desk, port=8765), base_url="http://127.0.0.1:8765") as client:
        (track,) = client.get("/api/v1/talks").json()["items"]
        assert track["status"] == "impasse"
        found = client.get(f"/api/v1/talks/{track['id']}/stalled").json()
        assert (found["stalled"], found["precedents"]) == (True, [])
        assert [(one["actor"], [each["party"] for each in one["reaches"]]) for one in found["third_parties"]] == [
            ("Qatar", ["Hamas"])
        ]
        page = client.get(f"/talks/{track['id']}").text
        assert "What could be tried" in page
        assert "The record knows no stall of this track" in page
        assert client.get("/api/v1/talks/t0/stalled").status_code == 404
