"""Alerts out of the outbox: in order, again after a failure, and under the same key after a crash."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman.app.delivering import ATTEMPTS, Channel, Delivering
from dragoman.backends.sql_watch import SqlWatchLog
from dragoman.backends.watch_metrics import WatchMetrics
from dragoman.core.errors import DeliveryError, StoreError
from dragoman.core.ids import ClaimId, EventId
from dragoman.core.watching import Alert, DeliveryState

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def alert(number: int) -> Alert:
    claim = ClaimId(f"c{number}")
    return Alert(rule="r", event=EventId(f"e{number}"), claims=(claim,), raised=MOMENT, headline=f"{number}", text="", body=b"{}")


class Receiver:
    """Takes alerts, or fails as told."""

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self.fail: DeliveryError | None = None

    def __call__(self, sent: Alert) -> None:
        self.attempts.append(sent.headline)
        if self.fail:
            raise self.fail


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqlWatchLog]:
    opened = SqlWatchLog(tmp_path / "store.db")
    opened.raise_alerts([(alert(1), ["hook"]), (alert(2), ["hook"])])
    yield opened
    opened.close()


def delivering(log: SqlWatchLog, receiver: Receiver, clock: Clock, *, withheld: tuple[str, ...] = ()) -> Delivering:
    check = lambda: lambda sent: sent.headline not in withheld  # noqa: E731
    return Delivering([Channel("hook", receiver)], log, WatchMetrics(), clock, random.Random(1), check)


def test_what_was_restricted_after_it_was_raised_stays_here(log: SqlWatchLog) -> None:
    receiver = Receiver()
    delivering(log, receiver, Clock(), withheld=("1",)).deliver()
    assert receiver.attempts == ["2"]
    assert (log.outboxes()[0].failed, log.outboxes()[0].sent) == (1, 1)
    assert "restricted" in (log.outboxes()[0].fault or "")


def test_a_channel_that_fails_waits_and_keeps_its_order(log: SqlWatchLog) -> None:
    receiver, clock = Receiver(), Clock()
    sending = delivering(log, receiver, clock)
    receiver.fail = DeliveryError("busy")
    sending.deliver()
    sending.deliver()
    assert receiver.attempts == ["1"]  # the second would overtake it, and a second attempt comes later
    assert 0 < (sending.seconds_left() or 0) <= 30
    receiver.fail = None
    clock.seconds += 31
    sending.deliver()
    sending.deliver()
    assert receiver.attempts == ["1", "1", "2"]
    assert log.outboxes()[0].sent == 2


def test_what_is_refused_for_good_does_not_hold_up_the_rest(log: SqlWatchLog) -> None:
    receiver, clock = Receiver(), Clock()
    receiver.fail = DeliveryError("no such thing", passing=False)
    delivering(log, receiver, clock).deliver()
    assert receiver.attempts == ["1", "2"]
    assert (log.outboxes()[0].failed, log.outboxes()[0].fault) == (2, "no such thing")


def test_attempts_come_to_an_end(log: SqlWatchLog) -> None:
    receiver, clock = Receiver(), Clock()
    receiver.fail = DeliveryError("busy")
    sending = delivering(log, receiver, clock)
    for _ in range(ATTEMPTS):
        sending.deliver()
        clock.seconds += 3_600
    assert receiver.attempts == ["1"] * ATTEMPTS
    assert log.outboxes()[0].failed == 1
    assert [one.alert.headline for one in log.pending("hook", limit=9)] == ["2"]


def test_a_crash_between_sending_and_noting_sends_again_under_the_same_key(log: SqlWatchLog, tmp_path: Path) -> None:
    receiver, clock = Receiver(), Clock()
    keys: set[str] = set()
    noted = log.delivered

    def crash(delivery) -> None:
        keys.add(delivery.alert.key)
        if delivery.state is DeliveryState.SENT and len(receiver.attempts) == 1:
            raise StoreError("the power went")
        noted(delivery)

    log.delivered = crash
    with pytest.raises(StoreError):
        delivering(log, receiver, clock).deliver()
    delivering(log, receiver, clock).deliver()
    assert receiver.attempts == ["1", "1", "2"]
    assert len(keys) == 2  # a receiver that drops keys it knows has each alert once
