"""What a parser saw, in our own neutral shape (Universal POS, spaCy's English dependency labels, OntoNotes entity labels)."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from dragoman.core.text import Span


class Token(msgspec.Struct, frozen=True):
    """One word: offsets in the document's text, lemma, coarse (`pos`) and Penn (`tag`) part of speech, dependency and entity.

    `head` is the index of the governing token in the same `Parse` (a root governs itself). `ent` is the OntoNotes label of the
    entity that the token is in, or "".
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str = ""

    @property
    def span(self) -> Span:
        """The token's place in the document."""
        return Span(self.start, self.end)


class Entity(msgspec.Struct, frozen=True):
    """A named entity: tokens `start` in, `end` out, and its OntoNotes label."""

    start: int
    end: int
    label: str


class Parse(msgspec.Struct, frozen=True, dict=True):
    """All tokens of one document, its sentences as token ranges, and its entities."""

    model: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...] = ()

    @cached_property
    def children(self) -> Mapping[int, Sequence[int]]:
        """The indices of the tokens that each token governs, in text order; tokens that govern none are left out."""
        children: dict[int, list[int]] = {}
        for token in self.tokens:
            if token.head != token.index:
                children.setdefault(token.head, []).append(token.index)
        return children
