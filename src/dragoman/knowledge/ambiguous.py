"""State names that also mean something else, and the words that tell which is meant."""

import csv
import re
from functools import cache
from importlib import resources

import msgspec


class AmbiguousName(msgspec.Struct, frozen=True):
    """A name that means the state `code` in a text that holds one of the cues.

    `other` is what it means otherwise: a "state" of a federation, a "name" of people, or a "town". Where that is no state, a
    parser that sees a country there is to be believed.
    """

    name: str
    code: str
    other: str
    cues: re.Pattern[str]


def names_meant_otherwise(text: str) -> tuple[AmbiguousName, ...]:
    """Names in the text that mean no state there: "Georgia" in a text without any word of the Caucasus."""
    return tuple(entry for entry in load_ambiguous() if entry.name in text and not entry.cues.search(text))


def given_names() -> frozenset[str]:
    """State names that are also given names."""
    return frozenset(entry.name for entry in load_ambiguous() if entry.other == "name")


@cache
def load_ambiguous() -> tuple[AmbiguousName, ...]:
    """Read facts/ambiguous.tsv once."""
    text = resources.files("dragoman.knowledge").joinpath("facts/ambiguous.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(AmbiguousName(row["name"], row["code"], row["other"], _any_of(row["cues"].split("|"))) for row in rows)


def _any_of(cues: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(cue) for cue in cues) + r")\b")
