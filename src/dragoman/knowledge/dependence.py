"""Words for what one actor needs of another."""

import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import DependenceType


class DependenceLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `lexicons/dependence.toml`; get it with `dependence_lexicon()`."""

    lean_verbs: frozenset[str]
    lean_adjectives: frozenset[str]
    lean_prepositions: frozenset[str]
    give_verbs: frozenset[str]
    take_verbs: frozenset[str]
    host_verbs: frozenset[str]
    gone: frozenset[str]
    unreal: frozenset[str]
    matters: dict[DependenceType, frozenset[str]]

    def type_of(self, lemma: str) -> DependenceType | None:
        """What kind of need a noun tells of."""
        return next((kind for kind, nouns in self.matters.items() if lemma in nouns), None)


@cache
def dependence_lexicon() -> DependenceLexicon:
    """The shipped lexicon."""
    text = resources.files("dragoman.knowledge").joinpath("lexicons/dependence.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), DependenceLexicon)
