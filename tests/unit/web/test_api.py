"""The interface for programs: lists by cursor, filters, tags, problems, decisions."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from litestar.testing import TestClient
from schemathesis.checks import positive_data_acceptance
from schemathesis.generation import GenerationMode

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Coding, Engagement, Participant, Utterance
from dragoman.core.ids import DossierId
from dragoman.core.ports import Store
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Issue, Level, Role, Stance
from dragoman.web.application import create_application

QATAR, HAMAS, USA = Actor("Qatar", "QAT"), Actor("Hamas", "HAMAS"), Actor("United States", "USA")
GAZA = DossierId("gaza")


def reported(store: Store, number: int, other: Actor = HAMAS, *, says: str = "", **fields: Any) -> None:
    """One document of the day `number` of May 2024 with one meeting, and one statement where `says` gives its words."""
    text = f"Meeting number {number} of the mediator was held in Doha. {says}".strip()
    document = Document(text=text, title=f"Report {number}", source="Example Agency", published=date(2024, 5, number), **fields)
    when = When(start=date(2024, 5, number), end=date(2024, 5, number))
    claims: list[Any] = [
        Engagement(
            document=document.id,
            evidence=(Span(0, 20),),
            rule="test",
            type=EngagementType.MEETING,
            participants=(
                Participant(actor=QATAR, person=f"Ali Example {number}", level=Level.MINISTER, role=Role.MEDIATOR),
                Participant(actor=other),
            ),
            place=Place(name="Doha", country="QAT"),
            when=when,
            dossiers=(GAZA,),
        )
    ]
    if says:
        span = Span(text.index(says), len(text))
        claims.append(
            Utterance(
                document=document.id,
                evidence=(span,),
                rule="test",
                speaker="Hamas",
                speaker_actors=(HAMAS,),
                content=span,
                stance=Stance.DEMAND,
                issue=Issue.CEASEFIRE,
                when=when,
                dossiers=(GAZA,),
            )
        )
    store.write(
        [(document, Coding(document=document.id, claims=tuple(claims), coder="t", model="t", published=document.published))]
    )


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "desk.db"
    with open_store(path) as store:
        reported(store, 2, licence="CC BY 4.0")
        reported(store, 5, says="There must be a ceasefire at once.")
        reported(store, 9, USA)
    return path


def desk_of(path: Path) -> Desk:
    return Desk(load_config({"store": str(path), "analyst": "ana"}, env={}, folder=path.parent))


@pytest.fixture(scope="module")
def client(where: Path, serve: Any) -> Iterator[TestClient[Any]]:
    with serve(desk_of(where)) as made:
        yield made


def get(client: TestClient[Any], address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_list_answers_and_its_items_can_be_asked_for_by_themselves(client: TestClient[Any]) -> None:
    for name, key in (
        ("documents", "id"),
        ("claims", "id"),
        ("events", "id"),
        ("actors", "key"),
        ("persons", "name"),
        ("talks", "id"),
    ):
        listed = get(client, f"/api/v1/{name}")
        assert listed["total"] == len(listed["items"])
        for item in listed["items"]:
            assert get(client, f"/api/v1/{name}/{item[key]}")[key] == item[key]
    for name in (
        "dossiers",
        "channels",
        "tension",
        "positions",
        "commitments",
        "review",
        "judgements",
        "sources",
        "profiles/QAT",
    ):
        assert get(client, f"/api/v1/{name}")
    assert get(client, "/api/v1/events")["total"] == 3


def test_an_event_comes_with_its_reports_and_their_sentences(client: TestClient[Any]) -> None:
    found = get(client, "/api/v1/events?since=2024-05-09")["items"][0]
    event = get(client, f"/api/v1/events/{found['id']}")
    assert event["headline"] == "Ali Example 9 (Qatar) met United States"
    assert event["reports"][0]["sentence"] == "Meeting number 9 of the mediator was held in Doha."
    assert event["reports"][0]["claim"]["kind"] == "engagement"
    assert event["reports"][0]["event"] == event["id"]


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 4),
        ("kind=utterance", 1),
        ("kind=utterance&kind=engagement", 4),
        ("actor=qatar", 3),
        ("actor=QAT&with=USA", 1),
        ("person=ali example", 3),
        ("role=mediator&actor=HAMAS", 0),
        ("issue=ceasefire", 1),
        ("since=2024-05-05&until=2024-05-05", 2),
        ("dossier=ukraine", 0),
        ("type=meeting&level=minister&factuality=occurred", 3),
    ],
)
def test_claims_are_filtered_as_the_store_filters_them(client: TestClient[Any], query: str, total: int) -> None:
    assert get(client, f"/api/v1/claims?{query}")["total"] == total


def test_a_document_shows_its_text_only_where_the_licence_allows(client: TestClient[Any]) -> None:
    texts = {
        found["title"]: get(client, f"/api/v1/documents/{found['id']}")["text"]
        for found in get(client, "/api/v1/documents")["items"]
    }
    assert texts["Report 2"].startswith("Meeting number 2")
    assert texts["Report 9"] is None


def test_a_cursor_goes_on_where_the_last_page_ended_though_something_was_added(
    tmp_path: Path, empty_store: Path, serve: Any
) -> None:
    path = Path(shutil.copy(empty_store, tmp_path))
    with open_store(path) as store:
        for number in (2, 4, 6):
            reported(store, number)
    with serve(desk_of(path)) as client:
        first = get(client, "/api/v1/events?limit=2")
        with open_store(path) as store:
            reported(store, 8)
            reported(store, 3)
        client.app.state.desk.forget()
        second = get(client, f"/api/v1/events?limit=2&cursor={first['next']}")
    assert [item["day"] for item in first["items"]] == ["2024-05-06", "2024-05-04"]
    assert [item["day"] for item in second["items"]] == ["2024-05-03", "2024-05-02"]
    assert (second["total"], second["next"]) == (5, None)


@pytest.mark.parametrize("cursor", ["!", "e30", "WyJ4IixbMV1d", "é"])
def test_a_cursor_that_is_none_is_refused(client: TestClient[Any], cursor: str) -> None:
    answer = client.get("/api/v1/events", params={"cursor": cursor})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["detail"].startswith("cursor: ")


def test_a_cursor_of_other_filters_is_refused(client: TestClient[Any]) -> None:
    cursor = get(client, "/api/v1/events?limit=1")["next"]
    assert client.get(f"/api/v1/events?limit=1&dossier=gaza&cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/events?limit=2&cursor={cursor}").status_code == 200


def test_what_has_not_changed_is_not_sent_again(client: TestClient[Any]) -> None:
    answer = client.get("/api/v1/events")
    again = client.get("/api/v1/claims", headers={"If-None-Match": f'"other", W/{answer.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]
    assert client.get("/api/v1/events", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/api/v1/events/e0", 404, "there is no event 'e0'"),
        ("/api/v1/nowhere", 404, "/api/openapi.json lists all addresses"),
        ("/api/v1/events?dosier=gaza", 400, "dosier: there is no such parameter here"),
        ("/api/v1/events?since=May", 400, "since: "),
        ("/api/v1/events?limit=0", 400, "limit: "),
        ("/api/v1/claims?role=boss", 400, "role: "),
        ("/api/v1/paths?from=USA", 400, "to"),
        ("/api/v1/actors/Atlantis", 404, "no actor is called 'Atlantis'"),
    ],
)
def test_a_problem_says_what_is_wrong_and_where(client: TestClient[Any], address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says in answer.json()["detail"]
    assert answer.json()["instance"] == address.partition("?")[0]


def test_a_decision_is_written_seen_and_taken_back(tmp_path: Path, empty_store: Path, serve: Any) -> None:
    path = Path(shutil.copy(empty_store, tmp_path))
    with open_store(path) as store:
        reported(store, 2)
    with serve(desk_of(path)) as client:
        before = client.get("/api/v1/events").headers["etag"]
        claim = get(client, "/api/v1/claims")["items"][0]["id"]
        body = {"verdict": "correct", "claims": [claim], "field": "participants.0.role", "value": "host", "why": "second readout"}
        made = client.post("/api/v1/judgements", json=body)
        assert made.status_code == 201, made.text
        assert made.json()["judgement"]["by"] == "ana"
        event = get(client, "/api/v1/events?role=host")["items"][0]
        assert event["claims"] == [claim]
        assert client.get("/api/v1/events").headers["etag"] != before
        assert client.post("/api/v1/judgements", json={"undoes": made.json()["id"]}).status_code == 201
        assert get(client, "/api/v1/events?role=host")["total"] == 0
        assert [one["undone"] for one in get(client, "/api/v1/judgements")["items"]] == [True, False]


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"verdict": "accept", "claims": ["c0000000000000000"]}, 404, "there is no claim"),
        ({"verdict": "accept"}, 400, "verdict and claims"),
        ({"undoes": "j0000000000000000"}, 404, "there is no decision"),
        ({"verdict": "maybe", "claims": ["c0000000000000000"]}, 400, "verdict"),
        ({"verdict": "accept", "claims": ["c0000000000000000"], "bye": 1}, 400, "bye"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(client: TestClient[Any], body: dict[str, Any], status: int, says: str) -> None:
    answer = client.post("/api/v1/judgements", json=body)
    assert answer.status_code == status
    assert says in answer.json()["detail"]


def test_another_page_cannot_decide_by_a_form(client: TestClient[Any]) -> None:
    answer = client.post("/api/v1/judgements", content='{"undoes": "j0000"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_the_specification_names_every_address_with_words(client: TestClient[Any]) -> None:
    specification = get(client, "/api/openapi.json")
    assert specification["openapi"].startswith("3.1")
    assert all(path.startswith("/api/v1/") for path in specification["paths"])
    for methods in specification["paths"].values():
        for operation in methods.values():
            assert operation["description"]
            assert all(parameter.get("description") or parameter["in"] == "path" for parameter in operation.get("parameters", ()))
    assert (
        client.get("/api").headers["content-type"].startswith(("application/json", "application/problem+json", "application/vnd"))
    )


def test_a_parameter_given_twice_is_refused(client: TestClient[Any]) -> None:
    answer = client.get("/api/v1/claims?actor=QAT&actor=USA")
    assert (answer.status_code, "given more than once" in answer.json()["detail"]) == (400, True)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Schemathesis leaves streams of its client open
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_asked_no_server_error_and_answers_as_specified(where: Path, mode: GenerationMode, serve: Any) -> None:
    """Schemathesis asks within the specification and beside it.

    Left out is its check that what the schema allows is accepted: no schema says which strings are cursors, nor that a decision
    needs its claims.
    """
    with serve(desk_of(where)) as client:
        schema = schemathesis.openapi.from_dict(get(client, "/api/openapi.json"))
    schema.app = create_application(
        desk_of(where), port=8765
    )  # Schemathesis starts and ends it itself, which a client that has done so waits for in vain
    asked: dict[str, int] = {}

    bounded = settings(max_examples=15, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    for found in schema.get_all_operations():

        def ask(case: schemathesis.Case) -> None:
            asked[case.operation.label] = asked.get(case.operation.label, 0) + 1
            case.call_and_validate(headers={"Host": "127.0.0.1:8765"}, excluded_checks=[positive_data_acceptance])

        with suppress(Unsatisfiable):  # beside the specification of an address without parameters there is nothing
            strategy = found.ok().as_strategy(generation_mode=mode)
            settings(bounded, suppress_health_check=list(HealthCheck))(given(case=strategy)(ask))()
    assert len(asked) >= 16
    assert sum(asked.values()) >= 200


def test_every_address_in_the_documentation_answers(client: TestClient[Any]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    addresses = [one for one in re.findall(r"127\.0\.0\.1:8765(/api/[^\s\"']+)", page) if "$" not in one]
    assert len(addresses) >= 5
    for address in addresses:
        if not address.endswith("/judgements"):
            get(client, address)
    for listed in re.findall(r"`(/[a-z]+)`", page):
        assert listed == "/paths" or client.get(f"/api/v1{listed}").status_code == 200, listed


def test_words_are_looked_up_with_their_place_marked(client: TestClient[Any]) -> None:
    found = get(client, "/api/v1/search?q=ceasefire")
    assert [piece["text"] for piece in found["items"][0]["pieces"] if piece["marked"]] == ["ceasefire"]
    assert get(client, "/api/v1/search?q=mediator&limit=2")["next"]
    assert get(client, "/api/v1/search?q=qatar&kind=actors")["items"][0]["address"] == "/actors/QAT"
    assert get(client, "/api/v1/search?q=%22%22")["total"] == 0


def test_the_page_of_search_opens_at_what_was_found(client: TestClient[Any]) -> None:
    text = client.get("/search?q=<i>ceasefire</i>").text
    assert "<mark>ceasefire</mark>" not in text
    assert 'value="&lt;i&gt;ceasefire&lt;/i&gt;"' in text
    text = client.get("/search?q=ceasefire&kind=claims").text
    assert "<mark>ceasefire</mark>" in text
    assert '<a href="/search?q=Qatar&amp;kind=actors" aria-current="page">' in client.get("/search?q=Qatar").text
    assert "Try fewer or other words" in client.get("/search?q=zzz").text
    assert client.get("/search").status_code == 200
