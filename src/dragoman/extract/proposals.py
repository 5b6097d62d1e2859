"""Finder of proposals: offers, demands, conditions and guarantees that one side puts to another, and the answers to them."""

from collections.abc import Iterator

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import Proposal
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import ActorKind, Answer, ProposalKind, Setting, SpeakerKind
from dragoman.extract.speech_frame import read_frame
from dragoman.extract.speech_naming import Speaker
from dragoman.extract.speech_reports import time_of_verb
from dragoman.extract.speech_speakers import SpeakerFinder
from dragoman.knowledge.issues import issues_in
from dragoman.knowledge.proposals import ProposalLexicon, proposal_lexicon
from dragoman.read.reading import Mention, MentionKind, Reading, Sentence
from dragoman.read.tree import Tree

RULE = "proposals"
_LINKS = frozenset({"be", "remain", "stand", "express", "reiterate", "signal"})
_UNREAL = frozenset({"would", "could", "may", "might", "should", "must", "can", "if", "not", "n't", "never", "to"})
_MIN_TERMS = 8


def find_proposals(reading: Reading) -> Iterator[Proposal]:
    """Find what somebody offers, demands, makes a condition of or guarantees, with the clause of its terms.

    A sentence that says how a proposal was answered ("Hamas rejected the Egyptian plan") is a proposal of its owner with the
    answer, unless an earlier sentence told of it: then that one carries the answer.
    """
    finder = _Finder(reading)
    found: list[Proposal] = []
    for sentence in reading.sentences:
        if sentence.setting is Setting.TITLE:
            continue
        for proposal in finder.put(sentence):
            if not any(p.terms == proposal.terms and p.type is proposal.type for p in found):
                found.append(proposal)
        for answered in finder.answered(sentence):
            at = _answers(found, answered)
            if at is None:
                found.append(answered)
            else:
                evidence = (*found[at].evidence, *answered.evidence)
                to = found[at].to or answered.to
                found[at] = msgspec.structs.replace(found[at], answer=answered.answer, evidence=evidence, to=to)
    yield from found


