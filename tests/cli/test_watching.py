"""watch, watch status, watch check: what they say and return."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.backends.sql_watch import SqlWatchLog

RSS = b"""<rss version='2.0'><channel><title>Wire</title><item><title>Talks</title><link>http://127.0.0.1/x</link>
<description>Majed Ansari met a Hamas delegation in Doha, and the envoys said that there was much left to be done.</description>
<pubDate>Tue, 10 Mar 2026 08:00:00 GMT</pubDate></item></channel></rss>"""

PLAN = """
[watch]
settle = 0
[[feed]]
url = "{url}"
[channel.desk]
type = "atom"
file = "alerts.xml"
[[alert]]
id = "gaza"
dossier = ["gaza"]
to = ["desk"]
"""


class Wire(http.server.BaseHTTPRequestHandler):
    """One feed, and nothing else."""

    def do_GET(self) -> None:
        found = self.path == "/feed"
        self.send_response(200 if found else 404)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(RSS) if found else 0))
        self.end_headers()
        self.wfile.write(RSS if found else b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def wire(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    (folder / "dragoman.toml").write_text("[fetch]\nallow_private = true\ndelay = 0\n")
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_watches_once_and_tells(dragoman, folder: Path, wire: str) -> None:
    (folder / "feeds.toml").write_text(PLAN.format(url=f"{wire}/feed"))
    assert dragoman("watch", "check", "feeds.toml").exit_code == 0
    first = dragoman("watch", "--once", "feeds.toml")
    assert first.exit_code == 0, first.output
    said = [json.loads(line)["event"] for line in first.stderr.splitlines()]
    assert {"watch.started", "feed.read", "documents.stored", "alert.raised", "alert.sent", "watch.stopped"} <= set(said)
    assert "<title>Majed Ansari" in (folder / "alerts.xml").read_text()
    shown = dragoman("watch", "status")
    assert shown.exit_code == 0
    assert "well" in shown.stdout
    status = json.loads(dragoman("watch", "status", "--json").stdout)
    assert (status["waiting"], status["feeds"][0]["entries"], status["outboxes"][0]["sent"]) == (0, 1, 1)
    assert "0 alerts will be sent again" in dragoman("watch", "retry").stdout
    again = dragoman("watch", "feeds.toml", "--once")
    assert "alert.raised" not in again.stderr


def test_a_failing_feed_shows(dragoman, folder: Path, wire: str) -> None:
    (folder / "feeds.toml").write_text(PLAN.format(url=f"{wire}/nothing"))
    assert dragoman("watch", "--once", "feeds.toml").exit_code == 0
    shown = dragoman("watch", "status")
    assert shown.exit_code == 1
    assert "404" in shown.stdout


def test_two_watches_for_one_store_are_one_too_many(dragoman, folder: Path, wire: str) -> None:
    (folder / "feeds.toml").write_text(PLAN.format(url=f"{wire}/feed"))
    holder = SqlWatchLog(folder / "dragoman.db")
    holder.hold()
    result = dragoman("watch", "--once", "feeds.toml")
    holder.close()
    assert result.exit_code == 4
    assert "another process watches" in result.stderr


def test_status_without_a_store_says_what_to_do(dragoman) -> None:
    result = dragoman("watch", "status")
    assert result.exit_code == 4
    assert "dragoman watch FEEDS.toml" in result.stderr


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        ("", "there is no [[feed]]"),
        ("[[feed]]\nurl = 'file:///etc/passwd'\n", "is no http or https address"),
        ("[[feed]]\nurl = 'http://me:secret@host/'\n", "carries a user name or password"),
        ("[[feed]]\nurl = 'http://host/'\n[[feed]]\nurl = 'http://host/'\n", "stands there 2 times"),
        ("[[feed]]\nurl = 'http://host/'\nevery = 5\n", "leave the site at least 60 s"),
        ("[[feed]]\nurl = 'http://host/'\n[[alert]]\nid = 'a'\nto = ['x']\n", "there is no [channel.x]"),
        (
            "[[feed]]\nurl = 'http://host/'\n[[alert]]\nid = 'a'\nto = []\ndossier = ['nowhere']\n",
            "there is no dossier 'nowhere'",
        ),
        (
            "[[feed]]\nurl = 'http://host/'\n[[alert]]\nid = 'a'\nto = []\nactor = ['Ruritania']\n",
            "no actor is known as 'Ruritania'",
        ),
        ("[channel.m]\ntype = 'mail'\nhost = 'h'\nsender = 'me'\nrecipients = ['a@b']\n", "'me' is no mail address"),
        ("[channel.m]\ntype = 'mail'\nhost = 'h'\nsender = 'a@b'\nrecipients = ['a@b']\nuser = 'u'\n", "password_variable"),
        ("[channel.w]\ntype = 'webhook'\nurl = 'http://h/'\nsecret_variable = 'NOT_SET'\n", "posts without encryption"),
        ("[channel.w]\ntype = 'webhook'\nurl = 'https://h/'\nsecret_variable = 'NOT_SET'\n", "the variable NOT_SET is not set"),
        ("[channel.a]\ntype = 'atom'\nfile = 'nowhere/x.xml'\n", "cannot be written"),
        ("[[feed]]\nurl = 'http://host/'\nevry = 5\n", "unknown field `evry`"),
        ("[[alert]]\nid = 'a'\nto = []\nrole = ['king']\n", "Invalid enum value 'king'"),
        ("[[feed]\n", "not valid TOML"),
    ],
)
def test_faults_of_a_plan_are_named(dragoman, folder: Path, plan: str, fault: str) -> None:
    (folder / "feeds.toml").write_text(plan)
    result = dragoman("watch", "check", "feeds.toml")
    assert result.exit_code == 3
    assert fault in result.stderr
    assert dragoman("watch", "--once", "feeds.toml").exit_code == 3
