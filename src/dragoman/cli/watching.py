# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs for feeds: watch, watch status, watch retry, watch check."""

import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from dragoman.cli.options import json_option
from dragoman.cli.output import line, table
from dragoman.core.codec import dump
from dragoman.core.errors import ConfigError
from dragoman.core.watching import FeedHealth, FeedState

if TYPE_CHECKING:
    from structlog.typing import Processor

    from dragoman.app.watchkeeping import Stopper

plan_argument = click.argument("plan", type=click.Path(path_type=Path), metavar="FEEDS.toml")


class _WatchGroup(click.Group):
    """`watch FEEDS.toml` is `watch start FEEDS.toml`: what is no verb of the group is a file to watch."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["start", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`watch --once FEEDS.toml` as well."""
        if args and args[0] == "--once":
            args = ["start", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_WatchGroup)
def watch() -> None:
    """Watch feeds for weeks, and send alerts on new events.

    `dragoman watch FEEDS.toml` starts; the file says which feeds, how often, and whom to tell of what.

    \b
    Examples:
      dragoman watch check feeds.toml
      dragoman --store desk.db watch feeds.toml
      dragoman --store desk.db watch --once feeds.toml     for cron
      dragoman --store desk.db watch status
    """


@watch.command()
@plan_argument
@click.option("--once", is_flag=True, help="Ask the feeds that are due, store what they bring, send alerts, and leave.")
@click.pass_context
def start(context: click.Context, /, plan: Path, *, once: bool) -> None:
    """Watch the feeds of a file until Ctrl-C or SIGTERM.

    What happens is written to standard error as one JSON object a line. Stopping loses nothing: the next start goes on from
    there, also after a crash. Leaves with 0 when it was stopped.
    """
    import structlog  # noqa: PLC0415  only watching needs it

    from dragoman.app import watchkeeping  # noqa: PLC0415  networks, logs and feeds: only watching needs them

    config = context.obj.config()
    _log_as_json()
    stopper = watchkeeping.Stopper()
    earlier = {number: signal.signal(number, _stopping(stopper)) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        watchkeeping.watch(plan, config, stopper, once=once)
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
    structlog.get_logger().info("watch.stopped")


@watch.command()
@json_option
@click.pass_context
def status(context: click.Context, /, *, as_json: bool) -> None:
    """Say how each feed does, what waits to be stored, and where alerts are.

    Leaves with 1 when a feed fails or an alert could not be sent.
    """
    from dragoman.app import watchkeeping  # noqa: PLC0415  networks, logs and feeds: only watching needs them

    found = watchkeeping.status(context.obj.config())
    if as_json:
        click.echo(dump(found))
    else:
        table(("feed", "state", "last read", "last new", "entries", "failures", "what"), (_row(one) for one in found.feeds))
        line(f"{found.waiting:,} entries wait to be stored")
        if found.outboxes:
            columns = ("channel", "sent", "pending", "failed", "what")
            table(columns, ((one.channel, one.sent, one.pending, one.failed, one.fault) for one in found.outboxes))
    unwell = any(one.state in {FeedState.FAILING, FeedState.GONE} for one in found.feeds)
    if unwell or any(one.failed for one in found.outboxes):
        context.exit(1)


@watch.command()
@click.argument("channel", required=False, metavar="[CHANNEL]")
@click.pass_context
def retry(context: click.Context, /, channel: str | None) -> None:
    """Let alerts that a channel refused be sent after all, once what kept them is put right; without CHANNEL all of them.

    A watch that runs sends them within half a minute, else the next one does.
    """
    from dragoman.app import watchkeeping  # noqa: PLC0415  networks, logs and feeds: only watching needs them

    number = watchkeeping.retry(context.obj.config(), channel)
    line(f"{number:,} alert{'s' if number != 1 else ''} will be sent again")


@watch.command()
@plan_argument
@click.pass_context
def check(context: click.Context, /, plan: Path) -> None:
    """Say what is wrong with a file of feeds and rules; nothing is fetched or sent.

    Leaves with 3 when something is.
    """
    from dragoman.app import watchkeeping  # noqa: PLC0415  networks, logs and feeds: only watching needs them

    read, faults = watchkeeping.check(plan, context.obj.config())
    for fault in faults:
        line(f"{plan}: {fault}", stderr=True)
    if faults:
        context.exit(ConfigError.exit_code)
    line(f"{plan}: {len(read.feeds)} feeds, {len(read.alerts)} alerts, {len(read.channels)} channels; nothing is wrong with it")


def _row(one: FeedHealth) -> tuple[object, ...]:
    times = (moment.strftime("%Y-%m-%d %H:%M") if moment else "never" for moment in (one.succeeded, one.changed))
    moved = f"moved to {one.moved_to}: put that in its place" if one.moved_to else None
    return (one.url, one.state.value, *times, one.entries, one.failures, "; ".join(filter(None, (one.message, moved))) or None)


def _stopping(stopper: "Stopper") -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        if stopper.event.is_set():
            raise KeyboardInterrupt  # asked twice: whoever asks does not want to wait
        stopper.stop()

    return stop


def _log_as_json() -> None:
    """One JSON object a line on standard error, our own warnings included."""
    import structlog  # noqa: PLC0415  only watching needs it

    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()], logger_factory=structlog.PrintLoggerFactory(sys.stderr)
    )
    renderer = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=structlog.processors.JSONRenderer())
    for handler in logging.getLogger().handlers:
        handler.setFormatter(renderer)


COMMANDS = (watch,)
