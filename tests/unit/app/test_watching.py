"""The loop of watching over feeds that a test makes up; nothing waits and nothing is fetched."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from structlog.testing import capture_logs

from dragoman.analysis.alerts import AlertRule, Change
from dragoman.app.alerting import Alerting
from dragoman.app.config import Config
from dragoman.app.config import RunSettings as ConfigRun
from dragoman.app.delivering import Delivering, open_channels
from dragoman.app.watch_lanes import Lanes
from dragoman.app.watch_plan import AtomPlan, FeedPlan, WatchPlan, WatchSettings
from dragoman.app.watching import Clocks, Parts, Watch
from dragoman.backends.sql_store import open_store
from dragoman.backends.sql_watch import SqlWatchLog
from dragoman.backends.watch_metrics import WatchMetrics
from dragoman.core.access import Restriction, RestrictionKind
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.errors import FetchError, StoreError
from dragoman.core.ids import DossierId
from dragoman.core.ports import Fetched
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, Level, Precision, Role
from dragoman.core.watching import FeedState
from dragoman.ingest import IngestOptions

FEED = "https://feeds.test/news"
OTHER = "https://other.test/news"
DAY = date(2026, 3, 10)
Answer = Fetched | FetchError | Callable[[str | None], Fetched]


class Web:
    """What each address answers, in turn; the last answer repeats."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, str | None]] = []

    @contextmanager
    def fetcher(self) -> Iterator["Web"]:
        yield self

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        self.asked.append((url, etag))
        turns = self.answers[url]
        answer = turns.pop(0) if len(turns) > 1 else turns[0]
        if isinstance(answer, FetchError):
            raise answer
        return answer if isinstance(answer, Fetched) else answer(etag)


