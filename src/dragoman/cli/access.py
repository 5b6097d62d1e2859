# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""Verbs about who may see and do what: accounts, restrict, unrestrict, audit."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from dragoman.app import accounts as keeping
from dragoman.app import restricting
from dragoman.app.accounts import Signature, command_line
from dragoman.app.wiring import opened_store
from dragoman.cli.options import json_option, word
from dragoman.cli.output import line, table
from dragoman.core.access import Account, AccountRole, AuditAction, RestrictionKind, Scope
from dragoman.core.ports import Store
from dragoman.export.tables import json_text

name_argument = click.argument("name")
role_type = click.Choice([role.value for role in AccountRole], case_sensitive=False)
kind_argument = click.argument("kind", type=click.Choice([kind.value for kind in RestrictionKind]))


@contextmanager
def _opened(context: click.Context) -> Iterator[tuple[Store, Signature]]:
    config = context.obj.config()
    with opened_store(config, must_exist=True) as store:
        yield store, command_line(config)


def _password(name: str) -> str:
    """Asked for twice at a terminal, else the first line of standard input; never an argument, which others could read."""
    if sys.stdin.isatty():
        return str(click.prompt(f"Password for {name}", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@click.group()
def accounts() -> None:
    """Add and change accounts: who may read, judge and manage.

    As soon as the store has an account, everybody logs in to the desk, and it may be served to other machines.

    \b
    Examples:
      dragoman accounts add mara --role admin
      dragoman accounts add ben --role reader
      dragoman accounts token add mara --name "nightly script" --scope read --days 90
    """


@accounts.command("add")
@name_argument
@click.option("--role", type=role_type, default=AccountRole.READER.value, show_default=True, help="What the account may do.")
@click.option("--restricted", is_flag=True, help="It may see what is restricted; an admin always may.")
@click.pass_context
def add_account(context: click.Context, /, name: str, role: str, *, restricted: bool) -> None:
    """Add an account; the password is asked for, or read from standard input."""
    with _opened(context) as (store, by):
        password = _password(name)
        made = keeping.add_account(store.access, name, password, role=AccountRole(role), restricted=restricted, by=by)
        _say(made)
        if not any(one.role is AccountRole.ADMIN for one in store.access.accounts()):
            line("no account is an admin yet: accounts and restrictions are managed from the command line alone", stderr=True)


@accounts.command("list")
@json_option
@click.pass_context
def list_accounts(context: click.Context, /, *, as_json: bool) -> None:
    """Print all accounts, without their passwords."""
    with _opened(context) as (store, _):
        rows = [(one.name, one.role, _yes(one.sees_restricted), _yes(one.disabled), one.made) for one in store.access.accounts()]
    _print(("name", "role", "restricted", "disabled", "made"), rows, as_json=as_json)


@accounts.command("password")
@name_argument
@click.pass_context
def change_password(context: click.Context, /, name: str) -> None:
    """Give an account another password; it is logged out everywhere."""
    with _opened(context) as (store, by):
        owner = keeping.account_named(store.access, name)
        keeping.set_password(store.access, owner.name, _password(owner.name), by=by)
    line(f"{owner.name}: password changed")


@accounts.command("role")
@name_argument
@click.argument("role", type=role_type)
@click.option("--restricted/--not-restricted", default=None, help="Whether it may see what is restricted.")
@click.pass_context
def change_role(context: click.Context, /, name: str, role: str, *, restricted: bool | None) -> None:
    """Give an account another role, effective at its next request."""
    with _opened(context) as (store, by):
        _say(keeping.change_account(store.access, name, role=AccountRole(role), restricted=restricted, by=by))


@accounts.command("disable")
@name_argument
@click.pass_context
def disable(context: click.Context, /, name: str) -> None:
    """Lock an account out; its sessions end and its tokens are refused."""
    with _opened(context) as (store, by):
        _say(keeping.change_account(store.access, name, disabled=True, by=by))


@accounts.command("enable")
@name_argument
@click.pass_context
def enable(context: click.Context, /, name: str) -> None:
    """Let a disabled account in again."""
    with _opened(context) as (store, by):
        _say(keeping.change_account(store.access, name, disabled=False, by=by))


@accounts.group()
def token() -> None:
    """Make, list and revoke tokens by which programs use the API."""


@token.command("add")
@name_argument
@click.option("--name", "label", default="token", show_default=True, help="What it is for.")
@click.option(
    "--scope", "scopes", type=click.Choice([scope.value for scope in Scope]), multiple=True, help="Beside read; may be repeated."
)
@click.option("--days", type=click.IntRange(1, 3660), default=90, show_default=True, help="Days until it expires.")
@click.pass_context
def add_token(context: click.Context, /, name: str, label: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token for an account and print its secret, which is never shown again."""
    with _opened(context) as (store, by):
        made, secret = keeping.make_token(store.access, name, label, scopes=tuple(map(Scope, scopes)), days=days, by=by)
    line(f"{made.id} for {made.account}: {', '.join(made.scopes)}, until {made.expires:%Y-%m-%d}", stderr=True)
    click.echo(secret)


@token.command("list")
@click.argument("account", required=False)
@json_option
@click.pass_context
def list_tokens(context: click.Context, /, account: str | None, *, as_json: bool) -> None:
    """Print tokens, of one account or all, without their secrets."""
    with _opened(context) as (store, _):
        owner = keeping.account_named(store.access, account).name if account else None
        found = store.access.tokens(owner)
        rows = [(one.id, one.account, one.name, ", ".join(one.scopes), one.made, one.expires) for one in found]
    _print(("id", "account", "name", "scopes", "made", "expires"), rows, as_json=as_json)


@token.command("revoke")
@click.argument("token_id", metavar="TOKEN")
@click.pass_context
def revoke_token(context: click.Context, /, token_id: str) -> None:
    """Take a token away, by its id."""
    with _opened(context) as (store, by):
        gone = keeping.revoke_token(store.access, token_id, by=by)
    line(f"{gone.id} of {gone.account} revoked")


@click.group()
def restrict() -> None:
    """Mark a document, a source or a dossier as restricted.

    Who may not see what is restricted is shown a record resolved without it: nothing derived from it enters a page, a
    brief, an export, a feed or a path. Restricting a source or a dossier also holds for what comes later.

    \b
    Examples:
      dragoman restrict document d0123456789abcdef --why "told in confidence"
      dragoman restrict source "Internal memos"
      dragoman restrict dossier libya
      dragoman restrict list
    """


def _restricting(kind: RestrictionKind, what: str) -> click.Command:
    @restrict.command(kind.value, help=what)
    @click.argument("value", metavar=kind.value.upper())
    @click.option("--why", help="Reason, kept with the restriction.")
    @click.pass_context
    def command(context: click.Context, /, value: str, why: str | None) -> None:
        with _opened(context) as (store, by):
            made = restricting.restrict(store, kind, value, why=why, by=by)
        line(f"{kind} {made.restriction.value} is restricted: {made.documents} document{'s'[: made.documents != 1]} closed")
        if made.copies:
            line(f"near copies of them stay open: {', '.join(made.copies)}; restrict them, too, if need be", stderr=True)

    return command


_restricting(RestrictionKind.DOCUMENT, "Restrict one document, by its id or name.")
_restricting(RestrictionKind.SOURCE, "Restrict all documents of a source, also those to come.")
_restricting(RestrictionKind.DOSSIER, "Restrict all documents with a claim on a dossier, also those to come.")


@restrict.command("list")
@json_option
@click.pass_context
def list_restrictions(context: click.Context, /, *, as_json: bool) -> None:
    """Print what is restricted, by whom and why."""
    with _opened(context) as (store, _):
        rows = [(one.kind, one.value, one.by, one.at, one.why) for one in restricting.restrictions(store)]
    _print(("kind", "what", "by", "when", "why"), rows, as_json=as_json)


@click.command()
@kind_argument
@click.argument("value")
@click.pass_context
def unrestrict(context: click.Context, /, kind: str, value: str) -> None:
    """Open again what was restricted.

    \b
    Example:
      dragoman unrestrict dossier libya
    """
    with _opened(context) as (store, by):
        lifted = restricting.unrestrict(store, RestrictionKind(kind), value, by=by)
    line(f"{lifted.kind} {lifted.value} is open again")


@click.command()
@click.option("--by", help="Only this account.")
@click.option("--action", type=word(AuditAction), metavar="CODE", help="Only this, such as login_failed or restricted.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Most entries to print.")
@json_option
@click.pass_context
def audit(context: click.Context, /, limit: int, *, as_json: bool, **asked: Any) -> None:  # noqa: ANN401  as declared
    """Print who logged in, judged, exported and changed accounts and restrictions, the latest first.

    \b
    Examples:
      dragoman audit
      dragoman audit --action login_failed --json
    """
    with _opened(context) as (store, _):
        found = list(store.access.audit(limit=limit, **asked))
    rows = [(one.at, one.by, one.action, one.subject, one.note, one.address) for one in found]
    _print(("when", "who", "what", "to what", "note", "from"), rows, as_json=as_json)


def _print(columns: tuple[str, ...], rows: list[tuple[Any, ...]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json_text([dict(zip(columns, row, strict=True)) for row in rows]))
    elif rows:
        table(columns, (tuple(f"{cell:%Y-%m-%d %H:%M}" if hasattr(cell, "tzinfo") else cell for cell in row) for row in rows))
    else:
        line("none", stderr=True)


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _say(account: Account) -> None:
    line(f"{account.name}: {keeping.described(account)}")


COMMANDS = (accounts, restrict, unrestrict, audit)
