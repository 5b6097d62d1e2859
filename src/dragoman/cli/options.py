"""Options that several verbs share."""

import difflib
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import click

from dragoman.core.vocab import Channel, Issue, Level, Role

F = TypeVar("F", bound=Callable[..., Any])


def day(value: str) -> date:
    """A day as YYYY-MM-DD; anything else is an error that says what is wanted."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day; write it as YYYY-MM-DD, such as 2024-05-01") from error


def word(codes: type[StrEnum]) -> Callable[[str], StrEnum]:
    """Read a code of a closed list, in any case, with spaces or hyphens for underscores; anything else is an error."""

    def code(value: str) -> StrEnum:
        wanted = value.strip().casefold().replace(" ", "_").replace("-", "_")
        if wanted not in set(codes):
            close = difflib.get_close_matches(wanted, codes, n=1, cutoff=0.6)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise click.BadParameter(f"{value!r} is not one of {', '.join(codes)}{hint}")
        return codes(wanted)

    return code


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Options as one decorator, in the order given."""

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
full_text_option = click.option(
    "--full-text", is_flag=True, default=None, help="Show whole documents even where the licence field does not allow it."
)
restricted_option = click.option(
    "--restricted",
    is_flag=True,
    default=None,
    help="Put restricted material into what is written; a table on the terminal always shows it.",
)
since_option = click.option(
    "--since", type=day, metavar="DATE", help="First day, YYYY-MM-DD. Undated items are left out and counted."
)
until_option = click.option(
    "--until", type=day, metavar="DATE", help="Last day, YYYY-MM-DD. Undated items are left out and counted."
)

input_options = together(
    click.option("--published", type=day, metavar="DATE", help="Publication date of documents that bring none."),
    click.option(
        "--map", "mapping", metavar="FIELD=COLUMN", multiple=True, help="Column or key that holds a field, such as published=day."
    ),
    click.option("--source", help="Source of documents that name none."),
    click.option("--licence", help="Licence of documents that name none, such as 'CC BY 4.0'."),
    click.option("--language", help="Language of documents, as two letters, instead of guessing."),
    click.option("--follow-links", is_flag=True, help="Fetch the page behind feed entries that bring only a summary."),
    click.option(
        "--allow-private", is_flag=True, default=None, help="Also fetch from private networks and from this machine itself."
    ),
    click.option(
        "--no-cache", is_flag=True, default=None, help="Fetch pages whole instead of asking whether those kept have changed."
    ),
)

filter_options = together(
    click.option("--actor", help="Who acts: a name or code, such as Qatar, QAT or HAMAS."),
    click.option("--with", "with_actor", help="The other side: another participant, or whom a statement or offer addresses."),
    click.option("--person", help="One or more words of a person's name."),
    click.option("--dossier", help="Conflict or file, such as gaza, ukraine, iran_nuclear."),
    click.option("--issue", metavar="CODE", type=word(Issue), help="What is on the table, such as ceasefire."),
    click.option(
        "--role", metavar="CODE", type=word(Role), help="Role in the contact: mediator, host, guarantor, facilitator, party …"
    ),
    click.option("--level", metavar="CODE", type=word(Level), help="Level of the person: minister, special_envoy …"),
    click.option("--channel", metavar="CODE", type=word(Channel), help="in_person, phone, video, letter, shuttle, intermediary."),
    since_option,
    until_option,
    click.option("--limit", type=click.IntRange(min=1), help="Most rows to print. A table shows 50 unless told otherwise."),
    click.option(
        "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True, help="How to print."
    ),
    json_option,
    full_text_option,
    restricted_option,
)
