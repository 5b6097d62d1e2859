"""A small pattern language over categories of words, and the search for its matches in a text.

Each word of a text becomes one character that stands for the set of categories it belongs to; a pattern compiles to a regular
expression over those characters. In a pattern, an UPPER-CASE name is a category or a macro (captured under its lower-case name; a
digit at the end tells two captures apart), a lower-case word or a comma stands for itself, `name:( ... )` captures, and
`( | ) ? * +` mean what they mean in regular expressions. No match runs over an empty line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from dragoman.read.time_lexicon import CAPITALISED, CATEGORIES, number_categories

Resolver = TypeVar("Resolver")

_WORD = re.compile(
    r"""
      \n[^\S\n]*\n\s*                           # an empty line
    | [0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])                 # 2024-05-03
    | [0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})(?![0-9/])    # 5/3/2024
    | [0-9]{1,2}:[0-9]{2}(?![0-9])                        # 10:35
    | ['’‘][0-9]0s\b | [0-9]{3}0['’]?s\b | \b[2-9]0s\b  # '80s, 1980s, 80s
    | [0-9]+(?:st|nd|rd|th)\b
    | [0-9]/[0-9](?![0-9/])                             # 1/2
    | [0-9]+(?:[.,][0-9]+)*
    | \b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.
    | \b[AaPp]\.\ ?[Mm]\b\.?                     # a.m.
    | \b[Bb]i-(?:weekly|monthly)\b
    | [^\W\d_]+
    | ['’]s\b
    | \S
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r"([a-z_]+):\(|([A-Z]+)(\d?)|([a-z][a-z']*)|([,.])|([()|?*+])")
_NUMBER_SHAPES = "0 1 00 01 10 28 33 100 1999 9999 1.5 3rd 40th 1980s 1/2 1/2/03 1:30 2000-01-01"
_OTHER = "x"
_FIGURES = frozenset("0123456789")
_ALTERNATIVE = "_"
"""Ends the group names of a category's second, third ... place in one pattern, as regular expressions want them distinct."""


class Words(msgspec.Struct, frozen=True):
    """The words of a text, where each begins and ends, and the character string that patterns run over."""

    texts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    symbols: str

    def lower(self, index: int) -> str:
        """A word in lower case, "" outside the text."""
        return self.texts[index].lower() if 0 <= index < len(self.texts) else ""


class Hit(msgspec.Struct, frozen=True):
    """One match of a rule: its words and its captures as word ranges."""

    words: Words
    rule: str
    start: int
    end: int
    groups: dict[str, tuple[int, int]]

    def __contains__(self, name: str) -> bool:
        return name in self.groups

    def get(self, name: str) -> tuple[str, ...]:
        """The captured words in lower case, () where the group took no part."""
        start, end = self.groups.get(name, (0, 0))
        return tuple(word.lower() for word in self.words.texts[start:end])

    def one(self, name: str) -> str:
        """The captured words joined by spaces, "" where the group took no part."""
        return " ".join(self.get(name))

    @property
    def lowered(self) -> tuple[str, ...]:
        """All words of the match in lower case."""
        return tuple(word.lower() for word in self.words.texts[self.start : self.end])


class Rule(msgspec.Struct, Generic[Resolver], frozen=True):
    """A named pattern and what resolves its matches."""

    name: str
    pattern: str
    resolve: Resolver


