"""How documents word who tells them: first lines, nouns of sources, names of agencies and outlets."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import VoiceKind


class Form(StrEnum):
    """What sort of text a document is."""

    READOUT = "readout"
    """An official account of a contact."""
    STATEMENT = "statement"
    """One issuer's own words: every sentence is the issuer's."""
    JOINT = "joint"
    """The words of several issuers together."""
    NEWS = "news"
    """Anything else: news, analysis."""


class FramePattern(msgspec.Struct, frozen=True):
    """Words in the first lines that say what form a document has and who tells it (group `source`)."""

    form: Form
    pattern: re.Pattern[str]


class _Frame(msgspec.Struct, frozen=True):
    form: Form
    pattern: str


class _Byline(msgspec.Struct, frozen=True):
    pattern: str
    offices: tuple[str, ...]


class _Readout(msgspec.Struct, frozen=True):
    titles: str


class Letterhead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The institution that speaks through a press office: its name, and the code of its state."""

    name: str
    code: str


class _Words(msgspec.Struct, frozen=True):
    words: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    frame: tuple[_Frame, ...]
    byline: _Byline
    letterheads: dict[str, Letterhead]
    readout: _Readout
    sources: dict[VoiceKind, tuple[str, ...]]
    outlets: dict[VoiceKind, tuple[str, ...]]
    not_sources: _Words


class AttributionLexicon:
    """All of `lexicons/attribution.toml`; get it with `attribution_lexicon()`."""

    def __init__(self, file: _File) -> None:
        flags = re.IGNORECASE | re.MULTILINE
        self.frames = tuple(FramePattern(f.form, re.compile(f.pattern, flags)) for f in file.frame)
        self.byline = re.compile(
            file.byline.pattern.replace("{office}", "|".join(f"(?i:{o})" for o in file.byline.offices)), re.MULTILINE
        )
        self.readout_title = re.compile(file.readout.titles, re.IGNORECASE)
        self.letterheads = file.letterheads
        self.not_sources = file.not_sources.words
        self._nouns = {word: kind for kind, words in file.sources.items() for word in words}
        names = {name: kind for kind, listed in file.outlets.items() for name in listed}
        self._outlets = re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?!\w)"
        )
        self._names = names

    @property
    def nouns(self) -> frozenset[str]:
        """Common nouns that name a voice."""
        return frozenset(self._nouns)

    def noun(self, word: str) -> VoiceKind | None:
        """The voice that a common noun names."""
        return self._nouns.get(word.casefold())

    def outlet(self, words: str) -> tuple[str, VoiceKind] | None:
        """The first agency, broadcaster, outlet or monitor that some words name, with its kind."""
        match = self._outlets.search(words)
        return (match.group(), self._names[match.group()]) if match else None


@cache
def attribution_lexicon() -> AttributionLexicon:
    """The shipped words of attribution."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/attribution.toml").read_text(encoding="utf-8")
    return AttributionLexicon(msgspec.convert(tomllib.loads(raw), _File))