def _answers(found: list[Proposal], answered: Proposal) -> int | None:
    """Index of the latest open proposal of the same owner that an answer may be to."""
    for index in range(len(found) - 1, -1, -1):
        earlier = found[index]
        open_kind = earlier.type is not ProposalKind.CONDITION and earlier.answer is Answer.OPEN
        same = {a.key for a in earlier.by} & {a.key for a in answered.by}
        if open_kind and same and not ({a.key for a in earlier.by} & {a.key for a in answered.to}):
            return index
    return None


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tree = Tree(reading.parse)
        self.speakers = SpeakerFinder(reading, self.tree, read_frame(reading))
        self.lexicon: ProposalLexicon = proposal_lexicon()

    def put(self, sentence: Sentence) -> Iterator[Proposal]:
        """Proposals that a sentence puts forward, and the conditions in it."""
        for token in self.reading.tokens(sentence):
            made = self._made(token)
            if made is None:
                continue
            kind, terms = made
            speaker = self._speaker(token)
            if speaker is not None and len(terms) >= _MIN_TERMS:
                yield self._proposal(sentence, token, kind, speaker, terms)
        yield from self._conditions(sentence)

    def answered(self, sentence: Sentence) -> Iterator[Proposal]:
        """Acceptances and refusals of somebody's proposal."""
        for token in self.reading.tokens(sentence):
            answer = self.lexicon.answers.get(token.lemma.casefold()) if token.pos == "VERB" else None
            thing = self._thing(token) if answer is not None else None
            if answer is None or thing is None or self._unreal(token):
                continue
            owner = self._owner(thing)
            answerer = self._speaker(token)
            if owner is not None and answerer is not None:
                span = self.tree.span(self.tree.subtree(thing.index, without=("relcl",)))
                proposal = self._proposal(
                    sentence, token, self._kind_of_thing(thing), Speaker(name=owner.name, actors=(owner,)), span
                )
                yield msgspec.structs.replace(proposal, to=answerer.actors, answer=answer)

    def _made(self, token: Token) -> tuple[ProposalKind, Span] | None:
        """The kind and terms of a proposal that a word puts, if it does."""
        lemma = token.lemma.casefold()
        if lemma in self.lexicon.states:
            return self._readiness(token)
        if token.pos != "VERB" or self._unreal(token):
            return None
        if lemma in self.lexicon.kinds:
            return self._by_verb(token, self.lexicon.kinds[lemma])
        if lemma in self.lexicon.forward and (thing := self._thing(token)) is not None:
            return self._kind_of_thing(thing), self.tree.span(self.tree.subtree(thing.index, without=("relcl",)))
        return None

    def _by_verb(self, token: Token, kind: ProposalKind) -> tuple[ProposalKind, Span] | None:
        terms = self._terms(token, kind)
        if terms is None:
            return None
        words = {t.text.casefold() for t in self.reading.parse.tokens if terms.contains(t.span)}
        return (ProposalKind.GUARANTEE if words & self.lexicon.guarantor and kind is ProposalKind.OFFER else kind), terms

    def _terms(self, token: Token, kind: ProposalKind) -> Span | None:
        """The clause behind the verb, else its object (offers of a thing only where it is one of help)."""
        clause = next(self.tree.children(token.index, "xcomp", "ccomp"), None)
        asks = token.lemma.casefold() in {"ask", "call", "insist", "urge"}
        behind = self._behind_preposition(token) if asks else None
        if clause is not None and (behind is None or clause.start < behind.start):
            return self.tree.span(self.tree.subtree(clause.index)) if clause.index > token.index else None
        if asks:
            return behind
        thing = next(self.tree.children(token.index, "dobj"), None)
        if thing is None or (kind is ProposalKind.OFFER and thing.pos == "PRON"):
            return None
        return self.tree.span(self.tree.subtree(thing.index, without=("relcl",)))

    def _behind_preposition(self, token: Token) -> Span | None:
        """What is called for; whoever is called on stands in `to`, the rest of the clause says to do what."""
        for preposition in self.tree.children(token.index, "prep"):
            noun = next(self.tree.children(preposition.index, "pobj"), None)
            if noun is not None and preposition.text.casefold() == "for":
                return self.tree.span(self.tree.subtree(noun.index))
            if noun is not None and preposition.text.casefold() in {"on", "upon"} and not self.tree.has(token.index, "xcomp"):
                last = self.tree.subtree(token.index, without=("conj", "punct"))[-1]
                return self.tree.span(range(noun.index, last + 1))
        return None

    def _readiness(self, token: Token) -> tuple[ProposalKind, Span] | None:
        """Read "is ready to mediate", "was willing to host": a readiness to help is an offer."""
        above = self.tree.tokens[token.head]
        clause = next(self.tree.children(token.index, "xcomp", "ccomp"), None)
        if above.lemma.casefold() not in _LINKS or clause is None or clause.lemma.casefold() not in self.lexicon.help:
            return None
        if any(t.dep == "neg" for t in self.tree.children(above.index)) or self._unreal(above):
            return None
        terms = self.tree.span(self.tree.subtree(clause.index))
        return self._by_words(terms), terms

    def _by_words(self, terms: Span) -> ProposalKind:
        words = {t.text.casefold() for t in self.reading.parse.tokens if terms.contains(t.span)}
        return ProposalKind.GUARANTEE if words & self.lexicon.guarantor else ProposalKind.OFFER

    def _thing(self, verb: Token) -> Token | None:
        """The proposal, plan or offer that is a verb's object."""
        objects = list(self.tree.children(verb.index, "dobj", "nsubjpass"))
        for preposition in self.tree.children(verb.index, "prep", "prt"):
            objects += list(self.tree.children(preposition.index, "pobj"))
        return next(
            (t for t in objects if t.lemma.casefold() in self.lexicon.things or t.text.casefold() in self.lexicon.things), None
        )

    def _kind_of_thing(self, thing: Token) -> ProposalKind:
        lemma = thing.lemma.casefold()
        below = {self.tree.tokens[i].text.casefold() for i in self.tree.subtree(thing.index)}
        if lemma == "guarantee" or below & self.lexicon.guarantor:
            return ProposalKind.GUARANTEE
        if lemma in {"demand", "ultimatum"}:
            return ProposalKind.DEMAND
        return ProposalKind.CONDITION if lemma == "condition" else ProposalKind.OFFER

    def _owner(self, thing: Token) -> Actor | None:
        """Whose proposal it is: "Egypt's plan", "the Egyptian plan", "an offer by Qatar"."""
        for child in self.tree.children(thing.index, "poss", "amod", "compound", "nmod"):
            speaker = self.speakers.of_token(child)
            actors = speaker.actors if speaker is not None else self._actors_at(child)
            if actors:
                return actors[0]
        for preposition in self.tree.children(thing.index, "prep"):
            maker = next(self.tree.children(preposition.index, "pobj"), None)
            if preposition.text.casefold() in {"by", "from", "of"} and maker is not None and (actors := self._actors_at(maker)):
                return actors[0]
        return None

    def _actors_at(self, token: Token) -> tuple[Actor, ...]:
        return tuple(m.actor for m in self.reading.mentions if m.tokens[0] <= token.index < m.tokens[1] and m.actor)

    def _conditions(self, sentence: Sentence) -> Iterator[Proposal]:
        """What a speaker makes a condition: "only if", "in exchange for", "unless"."""
        words = self.reading.text(sentence.span)
        match = self.lexicon.condition.search(words)
        if match is None:
            return
        start = sentence.span.start + match.start()
        opening = next((t for t in self.reading.tokens(sentence) if t.start >= start), None)
        over = self.tree.ancestors(opening.index) if opening is not None else iter(())
        verb = next((t for t in over if t.pos == "VERB" and t.start < start), None)
        while verb is not None:
            speaker = self._speaker(verb)
            if speaker is not None:
                end = next(
                    (t.start for t in self.reading.tokens(sentence) if t.start > start and t.text in {";", ".", "”", '"'}),
                    sentence.span.end,
                )
                terms = Span(start, max(start, min(end, sentence.span.end)))
                if len(terms) >= _MIN_TERMS:
                    yield self._proposal(sentence, verb, ProposalKind.CONDITION, speaker, terms)
                return
            above = self.tree.tokens[verb.head]
            verb = above if above.index != verb.index and above.pos == "VERB" else None

    def _speaker(self, token: Token) -> Speaker | None:
        """Who puts or answers it: a political speaker with an actor."""
        subject = self.tree.speaker(token.index) if token.pos == "VERB" else self.tree.subject(token.head)
        speaker = self.speakers.of_token(subject) if subject is not None else None
        if speaker is None or not speaker.actors or speaker.kind is not SpeakerKind.POLITICAL:
            return None
        return speaker

    def _unreal(self, verb: Token) -> bool:
        words = {t.text.casefold() for t in self.tree.children(verb.index, "aux", "mark", "neg")}
        return bool(words & _UNREAL)

    def _proposal(self, sentence: Sentence, token: Token, kind: ProposalKind, speaker: Speaker, terms: Span) -> Proposal:
        return Proposal(
            document=self.reading.document.id,
            evidence=(sentence.span,),
            setting=sentence.setting,
            rule=f"{RULE}/{kind}:{token.lemma.casefold()}",
            type=kind,
            by=speaker.actors,
            to=self._addressees(token, speaker),
            terms=terms,
            when=time_of_verb(self.reading, self.tree, sentence, token.index),
            deadline=self._deadline(sentence, terms),
            issues=issues_in(self.reading.text(terms), self.reading.text(sentence.span)),
        )

    def _deadline(self, sentence: Sentence, terms: Span) -> When | None:
        """A time within the terms of which only the end is known."""
        inside = (time.when for time in self.reading.times_in(sentence) if terms.contains(time.span))
        return next((when for when in inside if when.end is not None and when.start is None), None)

    def _addressees(self, token: Token, speaker: Speaker) -> tuple[Actor, ...]:
        """To whom: the verb's persons and the nouns behind "to", "on", "between"; the subject of a demanded clause."""
        heads = list(self.tree.children(token.index, "dobj", "dative"))
        for preposition in self.tree.children(token.index, "prep", "dative"):
            heads += list(self.tree.children(preposition.index, "pobj"))
        for clause in self.tree.children(token.index, "xcomp", "ccomp"):
            heads += list(self.tree.children(clause.index, "nsubj"))
        below = {i for h in heads for i in self.tree.subtree(h.index, without=("relcl", "acl", "prep", "poss"))}
        below |= {
            i
            for h in heads
            for p in self.tree.children(h.index, "prep")
            if p.text.casefold() in {"between", "to"}
            for i in self.tree.subtree(p.index)
        }
        own = {a.key for a in speaker.actors}
        actors = [a for m in self.reading.mentions if m.head in below for a in self._represented(m)]
        return tuple({a.key: a for a in actors if a.key not in own and a.kind is not ActorKind.PERSON}.values())

    def _represented(self, mention: Mention) -> tuple[Actor, ...]:
        if mention.kind is MentionKind.GROUP:
            return tuple(a for i in mention.members if (a := self.reading.mentions[i].actor))
        return (mention.actor,) if mention.actor else ()
