"""`WatchLog` on the store's own database, SQLite or PostgreSQL."""

import fcntl
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Connection, and_, case, delete, func, select, text, update
from sqlalchemy.sql.dml import Update

from dragoman.backends import sql_schema as schema
from dragoman.backends.sql_errors import explained
from dragoman.backends.sql_open import close_engine, open_engine, writing
from dragoman.backends.sql_write import Row, chunks, insert_new
from dragoman.core.codec import dump
from dragoman.core.errors import StoreError
from dragoman.core.ids import ClaimId
from dragoman.core.watching import Alert, Delivery, DeliveryState, Entry, FeedHealth, Outbox

_REMEMBERED = timedelta(days=14)
"""How long the key of an entry that left its feed is kept; should it come back later, its text is known to the store anyway."""

# Any constant will do, as long as nothing else in the database uses it.
_WATCH_LOCK = 0x0D7A61


def _utc_day() -> date:
    return datetime.now(UTC).date()


class SqlWatchLog:
    """Made by `open_watch_log`; see `WatchLog`. Not for use by several threads."""

    def __init__(self, where: str | Path, *, today: Callable[[], date] = _utc_day) -> None:
        self._engine, self._name = open_engine(where)
        self._writing = writing(self._engine)
        self._today = today
        self._held_file: int | None = None
        self._held_connection: Connection | None = None

    def hold(self) -> None:
        """See `WatchLog.hold`; the system frees the hold of a process that dies."""
        if self._engine.dialect.name == "postgresql":
            with explained(self._name):
                self._held_connection = self._engine.connect()
                free = self._held_connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _WATCH_LOCK})
        else:
            free = self._lock_file()
        if not free:
            raise StoreError(f"another process watches feeds for the store {self._name}; stop it first, or let it do the work")

    def _lock_file(self) -> bool:
        path = f"{self._name}-watch"
        try:
            self._held_file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{path} cannot be written: {error.strerror}; watching needs a store that can be written") from error
        try:
            fcntl.flock(self._held_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def feeds(self) -> Mapping[str, FeedHealth]:
        """See `WatchLog.feeds`."""
        with self._read() as connection:
            rows = connection.execute(select(schema.feeds).order_by(schema.feeds.c.url))
            return {url: msgspec.json.decode(health, type=FeedHealth) for url, health in rows}

    def polled(self, health: FeedHealth, entries: Sequence[Entry] = (), *, complete: bool = False) -> int:
        """See `WatchLog.polled`."""
        table, today = schema.feed_entries, self._today()
        first = {entry.key: entry for entry in reversed(entries)}
        with self._write() as connection:
            known = _known_keys(connection, health.url, first)
            rows = [
                {"feed": health.url, "key": entry.key, "seen": today, "attempts": entry.attempts, "body": entry.body}
                for entry in reversed(first.values())
                if entry.key not in known
            ]
            new = sum(insert_new(connection, table, some) for some in _batches(rows))
            for some in chunks(sorted(known)):
                connection.execute(update(table).where(table.c.feed == health.url, table.c.key.in_(some)).values(seen=today))
            if complete:
                old = and_(table.c.feed == health.url, table.c.body.is_(None), table.c.seen < today - _REMEMBERED)
                connection.execute(delete(table).where(old))
            noted = msgspec.structs.replace(health, entries=health.entries + new)
            connection.execute(delete(schema.feeds).where(schema.feeds.c.url == health.url))
            connection.execute(schema.feeds.insert().values(url=health.url, health=dump(noted).decode()))
        return new

    def waiting(self, *, limit: int, beside: Collection[tuple[str, str]] = ()) -> Sequence[Entry]:
        """See `WatchLog.waiting`."""
        table = schema.feed_entries
        rank = func.row_number().over(partition_by=table.c.feed, order_by=(table.c.attempts, table.c.seq)).label("rank")
        ranked = select(table.c.feed, table.c.key, table.c.seq, rank).where(table.c.body.is_not(None)).subquery()
        # Feed by feed in turn, so that one that floods does not hold up the others.
        query = select(ranked.c.feed, ranked.c.key).order_by(ranked.c.rank, ranked.c.seq)
        with self._read() as connection:
            rows = connection.execute(query.where(ranked.c.rank <= limit)).all()
            chosen = [(feed, key) for feed, key in rows if (feed, key) not in beside][:limit]
            found = (self._entry(connection, feed, key) for feed, key in chosen)
            return [entry for entry in found if entry is not None]

    def _entry(self, connection: Connection, feed: str, key: str) -> Entry | None:
        table = schema.feed_entries
        query = select(table.c.body, table.c.attempts).where(table.c.feed == feed, table.c.key == key)
        row = connection.execute(query).one_or_none()
        return Entry(feed=feed, key=key, body=row.body, attempts=row.attempts) if row and row.body is not None else None

    def waiting_count(self) -> int:
        """See `WatchLog.waiting_count`."""
        table = schema.feed_entries
        with self._read() as connection:
            return connection.scalar(select(func.count()).select_from(table).where(table.c.body.is_not(None))) or 0

    def stored(self, entries: Collection[Entry]) -> None:
        """See `WatchLog.stored`."""
        with self._write() as connection:
            for entry in entries:
                connection.execute(_of(entry).values(body=None))

    def failed(self, entry: Entry) -> None:
        """See `WatchLog.failed`."""
        with self._write() as connection:
            connection.execute(_of(entry).values(attempts=entry.attempts + 1))

    def knows(self, rule: str, fingerprint: str) -> bool:
        """See `WatchLog.knows`."""
        table = schema.alert_rules
        with self._read() as connection:
            return connection.scalar(select(table.c.fingerprint).where(table.c.rule == rule)) == fingerprint

    def cover(self, rule: str, fingerprint: str | None, covered: Collection[tuple[str, ClaimId]]) -> None:
        """See `WatchLog.cover`."""
        with self._write() as connection:
            _cover(connection, rule, covered)
            if fingerprint is not None:
                connection.execute(delete(schema.alert_rules).where(schema.alert_rules.c.rule == rule))
                connection.execute(schema.alert_rules.insert().values(rule=rule, fingerprint=fingerprint))

    def covered(self, rule: str) -> set[tuple[str, ClaimId]]:
        """See `WatchLog.covered`."""
        table = schema.alert_coverage
        with self._read() as connection:
            rows = connection.execute(select(table.c.change, table.c.claim).where(table.c.rule == rule))
            return {(change, ClaimId(claim)) for change, claim in rows}

    def raise_alerts(self, alerts: Sequence[tuple[Alert, Sequence[str]]]) -> int:
        """See `WatchLog.raise_alerts`."""
        table, new = schema.alerts, 0
        with self._write() as connection:
            for alert, channels in alerts:
                added = insert_new(connection, table, [{"id": alert.key, "body": dump(alert).decode()}])
                new += added
                _cover(connection, alert.rule, [(alert.change, claim) for claim in alert.claims])
                number = connection.scalar(select(table.c.seq).where(table.c.id == alert.key))
                rows = [
                    {"alert": number, "channel": channel, "state": DeliveryState.PENDING.value, "attempts": 0, "fault": None}
                    for channel in channels
                ]
                if added:
                    insert_new(connection, schema.deliveries, rows)
        return new

    def pending(self, channel: str, *, limit: int) -> Sequence[Delivery]:
        """See `WatchLog.pending`."""
        table = schema.deliveries
        query = (
            select(schema.alerts.c.body, table.c.attempts, table.c.fault)
            .join_from(table, schema.alerts)
            .where(table.c.channel == channel, table.c.state == DeliveryState.PENDING.value)
            .order_by(table.c.alert)
            .limit(limit)
        )
        with self._read() as connection:
            return [
                Delivery(alert=_alert(row.body), channel=channel, attempts=row.attempts, fault=row.fault)
                for row in connection.execute(query)
            ]

    def delivered(self, delivery: Delivery) -> None:
        """See `WatchLog.delivered`."""
        table = schema.deliveries
        number = select(schema.alerts.c.seq).where(schema.alerts.c.id == delivery.alert.key).scalar_subquery()
        change = update(table).where(table.c.alert == number, table.c.channel == delivery.channel)
        with self._write() as connection:
            connection.execute(change.values(state=delivery.state.value, attempts=delivery.attempts, fault=delivery.fault))

    def retry(self, channel: str | None = None) -> int:
        """See `WatchLog.retry`."""
        table = schema.deliveries
        change = update(table).where(table.c.state == DeliveryState.FAILED.value)
        if channel is not None:
            change = change.where(table.c.channel == channel)
        with self._write() as connection:
            changed = connection.execute(change.values(state=DeliveryState.PENDING.value, attempts=0))
            return changed.rowcount

    def latest(self, channel: str, *, limit: int) -> Sequence[Alert]:
        """See `WatchLog.latest`."""
        table = schema.deliveries
        query = select(schema.alerts.c.body).join_from(table, schema.alerts).where(table.c.channel == channel)
        with self._read() as connection:
            return [_alert(body) for body in connection.scalars(query.order_by(table.c.alert.desc()).limit(limit))]

    def outboxes(self) -> Sequence[Outbox]:
        """See `WatchLog.outboxes`."""
        table = schema.deliveries
        counted = [func.sum(case((table.c.state == state.value, 1), else_=0)).label(state.value) for state in DeliveryState]
        unsent = case((table.c.state != DeliveryState.SENT.value, table.c.fault), else_=None)
        query = select(table.c.channel, *counted, func.max(unsent).label("fault")).group_by(table.c.channel)
        with self._read() as connection:
            rows = connection.execute(query.order_by(table.c.channel)).mappings()
            return [Outbox(**{name: row[name] for name in Outbox.__struct_fields__}) for row in rows]

    def close(self) -> None:
        """See `WatchLog.close`."""
        if self._held_file is not None:
            os.close(self._held_file)
            self._held_file = None
        if self._held_connection is not None:
            self._held_connection.close()
            self._held_connection = None
        close_engine(self._engine)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with explained(self._name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with explained(self._name), self._writing.begin() as connection:
            yield connection


def _known_keys(connection: Connection, feed: str, keys: Collection[str]) -> set[str]:
    table = schema.feed_entries
    known: set[str] = set()
    for some in chunks(sorted(keys)):
        known.update(connection.scalars(select(table.c.key).where(table.c.feed == feed, table.c.key.in_(some))))
    return known


def _of(entry: Entry) -> Update:
    table = schema.feed_entries
    return update(table).where(table.c.feed == entry.feed, table.c.key == entry.key)


def _cover(connection: Connection, rule: str, covered: Collection[tuple[str, ClaimId]]) -> None:
    rows: list[Row] = [{"rule": rule, "change": change, "claim": claim} for change, claim in sorted(covered)]
    for some in _batches(rows):
        insert_new(connection, schema.alert_coverage, some)


def _batches(rows: Sequence[Row], size: int = 500) -> Iterator[Sequence[Row]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _alert(body: str) -> Alert:
    return msgspec.json.decode(body, type=Alert)
