"""Bytes to inputs: the same bytes make the same text and parse, from a seed, hypothesis or a coverage-guided fuzzer alike.

Texts are made of the lexicons' own words, names of actors and places, grammar words, storms of punctuation and the oddities of
Unicode, so that chance meets the rules; parses are made by hand: tags by the words' shapes, trees and entities by chance.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from importlib import resources

from dragoman.core.parse import Entity, Parse, Token

GRAMMAR = (
    "the", "a", "an", "his", "her", "their", "its", "he", "she", "they", "it", "we", "I", "who", "which", "that",
    "this", "these", "and", "or", "but", "not", "no", "with", "between", "in", "on", "at", "to", "from", "by", "for",
    "of", "after", "before", "until", "during", "over", "under", "about", "against", "as", "if", "would", "will",
    "could", "may", "should", "must", "has", "have", "had", "is", "are", "was", "were", "be", "been", "being", "did",
    "do", "does", "there", "here", "also", "only", "again", "yesterday", "today", "tomorrow", "Monday", "Tuesday",
    "last", "next", "this", "week", "month", "year", "May", "March", "2024", "one", "two", "three", "both", "each",
    "other", "several", "million", "per", "cent", "'s", "separately", "jointly", "respectively", "without",
    "despite", "because", "while",
)  # fmt: skip
PUNCTUATION = (
    *".,;:!?-–—…()[]{}/\\\"'“”‘’«»‹›„‚&%$#@*_=+|<>~^`",
    "...",
    "!!!",
    "—-—",
    "\n\n",
    "\n",
    "\t",
    "(Reuters) -",
    "/ Photo:",
    "''",
    "``",
    ").",
    '."',
    "$1.5bn",
    "<br>",
    "&amp;",
    "=HYPERLINK(1)",
)
ODDITIES = (
    "\xa0", "\u200b", "\u200d", "\ufeff", "\u202e", "\u2066", "\u2028", "\u2029", "́", "̈̈̈̈̈", "İ", "ı", "ß", "ẞ",
    "ﬁ", "ǅ", "ſ", "K", "Ⅳ", "²", "½", "٣", "３", "①", "\u180e", "\xad", "𝐐𝐚𝐭𝐚𝐫", "Ｑａｔａｒ", "Qаtar", "🕊",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "🇹🇷", "🧿", "中文", "עברית", "العربية", "हिन्दी", "ŉ", "\x85", "\x0b",
    "\x0c", "\x1c", "\x7f", "�", "\ufffe", "\U0010ffff", "ͅ", "Σς", "ΐ", "Ǆ",
)  # fmt: skip
_SHORTEST_TABLES = ("states.tsv", "organisations.tsv", "nonstate.tsv", "bodies.tsv", "places_short.tsv", "persons_mideast.tsv")
_CELL = re.compile(r"[^\W\d_][^|;]{1,40}")
_REPORT = (
    (
        "Turkish Foreign Minister Hakan Fidan", "Qatari Prime Minister Mohammed bin Abdulrahman Al Thani", "Hamas",
        "The Kremlin", "They", "Envoys",
    ),
    (
        "met", "called", "visited", "told", "said", "offered to mediate between", "signed a ceasefire with",
        "attacked", "spoke by phone with", "did not meet", "will meet", "rejected", "cancelled a meeting with",
        "mediated talks between",
    ),
    (
        "Israel", "his Egyptian counterpart Badr Abdelatty", "Russia and Ukraine", "a Hamas delegation",
        "the United Nations envoy", "Iran, Iraq and Oman",
    ),
    (
        "in Doha", "on Tuesday", "separately", "over a ceasefire in Gaza", "and demanded that hostages be freed",
        "last week in Cairo", "“to end the war”", "",
    ),
    (
        ".", ", sources said.", "\n", ";", ", according to the ministry.",
    ),
)  # fmt: skip
POS = (
    "NOUN", "VERB", "PROPN", "ADP", "DET", "PRON", "AUX", "ADJ", "ADV", "CCONJ", "SCONJ", "NUM", "PUNCT", "PART",
    "X", "SYM", "INTJ", "SPACE",
)  # fmt: skip
TAGS = {
    "NOUN": (
        "NN",
        "NNS",
    ),
    "VERB": (
        "VBD",
        "VBZ",
        "VB",
        "VBN",
        "VBG",
        "VBP",
    ),
    "PROPN": (
        "NNP",
        "NNPS",
    ),
    "ADP": (
        "IN",
        "RP",
    ),
    "DET": ("DT",),
    "PRON": (
        "PRP",
        "PRP$",
        "WP",
        "EX",
    ),
    "AUX": (
        "VBD",
        "VBZ",
        "MD",
        "VB",
    ),
    "ADJ": (
        "JJ",
        "JJR",
    ),
    "ADV": (
        "RB",
        "WRB",
    ),
    "CCONJ": ("CC",),
    "SCONJ": ("IN",),
    "NUM": ("CD",),
    "PUNCT": (
        ".",
        ",",
        "``",
        "''",
        ":",
        "-LRB-",
        "-RRB-",
    ),
    "PART": (
        "RB",
        "TO",
        "POS",
    ),
    "X": ("FW",),
    "SYM": ("$",),
    "INTJ": ("UH",),
    "SPACE": ("_SP",),
}
DEPS = (
    "nsubj", "nsubjpass", "dobj", "pobj", "prep", "conj", "cc", "compound", "appos", "amod", "det", "aux", "auxpass",
    "agent", "advmod", "advcl", "ccomp", "xcomp", "relcl", "acl", "mark", "neg", "poss", "case", "attr", "punct",
    "nummod", "npadvmod", "pcomp", "dative", "expl", "dep", "parataxis", "oprd", "acomp", "csubj", "prt", "predet",
    "quantmod", "nmod", "intj", "meta", "preconj",
)  # fmt: skip
LABELS = (
    "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "DATE", "TIME", "EVENT", "CARDINAL", "MONEY", "LAW", "PRODUCT",
)  # fmt: skip
_TOKEN = re.compile(r"\s+|\w+(?:\.\w+\.)?|[^\w\s]")
_ENDS = frozenset(".!?")


class Choices:
    """Decisions out of bytes; when they run out, every decision is the first, so that inputs end."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._content) - self._at

    def below(self, limit: int) -> int:
        """A number from 0 up to, not including, `limit`."""
        size = 1 if limit <= 256 else 2
        taken = self._content[self._at : self._at + size]
        self._at += size
        return int.from_bytes(taken, "big") % limit if limit > 0 else 0

    def one(self, items):
        return items[self.below(len(items))]


