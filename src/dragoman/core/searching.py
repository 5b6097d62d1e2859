"""Words looked for in texts: what was typed, read forgivingly, and where it stands.

All words typed must stand in a text, in any order. Words in quotation marks stand side by side, a word with "-" before it must
not stand there, and "*" after a word stands for any ending. Case, diacritics and apostrophes do not matter (Erdogan finds
Erdoğan); whatever else is typed is passed over, so that nothing can be typed wrongly.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from dragoman.core.claims import AnyClaim
from dragoman.core.folding import fold
from dragoman.core.ids import DocumentId
from dragoman.core.text import Span

PORTION = 4000
"""Words of a text that are looked through together: what is looked for must stand within one portion."""
LONGEST_WORD = 60
"""Characters to which words are cut: no real word is longer."""
_MOST_TERMS = 32

_POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
_FUSED = re.compile(r"(?<=[a-zß-ÿ])\.(?=[A-ZÀ-Þ])")
"""A full stop without a space after it, as pages put together by machine have it."""
_TYPED = re.compile(r'(?P<without>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ.][^\W_]+)*")


class Searched(StrEnum):
    """What can be looked through."""

    DOCUMENT = "document"
    CLAIM = "claim"


class Term(msgspec.Struct, frozen=True):
    """Words that stand side by side, folded; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: all of `terms`, none of `without`."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()


class Hit(msgspec.Struct, frozen=True):
    """A document or claim whose text holds what is looked for, with the document it stands in."""

    id: str
    document: DocumentId


def read_words(typed: str) -> Sought:
    """What somebody looks for; nothing that can be typed is an error."""
    kept: dict[bool, list[Term]] = {False: [], True: []}
    for match in _TYPED.finditer(typed):
        said = match["phrase"] if match["phrase"] is not None else match["word"]
        words = tuple(_words(said))
        term = Term(words, prefix=match["word"] is not None and said.endswith("*"))
        without = kept[match["without"] is not None]
        if words and term not in without:
            without.append(term)
    return Sought(terms=tuple(kept[False][:_MOST_TERMS]), without=tuple(kept[True][:_MOST_TERMS]))


def portions(text: str) -> Iterator[tuple[str, ...]]:
    """A text's words, folded, in portions; a text without words has none."""
    words = _words(text)
    for start in range(0, len(words), PORTION):
        yield tuple(words[start : start + PORTION])


def fits_words(sought: Sought, words: Sequence[str]) -> bool:
    """Whether folded words hold all that is looked for; nothing is found where nothing is looked for."""
    if not sought.terms or any(_stands(term, words) for term in sought.without):
        return False
    return all(_stands(term, words) for term in sought.terms)


def told_in(claim: AnyClaim, text: str) -> str:
    """The words that a claim rests on: its evidence, each stretch once."""
    kept: list[Span] = []
    for span in claim.evidence:
        if not any(other.contains(span) for other in kept):
            kept.append(span)
    return "\n".join(span.of(text) for span in kept)


def occurrences(sought: Sought, text: str) -> tuple[Span, ...]:
    """Where the words that are looked for stand in a text, in order."""
    places = [(word, Span(*token.span())) for token in _TOKEN.finditer(text) for word in _words(token.group())]
    words = [word for word, _ in places]
    found = {
        Span(places[start][1].start, places[start + len(term.words) - 1][1].end)
        for term in sought.terms
        for start in _starts(term, words)
    }
    return tuple(sorted(found))


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in fold(_FUSED.sub(". ", _POSSESSIVE.sub("", text))).split()]


def _stands(term: Term, words: Sequence[str]) -> bool:
    return next(_starts(term, words), None) is not None


def _starts(term: Term, words: Sequence[str]) -> Iterator[int]:
    *first, last = term.words
    for start in range(len(words) - len(first)):
        end = start + len(first)
        fits = words[end].startswith(last) if term.prefix else words[end] == last
        if fits and list(words[start:end]) == first:
            yield start
