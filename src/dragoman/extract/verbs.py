"""Contacts told by verbs: "X met Y", "X spoke with Y", "X travelled to Z", "X and Y signed a ceasefire"."""

import re
from collections.abc import Iterator

from dragoman.core.parse import Token
from dragoman.core.vocab import EngagementType, Factuality
from dragoman.extract.clauses import Clauses
from dragoman.extract.factuality import factuality_of
from dragoman.extract.frame_reader import FrameReader
from dragoman.extract.frames import Frame
from dragoman.extract.journeys import JourneyReader
from dragoman.extract.occasions import OccasionReader
from dragoman.extract.sides import expand, is_person_like, is_visitor
from dragoman.extract.signings import SigningReader
from dragoman.knowledge.contacts import ContactLexicon, ContactVerb
from dragoman.read.reading import MentionKind, Sentence

_CLOCK = re.compile(r"[\[(]?\d{1,2}([:.]\d\d)?\s*([ap]\.?m\b|hours)", re.IGNORECASE)
_CLOCK_WORDS = 5
"""Words of a time of day that stands alone."""
_DEMANDING = frozenset({"for", "on", "upon"})


class VerbFinder(FrameReader):
    """Reads frames off the verbs of one reading."""

    def __init__(self, clauses: Clauses, lexicon: ContactLexicon) -> None:
        super().__init__(clauses, lexicon)
        self._journeys = JourneyReader(clauses, lexicon)
        self._signings = SigningReader(clauses, lexicon)
        self._occasions = OccasionReader(clauses, lexicon)

    def find(self, sentence: Sentence) -> Iterator[Frame]:
        """Frames of a sentence in text order."""
        for at in range(*sentence.tokens):
            token = self.tokens[at]
            if token.pos != "VERB" and (token.lemma != "be" or token.dep.startswith("aux")):
                continue
            for verb in self.lexicon.verbs.get(token.lemma.casefold(), ()):
                frame = self._frame(token, verb, sentence)
                if frame is not None:
                    yield frame
                    break

    def _frame(self, token: Token, verb: ContactVerb, sentence: Sentence) -> Frame | None:
        factuality = self._factuality(token, sentence)
        if factuality is None:
            return None
        if not self._worded(token, verb, sentence):
            return None
        if (verb.person_object and (self._names(token) or self._demands(token))) or self._plays(token):
            return None
        if verb.invitation:
            return self._journeys.by_invitation(token, verb, sentence)
        if verb.envoys:
            return self._journeys.by_sending(token, verb, sentence, factuality)
        if verb.to:
            return self._journeys.by_verb(token, verb, sentence, factuality)
        if verb.objects:
            return self._signings.by_verb(token, verb, sentence, factuality)
        return self._contact(token, verb, sentence, factuality)

    def _worded(self, token: Token, verb: ContactVerb, sentence: Sentence) -> bool:
        """Whether the words beside a verb are there that its entry asks for."""
        if verb.needs_object and not any(
            t.lemma.casefold() in verb.needs_object for t in self.tree.children(token.index, "dobj")
        ):
            return False
        if verb.dated and not any(t.kind == "DATE" and t.when.resolved for t in self.sides.reading.times_in(sentence)):
            return False
        if verb.past and token.tag not in {"VBD", "VBN"}:
            return False
        return not verb.needs_word or any(t.text.casefold() in verb.needs_word for t in self.tree.children(token.index))

    def _contact(self, token: Token, verb: ContactVerb, sentence: Sentence, factuality: Factuality) -> Frame | None:
        if self._told_by_noun(token, sentence):
            return None
        first, second = self._sides_of(token, verb, sentence)
        if verb.with_writer and not self._includes_writer(first):
            return None
        if verb.type is EngagementType.VISIT:
            second = self._journeys.where_seen(token, second, sentence)
        if not second and not (verb.reciprocal and self.clauses.plural(first)):
            return None
        if verb.person_needed and not any(is_person_like(self.sides.mention(i)) for i in (*first, *second)):
            return None
        if not first or (not second and (self._vague(first) or (verb.unsure and self._resolved(token, first, sentence)))):
            return None
        return Frame(
            sentence=sentence.index,
            trigger=token.index,
            type=self.in_mode(token, verb.type),
            factuality=factuality,
            first=first,
            second=(*second, *self._companions(token, first, sentence)),
            roles=tuple((i, verb.subject_role) for i in first) if verb.subject_role else (),
            hosts=first if verb.host == "subject" else (),
            unsure=verb.unsure,
            definite=verb.unsure and not second,
            again=any(t.text.casefold() in {"again", "anew"} for t in self.tree.children(token.index)),
            separate=self.separate(token),
            remote=self.remote(sentence),
            rule=f"verb:{token.lemma}",
        )

    def _sides_of(self, token: Token, verb: ContactVerb, sentence: Sentence) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who is in touch with whom: a verb's subject, and its object or what stands behind "with"; turned in the passive."""
        first, second = self.clauses.subject(token, sentence), self.others(token, verb.with_, sentence)
        if not verb.object and self.tree.has(token.index, "nsubjpass"):
            first = self.clauses.agent(token, sentence)  # what is discussed discusses nothing
        if verb.object and not second and self.clauses.passive(token):
            first, second = self.clauses.agent(token, sentence), self.clauses.subject(token, sentence)
        if verb.object and not second:
            second = self._whom(token, verb, sentence)
        if not second and verb.reciprocal and not self.clauses.plural(first):
            second = self._occasions.listed(token, first, sentence) or self._occasions.of_the_place(token, first, sentence)
        return first, second

    def _includes_writer(self, group: tuple[int, ...]) -> bool:
        """Whether the writer is one of several persons: "President Ruiz and I"."""
        mentions = [self.sides.mention(i) for i in group]
        writer = any(self.sides.reading.text(m.span) == "I" for m in mentions)
        return writer and any(m.person and m.level for m in mentions)

    def _told_by_noun(self, token: Token, sentence: Sentence) -> bool:
        """Whether a verb only describes a contact that a noun names: "a summit bringing together", "the deal negotiated in"."""
        noun = self.tokens[token.head]
        thing = next(self.tree.children(token.index, "dobj"), None)
        if token.lemma == "convene" and thing is not None and not self.sides.group(thing, sentence):
            return True  # a contact, or a panel of experts
        deals = {word for verb in self.lexicon.verbs["sign"] for word in verb.objects}
        about = {"bring": frozenset(self.lexicon.nouns), "negotiate": frozenset(deals)}
        return token.dep in {"acl", "relcl"} and noun.lemma.casefold() in about.get(token.lemma, frozenset())

    def _companions(self, token: Token, first: tuple[int, ...], sentence: Sentence) -> tuple[int, ...]:
        """Who comes along with the subject: "Accompanied by Y, X met Z"."""
        heads = (token.index, *(self.sides.mention(i).head for i in first))
        opening = self.tokens[sentence.tokens[0]]
        below = (t for head in heads for t in self.tree.children(head, "advcl", "acl", "relcl"))
        for participle in (opening, *below):
            if participle.lemma.casefold() in self.lexicon.words.accompany and participle.tag == "VBN":
                company = self.clauses.agent(participle, sentence)
                return tuple(i for i in company if is_person_like(self.sides.mention(i)) and i not in first)
        return ()

    def _whom(self, token: Token, verb: ContactVerb, sentence: Sentence) -> tuple[int, ...]:
        """The object of a verb; people, where the verb asks for people."""
        group = self.object(token, sentence)
        thing = next(self.tree.children(token.index, "dobj"), None)
        people = any(is_person_like(self.sides.mention(i)) for i in group) or (thing is not None and is_visitor(thing))
        return group if people or not verb.person_object else ()

    def _vague(self, group: tuple[int, ...]) -> bool:
        """Whether "they" stands for countries rather than for people or delegations: "they are talking about moving it"."""
        mention = self.sides.mention(group[0])
        if len(group) > 1 or mention.kind is not MentionKind.GROUP or mention.collective:
            return False
        return not all(self.sides.mention(i).person for i in mention.members)

    def _resolved(self, token: Token, group: tuple[int, ...], sentence: Sentence) -> bool:
        """Whether states only say what they will do, on no day: "the two countries will explore ways to trade"."""
        will = any(t.text.casefold() in {"will", "shall"} for t in self.tree.children(token.index, "aux"))
        people = any(is_person_like(m) for m in expand(self.sides.reading, group))
        return will and not people and not self.sides.reading.times_in(sentence)

    def _factuality(self, token: Token, sentence: Sentence) -> Factuality | None:
        """As the words around a verb say; none for a habit, planned for an entry of a schedule."""
        factuality = None if self._habitual(token) else factuality_of(self.tree, token, self.lexicon.words)
        entry = factuality is Factuality.OCCURRED and token.tag == "VBZ" and self._scheduled(sentence)
        return Factuality.PLANNED if entry else factuality

    def _scheduled(self, sentence: Sentence) -> bool:
        """Whether a sentence is an entry of a schedule, behind the time of day: "2:30 p.m. X meets with Y"."""
        sentences = self.sides.reading.sentences
        before = next((s for s in sentences if s.index == sentence.index - 1), sentence)
        openings = [self.sides.reading.text(sentence.span)[:12]]
        if before.tokens[1] - before.tokens[0] <= _CLOCK_WORDS:  # the parser took the time for a sentence
            openings.append(self.sides.reading.text(before.span))
        return any(_CLOCK.match(words) for words in openings)

    def _demands(self, token: Token) -> bool:
        """Whether somebody is called on to do something, or something called for: no telephone call, however it is parsed."""
        after = self.tokens[token.index + 1 : token.index + 2]
        return token.lemma.casefold() in self.lexicon.words.call_for and any(t.text.casefold() in _DEMANDING for t in after)

    def _plays(self, token: Token) -> bool:
        """Whether two sides meet for a match: "met in the final"."""
        places = (t for t in self.tree.children(token.index, "prep") if t.text.casefold() in {"in", "at", "for"})
        return any(
            noun.lemma.casefold() in self.lexicon.words.sport for t in places for noun in self.tree.children(t.index, "pobj")
        )

    def _names(self, token: Token) -> bool:
        """Whether a verb gives its object a name: "called the president a threat"."""
        return token.lemma == "call" and len(list(self.tree.children(token.index, "dobj", "oprd", "attr", "acomp", "ccomp"))) > 1

    def _habitual(self, token: Token) -> bool:
        adverbs = {t.text.casefold() for t in self.tree.children(token.index, "advmod")}
        return bool(adverbs & self.lexicon.words.habitual)
