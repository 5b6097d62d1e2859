"""What a statement refuses: issues named strongly behind a word of refusal."""

import re
import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import Issue
from dragoman.knowledge.issues import STRONG, score_issues
from dragoman.knowledge.phrases import PhraseLexicon, weighted_phrases

_CLAUSE_END = re.compile(
    r"[.;:!?]|,?\s+(?:but|although|while|because|unless|until)\b"
    r"|,?\s+and (?:that|instead|called|urged|respond\w*|launch\w*|continue\w*)\b"
    r"|,\s+(?:all of )?which\b"
)
_RELIEF = re.compile(
    r"\b(?:lift|eas|waiv|relax|remov|suspend|end|roll(?:ing|s|ed)? back|loosen)(?:e|es|ed|s|ing)?\b[^.;]{0,60}$", re.IGNORECASE
)
"""Words before the name of a measure by which it is to be taken back: who will not lift sanctions does not oppose them."""
_SANCTIONS = re.compile(r"\b(?:sanction|embargo|export control|travel ban|asset freeze|frozen)", re.IGNORECASE)
_MEASURES = frozenset({Issue.SANCTIONS})
_REACH = 160
"""Characters behind a refusal in which what is refused stands."""


@cache
def _lexicon() -> PhraseLexicon:
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/positions.toml").read_text(encoding="utf-8")
    return weighted_phrases(tomllib.loads(raw), {"said": 1.0, "hide": 0.0})


class Refusal(msgspec.Struct, frozen=True):
    """An issue that some words refuse; `start` is where the word of refusal stands."""

    issue: Issue
    start: int


def _upheld(issue: Issue, clause: str) -> bool:
    """Whether a refusal to take measures back upholds them."""
    if issue not in _MEASURES:
        return False
    named = _SANCTIONS.search(clause)
    return named is not None and _RELIEF.search(clause[: named.start()]) is not None


def refused_issues(words: str) -> tuple[Refusal, ...]:
    """Issues that some words refuse: "rejected calls for a truce" does, "rejects any offensive" does not."""
    found: dict[Issue, Refusal] = {}
    for hit in _lexicon().scan(words):
        behind = words[hit.start : hit.end + _REACH]
        end = _CLAUSE_END.search(behind, hit.end - hit.start)
        clause = behind[: end.start()] if end else behind
        for score in score_issues(clause):
            if score.score >= STRONG and not _upheld(score.issue, clause):
                found.setdefault(score.issue, Refusal(score.issue, hit.start))
    return tuple(found.values())