@cache
def lexicon() -> tuple[str, ...]:
    """Every word and phrase of the lexicons, and names out of the tables of facts."""
    folder = resources.files("dragoman") / "knowledge"
    found: dict[str, None] = {}
    for entry in sorted((folder / "lexicons").iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".toml"):
            found |= dict.fromkeys(
                word for word in _strings(tomllib.loads(entry.read_text(encoding="utf-8"))) if 1 < len(word) < 60
            )
    for name in _SHORTEST_TABLES:
        table = (folder / "facts" / name).read_text(encoding="utf-8")
        found |= dict.fromkeys(cell.strip() for cell in _CELL.findall(table.replace("\t", "|").replace("\n", "|")))
    return tuple(found)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def make_text(choices: Choices, longest: int = 60) -> str:
    """A text of some pieces."""
    words = lexicon()
    parts: list[str] = []
    for _ in range(choices.below(longest) + 1):
        if choices.left <= 0:
            break
        kind = choices.below(20)
        if kind >= 16:
            parts.append(" ".join(choices.one(slot) for slot in _REPORT))
        elif kind < 6:
            parts.append(words[choices.below(len(words))])
        elif kind < 11:
            parts.append(choices.one(GRAMMAR))
        elif kind < 14:
            parts.append(choices.one(PUNCTUATION))
        elif kind == 14:
            parts.append(choices.one(ODDITIES))
        else:
            parts.append(chr(choices.below(0x3000)) * (choices.below(4) + 1))
        parts.append(("", " ", " ", " ", " ", ". ", "\n")[choices.below(7)])
    return "".join(parts)


def make_day(choices: Choices) -> date | None:
    """A published date, or none."""
    number = choices.below(20_000)
    return None if number % 7 == 0 else date(1990, 1, 1) + timedelta(days=number)


class HandMadeParser:
    """`Parser` without a model: tokens by shape, tags, trees and entities by chance, the same for the same text and bytes."""

    name = "by hand 1"

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        return (self._parse(text) for text in texts)

    def _parse(self, text: str) -> Parse:
        choices = self._choices
        words = [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)]
        sentences = _sentences(words, choices)
        tagged = [_pos(word, choices) for _, _, word in words]
        heads, deps = _trees(sentences, tagged, choices)
        entities = _entities(words, choices)
        inside = {place: entity.label for entity in entities for place in range(entity.start, entity.end)}
        tokens = []
        for index, (start, end, word) in enumerate(words):
            pos = tagged[index]
            lemma = word.lower() if pos in {"PROPN", "PUNCT"} else _lemma(word)
            tag = choices.one(TAGS[pos])
            tokens.append(Token(index, start, end, word, lemma, pos, tag, deps[index], heads[index], inside.get(index, "")))
        return Parse(self.name, tuple(tokens), tuple(sentences), tuple(entities))


