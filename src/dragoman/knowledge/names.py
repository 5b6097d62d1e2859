"""An index of names that finds them among words: longest match, left to right."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

import msgspec

from dragoman.knowledge.entries import ActorEntry, NameForm, PersonEntry
from dragoman.knowledge.folding import fold, is_link, pieces

EXACT = "="
"""Prefix of a name that matches in this very spelling alone: "=Malé" is not "male"."""
UNSCANNED = "~"
"""Prefix of a name that is looked up but never found in running text: "~Hamilton", rather a surname than Bermuda's capital."""

_ACRONYM = re.compile(r"[A-Z0-9][A-Z0-9.&+/-]*[A-Z0-9.]", re.ASCII)
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}")
_MIXED = re.compile(r"[A-Za-z]{0,4}[a-z][A-Z][A-Za-z]{0,2}")
_INNER_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ](?=\w)")
_PARTING = re.compile(r"[\s+/–-]+")
_SHORT = 3
_SHOUTED = 4


class Case(IntEnum):
    """What capitals a name asks of the text."""

    ANY = 0
    """Hamas, hamas, HAMAS; several words need all their capitals or none: "Pacific Community", not "the Pacific community"."""
    CAPITAL = 1
    """A common word, such as Turkey: each word that has a capital in the name needs one in the text."""
    ACRONYM = 2
    """UN: all in capitals."""
    EXACT = 3
    """Letter by letter."""


class Sense(msgspec.Struct, frozen=True):
    """What one name, as the facts write it, stands for; a blocked phrase ("New Mexico") stands for nobody."""

    marked: str
    form: NameForm | None
    actor: ActorEntry | None = None
    person: PersonEntry | None = None
    sector: str | None = None
    body: str | None = None

    @property
    def spelling(self) -> str:
        """The name without its mark."""
        return unmarked(self.marked)


