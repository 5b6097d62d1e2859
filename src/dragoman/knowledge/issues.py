"""What is on the table: which issues a text names."""

import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import Issue
from dragoman.knowledge.phrases import PhraseLexicon, weighted_phrases

STRONG, PLAIN, FAINT = 1.0, 0.5, 0.1
_WEIGHTS = {"strong": STRONG, "plain": PLAIN, "faint": FAINT, "hide": 0.0}


class IssueScore(msgspec.Struct, frozen=True):
    """One issue that a text names: how strongly (sum of the weights of distinct phrases), where first, and in which words."""

    issue: Issue
    score: float
    first: int
    phrases: tuple[str, ...]


@cache
def issue_lexicon() -> PhraseLexicon:
    """The shipped phrases by issue."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/issues.toml").read_text(encoding="utf-8")
    return weighted_phrases(tomllib.loads(raw), _WEIGHTS)


def score_issues(text: str) -> tuple[IssueScore, ...]:
    """Issues that the text names, strongest first, earlier named first among equals; a phrase said twice counts once."""
    phrases: dict[str, dict[str, tuple[float, int]]] = {}
    for hit in issue_lexicon().scan(text):
        words = " ".join(text[hit.start : hit.end].casefold().split())
        phrases.setdefault(hit.label, {}).setdefault(words, (hit.weight, hit.start))
    scores = (
        IssueScore(
            Issue(label),
            round(sum(weight for weight, _ in found.values()), 2),
            min(start for _, start in found.values()),
            tuple(found),
        )
        for label, found in phrases.items()
    )
    return tuple(sorted(scores, key=lambda score: (-score.score, score.first)))


def issues_in(text: str, *contexts: str) -> tuple[Issue, ...]:
    """Issues that the text names, strongest first.

    Where it names none, the contexts are asked in turn (the sentence around, then the document). Words that only hint at an
    issue ("the situation") count where nothing else is said; empty when nothing says anything.
    """
    for asked in (text, *contexts):
        named = tuple(score.issue for score in score_issues(asked) if score.score >= PLAIN)
        if named:
            return named
    return tuple(score.issue for score in score_issues(text))
