"""A brief as one self-contained HTML file or as Markdown; text out of documents is always escaped."""

import re
from collections.abc import Callable
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dragoman.core.vocab import Reliability
from dragoman.report.brief import Brief
from dragoman.report.charts import timeline
from dragoman.report.excerpts import Piece, printable
from dragoman.report.networks import network
from dragoman.report.source_rows import SourceRow
from dragoman.report.summary import KEY_FORMULA
from dragoman.report.words import day, grade_words, span_of_days

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>!|~&$^]|^[-+=#])|^(\d+)([.)])")
"""Signs that mean something anywhere in a line, and those that do at its beginning."""


class Written(str):
    """Text that already is Markdown."""

    __slots__ = ()


def escape_markdown(text: str) -> str:
    """Text that Markdown and the HTML within it show as it is, on one line."""
    return _MARKDOWN.sub(_escaped, " ".join(printable(text).split()))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


def printed(value: object) -> object:
    """What a template prints, without characters that steer or turn the writing direction, wherever it came from."""
    if isinstance(value, Markup):
        return Markup(printable(value))  # noqa: S704  what was safe stays so: characters are only taken out
    return printable(value) if isinstance(value, str) else value


def render_html(brief: Brief, *, version: str) -> str:
    """One page without scripts and without anything fetched from elsewhere."""
    loader = PackageLoader("dragoman.report")
    environment = _environment(Environment(autoescape=True, finalize=printed, loader=loader, undefined=StrictUndefined))
    style = resources.files("dragoman.report").joinpath("templates/brief.css").read_text(encoding="utf-8")
    drawn = {"timeline": timeline(brief.events, brief.violent), "network": network(brief.events)}
    pictures = {name: Markup(picture.svg) for name, picture in drawn.items() if picture}  # noqa: S704  ours, its text is escaped
    return environment.get_template("brief.html.j2").render(
        brief=brief,
        version=version,
        style=Markup(style),  # noqa: S704  our own file
        formula=KEY_FORMULA,
        whole={text.id for text in brief.texts},
        contents=_contents(brief, network=bool(drawn["network"])),
        pictures=pictures,
        notes={name: picture.note for name, picture in drawn.items() if picture and picture.note},
    )


def render_markdown(brief: Brief, *, version: str) -> str:
    """The same without pictures."""
    loader = PackageLoader("dragoman.report")
    bare = Environment(autoescape=False, finalize=_finalize, loader=loader, undefined=StrictUndefined)  # noqa: S701  escapes itself
    environment = _environment(bare)
    environment.filters |= {"written": Written, "emphasis": _emphasis, "address": _address, "code": Written}
    page = environment.get_template("brief.md.j2").render(brief=brief, version=version, formula=KEY_FORMULA)
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


def _environment(environment: Environment) -> Environment:
    filters: dict[str, Callable[..., str]] = {
        "printable": printable,
        "grade": lambda grade: grade_words(Reliability(grade)),
        "dates": _dates,
    }
    environment.filters |= filters
    return environment


def _finalize(value: object) -> object:
    if isinstance(value, Written):
        return value
    return escape_markdown(value) if isinstance(value, str) else value


def _emphasis(piece: Piece) -> Written:
    """Bold for the evidence; white space stays outside the marks, where Markdown wants it."""
    escaped = escape_markdown(piece.text)
    before = " " if piece.text[:1].isspace() else ""
    after = " " if piece.text[-1:].isspace() else ""
    return Written(f"{before}**{escaped}**{after}" if piece.marked and escaped else f"{before}{escaped}{after}")


def _address(url: str) -> Written:
    """An address that cannot leave its angle brackets."""
    return Written(re.sub(r"[<>\s]", lambda match: f"%{ord(match.group()):02X}", printable(url)))


def _dates(row: SourceRow) -> str:
    if row.first is None or row.last is None:
        return "unknown"
    return day(row.first) if row.first == row.last else span_of_days(row.first, row.last)


def _contents(brief: Brief, *, network: bool) -> list[tuple[str, str]]:
    entries = [
        ("happened", "What happened", True),
        ("who", "Who met whom", bool(brief.met.lines)),
        ("network", "Who talks to whom", network),
        ("dossiers", "By dossier", bool(brief.dossiers)),
        ("positions", "Positions", True),
        ("offers", "Offers", True),
        ("talks", "Talks", True),
        ("violence", "Violence", True),
        ("undated", "Undated", True),
        ("sources", "Sources", True),
        ("method", "How to read this", True),
    ]
    return [(anchor, name) for anchor, name, shown in entries if shown]
