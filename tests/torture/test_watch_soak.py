"""A watch over feeds that fail in every way, stopped and killed now and then: bounded memory, nothing lost, nothing twice.

`TORTURE_SECONDS` sets for how long; the watch is the real command in a process of its own, its coder made up so that feeds are
what is tested.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from dragoman.backends.sql_store import open_store
from dragoman.backends.sql_watch import SqlWatchLog
from dragoman.core.watching import FeedState

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("TORTURE_SECONDS", "25"))
SEED = 20261122
FEEDS = 12
MEMORY_KB = 900_000

WATCH = """
import sys
sys.path.insert(0, sys.argv[1])
from dragoman.app import wiring
from made_up_coder import MeetingCoder
wiring.build_coder = lambda *_, **__: MeetingCoder()
from dragoman.cli.main import main
sys.argv = ["dragoman", *sys.argv[2:]]
main()
"""

CODER = '''
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.ids import DossierId
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Precision

class MeetingCoder:
    """One meeting of Qatar and a side of its own a document."""
    name, model = "fake 1", "none 1"
    def code(self, documents):
        for one in documents:
            side = next((word for word in one.text.split() if word.startswith("side-")), "side-none")
            when = When(start=one.published, end=one.published, precision=Precision.DAY) if one.published else None
            span = Span(0, min(30, len(one.text)))
            claim = Engagement(document=one.id, evidence=(span,), rule="test", type=EngagementType.MEETING,
                participants=(Participant(actor=Actor("Qatar", "QAT")), Participant(actor=Actor(side), person=f"Envoy {side}")),
                when=when, dossiers=(DossierId("gaza"),))
            yield Coding(document=one.id, claims=(claim,), coder=self.name, model=self.model, published=one.published)
'''


class Publisher(BaseHTTPRequestHandler):
    """Feeds that grow, and that mostly do not work; every entry published stays in its feed until the end."""

    protocol_version = "HTTP/1.0"
    world: "World"

    def do_GET(self) -> None:
        kind, _, rest = self.path.strip("/").partition("/")
        if kind == "robots.txt":
            self.answer(404)
        elif kind == "moved":
            self.well(int(rest), self.world.published[int(rest)])
        else:
            self.feed(int(rest))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.world.lock:
            fails = self.world.chance.random() < 0.3 and not self.world.calm
            self.world.posted.append((self.headers["webhook-id"], not fails, body))
        self.answer(503 if fails else 200)

    def feed(self, number: int) -> None:
        server = self.world
        with server.lock:
            if not server.calm:
                server.published[number] += 120 if server.chance.random() < 0.01 else server.chance.randrange(3)
            entries = server.published[number]
            turn = "well" if server.calm else server.chance.choice(TURNS)
        if number == FEEDS:
            self.answer(410)
        elif turn in PLAIN:
            status, headers, body = PLAIN[turn]
            self.answer(status, body, headers=headers)
        elif turn == "garbage":
            self.answer(200, os.urandom(3000))
        elif turn == "cut":
            self.answer(200, self.rss(number, entries)[:200])
        elif turn == "short":
            self.answer(200, b"<rss", length=5000)
        elif turn in {"loop", "moved"}:
            self.answer(301, headers={"Location": f"/{'feed' if turn == 'loop' else 'moved'}/{number}"})
        elif turn != "hang up":
            time.sleep(1.5 if turn == "slow" else 0.0)
            self.well(number, entries)

    def well(self, number: int, entries: int) -> None:
        tag = f'"{number}-{entries}"'
        if self.headers["If-None-Match"] == tag:
            self.answer(304)
        else:
            self.answer(200, self.rss(number, entries), headers={"ETag": tag})

    def rss(self, number: int, entries: int) -> bytes:
        items = "".join(
            f"<item><title>Report {number}-{n}</title><link>http://a.test/{number}-{n}</link><guid>{number}-{n}</guid>"
            f"<description>{escape(story(number, n))}</description><pubDate>Tue, 10 Mar 2026 08:00:00 GMT</pubDate></item>"
            for n in range(entries)
        )
        return f"<rss version='2.0'><channel><title>Wire {number}</title>{items}</channel></rss>".encode()

    def answer(self, status: int, body: bytes = b"", *, headers: dict[str, str] | None = None, length: int | None = None) -> None:
        try:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the watch was killed while it read

    def log_message(self, *_: object) -> None:
        pass


PLAIN = {
    "busy": (503, {"Retry-After": "1"}, b""),
    "too many": (429, {}, b""),
    "empty": (200, {}, b""),
    "html": (200, {}, b"<html><body>Error establishing a database connection</body></html>"),
}
TURNS = ("well",) * 8 + (
    "slow", "busy", "too many", "garbage", "empty", "html", "cut", "hang up", "short", "loop", "moved",
)  # fmt: skip


def story(number: int, entry: int) -> str:
    return f"The envoy of Qatar met side-{number}-{entry} in hall {entry} <b>today</b> & spoke of {entry * 7 + number} things."


class World:
    """What all servers share: what was published and what was posted; `calm` when nothing fails any more."""

    def __init__(self) -> None:
        self.lock, self.chance, self.calm = threading.Lock(), random.Random(SEED), False
        self.published: Counter[int] = Counter()
        self.posted: list[tuple[str, bool, bytes]] = []
        self.ports: list[int] = []


@pytest.fixture
def publisher() -> Iterator[World]:
    world = World()
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Publisher,), {"world": world})) for _ in range(4)]
    for server in servers:
        server.daemon_threads = True
        world.ports.append(server.server_port)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield world
    for server in servers:
        server.shutdown()
        server.server_close()


def plan(folder: Path, ports: list[int]) -> None:
    feeds = "".join(f'[[feed]]\nurl = "http://127.0.0.1:{ports[n % 4]}/feed/{n}"\nname = "wire-{n}"\n' for n in range(FEEDS + 1))
    (folder / "feeds.toml").write_text(
        f"[watch]\nevery = 0.4\nlongest_wait = 1.5\nsettle = 1.0\n{feeds}"
        f'[channel.atom]\ntype = "atom"\nfile = "{folder}/alerts.xml"\nkeep = 5000\n'
        f'[channel.hook]\ntype = "webhook"\nurl = "http://127.0.0.1:{ports[0]}/hook"\n'
        'secret_variable = "HOOK"\nallow_private = true\n'
        '[[alert]]\nid = "gaza"\ndossier = ["gaza"]\nto = ["atom", "hook"]\n'
    )
    (folder / "dragoman.toml").write_text("[fetch]\nallow_private = true\ndelay = 0.0\ntimeout = 5.0\n")
    (folder / "made_up_coder.py").write_text(CODER)


def start(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A watch that has begun, or ended."""
    environment = os.environ | {"HOOK": "whsec_" + "c2VjcmV0" * 6, "OMP_NUM_THREADS": "1"}
    before = begun(folder)
    with (folder / "log.jsonl").open("ab") as log:
        command = [sys.executable, "-c", WATCH, str(folder), "watch", *options, "feeds.toml"]
        process = subprocess.Popen(command, cwd=folder, env=environment, stderr=log)
    while begun(folder) == before and process.poll() is None:
        time.sleep(0.1)
    return process


