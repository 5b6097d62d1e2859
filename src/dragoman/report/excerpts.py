"""What may be shown of a document: the cited sentence with its neighbours, the whole text only where that is allowed."""

import re
from collections.abc import Sequence

import msgspec

from dragoman.core.printing import printable
from dragoman.core.text import Document, Span

__all__ = ["Excerpt", "Piece", "excerpt", "marked", "may_show_full_text", "neighbours", "printable", "sentence_around"]

_BREAK = re.compile(r"\n+|(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9À-ÖØ-Þ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Sen|Rep|Gov|St|No|Prof|Rev|Hon|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)
_WINDOW = 3000
"""Characters to either side in which sentence borders are looked for: enough for any sentence, safe on a text of one line."""
_LONGEST = 600
"""Characters after which a neighbouring sentence is cut."""
_OPEN = re.compile(
    r"\b(?:cc[ -]?(?:by|0|zero)|creative ?commons|public domain|publicdomain|pd\b|odc[- ]by|open government)", re.IGNORECASE
)
_NOT_OPEN = re.compile(r"\bnot\b|\bnon[- ]free\b|all rights reserved", re.IGNORECASE)


class Piece(msgspec.Struct, frozen=True):
    """A run of text, marked where it is the evidence."""

    text: str
    marked: bool = False


class Excerpt(msgspec.Struct, frozen=True):
    """One stretch of a document in order; `cut_before` and `cut_after` say that the document goes on there."""

    pieces: tuple[Piece, ...]
    span: Span
    cut_before: bool = False
    cut_after: bool = False

    @property
    def plain(self) -> str:
        """The words without marks."""
        return "".join(piece.text for piece in self.pieces)


def may_show_full_text(document: Document, *, asked: bool = False) -> bool:
    """Whether the whole text may leave the store: the licence field is an open one, or the user asks for it."""
    licence = document.licence or ""
    return asked or (bool(_OPEN.search(licence)) and not _NOT_OPEN.search(licence))


def sentence_around(text: str, span: Span) -> Span:
    """The sentence or sentences that a span lies in."""
    low, high = max(0, span.start - _WINDOW), min(len(text), span.end + _WINDOW)
    start, end = low, high
    for left, right in _borders(text, low, high):
        if right <= span.start:
            start = right
        if left >= span.end:
            end = left
            break
    return Span(min(start, span.start), max(end, span.end))


def neighbours(text: str, sentence: Span) -> tuple[Span | None, Span | None]:
    """The sentence before and the one after, cut to a readable length; None at the text's ends."""
    end = len(text[: sentence.start].rstrip())
    rest = text[sentence.end : sentence.end + _WINDOW]
    begin = sentence.end + len(rest) - len(rest.lstrip())
    left = right = None
    if end:
        start = sentence_around(text, Span(end - 1, end)).start
        left = Span(max(start, end - _LONGEST), end)
    if rest.strip():
        stop = sentence_around(text, Span(begin, begin + 1)).end
        right = Span(begin, min(stop, begin + _LONGEST))
    return left, right


def excerpt(text: str, evidence: Span, marks: Sequence[Span] = ()) -> Excerpt:
    """The sentence of the evidence with one sentence either side; the evidence (or `marks`) stands marked."""
    sentence = sentence_around(text, evidence)
    left, right = neighbours(text, sentence)
    whole = Span(left.start if left is not None else sentence.start, right.end if right is not None else sentence.end)
    return Excerpt(marked(text, whole, marks or (evidence,)), whole, whole.start > 0, whole.end < len(text.rstrip()))


def marked(text: str, whole: Span, marks: Sequence[Span]) -> tuple[Piece, ...]:
    """Cut a stretch of text into marked and unmarked runs; overlapping marks run together."""
    pieces: list[Piece] = []
    position = whole.start
    for mark in sorted(marks):
        start, end = max(mark.start, position), min(mark.end, whole.end)
        if start >= end:
            continue
        if start > position:
            pieces.append(Piece(printable(text[position:start])))
        pieces.append(Piece(printable(text[start:end]), marked=True))
        position = end
    if position < whole.end:
        pieces.append(Piece(printable(text[position : whole.end])))
    return tuple(pieces)


def _borders(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Gaps between sentences as (end of one, start of next)."""
    gaps = []
    for match in _BREAK.finditer(text, low, high):
        head = text[max(low, match.start() - 12) : match.start()]
        if "\n" in match.group() or not _ABBREVIATION.search(head):
            closing = len(match.group()) - len(match.group().lstrip("\"'”’»)]"))
            gaps.append((match.start() + closing, match.end()))
    return gaps
