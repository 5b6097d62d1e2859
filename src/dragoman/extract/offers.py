"""Offers to mediate, host, facilitate or guarantee: "an offer to mediate", "stands ready to host talks"."""

from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality, Role
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.knowledge.words import word_set
from dragoman.read.reading import Sentence

_SERVICES = {
    "mediate": Role.MEDIATOR,
    "mediation": Role.MEDIATOR,
    "mediator": Role.MEDIATOR,
    "broker": Role.MEDIATOR,
    "facilitate": Role.FACILITATOR,
    "facilitator": Role.FACILITATOR,
    "host": Role.HOST,
    "guarantor": Role.GUARANTOR,
    "guarantee": Role.GUARANTOR,
    "office": Role.MEDIATOR,
}
_MAKING_OFFERS = word_set(
    "be have make extend renew repeat reiterate table submit put express voice signal declare announce state confirm show "
    "reaffirm"
)
_OFFERS = word_set("offer propose volunteer ready willing willingness readiness proposal prepared")


class OfferFinder(FrameReader):
    """Reads frames of offers off one reading."""

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self.tokens[at]
            role = _SERVICES.get(token.lemma.casefold())
            frame = self._offer(token, role, sentence) if role else None
            if frame is not None:
                yield frame

    def _offer(self, token: Token, role: Role, sentence: Sentence) -> Frame | None:
        """An explicit offer to mediate, host, facilitate or guarantee."""
        offer = self._offering(token)
        if offer is None or (token.lemma == "office" and self.tokens[token.index - 1].text.casefold() != "good"):
            return None
        verb = offer if offer.pos in {"VERB", "AUX"} else self._verb_above(offer)
        first = tuple(i for t in self.tree.children(offer.index, "poss") if (i := self.sides.at(t.index)) is not None)
        owned = bool(first)  # "X rejected Y's offer" denies no offer
        if not first and verb is not None and (offer.pos != "NOUN" or verb.lemma.casefold() in _MAKING_OFFERS):
            first = self.clauses.subject(verb, sentence)
        second = self._addressees(token, offer, sentence)
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

    def _offering(self, token: Token) -> Token | None:
        """The word of offering above a service, at most four steps up."""
        above = token
        for _ in range(4):
            if above.head == above.index:
                return None
            above = self.tokens[above.head]
            if above.lemma.casefold() in _OFFERS:
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
            word = self.tokens[at].text.casefold()
            if word in {"between", "among"} or (word == "to" and self.tokens[at].pos == "ADP"):
                found = self.sides.after(at, sentence)
                if found:
                    return found
            if word == "behalf" and at + 1 < sentence.tokens[1]:
                return self.sides.after(at + 1, sentence)
        return ()
