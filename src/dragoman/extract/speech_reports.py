"""Reported speech: clauses that say what somebody said, urged, welcomed or offered."""

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, SpeakerKind, Stance
from dragoman.extract.speech_naming import Speaker
from dragoman.extract.speech_speakers import SpeakerFinder
from dragoman.knowledge.speech import SpeechVerb, Takes, speech_lexicon
from dragoman.read.quotes import mention_at
from dragoman.read.reading import MentionKind, Quote, Reading, Sentence
from dragoman.read.tree import CLAUSES, Tree

_CALL_TO = frozenset({"on", "upon", "for", "to", "against", "of", "over", "about", "with"})
_OPEN_MODALS = frozenset({"would", "could", "may", "might", "should", "must", "can"})
_WISHES = frozenset({"continue", "like", "want", "wish", "go", "use", "take", "rush", "join"})
"""Verbs whose infinitive is done: "would like to thank", "continued to urge", "took the opportunity to thank"."""
_GREETS = frozenset({"welcome"})
"""Verbs that with a person as their object tell of a greeting."""
_LINKS = frozenset({"be", "remain", "stand", "feel", "stay"})


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One clause that reports speech; `verb` is its verb of saying (or state of mind), `span` the clause or its sentence."""

    sentence: Sentence
    verb: int
    word: SpeechVerb
    takes: Takes
    speaker: Speaker
    span: Span
    whole: bool
    """Whether the clause is the sentence's main one."""
    negated: bool = False
    factuality: Factuality = Factuality.OCCURRED
    also: tuple["Report", ...] = ()
    """The reports of the same speaker that the clause coordinates with this one."""


