"""Finding phrases of a lexicon in text: folded, inflected, longest first, with their places.

How a phrase is written: words apart by spaces; a word matches its English inflections too ("hostage" finds "Hostages'"),
whatever the case and the diacritics. `=word` is that form alone, `*` any letters ("normali*ation"), `a|b` either word,
`has_been|was` two words as one alternative, `?word` may be absent, `..` up to three words in between. A word in capitals (GERD)
matches in capitals alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import msgspec

from dragoman.core.errors import ConfigError

_WORD = re.compile(r"[^\W_]+")
_GAP = r"(?:[\s‐-―,-]+[^\s.;:!?]+){0,3}?"
_BETWEEN = r"[\s‐-―-]+"
_POSSESSIVE = "(?:['’]s?)?"
_ANY_LETTERS = r"\w*"
_INFLECTED = 3
"""Letters from which a word has inflections."""
_REMEMBERED = 1 << 16


class Hit(msgspec.Struct, frozen=True, order=True):
    """A phrase found: offsets in the text, the label it stands for, and its weight (0 only hides others)."""

    start: int
    end: int
    label: str
    weight: float


class _Phrase(msgspec.Struct, frozen=True):
    """A phrase whose pattern is not compiled yet: most documents hold no word that begins it, and all take a second."""

    label: str
    weight: float
    pattern: str


class _Entry(msgspec.Struct, frozen=True):
    label: str
    weight: float
    pattern: re.Pattern[str]


@cache
def _compiled(phrase: _Phrase) -> _Entry:
    return _Entry(phrase.label, phrase.weight, re.compile(phrase.pattern))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1] or character
    return base if base.isascii() or not base.isalpha() else {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}.get(base, base)


def fold(text: str) -> str:
    """Strip diacritics, keeping case and every offset."""
    return text if text.isascii() else "".join(map(_fold_character, text))


def _endings(word: str) -> tuple[str, tuple[str, ...]]:
    """What all inflections of a word begin with, and how they end."""
    if len(word) < _INFLECTED or word.isdigit():
        return word, ("",)
    stem, last = word[:-1], word[-1]
    if last == "y" and word[-2] not in "aeiou":
        return stem, ("y", "ies", "ied", "ying")
    if last == "e":
        return stem, ("e", "es", "ed", "ing")
    return word, ("", "s", "es", "ed", f"{last}ed", "ing", f"{last}ing")


def _inflected(word: str) -> str:
    stem, endings = _endings(word)
    return re.escape(stem) + (f"(?:{'|'.join(map(re.escape, endings[::-1]))})" if len(endings) > 1 else "")


def _alternative(word: str) -> str:
    if word.startswith("="):
        return f"(?i:{re.escape(word[1:])})"
    if "_" in word:
        return _BETWEEN.join(_alternative(part) for part in word.split("_"))
    if "*" in word:
        return rf"(?i:{_ANY_LETTERS.join(map(re.escape, word.split('*')))}){_POSSESSIVE}"
    if len(word) > 1 and word.isupper():
        return f"{re.escape(word)}s?{_POSSESSIVE}"
    return f"(?i:{_inflected(word.lower())}){_POSSESSIVE}"


def _word_pattern(word: str) -> str:
    return "(?:" + "|".join(_alternative(part) for part in word.split("|")) + ")"


def phrase_pattern(phrase: str) -> str:
    """Turn a phrase of the lexicon notation into a regular expression over folded text; ConfigError when it cannot be one."""
    words = fold(phrase).replace("-", " ").split()
    if not words or words[0].startswith("?") or words[0] == ".." or words[-1] == "..":
        raise ConfigError(f"phrase {phrase!r} must begin and end with a word that is not optional: change it in its lexicon file")
    pattern = _word_pattern(words[0])
    for word in words[1:]:
        if word == "..":
            pattern += _GAP
        elif word.startswith("?"):
            pattern += f"(?:{_BETWEEN}{_word_pattern(word[1:])})?"
        else:
            pattern += _BETWEEN + _word_pattern(word)
    return rf"{pattern}(?!\w)"


def _openings(phrase: str) -> set[str]:
    """The words, in small letters, with which a phrase may begin; a star at the end of one stands for any letters."""
    first = fold(phrase).replace("-", " ").split()[0]
    return {opening for part in first.split("|") for opening in _beginnings(part)}


def _beginnings(alternative: str) -> Iterator[str]:
    fixed = alternative.startswith("=")
    if "_" in alternative and not fixed:
        yield from _beginnings(alternative.partition("_")[0])
        return
    written = alternative.removeprefix("=")
    word = _WORD.match(written)
    begun, rest = (word.group().lower(), written[word.end() :]) if word else ("", written)
    if not fixed and (rest.startswith("*") or not word):
        yield f"{begun}*"
    elif fixed or rest:
        yield begun
    elif len(written) > 1 and written.isupper():
        yield from (begun, f"{begun}s")
    else:
        stem, endings = _endings(begun)
        yield from (stem + ending for ending in endings)


class PhraseLexicon:
    """Phrases with labels and weights, indexed by the words that they may begin with; read-only once built."""

    def __init__(self, phrases: Iterable[tuple[str, str, float]]) -> None:
        """Take (label, phrase, weight) triples."""
        self._phrases: dict[str, list[_Phrase]] = {}
        self._longest = 0
        self._of_word: dict[str, tuple[_Entry, ...]] = {}
        for label, phrase, weight in phrases:
            found = _Phrase(label, weight, phrase_pattern(phrase))
            for opening in _openings(phrase):
                self._phrases.setdefault(opening, []).append(found)
                self._longest = max(self._longest, len(opening) - 1 if opening.endswith("*") else 0)

    def scan(self, text: str) -> tuple[Hit, ...]:
        """Find all phrases in text order; where those of one label overlap, weight 0 hides the rest, else the longest counts."""
        return _scanned(self, text)

    def entries(self, word: str) -> Iterable["_Entry"]:
        """Phrases that may begin with a word."""
        found = self._of_word.get(word)
        if found is None:
            if len(self._of_word) >= _REMEMBERED:
                self._of_word.clear()
            whole = word.lower()
            openings = (whole, *(f"{whole[:length]}*" for length in range(min(len(whole), self._longest) + 1)))
            begun = dict.fromkeys(phrase for opening in openings for phrase in self._phrases.get(opening, ()))
            found = self._of_word[word] = tuple(map(_compiled, begun))
        return found


@lru_cache(maxsize=256)
def _scanned(lexicon: PhraseLexicon, text: str) -> tuple[Hit, ...]:
    """One scan; the same sentences are asked again for each engagement that they elaborate."""
    folded = fold(text)
    found: list[Hit] = []
    for word in _WORD.finditer(folded):
        for entry in lexicon.entries(word.group()):
            match = entry.pattern.match(folded, word.start())
            if match:
                found.append(Hit(match.start(), match.end(), entry.label, entry.weight))
    return _longest(found)


def _longest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    kept: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda h: (h.weight > 0, h.start - h.end, -h.weight, h.start)):
        of_label = kept.setdefault(hit.label, [])
        if not any(hit.start < other.end and other.start < hit.end for other in of_label):
            of_label.append(hit)
    return tuple(sorted(hit for of_label in kept.values() for hit in of_label if hit.weight > 0))


def weighted_phrases(table: Mapping[str, Mapping[str, list[str]]], weights: Mapping[str, float]) -> PhraseLexicon:
    """Build a lexicon from label → tier → phrases, with a weight for each tier; ConfigError on a tier without one."""
    triples: list[tuple[str, str, float]] = []
    for label, tiers in table.items():
        for tier, phrases in tiers.items():
            if tier not in weights:
                raise ConfigError(f"lexicon entry {label!r} has an unknown tier {tier!r}; use one of {', '.join(weights)}")
            triples.extend((label, phrase, weights[tier]) for phrase in phrases)
    return PhraseLexicon(triples)
