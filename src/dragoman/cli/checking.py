# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs about Dragoman itself: config, doctor."""

import re

import click
import msgspec

from dragoman.app import health
from dragoman.cli.options import json_option
from dragoman.cli.output import table
from dragoman.export.tables import json_text

_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):([^@\s]*)@")


@click.command()
@json_option
@click.pass_context
def config(context: click.Context, /, *, as_json: bool) -> None:
    """Print every setting, its value, and where it came from.

    Settings are read from dragoman.toml in this folder (before it, from the one in your configuration folder), from
    variables named DRAGOMAN_ and the key with _ for the dot, and from options; the later wins.

    \b
    A dragoman.toml:
      store = "desk.db"
      [run]
      workers = 2
      [sources."Example Agency"]
      grade = "B"
    """
    settings = [(key, _masked(value), origin) for key, value, origin in context.obj.config().settings()]
    if as_json:
        click.echo(json_text([{"key": key, "value": value, "from": origin} for key, value, origin in settings]))
    else:
        table(("setting", "value", "from"), ((key, _shown(value), origin) for key, value, origin in settings))


def _masked(value: object) -> object:
    return _PASSWORD.sub(r"\1:***@", value) if isinstance(value, str) else value


def _shown(value: object) -> str:
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, msgspec.Struct):
        return ", ".join(f"{name} {inner}" for name, inner in msgspec.to_builtins(value).items() if inner is not None)
    return str(value)


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context, /, *, as_json: bool) -> None:
    """Say what is installed, what is missing, and whether the store can be used.

    Leaves with 1 when something needed is missing.
    """
    checks = health.examine(context.obj.config())
    if as_json:
        click.echo(json_text(checks))
    else:
        marks = {(True, True): "ok", (True, False): "ok", (False, False): "optional", (False, True): "MISSING"}
        rows = ((marks[c.ok, c.needed], c.name, c.found, None if c.ok else c.remedy) for c in checks)
        table(("", "what", "found", "what to do"), rows)
    if any(check.needed and not check.ok for check in checks):
        context.exit(1)


COMMANDS = (config, doctor)