class ReportFinder:
    """Finds the reports of one reading, sentence by sentence."""

    def __init__(self, reading: Reading, tree: Tree, speakers: SpeakerFinder, spoken: Sequence[Quote]) -> None:
        """Take the quotations that are utterances of their own: their verbs of saying report nothing more."""
        self.reading = reading
        self.tree = tree
        self.speakers = speakers
        self.lexicon = speech_lexicon()
        self.spoken = spoken
        self.introducing = {q.verb for q in spoken if q.verb is not None}

    def in_sentence(self, sentence: Sentence) -> tuple[Report, ...]:
        """Reports of a sentence in text order; verbs that one speaker's sentence coordinates are one report."""
        if self.reading.text(sentence.span).rstrip("\"”' ").endswith("?"):
            return ()
        found = [r for token in self.reading.tokens(sentence) if (r := self._report(sentence, token)) is not None]
        outermost = [r for r in found if not any(self._nested(r, other) for other in found)]
        return tuple(self._merged(outermost))

    def _report(self, sentence: Sentence, token: Token) -> Report | None:
        if token.pos not in {"VERB", "AUX", "ADJ"} or self._quoted(token) or token.index in self.introducing:
            return None
        found = self._construction(token)
        if found is None or self._unreal(token):
            return None
        word, takes = found
        speaker = self._speaker(token, takes)
        negated = self.tree.has(token.index, "neg")
        if speaker is None or (negated and not self._negation_speaks(word)):
            return None
        future = any(t.text.casefold() in {"will", "shall", "'ll"} for t in self.tree.children(token.index, "aux"))
        head = self.tree.tokens[token.head]
        whole = token.dep == "ROOT" or (head.dep == "ROOT" and (token.dep == "acomp" or head.lemma.casefold() in _WISHES))
        return Report(
            sentence=sentence,
            verb=token.index,
            word=word,
            takes=takes,
            speaker=speaker,
            span=self._span(sentence, token),
            whole=whole,
            negated=negated,
            factuality=Factuality.PLANNED if future and word.stance is not Stance.DEMAND else Factuality.OCCURRED,
        )

    def _quoted(self, token: Token) -> bool:
        return any(q.span.contains(token.span) for q in self.reading.quotes)

    def _construction(self, token: Token) -> tuple[SpeechVerb, Takes] | None:
        state = self._state(token)
        if state is not None:
            return state, Takes.CLAUSE
        if token.pos != "VERB":
            return None
        lemma = token.lemma.casefold()
        clause = self.lexicon.verb(lemma, Takes.CLAUSE)
        if clause is not None and self.tree.has(token.index, "ccomp", "xcomp"):
            return clause, Takes.CLAUSE
        to = self.lexicon.verb(lemma, Takes.TO)
        if to is not None and any(self._addresses(t) for t in self.tree.children(token.index, "prep")):
            return to, Takes.TO
        return self._with_object(token, lemma)

    def _with_object(self, token: Token, lemma: str) -> tuple[SpeechVerb, Takes] | None:
        word = self.lexicon.verb(lemma, Takes.OBJECT)
        thing = next(self.tree.children(token.index, "dobj", "nsubjpass"), None)
        if word is None or thing is None or (lemma in _GREETS and self._is_person(thing)):
            return None
        if not word.bare and self.lexicon.noun_stance(self._words(thing)) is None:
            return None
        return word, Takes.OBJECT

    def _addresses(self, preposition: Token) -> bool:
        """Whether a preposition leads to what is called for or agreed on, not to a day."""
        nouns = self.tree.children(preposition.index, "pobj", "pcomp")
        return preposition.text.casefold() in _CALL_TO and any(t.ent not in {"DATE", "TIME"} for t in nouns)

    def _is_person(self, thing: Token) -> bool:
        index = mention_at(self.reading.mentions, thing.index)
        return index is not None and self.reading.mentions[index].kind in {MentionKind.PERSON, MentionKind.OFFICE}

    def _words(self, thing: Token) -> str:
        return self.reading.text(self.tree.span(self.tree.subtree(thing.index, without=("relcl",))))

    def _state(self, token: Token) -> SpeechVerb | None:
        """Read "is committed to", "remains concerned": the participle or adjective with its stance."""
        stance = self.lexicon.states.get(token.text.casefold())
        linked = self.tree.has(token.index, "auxpass", "cop") or self.tree.tokens[token.head].lemma.casefold() in _LINKS
        if stance is None or not linked or not self.tree.has(token.index, "prep", "xcomp", "ccomp", "agent"):
            return None
        return SpeechVerb(token.text.casefold(), stance, by_noun=False, bare=True)

    def _speaker(self, token: Token, takes: Takes) -> Speaker | None:
        if token.text.casefold() in self.lexicon.states and takes is Takes.CLAUSE:
            subject = self.tree.subject(token.index) or self.tree.subject(token.head)
            return self.speakers.of_token(subject) if subject is not None else None
        return self.speakers.of_verb(token.index)

    def _unreal(self, token: Token) -> bool:
        """Speech that the text does not say took place: "should condemn", "if he says", "met to reaffirm"."""
        children = list(self.tree.children(token.index, "aux", "mark"))
        words = {t.text.casefold() for t in children}
        if "if" in words or "whether" in words or "unless" in words:
            return True
        if "to" in words:
            return self.tree.tokens[token.head].lemma.casefold() not in _WISHES
        return bool(words & _OPEN_MODALS)

    def _negation_speaks(self, word: SpeechVerb) -> bool:
        return word.stance in {"support", "praise"}

    def _nested(self, inner: Report, outer: Report) -> bool:
        """Whether a report stands in what another speaker said; what an outlet tells is not nested, it is told."""
        if inner is outer or outer.speaker.kind is SpeakerKind.OUTLET:
            return False
        below = {t.index for t in self.tree.children(outer.verb, "ccomp", "xcomp", "dobj", "prep")}
        if inner.verb < outer.verb and outer.word.stance is not Stance.NEUTRAL:
            return False  # two main clauses run together: "A asked for arms, B agreed to send them"
        path = [inner.verb]
        for above in self.tree.ancestors(inner.verb):
            if self._contrasts(self.tree.tokens[path[-1]]):
                return False
            path.append(above.index)
            if above.index == outer.verb:
                return bool(below.intersection(path))
        return False

    def _contrasts(self, clause: Token) -> bool:
        """A clause with "while" sets its own subject beside the other one."""
        return clause.dep == "advcl" and any(
            t.text.casefold() in {"while", "whereas"} for t in self.tree.children(clause.index, "mark")
        )

    def _merged(self, reports: list[Report]) -> Iterator[Report]:
        """One report per speaker and main clause: verbs coordinated or subordinated under a reporting main verb go with it."""
        kept: list[Report] = []
        for report in sorted(reports, key=lambda r: (not r.whole, r.verb)):
            at = next((i for i, k in enumerate(kept) if report.speaker.same(k.speaker) and k.span.contains(report.span)), None)
            if at is None:
                kept.append(report)
            elif self._coordinated(report.verb, kept[at].verb):
                kept[at] = msgspec.structs.replace(kept[at], also=(*kept[at].also, report))
        yield from sorted((self._cut(report, kept) for report in kept), key=lambda r: r.verb)

    def _coordinated(self, verb: int, other: int) -> bool:
        while self.tree.tokens[verb].dep == "conj" and verb != other:
            verb = self.tree.tokens[verb].head
        return verb == other

    def _cut(self, report: Report, kept: list[Report]) -> Report:
        """A clause ends where another speaker's "while" clause begins."""
        for other in kept:
            inside = other is not report and report.span.contains(other.span) and other.span.start > report.span.start
            if inside and self._contrasts(self.tree.tokens[other.verb]):
                end = len(self.reading.document.text[: other.span.start].rstrip(" ,"))
                return msgspec.structs.replace(report, span=Span(report.span.start, end))
        return report

    def _span(self, sentence: Sentence, token: Token) -> Span:
        """The clause of a verb: the sentence without coordinated clauses that have subjects of their own."""
        if token.dep == "xcomp" and self.tree.tokens[token.head].lemma.casefold() in _WISHES:
            token = self.tree.tokens[token.head]
        top = self._clause_top(token)
        others = [t for t in self.tree.children(top.index, "conj", "ccomp") if self._own_clause(t, top)]
        first, last = (sentence.tokens[0], sentence.tokens[1] - 1) if top.dep == "ROOT" else self._bounds(top)
        for other in others:
            start, end = self._bounds(other)
            if start > token.index:
                last = min(last, start - 1)
            elif end < token.index:
                first = max(first, end + 1)
        while last > first and self.tree.tokens[last].dep == "cc":
            last -= 1
        while first < last and self.tree.tokens[first].dep == "cc":
            first += 1
        return self.tree.span(range(first, last + 1))

    def _clause_top(self, token: Token) -> Token:
        """The verb whose clause this is: a coordinated verb without a subject shares that of the first."""
        while token.dep == "conj" and not self.tree.has(token.index, "nsubj", "nsubjpass"):
            token = self.tree.tokens[token.head]
        if token.dep not in CLAUSES and token.head != token.index:
            return self._clause_top(self.tree.tokens[token.head])
        return token

    def _own_clause(self, other: Token, top: Token) -> bool:
        if not self.tree.has(other.index, "nsubj", "nsubjpass"):
            return False
        return other.dep == "conj" or (other.index < top.index and not self.lexicon.says(top.lemma.casefold()))

    def _bounds(self, top: Token) -> tuple[int, int]:
        below = self.tree.subtree(top.index)
        return below[0], below[-1]


def time_of_verb(reading: Reading, tree: Tree, sentence: Sentence, verb: int) -> When | None:
    """The time that depends on a verb itself: "warned on Monday", not what was warned of."""
    for time in reading.times_in(sentence):
        above = (t.index for t in tree.ancestors(time.tokens[0]))
        first = next((i for i in above if not time.tokens[0] <= i < time.tokens[1]), None)
        if first is not None and (first == verb or (tree.tokens[first].dep == "prep" and tree.tokens[first].head == verb)):
            return time.when
    return None
