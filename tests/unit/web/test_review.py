"""Deciding in the browser: written with a name, seen at once, taken back; and never by somebody else's page."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from dragoman.analysis.queue import queue
from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.text import Document, Span
from dragoman.core.vocab import EngagementType, Factuality, Outcome, Role

TEXT = "An Omani minister carried messages to Iran. Qatar met Hamas."


@pytest.fixture
def client(tmp_path: Path, empty_store: Path, serve: Any) -> Iterator[TestClient[Any]]:
    document = Document(text=TEXT, published=date(2024, 5, 3), source="Example Agency")
    claims = (
        Engagement(
            document=document.id,
            evidence=(Span(0, 43),),
            rule="test",
            type=EngagementType.MEETING,
            participants=(
                Participant(actor=Actor("Oman", "OMN"), role=Role.FACILITATOR),
                Participant(actor=Actor("Iran", "IRN")),
            ),
            outcome=Outcome.PROGRESS,
        ),
        Engagement(
            document=document.id,
            evidence=(Span(44, 60),),
            rule="test",
            type=EngagementType.MEETING,
            participants=(Participant(actor=Actor("Qatar", "QAT")), Participant(actor=Actor("Hamas", "HAMAS"))),
            factuality=Factuality.ALLEGED,
        ),
    )
    path = Path(shutil.copy(empty_store, tmp_path))
    with open_store(path) as store:
        store.write([(document, Coding(document=document.id, claims=claims, coder="t", model="t"))])
    desk = Desk(load_config({"store": str(path), "analyst": "ana"}, env={}, folder=tmp_path))
    with serve(desk) as made:
        yield made


def claims_in_queue(client: TestClient[Any]) -> list[str]:
    return re.findall(
        r'name="claims" value="(c\w+)"><input type="hidden" name="back" value="/review[^"]*">\s*<button name="verdict" value="ac',
        client.get("/review").text,
    )


def decide(client: TestClient[Any], address: str = "/review/decide", **form: str) -> Any:
    token = re.search(r'name="_csrf_token" value="([^"]+)"', client.get("/review").text)
    assert token is not None
    return client.post(address, data={"_csrf_token": token[1], **form}, follow_redirects=False)


def test_weighty_doubts_come_first_with_their_reasons(client: TestClient[Any]) -> None:
    text = client.get("/review").text
    assert text.index("Oman") < text.index("Hamas")
    assert "a third-party role on one report" in text
    assert "only alleged" in text


def test_a_decision_is_signed_and_the_event_leaves_the_queue(client: TestClient[Any]) -> None:
    first, second = claims_in_queue(client)
    answer = decide(client, verdict="accept", claims=first, why="two readouts")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert claims_in_queue(client) == [second]
    text = client.get("/review").text
    assert "ana" in text
    assert "two readouts" in text


def test_a_rejected_event_is_gone_until_the_decision_is_taken_back(client: TestClient[Any]) -> None:
    first, _ = claims_in_queue(client)
    decide(client, verdict="reject", claims=first)
    assert "1 event." in client.get("/events").text
    judgement = re.search(r'name="judgement" value="(j\w+)"', client.get("/review").text)
    assert judgement is not None
    decide(client, "/review/undo", judgement=judgement[1])
    assert "2 events." in client.get("/events").text
    assert "taken back" in client.get("/review").text


def test_a_corrected_role_shows_on_the_event(client: TestClient[Any]) -> None:
    first, _ = claims_in_queue(client)
    decide(client, verdict="correct", claims=first, field="participants.0.role", value="mediator")
    assert "1 event." in client.get("/events?role=mediator&actor=Oman").text


def test_claims_are_merged_and_split(client: TestClient[Any]) -> None:
    first, second = claims_in_queue(client)
    decide(client, verdict="merge", claims=f"{first},{second}")
    assert "1 event." in client.get("/events").text


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"verdict": "correct", "claims": "CLAIM", "field": "colour", "value": "red"}, "no field"),
        ({"verdict": "accept", "claims": "c0000"}, "c0000"),
        ({"verdict": "merge", "claims": "CLAIM"}, "at least two"),
        ({"verdict": "adore", "claims": "CLAIM"}, ""),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_written(
    client: TestClient[Any], form: dict[str, str], complaint: str
) -> None:
    own = claims_in_queue(client)[0]
    answer = decide(client, **{name: value.replace("CLAIM", own) for name, value in form.items()})
    assert answer.status_code == 400
    assert complaint in answer.text
    assert "None yet" in client.get("/review").text


def test_a_form_without_the_token_is_refused(client: TestClient[Any]) -> None:
    own = claims_in_queue(client)[0]
    assert client.post("/review/decide", data={"verdict": "reject", "claims": own}).status_code == 403
    assert "2 events." in client.get("/events").text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("[::1]:8765", 200),
        ("rebound.example.org:8765", 400),
        ("127.0.0.1.example.org:8765", 400),
        ("127.0.0.1:9", 400),
    ],
)
def test_another_name_for_this_machine_is_refused(client: TestClient[Any], host: str, status: int) -> None:
    assert client.get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("back", ["//example.org", "https://example.org"])
def test_the_way_back_stays_here(client: TestClient[Any], back: str) -> None:
    own = claims_in_queue(client)[0]
    assert decide(client, verdict="accept", claims=own, back=back).headers["location"] == "/review"


def test_an_empty_queue() -> None:
    assert queue((), date(2024, 5, 1)) == ()
