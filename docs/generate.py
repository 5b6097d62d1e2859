# ruff: noqa: INP001  a script of MkDocs, no module of the package
"""Fills the pages whose content is the code's own: codebook, commands and configuration cannot go stale.

A page holds a line `<!-- generated: NAME -->` where `NAME` is a key of `PARTS`; MkDocs calls `on_page_markdown`.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial

import click
import msgspec

from dragoman.app import config as settings
from dragoman.backends.onnx_classifier import read_card, shipped_model
from dragoman.cli.main import cli
from dragoman.core import plover
from dragoman.core.plover import Root
from dragoman.core.sheets import Sheet
from dragoman.core.vocab import actors, contacts, records, words
from dragoman.export import record_rows, selection
from dragoman.export.record_tables import KINDS
from dragoman.knowledge.crosswalks import pax_issues
from dragoman.knowledge.disputes import read_disputes
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.knowledge.plover import plover as plover_tables

_WIDTH = 92
"""Columns of a help text that fit the page."""
_MARKER = re.compile(r"<!-- generated: (\w+) -->")


def on_page_markdown(markdown: str, **_: object) -> str:
    """MkDocs hook: put the generated parts in."""
    return _MARKER.sub(lambda match: PARTS[match[1]](), markdown)


def codebook() -> str:
    """Every closed list with its codes and their meaning, out of `dragoman.core.vocab`."""
    parts = []
    for lists in (contacts, actors, words, records):
        notes = _member_notes(inspect.getsource(lists))
        for name, kind in vars(lists).items():
            if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum:
                rows = "\n".join(f"| `{member.value}` | {notes.get((name, member.name), '')} |" for member in kind)
                parts.append(f"## {_spaced(name)}\n\n{inspect.getdoc(kind)}\n\n| code | meaning |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)


def dossiers() -> str:
    """The shipped dossiers with their parties."""
    rows = []
    for dossier in shipped_dossiers().dossiers.values():
        sides = " · ".join(", ".join(side) for side in dossier.sides)
        period = " – ".join(filter(None, (dossier.start, dossier.end)))
        rows.append(f"| `{dossier.id}` | {dossier.name} | {sides} | {period} |")
    return "| code | what | sides | from – to |\n| --- | --- | --- | --- |\n" + "\n".join(rows)


def interactions() -> str:
    """PLOVER's types with quad, intensity and modes."""
    notes, tables = _member_notes(inspect.getsource(plover)), plover_tables()
    rows = []
    for root in Root:
        facts = tables.roots[root]
        modes = ", ".join(
            f"{name} {mode.intensity:g}" if mode.intensity is not None else name
            for name, mode in tables.modes.get(root, {}).items()
        )
        meaning = " ".join(
            filter(None, (notes["Root", root.name], facts.note and f"({facts.note[0].upper() + facts.note[1:]}.)"))
        )
        rows.append(f"| `{root}` | {root.quad.value.replace('_', ' ')} | {facts.intensity:g} | {meaning} | {modes} |")
    return "| type | quad | intensity | meaning | modes |\n| --- | --- | ---: | --- | --- |\n" + "\n".join(rows)


def commands() -> str:
    """Every command with its help, out of the command line itself."""
    top = click.Context(cli, info_name="dragoman", terminal_width=_WIDTH, help_option_names=["-h", "--help"])
    return "\n".join([_block(top), *_commands(cli, top, "dragoman", 2)])


def configuration() -> str:
    """Every setting with its default and meaning, out of `dragoman.app.config`."""
    notes = _member_notes(inspect.getsource(settings))
    rows = []
    for field in msgspec.structs.fields(settings.Config):
        if field.name in {"origins", "sources"}:
            continue
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            inner = msgspec.structs.fields(field.type)
            rows += [_setting(f"{field.name}.{one.name}", one, notes.get((field.type.__name__, one.name), "")) for one in inner]
        else:
            rows.append(_setting(field.name, field, notes.get(("Config", field.name), "")))
    return "| setting | default | meaning |\n| --- | --- | --- |\n" + "\n".join(rows)


