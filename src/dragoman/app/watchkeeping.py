"""What a user can ask of watching: watch, look at how feeds do, check a plan."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from threading import Event

import msgspec

from dragoman.app.alerting import Alerting
from dragoman.app.config import Config
from dragoman.app.delivering import Delivering, open_channels
from dragoman.app.watch_lanes import Lanes, waiting_until
from dragoman.app.watch_plan import WatchPlan, faults_of, read_plan
from dragoman.app.watching import Clocks, Parts, Watch
from dragoman.app.wiring import ingest_options, make_coder, opened_fetcher, opened_store, opened_watch_log, store_file
from dragoman.backends.watch_metrics import WatchMetrics
from dragoman.core.errors import ConfigError, StoreError
from dragoman.core.ports import Fetcher
from dragoman.core.watching import Entry, FeedHealth, Outbox, WatchLog
from dragoman.ingest import IngestOptions


class WatchStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How watching does: every feed ever watched, entries that wait, alerts by channel."""

    feeds: tuple[FeedHealth, ...]
    waiting: int
    outboxes: tuple[Outbox, ...]


class Stopper:
    """Ends a watch from a signal handler: what is being coded is finished and stored, then `watch` returns."""

    def __init__(self) -> None:
        self.event = Event()
        self._lanes: Lanes[str | Entry] | None = None

    def attach(self, lanes: Lanes[str | Entry]) -> None:
        """The lanes to wake."""
        self._lanes = lanes

    def stop(self) -> None:
        """End the watch."""
        self.event.set()
        if self._lanes is not None:
            self._lanes.wake()


def watch(path: Path, config: Config, stopper: Stopper, *, once: bool = False, clocks: Clocks | None = None) -> None:
    """Watch the feeds of a plan until `stopper` says so, or with `once` do what is due and return.

    Raises ConfigError where the plan cannot do what it says, StoreError where somebody else watches for the same store.
    """
    plan = read_plan(path)
    faults = faults_of(plan, config)
    if faults:
        raise ConfigError("\n".join((f"{path} cannot be watched:", *(f"  {fault}" for fault in faults))))
    # A kept page would be asked for again with every entry that links to it; here each entry's page is asked for once.
    config = msgspec.structs.replace(config, fetch=msgspec.structs.replace(config.fetch, cache=False))
    clocks = clocks or Clocks()
    with ExitStack() as stack:
        store = stack.enter_context(opened_store(config))
        log = stack.enter_context(opened_watch_log(config))
        log.hold()
        metrics = WatchMetrics()
        if plan.watch.metrics is not None:
            stack.callback(metrics.serve(plan.watch.metrics))

        def make_fetcher() -> AbstractContextManager[Fetcher]:
            return opened_fetcher(config, attempts=1, sleep=waiting_until(stopper.event))

        coder = make_coder(config)
        lanes: Lanes[str | Entry] = Lanes(make_fetcher, plan.watch.lanes)
        stack.callback(lanes.close)
        # The lanes' pauses end before the lanes are waited for.
        stack.callback(stopper.event.set)
        stopper.attach(lanes)
        alerting = Alerting(plan.alerts, config, log, clocks.now)
        channels = open_channels(plan.channels, clocks.now)
        parts = Parts(
            store=store,
            log=log,
            coder=coder,
            lanes=lanes,
            alerting=alerting,
            delivering=Delivering(channels, log, metrics, clocks.monotonic, clocks.chance, lambda: alerting.may_go(store)),
            metrics=metrics,
            options=ingest_options(config, IngestOptions()),
        )
        Watch(plan, config, parts, stopper.event, clocks).run(once=once)


def check(path: Path, config: Config) -> tuple[WatchPlan, tuple[str, ...]]:
    """Read a plan and say what would keep it from doing what it says."""
    plan = read_plan(path)
    return plan, faults_of(plan, config)


def retry(config: Config, channel: str | None) -> int:
    """Let alerts that could not be sent be sent by the next watch, of one channel or all; return how many."""
    with _existing_log(config) as log:
        return log.retry(channel)


def status(config: Config) -> WatchStatus:
    """How watching does, also while it is at work."""
    with _existing_log(config) as log:
        return WatchStatus(feeds=tuple(log.feeds().values()), waiting=log.waiting_count(), outboxes=tuple(log.outboxes()))


@contextmanager
def _existing_log(config: Config) -> Iterator[WatchLog]:
    path = store_file(config)
    if path is not None and not path.exists():
        raise StoreError(f"there is no store at {path}; `dragoman watch FEEDS.toml` makes one, or name another with --store")
    with opened_watch_log(config) as log:
        yield log