class Time:
    """Both clocks; `wall` can be put anywhere."""

    def __init__(self) -> None:
        self.steady = 1000.0
        self.wall = datetime(2026, 3, 10, 12, tzinfo=UTC)

    def pass_by(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += timedelta(seconds=seconds)


WORDS = {"planned": Factuality.PLANNED, "cancelled": Factuality.CANCELLED, "met": Factuality.OCCURRED}


class PlanCoder:
    """A meeting of Qatar and Hamas on 12 March: planned, cancelled or held, as the text says."""

    name, model = "fake 1", "none 1"

    def code(self, documents: Iterator[Document]) -> Iterator[Coding]:
        for document in documents:
            said = next((word for word in WORDS if word in document.text), None)
            claims = (self.claim(document, WORDS[said]),) if said else ()
            yield Coding(document=document.id, claims=claims, coder=self.name, model=self.model, published=document.published)

    def claim(self, document: Document, factuality: Factuality) -> Engagement:
        day = date(2026, 3, 12)
        return Engagement(
            document=document.id,
            evidence=(Span(0, len(document.text)),),
            rule="fake",
            type=EngagementType.MEETING,
            factuality=factuality,
            participants=(
                Participant(actor=Actor("Qatar", "QAT"), person="Majed Ansari", level=Level.MINISTER, role=Role.MEDIATOR),
                Participant(actor=Actor("Hamas", "HAMAS"), person="Khalil Hayya"),
            ),
            when=When(start=day, end=day, precision=Precision.DAY),
            dossiers=(DossierId("gaza"),),
        )


def rss(*items: tuple[str, str]) -> Fetched:
    entries = "".join(
        f"<item><title>{title}</title><description>{text}</description><link>https://feeds.test/{title.replace(' ', '-')}</link>"
        f"<pubDate>Tue, {10 + place} Mar 2026 08:00:00 GMT</pubDate></item>"
        for place, (title, text) in enumerate(items)
    )
    body = f"<rss version='2.0'><channel><title>Wire</title>{entries}</channel></rss>".encode()
    return Fetched(url=FEED, body=body, etag=f'"{len(items)}"')


def page(words: str, url: str = FEED) -> Fetched:
    body = f"<html><head><title>{words}</title></head><body><article><p>{words} {'And so on. ' * 30}</p></article></body></html>"
    return Fetched(url=url, body=body.encode(), content_type="text/html")


class Desk:
    """A store, a plan and made-up time, with one watch after another over them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.web = Web()
        self.time = Time()
        self.settings = WatchSettings(every=900.0, settle=0.0)
        self.feeds = (FeedPlan(url=FEED),)
        self.rules: tuple[AlertRule, ...] = ()
        self.path = folder / "desk.db"

    def watch(self, **broken: object) -> list[dict[str, object]]:
        """Do what is due; return what was logged."""
        stop = Event()
        clocks = Clocks(monotonic=lambda: self.time.steady, now=lambda: self.time.wall, chance=random.Random(1))
        plan = WatchPlan(
            watch=self.settings, feeds=self.feeds, alerts=self.rules, channels={"desk": AtomPlan(file=str(self.folder / "a.xml"))}
        )
        config = Config(store=str(self.path), run=ConfigRun(batch=4))
        log = SqlWatchLog(self.path, today=self.time.wall.date)
        lanes: Lanes = Lanes(self.web.fetcher, 2)
        metrics = WatchMetrics()
        try:
            with open_store(self.path) as store, capture_logs() as said:
                for name, value in broken.items():
                    setattr(store, name, value)
                channels = open_channels(plan.channels, clocks.now)
                alerting = Alerting(plan.alerts, config, log, clocks.now)
                check = lambda: alerting.may_go(store)  # noqa: E731
                parts = Parts(
                    store=store,
                    log=log,
                    coder=PlanCoder(),
                    lanes=lanes,
                    alerting=alerting,
                    delivering=Delivering(channels, log, metrics, clocks.monotonic, clocks.chance, check),
                    metrics=metrics,
                    options=IngestOptions(),
                )
                Watch(plan, config, parts, stop, clocks).run(once=True)
            return said
        finally:
            stop.set()
            lanes.close()
            log.close()

    def health(self, url: str = FEED):
        log = SqlWatchLog(self.path)
        try:
            return log.feeds()[url]
        finally:
            log.close()

    def texts(self) -> list[str]:
        with open_store(self.path) as store:
            return sorted(document.text.split("\n")[0] for document in store.documents())

    def alerts(self) -> list[str]:
        path = self.folder / "a.xml"
        return [part.partition("</title>")[0] for part in path.read_text().split("<title>")[2:]] if path.exists() else []


@pytest.fixture
def desk(tmp_path: Path, empty_store: Path) -> Desk:
    shutil.copy(empty_store, tmp_path / "desk.db")
    return Desk(tmp_path)


def test_entries_become_documents_once(desk: Desk) -> None:
    first = rss(("One", "It rained."), ("Two", "It snowed."))
    desk.web.answers[FEED] = [first, rss(("One", "It rained."), ("Two", "It snowed."), ("Three", "The sun shone."))]
    desk.watch()
    assert desk.texts() == ["One", "Two"]
    desk.watch()
    assert len(desk.web.asked) == 1  # not due yet
    desk.time.pass_by(1000)
    desk.watch()
    assert desk.texts() == ["One", "Three", "Two"]
    assert desk.web.asked[1] == (FEED, '"2"')  # asked whether it changed
    assert (desk.health().entries, desk.health().state) == (3, FeedState.WELL)


def test_nothing_new_is_said_to_be_so(desk: Desk) -> None:
    desk.web.answers[FEED] = [
        rss(("One", "It rained.")),
        lambda etag: Fetched(url=FEED, body=b"", etag=etag, not_modified=True),
    ]
    desk.watch()
    desk.time.pass_by(1000)
    said = desk.watch()
    assert [line for line in said if line["event"] == "feed.unchanged"]
    assert desk.health().etag == '"1"'


def test_waits_grow_with_failures_and_end_with_success(desk: Desk) -> None:
    busy = FetchError("busy", "busy", passing=True)
    desk.web.answers[FEED] = [busy, busy, busy, FetchError("later", "busy", after=50_000.0, passing=True), rss(("One", "Rain."))]
    waits = []
    for _ in range(4):
        desk.watch()
        waits.append(desk.health().wait)
        desk.time.pass_by(waits[-1] + 1)
    assert waits[0] < 900 < waits[2]
    assert waits[1] <= 1800
    assert waits[3] == 50_000.0  # what the server asked for
    assert (desk.health().failures, desk.health().fault) == (4, "busy")
    desk.watch()
    assert (desk.health().failures, desk.health().fault, desk.texts()) == (0, None, ["One"])


def test_a_feed_that_is_gone_is_left_alone_for_a_day(desk: Desk) -> None:
    desk.web.answers[FEED] = [FetchError("taken down", "http-410")]
    desk.watch()
    assert desk.health().state is FeedState.GONE
    assert desk.health().wait >= 86_400


@pytest.mark.parametrize("body", [b"", b"<html><body>Not found</body></html>", b"\x00\xff\xfe garbage", b'{"items": []}'])
def test_garbage_is_a_failure_of_the_feed(desk: Desk, body: bytes) -> None:
    desk.web.answers[FEED] = [Fetched(url=FEED, body=body)]
    desk.watch()
    assert (desk.health().state, desk.health().fault) == (FeedState.FAILING, "not-a-feed")


def test_a_feed_that_is_cut_off_gives_no_half_entry(desk: Desk) -> None:
    whole = rss(("One", "It rained all day in Oslo."), ("Two", "It snowed all night in Cairo."))
    half = whole.body[: whole.body.index(b"all night")]
    desk.web.answers[FEED] = [Fetched(url=FEED, body=half, etag='"half"'), Fetched(url=FEED, body=half[:150]), whole]
    desk.watch()
    assert desk.texts() == ["One"]
    desk.time.pass_by(1000)
    desk.watch()
    assert (desk.health().fault, desk.texts()) == ("truncated", ["One"])
    desk.time.pass_by(2000)
    desk.watch()
    assert desk.web.asked == [(FEED, None)] * 3
    with open_store(desk.path) as store:
        assert sorted(one.text for one in store.documents()) == [
            "One\n\nIt rained all day in Oslo.",
            "Two\n\nIt snowed all night in Cairo.",
        ]


def test_where_a_feed_went_is_noted(desk: Desk) -> None:
    moved = rss(("One", "Rain."))
    desk.web.answers[FEED] = [Fetched(url="https://new.test/feed", body=moved.body)]
    desk.watch()
    assert desk.health().moved_to == "https://new.test/feed"


def test_clock_jumps_do_no_harm(desk: Desk) -> None:
    desk.web.answers[FEED] = [rss(("One", "Rain."))]
    desk.watch()
    desk.time.wall -= timedelta(days=4000)
    desk.watch()
    assert len(desk.web.asked) == 1  # not asked again at once …
    assert desk.health().wait <= 1000
    desk.time.wall += timedelta(days=8000)
    desk.watch()
    assert len(desk.web.asked) == 2  # … and not left alone for years
    assert desk.texts() == ["One"]


def test_pages_are_followed_and_asked_for_again(desk: Desk) -> None:
    desk.settings = WatchSettings(follow_links=True, settle=0.0, page_attempts=3)
    desk.web.answers[FEED] = [rss(("One", "Short."), ("Two", "Brief."))]
    busy = FetchError("busy", "http-503", passing=True)
    desk.web.answers["https://feeds.test/One"] = [busy, page("The long story of one.")]
    desk.web.answers["https://feeds.test/Two"] = [busy, busy, busy]
    desk.watch()
    assert desk.texts() == []
    desk.watch()
    assert len(desk.texts()) == 1  # the page came
    desk.watch()
    assert len(desk.texts()) == 2  # the other never did: the feed's own words
    with open_store(desk.path) as store:
        assert any("Brief." in document.text for document in store.documents())
    asked = len(desk.web.asked)
    desk.watch()
    assert len(desk.web.asked) == asked


def test_a_store_that_fails_loses_nothing(desk: Desk) -> None:
    desk.web.answers[FEED] = [rss(*((f"Story {n}", f"Rain {n}.") for n in range(9)))]

    def full(*_: object) -> None:
        raise StoreError("no room to grow")

    with pytest.raises(StoreError):
        desk.watch(write=full)
    assert desk.texts() == []
    desk.watch()
    assert len(desk.texts()) == 9
    assert len(desk.web.asked) == 1  # they had been kept


def test_new_events_raise_alerts_and_old_ones_do_not(desk: Desk) -> None:
    desk.web.answers[FEED] = [rss(("One", "They met.")), rss(("Two", "They met again, said others.")), rss(("Three", "Rain."))]
    desk.watch()  # before there is a rule
    desk.rules = (AlertRule(id="gaza", to=("desk",), dossier=("gaza",), actor=("QAT",), level=(Level.MINISTER,)),)
    desk.watch()
    assert desk.alerts() == []
    desk.time.pass_by(1000)
    desk.watch()
    assert desk.alerts() == []  # another report of the meeting that was known
    desk.path.unlink()
    desk.time.pass_by(1000)
    desk.web.answers[FEED] = [rss(("Rain", "Rain.")), rss(("One", "They met.")), rss(("Two", "They met again, said others."))]
    for _ in range(3):
        desk.watch()
        desk.time.pass_by(1000)
    assert len(desk.alerts()) == 1
    desk.watch()
    assert len(desk.alerts()) == 1


def test_changes_raise_alerts(desk: Desk) -> None:
    planned = ("One", "It is planned.")
    desk.web.answers[FEED] = [
        rss(planned),
        rss(planned, ("Two", "It was cancelled.")),
        rss(("Three", "Once more, it was cancelled.")),
    ]
    desk.rules = (
        AlertRule(id="off", to=("desk",), change=(Change(before=Factuality.PLANNED, to=Factuality.CANCELLED),)),
        AlertRule(id="held", to=("desk",), change=(Change(before=Factuality.PLANNED, to=Factuality.OCCURRED),)),
    )
    desk.watch()
    assert desk.alerts() == []
    for _ in range(2):
        desk.time.pass_by(1000)
        desk.watch()
    assert len(desk.alerts()) == 1
    assert "change: planned to cancelled" in (desk.folder / "a.xml").read_text()


def test_an_alert_that_a_crash_held_back_is_raised_by_the_next_watch(desk: Desk) -> None:
    desk.rules = (AlertRule(id="gaza", to=("desk",), dossier=("gaza",)),)
    desk.web.answers[FEED] = [rss(("Rain", "Rain.")), rss(("One", "They met."))]
    desk.watch()
    desk.time.pass_by(1000)

    calls = []

    def broken(*_: object, **__: object) -> int:
        calls.append(1)
        if len(calls) > 1:
            raise StoreError("the power went")
        return 0

    with pytest.raises(StoreError):
        desk.watch(link_reprints=broken)
    assert desk.texts() == ["One", "Rain"]
    assert desk.alerts() == []
    desk.watch()
    assert len(desk.alerts()) == 1


@pytest.mark.slow
def test_restricted_material_raises_no_alert_and_holds_back_one_that_waits(desk: Desk) -> None:
    desk.rules = (AlertRule(id="gaza", to=("desk",), dossier=("gaza",)),)
    desk.web.answers[FEED] = [rss(("Rain", "Rain.")), rss(("One", "They met."))]
    desk.watch()
    with open_store(desk.path) as store:
        store.access.restrict(Restriction(kind=RestrictionKind.DOSSIER, value="gaza", by="chief", at=desk.time.wall))
    desk.time.pass_by(1000)
    desk.watch()
    assert desk.texts() == ["One", "Rain"]
    assert desk.alerts() == []


def test_many_feeds_share_the_lanes(desk: Desk) -> None:
    desk.feeds = tuple(FeedPlan(url=f"https://site{n}.test/feed", source=f"Site {n}") for n in range(30))
    for n, feed in enumerate(desk.feeds):
        desk.web.answers[feed.url] = [rss((f"Story {n}", f"Rain {n}."))] if n % 3 else [FetchError("x", "timeout", passing=True)]
    desk.watch()
    assert len(desk.texts()) == 20
    with open_store(desk.path) as store:
        assert {document.source for document in store.documents()} == {f"Site {n}" for n in range(30) if n % 3}
