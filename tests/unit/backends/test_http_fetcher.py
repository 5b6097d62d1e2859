"""The fetcher against a server of our own on the loopback address."""

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dragoman.backends.http_fetcher import FetchLimits, HttpFetcher
from dragoman.backends.page_cache import PageCache
from dragoman.core.errors import FetchError

Answer = tuple[int, dict[str, str], bytes]
ALL_OPEN: Answer = (404, {}, b"")


class Site:
    """What the server answers, by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[dict[str, str]], Answer]] = {"/robots.txt": ALL_OPEN}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.address = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.casefold(): value for name, value in self.headers.items()}
            site.asked.append((self.path, headers))
            answer = site.answers.get(self.path, (404, {}, b"gone"))
            status, extra, body = answer(headers) if callable(answer) else answer
            self.send_response(status)
            for name, value in extra.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Clients that went away are part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


class Hours:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def fetcher(hours: Hours) -> Iterator[HttpFetcher]:
    with HttpFetcher(allow_private=True, sleep=hours.sleep, clock=hours.clock, contact="desk@example.org") as fetcher:
        yield fetcher


def code_of(fetcher: HttpFetcher, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    return caught.value.code


def test_fetch_gives_body_type_charset_and_validators(site: Site, fetcher: HttpFetcher) -> None:
    headers = {"Content-Type": "text/html; charset=iso-8859-9", "ETag": '"a1"', "Last-Modified": "Thu, 02 May 2024 10:00:00 GMT"}
    site.answers["/page"] = (200, headers, b"<p>Hello</p>")
    page = fetcher.fetch(f"{site.address}/page#part")
    assert page.body == b"<p>Hello</p>"
    assert (page.charset, page.etag, page.url) == ("iso-8859-9", '"a1"', f"{site.address}/page")
    assert site.asked[-1][1]["user-agent"].startswith("dragoman/")
    assert "desk@example.org" in site.asked[-1][1]["user-agent"]


def test_gzip_is_unpacked(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/page"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"words " * 100))
    assert fetcher.fetch(f"{site.address}/page").body == b"words " * 100


def test_conditional_get(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/page"] = lambda asked: (304, {}, b"") if asked.get("if-none-match") == '"a1"' else (200, {}, b"new")
    same = fetcher.fetch(f"{site.address}/page", etag='"a1"')
    assert same.not_modified
    assert same.body == b""
    assert fetcher.fetch(f"{site.address}/page", etag='"other"').body == b"new"


def test_cache_asks_whether_the_page_changed(site: Site, hours: Hours, tmp_path) -> None:
    site.answers["/page"] = lambda asked: (304, {}, b"") if "if-none-match" in asked else (200, {"ETag": '"a1"'}, b"first")
    for _ in range(2):
        with HttpFetcher(allow_private=True, cache=PageCache(tmp_path / "pages"), sleep=hours.sleep) as fetcher:
            page = fetcher.fetch(f"{site.address}/page")
            assert (page.body, page.not_modified) == (b"first", False)
    assert "if-none-match" in site.asked[-1][1]


def test_damaged_cache_file_is_passed_over(site: Site, hours: Hours, tmp_path) -> None:
    site.answers["/page"] = (200, {"ETag": '"a1"'}, b"first")
    cache = PageCache(tmp_path)
    with HttpFetcher(allow_private=True, cache=cache, sleep=hours.sleep) as fetcher:
        fetcher.fetch(f"{site.address}/page")
        for path in tmp_path.iterdir():
            path.write_bytes(b"\xff")
        assert fetcher.fetch(f"{site.address}/page").body == b"first"


def test_robots_are_obeyed_and_read_once(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /closed\n")
    site.answers["/open"] = (200, {}, b"yes")
    assert code_of(fetcher, f"{site.address}/closed/page") == "robots"
    assert fetcher.fetch(f"{site.address}/open").body == b"yes"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open"]


def test_robots_can_be_switched_off(site: Site, hours: Hours) -> None:
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    site.answers["/page"] = (200, {}, b"yes")
    with HttpFetcher(allow_private=True, respect_robots=False, sleep=hours.sleep) as fetcher:
        assert fetcher.fetch(f"{site.address}/page").body == b"yes"


def test_a_site_whose_robots_file_fails_is_left_alone(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/robots.txt"] = (503, {}, b"")
    site.answers["/page"] = (200, {}, b"yes")
    assert code_of(fetcher, f"{site.address}/page") == "http-503"
    assert site.paths() == []


def test_pause_between_requests_to_one_host(site: Site, hours: Hours, fetcher: HttpFetcher) -> None:
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    site.answers["/page"] = (200, {}, b"yes")
    fetcher.fetch(f"{site.address}/page")
    fetcher.fetch(f"{site.address}/page")
    assert hours.slept == [7.0, 7.0]


def test_redirects_are_followed_with_the_final_address(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/old"] = (301, {"Location": "/new"}, b"")
    site.answers["/new"] = (200, {}, b"here")
    page = fetcher.fetch(f"{site.address}/old")
    assert (page.url, page.body) == (f"{site.address}/new", b"here")


def test_redirect_loop(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/a"] = (302, {"Location": "/b"}, b"")
    site.answers["/b"] = (302, {"Location": "/a"}, b"")
    assert code_of(fetcher, f"{site.address}/a") == "redirects"


def test_endless_redirects(site: Site, fetcher: HttpFetcher) -> None:
    for number in range(20):
        site.answers[f"/{number}"] = (302, {"Location": f"/{number + 1}"}, b"")
    assert code_of(fetcher, f"{site.address}/0") == "redirects"
    assert len(site.paths()) <= 7


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "gopher://example.org"])
def test_redirect_to_another_scheme(site: Site, fetcher: HttpFetcher, target: str) -> None:
    site.answers["/a"] = (302, {"Location": target}, b"")
    assert code_of(fetcher, f"{site.address}/a") == "bad-address"


def test_retry_after_is_honoured(site: Site, hours: Hours, fetcher: HttpFetcher) -> None:
    answers = iter([(429, {"Retry-After": "9"}, b""), (503, {}, b""), (200, {}, b"at last")])
    site.answers["/page"] = lambda _: next(answers)
    assert fetcher.fetch(f"{site.address}/page").body == b"at last"
    assert 9.0 in hours.slept


def test_too_long_a_retry_after_ends_the_fetch(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/page"] = (429, {"Retry-After": "86400"}, b"")
    assert code_of(fetcher, f"{site.address}/page") == "busy"
    assert len(site.paths()) == 1


def test_retries_end(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/page"] = (500, {}, b"")
    assert code_of(fetcher, f"{site.address}/page") == "http-500"
    assert len(site.paths()) == 4


def test_client_errors_are_not_retried(site: Site, fetcher: HttpFetcher) -> None:
    assert code_of(fetcher, f"{site.address}/nowhere") == "http-404"
    assert len(site.paths()) == 1


def test_size_limit(site: Site, hours: Hours) -> None:
    site.answers["/page"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 2_000_000))
    with HttpFetcher(allow_private=True, limits=FetchLimits(size=1_000_000), sleep=hours.sleep) as fetcher:
        assert code_of(fetcher, f"{site.address}/page") == "too-large"


def test_an_encoding_that_was_not_asked_for(site: Site, fetcher: HttpFetcher) -> None:
    site.answers["/page"] = (200, {"Content-Encoding": "zstd"}, b"\x28\xb5\x2f\xfd")
    assert code_of(fetcher, f"{site.address}/page") == "unreachable"


def test_dripping_server_runs_out_of_time(site: Site, hours: Hours) -> None:
    held = threading.Event()

    def slowly(_: dict[str, str]) -> Answer:
        held.wait(5)
        return 200, {}, b"late"

    site.answers["/page"] = slowly
    limits = FetchLimits(total_seconds=0.2, attempts=1)
    with HttpFetcher(allow_private=True, limits=limits, sleep=hours.sleep) as fetcher:
        assert code_of(fetcher, f"{site.address}/page") == "timeout"
    held.set()


def test_unreachable_is_retried_then_reported(hours: Hours, fetcher: HttpFetcher) -> None:
    assert code_of(fetcher, "http://127.0.0.1:1/page") == "unreachable"
    assert len(hours.slept) >= 3


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "mailto:x@example.org", "http://user:secret@127.0.0.1/", "http://127.0.0.1:99999/"]
)
def test_bad_addresses(fetcher: HttpFetcher, url: str) -> None:
    assert code_of(fetcher, url) == "bad-address"


def test_a_password_is_not_repeated_in_the_message(fetcher: HttpFetcher) -> None:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch("http://user:secret@127.0.0.1/")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0"]
)
def test_private_addresses_are_refused_by_default(site: Site, host: str) -> None:
    port = site.address.rpartition(":")[2]
    with HttpFetcher(sleep=lambda _: None) as fetcher:
        assert code_of(fetcher, f"http://{host}:{port}/") == "private-address"
    assert site.asked == []
