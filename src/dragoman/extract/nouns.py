"""Contacts told by nouns: "a meeting with X", "X's call with Y", "talks between X and Y", "the U.S.-Russia dialogue"."""

from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind, EngagementType, Factuality, Setting
from dragoman.extract.clauses import Clauses
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.extract.gatherings import GatheringReader
from dragoman.extract.journeys import JourneyReader
from dragoman.extract.letters import LetterReader
from dragoman.extract.occasions import OccasionReader
from dragoman.extract.sides import is_person_like
from dragoman.knowledge.contacts import ContactLexicon, ContactNoun
from dragoman.read.reading import MentionKind, Sentence

_WITH_SEVERAL = frozenset({EngagementType.CALL, EngagementType.MEETING, EngagementType.MULTILATERAL})
_OPENING = frozenset({"during", "at", "after", "following", "in"})


class NounFinder(FrameReader):
    """Reads frames off the nouns of one reading."""

    def __init__(self, clauses: Clauses, lexicon: ContactLexicon) -> None:
        super().__init__(clauses, lexicon)
        self._journeys = JourneyReader(clauses, lexicon)
        self._letters = LetterReader(clauses, lexicon)
        self._occasions = OccasionReader(clauses, lexicon)
        self._gatherings = GatheringReader(clauses, lexicon)

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self.tokens[at]
            if token.pos not in {"NOUN", "PROPN"} or self.sides.at(at) is not None:
                continue
            noun = next(iter(self.lexicon.nouns.get(token.lemma.casefold(), ())), None)
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
        if noun.not_with and any(t.lemma.casefold() in noun.not_with for t in self.tree.children(token.index)):
            return False
        below = {word for t in self.tree.children(token.index) for word in (t.text.casefold(), t.lemma.casefold())}
        return not noun.with_words or bool(noun.with_words & below)

    def _fits(self, token: Token, noun: ContactNoun) -> bool:
        if token.lemma.casefold() == "call" and {t.text.casefold() for t in self.tree.children(token.index, "prep")} == {"for"}:
            return False  # "their call for the rule of law"
        if (
            token.lemma.casefold() == "consultation"
            and token.dep == "pobj"
            and self.tokens[token.index - 1].text.casefold() == "in"
        ):
            return False  # "in consultation with the minister" says how something is decided
        if not noun.of:
            return token.dep != "compound" or token.tag.startswith("NNP")
        of = next((t for t in self.tree.children(token.index, "prep") if t.text.casefold() == "of"), None)
        what = next(self.tree.children(of.index, "pobj"), None) if of else None
        return what is not None and what.lemma.casefold() in noun.of

    def _frame(self, token: Token, noun: ContactNoun, sentence: Sentence) -> Frame | None:
        factuality = factuality_of(self.tree, token, self.lexicon.words)
        if factuality is None:
            return None
        own = self._own(token, noun, sentence)
        if noun.type in {EngagementType.VISIT, EngagementType.LETTER}:
            read = self._journeys.by_noun if noun.type is EngagementType.VISIT else self._letters.by_noun
            return read(token, sentence, factuality, own)
        between = self.behind(token, sentence, ("between", "among", "of")) or self._joined(token)
        between = () if self._gatherings.only_bodies(between, members=True) else between
        if len(between) < 2:
            between = self._occasions.attending(token, noun.type, sentence) or between
        hosts = self._hosts(token, sentence)
        first, second = self._two_sides(token, noun, sentence, own, between, hosts)
        if not second and not between and not self.clauses.plural(first):
            first, factuality = self._held_by(token, sentence, factuality)
        if not first and not second:
            first = self._named_event(token, noun, sentence) or self._known_sides(token, noun, sentence)
        if first and not second and noun.type in _WITH_SEVERAL:
            second = self._occasions.listed(self._holding(token), first, sentence)
        if not (first and second) and not self.clauses.plural(first):
            return None
        if len(between) >= 2 and not own and self._only_named(token, noun):
            return None
        if noun.person_needed and not any(is_person_like(self.sides.mention(i)) for i in second or first):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=self._type(token, noun, second),
            factuality=factuality,
            first=first,
            second=second,
            hosts=hosts,
            unsure=noun.unsure,
            definite=self.definite(token),
            separate=self.separate(token),
            remote=self.remote(sentence),
            nominal=True,
            bare=self._in_passing(token) and sentence.setting is not Setting.TITLE,
            rule=f"noun:{token.lemma}",
        )

    def _type(self, token: Token, noun: ContactNoun, second: tuple[int, ...]) -> EngagementType:
        """As the noun says; several where an organisation gathers, a call where it is by video."""
        gathering = self._gatherings.only_bodies(second, members=True) and self._gatherings.gathers(token, noun)
        return EngagementType.MULTILATERAL if gathering else self.in_mode(token, noun.type)

    def _own(self, token: Token, noun: ContactNoun, sentence: Sentence) -> tuple[int, ...]:
        """Whose contact it is, with who joined it: "X joined Y's meeting with Z"."""
        own = tuple(i for i in self.clauses.owner(token, sentence) if self._known(i) and not self._are_members(i, noun))
        verb = self.tokens[token.head]
        joins = own and token.dep == "dobj" and verb.lemma == "join"
        return tuple(dict.fromkeys((*self.clauses.subject(verb, sentence), *own))) if joins else own

    def _holding(self, token: Token) -> Token:
        """The verb that holds a contact ("convened a call with allies"), else the noun."""
        verb = self.tokens[token.head]
        return verb if verb.pos == "VERB" else token

    def _known(self, index: int) -> bool:
        """Whether it is known whom a mention stands for; not "his" before its name: "since his summit with X, Y has"."""
        mention = self.sides.mention(index)
        return mention.actor is not None or mention.person is not None or bool(mention.members)

    def _are_members(self, index: int, noun: ContactNoun) -> bool:
        """Whether those who own a gathering are an organisation's leaders as such: "the G20 Leaders' Summit"."""
        mention = self.sides.mention(index)
        of_body = mention.actor is not None and mention.actor.kind is ActorKind.ORGANISATION and mention.person is None
        return noun.type is EngagementType.MULTILATERAL and of_body and (mention.plural or mention.kind is MentionKind.ACTOR)

    def _two_sides(
        self,
        token: Token,
        noun: ContactNoun,
        sentence: Sentence,
        own: tuple[int, ...],
        between: tuple[int, ...],
        hosts: tuple[int, ...],
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who met whom: the noun's owner or whoever holds it, and who is behind "with", "between" or "hosted by"."""
        second = self.behind(token, sentence, ("with",)) or self._guests(token, sentence) or self._callers(token, noun, sentence)
        if not second and len(between) < 2 and not own and (found := self._gatherings.of_joint_body(token, sentence)):
            return found, ()
        if len(between) >= 2 and not second:
            return between, ()
        if second and not own:
            return self.clauses.holder(token, sentence), second
        held = hosts and not own and not second and not between and self._gatherings.attended(token)
        if held and noun.type is EngagementType.MULTILATERAL:
            # "X will take part in the summit hosted by Y"
            people = tuple(i for i in self.clauses.holder(token, sentence) if is_person_like(self.sides.mention(i)))
            return people, tuple(i for i in hosts if i not in people) if people else ()
        if not own and not second and not between and self._gatherings.gathers(token, noun) and self._gatherings.attended(token):
            people = tuple(i for i in self.clauses.holder(token, sentence) if is_person_like(self.sides.mention(i)))
            return (people, self._gatherings.bodies(token)) if people else ((), ())
        return own, second

    def _callers(self, token: Token, noun: ContactNoun, sentence: Sentence) -> tuple[int, ...]:
        """Who is behind "from" of a call that somebody got: "received a telephone call from X"."""
        received = token.dep == "dobj" and self.tokens[token.head].lemma in {"receive", "get", "take"}
        return self.behind(token, sentence, ("from",)) if received and noun.type is EngagementType.CALL else ()

    def _in_passing(self, token: Token) -> bool:
        """Such as "since their joint meeting in March", "after their last talks"."""
        temporal = self.tokens[token.head].text.casefold() in {"since", "after", "following", "before"}
        return temporal and any(t.text.casefold() == "their" for t in self.tree.children(token.index, "poss"))

    def _only_named(self, token: Token, noun: ContactNoun) -> bool:
        """Whether several contacts are named in general: "support for conversations between X and Y" tells of none of its own."""
        return noun.unsure and token.tag == "NNS" and not self._held(token)

    def _guests(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """For whom a dinner is given: "hosted a dinner for X"."""
        verb = self.tokens[token.head]
        if token.dep != "dobj" or verb.lemma not in {"host", "give", "hold"}:
            return ()
        found = next(
            (self.sides.after(t.index, sentence) for t in self.tree.children(token.index, "prep") if t.text == "for"), ()
        )
        return tuple(i for i in found if is_person_like(self.sides.mention(i)))

    def _joined(self, token: Token) -> tuple[int, ...]:
        """Two actors before the noun: "U.S.-Russia talks", "Turkish-Qatari discussions", "Israel-Hamas negotiations"."""
        found = tuple(i for i in self.clauses.modifiers(token) if self.sides.mention(i).kind is not MentionKind.PLACE)
        if self._gatherings.only_bodies(found) and not self._held(token):
            return ()  # "the NATO-ISAF summit" is so called; nobody is said to have met
        return found if len({m.actor.key for i in found if (m := self.sides.mention(i)).actor}) >= 2 else ()

    def _held_by(self, token: Token, sentence: Sentence, factuality: Factuality) -> tuple[tuple[int, ...], Factuality]:
        """Both sides as subject of "held a meeting", "return to talks" or of what "during a meeting" opens; and how real."""
        above = self.tokens[token.head]
        if above.text.casefold() == "of" and self.tokens[above.head].text.casefold() == "ahead":
            return (), factuality  # what is done ahead of it is not done there
        if not self.definite(token) and (talking := self._occasions.told_on(token, sentence)):
            return talking, factuality
        if token.dep == "pobj" and above.dep == "prep" and above.index < self.tokens[above.head].index:
            verb = self.tokens[above.head]
            opens = above.text.casefold() in _OPENING and verb.pos == "VERB" and not self.definite(token)
            people = (
                tuple(i for i in self.clauses.subject(verb, sentence) if is_person_like(self.sides.mention(i))) if opens else ()
            )
            return (people if self.clauses.plural(people) else ()), factuality
        light = next((t for t in self._before(token, sentence) if t.pos == "VERB"), None)
        if light is None or light.lemma not in self.lexicon.words.light:
            return (), factuality
        return self.clauses.subject(light, sentence), factuality_of(self.tree, light, self.lexicon.words) or factuality

    def _held(self, token: Token) -> bool:
        """Whether a verb says that the contact was held, or when it was."""
        verb = self.tokens[token.head]
        told = self.lexicon.words.light | self.lexicon.words.fail
        return verb.lemma in told and verb.pos in {"VERB", "AUX"} and token.dep in {"dobj", "nsubj", "nsubjpass"}

    def _before(self, token: Token, sentence: Sentence) -> Iterator[Token]:
        """The words before a token, nearest first, up to a clause's edge."""
        for at in range(token.index - 1, max(sentence.tokens[0], token.index - 12) - 1, -1):
            if self.tokens[at].text in {",", ";", ":", "—", "–"}:
                return
            yield self.tokens[at]

    def _named_event(self, token: Token, noun: ContactNoun, sentence: Sentence) -> tuple[int, ...]:
        """The persons of a sentence that places them at a named conference or summit: "At the Geneva Conference, A and B ..."."""
        if noun.type is not EngagementType.MULTILATERAL or not token.tag.startswith("NNP") or token.dep != "pobj":
            return ()
        above = self.tokens[token.head]
        if above.text.casefold() == "of" and self.tokens[above.head].lemma in {
            "conclusion",
            "end",
            "opening",
            "close",
            "start",
            "beginning",
        }:
            above = self.tokens[self.tokens[above.head].head]
        if above.text.casefold() not in {"at", "during"}:
            return ()
        named = ((i, m) for i, m in self.sides.reading.mentions_in(sentence) if m.person is not None)
        people = tuple(i for i, m in named if self._in_main_clause(m.head))
        return people if self.clauses.plural(people) else ()

    def _in_main_clause(self, token: int) -> bool:
        """Whether a word is in no subordinate clause, in which others are only spoken of."""
        verbs = [t for t in self.tree.ancestors(token) if t.pos == "VERB"]
        return len(verbs) <= 1

    def _known_sides(self, token: Token, noun: ContactNoun, sentence: Sentence) -> tuple[int, ...]:
        """The sides of talks told without them ("last week's talks in Cairo failed"): those last named as "between A and B"."""
        verb = self.tokens[token.head]
        told = token.dep in {"nsubj", "nsubjpass"} and verb.lemma in self.lexicon.words.fail
        dated = any(t.dep == "poss" and t.ent == "DATE" for t in self.tree.children(token.index))
        if noun.type is not EngagementType.TALKS_ROUND or not (told or dated) or self.definite(token):
            return ()
        for at in range(token.index, -1, -1):
            if self.tokens[at].text.casefold() == "between":
                where = next((s for s in self.sides.reading.sentences if s.tokens[0] <= at < s.tokens[1]), sentence)
                found = tuple(i for i in self.sides.after(at, where) if self.sides.mention(i).kind is MentionKind.ACTOR)
                if self.clauses.plural(found):
                    return found
        return ()

    def _hosts(self, token: Token, sentence: Sentence) -> tuple[int, ...]:
        """Who hosts: "hosted by X"."""
        for verb in self.tree.children(token.index, "acl", "relcl"):
            if verb.lemma in {"host", "convene", "organize", "organise"}:
                by = next(self.tree.children(verb.index, "agent"), None)
                if by is not None:
                    return self.sides.after(by.index, sentence)
        return ()
