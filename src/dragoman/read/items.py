"""A sentence as a row of items: names in one piece, other words by what they can be in the name of a post.

Each item has a one-letter symbol, so that the grammar of titles, names and appositions is a regular expression over the row:

P person  N actor (name, adjective, capital, seat or body)  H head of a post  K several heads  M modifier  D domain word
Z honorific  w possessive pronoun  t article  o "of"  f "for, on, to"  i "in"  a "and"  c comma
s possessive sign  l r brackets  x anything else
"""

from collections.abc import Sequence

import msgspec

from dragoman.core.parse import Token
from dragoman.knowledge.gazetteer import NameForm, NameMatch
from dragoman.knowledge.offices import OfficeLexicon

_FIXED = {
    "of": "o", "for": "f", "on": "f", "to": "f", "at": "f", "and": "a", "&": "a", "the": "t", "a": "t", "an": "t",
    "in": "i", ",": "c", "'s": "s", "’s": "s", "'": "s", "’": "s", "(": "l", "[": "l", ")": "r", "]": "r",
    "his": "w", "her": "w", "their": "w", "its": "w", "my": "w", "our": "w",
}  # fmt: skip

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_TO_COME = frozenset({"elect", "designate"})
_VOICES = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokesmen", "spokespersons"})
"""Heads of posts whose "for" names the owner, as "of" does for others."""

_SENT = frozenset({"official", "diplomat", "negotiator", "delegate", "representative", "minister", "leader", "mediator"})
"""Heads of posts whose "from" names the owner too; an ambassador may be recalled from a country."""
_UNPOSTED = frozenset(
    {
        "minister",
        "ministers",
        "president",
        "secretary",
        "general",
        "chief",
        "premier",
        "chancellor",
        "king",
        "prince",
        "spokesman",
        "spokeswoman",
    }
)
"""Heads of posts behind which "to" leads somewhere: "the visit of the foreign minister to Baghdad"."""
_STYLES = frozenset({"excellency", "majesty", "highness", "royal", "holiness", "eminence"})
"""What "his" and "her" make an honorific with: "His Excellency"."""
_OPPOSITES = {("opposite", "number"): "H", ("opposite", "numbers"): "K"}


class Item(msgspec.Struct, frozen=True):
    """One name or word: its symbol, its token range, and the gazetteer match behind a name."""

    symbol: str
    start: int
    end: int
    match: NameMatch | None = None


def itemise(
    tokens: Sequence[Token],
    first: int,
    end: int,
    names: Sequence[NameMatch],
    persons: Sequence[tuple[int, int]],
    offices: OfficeLexicon,
) -> tuple[Item, ...]:
    """Turn tokens `first` to `end` into items; `names` and `persons` hold token indices of the document and do not overlap."""
    starts: dict[int, Item] = {n.start: Item("N", n.start, n.end, n) for n in names if n.form is not NameForm.PERSON}
    starts.update({start: Item("P", start, stop) for start, stop in persons})
    row: list[Item] = []
    at = first
    while at < end:
        item = (
            starts.get(at)
            or _before_adjective(tokens, at, starts, offices)
            or _hyphenated(tokens, at, end, offices)
            or Item(_symbol(tokens, at, end, offices), at, at + 1)
        )
        if tokens[at].pos != "SPACE":
            row.append(item)
        at = item.end
    return tuple(row)


def _before_adjective(tokens: Sequence[Token], at: int, starts: dict[int, Item], offices: OfficeLexicon) -> Item | None:
    """A word that heads posts and describes others, before an adjective of a country: "Deputy Peruvian Foreign Minister"."""
    following = starts.get(at + 1)
    adjective = following is not None and following.match is not None and following.match.form is NameForm.ADJECTIVE
    both = tokens[at].text.casefold() in offices.heads & offices.modifiers
    return Item("M", at, at + 1) if adjective and both else None


def _hyphenated(tokens: Sequence[Token], at: int, end: int, offices: OfficeLexicon) -> Item | None:
    """A post of two words joined by a hyphen: "Secretary-General", "vice-president"."""
    if at + 2 >= end or tokens[at + 1].text != "-":
        return None
    left, right = tokens[at].text.casefold(), tokens[at + 2].text.casefold()
    titles = offices.heads | offices.modifiers
    if (left in titles and right in offices.heads) or (left in offices.heads and right in _TO_COME):
        return Item("H", at, at + 3)
    return (
        Item("K", at, at + 3) if left in titles | offices.plural_heads and right in offices.plural_heads | {"general"} else None
    )


def _symbol(tokens: Sequence[Token], at: int, end: int, offices: OfficeLexicon) -> str:
    token = tokens[at]
    word = token.text.casefold()
    before = tokens[at - 1].text.casefold() if at else ""
    if (word == "for" and before in _VOICES) or (word == "from" and before in _SENT):
        return "o"
    following = tokens[at + 1].text.casefold() if at + 1 < end else ""
    fixed = _fixed(word, before, following)
    if fixed:
        return fixed
    if (before, word) in _OPPOSITES or (word, following) in _OPPOSITES:
        return "M" if word == "opposite" else _OPPOSITES[before, word]
    styled = before in {"his", "her"} and word in _STYLES
    if word in offices.honorifics and token.text[:1].isupper() and (styled or _before_name(tokens, at, end)):
        return "Z"
    participle = token.dep == "amod" and word in offices.modifiers  # "acting", "outgoing"
    if token.pos not in _NOMINAL and not participle and not token.text[:1].isupper():
        return "x"
    noun = token.pos in {"NOUN", "PROPN"} or token.text[:1].isupper()
    if word in offices.plural_heads and noun:
        return "K"
    if noun and (word in offices.heads or (word, following) == ("assistant", "to")):
        also_modifier = word in offices.modifiers and (following in offices.heads or following in offices.modifiers)
        return "M" if also_modifier else "H"
    if word in offices.modifiers or (word == "-" and _inside_title(tokens, at, end, offices)):
        return "M"
    if word in offices.domains or _capitalised_domain(tokens, at):
        return "D"
    return "x"


def _fixed(word: str, before: str, following: str) -> str | None:
    """The symbol that a word has wherever it stands, save two.

    "His" before "Excellency" is part of an honorific; "to" behind a minister is no part of the post.
    """
    if word == "to" and before in _UNPOSTED:
        return "x"
    return "Z" if word in {"his", "her"} and following in _STYLES else _FIXED.get(word)


def _before_name(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a capital follows: "Sheikh Mohammed", not "a sheikh"."""
    return at + 1 < end and tokens[at + 1].text[:1].isupper()


def _inside_title(tokens: Sequence[Token], at: int, end: int, offices: OfficeLexicon) -> bool:
    """Whether a hyphen joins two words of a title: "Secretary-General", "vice-president"."""
    if at + 1 >= end or at == 0:
        return False
    left, right = tokens[at - 1].text.casefold(), tokens[at + 1].text.casefold()
    known = offices.heads | offices.modifiers | offices.domains
    return left in known and right in known


def _capitalised_domain(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is written like part of a name: "Foreign Relations", "Horn"."""
    token = tokens[at]
    dated = token.ent in {"DATE", "TIME"}  # "met the minister on Monday"
    return token.text[:1].isupper() and token.pos in _NOMINAL and token.text[:1].isalpha() and not dated
