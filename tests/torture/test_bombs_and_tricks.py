"""Inputs made to exhaust the machine, and addresses made to lead the fetcher astray."""

import bz2
import gzip
import io
import lzma
import resource
import socket
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dragoman.backends import public_network
from dragoman.backends.http_fetcher import FetchLimits, HttpFetcher
from dragoman.core.claims import Problem
from dragoman.core.errors import FetchError
from dragoman.core.ports import Fetched
from dragoman.core.text import Document
from dragoman.ingest import IngestOptions, Limits, read_sources
from dragoman.ingest.entries import feed_entries

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="needs all of 127.0.0.0/8")]

SMALL = Limits(document=1_000_000, page=500_000, container=4_000_000, expansion_from=1_000_000)
ZEROS = b"0" * 30_000_000
MEMORY = 400_000_000
"""Bytes that reading one bomb may add to the memory of the process."""


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", ZEROS)
    return file.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(ZEROS),
    "xz": lambda: lzma.compress(ZEROS, preset=1),
    "bzip2": lambda: bz2.compress(ZEROS),
    "zstandard": lambda: zstd.compress(ZEROS),
    "gzip in gzip": lambda: gzip.compress(gzip.compress(ZEROS)),
    "zip": zipped,
    "deep markup": lambda: b"<html><body>" + b"<div>" * 90_000 + b"They met in Oslo." + b"</div>" * 90_000,
    "wide markup": lambda: b"<html><body>" + b"<p a=1 b=2>x</p>" * 60_000,
    "large page": lambda: b"<html><body><p>" + b"They met. " * 200_000,
    "one line": lambda: b'{"text": "' + b"a" * 2_000_000 + b'"}\n',
    "deep json": lambda: b"[" * 200_000 + b"]" * 200_000,
    "laughs": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 30) for n in range(9))
        + b']><rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'
    ),
    "outside entity": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<rss version="2.0"><channel><item><title>&x; in Oslo</title></item></channel></rss>'
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_in_words_and_in_bounded_memory(name: str) -> None:
    content = BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    options = IngestOptions(limits=SMALL)
    items = list(read_sources(["-"], options, fetcher=None, today=date(2026, 6, 1), stdin=io.BytesIO(content)))
    assert items
    problems = [one for one in items if isinstance(one, Problem)]
    assert all(one.what for one in problems)
    documents = [one for one in items if isinstance(one, Document)]
    assert all(len(one.text) <= 1_000_000 and "root:" not in one.text for one in documents)
    assert problems or documents
    if name in {"gzip", "xz", "bzip2", "zstandard", "large page", "one line"}:
        assert {one.code for one in problems} & {"too-large", "truncated"}, problems
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MEMORY


@pytest.mark.parametrize("name", ["laughs", "outside entity", "deep markup", "gzip"])
def test_bombs_as_feeds_end_in_words(name: str) -> None:
    entries, problems = feed_entries(Fetched(url="https://a.test/feed", body=BOMBS[name]()), IngestOptions(limits=SMALL))
    assert entries or problems
    assert all(len(entry.draft.text) < 1_000_000 and "root:" not in entry.draft.text for entry in entries)


class Trickster(BaseHTTPRequestHandler):
    """Redirects to what is asked for after /to/, keeps what was reached, and bombs."""

    def do_GET(self) -> None:
        self.server.reached.append((self.headers["Host"], self.path))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/bomb":
            content = gzip.compress(ZEROS)
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        else:
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def trickster(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """A server on 127.0.0.1, which alone is taken for public; every other address of this machine stays private."""
    judged = public_network.is_public
    monkeypatch.setattr(public_network, "is_public", lambda address: address == "127.0.0.1" or judged(address))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Trickster)
    private = ThreadingHTTPServer(("127.0.0.2", server.server_port), Trickster)
    server.reached = private.reached = []
    for one in (server, private):
        threading.Thread(target=one.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    for one in (server, private):
        one.shutdown()
        one.server_close()


def fetcher() -> HttpFetcher:
    return HttpFetcher(limits=FetchLimits(delay=0.0, attempts=1, size=2_000_000), sleep=lambda _: None)


TRICKS = (
    "http://127.0.0.2:{port}/secret",
    "//127.0.0.2:{port}/secret",
    "http://2130706434:{port}/secret",
    "http://0x7f000002:{port}/secret",
    "http://0177.0.0.2:{port}/secret",
    "http://127.2:{port}/secret",
    "http://[::ffff:127.0.0.2]:{port}/secret",
    "http://[::ffff:7f00:2]:{port}/secret",
    "http://[::1]:{port}/secret",
    "http://[64:ff9b::7f00:2]:{port}/secret",
    "http://0.0.0.0:{port}/secret",
    "http://localhost.localdomain@127.0.0.2:{port}/secret",
    "http://①②⑦.⓪.⓪.②:{port}/secret",
    "http://127.0.0.2\\@example.org:{port}/secret",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "gopher://127.0.0.2:{port}/secret",
    "ftp://127.0.0.2/secret",
    "data:text/plain,secret",
    "javascript:alert(1)",
    "http:///secret",
    "http://127.0.0.1:{port}\r\nX-Injected: 1/secret",
)


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("redirected", [False, True], ids=["straight", "redirected"])
def test_private_places_are_not_reached(trickster: ThreadingHTTPServer, trick: str, *, redirected: bool) -> None:
    port = trickster.server_port
    url = trick.format(port=port)
    if redirected:
        if "\r" in url or not url.isascii() or trick == "http:///secret":
            pytest.skip("no header can carry this, or it leads back to where it came from")
        url = f"http://127.0.0.1:{port}/to/{url}"
    with fetcher() as fetching, pytest.raises(FetchError):
        fetching.fetch(url)
    assert not [path for _, path in trickster.reached if path.endswith("/secret") and not path.startswith("/to/")]


def test_a_name_that_resolves_differently_the_second_time_gains_nothing(
    trickster: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, answers = socket.getaddrinfo, iter(["127.0.0.1", "127.0.0.2", "127.0.0.2", "127.0.0.2"])

    def rebinding(host: str, port: int, *args: object, **kinds: object) -> list[tuple[object, ...]]:
        return real(next(answers) if host == "rebind.test" else host, port, *args, **kinds)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with fetcher() as fetching, pytest.raises(FetchError):
        fetching.fetch(f"http://rebind.test:{trickster.server_port}/secret")
    assert [path for _, path in trickster.reached] == ["/robots.txt"]


def test_a_bomb_over_the_network_is_cut_off(trickster: ThreadingHTTPServer) -> None:
    with fetcher() as fetching, pytest.raises(FetchError, match="larger than 2,000,000 bytes"):
        fetching.fetch(f"http://127.0.0.1:{trickster.server_port}/bomb")
