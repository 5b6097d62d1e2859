"""The main job from end to end, over the command line: files and addresses in, rows and briefs out."""

import json
import lzma
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ENGLISH = (
    "The envoy Majed Ansari met a Hamas delegation in Doha on Monday and the two sides went through the text line by line.\n"
    "Talks will go on next week, and the mediators think that an agreement is within reach before the summer.\n"
    "Diplomats in the building described the mood as sober but businesslike, and journalists waited outside in the rain."
)
PAGE = (
    "<html><head><title>{0}</title></head><body><nav>Skip to main content</nav><article><h1>{0}</h1><p>{1}</p></article></html>"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>
<item><title>One</title><link>/one</link><description>Short.</description></item>
<item><title>Closed</title><link>closed/two</link><description>Short too.</description></item></channel></rss>"""


class Site(BaseHTTPRequestHandler):
    """Two pages, a feed with relative links, a closed corner and a circle."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("If-None-Match")))
        answers = {
            "/robots.txt": ("text/plain", "User-agent: *\nDisallow: /closed/\n"),
            "/one": ("text/html", PAGE.format("One", ENGLISH)),
            "/feed.xml": ("application/rss+xml", FEED),
            "/no-feed.xml": ("application/rss+xml", "this is { no XML"),
        }
        if self.headers.get("If-None-Match"):
            self._answer(304)
        elif self.path.startswith("/circle"):
            self._answer(302, Location="/circle2" if self.path == "/circle" else "/circle")
        elif self.path in answers:
            kind, text = answers[self.path]
            self._answer(200, text, **{"Content-Type": kind, "ETag": '"1"'})
        else:
            self._answer(404)

    def _answer(self, status: int, text: str = "", **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": f"{len(body)}"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch) -> Iterator[ThreadingHTTPServer]:
    monkeypatch.setenv("DRAGOMAN_FETCH_DELAY", "0")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}{path}"


def report(result) -> dict:
    return json.loads(result.stdout)


def test_this_machine_is_fetched_from_only_when_allowed(dragoman, site) -> None:
    refused = dragoman("run", address(site, "/one"))
    assert refused.exit_code == 5
    assert "--allow-private" in refused.stderr
    assert site.asked == []
    assert report(dragoman("run", "--allow-private", address(site, "/one"), "--json"))["new"] == 1


def test_a_second_run_asks_only_whether_a_page_has_changed(dragoman, site, folder) -> None:
    call = ("run", "--allow-private", address(site, "/one"), "--json")
    assert report(dragoman(*call))["new"] == 1
    again = report(dragoman(*call))
    assert (again["new"], again["known"]) == (0, 1)
    assert [asked for asked in site.asked if asked[0] == "/one"] == [("/one", None), ("/one", '"1"')]
    dragoman(*call, "--no-cache")
    assert site.asked[-1] == ("/one", None)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder / "cache" / "pages").iterdir())


def test_pages_are_fetched_even_where_none_can_be_kept(dragoman, site, folder, monkeypatch) -> None:
    (folder / "file").write_text("no folder")
    monkeypatch.setenv("DRAGOMAN_FETCH_CACHE_FOLDER", str(folder / "file"))
    assert report(dragoman("run", "--allow-private", address(site, "/one"), "--json"))["new"] == 1


def test_links_of_a_feed_start_from_the_feed_and_closed_corners_stay_closed(dragoman, site) -> None:
    result = dragoman("run", "--allow-private", "--follow-links", address(site, "/feed.xml"), "--json")
    assert [problem["code"] for problem in report(result)["problems"]] == ["robots", "undated"]
    assert report(result)["claims"] == {"engagement": 1}
    rows = json.loads(dragoman("contacts", "--json").stdout)["rows"]
    assert rows[0]["url"] == address(site, "/one")


def test_bad_addresses_are_named_with_their_reason(dragoman, site) -> None:
    paths = [address(site, path) for path in ("/circle", "/no-feed.xml", "/gone")]
    result = dragoman("run", "--allow-private", *paths, "ftp://example.org/x", "--json")
    assert result.exit_code == 7
    codes = [problem["code"] for problem in report(result)["problems"]]
    assert codes == ["redirects", "not-a-feed", "http-404", "bad-address"]


def test_a_date_learnt_later_is_used(dragoman, folder) -> None:
    (folder / "a.txt").write_text(ENGLISH)
    dragoman("run", "a.txt")
    assert json.loads(dragoman("contacts", "--json").stdout)["rows"][0]["published"] is None
    later = report(dragoman("run", "a.txt", "--published", "2024-05-07", "--json"))
    assert (later["new"], later["coded"]) == (0, 1)
    assert json.loads(dragoman("contacts", "--json").stdout)["rows"][0]["published"] == "2024-05-07"
    assert report(dragoman("run", "a.txt", "--published", "2024-05-07", "--json"))["coded"] == 0


