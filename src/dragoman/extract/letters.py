"""Written contacts: "X's letter to Y", "sent Y a message", "the papers shared with Y"."""

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.read.reading import Sentence


class LetterReader(FrameReader):
    """Reads letters."""

    def by_noun(self, token: Token, sentence: Sentence, factuality: Factuality, own: tuple[int, ...]) -> Frame | None:
        """A letter, message or paper that a noun names; `own` are its possessors."""
        writers = own or self.behind(token, sentence, ("from", "by")) or self.clauses.modifiers(token)
        readers = self.behind(token, sentence, ("to",))
        verb = self.tokens[token.head]
        words = self.lexicon.words
        if not own and verb.lemma in words.send and (senders := self._close_behind(verb, token, sentence)):
            writers = senders
        if readers and not writers and (verb.lemma in words.send or verb.text.casefold() == "in"):
            writers = self.clauses.holder(token, sentence)
        if not readers and verb.lemma in words.receive and token.dep == "dobj":
            readers = self.clauses.holder(verb, sentence)
        if not readers and verb.lemma in words.send and token.dep in {"dobj", "nsubjpass"}:
            writers = writers or self.clauses.subject(verb, sentence)
            readers = self._receivers(verb, sentence)
        if not readers:
            clause = next((t for t in self.tree.children(token.index, "acl") if t.lemma in words.send), None)
            readers = self._receivers(clause, sentence) if clause is not None else ()
        if not readers:
            clause = next((t for t in self.tree.children(token.index, "relcl") if t.lemma in words.send), None)
            writers = self.clauses.subject(clause, sentence) if clause is not None else writers
            readers = self._receivers(clause, sentence) if clause is not None else ()
        if not writers or not readers:
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.LETTER,
            factuality=factuality,
            first=writers,
            second=readers,
            nominal=True,
            rule=f"noun:{token.lemma}",
        )

    def _close_behind(self, verb: Token, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who is behind a "from" right after the noun that the parser hung on the verb: "handed a message from X to Y"."""
        source = next((t for t in self.tree.children(verb.index, "prep") if t.index == token.index + 1), None)
        return self.sides.after(source.index, sentence) if source is not None and source.text.casefold() == "from" else ()

    def _receivers(self, verb: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who is behind "to" or "with" of a verb of sending."""
        preps = (t for t in self.tree.children(verb.index, "prep", "dative") if t.text.casefold() in {"to", "with"})
        return next((self.sides.after(t.index, sentence) for t in preps), ())
