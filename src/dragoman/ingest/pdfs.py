"""PDF: the words of the text layer, put back into paragraphs."""

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from dragoman.core.claims import Problem
from dragoman.ingest.clean import clean_lines
from dragoman.ingest.draft import Context, Draft, Drafts, Location, problem
from dragoman.ingest.streams import read_whole

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?|[-–] ?\d{1,4} ?[-–]", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_SPLIT_WORD = re.compile(r"[a-z]-$")
_FAULTS = (
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    RecursionError,
    OverflowError,
    AssertionError,
    NotImplementedError,
)
"""What pypdf raises, beside its own errors, on files that break the format."""
_SHORT_LINE = 0.6
"""A line shorter than this share of the usual line ends its paragraph."""


def read_pdf(stream: BinaryIO, location: Location, context: Context) -> Drafts:
    """One file, one document. The file's own dates say when it was made, not when it was published, and are not taken."""
    from pypdf import PdfReader  # noqa: PLC0415  only PDF needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    content = read_whole(stream, context.options.limits.container)
    try:
        yield _draft(PdfReader(io.BytesIO(content)), location, context.options.limits.document)
    except (PyPdfError, *_FAULTS) as error:
        yield problem("bad-pdf", location.where, f"cannot be read as PDF: {error}", "open it and save it again, or save its text")


def _draft(reader: "PdfReader", location: Location, limit: int) -> Draft | Problem:
    if reader.is_encrypted and not reader.decrypt(""):
        return problem("encrypted", location.where, "is locked with a password", "save an unlocked copy")
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        lines = [" ".join(line.split()) for line in page.extract_text().split("\n")]
        size += sum(map(len, lines))
        if size > limit:
            return problem("too-large", location.where, f"holds more than {limit:,} characters", "split it into documents")
        pages.append(lines)
    text = clean_lines(unwrap(_without_running_heads(pages)))
    if not text:
        remedy = "recognise its text first (OCR), for example with ocrmypdf"
        return problem("scan", location.where, "is a scan: its pages are pictures without a text layer", remedy)
    about = reader.metadata
    title = about.title if about else None
    return Draft(
        where=location.where,
        text=text,
        title=title if title and " " in title.strip() else None,
        author=about.author if about else None,
        url=location.url,
        name=location.name,
    )


def unwrap(lines: list[str]) -> str:
    """Join lines that were broken by the page's width: a paragraph ends at an empty line or after a short or finished line.

    A word split by a hyphen at a line's end is joined again when both halves are lower case.
    """
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    pieces: list[str] = []
    previous = ""
    for line in lines:
        if _SPLIT_WORD.search(previous) and line[:1].islower():
            pieces[-1] = pieces[-1][:-1]
        elif previous and line and not _is_break(previous, line, usual):
            pieces.append(" ")
        else:
            pieces.append("\n")
        pieces.append(line)
        previous = line
    return "".join(pieces).strip("\n")


def _is_break(line: str, following: str, usual: int) -> bool:
    if following[0].islower():
        return False
    short = len(line) < _SHORT_LINE * usual
    return short or (bool(_ENDS_SENTENCE.search(line)) and len(line) < 0.9 * usual)


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """All lines without page numbers and without the first and last lines that most pages share."""
    edges = Counter(re.sub(r"\d+", "#", line) for lines in pages for line in {*_edge(lines)})
    shared = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    kept: list[str] = []
    for lines in pages:
        edge = set(_edge(lines))
        kept += [
            line
            for line in lines
            if not _PAGE_NUMBER.fullmatch(line) and not (line in edge and re.sub(r"\d+", "#", line) in shared)
        ]
    return kept


def _edge(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line]
    return filled[:2] + filled[-2:]
