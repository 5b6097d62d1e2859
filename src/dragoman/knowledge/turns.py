"""Words of the labels by which transcripts say who speaks."""

import tomllib
from functools import cache
from importlib import resources

import msgspec


class TurnLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `lexicons/turns.toml`, in lower case; get it with `turn_lexicon()`."""

    asks: frozenset[str]
    """Those who only ask, chair or lend a hand."""
    answers: frozenset[str]
    """Labels of answers that name nobody."""
    headings: frozenset[str]
    """First or last words of lines with a colon that are no labels."""

    def asking(self, label: str) -> bool:
        """Whether a label is that of somebody whose words are no statement: a journalist, a chair, an interpreter."""
        words = [word for word in label.casefold().replace(".", " ").split() if word.replace("-", "").isalpha()]
        return bool(words) and words[-1] in self.asks


@cache
def turn_lexicon() -> TurnLexicon:
    """Read the lexicon once."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/turns.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), TurnLexicon)
