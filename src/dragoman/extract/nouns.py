"""Contacts told by nouns: "a meeting with X", "X's call with Y", "talks between X and Y", "the U.S.-Russia dialogue"."""

from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frames import Frame
from dragoman.extract.sides import Sides, expand, is_person_like
from dragoman.extract.verbs import VerbFinder
from dragoman.knowledge.contacts import ContactLexicon, ContactNoun
from dragoman.knowledge.words import word_set
from dragoman.read.reading import MentionKind, Sentence

_POINTING = frozenset({"the", "this", "that", "these", "those"})
_OPENING = frozenset({"during", "at", "after", "following", "in"})
_BACK = word_set("prep pobj dobj pcomp attr conj nsubj nsubjpass oprd advcl agent acl xcomp ccomp appos")


class NounFinder:
    """Reads frames off the nouns of one reading."""

    def __init__(self, sides: Sides, verbs: VerbFinder, lexicon: ContactLexicon) -> None:
        self._sides = sides
        self._verbs = verbs
        self._tree = sides.tree
        self._tokens = sides.tokens
        self._lexicon = lexicon

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self._tokens[at]
            if token.pos not in {"NOUN", "PROPN"} or self._sides.at(at) is not None:
                continue
            noun = next(iter(self._lexicon.nouns.get(token.lemma.casefold(), ())), None)
            if (
                noun is None
                or not self._worded(token, noun)
                or (noun.plural and token.tag not in {"NNS", "NNPS"})
                or not self._fits(token, noun)
            ):
                continue
            frame = self._frame(token, noun, sentence)
            if frame is not None:
                yield frame

    def _worded(self, token: Token, noun: ContactNoun) -> bool:
        if noun.not_with and any(t.lemma.casefold() in noun.not_with for t in self._tree.children(token.index)):
            return False
        below = {word for t in self._tree.children(token.index) for word in (t.text.casefold(), t.lemma.casefold())}
        return not noun.with_words or bool(noun.with_words & below)

    def _fits(self, token: Token, noun: ContactNoun) -> bool:
        if token.lemma.casefold() == "call" and {t.text.casefold() for t in self._tree.children(token.index, "prep")} == {"for"}:
            return False  # "their call for the rule of law"
        if not noun.of:
            return token.dep != "compound" or token.tag.startswith("NNP")
        of = next((t for t in self._tree.children(token.index, "prep") if t.text.casefold() == "of"), None)
        what = next(self._tree.children(of.index, "pobj"), None) if of else None
        return what is not None and what.lemma.casefold() in noun.of

    def _frame(self, token: Token, noun: ContactNoun, sentence: Sentence) -> Frame | None:
        factuality = factuality_of(self._tree, token, self._lexicon.words)
        if factuality is None:
            return None
        own = self._owner(token, sentence)
        if noun.type in {EngagementType.VISIT, EngagementType.LETTER}:
            read = self._visit if noun.type is EngagementType.VISIT else self._letter
            return read(token, sentence, factuality, own)
        first, second = (
            own,
            self._behind(token, sentence, ("with",)) or self._guests(token, sentence) or self._callers(token, noun, sentence),
        )
        between = self._behind(token, sentence, ("between", "among", "of")) or self._joined(token)
        if len(between) >= 2 and not second:
            first, second = between, ()
        if second and not first:
            first = self._subject(token, sentence)
        if not second and not between and not self._plural(first):
            first, factuality = self._held_by(token, sentence, factuality)
        if not first and not second:
            first = self._named_event(token, noun, sentence) or self._known_sides(token, noun, sentence)
        if not (first and second) and not self._plural(first):
            return None
        if len(between) >= 2 and not own and self._only_named(token, noun):
            return None
        if noun.person_needed and not any(is_person_like(self._sides.mention(i)) for i in second or first):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=noun.type,
            factuality=factuality,
            first=first,
            second=second,
            hosts=self._hosts(token, sentence),
            unsure=noun.unsure,
            definite=self._definite(token),
            separate=any(t.text.casefold() in self._lexicon.words.separate for t in self._tree.children(token.index)),
            remote=any(self._tokens[i].text.casefold() in self._lexicon.words.remote for i in range(*sentence.tokens)),
            nominal=True,
            bare=self._in_passing(token),
            rule=f"noun:{token.lemma}",
        )

    def _callers(self, token: Token, noun: ContactNoun, sentence: Sentence) -> tuple[int, ...]:
        """Who is behind "from" of a call that somebody got: "received a telephone call from X"."""
        received = token.dep == "dobj" and self._tokens[token.head].lemma in {"receive", "get", "take"}
        return self._behind(token, sentence, ("from",)) if received and noun.type is EngagementType.CALL else ()

    def _in_passing(self, token: Token) -> bool:
        """Such as "since their joint meeting in March", "after their last talks"."""
        temporal = self._tokens[token.head].text.casefold() in {"since", "after", "following", "before"}
        return temporal and any(t.text.casefold() == "their" for t in self._tree.children(token.index, "poss"))

    def _only_named(self, token: Token, noun: ContactNoun) -> bool:
        """Whether several contacts are named in general: "support for conversations between X and Y" tells of none of its own."""
        return noun.unsure and token.tag == "NNS" and not self._held(token)

    def _visit(self, token: Token, sentence: Sentence, factuality: Factuality, own: tuple[int, ...]) -> Frame | None:
        hosts = self._behind(token, sentence, ("to",))
        capital = tuple(i for i in self._modifiers(token) if self._sides.mention(i) is not None and i not in own)
        travellers = tuple(
            i
            for i in own or self._behind(token, sentence, ("by", "of")) or self._subject(token, sentence)
            if is_person_like(self._sides.mention(i))
        )
        hosts = tuple(
            i
            for i in (hosts or self._next_to(travellers, sentence) or capital)
            if self._sides.mention(i).kind in {MentionKind.ACTOR, MentionKind.PLACE, MentionKind.PERSON, MentionKind.OFFICE}
        )
        if not travellers or not hosts:
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=EngagementType.VISIT,
            factuality=factuality,
            first=travellers,
            second=hosts,
            definite=self._definite(token),
            nominal=True,
            rule=f"noun:{token.lemma}",
        )

    def _next_to(self, travellers: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """Who is behind a "to" right after the travellers: "criticised the visit of X to Y"."""
        at = self._sides.mention(travellers[-1]).tokens[1] if travellers else sentence.tokens[1]
        ahead = at < sentence.tokens[1] and self._tokens[at].text.casefold() == "to"
        return self._sides.after(at, sentence) if ahead else ()

    def _letter(self, token: Token, sentence: Sentence, factuality: Factuality, own: tuple[int, ...]) -> Frame | None:
        writers = own or self._behind(token, sentence, ("from", "by")) or self._modifiers(token)
        readers = self._behind(token, sentence, ("to",))
        verb = self._tokens[token.head]
        words = self._lexicon.words
        if not own and verb.lemma in words.send and (senders := self._close_behind(verb, token, sentence)):
            writers = senders
        if readers and not writers and (verb.lemma in words.send or verb.text.casefold() == "in"):
            writers = self._subject(token, sentence)
        if not readers and verb.lemma in words.receive and token.dep == "dobj":
            readers = self._subject(verb, sentence)
        if not readers and verb.lemma in words.send and token.dep in {"dobj", "nsubjpass"}:
            writers = writers or self._verbs.subject(verb, sentence)
            readers = self._receivers(verb, sentence)
        if not readers:
            clause = next((t for t in self._tree.children(token.index, "acl") if t.lemma in words.send), None)
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
        source = next((t for t in self._tree.children(verb.index, "prep") if t.index == token.index + 1), None)
        return self._sides.after(source.index, sentence) if source is not None and source.text.casefold() == "from" else ()

    def _receivers(self, verb: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who is behind "to" or "with" of a verb of sending."""
        preps = (t for t in self._tree.children(verb.index, "prep", "dative") if t.text.casefold() in {"to", "with"})
        return next((self._sides.after(t.index, sentence) for t in preps), ())

    def _owner(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """The possessor: "Biden's meeting", "his conversation", "their joint meeting"."""
        for child in self._tree.children(token.index, "poss"):
            index = self._sides.at(child.index)
            if index is not None:
                return self._sides.chain_before(self._sides.mention(index).tokens[1], sentence) or (index,)
            if child.text.casefold() == "their" and token.dep != "dobj":
                return self._they(child.index, sentence)
        return ()

    def _they(self, token: int, sentence: Sentence) -> tuple[int, ...]:
        """The persons last named together before "their"."""
        before = [(i, m) for i, m in self._sides.reading.mentions_in(sentence) if m.tokens[1] <= token]
        groups = [i for i, m in before if m.kind is MentionKind.GROUP]
        if groups:
            return (groups[-1],)
        people = [i for i, m in before if is_person_like(m)]
        return tuple(people[-2:]) if len(people) >= 2 else ()

    def _guests(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """For whom a dinner is given: "hosted a dinner for X"."""
        verb = self._tokens[token.head]
        if token.dep != "dobj" or verb.lemma not in {"host", "give", "hold"}:
            return ()
        found = next(
            (self._sides.after(t.index, sentence) for t in self._tree.children(token.index, "prep") if t.text == "for"), ()
        )
        return tuple(i for i in found if is_person_like(self._sides.mention(i)))

    def _behind(self, token: Token, sentence: Sentence, prepositions: tuple[str, ...]) -> tuple[int, ...]:
        """The chain behind a preposition of the noun, or of the verb that holds it ("talks were held between")."""
        found: list[int] = []
        holders = [token]
        if token.dep in {"nsubjpass", "dobj", "nsubj"} and self._tokens[token.head].lemma in (
            self._lexicon.words.light | self._lexicon.words.fail
        ):
            holders.append(self._tokens[token.head])
        for holder in holders:
            for child in self._tree.children(holder.index, "prep", "agent", "dative"):
                if child.text.casefold() in prepositions and child.index > token.index - 1:
                    found.extend(i for i in self._sides.after(child.index, sentence) if i not in found)
        if not found and prepositions[0] in {"with", "between"}:
            for at in range(token.index + 1, min(token.index + 6, sentence.tokens[1])):
                word = self._tokens[at]
                if word.text.casefold() in prepositions and word.text.casefold() != "of":
                    found.extend(self._sides.after(at, sentence))
                    break
                if word.pos in {"VERB", "AUX", "PUNCT"}:
                    break
        return tuple(found)

    def _joined(self, token: Token) -> tuple[int, ...]:
        """Two actors before the noun: "U.S.-Russia talks", "Turkish-Qatari discussions", "Israel-Hamas negotiations"."""
        found = tuple(i for i in self._modifiers(token) if self._sides.mention(i).kind is not MentionKind.PLACE)
        return found if len({m.actor.key for i in found if (m := self._sides.mention(i)).actor}) >= 2 else ()

    def _modifiers(self, token: Token) -> tuple[int, ...]:
        """Actors among the words that directly precede the noun."""
        found: list[int] = []
        at = token.index - 1
        while at >= 0:
            index = self._sides.at(at)
            if index is not None:
                found.insert(0, index)
                at = self._sides.mention(index).tokens[0] - 1
            elif self._tokens[at].text in {"-", "–", "/", "and"} or (
                self._tokens[at].pos in {"ADJ", "NOUN", "PROPN"} and at > token.index - 4
            ):
                at -= 1
            else:
                break
        return tuple(dict.fromkeys(found))

    def _subject(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who holds the contact that a noun names.

        The subject of a verb above it ("held talks with", "during a meeting with"), or the possessor of a noun above it ("Ruiz's
        participation in the dialogue with").
        """
        above = token
        for _ in range(8):
            if above.pos in {"VERB", "AUX"} and (subject := self._verbs.subject(above, sentence)):
                return subject
            if above is not token and above.pos in {"NOUN", "PROPN"} and (owner := self._owner(above, sentence)):
                return owner
            if above.head == above.index or above.dep not in _BACK:
                return ()
            above = self._tokens[above.head]
        return ()

    def _held_by(self, token: Token, sentence: Sentence, factuality: Factuality) -> tuple[tuple[int, ...], Factuality]:
        """Both sides as subject of "held a meeting", "return to talks" or of what "during a meeting" opens; and how real."""
        above = self._tokens[token.head]
        if token.dep == "pobj" and above.dep == "prep" and above.index < self._tokens[above.head].index:
            verb = self._tokens[above.head]
            opens = above.text.casefold() in _OPENING and verb.pos == "VERB" and not self._definite(token)
            people = (
                tuple(i for i in self._verbs.subject(verb, sentence) if is_person_like(self._sides.mention(i))) if opens else ()
            )
            return (people if self._plural(people) else ()), factuality
        light = next((t for t in self._before(token, sentence) if t.pos == "VERB"), None)
        if light is None or light.lemma not in self._lexicon.words.light:
            return (), factuality
        return self._verbs.subject(light, sentence), factuality_of(self._tree, light, self._lexicon.words) or factuality

    def _held(self, token: Token) -> bool:
        """Whether a verb says that the contact was held, or when it was."""
        verb = self._tokens[token.head]
        told = self._lexicon.words.light | self._lexicon.words.fail
        return verb.lemma in told and verb.pos in {"VERB", "AUX"} and token.dep in {"dobj", "nsubj", "nsubjpass"}

    def _before(self, token: Token, sentence: Sentence) -> Iterator[Token]:
        """The words before a token, nearest first, up to a clause's edge."""
        for at in range(token.index - 1, max(sentence.tokens[0], token.index - 12) - 1, -1):
            if self._tokens[at].text in {",", ";", ":", "—", "–"}:
                return
            yield self._tokens[at]

    def _named_event(self, token: Token, noun: ContactNoun, sentence: Sentence) -> tuple[int, ...]:
        """The persons of a sentence that places them at a named conference or summit: "At the Geneva Conference, A and B ..."."""
        if noun.type is not EngagementType.MULTILATERAL or not token.tag.startswith("NNP") or token.dep != "pobj":
            return ()
        above = self._tokens[token.head]
        if above.text.casefold() == "of" and self._tokens[above.head].lemma in {
            "conclusion",
            "end",
            "opening",
            "close",
            "start",
            "beginning",
        }:
            above = self._tokens[self._tokens[above.head].head]
        if above.text.casefold() not in {"at", "during"}:
            return ()
        people = tuple(i for i, m in self._sides.reading.mentions_in(sentence) if m.person is not None)
        return people if self._plural(people) else ()

    def _known_sides(self, token: Token, noun: ContactNoun, sentence: Sentence) -> tuple[int, ...]:
        """The sides of talks told without them ("last week's talks in Cairo failed"): those last named as "between A and B"."""
        verb = self._tokens[token.head]
        told = token.dep in {"nsubj", "nsubjpass"} and verb.lemma in self._lexicon.words.fail
        dated = any(t.dep == "poss" and t.ent == "DATE" for t in self._tree.children(token.index))
        if noun.type is not EngagementType.TALKS_ROUND or not (told or dated) or self._definite(token):
            return ()
        for at in range(token.index, -1, -1):
            if self._tokens[at].text.casefold() == "between":
                where = next((s for s in self._sides.reading.sentences if s.tokens[0] <= at < s.tokens[1]), sentence)
                found = tuple(i for i in self._sides.after(at, where) if self._sides.mention(i).kind is MentionKind.ACTOR)
                if self._plural(found):
                    return found
        return ()

    def _plural(self, group: tuple[int, ...]) -> bool:
        """Whether mentions stand for at least two actors."""
        return len({m.actor.key for m in expand(self._sides.reading, group) if m.actor}) >= 2

    def _hosts(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who hosts: "hosted by X"."""
        for verb in self._tree.children(token.index, "acl", "relcl"):
            if verb.lemma in {"host", "convene", "organize", "organise"}:
                by = next(self._tree.children(verb.index, "agent"), None)
                if by is not None:
                    return self._sides.after(by.index, sentence)
        return ()

    def _definite(self, token: Token) -> bool:
        return any(t.text.casefold() in _POINTING for t in self._tree.children(token.index, "det"))
