"""Agreements told by verbs: "X and Y signed a ceasefire", "the deal that Z brokered between X and Y"."""

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.knowledge.contacts import ContactVerb
from dragoman.read.reading import Sentence

_TALKS = frozenset({EngagementType.TALKS_ROUND, EngagementType.MEETING, EngagementType.MULTILATERAL})
_PROLONG = frozenset({"extend", "renew", "prolong"})
_OBJECTS = ("dobj", "dative", "nsubjpass")


class SigningReader(FrameReader):
    """Reads signings."""

    def by_verb(self, token: Token, verb: ContactVerb, sentence: Sentence, factuality: Factuality) -> Frame | None:
        """An agreement that a verb signs, reaches or brokers."""
        deal = self._deal(token, verb)
        if deal is None:
            return None
        factuality = self._agreed_on(token, factuality)
        failed = token.dep == "xcomp" and self.tokens[token.head].lemma.casefold() == "fail"
        if failed and not self._speaks_of_talks(sentence):
            return None
        if self.clauses.passive(token):
            first = self.clauses.agent(token, sentence) or self._between(deal, sentence) or self._between(token, sentence)
        else:
            first = self.clauses.subject(token, sentence) or self._between(deal, sentence)
        second = self.others(token, verb.with_, sentence) or self.others(deal, verb.with_, sentence)
        between = self._between(deal, sentence) or self._between(token, sentence)
        if token.lemma.casefold() in self.lexicon.words.mediate:
            # Who brokers a deal is no side of it: the sides stand behind "between", or nowhere.
            first, second = between, tuple(i for i in first if i not in between)
        if not first and not second and self.definite(deal):
            first = self._sides_before(deal, sentence)
        if not first or (not second and not self.clauses.plural(first)):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.TALKS_ROUND if failed else EngagementType.AGREEMENT_SIGNING,
            factuality=Factuality.OCCURRED if failed else factuality,
            first=first,
            second=second,
            again=token.lemma != "agree"
            and any(t.text.casefold() in {"also", "again"} for t in self.tree.children(token.index, "advmod")),
            broken=self.broken(deal),
            rule=f"verb:{token.lemma} {deal.lemma}",
        )

    def _agreed_on(self, token: Token, factuality: Factuality) -> Factuality:
        """An agreement that sides agreed to prolong is prolonged by that: "agreed to extend the truce"."""
        above = self.tokens[token.head]
        if token.lemma.casefold() in _PROLONG and token.dep == "xcomp" and above.lemma == "agree":
            return factuality_of(self.tree, above, self.lexicon.words) or factuality
        return factuality

    def _speaks_of_talks(self, sentence: Sentence) -> bool:
        """Whether a sentence names the talks at which no agreement was reached."""
        nouns = (self.lexicon.nouns.get(self.tokens[i].lemma.casefold(), ()) for i in range(*sentence.tokens))
        return any(noun.type in _TALKS for found in nouns for noun in found)

    def _sides_before(self, deal: Token, sentence: Sentence) -> tuple[int, ...]:
        """The two sides of a deal named in the sentence before: "X and Y work on an agreement. The agreement is to be signed"."""
        before = next((s for s in self.sides.reading.sentences if s.index == sentence.index - 1), None)
        if before is None:
            return ()
        for at in range(*before.tokens):
            other = self.tokens[at]
            if other.lemma == deal.lemma and other.pos == deal.pos:
                subject = next(
                    (t for a in self.tree.ancestors(at) if a.pos == "VERB" and (t := self.tree.subject(a.index))), None
                )
                group = self.sides.group(subject, before, stop=at) if subject is not None else ()
                return group if self.clauses.plural(group) else ()
        return ()

    def _deal(self, token: Token, verb: ContactVerb) -> Token | None:
        """The agreement that a verb signs: its object, its passive subject, or what follows "to" or "on"."""
        above = self.tokens[token.head]
        scheduled = self.tree.children(above.index, "nsubjpass") if token.dep == "xcomp" and self.clauses.passive(token) else ()
        child: Token
        for child in (*self.tree.children(token.index), *scheduled):
            if child.dep in _OBJECTS and child.lemma.casefold() in verb.objects:
                return child
            if child.dep == "prep" and child.text.casefold() in {"to", "on"} and token.lemma in {"commit", "agree"}:
                noun: Token | None = next(self.tree.children(child.index, "pobj"), None)
                if noun is not None and noun.lemma.casefold() in verb.objects | {"plan"}:
                    return noun
        whose = token.dep == "relcl" or (token.dep == "acl" and token.tag == "VBN")  # "the treaty (that was) signed by X and Y"
        return above if whose and above.lemma.casefold() in verb.objects else None

    def _between(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        for child in self.tree.children(token.index, "prep"):
            if child.text.casefold() in {"between", "by", "with"}:
                return self.sides.after(child.index, sentence)
        return ()
