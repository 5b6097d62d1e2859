"""Nouns for kinds of actors: "police", "opposition lawmaker", "aid workers", and the PLOVER sector that each stands for."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources

import msgspec

from dragoman.core.vocab import Sector
from dragoman.knowledge.folding import fold
from dragoman.knowledge.words import word_set


class Grade(StrEnum):
    """How much a noun decides where several stand together, the strongest first; lexicons/agents.toml says what each means."""

    OFFICE = "office"
    SPECIFIC = "specific"
    USUAL = "usual"
    ANYONE = "anyone"
    NOBODY = "nobody"


_STRENGTH = {grade: -rank for rank, grade in enumerate(Grade)}
_OF_OTHERS = frozenset({Grade.USUAL, Grade.NOBODY})
"""Heads that leave it to what follows "of": "president of the bank", "leader of the rebels"."""


class Agents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns of one sector and grade; `second` is a sector that they state too, `sector` is None for nouns of nobody."""

    words: tuple[str, ...]
    grade: Grade
    sector: Sector | None = None
    second: Sector | None = None


class AgentFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of lexicons/agents.toml."""

    agents: tuple[Agents, ...]


class AgentHit(msgspec.Struct, frozen=True):
    """Pieces `start` in, `end` out of a phrase are a noun of the lexicon; `part` counts the prepositions before it."""

    start: int
    end: int
    part: int
    words: str
    agents: Agents


class AgentNouns:
    """Finds the nouns of the lexicon in phrases."""

    def __init__(self, groups: Sequence[Agents]) -> None:
        self._nouns: dict[tuple[str, ...], Agents] = {}
        self._reach: dict[str, int] = {}
        for group in groups:
            for words in group.words:
                key = singular_pieces(words)
                self._nouns[key] = group
                self._reach[key[0]] = max(len(key), self._reach.get(key[0], 0))

    def find(self, phrase: str) -> tuple[AgentHit, ...]:
        """The nouns in a phrase: longest first, left to right, never overlapping."""
        return tuple(self._find(singular_pieces(phrase)))

    def deciding(self, phrase: str) -> AgentHit | None:
        """The noun that says what sector a phrase is about, None where no noun is known.

        The strongest grade wins and the last of several before a preposition, as the head of an English compound stands last:
        "army hospital". A head that says nothing by itself leaves it to what it is the head of: "chairman of the board".
        """
        hits = self.find(phrase)
        head = _strongest([hit for hit in hits if hit.part == 0])
        if head is None or head.agents.grade not in _OF_OTHERS:
            return head
        last = max(hit.part for hit in hits)
        after = (_strongest([hit for hit in hits if hit.part == part]) for part in range(1, last + 1))
        of = next((hit for hit in after if hit is not None), None)
        return of if of and _STRENGTH[of.agents.grade] > _STRENGTH[head.agents.grade] else head

    def _find(self, pieces: Sequence[str]) -> Iterator[AgentHit]:
        at = part = 0
        while at < len(pieces):
            reach = min(self._reach.get(pieces[at], 0), len(pieces) - at)
            length = next((n for n in range(reach, 0, -1) if tuple(pieces[at : at + n]) in self._nouns), 0)
            if length:
                key = tuple(pieces[at : at + length])
                if length > 1 or len(pieces) == 1 or key[0] not in _ALONE:
                    yield AgentHit(at, at + length, part, " ".join(key), self._nouns[key])
            elif pieces[at] in _PREPOSITIONS:
                part += 1
            at += length or 1


def _strongest(hits: Sequence[AgentHit]) -> AgentHit | None:
    return max(hits, key=lambda hit: (_STRENGTH[hit.agents.grade], hit.start), default=None)


_ALONE = word_set("he she they it him her them")
"""Pronouns, that stand for somebody only where they are the whole phrase: "He Jintao" is a name."""
_PREPOSITIONS = word_set(
    "of in at from for by who that which with on near to against inside outside during after before under over around , and or"
)
_PIECE = re.compile(r"['’]s\b|['’](?=\s|$)|[^\W_]+(?:['’](?!s\b)[^\W_]+)*|,")
_IRREGULAR = {
    "children": "child", "people": "people", "wives": "wife", "thieves": "thief", "corps": "corps", "media": "media",
    "press": "press", "staff": "staff", "men": "man", "series": "series",
}  # fmt: skip


def singular_pieces(phrase: str) -> tuple[str, ...]:
    """Folded words of a phrase in the singular; a possessive sign is a piece of its own."""
    return tuple(_singular(fold(piece).replace("’", "'")) for piece in _PIECE.findall(phrase.replace("`", "'")))


@lru_cache(maxsize=1 << 14)
def _singular(word: str) -> str:
    known = _IRREGULAR.get(word)
    if known or len(word) < 4 or not word.isalpha():
        return known or ("'s" if word == "'" else word)
    for ending, other in _PLURALS:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + other
    return word


_PLURALS = (
    ("schoolchildren", "schoolchild"), ("children", "child"), ("men", "man"), ("ies", "y"), ("sses", "ss"), ("shes", "sh"),
    ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""),
)  # fmt: skip


@cache
def load_agents() -> AgentNouns:
    """Read the lexicon once."""
    return AgentNouns(read_agents())


def read_agents() -> tuple[Agents, ...]:
    """The groups of nouns as lexicons/agents.toml holds them."""
    text = resources.files("dragoman.knowledge").joinpath("lexicons/agents.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), AgentFile).agents
