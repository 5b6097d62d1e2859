"""What to watch and whom to tell, as a desk writes it in one TOML file, and what is wrong with such a file."""

import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from dragoman.analysis.alerts import AlertRule
from dragoman.app.config import Config
from dragoman.app.wiring import dossier_book
from dragoman.backends.mail_channel import Encryption
from dragoman.backends.webhook_channel import read_secret
from dragoman.core.errors import ConfigError
from dragoman.core.ids import content_hash
from dragoman.knowledge.gazetteer import load_gazetteer

Seconds = Annotated[float, msgspec.Meta(gt=0)]
_POLITE = 60.0
"""Least seconds between two looks at a feed of somebody else."""


class WatchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How watching goes about it; times in seconds."""

    every: Seconds = 900.0
    """How often a feed is asked, unless it says otherwise; a tenth more or less, so that feeds do not come all at once."""
    longest_wait: Seconds = 21_600.0
    """Longest wait for a feed that fails; the wait doubles from `every` with each failure."""
    follow_links: bool = False
    """Fetch the page behind entries that bring only a summary."""
    page_attempts: Annotated[int, msgspec.Meta(ge=1)] = 5
    """How often a page that cannot be had is asked for, before the entry's own words are taken."""
    lanes: Annotated[int, msgspec.Meta(ge=1, le=32)] = 4
    """Connections at a time; one host is always asked through the same one, with the pause of fetch.delay."""
    settle: Annotated[float, msgspec.Meta(ge=0)] = 60.0
    """Least time between two times that the record is brought up to date; at most a tenth of the time goes there anyway."""
    metrics: Annotated[int, msgspec.Meta(ge=0, le=65535)] | None = None
    """Port of this machine at which figures are served as OpenMetrics; without it they are not."""


class FeedPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One feed; what it does not say is as under [watch]."""

    url: str
    name: str | None = None
    """What logs and figures call it; its address where it has none."""
    every: Seconds | None = None
    follow_links: bool | None = None
    source: str | None = None
    """What the source of its documents is called, instead of what feed and pages call themselves."""
    licence: str | None = None
    language: str | None = None

    @property
    def label(self) -> str:
        """Name, else address."""
        return self.name or self.url


class AtomPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="atom"):
    """Alerts as an Atom file."""

    file: str
    title: str = "Dragoman alerts"
    keep: Annotated[int, msgspec.Meta(ge=1, le=5000)] = 100
    """Newest alerts that the file holds."""


class MailPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="mail"):
    """Alerts by e-mail."""

    host: str
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    encryption: Encryption = Encryption.STARTTLS
    sender: str
    recipients: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    user: str | None = None
    password_variable: str | None = None
    """The environment variable that holds the password."""


class WebhookPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="webhook"):
    """Alerts posted to an address."""

    url: str
    secret_variable: str
    """The environment variable that holds the secret: whsec_ and base64."""
    allow_private: bool = False
    """Whether the address may be on a private network or this machine, and without encryption."""


ChannelPlan = AtomPlan | MailPlan | WebhookPlan


class WatchPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file: [watch], [[feed]], [[alert]], [channel.NAME]."""

    watch: WatchSettings = WatchSettings()
    feeds: tuple[FeedPlan, ...] = msgspec.field(name="feed", default=())
    alerts: tuple[AlertRule, ...] = msgspec.field(name="alert", default=())
    channels: dict[str, ChannelPlan] = msgspec.field(name="channel", default_factory=dict)


def read_plan(path: Path) -> WatchPlan:
    """Read the file; ConfigError says where it is not what such a file holds."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; correct the file") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check the path") from error
    try:
        return msgspec.convert(written, WatchPlan)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; `docs/watching.md` lists what can be written") from error


def faults_of(plan: WatchPlan, config: Config, env: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Everything that would keep a plan from doing what it says, each with what to do."""
    return (*_feed_faults(plan, config), *_rule_faults(plan, config), *_channel_faults(plan, env))


def fingerprint(rule: AlertRule, coder: str, model: str) -> str:
    """Hash of what a rule speaks of and of who codes: where it changes, what the record holds by then is no news."""
    spoken_of = msgspec.structs.replace(rule, to=())
    return content_hash(msgspec.json.encode(spoken_of, order="deterministic").decode(), coder, model)


