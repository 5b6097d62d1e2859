"""Fetching for many feeds at a time: a few threads, each with a fetcher of its own, one host always through the same one."""

import logging
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Generic, TypeVar
from urllib.parse import urlsplit

import msgspec

from dragoman.core.errors import FetchError
from dragoman.core.ports import Fetched, Fetcher

_log = logging.getLogger(__name__)

What = TypeVar("What")
STOPPED = "stopped"
"""Code of requests that were given up because watching ends."""
_AT_ONCE = 2
"""Requests that a lane has in hand, the one it works on included: what waits in memory stays small."""
_GRACE = 3.0
"""Seconds that a request under way is given to end when watching ends; what it brings is not needed."""


class Task(msgspec.Struct, Generic[What], frozen=True):
    """One address to fetch, and what for."""

    what: What
    url: str
    etag: str | None = None
    last_modified: str | None = None


class Outcome(msgspec.Struct, Generic[What], frozen=True):
    """What came of a task: an answer or an error."""

    task: Task[What]
    seconds: float
    fetched: Fetched | None = None
    error: FetchError | None = None


def waiting_until(stop: Event) -> Callable[[float], None]:
    """A sleep for fetchers that ends with FetchError as soon as watching ends."""

    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise FetchError("given up: watching ends", STOPPED, passing=True)

    return sleep


class Lanes(Generic[What]):
    """Threads that fetch; the thread that made them gives tasks and takes outcomes."""

    def __init__(self, make_fetcher: Callable[[], AbstractContextManager[Fetcher]], lanes: int) -> None:
        self._make_fetcher = make_fetcher
        self._tasks: list[SimpleQueue[Task[What] | None]] = [SimpleQueue() for _ in range(lanes)]
        self._in_hand = [0] * lanes
        self._outcomes: SimpleQueue[Outcome[What] | None] = SimpleQueue()
        self._threads = [Thread(target=self._work, args=(queue,), name="lane", daemon=True) for queue in self._tasks]
        for thread in self._threads:
            thread.start()

    @property
    def busy(self) -> int:
        """Tasks whose outcome was not taken yet."""
        return sum(self._in_hand)

    def submit(self, task: Task[What]) -> bool:
        """Give a task to the lane of its host; False, and nothing happens, when that lane has enough in hand."""
        lane = self._lane(task.url)
        if self._in_hand[lane] >= _AT_ONCE:
            return False
        self._in_hand[lane] += 1
        self._tasks[lane].put(task)
        return True

    def take(self, seconds: float) -> Outcome[What] | None:
        """The next outcome; None when there is none for so long, or after `wake`."""
        try:
            outcome = self._outcomes.get(timeout=max(0.0, seconds)) if seconds > 0 else self._outcomes.get_nowait()
        except Empty:
            return None
        if outcome is not None:
            self._in_hand[self._lane(outcome.task.url)] -= 1
        return outcome

    def wake(self) -> None:
        """End a `take` that waits; safe to call from a signal handler."""
        self._outcomes.put(None)

    def close(self) -> None:
        """End the threads; one that hangs on a slow server is left to end with the process."""
        for queue in self._tasks:
            queue.put(None)
        ends = monotonic() + _GRACE
        for thread in self._threads:
            thread.join(max(0.0, ends - monotonic()))

    def _lane(self, url: str) -> int:
        try:
            host = urlsplit(url).netloc.casefold()
        except ValueError:  # the fetcher will say what is wrong with it
            host = ""
        return zlib.crc32(host.encode("utf-8", "replace")) % len(self._tasks)

    def _work(self, tasks: SimpleQueue[Task[What] | None]) -> None:
        with self._make_fetcher() as fetcher:
            while (task := tasks.get()) is not None:
                self._outcomes.put(_fetch(fetcher, task))


def _fetch(fetcher: Fetcher, task: Task[What]) -> Outcome[What]:
    started = monotonic()
    try:
        fetched = fetcher.fetch(task.url, etag=task.etag, last_modified=task.last_modified)
    except FetchError as error:
        return Outcome(task=task, seconds=monotonic() - started, error=error)
    except Exception as error:  # noqa: BLE001  a lane that dies would leave its hosts unasked for good, and nobody would know
        _log.warning("fetching %s broke", task.url, exc_info=error)
        fault = FetchError(f"{task.url} broke the fetcher: {type(error).__name__}: {error}", "broken-fetch", passing=True)
        return Outcome(task=task, seconds=monotonic() - started, error=fault)
    return Outcome(task=task, seconds=monotonic() - started, fetched=fetched)
