"""What watching keeps, on SQLite and PostgreSQL."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine, text

from dragoman.backends.sql_watch import SqlWatchLog
from dragoman.core.errors import StoreError
from dragoman.core.ids import ClaimId, EventId
from dragoman.core.watching import Alert, Delivery, DeliveryState, Entry, FeedHealth, FeedState, Outbox

POSTGRES = "DRAGOMAN_TEST_POSTGRES"
URL = "https://example.org/feed"
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Day:
    """Today, as the test has it."""

    def __init__(self) -> None:
        self.now = date(2026, 3, 1)

    def __call__(self) -> date:
        return self.now


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "store.db")
        return
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} names no server")
    name = f"watch_{uuid4().hex[:12]}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield engine.url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def log(where: str, day: Day) -> Iterator[SqlWatchLog]:
    opened = SqlWatchLog(where, today=day)
    yield opened
    opened.close()


def entry(number: int, feed: str = URL) -> Entry:
    return Entry(feed=feed, key=f"k{number}", body=f"body {number}".encode())


def alert(number: int, rule: str = "gaza") -> Alert:
    claim = ClaimId(f"c{number}")
    return Alert(
        rule=rule, event=EventId(f"e{number}"), claims=(claim,), raised=MOMENT, headline=f"{number}", text="text", body=b"{}"
    )


def test_health_is_kept_as_noted(log: SqlWatchLog) -> None:
    health = FeedHealth(url=URL, state=FeedState.FAILING, polled=MOMENT, wait=60.0, failures=2, fault="timeout", message="slow")
    log.polled(health)
    log.polled(replace(health, failures=3))
    assert log.feeds() == {URL: replace(health, failures=3)}


def test_entries_wait_until_they_are_stored_and_never_come_back(log: SqlWatchLog) -> None:
    health = FeedHealth(url=URL)
    assert log.polled(health, [entry(1), entry(2), entry(2)], complete=True) == 2
    assert log.feeds()[URL].entries == 2
    assert [one.key for one in log.waiting(limit=10)] == ["k1", "k2"]
    assert [one.key for one in log.waiting(limit=10, beside={(URL, "k1")})] == ["k2"]
    log.stored([entry(1)])
    assert log.polled(health, [entry(1), entry(2), entry(3)], complete=True) == 1
    assert [one.key for one in log.waiting(limit=10)] == ["k2", "k3"]
    assert log.waiting_count() == 2


def test_what_failed_comes_after_what_was_not_tried(log: SqlWatchLog) -> None:
    log.polled(FeedHealth(url=URL), [entry(1), entry(2)])
    log.failed(entry(1))
    assert [(one.key, one.attempts) for one in log.waiting(limit=10)] == [("k2", 0), ("k1", 1)]


def test_a_feed_that_floods_does_not_hold_up_others(log: SqlWatchLog) -> None:
    log.polled(FeedHealth(url=URL), [entry(number) for number in range(50)])
    log.polled(FeedHealth(url="https://example.net/feed"), [entry(99, "https://example.net/feed")])
    assert "k99" in {one.key for one in log.waiting(limit=4)}


def test_keys_are_forgotten_when_long_gone_from_the_feed(log: SqlWatchLog, day: Day) -> None:
    health = FeedHealth(url=URL)
    log.polled(health, [entry(1), entry(2), entry(3)], complete=True)
    log.stored([entry(1), entry(2)])
    day.now = date(2026, 3, 20)
    log.polled(health, [entry(2)], complete=True)
    assert [one.key for one in log.waiting(limit=9)] == ["k3"]  # never stored, never forgotten
    assert log.polled(health, [entry(1), entry(2)], complete=True) == 1
    assert {one.key for one in log.waiting(limit=9)} == {"k1", "k3"}


def test_only_one_process_watches(where: str, log: SqlWatchLog) -> None:
    log.hold()
    other = SqlWatchLog(where)
    with pytest.raises(StoreError, match="another process watches"):
        other.hold()
    log.close()
    other.hold()
    other.close()


def test_rules_are_known_by_their_fingerprint(log: SqlWatchLog) -> None:
    assert not log.knows("gaza", "one")
    log.cover("gaza", "one", {("", ClaimId("c1"))})
    log.cover("gaza", None, {("", ClaimId("c1")), ("planned to cancelled", ClaimId("c1"))})
    assert log.knows("gaza", "one")
    assert not log.knows("gaza", "two")
    assert log.covered("gaza") == {("", ClaimId("c1")), ("planned to cancelled", ClaimId("c1"))}
    assert log.covered("other") == set()


def test_an_alert_goes_once_to_each_channel(log: SqlWatchLog) -> None:
    assert log.raise_alerts([(alert(1), ["atom", "mail"]), (alert(2), ["mail"])]) == 2
    assert log.raise_alerts([(alert(1), ["atom", "mail"])]) == 0
    assert [one.alert for one in log.pending("mail", limit=9)] == [alert(1), alert(2)]
    assert log.covered("gaza") == {("", ClaimId("c1")), ("", ClaimId("c2"))}
    log.delivered(Delivery(alert=alert(1), channel="mail", state=DeliveryState.SENT, attempts=1))
    log.delivered(Delivery(alert=alert(2), channel="mail", attempts=3, fault="busy"))
    assert [(one.alert.event, one.attempts, one.fault) for one in log.pending("mail", limit=9)] == [("e2", 3, "busy")]
    assert log.raise_alerts([(alert(1), ["mail"])]) == 0
    assert list(log.outboxes()) == [Outbox("atom", 1, 0, 0), Outbox("mail", 1, 1, 0, "busy")]
    assert [one.event for one in log.latest("mail", limit=9)] == ["e2", "e1"]


def test_what_was_refused_can_be_sent_after_all(log: SqlWatchLog) -> None:
    log.raise_alerts([(alert(1), ["hook", "mail"]), (alert(2), ["hook"])])
    for one in log.pending("hook", limit=9):
        log.delivered(Delivery(alert=one.alert, channel="hook", state=DeliveryState.FAILED, attempts=1, fault="401"))
    assert log.pending("hook", limit=9) == []
    assert log.retry("mail") == 0
    assert log.retry() == 2
    assert [(one.alert.event, one.attempts) for one in log.pending("hook", limit=9)] == [("e1", 0), ("e2", 0)]
