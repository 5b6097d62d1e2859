"""Words of agreements, of what becomes of them, and of their stage in a peace process."""

import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import AgreementStage, AgreementState
from dragoman.knowledge.phrases import PhraseLexicon


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    nouns: _Words
    objects: dict[AgreementState, frozenset[str]]
    subjects: dict[AgreementState, frozenset[str]]
    nominal: dict[AgreementState, frozenset[str]]
    accusing: _Words
    stages: dict[AgreementStage, tuple[str, ...]]


class AgreementLexicon:
    """All of `lexicons/agreements.toml`; get it with `agreement_lexicon()`."""

    def __init__(self, file: _File) -> None:
        self.nouns = file.nouns.words
        self.objects = {verb: state for state, verbs in file.objects.items() for verb in verbs}
        self.subjects = {verb: state for state, verbs in file.subjects.items() for verb in verbs}
        self.nominal = {noun: state for state, nouns in file.nominal.items() for noun in nouns}
        self.accusing = file.accusing.words
        self._order = tuple(file.stages)
        self._stages = PhraseLexicon((stage, phrase, 1.0) for stage, phrases in file.stages.items() for phrase in phrases)

    def stage(self, words: str) -> AgreementStage | None:
        """The stage that some words name, the first in the lexicon's order; None where they name none."""
        named = {hit.label for hit in self._stages.scan(words)}
        return next((stage for stage in self._order if stage in named), None)


@cache
def agreement_lexicon() -> AgreementLexicon:
    """The shipped words of agreements."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/agreements.toml").read_text(encoding="utf-8")
    return AgreementLexicon(msgspec.convert(tomllib.loads(raw), _File))
