"""The gate: what of a document is worth parsing, decided by words alone.

Parsing is what coding costs, and most lines of the web hold nothing to code. A block (a line or paragraph) passes if it holds
what some rule needs for a claim, or what the coding of a block that passes may hang on: the head of the document, which says
who tells it; the block before a pronoun; the first full name of somebody who is named by the last name alone. A document
without one block that may claim is not parsed at all.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from dragoman.core.text import Document
from dragoman.core.vocab import Setting
from dragoman.extract.speech_frame import told_by_official
from dragoman.knowledge.cues import Cues, cues
from dragoman.read.layout import Block, Layout

_HEAD = 8
"""Sentences among which a document comes to say who tells it (see `speech_frame`)."""
_SENTENCE = re.compile(r"[^.!?…]{30,}(?:[.!?…]|$)")
_NAME = re.compile(r"(?<![.!?…:] )(?<=[\w,;] )[“\"(]?[A-Z]\w|\b[A-Z]{2}|\bI\b")
"""A capital that no sentence begins with."""
_FULL_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)* (?P<last>[A-Z][\w'’-]+)")
_LONE = re.compile(r"[A-Z][\w'’-]+")
_PRONOUN = re.compile(r"\b(?:he|she|they|him|them|his|her|their|both|latter)\b", re.IGNORECASE)


class Gate:
    """Leaves out the blocks of a layout that cannot hold a claim."""

    def __init__(self, words: Cues | None = None) -> None:
        self._cues = words or cues()

    def passed(self, document: Document, layout: Layout) -> Layout:
        """The layout with the blocks that are worth parsing; none where no block may hold a claim."""
        texts = [block.span.of(document.text) for block in layout.blocks]
        official = told_by_official(document) or any(block.label for block in layout.blocks)
        claims = [self._cues.may_claim(text, named=bool(_NAME.search(text)), official=official) for text in texts]
        if not any(claims):
            return msgspec.structs.replace(layout, blocks=())
        kept = set(_head(layout.blocks, texts)) | {index for index, claim in enumerate(claims) if claim}
        kept |= set(_antecedents(texts, kept))
        kept |= set(_introductions(texts, kept))
        kept |= set(_labels(layout.blocks, kept))
        return msgspec.structs.replace(layout, blocks=tuple(layout.blocks[index] for index in sorted(kept)))


def _head(blocks: Sequence[Block], texts: Sequence[str]) -> Iterator[int]:
    """The title and the blocks of the first sentences."""
    sentences = 0
    for index, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if sentences >= _HEAD:
            return
        yield index
        sentences += len(_SENTENCE.findall(text)) if block.setting is Setting.BODY else 0


def _antecedents(texts: Sequence[str], kept: set[int]) -> Iterator[int]:
    """The block before one that takes somebody up by a pronoun, where it names somebody."""
    for index in kept:
        before = index - 1
        if before >= 0 and before not in kept and _PRONOUN.search(texts[index]) and _NAME.search(texts[before]):
            yield before


def _labels(blocks: Sequence[Block], kept: set[int]) -> Iterator[int]:
    """The labels that say who speaks the kept blocks, and the next one, with which somebody else begins."""
    labels = [index for index, block in enumerate(blocks) if block.label]
    for before, after in pairwise((*labels, len(blocks))):
        if any(before < index < after for index in kept):
            yield from (index for index in (before, after) if index < len(blocks))


def _introductions(texts: Sequence[str], kept: set[int]) -> Iterator[int]:
    """The first block with the full name of each one whose last name the kept blocks use."""
    used = {word for index in kept for word in _LONE.findall(texts[index])}
    known = {match["last"] for index in kept for match in _FULL_NAME.finditer(texts[index])}
    for index, text in enumerate(texts):
        named = {match["last"] for match in _FULL_NAME.finditer(text)} & used - known if index not in kept else set()
        if named:
            known |= named
            yield index
