"""Who was at a contact that a noun names: "attended by X and Y", "bringing together X and Y", "X told Y in a phone call"."""

import re
from itertools import takewhile

from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind, EngagementType
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.sides import is_delegation, is_person_like
from dragoman.knowledge.words import word_set
from dragoman.read.reading import Mention, Sentence

_GATHERINGS = frozenset({EngagementType.MULTILATERAL, EngagementType.MEETING, EngagementType.TALKS_ROUND})
_AT = frozenset({"in", "during", "at", "on", "over"})
_UNNAMED = frozenset({"leader", "ally", "partner", "counterpart", "minister", "official", "representative", "head"})
_OF_OTHERS = word_set("from across other regional international foreign various several region counterpart counterparts")
_LISTED_WITHIN = 14
"""Sentences after a contact's in which a list may say who took part in it."""
_LIST_OPENS = re.compile(
    r"\b(?:leaders?|participants?|attendees|ministers)\b[^.]{0,30}"
    r"\b(?:participated|took part|attended|joined|included|were)\b[^.]{0,12}:"
    r"|^(?:participants|attendees)\b[^.]{0,20}:",
    re.IGNORECASE,
)
_LISTED = frozenset({"participant", "attendee", "attending", "attend", "guest"})


class OccasionReader(FrameReader):
    """Reads the sides of contacts off the words around their nouns."""

    def attending(self, token: Token, type_: EngagementType, sentence: Sentence) -> tuple[int, ...]:
        """Who attends a gathering, told in its sentence or the next ("Participants include the presidents of X and Y")."""
        if type_ not in _GATHERINGS:
            return ()
        found = self._attended_by(token, sentence) or self._taking_part(token, sentence) or self._listed_next(token, sentence)
        return found if self.clauses.plural(found) else ()

    def _attended_by(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Behind "attended by", or brought together by the gathering."""
        verbs = list(self.tree.children(token.index, "acl", "relcl"))
        if token.dep in {"nsubj", "nsubjpass"}:
            verbs.append(self.tokens[token.head])
        for verb in verbs:
            if verb.lemma == "attend" and (found := self.clauses.agent(verb, sentence)):
                return found
            together = any(t.text.casefold() == "together" for t in self.tree.children(verb.index))
            if verb.lemma == "bring" and together:
                return self.object(verb, sentence)
        return ()

    def _taking_part(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Behind "with the participation of", of the noun or of the verb that holds it."""
        for holder in (token, self.tokens[token.head]):
            for prep in self.tree.children(holder.index, "prep"):
                part = next(self.tree.children(prep.index, "pobj"), None)
                if prep.text.casefold() == "with" and part is not None and part.lemma in {"participation", "attendance"}:
                    return self.clauses.behind(part, {"of"}, sentence)
        return ()

    def _listed_next(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Those whom the next sentence lists as taking part, where this one names no side."""
        after = next((s for s in self.sides.reading.sentences if s.index == sentence.index + 1), None)
        if after is None or token.dep not in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            return ()
        for at in range(*after.tokens):
            verb = self.tokens[at]
            subject = next(self.tree.children(at, "nsubj", "csubj"), None)
            if verb.lemma != "include" or subject is None:
                continue
            words = {self.tokens[i].lemma.casefold() for i in self.tree.subtree(subject.index)}
            return self.object(verb, after) if words & _LISTED else ()
        return ()

    def listed(self, token: Token, first: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """Those whom a later list names where a contact was with "leaders" or "allies" alone.

        "Joining X on the call were A and B", or the persons below a line such as "The leaders who took part:".
        """
        own = {m.actor.key for i in first if (m := self.sides.mention(i)).actor and m.person}
        if not own or not self._with_unnamed(token):
            return ()
        later = [s for s in self.sides.reading.sentences if 0 < s.index - sentence.index <= _LISTED_WITHIN]
        for position, after in enumerate(later):
            if self._joining(after):
                return self._persons(after, own)
            if _LIST_OPENS.search(self.sides.reading.text(after.span)):
                rest = takewhile(lambda s: self._persons(s, own), later[position + 1 :])
                found = (self._persons(after, own), *(self._persons(s, own) for s in rest))
                return tuple(i for group in found for i in group)
        return ()

    def of_the_place(self, token: Token, first: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """The state in which officials of no name are met: "In Quito, she will meet with senior government officials"."""
        prep = next((t for t in self.tree.children(token.index, "prep") if t.text.casefold() == "with"), None)
        whom = next(self.tree.children(prep.index, "pobj"), None) if prep is not None else None
        if whom is None or whom.tag != "NNS" or not is_delegation(whom) or self._from_elsewhere(whom):
            return ()
        own = {m.actor.key for i in first if (m := self.sides.mention(i)).actor}
        found = [
            i
            for i, m in self.sides.reading.mentions_in(sentence)
            if m.actor is not None and m.actor.kind is ActorKind.STATE and m.actor.key not in own and self._stands_in(m)
        ]
        states = {self.sides.mention(i).actor for i in found}
        return tuple(found[:1]) if len(states) == 1 else ()

    def _from_elsewhere(self, whom: Token) -> bool:
        """Whether words behind a plural say whose people they are, or that they are more than officials."""
        below = (self.tokens[i] for i in self.tree.subtree(whom.index))
        return any(t.text.casefold() in _OF_OTHERS or self.sides.at(t.index) is not None for t in below)

    def _stands_in(self, mention: Mention) -> bool:
        """Whether a name stands as the place of what is told: "in Quito", "while in Ecuador", "travel to Ecuador, where"."""
        at = mention.tokens[0] - 1
        return at >= 0 and self.tokens[at].text.casefold() in {"in", "to"} and mention.locative

    def _with_unnamed(self, token: Token) -> bool:
        """Whether the others are told by a bare noun: "met with leaders of the region", "a call with allies"."""
        words = [self.tokens[i] for i in self.tree.subtree(token.index)]
        return any(t.lemma.casefold() in _UNNAMED and t.tag == "NNS" and self.sides.at(t.index) is None for t in words)

    def _joining(self, sentence: Sentence) -> bool:
        """Whether a sentence says who came along: "Joining the President on the call was ..."."""
        opening = self.tokens[sentence.tokens[0]]
        words = {t.lemma.casefold() for t in self.sides.reading.tokens(sentence)}
        return opening.text == "Joining" and bool(words & self.lexicon.nouns.keys())

    def _persons(self, sentence: Sentence, without: set[str]) -> tuple[int, ...]:
        named = ((i, m) for i, m in self.sides.reading.mentions_in(sentence) if m.person and m.actor)
        return tuple(i for i, m in named if m.actor and m.actor.key not in without)

    def told_on(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who talks to whom on the occasion of a contact: "X told Y in a call", "X and Y agreed in a call"."""
        above = self.tokens[token.head]
        verb = self.tokens[above.head]
        if token.dep != "pobj" or above.text.casefold() not in _AT or verb.pos != "VERB" or self.clauses.passive(verb):
            return ()
        whom = self.object(verb, sentence) if verb.lemma.casefold() in self.lexicon.words.tell else ()
        people = tuple(i for i in (*self.clauses.subject(verb, sentence), *whom) if is_person_like(self.sides.mention(i)))
        return people if self.clauses.plural(people) else ()
