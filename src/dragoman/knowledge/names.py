"""An index of names that finds them among words: longest match, left to right."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

import msgspec

from dragoman.knowledge.entries import ActorEntry, NameForm, PersonEntry
from dragoman.knowledge.folding import fold, is_link, pieces

EXACT = "="
"""Prefix of a name that matches in this very spelling alone: "=Malé" is not "male"."""
UNSCANNED = "~"
"""Prefix of a name that is looked up but never found in running text: "~Hamilton", more often a surname than Bermuda's capital."""

_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9.&+/-]*[A-Z0-9.]", re.ASCII)
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}")
_SHORT = 3
_SHOUTED = 4


class Case(IntEnum):
    """What capitals a name asks of the text."""

    ANY = 0
    """Hamas, hamas, HAMAS."""
    CAPITAL = 1
    """A common word, such as Turkey: each word that has a capital in the name needs one in the text."""
    ACRONYM = 2
    """UN: all in capitals."""
    EXACT = 3
    """Letter by letter."""


class Sense(msgspec.Struct, frozen=True):
    """What one spelling stands for; a blocked phrase ("New Mexico") stands for nobody."""

    spelling: str
    case: Case
    form: NameForm | None
    actor: ActorEntry | None = None
    person: PersonEntry | None = None
    sector: str | None = None


class Found(msgspec.Struct, frozen=True):
    """Words `start` in, `end` out carry a spelling with these senses."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class _Node:
    __slots__ = ("next", "senses")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.senses: list[Sense] = []


class NameIndex:
    """A trie over folded pieces of names."""

    def __init__(self, common: frozenset[str]) -> None:
        self._root = _Node()
        self._common = common
        self._exact: dict[str, list[Sense]] = {}

    def case_of(self, spelling: str) -> Case:
        """Decide what capitals a spelling asks for."""
        if _ACRONYM.fullmatch(spelling) or _INITIALS.fullmatch(spelling):
            return Case.ACRONYM
        parts = tuple(p for p in name_pieces(spelling) if p not in _SMALL)
        plain = all(p in self._common or len(p) <= _SHORT for p in parts)
        return Case.CAPITAL if plain else Case.ANY

    def add(self, marked: str, form: NameForm | None, **owner: object) -> None:
        """Enter a name as the facts write it, with its mark."""
        spelling = unmarked(marked)
        case = Case.EXACT if marked.startswith(EXACT) else self.case_of(spelling)
        sense = Sense(spelling, case, form, **owner)  # type: ignore[arg-type]
        self._exact.setdefault(_key(spelling), []).append(sense)
        if marked.startswith(UNSCANNED):
            return
        for variant in spellings(spelling):
            node = self._root
            for piece in variant:
                node = node.next.setdefault(piece, _Node())
            node.senses.append(sense)

    def look_up(self, name: str) -> tuple[Sense, ...]:
        """Senses of a whole name, whatever its capitals."""
        return tuple(self._exact.get(_key(name), ()))

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Yield the longest known names, left to right, without overlaps."""
        split = [pieces(word) for word in words]
        at = 0
        while at < len(words):
            found = self._longest(words, split, at) if split[at] and split[at][0] in self._root.next else None
            if found:
                yield found
            at = found.end if found else at + 1

    def _longest(self, words: Sequence[str], split: list[tuple[str, ...]], start: int) -> Found | None:
        node, best, at = self._root, None, start
        while at < len(words):
            word_pieces = split[at]
            if not word_pieces:
                if at == start or not is_link(words[at]):
                    break
                at += 1
                continue
            for piece in word_pieces:
                following = node.next.get(piece)
                if following is None:
                    return best
                node = following
            at += 1
            if node.senses:
                senses = tuple(s for s in node.senses if self._cased(s, words, start, at))
                best = Found(start, at, senses) if senses else best
        return best

    def _cased(self, sense: Sense, words: Sequence[str], start: int, end: int) -> bool:
        if sense.case is Case.ANY:
            return True
        text = [w for w in words[start:end] if pieces(w)]
        if sense.case is Case.ACRONYM:
            return self._acronym(sense, words, start, end)
        if sense.case is Case.EXACT:
            return _bare(" ".join(text)) == _bare(sense.spelling)
        return _capitals_kept(sense.spelling, text)

    def _acronym(self, sense: Sense, words: Sequence[str], start: int, end: int) -> bool:
        text = "".join(words[start:end])
        letters = "".join(c for c in re.sub(r"['’]s?$", "", text) if c.isalpha())
        if letters.isupper():
            common = fold(letters) in self._common
            return not (common and letters not in _KEPT_IN_HEADLINES and _shouted(words, start, end))
        # Several papers write long acronyms as words: Nato, Unicef, Unifil.
        wordlike = end - start == 1 and len(letters) >= _SHOUTED and letters[0].isupper() and letters[1:].islower()
        return wordlike and fold(letters) not in self._common and "." not in sense.spelling


_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "al", "el", "d"})
_KEPT_IN_HEADLINES = frozenset({"US"})


def unmarked(marked: str) -> str:
    """A name as it is written, without its mark."""
    return marked.lstrip(EXACT + UNSCANNED)


def name_pieces(name: str) -> tuple[str, ...]:
    """Folded pieces of a whole name."""
    return tuple(piece for word in name.split() for piece in pieces(word))


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Sequences of pieces under which a name is filed: an apostrophe may join ("dorsay") or part ("d", "orsay") a word."""
    joined = name_pieces(name)
    parted = name_pieces(re.sub(r"(?<=\w)['’‘ʼ](?=\w)", " ", name))
    return (joined,) if joined == parted else (joined, parted)


def _key(name: str) -> str:
    return " ".join(name_pieces(name))


def _bare(text: str) -> str:
    return re.sub(r"[^\w]|['’]s?$", "", text)


def _capitals_kept(spelling: str, text: Sequence[str]) -> bool:
    wanted = [part for part in re.split(r"[\s-]+", spelling) if pieces(part)]
    given = [part for word in text for part in re.split(r"[\s-]+", word) if pieces(part)]
    if len(wanted) != len(given):
        return all(part[0].isupper() or part in _SMALL for part in given)
    return all(not w[0].isupper() or g[0].isupper() or g[0].isdigit() for w, g in zip(wanted, given, strict=True))


def _shouted(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the neighbours are in capitals too, as in a headline, so that an acronym may be an ordinary word."""
    around = (*words[max(0, start - 2) : start], *words[end : end + 2])
    return any(len(word) >= _SHOUTED and word.isalpha() and word.isupper() for word in around)