def _pos(word: str, choices: Choices) -> str:
    if word.isspace():
        return "SPACE"
    if not word[0].isalnum():
        return "PUNCT" if choices.below(8) else choices.one(POS[:-1])
    if choices.below(6) == 0:
        return choices.one(POS[:-1])
    if word[0].isdigit():
        return "NUM"
    if word[0].isupper():
        return "PROPN"
    if word in {"and", "or", "but"}:
        return "CCONJ"
    return ("NOUN", "VERB", "ADP", "DET", "VERB", "AUX", "PRON")[choices.below(7)]


def _lemma(word: str) -> str:
    plain = word.lower()
    for ending in ("ing", "ed", "s"):
        if plain.endswith(ending) and len(plain) > len(ending) + 2:
            return plain.removesuffix(ending)
    return {"met": "meet", "said": "say", "told": "tell", "held": "hold"}.get(plain, plain)


def _sentences(words: list[tuple[int, int, str]], choices: Choices) -> list[tuple[int, int]]:
    """Ranges of tokens that cover all, as a parser gives them."""
    found, start = [], 0
    for index, (_, _, word) in enumerate(words):
        if (word in _ENDS and choices.below(5)) or choices.below(40) == 1:
            found.append((start, index + 1))
            start = index + 1
    return [*found, (start, len(words))] if start < len(words) else found


def _trees(sentences: list[tuple[int, int]], tagged: list[str], choices: Choices) -> tuple[list[int], list[str]]:
    """One tree for each sentence: three in four as a grammar would have it, the others anything that makes no circle."""
    heads: list[int] = []
    deps: list[str] = []
    for start, end in sentences:
        if choices.below(4):
            _grammatical(start, end, tagged, heads, deps)
        else:
            _random(start, end, choices, heads, deps)
        if choices.below(3) == 0 and end > start:
            deps[start + choices.below(end - start)] = choices.one(DEPS)
    return heads, deps


def _random(start: int, end: int, choices: Choices, heads: list[int], deps: list[str]) -> None:
    root = start + choices.below(min(end - start, 250))
    for index in range(start, end):
        # A token hangs on one that is nearer to the root: no circles.
        step = 1 + (choices.below(4) if choices.below(3) == 0 else 0)
        heads.append(index if index == root else max(root, index - step) if index > root else min(root, index + step))
        deps.append("ROOT" if index == root else choices.one(DEPS))


def _grammatical(start: int, end: int, tagged: list[str], heads: list[int], deps: list[str]) -> None:
    """The first verb is the root; names before it are its subject, after it objects, of a preposition where one stands before."""
    places = range(start, end)
    root = next((index for index in places if tagged[index] == "VERB"), start)
    noun, governor, joined = root, -1, False
    for index in places:
        pos = tagged[index]
        if index == root:
            head, dep = index, "ROOT"
        elif pos in _NOUNS:
            head, dep = _noun_place(index, end, root, tagged, (noun, governor, joined))
            if dep != "compound":
                noun, governor, joined = index, -1, False
        elif pos == "ADP":
            head, dep, governor = root, "prep", index
        elif pos == "CCONJ":
            head, dep, joined = (noun if noun < index else root), "cc", True
        else:
            head, dep = root, _SIMPLE.get(pos, "dep")
        heads.append(head)
        deps.append(dep)


_NOUNS = frozenset({"PROPN", "NOUN", "PRON", "NUM"})
_SIMPLE = {"DET": "det", "PUNCT": "punct", "ADV": "advmod", "VERB": "conj", "AUX": "aux"}


def _noun_place(index: int, end: int, root: int, tagged: list[str], before: tuple[int, int, bool]) -> tuple[int, str]:
    noun, governor, joined = before
    if index + 1 < end and tagged[index + 1] in _NOUNS and index + 1 != root:
        return index + 1, "compound"
    if index < root:
        return root, "nsubj"
    if governor >= 0:
        return governor, "pobj"
    return (noun, "conj") if joined and noun > root else (root, "dobj")


def _entities(words: list[tuple[int, int, str]], choices: Choices) -> list[Entity]:
    found, at = [], 0
    while at < len(words):
        if words[at][2][0].isupper() and choices.below(3):
            end = at + 1
            while end < len(words) and end - at < 6 and (words[end][2].isspace() or words[end][2][0].isupper()):
                end += 1
            while words[end - 1][2].isspace():
                end -= 1
            found.append(Entity(at, end, choices.one(LABELS)))
            at = end
        at += 1
    return found