def _feed_faults(plan: WatchPlan, config: Config) -> Iterator[str]:
    if not plan.feeds:
        yield "there is no [[feed]]: add one with its url"
    for url, number in Counter(feed.url for feed in plan.feeds).items():
        if number > 1:
            yield f"feed {url} stands there {number} times: leave one"
    for name, number in Counter(feed.name for feed in plan.feeds if feed.name).items():
        if number > 1:
            yield f"{number} feeds are called {name!r}: give each a name of its own"
    for feed in plan.feeds:
        yield from (f"feed {feed.label}: {fault}" for fault in _address_faults(feed.url))
        every = feed.every or plan.watch.every
        if every < _POLITE and not config.fetch.allow_private:
            yield f"feed {feed.label}: asked every {every:g} s; leave the site at least {_POLITE:g} s"


def _address_faults(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        yield f"{url} is no address: {error}"
        return
    if parts.scheme not in {"http", "https"} or not host:
        yield f"{url} is no http or https address"
    if parts.username or parts.password:
        yield "the address carries a user name or password: leave it out"


def _rule_faults(plan: WatchPlan, config: Config) -> Iterator[str]:
    dossiers, gazetteer = dossier_book(config).dossiers, load_gazetteer()
    for name, number in Counter(rule.id for rule in plan.alerts).items():
        if number > 1:
            yield f"{number} alerts are called {name!r}: give each an id of its own"
    for rule in plan.alerts:
        where = f"alert {rule.id}"
        if not rule.to:
            yield f"{where}: goes to no channel: name some in `to`"
        yield from (f"{where}: there is no [channel.{channel}]" for channel in rule.to if channel not in plan.channels)
        for dossier in (one for one in rule.dossier if one not in dossiers):
            yield f"{where}: there is no dossier {dossier!r}; `docs/codebook.md` lists them"
        known = (one for one in (*rule.actor, *rule.with_actor) if gazetteer.actor(one) is None and not gazetteer.named(one))
        yield from (f"{where}: no actor is known as {actor!r}; write a code such as QAT, or a full name" for actor in known)


def _channel_faults(plan: WatchPlan, env: Mapping[str, str]) -> Iterator[str]:
    used = {channel for rule in plan.alerts for channel in rule.to}
    for name, channel in plan.channels.items():
        where = f"channel {name}"
        if name not in used:
            yield f"{where}: no alert goes there"
        match channel:
            case AtomPlan():
                folder = Path(channel.file).expanduser().absolute().parent
                if not os.access(folder, os.W_OK):
                    yield f"{where}: the folder {folder} is not there or cannot be written"
            case MailPlan():
                yield from (f"{where}: {fault}" for fault in _mail_faults(channel, env))
            case WebhookPlan():
                yield from (f"{where}: {fault}" for fault in _webhook_faults(channel, env))


def _mail_faults(channel: MailPlan, env: Mapping[str, str]) -> Iterator[str]:
    for address in (channel.sender, *channel.recipients):
        if "@" not in address or any(char in address for char in "\r\n, "):
            yield f"{address!r} is no mail address"
    if channel.user and not channel.password_variable:
        yield "has a user and no password_variable: name the variable that holds the password"
    if channel.password_variable and not env.get(channel.password_variable):
        yield f"the variable {channel.password_variable} is not set: put the password there"
    if channel.user and channel.encryption is Encryption.NONE:
        yield "would send its password without encryption: use starttls or tls"


def _webhook_faults(channel: WebhookPlan, env: Mapping[str, str]) -> Iterator[str]:
    yield from _address_faults(channel.url)
    if not channel.url.startswith("https://") and not channel.allow_private:
        yield "posts without encryption: use https, or set allow_private for a receiver on your own network"
    written = env.get(channel.secret_variable)
    if not written:
        yield f"the variable {channel.secret_variable} is not set: put whsec_ and what `openssl rand -base64 32` says there"
        return
    try:
        read_secret(written)
    except ConfigError as error:
        yield f"{channel.secret_variable}: {error}"