def begun(folder: Path) -> int:
    """How many watches have begun."""
    return (folder / "log.jsonl").read_text().count('"watch.started"') if (folder / "log.jsonl").exists() else 0


def memory(process: subprocess.Popen[bytes]) -> int:
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) if "VmHWM:" in status else 0


def test_a_watch_over_everything_that_can_go_wrong(publisher: World, tmp_path: Path) -> None:
    plan(tmp_path, publisher.ports)
    chance = random.Random(SEED)
    ends = time.monotonic() + SECONDS
    peak, kills, stops = 0, 0, 0
    while time.monotonic() < ends:
        process = start(tmp_path)
        time.sleep(chance.uniform(2.0, max(3.0, SECONDS / 4)))
        peak = max(peak, memory(process))
        if chance.random() < 0.7:
            process.kill()
            process.wait()
            kills += 1
        else:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0, (tmp_path / "log.jsonl").read_text()[-3000:]
            stops += 1
    publisher.calm = True
    settle(tmp_path)
    assert peak < MEMORY_KB
    check_documents(publisher, tmp_path)
    check_alerts(publisher, tmp_path)
    check_log(tmp_path)
    entries = sum(publisher.published.values())
    print(f"{entries} entries, {kills} kills, {stops} stops, peak {peak / 1024:.0f} MB, {len(publisher.posted)} posts")


def settle(folder: Path) -> None:
    """Calm: ask until every feed was read and nothing waits, as cron would."""
    for _ in range(12):
        time.sleep(2.0)
        assert start(folder, "--once").wait(timeout=120) == 0, (folder / "log.jsonl").read_text()[-3000:]
        log = SqlWatchLog(folder / "dragoman.db")
        feeds, waiting, boxes = log.feeds(), log.waiting_count(), log.outboxes()
        log.close()
        well = all(
            one.state is not FeedState.FAILING and one.failures == 0
            for url, one in feeds.items()
            if not url.endswith(f"/{FEEDS}")
        )
        if well and waiting == 0 and not any(box.pending for box in boxes):
            return
    pytest.fail(f"the watch never came to rest: {feeds} {waiting} {boxes}")


def check_documents(publisher: World, folder: Path) -> None:
    expected = {f"side-{number}-{n}" for number, count in publisher.published.items() for n in range(count) if number < FEEDS}
    with open_store(folder / "dragoman.db") as store:
        texts = [one.text for one in store.documents()]
    assert not [text for text in texts if "side-" not in text], "half an entry was stored"
    found = Counter(next(word for word in text.split() if word.startswith("side-")) for text in texts)
    assert expected
    assert set(found) == expected, "an entry was lost"
    assert set(found.values()) == {1}, "an entry is there twice"


def check_alerts(publisher: World, folder: Path) -> None:
    """Once in the Atom file; on the wire at least once, and once for a receiver that drops keys it has seen."""
    atom = Counter(part[:17] for part in (folder / "alerts.xml").read_text().split("<id>urn:dragoman:alert:")[1:])
    taken = Counter(key for key, well, _ in publisher.posted if well)
    assert set(atom.values()) == {1}
    assert set(taken) == set(atom)
    raised = Counter(
        json.loads(body)["headline"] for key, body in {key: body for key, well, body in publisher.posted if well}.items()
    )
    assert set(raised.values()) == {1}, "one event, two alerts"


def check_log(folder: Path) -> None:
    """Every line of the log is JSON but for what a kill cut off."""
    lines = (folder / "log.jsonl").read_text().splitlines()
    broken = [line for line in lines if not line.startswith("{")]
    assert not [line for line in broken if "Traceback" in line], broken
    assert {json.loads(line)["event"] for line in lines if line.startswith("{") and line.endswith("}")} >= {
        "feed.failed",
        "feed.read",
    }
