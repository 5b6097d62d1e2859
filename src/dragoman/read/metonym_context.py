"""A place name masked among its neighbours: what the metonymy classifier reads, in training and at run time alike.

The name itself is hidden, so that what is learnt is how places are spoken of and not which ones were in the training data;
masking is the method of Li et al., "Target Word Masking for Location Metonymy Resolution" (COLING 2020).
"""

from enum import StrEnum

from dragoman.knowledge.name_kinds import NameKind

MASK = "[MASK]"
LABELS = ("literal", "metonymic")
"""What the classifier tells apart, in the order of its output."""
METONYMY_VERSION = "3"
"""Version of the models that read texts as they are written here."""
WORDS = 25
"""Words on each side of the name that are read: most sentences whole, and few tokens to run."""


class Guideline(StrEnum):
    """Whose rules of annotation a reading follows; they differ, so the classifier is told which to apply."""

    RELOCAR = "relocar"
    """Wikipedia sentences (Gritta et al. 2017): governments, teams and peoples are metonymic."""
    SEMEVAL = "semeval07-loc"
    """British National Corpus (Markert and Nissim, SemEval-2007 task 8): states as territories that act are often literal."""
    GWN = "gwn"
    """News (GeoWebNews, Gritta et al. 2019): whatever is no location itself is metonymic, adjectives and modifiers included."""


MARKS = {guideline: f"[unused{number}]" for number, guideline in enumerate(Guideline, start=1)}
"""The token that tells the classifier the guideline; the tokenizer must know these as tokens of their own."""

KINDS = {
    kind: MASK if kind is NameKind.OTHER else f"[unused{number}]" for number, kind in enumerate(NameKind, start=len(MARKS) + 1)
}
"""The token that stands for a name of each kind; to the classifier it means what the names of that kind mean on average."""


def masked(text: str, start: int, end: int, guideline: Guideline, kind: NameKind) -> str:
    """The words around the name at `start` to `end` (characters) with a token of its kind for the name, led by the guideline's.

    Square brackets of the text are written as round ones, so that no text can spell a token of the classifier.
    """
    before = " ".join(text[:start].split()[-WORDS:])
    after = " ".join(text[end:].split()[:WORDS])
    return f"{MARKS[guideline]} {_plain(before)} {KINDS[kind]} {_plain(after)}"


def _plain(words: str) -> str:
    return words.replace("[", "(").replace("]", ")")
