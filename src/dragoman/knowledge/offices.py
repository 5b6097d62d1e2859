"""Posts: the words that their names are made of, and the level that a post has."""

import re
import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import ActorKind, Level


class LevelRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Posts whose name holds one of `phrases` (or one of `any_of` beside one of `with_heads`) have this level.

    `kinds` limits the rule to actors of those kinds; a post with a `not_with` phrase is left to later rules.
    """

    level: Level
    phrases: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    with_heads: tuple[str, ...] = ()
    kinds: tuple[ActorKind, ...] = ()
    not_with: tuple[str, ...] = ()

    def fits(self, office: str, kind: ActorKind | None) -> bool:
        """Whether a folded office of an actor of that kind falls under the rule."""
        if self.kinds and kind not in self.kinds:
            return False
        if any(_has(office, phrase) for phrase in self.not_with):
            return False
        if any(_has(office, phrase) for phrase in self.phrases):
            return True
        return any(_has(office, word) for word in self.any_of) and any(_has(office, head) for head in self.with_heads)


class NationalPost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Posts that one state alone has under these names ("Chancellor of the Exchequer"); not those with a `not_with` phrase."""

    code: str
    phrases: tuple[str, ...]
    not_with: tuple[str, ...] = ()


class Masthead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines, in lower case, with which offices of one state head what they release ("Office of the Spokesperson")."""

    code: str
    lines: frozenset[str]


class OfficeLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists and level rules of lexicons/offices.toml, all in lower case."""

    heads: frozenset[str]
    plural_heads: frozenset[str]
    modifiers: frozenset[str]
    domains: frozenset[str]
    honorifics: frozenset[str]
    delegations: frozenset[str]
    level: tuple[LevelRule, ...]
    national: tuple[NationalPost, ...] = ()
    masthead: tuple[Masthead, ...] = ()

    def state_by_masthead(self, line: str) -> str | None:
        """The code of the state one of whose offices heads its releases with this line."""
        folded = " ".join(line.casefold().split())
        return next((head.code for head in self.masthead if folded in head.lines), None)

    def state_of(self, office: str) -> str | None:
        """The code of the state whose post this is by its wording alone; None where several states have it."""
        folded = _folded(office)
        fitting = (
            post.code
            for post in self.national
            if any(_has(folded, phrase) for phrase in post.phrases) and not any(_has(folded, phrase) for phrase in post.not_with)
        )
        return next(fitting, None)

    def level_of(self, office: str, kind: ActorKind | None = None) -> Level | None:
        """The level of a post as worded, for an actor of a kind; None when no rule knows it."""
        folded = _singular(_folded(office))
        return next((rule.level for rule in self.level if rule.fits(folded, kind)), None)


@cache
def load_offices() -> OfficeLexicon:
    """Read the lexicon once."""
    text = resources.files("dragoman.knowledge").joinpath("lexicons/offices.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), OfficeLexicon)


def _folded(office: str) -> str:
    return " ".join(office.casefold().replace("’", "'").split())


def _has(office: str, phrase: str) -> bool:
    at = office.find(phrase)
    while at >= 0:
        before, after = at == 0 or not office[at - 1].isalnum(), at + len(phrase)
        if before and (after == len(office) or not office[after].isalnum()):
            return True
        at = office.find(phrase, at + 1)
    return False


def _singular(office: str) -> str:
    """Plural titles in the singular: "presidents" and "foreign ministers" have the level of one of them."""
    return re.sub(
        r"\b(president|minister|leader|envoy|official|chief|king|negotiator|representative|ambassador|adviser|advisor)s\b",
        r"\1",
        office,
    )
