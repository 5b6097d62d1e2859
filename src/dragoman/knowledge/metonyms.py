"""Words that tell whether the name of a place stands for the place or for its government."""

import tomllib
from functools import cache
from importlib import resources

import msgspec


class MetonymLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `lexicons/metonyms.toml`, where the lists are explained; words are in lower case, `act`, `message`, `relation` and
    `takes_town` hold lemmas.
    """

    place: frozenset[str]
    mostly_place: frozenset[str]
    addressed: frozenset[str]
    message: frozenset[str]
    side: frozenset[str]
    relation: frozenset[str]
    takes_town: frozenset[str]
    town: frozenset[str]
    region: frozenset[str]
    act: frozenset[str]


@cache
def metonym_lexicon() -> MetonymLexicon:
    """Read the lexicon once."""
    text = resources.files("dragoman.knowledge").joinpath("lexicons/metonyms.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), MetonymLexicon)
