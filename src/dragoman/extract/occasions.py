"""Who was at a contact that a noun names: "attended by X and Y", "bringing together X and Y", "X told Y in a phone call"."""

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.sides import is_person_like
from dragoman.read.reading import Sentence

_GATHERINGS = frozenset({EngagementType.MULTILATERAL, EngagementType.MEETING, EngagementType.TALKS_ROUND})
_AT = frozenset({"in", "during", "at", "on", "over"})
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

    def told_on(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who talks to whom on the occasion of a contact: "X told Y in a call", "X and Y agreed in a call"."""
        above = self.tokens[token.head]
        verb = self.tokens[above.head]
        if token.dep != "pobj" or above.text.casefold() not in _AT or verb.pos != "VERB" or self.clauses.passive(verb):
            return ()
        whom = self.object(verb, sentence) if verb.lemma.casefold() in self.lexicon.words.tell else ()
        people = tuple(i for i in (*self.clauses.subject(verb, sentence), *whom) if is_person_like(self.sides.mention(i)))
        return people if self.clauses.plural(people) else ()
