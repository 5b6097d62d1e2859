"""Agreements told by nouns: "the ceasefire between X and Y", "the EU-brokered truce"."""

from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind, EngagementType, Factuality
from dragoman.extract.clauses import Clauses
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.knowledge.contacts import ContactLexicon
from dragoman.read.reading import Sentence


class DealFinder(FrameReader):
    """Reads frames of agreements off one reading."""

    def __init__(self, clauses: Clauses, lexicon: ContactLexicon) -> None:
        super().__init__(clauses, lexicon)
        self._deals = next(v.objects for v in lexicon.verbs["sign"] if v.objects)

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self.tokens[at]
            deal = token.lemma.casefold() in self._deals and token.pos in {"NOUN", "PROPN"}
            frame = self._deal(token, sentence) if deal else None
            if frame is not None:
                yield frame

    def _deal(self, token: Token, sentence: Sentence) -> Frame | None:
        """An agreement between named sides that the wording treats as made."""
        parties = self._between(token, sentence) if self._in_force(token) else ()
        parties = parties or self._around_brokered(token, sentence)
        theatre = self._theatre(token, sentence) if len(parties) < 2 else ()
        factuality = factuality_of(self.tree, token, self.lexicon.words)
        if (len(parties) < 2 and not theatre) or factuality is not Factuality.OCCURRED:
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.AGREEMENT_SIGNING,
            factuality=factuality,
            first=theatre or parties,
            nominal=True,
            partial=bool(theatre),
            rule=f"noun:{token.lemma} {'in' if theatre else 'between'}",
        )

    def _theatre(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The state in whose war a truce is that names no sides: "the truce in Yemen"."""
        if token.lemma.casefold() not in self.lexicon.words.truce or not self._in_force(token):
            return ()
        above = self.tokens[self.tokens[token.head].head]  # "the extension of the truce in Yemen"
        found = self.clauses.behind(token, {"in"}, sentence) or self.clauses.behind(above, {"in"}, sentence)
        states = [i for i in found if (actor := self.sides.mention(i).actor) and actor.kind is ActorKind.STATE]
        return tuple(states) if len(found) == len(states) == 1 else ()

    def _between(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        between = next((t for t in self.tree.children(token.index, "prep") if t.text.casefold() in {"between", "among"}), None)
        return self.sides.after(between.index, sentence) if between is not None else ()

    def _around_brokered(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The only two other actors of a sentence that names a "Y-brokered" deal without its sides."""
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
            return True
        below = {t.lemma.casefold() for t in self.tree.children(token.index, "acl", "relcl", "amod")}
        return above.lemma.casefold() in words.in_force or bool(below & words.in_force)
