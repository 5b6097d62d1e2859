"""Names of actors that mean something else where they stand: a person, a town, a house."""

from collections.abc import Sequence

from dragoman.core.parse import Token
from dragoman.knowledge.ambiguous import AmbiguousName, given_names


def is_country(tokens: Sequence[Token], at: int, end: int, entry: AmbiguousName) -> bool:
    """Whether the parser sees a country in a name that may be a person's or a town's: "Jordan", not "Lebanon, Ohio"."""
    town = at + 2 < end and tokens[at + 1].text == "," and tokens[at + 2].ent == "GPE"
    return entry.other != "state" and tokens[at].ent == "GPE" and not town


def is_first_name(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the parser sees the name of a country in front of a person's surname: "Chad Johnson"."""
    if at + 1 >= end or tokens[at].ent != "PERSON" or tokens[at + 1].ent != "PERSON":
        return False
    return tokens[at].dep == "compound" and tokens[at].head == at + 1 and tokens[at].text in given_names()


def is_house(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name of a ruling house ends a person's name: "Khalid bin Salman Al Saud"."""
    before = tokens[at - 1] if at else tokens[at]
    joined = before.end < tokens[at].start and before.pos == "PROPN" and before.text[:1].isupper()
    return at > 0 and tokens[at].text in {"Al", "al", "Āl"} and joined and "PERSON" in {before.ent, tokens[at].ent}
