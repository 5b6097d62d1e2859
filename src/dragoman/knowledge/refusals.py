"""What a statement refuses: issues named strongly behind a word of refusal."""

import re
import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import Issue
from dragoman.knowledge.issues import STRONG, score_issues
from dragoman.knowledge.phrases import PhraseLexicon, weighted_phrases

_CLAUSE_END = re.compile(r"[.;:!?]|,?\s+(?:but|although|while|because|unless|until|and (?:that|instead|called|urged))\b")
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


def refused_issues(words: str) -> tuple[Refusal, ...]:
    """Issues that some words refuse: "rejected calls for a truce" does, "rejects any offensive" does not."""
    found: dict[Issue, Refusal] = {}
    for hit in _lexicon().scan(words):
        behind = words[hit.start : hit.end + _REACH]
        end = _CLAUSE_END.search(behind, hit.end - hit.start)
        clause = behind[: end.start()] if end else behind
        for score in score_issues(clause):
            if score.score >= STRONG:
                found.setdefault(score.issue, Refusal(score.issue, hit.start))
    return tuple(found.values())
