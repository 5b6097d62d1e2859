"""Parts of a document: title, captions, page furniture and body blocks, each a stretch of its text."""

import re
from collections.abc import Container
from enum import StrEnum
from itertools import accumulate

import msgspec

from dragoman.core.parse import Entity, Parse, Token
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Setting
from dragoman.read.dateline import Dateline, read_dateline
from dragoman.read.labels import speaker_labels, spoken_case


class Block(msgspec.Struct, frozen=True):
    """A stretch of text that is parsed by itself: a paragraph, a title, a caption."""

    span: Span
    setting: Setting
    label: bool = False
    """Whether it only says who speaks next."""


class Layout(msgspec.Struct, frozen=True):
    """The blocks of a document in text order; furniture is in none."""

    blocks: tuple[Block, ...]
    dateline: Dateline | None = None
    """Where and when a report was filed, cut off the body's first block; its spans are in the document."""


class _Furniture(StrEnum):
    """Lines that say nothing about the world, as whole-line patterns."""

    NAVIGATION = r"(?:skip|jump|back) to (?:main |the )?(?:content|navigation|top|search).{0,20}"
    SHARING = (
        r"(?:share|tweet|print|email|e-mail|save|copy link|listen|subscribe|sign up|sign in|log in|menu|search|home|comments?"
        r"|follow us|share (?:this|on)|advertisement|sponsored|related|read (?:more|also)"
        r"|see also|more on this|most read)\b.{0,60}"
    )
    RUBRIC = r"[-–—•|]\s*(?:news|world|politics|opinion|analysis|breaking|latest|home)\s*"
    CREDIT = r"(?:photo|image|picture|credit|source|file photo|©|copyright)\s*[:(©].{0,80}"
    RIGHTS = r".{0,40}all rights reserved.{0,40}|.{0,20}cookie(?:s)? (?:policy|settings|preferences).{0,40}"


