"""Watching feeds for weeks: one loop that fetches, stores, brings the record up to date and sends alerts.

What is noted in the store is always enough to go on from: a feed's new entries and validators are kept in one transaction,
an entry waits there until its documents are stored, and documents are known by their text. So a watch that is killed at any
moment loses no entry and stores none twice. Waits are measured by a clock that never jumps.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

import msgspec
import structlog

from dragoman.app.alerting import Alerting
from dragoman.app.config import Config
from dragoman.app.delivering import Delivering
from dragoman.app.resolving import link_copies, refresh
from dragoman.app.running import Run, RunSettings
from dragoman.app.watch_lanes import STOPPED, Lanes, Outcome, Task
from dragoman.app.watch_plan import FeedPlan, WatchPlan
from dragoman.app.watch_schedule import backoff, remaining, went_well, went_wrong
from dragoman.backends.watch_metrics import WatchMetrics
from dragoman.core.claims import Problem
from dragoman.core.errors import FetchError, InputError, StoreError
from dragoman.core.ports import Coder, Fetched, Store
from dragoman.core.text import Document
from dragoman.core.watching import Entry, FeedHealth, WatchLog
from dragoman.ingest import IngestOptions
from dragoman.ingest.entries import dump_entry, entry_documents, feed_entries, load_entry

_LONGEST_IDLE = 30.0
"""Seconds after which the loop looks around even if nothing is due."""
_STORE_WAIT, _LONGEST_STORE_WAIT = 5.0, 300.0
_LOOKED_AT = 64
"""Entries looked at in one go."""
_SHARE = 10
"""Bringing the record up to date may take one part in so many of the time."""
_NO_FEED = frozenset({"not-a-feed", "too-large", "truncated"})

Ready = tuple[Entry, list[Document | Problem]]


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Clocks(msgspec.Struct, frozen=True, kw_only=True):
    """Time and chance as a watch takes them; tests bring their own."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = utc_now
    chance: random.Random = msgspec.field(default_factory=random.Random)


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What a watch works with."""

    store: Store
    log: WatchLog
    coder: Coder
    lanes: Lanes[str | Entry]
    alerting: Alerting
    delivering: Delivering
    metrics: WatchMetrics
    options: IngestOptions
    """Limits on what is read."""


class Watch:
    """One watch over the feeds of a plan; `run` returns when `stop` is set, or with `once` when everything due was done."""

    def __init__(self, plan: WatchPlan, config: Config, parts: Parts, stop: Event, clocks: Clocks | None = None) -> None:
        self._plan = plan
        self._config = config
        self._parts = parts
        self._stop = stop
        self._clocks = clocks or Clocks()
        self._say = structlog.get_logger()
        self._feeds = {feed.url: feed for feed in plan.feeds}
        self._health: dict[str, FeedHealth] = {}
        self._due: dict[str, float] = {}
        self._asked: set[str] = set()
        self._fetching: set[tuple[str, str]] = set()
        """Entries whose page is being fetched."""
        self._later: dict[tuple[str, str], float] = {}
        """When to ask again for pages that could not be had."""
        self._ready: list[Ready] = []
        self._stale = True
        """Whether the record may lack what the store holds: at the start too, should the last watch have ended in between."""
        self._settled = -float("inf")
        self._resolving = 0.0
        self._faults = 0

    def run(self, *, once: bool = False) -> None:
        """Watch; StoreError comes out with `once` alone, else the store is tried again after ever longer waits."""
        self._begin()
        while not self._stop.is_set():
            try:
                done = self._step(once=once)
                self._faults = 0
            except StoreError as error:
                if once:
                    raise
                self._store_failed(error)
                continue
            if once and done:
                return

    def _begin(self) -> None:
        known = self._parts.log.feeds()
        now, clock = self._clocks.now(), self._clocks.monotonic()
        for url, feed in self._feeds.items():
            self._health[url] = known.get(url, FeedHealth(url=url))
            self._due[url] = clock + remaining(self._health[url], self._every(feed), now)
            self._parts.metrics.feed(feed.label, self._health[url])
        self._parts.alerting.begin(self._parts.store, self._parts.coder)
        self._say.info("watch.started", feeds=len(self._feeds), rules=len(self._plan.alerts))

    def _step(self, *, once: bool) -> bool:
        """One round: give out work, take what came, store, resolve, tell; whether nothing is left to do now."""
        self._dispatch(once=once)
        idle = not self._parts.lanes.busy
        outcome = self._parts.lanes.take(0.0 if idle and (self._ready or once) else self._idle_seconds())
        if outcome is not None:
            self._take(outcome)
        keeps = len(self._ready) >= self._config.run.batch or (bool(self._ready) and not self._parts.lanes.busy)
        if keeps:
            self._keep()
        done = outcome is None and not (keeps or self._parts.lanes.busy or self._ready)
        self._settle(at_once=once and done)
        self._parts.delivering.deliver()
        return done

    def _store_failed(self, error: StoreError) -> None:
        """What was in memory is still waiting in the store, or comes with the feed's next answer: forget it and wait."""
        self._faults += 1
        self._ready.clear()
        wait = backoff(self._faults, _STORE_WAIT, _LONGEST_STORE_WAIT, self._clocks.chance)
        self._parts.metrics.store_fault()
        self._say.error("store.failed", why=str(error), wait=round(wait, 1))
        self._stop.wait(wait)

    def _every(self, feed: FeedPlan) -> float:
        return feed.every or self._plan.watch.every

    def _follows(self, feed: FeedPlan | None) -> bool:
        if feed is None or feed.follow_links is None:
            return self._plan.watch.follow_links
        return feed.follow_links

    def _idle_seconds(self) -> float:
        """Until the next thing is due; what is due already and was not done waits for a lane, whose outcome ends the wait."""
        clock = self._clocks.monotonic()
        moments = [due for url, due in self._due.items() if url not in self._asked]
        moments += self._later.values()
        if self._stale:
            moments.append(self._settled + self._pause())
        left = self._parts.delivering.seconds_left()
        waits = [moment - clock for moment in moments if moment > clock] + ([] if left is None else [left])
        return max(0.01, min([*waits, _LONGEST_IDLE]))

    def _dispatch(self, *, once: bool) -> None:
        clock = self._clocks.monotonic()
        for url, due in self._due.items():
            if due <= clock and url not in self._asked and self._ask(url):
                self._asked.add(url)
        beside = {key for key, due in self._later.items() if due > clock or once}
        beside |= self._fetching | {(entry.feed, entry.key) for entry, _ in self._ready}
        for entry in self._parts.log.waiting(limit=_LOOKED_AT, beside=beside):
            if len(self._ready) >= self._config.run.batch:
                break
            self._prepare(entry)

    def _ask(self, url: str) -> bool:
        health = self._health[url]
        return self._parts.lanes.submit(Task(url, url, health.etag, health.last_modified))

    def _prepare(self, entry: Entry) -> None:
        """Make an entry ready, or ask for the page behind it when its lane has room."""
        try:
            read = load_entry(entry.body)
        except InputError as error:
            self._say.error("entry.unreadable", feed=entry.feed, entry=entry.key, why=str(error))
            self._parts.log.stored([entry])
            return
        url = read.draft.url
        if not (url and read.summary_only and self._follows(self._feeds.get(entry.feed))):
            self._make_ready(entry, None)
        elif self._parts.lanes.submit(Task(entry, url)):
            self._fetching.add((entry.feed, entry.key))

    def _make_ready(self, entry: Entry, page: Fetched | None) -> None:
        feed = self._feeds.get(entry.feed)
        options = self._parts.options
        if feed is not None:
            options = msgspec.structs.replace(options, licence=feed.licence, language=feed.language)
        try:
            items = entry_documents(load_entry(entry.body), page, options, self._clocks.now().date())
        except Exception as error:  # noqa: BLE001  an entry that breaks a reader would break every start from now on
            what = f"a reader broke on this entry: {type(error).__name__}: {error}"
            items = [Problem(code="broken-reader", where=f"{entry.feed}, entry {entry.key}", what=what)]
            self._say.error("entry.broken", feed=entry.feed, entry=entry.key, exc_info=error)
        self._ready.append((entry, [_sourced(item, feed) for item in items]))

    def _take(self, outcome: Outcome[str | Entry]) -> None:
        what = outcome.task.what
        self._parts.metrics.fetched(outcome.seconds)
        if isinstance(what, Entry):
            self._page(what, outcome)
            return
        self._asked.discard(what)
        if outcome.error is not None:
            self._failed(what, outcome.error)
        elif outcome.fetched is not None:
            self._answered(what, outcome.fetched)

    def _answered(self, url: str, fetched: Fetched) -> None:
        feed, now = self._feeds[url], self._clocks.now()
        health = went_well(self._health[url], self._every(feed), now, self._clocks.chance)
        if fetched.not_modified:
            self._note(health, (), "unchanged")
            return
        try:
            entries, problems = feed_entries(fetched, self._parts.options)
        except Exception as error:  # noqa: BLE001  a feed that breaks the reader must not stop the others
            self._say.error("feed.broken", feed=feed.label, exc_info=error)
            self._failed(url, FetchError(f"{url} broke the reader: {type(error).__name__}: {error}", "broken-reader"))
            return
        if not entries and (fault := next((one for one in problems if one.code in _NO_FEED), None)):
            self._failed(url, FetchError(f"{fault.where} {fault.what}", fault.code))
            return
        cut_off = any(one.code == "truncated" for one in problems)  # then it is to come whole next time
        health = msgspec.structs.replace(
            health,
            etag=None if cut_off else fetched.etag,
            last_modified=None if cut_off else fetched.last_modified,
            moved_to=fetched.url if fetched.url != url else None,
            message="; ".join(f"{one.what}" for one in problems) or None,
        )
        self._note(health, tuple(Entry(feed=url, key=entry.key, body=dump_entry(entry)) for entry in entries), "read")

    def _note(self, health: FeedHealth, entries: tuple[Entry, ...], outcome: str) -> None:
        new = self._parts.log.polled(health, entries, complete=bool(entries))
        changed = self._clocks.now() if new else health.changed
        self._health[health.url] = msgspec.structs.replace(health, entries=health.entries + new, changed=changed)
        label = self._feeds[health.url].label
        self._due[health.url] = self._clocks.monotonic() + health.wait
        self._parts.metrics.polled(label, health, outcome, entries=new)
        self._say.info(
            f"feed.{outcome}", feed=label, entries=len(entries), new=new, next=round(health.wait), moved_to=health.moved_to
        )

    def _failed(self, url: str, error: FetchError) -> None:
        if error.code == STOPPED:
            return
        feed = self._feeds[url]
        health = went_wrong(self._health[url], feed, self._plan.watch, error, self._clocks.now(), self._clocks.chance)
        self._health[url] = health
        self._due[url] = self._clocks.monotonic() + health.wait
        self._parts.log.polled(health)
        self._parts.metrics.polled(feed.label, health, "failed")
        self._say.warning(
            "feed.failed", feed=feed.label, code=error.code, why=str(error), failures=health.failures, next=round(health.wait)
        )

    def _page(self, entry: Entry, outcome: Outcome[str | Entry]) -> None:
        key, error = (entry.feed, entry.key), outcome.error
        self._fetching.discard(key)
        if error is not None and error.code == STOPPED:
            return
        if error is not None and error.passing and entry.attempts + 1 < self._plan.watch.page_attempts:
            self._parts.log.failed(entry)
            wait = backoff(entry.attempts + 1, self._plan.watch.every / 4, self._plan.watch.longest_wait, self._clocks.chance)
            self._later[key] = self._clocks.monotonic() + max(wait, error.after or 0.0)
            self._parts.metrics.page("retried")
            return
        self._later.pop(key, None)
        self._parts.metrics.page("failed" if error else "read")
        if error is not None:
            self._say.warning("page.failed", feed=entry.feed, url=outcome.task.url, code=error.code, why=str(error))
        self._make_ready(entry, outcome.fetched)

    def _keep(self) -> None:
        """Code and store what is ready; only then are the entries behind it done."""
        job = Run(self._parts.store, _run_settings(self._config))
        report = job.work([item for _, items in self._ready for item in items], self._parts.coder)
        self._parts.log.stored([entry for entry, _ in self._ready])
        self._ready.clear()
        self._stale = self._stale or bool(report.new or report.coded)
        self._parts.metrics.stored(report.new, report.claims, [problem.code for problem in report.problems])
        waiting = self._parts.log.waiting_count()
        self._parts.metrics.waiting(waiting)
        self._say.info(
            "documents.stored",
            documents=report.documents,
            new=report.new,
            claims=sum(report.claims.values()),
            problems=len(report.failed),
            waiting=waiting,
        )
        for problem in report.failed:
            self._say.warning("document.problem", code=problem.code, where=problem.where, what=problem.what)

    def _pause(self) -> float:
        return max(self._plan.watch.settle, _SHARE * self._resolving)

    def _settle(self, *, at_once: bool) -> None:
        """Bring the record up to date and raise alerts, when something came and the last time is long enough ago."""
        if not self._stale or not (at_once or self._clocks.monotonic() - self._settled >= self._pause()):
            return
        started = self._clocks.monotonic()
        link_copies(self._parts.store, self._config)
        overview = refresh(self._parts.store, self._config)
        alerts = self._parts.alerting.raise_new(self._parts.store)
        self._stale = False
        self._settled = self._clocks.monotonic()
        self._resolving = self._settled - started
        self._parts.metrics.resolved(self._resolving)
        for alert in alerts:
            self._parts.metrics.raised(alert.rule)
            self._say.info("alert.raised", rule=alert.rule, alert=alert.key, record=alert.event, headline=alert.headline)
        self._say.info("record.resolved", events=overview.events, alerts=len(alerts), seconds=round(self._resolving, 2))


def _sourced(item: Document | Problem, feed: FeedPlan | None) -> Document | Problem:
    """What a plan calls the source of a feed goes before what feed and pages call themselves."""
    if isinstance(item, Problem) or feed is None or feed.source is None:
        return item
    return msgspec.structs.replace(item, source=feed.source)


def _run_settings(config: Config) -> RunSettings:
    return RunSettings(batch=config.run.batch, max_characters=config.run.max_characters)
