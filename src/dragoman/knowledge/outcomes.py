"""What came of a contact and where talks stand, by the phrases that say so."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from dragoman.core.vocab import Outcome, TalksSignal
from dragoman.knowledge.phrases import Hit, PhraseLexicon, weighted_phrases

_TIERS = {"said": 1.0, "hide": 0.0}
_REACH = 45
"""How many characters before a phrase an "if" or a "to" still governs it."""
_CLAUSE_END = re.compile(r"[.;:!?]|\b(?:but|although|while|and)\b")
_INFINITIVE = re.compile(r"\bto(?:\s+\w+ly)?\s*$")
_OWN_POLARITY = frozenset({"impasse", "breakdown", "declined", "collapsed", "suspended"})
"""Labels whose phrases hold their own negation ("failed to", "no progress")."""
_AHEAD = frozenset({"agreed_to_continue", "scheduled"})
"""Labels that speak of what is to come anyway."""

RANK = (
    Outcome.AGREEMENT,
    Outcome.BREAKDOWN,
    Outcome.DECLINED,
    Outcome.AGREED_TO_CONTINUE,
    Outcome.PROGRESS,
    Outcome.IMPASSE,
)
"""Which outcome stands where a text reports several: the more definite one first."""


class OutcomeWords(msgspec.Struct, frozen=True):
    """Words that report an outcome, with their offsets in the text."""

    outcome: Outcome
    start: int
    end: int


class SignalWords(msgspec.Struct, frozen=True):
    """Words that say where talks stand, with their offsets in the text."""

    signal: TalksSignal
    start: int
    end: int


@cache
def _tables() -> dict[str, Any]:
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/outcomes.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def _lexicon(part: str) -> PhraseLexicon:
    return weighted_phrases(_tables()[part], _TIERS)


@cache
def _unreal() -> PhraseLexicon:
    return weighted_phrases({"unreal": _tables()["unreal"]}, _TIERS)


def outcomes_in(text: str) -> tuple[OutcomeWords, ...]:
    """Outcomes that the text reports as real, in text order: "agreed a truce" counts, "hope to agree a truce" does not."""
    return tuple(OutcomeWords(Outcome(hit.label), hit.start, hit.end) for hit in _real("outcome", text))


def signals_in(text: str) -> tuple[SignalWords, ...]:
    """Where the text says that talks stand, in text order."""
    return tuple(SignalWords(TalksSignal(hit.label), hit.start, hit.end) for hit in _real("status", text))


def _real(part: str, text: str) -> tuple[Hit, ...]:
    return tuple(hit for hit in _lexicon(part).scan(text) if _is_real(hit, text))


def _is_real(hit: Hit, text: str) -> bool:
    if hit.label in _AHEAD or hit.label in _OWN_POLARITY:
        return True
    before = text[max(0, hit.start - _REACH) : hit.start]
    clause = _CLAUSE_END.split(before)[-1]
    return not _INFINITIVE.search(clause) and not _unreal().scan(clause)
