"""`dragoman actors sync` against a query service of our own that answers in Wikidata's form."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dragoman.app import wiring
from dragoman.app.config import PlaceSettings, load_config
from dragoman.core.vocab import Level
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.loading import shipped_facts
from dragoman.knowledge.synced import merge, read_snapshot

WD = "http://www.wikidata.org/entity/"


def row(iso: str, item: str, name: str, **more: str | None) -> dict[str, dict[str, str]]:
    """One binding of a SPARQL answer; what is None is not bound."""
    bound = {"iso": iso, "person": f"{WD}{item}", "name": name, "statement": f"{WD}statement/{item}-{more.get('start')}", **more}
    return {
        key: {"type": "uri" if value.startswith("http") else "literal", "value": value}
        for key, value in bound.items()
        if value is not None
    }


def time(start: str, precision: int, end: str | None = None, end_precision: int | None = None) -> dict[str, str | None]:
    return {
        "start": f"{start}T00:00:00Z",
        "startPrecision": str(precision),
        "end": end and f"{end}T00:00:00Z",
        "endPrecision": end_precision and str(end_precision),
    }


PORTO = row(
    "QAT",
    "Q1",
    "Nadir Portolan",
    office="Emir of Qatar",
    aliases="N. Portolan|Porto|Sheikh Nadir Portolan",
    **time("2031-05-01", 11),
)
TWO_OFFICES = row("QAT", "Q1", "Nadir Portolan", office="Amir", **time("2031-05-01", 11))
VEIL = row("QAT", "Q2", "Salma Veil", office="Prime Minister of Qatar", **time("2029-01-01", 9, "2031-02-01", 10))
LONG_AGO = row("QAT", "Q3", "Old Timer", **time("1971-01-01", 9, "1984-01-01", 9))
UNKNOWN = row("QAT", "Q4", "No Dates")
NAMELESS = row("QAT", "t123", "t123", **time("2031-05-01", 11))
VAGUE = row(
    "QAT", "Q5", "Vague Vasil", start="2030-01-01T00:00:00Z", startPrecision="8", end="2032-01-01T00:00:00Z", endPrecision="9"
)


class Service:
    """Rows by what the query asks for."""

    def __init__(self) -> None:
        self.rows: dict[str, list] = {
            "ps:P35": [PORTO, TWO_OFFICES, LONG_AGO, UNKNOWN, NAMELESS],
            "ps:P6": [VEIL],
            "ps:P39": [VAGUE],
        }
        self.status = 200
        self.body: bytes | None = None
        self.asked: list[tuple[str, str]] = []

    def answer(self, query: str) -> bytes:
        rows = next((rows for mark, rows in self.rows.items() if mark in query), [])
        asked = [one for one in rows if f'"{one["iso"]["value"]}"' in query]
        return self.body if self.body is not None else json.dumps({"head": {"vars": []}, "results": {"bindings": asked}}).encode()


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            service.asked.append((self.headers["User-Agent"], asked["query"][0]))
            body = service.answer(asked["query"][0])
            self.send_response(service.status)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    (folder / "dragoman.toml").write_text(
        f'[actors]\naddress = "http://127.0.0.1:{server.server_port}/sparql"\n'
        '[fetch]\nallow_private = true\ndelay = 0\ncontact = "desk@example.org"\n',
        encoding="utf-8",
    )
    yield service
    server.shutdown()
    server.server_close()
    thread.join()


def in_use(folder: Path) -> Path | None:
    return wiring.synced_actors(load_config({}, env={}, folder=folder))


def sync(dragoman, *options: str) -> dict:
    result = dragoman("actors", "sync", "--state", "QAT", *options, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_office_holders_are_kept_with_source_date_and_precision(service: Service, dragoman, folder: Path) -> None:
    report = sync(dragoman)
    assert [(line["sign"], line["name"], line["office"], line.get("start"), line.get("end")) for line in report["changes"]] == [
        ("+", "Salma Veil", "Prime Minister", "2029", "2031-02"),
        ("+", "Nadir Portolan", "Amir", "2031-05-01", None),
        ("+", "Vague Vasil", "Foreign Minister", None, "2032"),
    ]
    path = in_use(folder)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["licence"], kept["retrieved"]) == ("CC0-1.0", wiring.today().isoformat())
    assert kept["source"].endswith("/sparql")
    assert {tenure["item"] for tenure in kept["tenures"]} == {"Q1", "Q2", "Q5"}
    known = load_gazetteer(path)
    assert [p.name for p, _ in known.holders("QAT", Level.HEAD_OF_GOVERNMENT, on=date(2030, 6, 1))].count("Salma Veil") == 1
    assert [person.name for person in known.persons("Sheikh Nadir Portolan")] == ["Nadir Portolan"]
    agents = {agent for agent, _ in service.asked}
    assert len(agents) == 1
    assert agents.pop().endswith("(+desk@example.org)")
    assert len(service.asked) == 4
    assert list(path.parent.glob("*.part")) == []


def test_a_dry_run_changes_nothing(service: Service, dragoman, folder: Path) -> None:
    assert len(sync(dragoman, "--dry-run")["changes"]) == 3
    assert in_use(folder) is None
    assert not (folder / "data").exists()


def test_the_same_again_is_no_news_and_a_change_can_be_undone(service: Service, dragoman, folder: Path) -> None:
    sync(dragoman)
    first = in_use(folder)
    assert sync(dragoman).get("file") is None
    service.rows["ps:P6"] = [VEIL, row("QAT", "Q6", "Tarek Loom", **time("2031-03-01", 11))]
    assert [line["name"] for line in sync(dragoman)["changes"]] == ["Tarek Loom"]
    second = in_use(folder)
    assert second != first
    back = dragoman("actors", "sync", "--undo")
    assert back.exit_code == 0
    assert "-" in back.output
    assert in_use(folder) == first
    assert dragoman("actors", "sync", "--undo").output.strip().endswith("the hand-written facts alone")
    assert in_use(folder) is None
    assert {first.exists(), second.exists()} == {True}
    nothing = dragoman("actors", "sync", "--undo")
    assert nothing.exit_code == 1
    assert "nothing to undo" in nothing.output


def test_a_damaged_file_can_be_gone_back_from(service: Service, dragoman, folder: Path) -> None:
    sync(dragoman)
    in_use(folder).write_bytes(b"{")
    again = dragoman("actors", "sync", "--state", "QAT")
    assert again.exit_code == 3
    assert "--undo" in again.output
    assert dragoman("actors", "sync", "--undo").exit_code == 0
    assert in_use(folder) is None


def test_other_states_stay_when_one_is_refreshed(service: Service, dragoman, folder: Path) -> None:
    sync(dragoman)
    service.rows = {"ps:P35": [row("NOR", "Q9", "Kari Fjellheim", **time("2031-01-01", 11))]}
    assert dragoman("actors", "sync", "--state", "nor").exit_code == 0
    kept = json.loads(in_use(folder).read_text(encoding="utf-8"))["tenures"]
    assert {tenure["code"] for tenure in kept} == {"QAT", "NOR"}


def test_conflicts_are_listed_and_the_hand_written_dates_hold(service: Service, dragoman, folder: Path) -> None:
    service.rows = {"ps:P35": [row("TUR", "Q39259", "Recep Tayyip Erdoğan", **time("2013-01-01", 11))]}
    result = dragoman("actors", "sync", "--state", "TUR")
    assert result.exit_code == 0
    assert (
        "conflict: Recep Tayyip Erdoğan, head_of_state of TUR: 2014-08-28 – here, 2013-01-01 – in Wikidata (Q39259)"
        in result.output
    )
    merged = merge(shipped_facts(), read_snapshot(in_use(folder)).tenures)
    assert merged.facts.persons == shipped_facts().persons


@pytest.mark.parametrize(
    ("status", "body", "code", "words"),
    [
        (200, b"<html>busy</html>", 5, "gives no SPARQL results"),
        (200, b'{"results": {"bindings": []}', 5, "gives no SPARQL results"),
        (200, b'{"results": {"bindings": []}}', 1, "knows no office-holder"),
        (403, b"", 5, "HTTP status 403"),
    ],
)
def test_a_failure_leaves_everything_as_it_was(
    service: Service, dragoman, folder: Path, status: int, body: bytes, code: int, words: str
) -> None:
    service.status, service.body = status, body
    result = dragoman("actors", "sync", "--state", "QAT")
    assert result.exit_code == code
    assert words in result.output
    assert in_use(folder) is None


@pytest.mark.slow  # it tries four times, with pauses
def test_without_a_network_it_says_so(dragoman, folder: Path) -> None:
    (folder / "dragoman.toml").write_text(
        '[actors]\naddress = "http://nowhere.invalid/sparql"\n[fetch]\ndelay = 0\n', encoding="utf-8"
    )
    result = dragoman("actors", "sync", "--state", "QAT")
    assert result.exit_code == 5
    assert "nowhere.invalid" in result.output
    assert "cannot be reached" in result.output


def test_what_cannot_be_asked_is_said(dragoman) -> None:
    unknown = dragoman("actors", "sync", "--state", "XYZ")
    assert unknown.exit_code == 2
    assert "no state has the code XYZ" in unknown.output
    assert dragoman("actors", "sync", "--undo", "--dry-run").exit_code == 2


def test_the_coders_name_tells_which_office_holders_it_knows(service: Service, dragoman, folder: Path, monkeypatch) -> None:
    sync(dragoman)
    path = in_use(folder)
    monkeypatch.setattr(wiring, "build_coder", lambda _model, _dossiers, places, *models, **_named: (places, models[-1]))
    given = wiring.make_coder(load_config({}, env={}, folder=folder))
    assert given == (PlaceSettings(), path)
    assert wiring._marks(*given) == (f"actors-{path.stem[5:]}",)
    off = load_config({"actors.synced": False}, env={}, folder=folder)
    assert wiring._marks(*wiring.make_coder(off)) == ()