def test_near_copies_are_reprints_and_one_event(dragoman, folder) -> None:
    for name, text in {"a.txt": ENGLISH, "b.txt": ENGLISH + " One more line of the second paper.\n"}.items():
        (folder / name).write_text(text)
    assert report(dragoman("run", "a.txt", "b.txt", "--published", "2024-05-07", "--json"))["reprints"] == 1
    assert report(dragoman("resolve", "--json"))["events"] == 1


def test_a_folder_of_mixed_formats_is_read_whole(dragoman, folder) -> None:
    mixed = folder / "mixed"
    mixed.mkdir()
    texts = [ENGLISH.replace("Doha", place) for place in ("Oslo", "Cairo", "Muscat", "Geneva", "Amman")]
    (mixed / "a.txt").write_text(texts[0])
    (mixed / "b.md").write_text(f"---\ndate: 2024-05-06\n---\n# Report\n\n{texts[1]}\n")
    (mixed / "c.html").write_text(PAGE.format("Page", texts[2]))
    (mixed / "d.jsonl.xz").write_bytes(lzma.compress(json.dumps({"id": "d", "text": texts[3]}).encode()))
    (mixed / "e.csv").write_text(f'id,text\n5,"{texts[4]}"\n')
    (mixed / "f.eml").write_text(f"Subject: Readout\nDate: Mon, 06 May 2024 10:00:00 +0000\n\n{ENGLISH}\n")
    kept = report(dragoman("ingest", "mixed", "--json"))
    assert (kept["new"], kept["coded"]) == (6, 0)
    assert report(dragoman("run", "mixed", "--json"))["coded"] == 6
    assert report(dragoman("run", "mixed/*.txt", "--json"))["known"] == 1


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_whole_texts_leave_only_where_the_licence_or_the_user_allows_it(dragoman, folder, form) -> None:
    tail = "\nNothing was signed. The hosts served lunch. Guests left early. The end of the {} one."
    rows = [
        {"id": licence, "licence": licence, "text": ENGLISH.replace("Doha", name) + tail.format(name)}
        for licence, name in (("CC BY 4.0", "Open"), ("all rights reserved", "Closed"))
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    dragoman("run", "in.jsonl")

    def shown(*options: str) -> str:
        if form == "html":
            dragoman("brief", *options, "--out", "b.html")
            return (folder / "b.html").read_text()
        return dragoman("contacts", *options, "--format", form).stdout

    assert "end of the Open one" in shown()
    assert "end of the Closed one" not in shown()
    assert "end of the Closed one" in shown("--full-text")


def test_an_empty_store_answers_everything(dragoman, folder) -> None:
    (folder / "empty.txt").write_text("")
    dragoman("ingest", "empty.txt")
    for verb in ("contacts", "statements", "offers", "violence", "sources", "resolve"):
        json.loads(dragoman(verb, "--json").stdout)
    assert dragoman("brief", "--out", "b.html").exit_code == 0
    assert dragoman("brief", "--out", "b.md").exit_code == 0


_FAKE = """
import sys; sys.path.insert(0, {tests!r})
import conftest; from dragoman.app import wiring
class Slow(conftest.FakeCoder):
    def code(self, documents):
        import time
        for coding in super().code(documents):
            time.sleep(0.01)
            yield coding
wiring.build_coder = lambda *_, **_named: Slow()
from dragoman.cli.main import main; main()
"""

pytestmark = pytest.mark.slow  # whole runs and processes of their own


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_keeps_what_it_did_and_goes_on(dragoman, folder, ending) -> None:
    rows = [{"id": f"{number}", "text": f"{ENGLISH} {number}"} for number in range(300)]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    script = _FAKE.format(tests=str(Path(__file__).parent))
    process = subprocess.Popen([sys.executable, "-c", script, "run", "in.jsonl"], stderr=subprocess.PIPE, env=os.environ)
    for _ in range(600):
        time.sleep(0.05)
        if stored_documents(folder) > 30:
            break
    process.send_signal(ending)
    _, said = process.communicate(timeout=60)
    kept = stored_documents(folder)
    assert 30 < kept < 300
    if ending is signal.SIGINT:
        assert process.returncode == 130
        assert b"goes on from there" in said
    again = report(dragoman("run", "in.jsonl", "--json"))
    assert (again["new"], again["known"]) == (300 - kept, kept)


def stored_documents(folder: Path) -> int:
    try:
        connection = sqlite3.connect(f"file:{folder / 'dragoman.db'}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.Error:
        return 0