class Found(msgspec.Struct, frozen=True):
    """Words `start` in, `end` out carry a spelling with these senses."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    compound: bool = False
    """The name is the first part of one word: "U.S.-led"."""


class NameIndex:
    """Names filed under their folded pieces, and the length of the longest name that opens with each piece."""

    def __init__(self, common: frozenset[str], class_nouns: frozenset[str] = frozenset()) -> None:
        self._common = common
        self._class_nouns = class_nouns
        self._filed: dict[tuple[str, ...], list[Sense]] = {}
        self._unscanned: dict[tuple[str, ...], list[Sense]] = {}
        self._reach: dict[str, int] = {}
        self._cases: dict[str, Case] = {}

    def case_of(self, marked: str) -> Case:
        """Decide what capitals a name asks for."""
        if marked.startswith(EXACT):
            return Case.EXACT
        spelling = unmarked(marked)
        if _ACRONYM.fullmatch(spelling) or _INITIALS.fullmatch(spelling):
            return Case.ACRONYM
        if _MIXED.fullmatch(spelling):  # LeT is no "let", BiH no "bih"
            return Case.EXACT
        plain = all(p in self._common or len(p) <= _SHORT for p in name_pieces(spelling) if p not in _SMALL)
        return Case.CAPITAL if plain else Case.ANY

    def add(self, marked: str, form: NameForm | None, **owner: object) -> None:
        """Enter a name as the facts write it, with its mark."""
        spelling = unmarked(marked)
        sense = Sense(marked, form, **owner)  # type: ignore[arg-type]
        if marked.startswith(UNSCANNED):
            self._unscanned.setdefault(name_pieces(spelling), []).append(sense)
            return
        for variant in spellings(spelling):
            self._filed.setdefault(variant, []).append(sense)
            self._reach[variant[0]] = max(len(variant), self._reach.get(variant[0], 0))

    def look_up(self, name: str) -> tuple[Sense, ...]:
        """Senses of a whole name, whatever its capitals."""
        wanted = name_pieces(name)
        return (*self._filed.get(wanted, ()), *self._unscanned.get(wanted, ()))

    def find(self, words: Sequence[str]) -> Iterator[Found]:
        """Yield the longest known names, left to right, without overlaps."""
        split = [pieces(word) for word in words]
        at = 0
        while at < len(words):
            reach = self._reach.get(split[at][0]) if split[at] else None
            found = (self._longest(words, split, at, reach) or self._compound(words[at], at)) if reach else None
            if found:
                yield found
            at = found.end if found else at + 1

    def _longest(self, words: Sequence[str], split: list[tuple[str, ...]], start: int, reach: int) -> Found | None:
        ends: list[tuple[tuple[str, ...], int]] = []
        gathered: tuple[str, ...] = ()
        at = start
        while at < len(words) and len(gathered) < reach:
            if split[at]:
                gathered += split[at]
                ends.append((gathered, at + 1))
            elif not _links(words, at):
                break
            at += 1
        for key, end in reversed(ends):
            senses = self._filed.get(key)
            found = self._found(senses, words, start, end) if senses else None
            if found:
                return found
        return None

    def _compound(self, word: str, at: int) -> Found | None:
        head, _, tail = word.partition("-")
        senses = self._filed.get(name_pieces(head)) if tail[:1].islower() else None
        found = self._found(senses, (head,), 0, 1) if senses else None
        return Found(at, at + 1, found.senses, compound=True) if found else None

    def _found(self, filed: list[Sense], words: Sequence[str], start: int, end: int) -> Found | None:
        marks = [word for word in words[start:end] if word in _MARKS]
        senses = tuple(s for s in filed if all(mark in s.spelling for mark in marks) and self._cased(s, words, start, end))
        if not senses:
            return None
        closed = "(" in marks and end < len(words) and words[end] == ")"
        return Found(start, end + closed, senses)

    def _case(self, marked: str) -> Case:
        # Decided when a name is first met: most names of the facts never are.
        case = self._cases.get(marked)
        if case is None:
            case = self._cases[marked] = self.case_of(marked)
        return case

    def _cased(self, sense: Sense, words: Sequence[str], start: int, end: int) -> bool:
        case = self._case(sense.marked)
        if case is Case.ANY and all(word.islower() or not pieces(word) for word in words[start:end]):
            return True
        if case is Case.ACRONYM:
            return self._acronym(sense, words, start, end)
        text = [word for word in words[start:end] if pieces(word)]
        if case is Case.EXACT:
            return _bare(" ".join(text)) == _bare(sense.spelling)
        return _capitals_kept(sense.spelling, text) or self._class_noun_small(sense.spelling, text)

    def _class_noun_small(self, spelling: str, text: Sequence[str]) -> bool:
        """Whether only class nouns after a distinctive word are small: "Free Syrian army", but not "State department"."""
        end = len(text)
        while end and fold(text[end - 1]) in self._class_nouns:
            end -= 1
        distinctive = any(piece not in self._common for word in text[:end] for piece in pieces(word))
        return distinctive and _capitals_kept(spelling, (*text[:end], *(word.capitalize() for word in text[end:])))

    def _acronym(self, sense: Sense, words: Sequence[str], start: int, end: int) -> bool:
        text = "".join(words[start:end])
        letters = "".join(c for c in re.sub(r"['’][sS]?$", "", text) if c.isalpha())
        if letters.isupper() or not letters:
            common = fold(letters) in self._common
            return not (common and letters not in _KEPT_IN_HEADLINES and _shouted(words, start, end))
        # Several papers write long acronyms as words: Nato, Unicef, Unifil.
        wordlike = end - start == 1 and len(letters) >= _SHOUTED and letters[0].isupper() and letters[1:].islower()
        return wordlike and fold(letters) not in self._common and "." not in sense.spelling


_MARKS = frozenset({",", "(", ")"})
"""Marks that a name may hold but that never link two of its words unless the name is spelled so: Washington, D.C."""


def _links(words: Sequence[str], at: int) -> bool:
    """Whether the word, itself no part of a name, may stand inside one."""
    after_initial = words[at] == "." and len(words[at - 1]) <= 2
    return after_initial or words[at] in _MARKS or is_link(words[at])


_SMALL = frozenset(
    {
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "to",
        "de",
        "la",
        "du",
        "des",
        "al",
        "el",
        "d",
        "ad",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "az",
        "ul",
        "e",
        "i",
    }
)
_KEPT_IN_HEADLINES = frozenset({"US"})


def unmarked(marked: str) -> str:
    """A name as it is written, without its mark."""
    return marked.lstrip(EXACT + UNSCANNED)


@lru_cache(maxsize=1 << 15)
def name_pieces(name: str) -> tuple[str, ...]:
    """Folded pieces of a whole name."""
    return tuple(piece for word in name.split() for piece in pieces(word))


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Sequences of pieces under which a name is filed: an apostrophe may join ("dorsay") or part ("d", "orsay") a word."""
    joined = name_pieces(name)
    if not _INNER_APOSTROPHE.search(name):
        return (joined,)
    parted = name_pieces(_INNER_APOSTROPHE.sub(" ", name))
    return (joined, parted)


def _bare(text: str) -> str:
    return re.sub(r"[^\w]|['’][sS]?$", "", text)


def _capitals_kept(spelling: str, text: Sequence[str]) -> bool:
    wanted = [part for part in _PARTING.split(spelling) if pieces(part)]
    given = [part for word in text for part in _PARTING.split(word) if pieces(part)]
    if len(wanted) != len(given):
        return not any(_small(part) for part in given)
    return not any(w[0].isupper() and _small(g) for w, g in zip(wanted, given, strict=True))


def _small(word: str) -> bool:
    """Whether the word lacks a capital that a word of a name should have; particles never have to."""
    return word[0].islower() and not _SMALL.issuperset(pieces(word))


def _shouted(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the neighbours are in capitals too, as in a headline, so that an acronym may be an ordinary word."""
    around = (*words[max(0, start - 2) : start], *words[end : end + 2])
    return any(len(word) >= _SHOUTED and word.isalpha() and word.isupper() for word in around)
