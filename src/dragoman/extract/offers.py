"""Offers to mediate, host, facilitate or guarantee: "an offer to mediate", "stands ready to host talks"."""

from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality, Role
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.read.reading import Sentence

_HELPING = frozenset({"help", "support", "assist"})
"""Services that are offered to the sides themselves."""


class OfferFinder(FrameReader):
    """Reads frames of offers off one reading."""

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self.tokens[at]
            role = self.lexicon.services.get(token.lemma.casefold())
            frame = self._offer(token, role, sentence) if role else None
            if frame is not None:
                yield frame

    def _offer(self, token: Token, role: Role, sentence: Sentence) -> Frame | None:
        """An explicit offer to mediate, host, facilitate or guarantee."""
        offer = self._offering(token)
        if offer is None or not self._between_others(token):
            return None
        verb = offer if offer.pos in {"VERB", "AUX"} else self._verb_above(offer)
        first = self._whose(offer)
        owned = bool(first)  # "X rejected Y's offer" denies no offer
        if verb is not None and (offer.pos != "NOUN" or verb.lemma.casefold() in self.lexicon.words.make_offer):
            makers = self.clauses.subject(verb, sentence)
            first = makers if not first or self._speak_for(makers, first) else first
        second = self._helped(token, sentence) if token.lemma in _HELPING else self._addressees(token, offer, sentence)
        answered = offer.dep == "dobj" and verb is not None and verb.lemma.casefold() not in self.lexicon.words.make_offer
        if answered and owned and verb is not None:  # "Y rejected X's offer to mediate with Z"
            second = tuple(dict.fromkeys((*self.clauses.subject(verb, sentence), *second)))
        second = tuple(i for i in second if i not in first)
        if not first or not second:
            return None
        factuality = factuality_of(self.tree, offer, self.lexicon.words)
        if factuality is None or (factuality is Factuality.DENIED and not owned):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=offer.index,
            type=EngagementType.MEDIATION_OFFER,
            factuality=Factuality.OCCURRED,
            first=first,
            second=second,
            roles=tuple((i, role) for i in first),
            rule=f"offer:{token.lemma}",
        )

    def _between_others(self, token: Token) -> bool:
        """Whether a service is one between others: "good offices", a guarantee that is no loan's, help towards peace."""
        before = self.tokens[token.index - 1].text.casefold() if token.index else ""
        if token.lemma in _HELPING:
            return any(self.tokens[i].lemma.casefold() in self.lexicon.words.help_with for i in self.tree.subtree(token.index))
        return before == "good" if token.lemma == "office" else before not in self.lexicon.words.lend

    def _whose(self, offer: Token) -> tuple[int, ...]:
        """Whose offer it is: "Oman's offer", "the readiness of Oman", "U.S. readiness"."""
        found = [i for t in self.tree.children(offer.index, "poss") if (i := self.sides.at(t.index)) is not None]
        if not found and offer.pos == "NOUN":
            modifiers = self.clauses.modifiers(offer)
            of = next((t for t in self.tree.children(offer.index, "prep") if t.text.casefold() in {"of", "by", "from"}), None)
            behind = next(self.tree.children(of.index, "pobj"), None) if of is not None else None
            owner = self.sides.at(behind.index) if behind is not None else None
            found = [*modifiers[-1:], *([owner] if owner is not None else [])]
        return tuple(found)

    def _speak_for(self, makers: tuple[int, ...], owners: tuple[int, ...]) -> bool:
        """Whether those who state an offer represent those whose it is."""
        ours = {actor.key for i in makers if (actor := self.sides.mention(i).actor)}
        return bool(ours) and ours == {actor.key for i in owners if (actor := self.sides.mention(i).actor)}

    def _helped(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The sides of a dispute that are to be helped ("to help X and Y find peace"); one alone is not brought together."""
        for at in range(token.index + 1, min(token.index + 4, sentence.tokens[1])):
            if self.sides.at(at) is not None:
                found = self.sides.after(at - 1, sentence)
                return found if self.clauses.plural(found) else ()
        return ()

    def _offering(self, token: Token) -> Token | None:
        """The word of offering above a service, at most four steps up."""
        above = token
        for _ in range(4):
            if above.head == above.index or (above.dep == "advcl" and self.tree.has(above.index, "nsubj")):
                return None  # "stated its readiness to help X as Y hosts the summit"
            above = self.tokens[above.head]
            if above.lemma.casefold() in self.lexicon.words.offer:
                return above
        return None

    def _verb_above(self, noun: Token) -> Token | None:
        above = noun
        for _ in range(3):
            above = self.tokens[above.head]
            if above.pos in {"VERB", "AUX"}:
                return above
        return None

    def _addressees(self, token: Token, offer: Token, sentence: Sentence) -> tuple[int, ...]:
        """Behind "between", "to", "on behalf of" or "for", anywhere after the service or the offer."""
        start = min(token.index, offer.index)
        for at in range(start, sentence.tokens[1]):
            if self._brings_in_sides(self.tokens[at], token) and (found := self.sides.after(at, sentence)):
                return found
            if self.tokens[at].text.casefold() == "behalf" and at + 1 < sentence.tokens[1]:
                return self.sides.after(at + 1, sentence)
        return ()

    def _brings_in_sides(self, preposition: Token, service: Token) -> bool:
        """Whether a preposition names the sides: "between", "a go-between for", "a meeting of"."""
        word = preposition.text.casefold()
        if word == "of":
            return self.tokens[preposition.index - 1].lemma.casefold() in self.lexicon.nouns
        if word == "for":
            return preposition.index == service.index + 1 and service.dep in {"pobj", "attr"}
        return word in {"between", "among", "with"} or (word == "to" and preposition.pos == "ADP")
