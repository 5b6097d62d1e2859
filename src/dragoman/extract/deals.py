"""Agreements and offers told by nouns: "the ceasefire between X and Y", "the EU-brokered truce", "an offer to mediate"."""

from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality, Role
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frames import Frame
from dragoman.extract.sides import Sides
from dragoman.extract.verbs import VerbFinder
from dragoman.knowledge.contacts import ContactLexicon
from dragoman.knowledge.words import word_set
from dragoman.read.reading import Sentence

_IN_FORCE = word_set(
    "secure reach sign broker announce welcome conclude achieve clinch hold implement violate defy breach negotiate "
    "mediate honor honour respect praise applaud commend facilitate strike guarantee extend take enter come begin "
    "sealed"
)
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


class DealFinder:
    """Reads frames of agreements and of offers to mediate off one reading."""

    def __init__(self, sides: Sides, verbs: VerbFinder, lexicon: ContactLexicon) -> None:
        self._sides = sides
        self._verbs = verbs
        self._tree = sides.tree
        self._tokens = sides.tokens
        self._lexicon = lexicon
        self._deals = next(v.objects for v in lexicon.verbs["sign"] if v.objects)

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self._tokens[at]
            lemma = token.lemma.casefold()
            if lemma in self._deals and token.pos in {"NOUN", "PROPN"}:
                frame = self._deal(token, sentence)
            elif lemma in _SERVICES:
                frame = self._offer(token, _SERVICES[lemma], sentence)
            else:
                frame = None
            if frame is not None:
                yield frame

    def _deal(self, token: Token, sentence: Sentence) -> Frame | None:
        """An agreement between named sides that the wording treats as made."""
        parties = self._between(token, sentence) if self._in_force(token) else ()
        parties = parties or self._around_brokered(token, sentence)
        factuality = factuality_of(self._tree, token, self._lexicon.words)
        if len(parties) < 2 or factuality is not Factuality.OCCURRED:
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.AGREEMENT_SIGNING,
            factuality=factuality,
            first=parties,
            nominal=True,
            rule=f"noun:{token.lemma} between",
        )

    def _between(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        between = next((t for t in self._tree.children(token.index, "prep") if t.text.casefold() in {"between", "among"}), None)
        return self._sides.after(between.index, sentence) if between is not None else ()

    def _around_brokered(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The only two other actors of a sentence that names a "Y-brokered" deal without its sides."""
        broker = next(
            (i for i in self._tree.subtree(token.index) if self._tokens[i].text.casefold() in {"brokered", "mediated"}), None
        )
        if broker is None or self._tokens[broker - 1].text not in {"-", "–"}:
            return ()
        mediator = self._sides.at(broker - 2)
        actors: dict[str, int] = {}
        for index, mention in self._sides.reading.mentions_in(sentence):
            if mention.actor is not None and index != mediator and not mention.locative:
                actors.setdefault(mention.actor.key, index)
        return tuple(actors.values()) if len(actors) == 2 else ()

    def _in_force(self, token: Token) -> bool:
        above = self._tokens[token.head]
        below = {t.lemma.casefold() for t in self._tree.children(token.index, "acl", "relcl", "amod")}
        return above.lemma.casefold() in _IN_FORCE or bool(below & _IN_FORCE)

    def _offer(self, token: Token, role: Role, sentence: Sentence) -> Frame | None:
        """An explicit offer to mediate, host, facilitate or guarantee."""
        offer = self._offering(token)
        if offer is None or (token.lemma == "office" and self._tokens[token.index - 1].text.casefold() != "good"):
            return None
        verb = offer if offer.pos in {"VERB", "AUX"} else self._verb_above(offer)
        first = tuple(i for t in self._tree.children(offer.index, "poss") if (i := self._sides.at(t.index)) is not None)
        owned = bool(first)  # "X rejected Y's offer" denies no offer
        if not first and verb is not None and (offer.pos != "NOUN" or verb.lemma.casefold() in _MAKING_OFFERS):
            first = self._verbs.subject(verb, sentence)
        second = self._addressees(token, offer, sentence)
        second = tuple(i for i in second if i not in first)
        if not first or not second:
            return None
        factuality = factuality_of(self._tree, offer, self._lexicon.words)
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
            above = self._tokens[above.head]
            if above.lemma.casefold() in _OFFERS:
                return above
        return None

    def _verb_above(self, noun: Token) -> Token | None:
        above = noun
        for _ in range(3):
            above = self._tokens[above.head]
            if above.pos in {"VERB", "AUX"}:
                return above
        return None

    def _addressees(self, token: Token, offer: Token, sentence: Sentence) -> tuple[int, ...]:
        """Behind "between", "to", "on behalf of" or "for", anywhere after the service or the offer."""
        start = min(token.index, offer.index)
        for at in range(start, sentence.tokens[1]):
            word = self._tokens[at].text.casefold()
            if word in {"between", "among"} or (word == "to" and self._tokens[at].pos == "ADP"):
                found = self._sides.after(at, sentence)
                if found:
                    return found
            if word == "behalf" and at + 1 < sentence.tokens[1]:
                return self._sides.after(at + 1, sentence)
        return ()