def disputes() -> str:
    """The disputed places with their country after each policy and in each period."""
    rows = []
    for dispute in read_disputes().values():
        for period in dispute.periods:
            years = f"{period.since or ''} – {period.until or ''}" if period.since or period.until else ""
            countries = " | ".join(code or "open" for code in (period.un, period.de_facto))
            rows.append(f"| {dispute.display} | {years} | {countries} | {', '.join(period.claims)} | {period.note or ''} |")
    head = "| place, in United Nations usage | since – until | `un` | `de_facto` | claimed by | note |"
    return "\n".join((head, "| --- | --- | --- | --- | --- | --- |", *rows))


def model_card(name: str) -> str:
    """The card of a model that comes with Dragoman."""
    card = read_card(shipped_model(name))
    rows = [(name, getattr(card, name)) for name in ("version", "task", "base", "data", "licence", "measured", "limits")]
    rows += [("weights", f"SHA-256 `{card.weights_sha256}`")]
    rows += [(f"figure: {name}", f"{value:.3f}") for name, value in card.figures.items()]
    return "| | |\n| --- | --- |\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)


def exported_tables() -> str:
    """The record's tables with their columns; citation, time and place, which several share, stand once."""
    notes = {**_member_notes(inspect.getsource(record_rows)), **_member_notes(inspect.getsource(selection))}
    shared = {"time": record_rows.Time, "site": record_rows.Site, "cited": selection.Cited}
    parts = []
    for name, kind in {**KINDS, **shared}.items():
        columns = Sheet(name=name, kind=kind).columns
        own = (
            f"| `{column.name}` | {column.holds} | {notes.get((kind.__name__, column.path[0]), '')} |"
            for column in columns
            if len(column.path) == 1
        )
        also = [f"*{inner}*" for inner in shared if any(column.path[0] == inner and len(column.path) > 1 for column in columns)]
        follow = f" And {', '.join(also)} (below)." if also else ""
        title = f"*{name}*" if name in shared else f"`{name}`"
        parts.append(
            f"**{title}** {inspect.getdoc(kind)}{follow}\n\n| column | holds | |\n| --- | --- | --- |\n" + "\n".join(own)
        )
    return "\n\n".join(parts)


def pax() -> str:
    """Our issues in PA-X's codes, with the reason."""
    rows = (f"| `{row.issue}` | {f'`{row.code}`' if row.code else ''} | {row.source} |" for row in pax_issues().values())
    return "| issue | PA-X | source |\n| --- | --- | --- |\n" + "\n".join(rows)


PARTS: dict[str, Callable[[], str]] = {
    "codebook": codebook,
    "interactions": interactions,
    "relations_card": partial(model_card, "relations"),
    "metonymy_card": partial(model_card, "metonymy"),
    "contacts_card": partial(model_card, "contacts"),
    "dossiers": dossiers,
    "commands": commands,
    "configuration": configuration,
    "disputes": disputes,
    "exported_tables": exported_tables,
    "pax_issues": pax,
}


def _member_notes(source: str) -> dict[tuple[str, str], str]:
    """The strings under the members of classes, by class and member."""
    notes = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            for member, after in zip(node.body, node.body[1:], strict=False):
                target = member.targets[0] if isinstance(member, ast.Assign) else getattr(member, "target", None)
                if isinstance(target, ast.Name) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                    notes[node.name, target.id] = " ".join(str(after.value.value).split())
    return notes


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _setting(key: str, field: msgspec.structs.FieldInfo, note: str) -> str:
    value = "not set" if field.default is None else f"`{msgspec.json.encode(field.default).decode()}`"
    return f"| `{key}` | {value} | {note} |"


def _commands(group: click.Group, context: click.Context, path: str, depth: int) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        own = click.Context(command, info_name=name, parent=context)
        yield f"{'#' * depth} {path} {name}\n\n{_block(own)}"
        if isinstance(command, click.Group):
            yield from _commands(command, own, f"{path} {name}", depth + 1)


def _block(context: click.Context) -> str:
    return f"```text\n{context.command.get_help(context)}\n```\n"
