"""Names of places: do they stand for a government or for the place?

Rules decide where the wording is clear ("in Ankara", "Ankara said"); where it is not ("rain fell on Kyiv") a classifier is
asked, if there is one, and what the rules hold likelier stands unless it is confident of the contrary.
"""

from collections.abc import Sequence

import msgspec

from dragoman.core.parse import Token
from dragoman.core.ports import Classifier
from dragoman.knowledge.gazetteer import NameForm
from dragoman.knowledge.metonyms import metonym_lexicon
from dragoman.knowledge.name_kinds import NameKind
from dragoman.knowledge.speech import speech_lexicon
from dragoman.read.items import Item
from dragoman.read.metonym_context import LABELS, Guideline, masked

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "dobj", "dative"})
_ARGUMENTS = frozenset({*_SUBJECTS, "pobj", "poss", "appos", "attr"})
"""Dependencies in which the classifier is asked; its guideline counts other modifiers ("Moscow talks") as no place at all."""
_CONFIDENT = 0.7
"""Probability from which the classifier overrules what the rules hold likelier."""


class PlaceSense(msgspec.Struct, frozen=True):
    """Whether a place's name stands for its government, whether the wording settles it, and why."""

    government: bool
    sure: bool
    reason: str


class MetonymReader:
    """Decides by rules and, where they are unsure, by a classifier of `LABELS`."""

    def __init__(self, classifier: Classifier | None = None) -> None:
        self._classifier = classifier

    @property
    def model(self) -> str | None:
        """Name and version of the classifier, None where rules decide alone."""
        return self._classifier.name if self._classifier else None

    def read(self, tokens: Sequence[Token], item: Item, sentence: tuple[int, int], text: str) -> PlaceSense | None:
        """The sense of a capital or seat in a sentence (token range) of a document's text; None for other words."""
        ruled = sense_by_rule(tokens, item)
        if ruled is None or ruled.sure or self._classifier is None or not _is_argument(tokens, item.end - 1):
            return ruled
        start, end = tokens[sentence[0]].start, tokens[sentence[1] - 1].end
        return self._asked(ruled, text[start:end], tokens[item.start].start - start, tokens[item.end - 1].end - start)

    def _asked(self, ruled: PlaceSense, words: str, start: int, end: int) -> PlaceSense:
        classifier = self._classifier
        if classifier is None:
            return ruled
        (scores,) = classifier.classify([masked(words, start, end, Guideline.GWN, NameKind.CAPITAL)])
        likely = scores[classifier.labels.index(LABELS[1])]
        government = likely >= _CONFIDENT if not ruled.government else likely > 1 - _CONFIDENT
        reason = f"{ruled.reason}; {classifier.name} holds it for {LABELS[1]} with {likely:.2f}"
        return PlaceSense(government, sure=False, reason=reason)


def is_locative(tokens: Sequence[Token], start: int) -> bool:
    """Whether the name that starts here follows a preposition of place: "in Turkey", "to the United States"."""
    return _place_word(tokens, start) is not None


def sense_by_rule(tokens: Sequence[Token], item: Item) -> PlaceSense | None:
    """What the wording says of a capital or seat; None where the item is neither."""
    if item.match is None or item.match.form not in {NameForm.CAPITAL, NameForm.SEAT}:
        return None
    last = tokens[item.end - 1]
    following = tokens[item.end].text if item.end < len(tokens) else ""
    if following in {"-", "–", ":"} and last.dep not in _SUBJECTS:
        return PlaceSense(government=False, sure=True, reason=f'before "{following}"')
    word = _place_word(tokens, item.start)
    if word is not None:
        return PlaceSense(government=False, sure=word not in metonym_lexicon().mostly_place, reason=f'after "{word}"')
    if item.match.form is NameForm.SEAT:
        return PlaceSense(government=True, sure=True, reason="a seat of government")
    if following in {"'s", "’s", "'"}:
        return PlaceSense(government=True, sure=False, reason="has something")
    return _by_grammar(tokens, item)


def _is_argument(tokens: Sequence[Token], index: int) -> bool:
    """Whether a name, or the one that it is joined with, is subject, object or the like."""
    while tokens[index].dep == "conj" and tokens[index].head != index:
        index = tokens[index].head
    return tokens[index].dep in _ARGUMENTS


def _by_grammar(tokens: Sequence[Token], item: Item) -> PlaceSense:
    """What the place of a capital in its sentence says."""
    last = tokens[item.end - 1]
    head = tokens[last.head]
    if last.dep == "conj" and last.head != last.index:
        joined = head.dep in _SUBJECTS or (head.dep == "pobj" and _is_side(tokens, head.index))
        sure = joined and _is_related(tokens, head.index)
        return PlaceSense(government=joined, sure=sure, reason=f'joined with "{head.text}"')
    if last.dep == "dobj" and head.lemma in metonym_lexicon().takes_town:
        return PlaceSense(government=False, sure=True, reason=f'object of "{head.text}"')
    if last.dep in _SUBJECTS:
        acts = head.lemma in metonym_lexicon().act or speech_lexicon().says(head.lemma)
        return PlaceSense(government=True, sure=acts, reason=f'subject or object of "{head.text}"')
    if last.dep == "pobj" and _capital_of(tokens, item.start):
        return PlaceSense(government=False, sure=True, reason="called a town")
    if last.dep == "pobj":
        side = _is_side(tokens, last.index) or head.text.casefold() in {"to", "from"}  # here, only behind words of speech
        sure = side and (_is_related(tokens, last.index) or _is_addressee(tokens, last.index))
        return PlaceSense(government=side, sure=sure, reason=f'after "{head.text}"')
    return PlaceSense(government=False, sure=False, reason="nothing says that it acts")


def _is_side(tokens: Sequence[Token], index: int) -> bool:
    return tokens[tokens[index].head].text.casefold() in metonym_lexicon().side


def _is_related(tokens: Sequence[Token], index: int) -> bool:
    """Whether the object of a preposition hangs on a noun for what is between governments: "ties with", "pressure on"."""
    preposition = tokens[tokens[index].head]
    return preposition.dep == "prep" and tokens[preposition.head].lemma in metonym_lexicon().relation


def _is_addressee(tokens: Sequence[Token], index: int) -> bool:
    """Whether the object of "to" or "from" stands behind a noun for what one sends another: "a letter to"."""
    preposition = tokens[tokens[index].head]
    if preposition.text.casefold() not in {"to", "from"} or preposition.index == 0:
        return False
    return tokens[preposition.index - 1].lemma.casefold() in metonym_lexicon().message


def _place_word(tokens: Sequence[Token], start: int) -> str | None:
    """The word before a name that makes it a place: "in", or "to" that follows no word of speech."""
    lexicon = metonym_lexicon()
    at = start - 1
    while at >= 0 and tokens[at].text.casefold() in lexicon.region:
        at -= 1
    if at < 0:
        return None
    word = tokens[at].text.casefold()
    if word in {"to", "from"} and at > 0:
        before = tokens[at - 1]
        return None if {before.lemma.casefold(), before.text.casefold()} & lexicon.addressed else word
    if word in {"and", ","} and at > 0:
        joined = tokens[start].dep == "conj" and tokens[start].head != start
        return _place_word(tokens, tokens[start].head) if joined else None
    return word if word in lexicon.place | lexicon.mostly_place else None


def _capital_of(tokens: Sequence[Token], start: int) -> bool:
    """Whether the words before are "capital of", "city of" and the like."""
    return start >= 2 and tokens[start - 1].text == "of" and tokens[start - 2].text.casefold() in metonym_lexicon().town
