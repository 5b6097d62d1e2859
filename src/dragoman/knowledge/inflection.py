"""The forms that an English word may take: regular ones by rule, the others from facts/irregular_forms.tsv."""

from collections.abc import Iterator
from functools import cache

from dragoman.knowledge.tables import facts_folder, read_rows, values

_VOWELS = "aeiou"


def forms_of(lemma: str) -> frozenset[str]:
    """All forms of a lemma, as a noun and as a verb, itself among them; it may be several words ("cease-fire", "sit down")."""
    return frozenset((lemma, *_regular(lemma), *_irregular().get(lemma, ())))


def _regular(lemma: str) -> Iterator[str]:
    stem, last, before = lemma[:-1], lemma[-1:], lemma[-2:-1]
    yield from (f"{lemma}s", f"{lemma}es")
    if last == "y" and before not in _VOWELS:
        yield from (f"{stem}ies", f"{stem}ied", f"{lemma}ing")
    elif last == "e":
        yield from (f"{lemma}d", f"{stem}ing")
    else:
        yield from (f"{lemma}{doubled}{ending}" for doubled in ("", last) for ending in ("ed", "ing"))


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    table = facts_folder() / "irregular_forms.tsv"
    return {row["lemma"]: values(row["forms"]) for _, row in read_rows(table, ("lemma", "forms"))}
