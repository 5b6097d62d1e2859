"""Parts of speech and lemmas of a spaCy pipeline, looked up where a word with its tag and dependency was seen before.

The attribute ruler and the rule lemmatizer decide by a word's form, tag and dependency alone, but for a few rules over two words
("gonna", "y'all"): texts with a word that may open one of those go through the pipeline's own components each time.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.attrs import DEP, ORTH, TAG
from spacy.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

RULERS = ("attribute_ruler", "lemmatizer")
"""The components whose work is looked up."""
_OWN = frozenset({"ORTH", "LOWER", "TAG", "DEP", "IS_SPACE"})
"""What the rules may look at for their outcome to hang on form, tag and dependency."""
_MODES = frozenset({"rule", "lookup"})
_MOST = 500_000
"""Words that are remembered; then it starts afresh, so that memory stays bounded."""

Key = tuple[int, int, int]


class Word(NamedTuple):
    """What the pipeline says of one word; `opens` tells that it may open a rule over several words."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    opens: bool


class WordReader:
    """Reads the words of parsed docs; without rules that can be looked up, by the pipeline's own components."""

    def __init__(self, language: "Language", lemma: "Callable[[SpacyToken], str]") -> None:
        self._pipes: list[Any] = [language.get_pipe(name) for name in RULERS if name in language.pipe_names]
        self._lemma = lemma
        self._pairs = _pairs(language)
        self._known: dict[Key, Word] = {}
        self._harmless: set[tuple[Key, Key]] = set()

    def read(self, doc: "Doc") -> list[Word]:
        """The words of a doc whose tags and dependencies are set, in order."""
        keys: list[Key] = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
        if self._pairs is None:
            return self._by_components(doc, frozenset())
        words = [self._known.get(key) for key in keys]
        if None in words or any(word.opens and not self._passes(keys, at) for at, word in enumerate(words) if word):
            return self._read_anew(doc, keys, self._pairs)
        return words  # type: ignore[return-value]  # none is None

    def _passes(self, keys: list[Key], at: int) -> bool:
        """Whether no rule takes a word that may open one together with the next word."""
        return at + 1 == len(keys) or (keys[at], keys[at + 1]) in self._harmless

    def _read_anew(self, doc: "Doc", keys: list[Key], pairs: "_Pairs") -> list[Word]:
        joined = bool(pairs.whole(doc))
        openers = frozenset(start for _, start, _ in pairs.openers(doc))
        words = self._by_components(doc, openers)
        if len(self._known) > _MOST:
            self._known.clear()
            self._harmless.clear()
        if not joined:  # else neighbours may have changed words
            self._known.update(zip(keys, words, strict=True))
            self._harmless.update((keys[at], keys[at + 1]) for at in openers if at + 1 < len(keys))
        return words

    def _by_components(self, doc: "Doc", openers: "frozenset[int]") -> list[Word]:
        for pipe in self._pipes:
            pipe(doc)
        return [Word(t.text, self._lemma(t), t.pos_, t.tag_, t.dep_, t.i in openers) for t in doc]


class _Pairs(NamedTuple):
    """What finds the rules over two words, and the words that may open one."""

    whole: "Matcher"
    openers: "Matcher"


def _pairs(language: "Language") -> _Pairs | None:
    """The rules over two words; None where the outcome of others hangs on more than the word."""
    if "morphologizer" in language.pipe_names or "trainable_lemmatizer" in language.pipe_names:
        return None
    lemmatizer: Any = language.get_pipe("lemmatizer") if "lemmatizer" in language.pipe_names else None
    if lemmatizer is not None and lemmatizer.mode not in _MODES:
        return None
    pairs = _Pairs(Matcher(language.vocab), Matcher(language.vocab))
    for number, pattern in enumerate(_patterns(language)):
        if len(pattern) > 2 or any(not set(token) <= _OWN for token in pattern):
            return None
        if len(pattern) == 2:
            pairs.whole.add(str(number), [pattern])
            pairs.openers.add(str(number), [pattern[:1]])
    return pairs


def _patterns(language: "Language") -> Iterator[list[dict[str, Any]]]:
    if "attribute_ruler" in language.pipe_names:
        ruler: Any = language.get_pipe("attribute_ruler")
        for rule in ruler.patterns:
            yield from rule["patterns"]
