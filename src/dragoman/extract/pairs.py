"""Pairs of actors that a verb joins as who acts and who is acted on: what the relation coder is asked about."""

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.knowledge.plover import plover
from dragoman.read.reading import Mention, MentionKind, Reading, Sentence
from dragoman.read.tree import SUBJECTS, Tree

_LONGEST = 120
"""Tokens: longer sentences are lists and tables."""
_OWN_CLAUSE = frozenset({"relcl", "advcl", "parataxis", "acl", "appos", "csubj"})
"""Branches that are told of somebody else: the verb in them asks for its own pair."""
_DEEPEST = 4
"""Steps from the verb to the noun that is acted on."""
_GOES_TO = frozenset({"to", "for", "against"})
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
        self._words = plover().pairs
        self._at: dict[int, Mention] = {}
        for mention in reading.mentions:
            if mention.kind not in _PLACES and (not mention.locative or self._reached(mention)):
                self._at.update(dict.fromkeys(range(*mention.tokens), mention))

    def _reached(self, mention: Mention) -> bool:
        """Whether something goes to a country that could be a mere place: "sent tents to Morocco", not "in Morocco"."""
        return self.tree.tokens[self.tree.tokens[mention.head].head].text.casefold() in _GOES_TO

    def find(self) -> Iterator[Pair]:
        """Pairs in text order, each pair of words in a sentence once."""
        named = {mention.sentence for mention in self._at.values()}
        for sentence in self._reading.sentences:
            length = sentence.tokens[1] - sentence.tokens[0]
            if sentence.index not in named or length > _LONGEST:
                continue
            seen: set[tuple[Span, Span]] = set()
            for token in self._reading.tokens(sentence):
                pair = self._of_verb(sentence, token) if self._acts(token) else None
                if pair is not None and (pair.subject, pair.object) not in seen:
                    seen.add((pair.subject, pair.object))
                    yield pair

    def _acts(self, verb: Token) -> bool:
        """Whether a verb may be an act; of "plans to send" it is "send", which has the same subject."""
        carried = any(t.pos == "VERB" for t in self.tree.children(verb.index, "xcomp"))
        carried = carried and not self.tree.has(verb.index, "dobj", "nsubjpass")
        return verb.pos == "VERB" and not carried and verb.lemma.casefold() not in self._words.states

    def _of_verb(self, sentence: Sentence, verb: Token) -> Pair | None:
        passive = self.tree.has(verb.index, "auxpass", "nsubjpass")
        subject = self.tree.agent(verb.index) if passive else self.tree.subject(verb.index)
        if subject is None or (subject.text == "I" and verb.lemma.casefold() not in self._words.performatives):
            return None
        acting = self._sides(subject)
        if not acting:
            return None
        keys = {actor.key for _, actor in acting}
        objects = self._objects(verb, passive=passive)
        acted_on = next((found for token in objects if (found := self._others(token, keys))), None)
        if not acted_on:
            return None
        return Pair(
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
        topic = verb.lemma.casefold() in self._words.topics
        own = [t for t in self.tree.children(verb.index) if t.index not in subjects and t.index > verb.index]
        todo = [(t, 1) for t in own if not (topic and t.dep == "dobj")]
        while todo:
            token, steps = todo.pop(0)
            if steps > _DEEPEST or not self._leads_on(token, topic=topic):
                continue
            if token.pos in {"NOUN", "PROPN", "PRON", "ADJ"} and token.dep != "conj":
                yield token
            todo = [*((child, steps + 1) for child in self.tree.children(token.index)), *todo]

    def _leads_on(self, token: Token, *, topic: bool) -> bool:
        """Whether what hangs on a word may be acted on: not another's clause, not a place, not what is merely talked about."""
        if token.dep in _OWN_CLAUSE or (token.dep == "conj" and token.pos == "VERB"):
            return False
        if token.dep != "prep":
            return True
        word = token.text.casefold()
        return word in {"with", "to"} if topic else word in self._words.reaching


def _once(sides: Sequence[tuple[Span, Actor]]) -> tuple[Actor, ...]:
    return tuple({actor.key: actor for _, actor in sides}.values())
