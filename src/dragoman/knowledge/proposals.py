"""Words of offers, demands, conditions, guarantees and their answers."""

import re
import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import Answer, ProposalKind


class _Forward(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: frozenset[str]
    things: frozenset[str]


class _Help(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: frozenset[str]
    states: frozenset[str]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]


class _Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    patterns: tuple[str, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: dict[ProposalKind, frozenset[str]]
    forward: _Forward
    help: _Help
    guarantor: _Words
    answers: dict[Answer, frozenset[str]]
    conditions: _Conditions


class ProposalLexicon:
    """All of `lexicons/proposals.toml`; get it with `proposal_lexicon()`."""

    def __init__(self, file: _File) -> None:
        self.kinds = {verb: kind for kind, verbs in file.verbs.items() for verb in verbs}
        self.answers = {verb: answer for answer, verbs in file.answers.items() for verb in verbs}
        self.forward, self.things = file.forward.verbs, file.forward.things
        self.help, self.states = file.help.verbs, file.help.states
        self.guarantor = file.guarantor.words
        self.condition = re.compile("|".join(f"(?:{p})" for p in file.conditions.patterns), re.IGNORECASE)


@cache
def proposal_lexicon() -> ProposalLexicon:
    """The shipped words of proposals."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/proposals.toml").read_text(encoding="utf-8")
    return ProposalLexicon(msgspec.convert(tomllib.loads(raw), _File))
