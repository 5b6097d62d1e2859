"""What watching feeds keeps between two looks: each feed's health, the entries that wait, and the alerts on their way out."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from dragoman.core.ids import ClaimId, EventId, content_hash


class FeedState(StrEnum):
    """How a feed does."""

    NEW = "new"
    """Never asked."""
    WELL = "well"
    """The last answer could be used."""
    FAILING = "failing"
    """The last answers could not be used; it is asked again after ever longer waits."""
    GONE = "gone"
    """The server says that it was taken down for good (HTTP 410); it is asked once a day in case it comes back."""


class FeedHealth(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one feed; times are UTC by the wall clock, `wait` seconds from `polled`."""

    url: str
    state: FeedState = FeedState.NEW
    polled: datetime | None = None
    succeeded: datetime | None = None
    changed: datetime | None = None
    """When it last brought an entry that was new."""
    wait: float = 0.0
    """How long after `polled` it is asked again."""
    failures: int = 0
    """Failures in a row."""
    polls: int = 0
    entries: int = 0
    """Entries that were new, ever."""
    fault: str | None = None
    """Problem code of the last failure; None when the last answer could be used."""
    message: str | None = None
    """The failure, or what is odd about a feed that could be used, in words."""
    moved_to: str | None = None
    """Where the feed redirects to, when it does."""
    etag: str | None = None
    last_modified: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed on its way into the store; `body` is what the feed said of it, kept until it is stored."""

    feed: str
    key: str
    """Hash of what the entry says: an entry that is changed later is another one."""
    body: bytes
    attempts: int = 0
    """How often the page behind it could not be had."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One event that fits one rule; raised once, whatever reports of it follow."""

    rule: str
    event: EventId
    """The event's id when the alert was raised."""
    claims: tuple[ClaimId, ...]
    """The claims of the event that speak for it; an event with one of these has had its alert."""
    change: str = ""
    """For rules about changes: which one, such as "planned to cancelled"."""
    raised: datetime
    headline: str
    """One line that says what happened."""
    text: str
    """The alert in words, with the cited sentence and its address."""
    body: bytes
    """The alert for machines, as JSON."""

    @property
    def key(self) -> str:
        """The idempotency key: the same for every attempt to send this alert."""
        return alert_key(self.rule, self.change, self.claims)


def alert_key(rule: str, change: str, claims: Collection[str]) -> str:
    """Hash of rule, change and the claims at the time of raising."""
    return "a" + content_hash(rule, change, *sorted(claims))


class DeliveryState(StrEnum):
    """How far one alert is on its way to one channel."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    """Refused for good, or tried too often; nothing is tried any more."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One alert for one channel."""

    alert: Alert
    channel: str
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    fault: str | None = None


class Outbox(msgspec.Struct, frozen=True):
    """How many alerts of one channel are where."""

    channel: str
    pending: int = 0
    sent: int = 0
    failed: int = 0
    fault: str | None = None
    """What the last failure said, while something is pending or failed."""


class WatchLog(Protocol):
    """Keeps what watching needs to go on where it stopped, in the store's own database; raises StoreError.

    Every method is one transaction, so that a watch killed at any moment neither loses nor repeats an entry.
    """

    def hold(self) -> None:
        """Make sure that no other process watches for this store; StoreError when one does. Ends with `close`."""
        ...

    def feeds(self) -> Mapping[str, FeedHealth]:
        """What is known of every feed ever watched, by address."""
        ...

    def polled(self, health: FeedHealth, entries: Sequence[Entry] = (), *, complete: bool = False) -> int:
        """Note one look at a feed with the entries it brought; return how many were new.

        With `complete`, `entries` are all that the feed holds now: what was stored long ago and has left it is forgotten.
        """
        ...

    def waiting(self, *, limit: int, beside: Collection[tuple[str, str]] = ()) -> Sequence[Entry]:
        """Entries that are not stored yet, without those named (feed, key) `beside`.

        Feeds take turns; of one feed, those tried least and then the oldest come first.
        """
        ...

    def waiting_count(self) -> int:
        """How many entries are not stored yet."""
        ...

    def stored(self, entries: Collection[Entry]) -> None:
        """Note that these entries are in the store; their bodies are forgotten, their keys kept."""
        ...

    def failed(self, entry: Entry) -> None:
        """Note one more attempt to get the page behind an entry."""
        ...

    def knows(self, rule: str, fingerprint: str) -> bool:
        """Whether a rule with this fingerprint is known already; a new one's old events are to be `covered` before it speaks."""
        ...

    def cover(self, rule: str, fingerprint: str | None, covered: Collection[tuple[str, ClaimId]]) -> None:
        """Note, for (change, claim), that a rule has spoken of them; with a fingerprint, the rule is known from now on."""
        ...

    def covered(self, rule: str) -> set[tuple[str, ClaimId]]:
        """The (change, claim) pairs that a rule has spoken of."""
        ...

    def raise_alerts(self, alerts: Sequence[tuple[Alert, Sequence[str]]]) -> int:
        """Put alerts into the outbox, each with the channels it goes to, and cover their claims; return how many were new."""
        ...

    def pending(self, channel: str, *, limit: int) -> Sequence[Delivery]:
        """What is still to be sent to a channel, oldest first."""
        ...

    def delivered(self, delivery: Delivery) -> None:
        """Note the state, attempts and fault of a delivery."""
        ...

    def retry(self, channel: str | None = None) -> int:
        """Put alerts that could not be sent back among those that are to be, of one channel or all; return how many."""
        ...

    def latest(self, channel: str, *, limit: int) -> Sequence[Alert]:
        """The newest alerts of a channel, newest first, whatever became of them."""
        ...

    def outboxes(self) -> Sequence[Outbox]:
        """How many alerts are where, by channel."""
        ...

    def close(self) -> None:
        """Release the connection and the hold."""
        ...
