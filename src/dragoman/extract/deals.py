"""Agreements told by nouns: "the ceasefire between X and Y", "the EU-brokered truce", "a deal that Z mediated late on Monday"."""

import re
from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind, EngagementType, Factuality, Role
from dragoman.extract.clauses import Clauses
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.extract.roles import StatedRole, bears_on, stated_roles
from dragoman.knowledge.contacts import ContactLexicon
from dragoman.knowledge.words import word_set
from dragoman.read.reading import MentionKind, Sentence

_BROKERS = frozenset({Role.MEDIATOR, Role.CO_MEDIATOR, Role.FACILITATOR, Role.GUARANTOR})
_ABOUT = frozenset({"in", "on", "of", "for"})
_KEEPING = word_set(
    "abide adhere honor honour implement keep observe respect uphold breach compliance defiance implementation violation"
)
_YEAR = re.compile(r"(1[89]|20)\d\d")
_TOWARDS = 5
"""Words above a noun in which something may say that it is only worked towards."""


class DealFinder(FrameReader):
    """Reads frames of agreements off one reading."""

    def __init__(self, clauses: Clauses, lexicon: ContactLexicon) -> None:
        super().__init__(clauses, lexicon)
        self._deals = next(v.objects for v in lexicon.verbs["sign"] if v.objects)

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self.tokens[at]
            deal = token.lemma.casefold() in self._deals and token.pos in {"NOUN", "PROPN"} and token.dep != "compound"
            frame = self._deal(token, sentence) if deal else None
            if frame is not None:
                yield frame

    def _deal(self, token: Token, sentence: Sentence) -> Frame | None:
        """An agreement that the wording treats as made, with its sides, or with those who brokered it."""
        if factuality_of(self.tree, token, self.lexicon.words) is not Factuality.OCCURRED:
            return None
        above = self.tokens[token.head]
        if token.dep == "dobj" and above.lemma.casefold() in self.lexicon.words.call_for:
            return None  # "want a truce mediated by X and Y"
        if token.dep == "dobj" and above.tag == "VB" and above.dep in {"acl", "advcl"}:
            return None  # "the dialogue to reach an agreement between X and Y"
        brokers = self._brokers(token, sentence)
        made = self._in_force(token) or self._presupposed(token, brokered=bool(brokers))
        first, second = self._sides(token, sentence) if made else ((), ())
        if second and not first and not brokers:
            second = ()  # whose deal "a deal with X and Y" is, is open
        parties = tuple(i for i in (*first, *second) if i not in brokers)
        partial = len(parties) < 2 and not self.clauses.plural(parties)
        if partial and (found := self._around_brokered(token, sentence)):
            first, second, parties, partial = found, (), found, False
        if partial and not (made and len(parties) + len(brokers) >= 2):
            first, second = self._theatre(token, sentence), ()
            if not first:
                return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.AGREEMENT_SIGNING,
            factuality=Factuality.OCCURRED,
            first=tuple(i for i in first if i not in brokers),
            second=tuple(i for i in second if i not in brokers),
            nominal=True,
            partial=partial,
            standing=True,
            broken=self.broken(token),
            rule=f"noun:{token.lemma} {'in' if partial else 'between'}",
        )

    def _sides(self, token: Token, sentence: Sentence) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The sides of an agreement: behind "between", before the noun, or an owner (or who acts under it) and its other side."""
        between = self._behind(token, {"between", "among"}, sentence)
        if len(between) >= 2:
            return between, ()
        joined = tuple(i for i in self.clauses.modifiers(token) if self.sides.mention(i).kind is not MentionKind.PLACE)
        if self.clauses.plural(joined) and not self.tree.has(token.index, "poss"):
            return joined, ()
        if self.clauses.plural(witnesses := self._witnesses(token, sentence)):
            return witnesses, ()
        second = self._behind(token, {"with"}, sentence)
        owner = self.clauses.owner(token, sentence)
        if self.clauses.plural(owner):
            return owner, second
        return (owner or self._acting_under(token, sentence)), second

    def _witnesses(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The sides who look on as it is signed: "the two leaders witnessed the signing of an agreement"."""
        signing = self.tokens[self.tokens[token.head].head]
        verb = self.tokens[signing.head]
        witnessed = signing.lemma.casefold() == "signing" and verb.lemma in {"witness", "oversee", "attend"}
        return self.clauses.subject(verb, sentence) if witnessed and signing.dep == "dobj" else ()

    def _behind(self, token: Token, words: set[str], sentence: Sentence) -> tuple[int, ...]:
        """The mentions behind a preposition of the noun, or of a word for its making ("that Z brokered between X and Y")."""
        makers = [t for t in self.tree.children(token.index, "acl", "relcl") if self._makes(t)]
        above = self.tokens[token.head]
        makers += [above] if token.dep in {"nsubjpass", "dobj"} and self._makes(above) else []
        found = (self.clauses.behind(holder, words, sentence) for holder in (token, *makers))
        return next(filter(None, found), ()) or self._about_what(token, words, sentence)

    def _about_what(self, token: Token, words: set[str], sentence: Sentence) -> tuple[int, ...]:
        """Behind a preposition of what the agreement is about: "a pause in the fighting between X and Y"."""
        holders = (token, self.tokens[token.head]) if token.dep == "dobj" else (token,)
        preps = [t for holder in holders for t in self.tree.children(holder.index, "prep") if t.index > token.index]
        topics = (topic for t in preps if t.text.casefold() in _ABOUT for topic in self.tree.children(t.index, "pobj"))
        found = (self.clauses.behind(topic, words, sentence) for topic in topics if "between" in words)
        return next(filter(None, found), ())

    def _makes(self, verb: Token) -> bool:
        return verb.pos == "VERB" and verb.lemma.casefold() in self.lexicon.words.in_force

    def _acting_under(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who does what an agreement lets them do: "X freed sailors under a deal with Y", "X and Y restored ties in a deal"."""
        prep = self.tokens[token.head]
        verb = self.tokens[prep.head]
        if token.dep != "pobj" or prep.text.casefold() not in {"in", "under"} or verb.pos != "VERB":
            return ()
        doers = self.clauses.agent(verb, sentence) if self.clauses.passive(verb) else self.clauses.subject(verb, sentence)
        return tuple(i for i in doers if self.sides.mention(i).kind is MentionKind.ACTOR)

    def _brokers(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who is said to have brokered, helped or guaranteed this agreement."""
        return tuple(dict.fromkeys(s.mention for s in self._stated(token, sentence) if s.role in _BROKERS))

    def _stated(self, token: Token, sentence: Sentence) -> Iterator[StatedRole]:
        near = {token.index, token.head if token.dep in {"nsubjpass", "dobj"} else token.index}
        for stated in stated_roles(self.sides, sentence, self.lexicon.words):
            below = self.tokens[stated.about].head in near or stated.about in near
            if below and bears_on(self.sides, stated, token.index):
                yield stated

    def _theatre(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The state in whose war a truce is that names no sides: "the truce in Yemen"."""
        if token.lemma.casefold() not in self.lexicon.words.truce or not self._in_force(token):
            return ()
        above = self.tokens[self.tokens[token.head].head]  # "the extension of the truce in Yemen"
        clauses = [t for t in self.tree.children(token.index, "relcl") if t.lemma in {"go", "come", "enter", "take", "hold"}]
        makers = [self.tokens[token.head]] if token.dep == "dobj" else []  # "securing the truce in Yemen"
        found = next(filter(None, (self.clauses.behind(t, {"in"}, sentence) for t in (token, above, *makers, *clauses))), ())
        states = [
            i
            for i in found
            if (m := self.sides.mention(i)).kind is MentionKind.ACTOR and m.actor and m.actor.kind is ActorKind.STATE
        ]
        return tuple(states) if len(found) == len(states) == 1 else ()

    def _around_brokered(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The only two other actors of a sentence that names a "Y-brokered" deal without its sides.

        They are its sides where they keep or break it, not where they speak of it or thank somebody for it.
        """
        above = self.tree.ancestors(token.index)
        kept = any(t.lemma.casefold() in _KEEPING for t in above) or self.broken(token)
        if not kept or self._theatre(token, sentence):
            return ()
        broker = next(
            (i for i in self.tree.subtree(token.index) if self.tokens[i].text.casefold() in {"brokered", "mediated"}), None
        )
        if broker is None or self.tokens[broker - 1].text not in {"-", "–"}:
            return ()
        mediator = self.sides.at(broker - 2)
        actors: dict[str, int] = {}
        for index, mention in self.sides.reading.mentions_in(sentence):
            if mention.actor is not None and index != mediator and not mention.locative:
                actors.setdefault(mention.actor.key, index)
        return tuple(actors.values()) if len(actors) == 2 else ()

    def _in_force(self, token: Token) -> bool:
        """Whether an agreement is told of as made: "welcomed the truce", "the extension of the truce", "the truce that holds"."""
        words = self.lexicon.words
        above = self.tokens[token.head]
        holder = self.tokens[above.head]
        if above.text.casefold() == "of" and holder.lemma.casefold() in words.made:
            return holder.lemma.casefold() != "implementation" or self._ends_dispute(token)
        below = {t.lemma.casefold() for t in self.tree.children(token.index, "acl", "relcl", "amod")}
        told = above.lemma.casefold() in words.in_force and not self._only_sought(above)
        return told or bool(below & words.in_force) or self.broken(token)

    def _only_sought(self, verb: Token) -> bool:
        """Whether an agreement is what something is to reach: "efforts to conclude a treaty", not "managed to conclude one"."""
        words = self.lexicon.words
        if verb.lemma.casefold() not in words.make_deal or not any(t.tag == "TO" for t in self.tree.children(verb.index, "aux")):
            return False
        return self.tokens[verb.head].lemma.casefold() not in words.achieve

    def _presupposed(self, token: Token, *, brokered: bool) -> bool:
        """Whether the wording takes an agreement for granted: "the truce between", "a 1994 treaty", "a truce mediated by".

        Not where words say that it is only worked towards: "talks on the trade deal between X and Y", "a possible truce".
        """
        adjectives = {t.text.casefold() for t in self.tree.children(token.index, "amod", "det")}
        if adjectives & self.lexicon.words.unmade or self._worked_towards(token):
            return False
        dated = any(_YEAR.fullmatch(t.text) for t in self.tree.children(token.index, "nummod", "compound", "nmod"))
        above = self.tokens[token.head]
        told = token.dep == "nsubj" and above.pos == "VERB" and above.tag in {"VBD", "VBN"}
        return (
            brokered
            or dated
            or told
            or (self._ends_dispute(token) and (self.definite(token) or self.tree.has(token.index, "poss")))
        )

    def _ends_dispute(self, token: Token) -> bool:
        """Whether an agreement is one of those that end or pause a dispute, not a standing treaty on ordinary matters."""
        words = self.lexicon.words
        near = {t.lemma.casefold() for t in self.tree.children(token.index, "amod", "compound", "nmod")}
        return token.lemma.casefold() in words.truce | {"deal", "accord", "swap", "pause"} or bool(near & words.peace)

    def _worked_towards(self, token: Token) -> bool:
        """Whether a word above says that an agreement is sought, discussed or lacking, within its clause."""
        words = self.lexicon.words
        for above, _ in zip(self.tree.ancestors(token.index), range(_TOWARDS), strict=False):
            if above.lemma.casefold() in words.unmade | words.call_for:
                return True
            if above.pos in {"VERB", "AUX"}:
                said = self.tree.children(above.index, "acomp", "advmod", "neg", "attr", "prep")
                return any(t.lemma.casefold() in words.unmade for t in said)
        return False