class Grammar(Generic[Resolver]):
    """Compiled rules; finds their matches in a text, longest first where they overlap."""

    def __init__(self, rules: Sequence[Rule[Resolver]], macros: Mapping[str, str]) -> None:
        self._macros = macros
        self._categories = {name: set(words) for name, words in CATEGORIES.items()}
        for pattern in (*macros.values(), *(rule.pattern for rule in rules)):
            for match in _ITEM.finditer(pattern):
                literal = match[4] or match[5]
                if literal:
                    self._categories.setdefault(f"={literal}", set()).add(literal)
        self._symbol_of: dict[frozenset[str], str] = {frozenset(): _OTHER}
        self._symbols = dict(self._spell())
        for sample in _NUMBER_SHAPES.split():
            self._symbol(number_categories(sample))
        self._rules = tuple((rule, re.compile(self._compile(rule.pattern, capture=True))) for rule in rules)

    def read(self, text: str) -> Words:
        """Split a text into words and their symbols."""
        texts, spans, symbols = [], [], []
        known = self._symbols
        for match in _WORD.finditer(text):
            word = match[0]
            texts.append(word)
            spans.append(match.span())
            symbol = known.get(word)
            if symbol is None:
                symbol = self._symbol(number_categories(word)) if _numeric(word) else _OTHER
            symbols.append(symbol)
        return Words(tuple(texts), tuple(spans), "".join(symbols))

    def find(self, words: Words, keep: Callable[[Hit], bool]) -> tuple[tuple[Hit, Resolver], ...]:
        """Matches that `keep` accepts, in text order; of two that overlap the earlier, the longer, the earlier rule's."""
        found = [
            (match.start(), -match.end(), order, match)
            for order, (_, pattern) in enumerate(self._rules)
            for match in pattern.finditer(words.symbols)
        ]
        found.sort(key=lambda row: row[:3])
        hits: list[tuple[Hit, Resolver]] = []
        taken = 0
        for start, _, order, match in found:
            if start < taken:
                continue
            rule = self._rules[order][0]
            groups = {name.rstrip(_ALTERNATIVE): match.span(name) for name in match.re.groupindex if match[name]}
            hit = Hit(words, rule.name, start, match.end(), groups)
            if keep(hit):
                hits.append((hit, rule.resolve))
                taken = hit.end
        return tuple(hits)

    def _spell(self) -> Iterable[tuple[str, str]]:
        """Each known word in lower case, with a capital and in capitals, with its symbol."""
        words = {word for members in self._categories.values() for word in members}
        for word in sorted(words):
            all_of = frozenset(name for name, members in self._categories.items() if word in members)
            for form in {word.capitalize(), word.upper(), word.title()} - {word}:
                yield form, self._symbol(all_of)
            needs_capital = all_of & set(CAPITALISED) if word[0].isalpha() else frozenset()
            yield word, self._symbol(all_of - needs_capital)

    def _symbol(self, categories: frozenset[str]) -> str:
        if categories not in self._symbol_of:
            self._symbol_of[categories] = chr(0x100 + len(self._symbol_of))
        return self._symbol_of[categories]

    def _class(self, category: str) -> str:
        members = [symbol for categories, symbol in self._symbol_of.items() if category in categories]
        if not members:
            raise KeyError(f"pattern names the category {category}, which has no words")
        return f"[{''.join(members)}]"

    def _compile(self, pattern: str, *, capture: bool) -> str:
        """Translate a pattern; inside a labelled group only the label captures."""
        parts = []
        open_groups: list[bool] = []
        names: Counter[str] = Counter()

        def group(name: str) -> str:
            names[name] += 1
            return f"(?P<{name}{_ALTERNATIVE * (names[name] - 1)}>" if capture and not any(open_groups) else "(?:"

        for match in _ITEM.finditer(pattern):
            label, name, digit, word, mark, operator = match.groups()
            if label or operator == "(":
                parts.append(group(label) if label else "(?:")
                open_groups.append(bool(label))
            elif name:
                body = self._compile(self._macros[name], capture=False) if name in self._macros else self._class(name)
                parts.append(f"{group(name.lower() + digit)}{body})")
            elif word or mark:
                parts.append(self._class(f"={word or mark}"))
            else:
                if operator == ")":
                    open_groups.pop()
                parts.append(operator)
        return "".join(parts)


def _numeric(word: str) -> bool:
    return word[0] in _FIGURES or word[1:2] in _FIGURES
