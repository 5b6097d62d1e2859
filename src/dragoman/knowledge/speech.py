"""Words of saying: which verbs report speech, what stance they show, and what sort of speaker a noun names."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import SpeakerKind, Stance
from dragoman.knowledge.phrases import PhraseLexicon, weighted_phrases

_WEIGHTS = {"strong": 1.0, "plain": 0.5, "hide": 0.0}


class Takes(StrEnum):
    """What a verb of saying stands with."""

    QUOTE = "quote"
    """A quotation: "...", she said."""
    CLAUSE = "clause"
    """A clause: said that, urged them to."""
    OBJECT = "object"
    """A noun phrase: welcomed the truce."""
    TO = "to"
    """A preposition: called on, agreed on, appealed for."""


class _VerbBlock(msgspec.Struct, frozen=True):
    stance: Stance
    takes: tuple[Takes, ...]
    lemmas: tuple[str, ...]
    nouns: bool = False
    bare: bool = True


class _StateBlock(msgspec.Struct, frozen=True):
    stance: Stance
    words: tuple[str, ...]


class _Words(msgspec.Struct, frozen=True):
    words: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verb: tuple[_VerbBlock, ...]
    state: tuple[_StateBlock, ...]
    nouns: dict[str, dict[str, list[str]]]
    cues: dict[str, dict[str, list[str]]]
    kinds: dict[SpeakerKind, frozenset[str]]
    analysis: _Words
    doings: _Words
    carriers: _Words
    issuing: _Words
    giving: _Words
    needed: _Words


class SpeechVerb(msgspec.Struct, frozen=True):
    """One verb of saying in one construction.

    `by_noun` says that the noun behind it decides the stance; without `bare` it reports speech only behind such a noun.
    """

    lemma: str
    stance: Stance
    by_noun: bool
    bare: bool


class SpeechLexicon:
    """All of `lexicons/speech.toml`; get it with `speech_lexicon()`."""

    def __init__(self, file: _File) -> None:
        self._verbs: dict[tuple[str, Takes], SpeechVerb] = {}
        for block in file.verb:
            for lemma in block.lemmas:
                for takes in block.takes:
                    self._verbs.setdefault((lemma, takes), SpeechVerb(lemma, block.stance, block.nouns, block.bare))
        saying = {
            (lemma, verb.bare or takes is not Takes.OBJECT)
            for (lemma, takes), verb in self._verbs.items()
            if takes is not Takes.QUOTE
        }
        self.reporting = frozenset(lemma for lemma, alone in saying if alone)
        """Verbs that report what was said whatever noun stands behind them; others introduce quotations."""
        self.voicing = frozenset(lemma for lemma, _ in saying) - self.reporting
        """Verbs that report only with a noun of speech behind them: "raised concerns"."""
        self.states = {word: block.stance for block in file.state for word in block.words}
        self.kinds = {word: kind for kind, words in file.kinds.items() for word in words}
        self.analysis = file.analysis.words
        self.doings = frozenset(file.doings.words)
        self.carriers = frozenset(file.carriers.words)
        self.issuing = frozenset(file.issuing.words)
        self.giving = frozenset(file.giving.words)
        self.needed = frozenset(file.needed.words)
        self._nouns = weighted_phrases(file.nouns, _WEIGHTS)
        self._cues = weighted_phrases(file.cues, _WEIGHTS)
        self._order = {label: rank for rank, label in enumerate([*file.nouns, *file.cues])}

    def verb(self, lemma: str, takes: Takes) -> SpeechVerb | None:
        """The verb of saying with a lemma in a construction."""
        return self._verbs.get((lemma, takes))

    def says(self, lemma: str) -> bool:
        """Whether a verb reports speech in any construction."""
        return any((lemma, takes) in self._verbs for takes in Takes)

    def noun_stance(self, text: str) -> Stance | None:
        """The stance that nouns such as "concern", "support", "need for" give to a report."""
        return self._strongest(self._nouns, text)

    def cue_stance(self, text: str) -> Stance | None:
        """The stance that the words of a quotation or clause show by themselves."""
        return self._strongest(self._cues, text)

    def cue_stances(self, text: str) -> tuple[Stance, ...]:
        """The stances that the words of a sentence show, the strongest first."""
        return self._ranked(self._cues, text)

    def _strongest(self, lexicon: PhraseLexicon, text: str) -> Stance | None:
        return next(iter(self._ranked(lexicon, text)), None)

    def _ranked(self, lexicon: PhraseLexicon, text: str) -> tuple[Stance, ...]:
        sums: dict[str, float] = {}
        for hit in lexicon.scan(text):
            sums[hit.label] = sums.get(hit.label, 0.0) + hit.weight
        return tuple(Stance(label) for label in sorted(sums, key=lambda label: (-sums[label], self._order[label])))


@cache
def speech_lexicon() -> SpeechLexicon:
    """The shipped words of saying."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/speech.toml").read_text(encoding="utf-8")
    return SpeechLexicon(msgspec.convert(tomllib.loads(raw), _File))
