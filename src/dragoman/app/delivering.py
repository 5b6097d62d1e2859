"""Alerts out of the outbox into the channels.

An alert is marked as sent after its channel took it. A process that dies between the two sends it again when it goes on: on the
wire that is at least once, always under the same idempotency key (webhook-id, Message-ID, id of the Atom entry), by which a
receiver makes it once. The Atom file is written whole and holds each alert once in any case.
"""

import os
import random
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import structlog
from msgspec.structs import replace

from dragoman.app.watch_plan import AtomPlan, ChannelPlan, MailPlan, WebhookPlan
from dragoman.app.watch_schedule import backoff
from dragoman.backends.atom_channel import AtomFile
from dragoman.backends.mail_channel import MailChannel, MailSettings
from dragoman.backends.watch_metrics import WatchMetrics
from dragoman.backends.webhook_channel import WebhookChannel, read_secret
from dragoman.core.errors import DeliveryError
from dragoman.core.watching import Alert, Delivery, DeliveryState, WatchLog

_FIRST_WAIT, _LONGEST_WAIT = 30.0, 3_600.0
ATTEMPTS = 80
"""Attempts after which an alert is given up: about three days with the longest wait between them."""
_AT_ONCE = 20
"""Alerts that one channel gets before feeds are looked after again."""

Send = Callable[[Alert], None]


class Channel:
    """One channel with the pause that it needs after a failure."""

    def __init__(self, name: str, send: Send | None, atom: AtomFile | None = None, keep: int = 0) -> None:
        self.name = name
        self.send = send
        self.atom = atom
        self.keep = keep
        self.failures = 0
        self.due = 0.0


def open_channels(
    plans: Mapping[str, ChannelPlan], now: Callable[[], datetime], env: Mapping[str, str] = os.environ
) -> list[Channel]:
    """The channels of a plan; what secrets they need is read from the environment now."""
    return [_open(name, plan, now, env) for name, plan in plans.items()]


def _open(name: str, plan: ChannelPlan, now: Callable[[], datetime], env: Mapping[str, str]) -> Channel:
    match plan:
        case AtomPlan():
            return Channel(name, None, AtomFile(Path(plan.file).expanduser().absolute(), title=plan.title), plan.keep)
        case MailPlan():
            settings = MailSettings(
                host=plan.host,
                port=plan.port,
                encryption=plan.encryption,
                sender=plan.sender,
                recipients=plan.recipients,
                user=plan.user,
                password=env.get(plan.password_variable) if plan.password_variable else None,
            )
            return Channel(name, MailChannel(settings).send)
        case WebhookPlan():
            secret = read_secret(env.get(plan.secret_variable, ""))
            return Channel(name, WebhookChannel(plan.url, secret, now=now, allow_private=plan.allow_private).send)


class Delivering:
    """Sends what is pending, channel by channel; a channel that fails is left alone for a while and keeps its order."""

    def __init__(
        self,
        channels: list[Channel],
        log: WatchLog,
        metrics: WatchMetrics,
        clock: Callable[[], float],
        chance: random.Random,
        check: Callable[[], Callable[[Alert], bool]],
    ) -> None:
        """`check` gives what tells whether an alert may still leave."""
        self._check = check
        self._channels = channels
        self._log = log
        self._metrics = metrics
        self._clock = clock
        self._chance = chance
        self._say = structlog.get_logger()

    def deliver(self) -> None:
        """Send what is due."""
        for channel in self._channels:
            if self._clock() >= channel.due:
                self._publish(channel) if channel.atom else self._post(channel)
        self._metrics.unsent(self._log.outboxes())

    def seconds_left(self) -> float | None:
        """Seconds until a channel that failed is tried again; None when none waits."""
        waits = [channel.due - self._clock() for channel in self._channels if channel.failures]
        return max(0.0, min(waits)) if waits else None

    def _post(self, channel: Channel) -> None:
        pending = self._log.pending(channel.name, limit=_AT_ONCE)
        may_go = self._check() if pending else None
        for delivery in pending:
            if may_go is not None and not may_go(delivery.alert):
                self._withhold(channel, delivery)
            elif not self._attempt(channel, delivery):
                return

    def _attempt(self, channel: Channel, delivery: Delivery) -> bool:
        """Send one alert; whether the channel can take the next one."""
        assert channel.send is not None  # noqa: S101  only Atom files have none
        tried = replace(delivery, attempts=delivery.attempts + 1)
        try:
            channel.send(delivery.alert)
        except DeliveryError as error:
            for_good = not error.passing or tried.attempts >= ATTEMPTS
            state = DeliveryState.FAILED if for_good else DeliveryState.PENDING
            self._log.delivered(replace(tried, state=state, fault=str(error)))
            self._fail(channel, delivery.alert, error, state)
            return not error.passing
        self._log.delivered(replace(tried, state=DeliveryState.SENT, fault=None))
        self._succeed(channel, delivery.alert)
        return True

    def _withhold(self, channel: Channel, delivery: Delivery) -> None:
        why = "withheld: what it rests on was restricted after it was raised"
        self._log.delivered(replace(delivery, state=DeliveryState.FAILED, fault=why))
        self._metrics.delivered(channel.name, "withheld")
        self._say.warning("alert.withheld", channel=channel.name, alert=delivery.alert.key, rule=delivery.alert.rule)

    def _publish(self, channel: Channel) -> None:
        pending = self._log.pending(channel.name, limit=_AT_ONCE)
        if not pending or channel.atom is None:
            return
        try:
            may_go = self._check()
            channel.atom.publish([alert for alert in self._log.latest(channel.name, limit=channel.keep) if may_go(alert)])
        except DeliveryError as error:
            self._log.delivered(replace(pending[0], attempts=pending[0].attempts + 1, fault=str(error)))
            self._fail(channel, pending[0].alert, error, DeliveryState.PENDING)
            return
        while pending:
            for delivery in pending:
                self._log.delivered(replace(delivery, attempts=delivery.attempts + 1, state=DeliveryState.SENT, fault=None))
                self._succeed(channel, delivery.alert)
            pending = self._log.pending(channel.name, limit=_AT_ONCE)

    def _succeed(self, channel: Channel, alert: Alert) -> None:
        channel.failures = 0
        self._metrics.delivered(channel.name, "sent")
        self._say.info("alert.sent", channel=channel.name, alert=alert.key, rule=alert.rule)

    def _fail(self, channel: Channel, alert: Alert, error: DeliveryError, state: DeliveryState) -> None:
        if error.passing:
            channel.failures += 1
            wait = backoff(channel.failures, _FIRST_WAIT, _LONGEST_WAIT, self._chance)
            channel.due = self._clock() + wait
        outcome = "failed" if state is DeliveryState.FAILED else "retried"
        self._metrics.delivered(channel.name, outcome)
        self._say.warning(f"alert.{outcome}", channel=channel.name, alert=alert.key, rule=alert.rule, why=str(error))
