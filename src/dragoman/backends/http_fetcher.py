"""`Fetcher` over HTTP: public addresses only, robots.txt obeyed, a pause between requests to one host, limits on everything."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec
from protego import Protego
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from dragoman.backends.page_cache import PageCache
from dragoman.backends.public_network import PrivateAddressError, polite_transport
from dragoman.core.errors import FetchError
from dragoman.core.ports import Fetched

ROBOT = "dragoman"
"""The name that robots.txt files can address."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORTH_RETRYING = frozenset({408, 425, 429, 500, 502, 503, 504})
_READABLE_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_ROBOTS_BYTES = 512_000
"""What RFC 9309 asks to read of a robots.txt."""
_ROBOTS_SECONDS = 86_400.0
"""How long the rules of a site are taken to hold (RFC 9309 §2.4)."""
_SITES = 2_000
"""Sites whose rules and last requests are remembered; the one asked longest ago is forgotten first."""
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
_REMEDIES = {
    401: "it needs a log-in; save the page and read the file",
    403: "the site refuses programs; save the page and read the file",
    404: "check the address",
    410: "the page was taken down; look for an archived copy",
    451: "the page is withheld for legal reasons",
}


class FetchLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How much a fetch may take; times in seconds, sizes in bytes after decompression."""

    size: int = 20_000_000
    total_seconds: float = 120.0
    """One answer, from the request to its last byte."""
    idle_seconds: float = 20.0
    """Longest silence while connecting or reading."""
    redirects: int = 5
    attempts: int = 4
    delay: float = 1.0
    """Pause between two requests to one host; a longer Crawl-delay in robots.txt is kept up to `longest_wait`."""
    longest_wait: float = 60.0
    """Longest pause that a Retry-After or Crawl-delay can ask for; more than that is an error."""


class _RetryableError(FetchError):
    """A failure that may pass."""

    def __init__(self, message: str, code: str, after: float | None = None) -> None:
        super().__init__(message, code, after=after, passing=True)


class _Answer(msgspec.Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    body: bytes
    charset: str | None


class HttpFetcher:
    """Fetches http and https addresses one at a time; `Fetcher` of the core.

    Every hop of a redirect is checked like the first address. Addresses that do not resolve to public ones are refused when the
    connection is made (so a name that resolves differently the second time gains nothing), unless `allow_private`. Proxies and
    credentials of the environment are not used. `sleep` and `clock` are there for tests. Not for use by several threads.
    """

    def __init__(
        self,
        *,
        limits: FetchLimits | None = None,
        allow_private: bool = False,
        respect_robots: bool = True,
        contact: str | None = None,
        cache: PageCache | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or FetchLimits()
        self._respect_robots = respect_robots
        self._cache = cache
        self._sleep = sleep
        self._clock = clock
        self._robots: dict[str, tuple[float, Protego]] = {}
        self._last_request: dict[str, float] = {}
        agent = f"{ROBOT}/{version(ROBOT)}" + (f" (+{contact})" if contact else "")
        self._client = httpx.Client(
            transport=polite_transport(allow_private=allow_private, total_seconds=self._limits.total_seconds),
            headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
            timeout=self._limits.idle_seconds,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close open connections."""
        self._client.close()

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Get one address after redirects; FetchError says what went wrong, its `code` which problem to report.

        With validators of an earlier fetch, `not_modified` comes back with an empty body when nothing has changed. Without them
        and with a cache, the site is asked whether the kept page has changed, and the kept page comes back if it has not.
        """
        kept = self._cache.get(url) if self._cache and not (etag or last_modified) else None
        if kept is None:
            return self._keep(url, self._fetch(url, etag, last_modified))
        fresh = self._fetch(url, kept.etag, kept.last_modified)
        return kept if fresh.not_modified else self._keep(url, fresh)

    def _keep(self, url: str, page: Fetched) -> Fetched:
        if self._cache and not page.not_modified:
            self._cache.put(url, page)
        return page

    def _fetch(self, url: str, etag: str | None, last_modified: str | None) -> Fetched:
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in validators.items() if value}
        final, answer = self._follow(url, headers)
        if answer.status == 304:
            return Fetched(url=final, body=b"", etag=etag, last_modified=last_modified, not_modified=True)
        if answer.status != 200:
            remedy = _REMEDIES.get(answer.status, "try again later")
            raise FetchError(f"{final} answered with HTTP status {answer.status}: {remedy}", f"http-{answer.status}")
        return Fetched(
            url=final,
            body=answer.body,
            content_type=answer.headers.get("content-type"),
            charset=answer.charset,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )

    def _follow(self, url: str, headers: Mapping[str, str], *, is_robots: bool = False) -> tuple[str, _Answer]:
        """Request an address and where it redirects to, each hop checked by itself."""
        seen: set[str] = set()
        current = _checked_address(url)
        limit = _ROBOTS_BYTES if is_robots else self._limits.size
        while True:
            if current in seen or len(seen) > self._limits.redirects:
                what = "in a circle" if current in seen else f"more than {self._limits.redirects} times"
                raise FetchError(f"{url} redirects {what}, at last to {current}; check the address in a browser", "redirects")
            seen.add(current)
            if self._respect_robots and not is_robots:
                self._check_robots(current)
            answer = self._retried(current, headers, limit)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return current, answer
            current = _checked_address(urljoin(current, target))

    def _retried(self, url: str, headers: Mapping[str, str], limit: int) -> _Answer:
        retrying = Retrying(
            stop=stop_after_attempt(self._limits.attempts),
            wait=self._wait_before_retry,
            retry=retry_if_exception_type(_RetryableError),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._request, url, headers, limit)

    def _wait_before_retry(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.after if isinstance(error, _RetryableError) else None
        return (
            asked if asked is not None else float(wait_random_exponential(multiplier=1, max=self._limits.longest_wait / 2)(state))
        )

    def _request(self, url: str, headers: Mapping[str, str], limit: int) -> _Answer:
        self._pause(url)
        started = self._clock()
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                self._check_status(url, response)
                body = self._body(url, response, limit, started)
                return _Answer(response.status_code, dict(response.headers), body, response.charset_encoding)
        except (PrivateAddressError, httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._failure(url, error, started) from error
        finally:
            self._note_request(_origin(url))

    def _note_request(self, origin: str) -> None:
        self._last_request.pop(origin, None)
        self._last_request[origin] = self._clock()
        if len(self._last_request) > _SITES:
            oldest = next(iter(self._last_request))
            del self._last_request[oldest]
            self._robots.pop(oldest, None)

    def _failure(self, url: str, error: Exception, started: float) -> FetchError:
        if isinstance(error, PrivateAddressError):
            return FetchError(
                f"{url} is not on the public network ({error}); give --allow-private to fetch it", "private-address"
            )
        if isinstance(error, httpx.TimeoutException) and self._clock() - started >= self._limits.total_seconds:
            return self._too_slow(url)
        if isinstance(error, httpx.TimeoutException):
            return _RetryableError(f"{url} did not answer within {self._limits.idle_seconds:g} s; try again later", "timeout")
        if isinstance(error, httpx.TransportError):
            return _RetryableError(f"{url} cannot be reached: {error}; check the address and the connection", "unreachable")
        return FetchError(f"{url} cannot be read: {error}; save the page and read the file", "unreachable")

    def _too_slow(self, url: str) -> FetchError:
        what = f"{url} takes longer than {self._limits.total_seconds:g} s; try again later"
        return FetchError(what, "timeout", passing=True)

    def _check_status(self, url: str, response: httpx.Response) -> None:
        if response.status_code not in _WORTH_RETRYING:
            return
        after = retry_after(response.headers.get("retry-after"))
        message = f"{url} answered with HTTP status {response.status_code}; try again later"
        if after is not None and after > self._limits.longest_wait:
            what = f"{url} asks to wait {after:.0f} s (HTTP status {response.status_code}); try again then"
            raise FetchError(what, "busy", after=after, passing=True)
        raise _RetryableError(message, "busy" if response.status_code == 429 else f"http-{response.status_code}", after)

    def _body(self, url: str, response: httpx.Response, limit: int, started: float) -> bytes:
        encoding = response.headers.get("content-encoding", "").strip().casefold()
        if encoding not in _READABLE_ENCODINGS:
            raise FetchError(f"{url} came in the encoding {encoding!r} that was not asked for", "unreachable")
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > limit:
                raise FetchError(
                    f"{url} is larger than {limit:,} bytes; save it and read the file, or raise the limit", "too-large"
                )
            if self._clock() - started > self._limits.total_seconds:
                raise self._too_slow(url)
            chunks.append(chunk)
        return b"".join(chunks)

    def _pause(self, url: str) -> None:
        origin = _origin(url)
        if origin not in self._last_request:
            return
        rules = self._robots.get(origin)
        asked = rules[1].crawl_delay(ROBOT) if rules else None
        delay = min(max(self._limits.delay, asked or 0.0), self._limits.longest_wait)
        remaining = self._last_request[origin] + delay - self._clock()
        if remaining > 0:
            self._sleep(remaining)

    def _check_robots(self, url: str) -> None:
        origin = _origin(url)
        known = self._robots.get(origin)
        if known is None or self._clock() - known[0] > _ROBOTS_SECONDS:
            known = self._robots[origin] = (self._clock(), self._read_robots(origin))
        if not known[1].can_fetch(url, ROBOT):
            raise FetchError(f"{url} is closed to programs by {origin}/robots.txt; save the page and read the file", "robots")

    def _read_robots(self, origin: str) -> Protego:
        """The rules of a site; none where it has no robots.txt (RFC 9309 §2.3.1.3), and no fetching at all where it fails."""
        try:
            _, answer = self._follow(f"{origin}/robots.txt", {}, is_robots=True)
        except FetchError as error:
            if error.code not in {"redirects", "bad-address"}:
                raise
            return Protego.parse("")
        return Protego.parse(answer.body.decode("utf-8", "replace") if answer.status == 200 else "")


def _checked_address(url: str) -> str:
    """The address without fragment; FetchError unless it is http(s) with a host and without a password in it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url} is no address that can be read: {error}", "bad-address") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError(f"{url} is no http or https address", "bad-address")
    if parts.username or parts.password:
        raise FetchError(
            f"the address at {host}{f':{port}' if port else ''} carries a user name or password; leave it out", "bad-address"
        )
    return parts._replace(fragment="").geturl()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or as a date."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
