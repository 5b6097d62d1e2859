"""Finder of dependence: what one actor is said to need of another, as a standing state of things."""

from collections.abc import Iterator

from dragoman.core.actors import Actor
from dragoman.core.claims import Dependence
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import DependenceType, Setting
from dragoman.knowledge.dependence import dependence_lexicon
from dragoman.read.reading import Mention, Reading, Sentence
from dragoman.read.tree import Tree

RULE = "dependence"
_PRESENT = frozenset({"VBZ", "VBP"})
_Need = tuple[DependenceType | None, Span | None]
_Found = tuple[tuple[Actor, ...], tuple[Actor, ...], _Need]
"""Who needs, of whom, what."""


def find_dependence(reading: Reading) -> Iterator[Dependence]:
    """Find who leans on whom, supplies whom or hosts whose forces, one claim for each sentence and pair.

    Only what is told as standing: single deliveries, possibilities, questions, denials and what is so no more give nothing, nor
    does anything that leans on no actor ("depends on the outcome").
    """
    finder = _Finder(reading)
    for sentence in reading.sentences:
        if sentence.setting is Setting.TITLE or reading.text(sentence.span).rstrip("\"”' ").endswith("?"):
            continue
        seen: set[tuple[str, ...]] = set()
        for who, on, (kind, matter) in finder.in_sentence(sentence):
            keys = (*sorted(one.key for one in who), ">", *sorted(one.key for one in on), str(kind))
            if keys not in seen:
                seen.add(keys)
                yield Dependence(
                    document=reading.document.id, evidence=(sentence.span,), rule=RULE, type=kind, who=who, on=on, matter=matter
                )


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tree = Tree(reading.parse)
        self._words = dependence_lexicon()
        self._at = {index: one for one in reading.mentions for index in range(*one.tokens)}

    def in_sentence(self, sentence: Sentence) -> Iterator[_Found]:
        for token in self._reading.tokens(sentence):
            found = self._found(token)
            if found is not None:
                who, on, need = found
                apart = tuple(one for one in on if one.key not in {each.key for each in who})
                if who and apart:
                    yield who, apart, need

    def _found(self, token: Token) -> _Found | None:
        lemma, words = token.lemma.casefold(), self._words
        if token.pos in {"ADJ", "VERB"} and lemma in words.lean_adjectives | words.lean_verbs and self._stands(token):
            return self._leaning(token)
        if token.pos != "VERB" or token.tag not in _PRESENT or not self._stands(token):
            return None
        subject = self._tree.subject(token.index)
        acting = self._actors(subject) if subject else ()
        if lemma in words.give_verbs:
            return self._given(token, acting)
        if lemma in words.take_verbs:
            return self._taken(token, acting)
        return self._hosted(token, acting) if lemma in words.host_verbs else None

    def _leaning(self, token: Token) -> _Found | None:
        """`depends on X for gas`; an adjective's subject is that of its copula, or the noun that it stands beside."""
        holder = self._tree.tokens[token.head] if token.pos == "ADJ" else token
        subject = self._tree.subject(token.index) or self._tree.subject(holder.index)
        subject = subject or (holder if token.dep in {"amod", "acl", "relcl"} else None)
        on = list(self._after(token, self._words.lean_prepositions))
        if subject is None or not on:
            return None
        providers = tuple(actor for noun in on for actor in self._actors(noun))
        return (
            self._actors(subject),
            providers,
            self._need([noun for each in (token, holder, *on) for noun in self._after(each, {"for"})] + on),
        )

    def _given(self, token: Token, acting: tuple[Actor, ...]) -> _Found | None:
        """`X supplies Y with gas`, `X sells arms to Y`."""
        objects = list(self._tree.children(token.index, "dobj", "dative"))
        to = [*self._after(token, {"to", "for"}), *objects, *(noun for each in objects for noun in self._after(each, {"to"}))]
        receivers = next((actors for noun in to if (actors := self._actors(noun))), ())
        matters = [*objects, *(noun for each in (token, *objects) for noun in self._after(each, {"with"}))]
        need = self._need(matters)
        return (receivers, acting, need) if need[0] else None

    def _taken(self, token: Token, acting: tuple[Actor, ...]) -> _Found | None:
        """`Y imports gas from X`."""
        objects = list(self._tree.children(token.index, "dobj"))
        sources = [*self._after(token, {"from"}), *(noun for each in objects for noun in self._after(each, {"from"}))]
        providers = tuple(actor for noun in sources for actor in self._actors(noun))
        need = self._need(objects)
        return (acting, providers, need) if need[0] else None

    def _hosted(self, token: Token, acting: tuple[Actor, ...]) -> _Found | None:
        """`X hosts a base of Y`: Y needs X for it."""
        for noun in self._tree.children(token.index, "dobj"):
            phrase = self._tree.subtree(noun.index, without=("relcl", "advcl"))
            if self._words.type_of(noun.lemma.casefold()) is DependenceType.BASING:
                guests = tuple(actor for index in phrase for actor in self._actors(self._tree.tokens[index]))
                return tuple(dict.fromkeys(guests)), acting, (DependenceType.BASING, self._tree.span(phrase))
        return None

    def _after(self, token: Token, prepositions: frozenset[str] | set[str]) -> Iterator[Token]:
        for prep in self._tree.children(token.index, "prep", "dative"):
            if prep.text.casefold() in prepositions:
                for noun in self._tree.children(prep.index, "pobj"):
                    yield noun
                    yield from self._tree.children(noun.index, "conj")

    def _need(self, nouns: list[Token]) -> _Need:
        """What is needed: the first noun of a matter among some and what they are made of ("most of its gas")."""
        for noun in nouns:
            for index in self._tree.subtree(noun.index, without=("relcl", "acl", "advcl", "appos")):
                kind = self._words.type_of(self._tree.tokens[index].lemma.casefold())
                if kind is not None:
                    return kind, self._tree.span(self._tree.subtree(noun.index, without=("relcl", "acl", "advcl", "appos")))
        return None, None

    def _stands(self, token: Token) -> bool:
        """Whether it is told as so, now."""
        verb = self._tree.tokens[token.head] if token.pos == "ADJ" else token
        beside = [*self._tree.children(verb.index), *self._tree.children(token.index)]
        words = {each.text.casefold() for each in beside} | {
            each.text.casefold() for child in beside for each in self._tree.children(child.index, "advmod")
        }
        return not (words & (self._words.gone | self._words.unreal) or any(each.dep == "neg" for each in beside))

    def _actors(self, noun: Token) -> tuple[Actor, ...]:
        """The actor or actors of a noun; of one's supplies ("Russian gas") whose they are."""
        own = self._members(self._at.get(noun.index))
        if own:
            return own
        owned = self._words.type_of(noun.lemma.casefold()) is not None
        inside = self._tree.children(noun.index, "amod", "poss", "compound", "nmod") if owned else iter(())
        return next((found for each in inside if (found := self._members(self._at.get(each.index)))), ())

    def _members(self, mention: Mention | None) -> tuple[Actor, ...]:
        if mention is None:
            return ()
        if mention.actor is not None:
            return (mention.actor,)
        members = (self._reading.mentions[index].actor for index in mention.members)
        return tuple(actor for actor in members if actor is not None)
