"""Pairs of actors that a verb joins as who acts and who is acted on: what the relation coder is asked about."""

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.read.reading import Mention, MentionKind, Reading, Sentence
from dragoman.read.tree import SUBJECTS, Tree

_LONGEST = 120
"""Tokens: longer sentences are lists and tables."""
_OWN_CLAUSE = frozenset({"relcl", "advcl", "parataxis", "acl", "appos", "csubj"})
"""Branches that are told of somebody else: the verb in them asks for its own pair."""
_NOT_ASKED = frozenset(
    {"be", "have", "become", "remain", "seem", "include", "contain", "represent", "know", "appear", "belong", "like"}
)
"""Verbs of states, which are no interactions."""
_PLACES = frozenset({MentionKind.PLACE})


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One verb with the actors before and behind it; `subject` and `object` are the words that the coder is shown."""

    sentence: Sentence
    verb: Token
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    subject: Span
    object: Span


class PairFinder:
    """Finds the pairs of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.tree = Tree(reading.parse)
        self._at: dict[int, Mention] = {}
        for mention in reading.mentions:
            if mention.kind not in _PLACES and not mention.locative:
                self._at.update(dict.fromkeys(range(*mention.tokens), mention))

    def find(self) -> Iterator[Pair]:
        """Pairs in text order, at most one for a verb."""
        named = {mention.sentence for mention in self._at.values()}
        for sentence in self._reading.sentences:
            length = sentence.tokens[1] - sentence.tokens[0]
            if sentence.index in named and length <= _LONGEST:
                for token in self._reading.tokens(sentence):
                    if token.pos == "VERB" and token.lemma.casefold() not in _NOT_ASKED:
                        yield from self._of_verb(sentence, token)

    def _of_verb(self, sentence: Sentence, verb: Token) -> Iterator[Pair]:
        passive = self.tree.has(verb.index, "auxpass", "nsubjpass")
        agent = self.tree.agent(verb.index)
        subject = agent if passive else self.tree.subject(verb.index)
        if subject is None:
            return
        acting = self._sides(subject)
        if not acting:
            return
        keys = {actor.key for _, actor in acting}
        objects = self._objects(verb, passive=passive)
        acted_on = next((found for token in objects if (found := self._others(token, keys))), None)
        if acted_on:
            yield Pair(
                sentence=sentence,
                verb=verb,
                source=_once(acting),
                target=_once(acted_on),
                subject=acting[0][0],
                object=acted_on[0][0],
            )

    def _others(self, token: Token, keys: set[str]) -> list[tuple[Span, Actor]]:
        return [(span, actor) for span, actor in self._sides(token) if actor.key not in keys]

    def _sides(self, head: Token) -> list[tuple[Span, Actor]]:
        """The actors of a noun phrase with its words: those coordinated, else the first that it names in any way."""
        heads = [head, *self._conjuncts(head)]
        found = [side for each in heads for side in self._named(each)]
        if found:
            return found
        phrase = self.tree.subtree(head.index, without=("relcl", "acl", "advcl", "prep", "conj", "appos"))
        inside = next((side for index in phrase for side in self._members(self._at.get(index))), None)
        return [(self.tree.span(phrase), inside)] if inside else []

    def _named(self, token: Token) -> Iterator[tuple[Span, Actor]]:
        mention = self._at.get(token.index)
        if mention is not None:
            yield from ((mention.span, actor) for actor in self._members(mention))

    def _members(self, mention: Mention | None) -> tuple[Actor, ...]:
        """The actor of a mention; those of its members where it stands for several."""
        if mention is None:
            return ()
        if mention.actor is not None:
            return (mention.actor,)
        members = (self._reading.mentions[index].actor for index in mention.members)
        return tuple(actor for actor in members if actor is not None)

    def _conjuncts(self, head: Token) -> Iterator[Token]:
        for token in self.tree.children(head.index, "conj"):
            yield token
            yield from self._conjuncts(token)

    def _objects(self, verb: Token, *, passive: bool) -> Iterator[Token]:
        """Nouns that the verb acts on, nearest first: subject of a passive, objects, and what its complements speak of."""
        if passive:
            yield from self.tree.children(verb.index, "nsubjpass")
        subjects = {t.index for t in self.tree.children(verb.index) if t.dep in SUBJECTS or t.dep == "agent"}
        todo = [t for t in self.tree.children(verb.index) if t.index not in subjects]
        while todo:
            token = todo.pop(0)
            if token.dep in _OWN_CLAUSE or (token.dep == "conj" and token.pos == "VERB"):
                continue
            if token.pos in {"NOUN", "PROPN", "PRON", "ADJ"} and token.dep != "conj":
                yield token
            todo = [*self.tree.children(token.index), *todo]


def _once(sides: Sequence[tuple[Span, Actor]]) -> tuple[Actor, ...]:
    return tuple({actor.key: actor for _, actor in sides}.values())
