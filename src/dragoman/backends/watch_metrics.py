"""What watching does in figures, for Prometheus and whatever else reads OpenMetrics; served to this machine alone."""

from collections.abc import Callable, Iterable
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer

from dragoman.core.errors import ConfigError
from dragoman.core.watching import FeedHealth, FeedState, Outbox

_OPENMETRICS = "application/openmetrics-text; version=1.0.0"
_SECONDS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class WatchMetrics:
    """Counts since the start; `feed` labels are the feeds' names. Memory and processor time of the process come with them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        here = self.registry
        self._polls = Counter("dragoman_watch_polls", "Looks at a feed, by what came of them", ["feed", "outcome"], registry=here)
        self._pages = Counter("dragoman_watch_pages", "Pages behind entries, by what came of them", ["outcome"], registry=here)
        self._seconds = Histogram(
            "dragoman_watch_fetch_seconds", "From the request to the last byte", buckets=_SECONDS, registry=here
        )
        self._state = Gauge(
            "dragoman_watch_feed_well", "1 where the last answer of a feed could be used", ["feed"], registry=here
        )
        self._succeeded = Gauge(
            "dragoman_watch_feed_succeeded_timestamp_seconds", "When a feed was last read", ["feed"], registry=here
        )
        self._failures = Gauge("dragoman_watch_feed_failures", "Failures of a feed in a row", ["feed"], registry=here)
        self._waiting = Gauge("dragoman_watch_entries_waiting", "Entries that are not stored yet", registry=here)
        self._entries = Counter("dragoman_watch_entries", "Entries that were new", ["feed"], registry=here)
        self._documents = Counter("dragoman_watch_documents", "Documents that were new to the store", registry=here)
        self._claims = Counter("dragoman_watch_claims", "Claims coded", ["kind"], registry=here)
        self._problems = Counter("dragoman_watch_problems", "What could not be read or coded", ["code"], registry=here)
        self._resolving = Gauge("dragoman_watch_resolve_seconds", "What bringing the record up to date last took", registry=here)
        self._alerts = Counter("dragoman_watch_alerts", "Alerts raised", ["rule"], registry=here)
        self._deliveries = Counter(
            "dragoman_watch_deliveries", "Attempts to send an alert", ["channel", "outcome"], registry=here
        )
        self._unsent = Gauge("dragoman_watch_alerts_unsent", "Alerts that are not sent", ["channel", "state"], registry=here)
        self._faults = Counter("dragoman_watch_store_faults", "Times that the store could not be read or written", registry=here)

    def polled(self, feed: str, health: FeedHealth, outcome: str, *, entries: int = 0) -> None:
        """One look at a feed."""
        self._polls.labels(feed, outcome).inc()
        self._entries.labels(feed).inc(entries)
        self.feed(feed, health)

    def feed(self, feed: str, health: FeedHealth) -> None:
        """How a feed does."""
        self._state.labels(feed).set(health.state is FeedState.WELL)
        self._failures.labels(feed).set(health.failures)
        if health.succeeded is not None:
            self._succeeded.labels(feed).set(health.succeeded.timestamp())

    def page(self, outcome: str) -> None:
        """One look at the page behind an entry."""
        self._pages.labels(outcome).inc()

    def fetched(self, seconds: float) -> None:
        """How long one answer took."""
        self._seconds.observe(seconds)

    def stored(self, documents: int, claims: dict[str, int], problems: Iterable[str]) -> None:
        """What was coded and stored."""
        self._documents.inc(documents)
        for kind, number in claims.items():
            self._claims.labels(kind).inc(number)
        for code in problems:
            self._problems.labels(code).inc()

    def waiting(self, entries: int) -> None:
        """How many entries wait."""
        self._waiting.set(entries)

    def resolved(self, seconds: float) -> None:
        """How long bringing the record up to date took."""
        self._resolving.set(seconds)

    def raised(self, rule: str) -> None:
        """An alert went into the outbox."""
        self._alerts.labels(rule).inc()

    def delivered(self, channel: str, outcome: str) -> None:
        """One attempt to send an alert: sent, retried or failed."""
        self._deliveries.labels(channel, outcome).inc()

    def unsent(self, outboxes: Iterable[Outbox]) -> None:
        """What is in the outbox."""
        for one in outboxes:
            self._unsent.labels(one.channel, "pending").set(one.pending)
            self._unsent.labels(one.channel, "failed").set(one.failed)

    def store_fault(self) -> None:
        """The store could not be read or written."""
        self._faults.inc()

    def serve(self, port: int) -> Callable[[], None]:
        """Answer at 127.0.0.1:PORT until the function that comes back is called; ConfigError where the port is taken."""
        plain = make_wsgi_app(self.registry)

        def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            answer: Iterable[bytes] = plain({**environ, "HTTP_ACCEPT": _OPENMETRICS}, start_response)
            return answer

        try:
            server = make_server("127.0.0.1", port, application, ThreadingWSGIServer, handler_class=_Silent)
        except OSError as error:
            raise ConfigError(
                f"the metrics cannot be served at 127.0.0.1:{port}: {error.strerror}; give another port as watch.metrics"
            ) from error
        Thread(target=server.serve_forever, name="metrics", daemon=True).start()
        return lambda: _end(server)


class _Silent(WSGIRequestHandler):
    """No line on standard error for every look at the figures."""

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002  the library's name
        pass


def _end(server: WSGIServer) -> None:
    server.shutdown()
    server.server_close()
