"""Words for acts of violence, with what makes them real, unreal or figurative."""

import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import ViolenceType
from dragoman.knowledge.phrases import PhraseLexicon


class _Tiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class _Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    wage: frozenset[str]
    carriers: frozenset[str]
    harm: frozenset[str]
    forces: frozenset[str]
    casualties: frozenset[str]
    sites: frozenset[str]


class _Unreal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    governors: frozenset[str]
    beside: frozenset[str]
    figurative: frozenset[str]
    elsewhere: frozenset[str]
    sports: tuple[str, ...]


class _Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: tuple[str, ...]
    near: tuple[frozenset[str], ...]


class _Deadly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: dict[ViolenceType, _Tiers]
    nouns: dict[ViolenceType, _Tiers]
    refine: dict[ViolenceType, tuple[str, ...]]
    need: tuple[_Need, ...]
    deadly: _Deadly
    context: _Context
    unreal: _Unreal


class Trigger(msgspec.Struct, frozen=True):
    """A word for an act: its type, and whether the word alone tells of one."""

    type: ViolenceType
    strong: bool


class ViolenceLexicon:
    """All of `lexicons/violence.toml`; get it with `violence_lexicon()`."""

    def __init__(self, file: _File) -> None:
        self.verbs = _triggers(file.verbs)
        self.nouns = _triggers(file.nouns)
        self.refine = {word: kind for kind, words in file.refine.items() for word in words}
        self.needs = {verb: need.near for need in file.need for verb in need.verbs}
        self.deadly = file.deadly.verbs
        self.forces, self.casualties, self.sites = file.context.forces, file.context.casualties, file.context.sites
        self.wage, self.carriers, self.harm = file.context.wage, file.context.carriers, file.context.harm
        self.governors, self.beside, self.figurative = file.unreal.governors, file.unreal.beside, file.unreal.figurative
        self.elsewhere = file.unreal.elsewhere
        self._sports = PhraseLexicon(("sports", phrase, 1.0) for phrase in file.unreal.sports)

    def is_sports(self, text: str) -> bool:
        """Whether a document is about sports: at least three different words of the field."""
        words = {text[hit.start : hit.end].casefold()[:5] for hit in self._sports.scan(text)}
        return len(words) >= 3


def _triggers(table: dict[ViolenceType, _Tiers]) -> dict[str, Trigger]:
    return {
        word: Trigger(kind, strong)
        for kind, tiers in table.items()
        for strong, words in ((True, tiers.strong), (False, tiers.weak))
        for word in words
    }


@cache
def violence_lexicon() -> ViolenceLexicon:
    """The shipped words of violence."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/violence.toml").read_text(encoding="utf-8")
    return ViolenceLexicon(msgspec.convert(tomllib.loads(raw), _File))
