"""Names of places: do they stand for a government or for the place?"""

from collections.abc import Sequence

from dragoman.core.parse import Token
from dragoman.knowledge.gazetteer import NameForm
from dragoman.knowledge.words import word_set
from dragoman.read.items import Item

_LOCATIVE = word_set(
    "in at to from near inside outside into around across throughout via through within toward towards leaving left "
    "reached visiting visited visit onto off over where"
)
_TO_GOVERNMENT = word_set(
    "offer offered say said message letter according appeal appealed response proposal contrast spoke talk talked "
    "speak proposed close pressure commitment assurance warned told submitted presented conveyed delivered handed "
    "passed addressed shared reply threat concession relayed transmitted reminded"
)
_SIDES = frozenset({"between", "with", "by", "against", "on", "for", "of", "behalf"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative"})


def is_locative(tokens: Sequence[Token], start: int) -> bool:
    """Whether the name that starts here follows a preposition of place: "in Turkey", "to the United States"."""
    at = start - 1
    while at >= 0 and tokens[at].text.casefold() in {
        "the",
        "neighboring",
        "neighbouring",
        "central",
        "northern",
        "southern",
        "eastern",
        "western",
    }:
        at -= 1
    if at < 0:
        return False
    word = tokens[at].text.casefold()
    if word in {"to", "from"} and at > 0:
        before = tokens[at - 1]
        return before.lemma.casefold() not in _TO_GOVERNMENT and before.text.casefold() not in _TO_GOVERNMENT
    if word in {"and", ","} and at > 0:
        return tokens[start].dep == "conj" and tokens[start].head != start and is_locative(tokens, tokens[start].head)
    return word in _LOCATIVE


def is_metonym(tokens: Sequence[Token], item: Item) -> bool:
    """Whether a capital or seat stands for its government here; a name in doubt is the place."""
    if item.match is None or item.match.form not in {NameForm.CAPITAL, NameForm.SEAT}:
        return False
    last = tokens[item.end - 1]
    following = tokens[item.end].text if item.end < len(tokens) else ""
    if following in {"-", "–", ",", ":"} and last.dep not in _SUBJECTS and following != ",":
        return False
    if is_locative(tokens, item.start):
        return False
    if following in {"'s", "’s", "'"}:
        return True
    if item.match.form is NameForm.SEAT:
        return True
    if last.dep in _SUBJECTS:
        return True
    if last.dep == "pobj":
        return tokens[last.head].text.casefold() in _SIDES and not _capital_of(tokens, item.start)
    if last.dep == "conj" and last.head != last.index:
        head = tokens[last.head]
        return head.dep in _SUBJECTS or (head.dep == "pobj" and tokens[head.head].text.casefold() in _SIDES)
    return False


def _capital_of(tokens: Sequence[Token], start: int) -> bool:
    """Whether the words before are "capital of", "city of" and the like."""
    return (
        start >= 2
        and tokens[start - 1].text == "of"
        and tokens[start - 2].text.casefold() in {"capital", "city", "town", "port", "outskirts"}
    )
