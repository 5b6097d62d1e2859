"""What the readers of contact words share: the reading's clauses, the lexicon, and how a frame is made."""

from collections.abc import Sequence

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.clauses import Clauses
from dragoman.extract.factuality import factuality_of
from dragoman.knowledge.contacts import ContactLexicon
from dragoman.read.reading import Sentence

_BY_VIDEO = frozenset({"virtual", "virtually", "video", "online"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})


class FrameReader:
    """Reads one kind of contact off the words of one reading."""

    def __init__(self, clauses: Clauses, lexicon: ContactLexicon) -> None:
        self.clauses = clauses
        self.sides = clauses.sides
        self.tree = clauses.tree
        self.tokens = clauses.tokens
        self.lexicon = lexicon

    def definite(self, noun: Token) -> bool:
        """Whether a noun points back: "the meeting", "this agreement"."""
        return any(t.text.casefold() in _POINTING for t in self.tree.children(noun.index, "det"))

    def broken(self, deal: Token) -> bool:
        """Whether an agreement is said to be broken or to have fallen through: "the truce collapsed", "broke the truce"."""
        above = self.tokens[deal.head]
        if above.text.casefold() == "of" and deal.dep == "pobj":
            return self.tokens[above.head].lemma.casefold() in self.lexicon.words.collapse
        verbs = [above] if deal.dep in {"nsubj", "nsubjpass", "dobj"} and above.pos == "VERB" else []
        verbs += [t for v in verbs for t in self.tree.children(v.index, "conj")]
        verbs += [t for t in self.tree.children(deal.index, "relcl") if self.tree.has(t.index, "nsubj")]
        return any(self._breaks(verb) for verb in verbs)

    def _breaks(self, verb: Token) -> bool:
        """Whether a verb in the indicative tells of a breach or an end: "collapsed", "broke down", "has fallen apart"."""
        words = self.lexicon.words
        real = factuality_of(self.tree, verb, words) is Factuality.OCCURRED
        apart = any(t.text.casefold() in {"down", "apart", "through"} for t in self.tree.children(verb.index, "prt", "advmod"))
        whole = verb.lemma.casefold() in words.collapse and not (verb.lemma == "break" and not self.tree.has(verb.index, "dobj"))
        return real and (whole or (apart and verb.lemma.casefold() in {"break", "fall"}))

    def separate(self, word: Token) -> bool:
        """Whether sides met each one apart: "separately", "separate meetings"."""
        return any(t.text.casefold() in self.lexicon.words.separate for t in self.tree.children(word.index))

    def remote(self, sentence: Sentence) -> bool:
        """Whether a sentence says that a contact was by phone or video."""
        return any(self.tokens[i].text.casefold() in self.lexicon.words.remote for i in range(*sentence.tokens))

    def in_mode(self, word: Token, type_: EngagementType) -> EngagementType:
        """The type of a contact, a call where its word is said to be by video: "a virtual meeting", "met virtually"."""
        virtual = any(t.text.casefold() in _BY_VIDEO for t in self.tree.children(word.index))
        return EngagementType.CALL if virtual and type_ is EngagementType.MEETING else type_

    def others(self, token: Token, with_: Sequence[str], sentence: Sentence) -> tuple[int, ...]:
        """Mentions behind "with" (or "to"): all such phrases of the verb, or of its object."""
        found: list[int] = []
        below = [token, *self.tree.children(token.index, "dobj", "prep", "advmod", "npadvmod", "prt", "attr", "pobj", "conj")]
        below = [t for t in below if t.dep != "conj" or t.lemma.casefold() not in self.lexicon.verbs]  # "met X and spoke with Y"
        below += [t for child in below[1:] for t in self.tree.children(child.index, "prep", "pobj")]
        below += [t for child in below[1:] for t in self.tree.children(child.index, "prep")]
        preps = {
            t.index
            for t in below
            if t.dep in {"prep", "dative"}
            and t.text.casefold() in with_
            and t.index > token.index
            and not self._of_another_contact(t, token)
        }
        if not preps:
            preps = self._linear_with(token, with_, sentence)
        for prep in sorted(preps):
            found.extend(i for i in self.sides.after(prep, sentence) if i not in found)
        return tuple(found)

    def _of_another_contact(self, prep: Token, verb: Token) -> bool:
        """Whether a preposition belongs to a contact noun that is not the verb's object: "spoke a day after his call with X"."""
        noun = self.tokens[prep.head]
        return (
            (noun.lemma.casefold() in self.lexicon.nouns or noun.lemma == "interview")
            and noun.pos == "NOUN"
            and not (noun.dep == "dobj" and noun.head == verb.index)
        )

    def _linear_with(self, token: Token, with_: Sequence[str], sentence: Sentence) -> set[int]:
        """The first "with" after the verb, where no other verb comes between."""
        for at in range(token.index + 1, sentence.tokens[1]):
            word = self.tokens[at]
            if word.text.casefold() == "with" and "with" in with_:
                return set() if self._of_another_contact(word, token) else {at}
            if word.pos in {"VERB", "AUX"} or word.text in {";", ":"}:
                return set()
        return set()

    def behind(self, token: Token, sentence: Sentence, prepositions: tuple[str, ...]) -> tuple[int, ...]:
        """The chain behind a preposition of the noun, or of the verb that holds it ("talks were held between")."""
        found: list[int] = []
        holders = [token]
        if token.dep in {"nsubjpass", "dobj", "nsubj"} and self.tokens[token.head].lemma in (
            self.lexicon.words.light | self.lexicon.words.fail
        ):
            holders.append(self.tokens[token.head])
        holders += [t for t in self.tree.children(token.index, "acl") if t.tag == "VBN"]  # "talks scheduled for May between"
        if prepositions[0] == "between" and (involved := self._involved(token, sentence)):
            return involved
        for holder in holders:
            for child in self.tree.children(holder.index, "prep", "agent", "dative"):
                if child.text.casefold() in prepositions and child.index > token.index - 1:
                    found.extend(i for i in self.sides.after(child.index, sentence) if i not in found)
        if not found and prepositions[0] in {"with", "between"}:
            for at in range(token.index + 1, min(token.index + 6, sentence.tokens[1])):
                word = self.tokens[at]
                if word.text.casefold() in prepositions and word.text.casefold() != "of":
                    found.extend(self.sides.after(at, sentence))
                    break
                if word.pos in {"VERB", "AUX", "PUNCT"}:
                    break
        return tuple(found)

    def _involved(self, noun: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who takes part in "talks involving X, Y and Z", "a meeting that involved ministers from X and Y"."""
        for clause in self.tree.children(noun.index, "acl", "relcl"):
            if clause.lemma in {"involve", "include", "comprise"}:
                return self.object(clause, sentence)
        return ()

    def object(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The mentions that are a verb's object."""
        head = next(self.tree.children(token.index, "dobj", "dative"), None)
        group = self.sides.group(head, sentence) if head is not None else ()
        if group:  # the parser may take the last of several objects for the head
            before = self.sides.chain_before(self.sides.mention(group[0]).tokens[1], sentence)
            group = tuple(dict.fromkeys((*(i for i in before if self.sides.mention(i).tokens[0] > token.index), *group)))
        if not group and head is not None and head.lemma == "capital":  # "visited the Chilean capital of Santiago"
            near = (self.sides.at(i) for i in self.tree.subtree(head.index, without={"relcl", "acl", "prep"}))
            group = tuple(i for i in near if i is not None)[:1]
        if not group and (head is None or head.pos != "NOUN"):
            group = self.sides.after(token.index, sentence)
        return group
