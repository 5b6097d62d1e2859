"""Two coders on the same items: the second sees nobody's answers, agreement counts both, a disagreement is settled once."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.cli.main import cli
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Role

TEXT = "An Omani minister carried messages to Iran. Envoys of Oman and Iran met again."
SPANS = (Span(0, 43), Span(44, 78))
DAYS = (date(2024, 5, 1), date(2024, 5, 4))


@pytest.fixture
def coders(tmp_path: Path, empty_store: Path, serve: Any) -> Iterator[dict[str, TestClient[Any]]]:
    """Two analysts at desks over one store."""
    document = Document(text=TEXT, published=date(2024, 5, 5), source="Example Agency")
    who = (Participant(actor=Actor("Oman", "OMN"), role=Role.FACILITATOR), Participant(actor=Actor("Iran", "IRN")))
    claims = tuple(
        Engagement(
            document=document.id,
            evidence=(span,),
            rule="test",
            type=EngagementType.MEETING,
            participants=who,
            when=When(start=day, end=day),
        )
        for span, day in zip(SPANS, DAYS, strict=True)
    )
    path = Path(shutil.copy(empty_store, tmp_path / "desk.db"))
    with open_store(path) as store:
        store.write([(document, Coding(document=document.id, claims=claims, coder="t", model="t"))])
    with ExitStack() as stack:
        found = {}
        for name in ("ana", "bo"):
            desk = Desk(load_config({"store": str(path), "analyst": name}, env={}, folder=tmp_path))
            found[name] = stack.enter_context(serve(desk))
        yield found


def send(client: TestClient[Any], address: str, form: dict[str, str], at: str = "/review/second") -> Any:
    token = re.search(r'name="_csrf_token" value="([^"]+)"', client.get(at).text)
    assert token is not None
    return client.post(address, data={"_csrf_token": token[1], **form}, follow_redirects=False)


def answer_all(client: TestClient[Any], **given: str) -> int:
    """Answer item by item until none is left; the number of items."""
    for number in range(20):
        text = client.get("/review/second").text
        claims = re.search(r'name="claims" value="([^"]+)"', text)
        if claims is None:
            return number
        offered = set(re.findall(r'name="([^"]+)"', text))
        send(
            client,
            "/review/second",
            {"claims": claims[1]} | {name: value for name, value in {"same event": "", **given}.items() if name in offered},
        )
    raise AssertionError("the items do not end")


def test_the_second_coder_sees_no_answer_and_agreement_counts_both(coders: dict[str, TestClient[Any]], tmp_path: Path) -> None:
    ana, bo = coders["ana"], coders["bo"]
    asked = {"type": "meeting", "role:Iran": "counterpart", "same event": "no"}
    assert answer_all(ana, contact="yes", **asked, **{"role:Oman": "facilitator"}) == 3, (
        "two contacts and a pair that looks alike"
    )
    text = bo.get("/review/second").text
    assert "ana" not in text
    assert "selected" not in text
    assert answer_all(bo, contact="yes", **asked, **{"role:Oman": "mediator"}) == 3
    page = bo.get("/review/agreement").text
    assert page.count("Answered differently") == 1
    assert "ana: facilitator; bo: mediator" in page

    shown = CliRunner().invoke(cli, ["--store", str(tmp_path / "desk.db"), "review", "agreement"])
    assert shown.exit_code == 0, shown.output
    rows = {line.split("  ")[0].strip(): line.split() for line in shown.stdout.splitlines()}
    assert rows["role"][2:4] == ["4", "50%"]
    assert rows["contact"][1:3] == ["undefined", "2"]
    assert "Krippendorff" in shown.stderr


def test_blind_answers_change_nothing_and_stay_out_of_the_queue_until_one_is_settled(coders: dict[str, TestClient[Any]]) -> None:
    ana, bo = coders["ana"], coders["bo"]
    answer_all(ana, contact="yes", **{"role:Oman": "facilitator"})
    answer_all(bo, contact="yes", **{"role:Oman": "mediator"})
    assert "2 events that nobody has decided about" in ana.get("/review").text
    assert "2 events." in ana.get("/events?role=facilitator").text
    choices = re.search(
        r'name="claims" value="(\w+)"><input type="hidden" name="field" value="([^"]+)"><input type="hidden" name="value" '
        r'value="mediator"><input type="hidden" name="why" value="(adjudicated[^"]+)"',
        ana.get("/review/agreement").text,
    )
    assert choices is not None
    claims, field, why = choices.groups()
    form = {"verdict": "correct", "claims": claims, "field": field, "value": "mediator", "why": why, "back": "/review/agreement"}
    assert send(ana, "/review/decide", form, at="/review/agreement").status_code == 303
    assert "1 event." in ana.get("/events?role=mediator").text
    page = ana.get("/review/agreement").text
    assert "settled by ana" in page
    assert page.count("ana: facilitator; bo: mediator") == 2, "settling is nobody's answer"


@pytest.mark.parametrize("form", [{"claims": "c0", "contact": "yes"}, {"claims": "", "contact": "yes"}, {"claims": "c0"}])
def test_what_is_no_answer_is_refused(coders: dict[str, TestClient[Any]], form: dict[str, str]) -> None:
    assert send(coders["ana"], "/review/second", form).status_code == 400
