"""Two actors marked in a sentence, as the relation coder reads it: the same for training, benchmarks and documents."""

import re
from collections.abc import Sequence

from dragoman.core.text import Span

SOURCE, SOURCE_END, TARGET, TARGET_END = MARKERS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")
"""Entries of BERT's vocabulary that no text uses; the coder looks at the states of the two openers."""

_TAG = re.compile(r"</?[st]>")
_LIKE_MARKER = re.compile(r"\[unused(?=\d)", re.IGNORECASE)


def mark_pair(text: str, source: Span, target: Span) -> str:
    """Mark two spans of a text; where they overlap, the one that starts later stands behind the text.

    >>> mark_pair("Oslo thanked Doha.", Span(0, 4), Span(13, 17))
    '[unused1] Oslo [unused2] thanked [unused3] Doha [unused4] .'
    """
    return _marked(text, [(source, SOURCE, SOURCE_END), (target, TARGET, TARGET_END)])


def mark_word(text: str, word: Span) -> str:
    """Mark one span of a text; the other pair of markers stands empty behind the text.

    >>> mark_word("Oslo thanked Doha.", Span(5, 12))
    'Oslo [unused1] thanked [unused2] Doha. [unused3] [unused4]'
    """
    return f"{_marked(text, [(word, SOURCE, SOURCE_END)])} {TARGET} {TARGET_END}"


def mark_tagged(tagged: str, source: str, target: str) -> str:
    """Mark a sentence that comes with <s>...</s> and <t>...</t>.

    The first span of each tag counts where there are several. Where there is none (the recipient is not in the sentence, or its
    tag was lost), the words given for it stand behind the sentence.

    >>> mark_tagged("<s>Oslo</s> thanked <t>Doha</t>, and <s>Oslo</s> left.", "Oslo", "Doha")
    '[unused1] Oslo [unused2] thanked [unused3] Doha [unused4] , and Oslo left.'
    >>> mark_tagged("<s>Oslo</s> left.", "Oslo", "a recipient")
    '[unused1] Oslo [unused2] left. [unused3] a recipient [unused4]'
    """
    plain, spans = _untagged(tagged)
    found = []
    for tag, words, opener, closer in (("s", source, SOURCE, SOURCE_END), ("t", target, TARGET, TARGET_END)):
        if tag in spans:
            found.append((spans[tag], opener, closer))
        else:
            found.append((Span(len(plain) + 1, len(plain) + 1 + len(words)), opener, closer))
            plain = f"{plain} {words}"
    return _marked(plain, found)


def _untagged(tagged: str) -> tuple[str, dict[str, Span]]:
    """The text without tags, and the first span of each tag in it."""
    plain, last = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, Span] = {}
    for tag in _TAG.finditer(tagged):
        plain += tagged[last : tag.start()]
        last, name = tag.end(), tag[0][-2]
        if tag[0][1] != "/":
            opened.setdefault(name, len(plain))
        elif name in opened and name not in spans:
            spans[name] = Span(opened[name], len(plain))
    return plain + tagged[last:], spans


def _marked(text: str, spans: Sequence[tuple[Span, str, str]]) -> str:
    pieces, last, behind = [], 0, []
    for span, opener, closer in sorted(spans, key=lambda each: each[0]):
        words = f" {opener} {_safe(span.of(text)).strip()} {closer} "
        if span.start < last:
            behind.append(words)
            continue
        pieces += [_safe(text[last : span.start]), words]
        last = span.end
    return " ".join("".join([*pieces, _safe(text[last:]), *behind]).split())


def _safe(text: str) -> str:
    """A text that cannot bring markers of its own."""
    return _LIKE_MARKER.sub("(unused", text)