_FURNITURE = re.compile("|".join(f"(?:{pattern.value})" for pattern in _Furniture), re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_ABBREVIATED = re.compile(r"\b(?:Messrs|Mrs?|Ms|Dr|Hon|Rt|Gen|Lt|Col|Prof|St|No|[A-Z])\.$")
"""Line ends that look like a sentence's and are none."""
_HEADING = re.compile(r"(?:press )?statement (?:by|from|of)\b|for press\b|embargo", re.IGNORECASE)
_PAGE_MARK = re.compile(r"\W*\d{0,4}\W*")
"""Lines between pages: "-2-", "./ 2"."""
_WRAPPED = range(40, 101)
"""Line lengths of hard-wrapped plain text."""
_SPACED_LINES = 5
"""Lines from which a text may be told to be double-spaced."""

_PHOTO_WORDS = re.compile(
    r"\((?:photo|picture|image)s?\b|\bfile photo\b|\b(?:via|/) ?getty images\b|\bhandout (?:photo|picture|image)\b|\bpictured\b"
    r"|\bin this (?:photo|picture|image)\b|^(?:photo|caption|image)\s*:",
    re.IGNORECASE,
)
_POSE = re.compile(
    r"\b(?:shakes? hands?|poses?|gestures?|looks? on|waves?|arrives?|attends?|walks?|stands?|sits?|speaks?|talks?|listens?"
    r"|greets?|welcomes?|meets?|embraces?|smiles?|reacts?|addresses|chairs?|shaking hands|posing)\b"
)
_FULL_DATE = re.compile(
    r"\b(?:on|,)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{4})",
    re.IGNORECASE,
)

_HEADINGS = 6
"""Lines among which a text may have headings below its title."""
_HEADING_WORDS = 3
MAX_TITLE = 300
"""Characters above which a first line is no title."""

MAX_BLOCK = 100_000
"""Characters above which a block is cut at a sentence or word end: parsers have limits, and hostile pages have none."""


def read_layout(document: Document) -> Layout:
    """Cut a document into blocks: lines or hard-wrapped paragraphs, with title and captions marked and furniture left out."""
    text = document.text
    blocks: list[Block] = []
    dateline: Dateline | None = None
    labels = {label.start: label for label in speaker_labels(text)}
    lines = _unspaced(text, [span for span in _paragraphs(text, labels) if not _FURNITURE.fullmatch(span.of(text))], labels)
    for position, line in enumerate(lines):
        span, setting = line, Setting.BODY
        words = line.of(text)
        if line.start in labels:
            label = labels[line.start]
            blocks.append(Block(_strip(text, label.start, label.end), Setting.BODY, label=True))
            said = _strip(text, label.end, line.end)
            blocks.extend(Block(piece, Setting.BODY) for piece in (_pieces(text, said) if len(said) else ()))
            continue
        titled = position == 0 and _is_title(document, line, more=len(lines) > 1)
        if titled or (position < _HEADINGS and len(lines) > _HEADINGS and _is_heading(words)):
            setting = Setting.TITLE
        elif is_caption(words):
            setting = Setting.CAPTION
        elif dateline is None and (found := read_dateline(words)) is not None:
            dateline = _shifted(found, line.start)
            span = _strip(text, line.start + found.span.end, line.end)
        blocks.extend(Block(piece, setting) for piece in _pieces(text, span))
    return Layout(tuple(blocks), dateline)


def _shifted(dateline: Dateline, by: int) -> Dateline:
    span = Span(dateline.span.start + by, dateline.span.end + by)
    return msgspec.structs.replace(dateline, span=span, place=Span(dateline.place.start + by, dateline.place.end + by))


def is_caption(line: str) -> bool:
    """Whether a line reads as a photo caption: photo words, or a dated present-tense pose in one sentence.

    "X shakes hands with Y in Geneva, on 3 May 2024." is one; "X met Y on 3 May 2024." is not.
    """
    if len(line) > 600:
        return False
    if _PHOTO_WORDS.search(line):
        return True
    return bool(_POSE.search(line) and _FULL_DATE.search(line) and not re.search(r"\b(?:said|told|was|were|had)\b", line))


def parser_text(document: Document, block: Block) -> str:
    """The block's words as a parser likes them, character for character as long: typographic signs become plain ones.

    Agencies' quotation marks of two signs become one mark and a space; labels in capitals are written as names are.
    """
    words = block.span.of(document.text)
    plain = (spoken_case(words) if block.label else words).translate(_PLAIN)
    return plain.replace("``", '" ').replace("''", '" ')


_PLAIN = str.maketrans(
    {
        "\n": " ",
        "\t": " ",
        "\r": " ",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2019": "'",
        "\u02bc": "'",
    }
)


def join_parses(layout: Layout, parses: tuple[Parse, ...]) -> tuple[Parse, tuple[Setting, ...]]:
    """Join the parses of a layout's blocks into one with offsets of the document, and give each sentence's setting."""
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    entities: list[Entity] = []
    settings: list[Setting] = []
    for block, parsed in zip(layout.blocks, parses, strict=True):
        parse = _without_spaces(parsed)
        first, offset = len(tokens), block.span.start
        tokens.extend(
            Token(
                t.index + first,
                t.start + offset,
                t.end + offset,
                t.text,
                t.lemma,
                t.pos,
                t.tag,
                t.dep,
                t.head + first,
                t.ent,
            )
            for t in parse.tokens
        )
        whole = _unbroken(parse)
        sentences.extend((start + first, end + first) for start, end in whole)
        entities.extend(Entity(e.start + first, e.end + first, e.label) for e in parse.entities)
        settings.extend(block.setting for _ in whole)
    model = parses[0].model if parses else ""
    return Parse(model, tuple(tokens), tuple(sentences), tuple(entities)), tuple(settings)


def _without_spaces(parse: Parse) -> Parse:
    """The parse without the tokens that parsers make of runs of white space."""
    if not any(token.pos == "SPACE" for token in parse.tokens):
        return parse
    kept = [token for token in parse.tokens if token.pos != "SPACE"]
    new = {token.index: index for index, token in enumerate(kept)}
    upto = list(accumulate((token.pos != "SPACE" for token in parse.tokens), initial=0))

    def head(token: Token) -> int:
        above = parse.tokens[token.head]
        while above.index not in new and above.head != above.index:
            above = parse.tokens[above.head]
        return new.get(above.index, new[token.index])

    tokens = tuple(msgspec.structs.replace(token, index=new[token.index], head=head(token)) for token in kept)
    sentences = tuple((upto[start], upto[end]) for start, end in parse.sentences if upto[start] < upto[end])
    entities = tuple(Entity(upto[e.start], upto[e.end], e.label) for e in parse.entities if upto[e.start] < upto[e.end])
    return Parse(parse.model, tokens, sentences, entities)


def _unbroken(parse: Parse) -> list[tuple[int, int]]:
    """The sentences of a block; one that the parser broke off behind a bracket goes on: "Republic of X (ROX) | Minister"."""
    joined: list[tuple[int, int]] = []
    for start, end in parse.sentences:
        if joined and parse.tokens[joined[-1][1] - 1].text == ")" and parse.tokens[start].text not in {"“", '"'}:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _paragraphs(text: str, labels: Container[int]) -> list[Span]:
    """Spans of lines; lines of a hard-wrapped paragraph are joined, but none to one before that a speaker's label opens."""
    spans: list[Span] = []
    for paragraph in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        lines = [
            _strip(text, paragraph.start() + m.start(), paragraph.start() + m.end()) for m in re.finditer(r"[^\n]+", paragraph[0])
        ]
        lines = [line for line in lines if len(line)]
        if _is_wrapped(text, lines):
            starts = [line for line in lines if line is lines[0] or line.start in labels]
            ends = [lines[lines.index(start) - 1].end for start in starts[1:]]
            spans.extend(Span(start.start, end) for start, end in zip(starts, [*ends, lines[-1].end], strict=True))
        else:
            spans.extend(lines)
    return spans


def _unspaced(text: str, lines: list[Span], labels: Container[int]) -> list[Span]:
    """The lines; those of a double-spaced text, as scans of typescripts are, joined up to where a sentence or a heading ends."""
    typed = [line for line in lines if not _PAGE_MARK.fullmatch(line.of(text))]
    if not _is_double_spaced(text, typed):
        return lines
    joined: list[Span] = []
    goes_on = False
    for line in typed:
        words = line.of(text)
        if goes_on and not words.isupper() and line.start not in labels:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
        goes_on = len(line) in _WRAPPED and not (words.isupper() or _HEADING.match(words) or _ends_sentence(words))
    return joined


def _is_double_spaced(text: str, lines: list[Span]) -> bool:
    """Whether most lines break off in mid-sentence at the width of a typed page, each a paragraph of its own."""
    typed = [line for line in lines if len(line) in _WRAPPED]
    if len(typed) < _SPACED_LINES or len(typed) * 2 < len(lines) or any(len(line) > 2 * _WRAPPED.stop for line in lines[1:]):
        return False
    return 2 * sum(not _ends_sentence(line.of(text)) for line in typed) > len(typed)


def _ends_sentence(words: str) -> bool:
    return bool(_SENTENCE_END.search(words)) and not _ABBREVIATED.search(words)


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether most inner lines break off in mid-sentence at about one width."""
    inner = lines[:-1]
    if not inner or any(len(line) >= _WRAPPED.stop for line in lines):
        return False  # a line of text below a title is longer than any hard-wrapped one
    broken = sum(len(line) in _WRAPPED and not _SENTENCE_END.search(line.of(text)) for line in inner)
    return broken * 2 > len(inner)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_title(document: Document, span: Span, *, more: bool) -> bool:
    words = span.of(document.text)
    if document.title and words == document.title.strip():
        return True
    return more and len(words) <= MAX_TITLE and not _SENTENCE_END.search(words)


def _is_heading(words: str) -> bool:
    """Whether a line in capitals heads the text: "VISIT OF THE FOREIGN MINISTER"."""
    return words.isupper() and len(words) <= MAX_TITLE and len(words.split()) >= _HEADING_WORDS and not _ends_sentence(words)


def _pieces(text: str, span: Span) -> list[Span]:
    """The span itself, or several where it is longer than a parser should get."""
    pieces: list[Span] = []
    start = span.start
    while span.end - start > MAX_BLOCK:
        window = text[start : start + MAX_BLOCK]
        cut = max(window.rfind(". ") + 1, 0) or window.rfind(" ") or MAX_BLOCK
        cut = cut if cut > 0 else MAX_BLOCK
        pieces.append(Span(start, start + cut))
        start += cut
    pieces.append(Span(start, span.end))
    return pieces
