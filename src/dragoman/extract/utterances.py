"""Finder of utterances: what political speakers, analysts and others are quoted or reported to have said."""

from collections.abc import Iterator, Mapping

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import Utterance
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import Issue, Setting, Stance
from dragoman.extract.speech_frame import Frame, read_frame
from dragoman.extract.speech_naming import Speaker
from dragoman.extract.speech_reports import Report, ReportFinder, time_of_verb
from dragoman.extract.speech_salience import MAIN
from dragoman.extract.speech_speakers import SpeakerFinder
from dragoman.extract.speech_stance import (
    recipient_of,
    stance_of_report,
    stance_of_sentence,
    stance_of_words,
    target_of_report,
    target_of_span,
)
from dragoman.extract.speech_traits import Part, TraitReader, takes_position
from dragoman.knowledge.attribution import Form
from dragoman.knowledge.issues import issues_in
from dragoman.knowledge.salience import salience_weights
from dragoman.read.reading import MentionKind, Quote, Reading, Sentence
from dragoman.read.tree import Tree

RULE = "utterances"
MIN_QUOTE_WORDS = 5
"""Shorter words in quotation marks are terms or fragments inside a report."""
_GOVERNMENTS = frozenset({"government", "administration", "cabinet", "ministry"})
"""Words by which a statement names its own side without saying whose."""
_ENDS = frozenset(",.?!…")


def find_utterances(reading: Reading) -> Iterator[Utterance]:
    """Find who said what: quotations with a speaker, reports ("urged", "expressed concern"), and an issuer's own statements.

    Utterances of analysts, journalists, witnesses and outlets are found too, marked by `speaker_kind`. A sentence gives one
    utterance per speaker; what is quoted inside a reporting clause stays inside it.
    """
    weights = salience_weights()
    for found, part, traits in sorted(weigh_utterances(reading), key=lambda each: (each[0].content, each[0].speaker)):
        salience = round(weights.score(traits), 3)
        if salience >= MAIN or part.rule != "issued" or takes_position(part, traits):
            yield msgspec.structs.replace(found, salience=salience)


def weigh_utterances(reading: Reading) -> tuple[tuple[Utterance, Part, Mapping[str, float]], ...]:
    """The utterances of a reading, not yet weighed, each with its part and the traits that its salience is weighed by."""
    finder = _Finder(reading)
    made = ((finder.utterance(part), part) for part in (*finder.issued(), *finder.reported(), *finder.direct()))
    parts = {utterance.id: (utterance, part) for utterance, part in made}
    among = sum(part.rule != "issued" or part.stance is not Stance.NEUTRAL for _, part in parts.values())
    return tuple((utterance, part, finder.traits.of(part, utterance, among)) for utterance, part in parts.values())


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tree = Tree(reading.parse)
        self.frame: Frame = read_frame(reading)
        self.turns = [reading.turn_of(sentence.tokens[0]) for sentence in reading.sentences]
        """Who has the turn in each sentence of a transcript."""
        self.speakers = SpeakerFinder(reading, self.tree, self.frame)
        self.spoken = [q for q in reading.quotes if self.is_direct(q)]
        self.reports = ReportFinder(reading, self.tree, self.speakers, self.spoken)
        quoted = {s.name for q in self.spoken if (s := self._quoted_speaker(q)) is not None}
        self.traits = TraitReader(reading, self.tree, self.frame, quoted)

    def direct(self) -> Iterator[Part]:
        """Quotations that stand as their speaker's own sentence."""
        for quote in self.spoken:
            speaker = self._quoted_speaker(quote)
            if speaker is not None and not self._asked(quote.sentence):
                content = self._with_lead(quote)
                stance = stance_of_words(self.reading.text(content))
                sentence = self.reading.sentences[quote.sentence]
                yield Part(
                    rule="quote",
                    speaker=speaker,
                    content=content,
                    stance=stance,
                    sentence=sentence,
                    direct=True,
                    led=quote.verb is not None,
                )

    def reported(self) -> Iterator[Part]:
        """Clauses with a verb of saying."""
        for sentence in self.reading.sentences:
            if self._asked(sentence.index):
                continue
            for report in self.reports.in_sentence(sentence):
                if any(q.span.overlaps(report.span) and q.span.contains(report.span) for q in self.spoken):
                    continue
                yield Part(
                    rule=f"report:{report.word.lemma}",
                    speaker=self._for_issuer(report.speaker, sentence),
                    content=self._body(report),
                    direct=self._in_own_turn(report),
                    stance=stance_of_report(self.reading, report),
                    sentence=sentence,
                    report=report,
                    factuality=report.factuality,
                )

    def issued(self) -> Iterator[Part]:
        """Sentences of a statement that take a position without a verb of saying: "The parties must ...", "We will ..."."""
        for sentence in self.reading.sentences:
            if not self._told_by_official(sentence) or sentence.setting is not Setting.BODY or self.reports.in_sentence(sentence):
                continue
            root = next((t for t in self.reading.tokens(sentence) if t.dep == "ROOT"), None)
            if root is None or root.pos not in {"VERB", "AUX"} or any(q.span.overlaps(sentence.span) for q in self.spoken):
                continue
            if (part := self._issued(sentence, root)) is not None:
                yield part

    def _issued(self, sentence: Sentence, root: Token) -> Part | None:
        """A position of the issuer: what it will do itself, or what it demands of, or says against, others."""
        own = self._own_words(sentence, root.index)
        stance = stance_of_sentence(self.reading.text(sentence.span), self.tree, root, own=own is not None)
        speaker = own or self._issuer(sentence)
        if speaker is None or not (speaker.actors or speaker.level):
            return None
        if own is not None and stance is Stance.NEUTRAL:
            auxiliaries = {t.text.casefold() for t in self.tree.children(root.index, "aux")}
            stance = Stance.OFFER if auxiliaries & {"will", "shall"} else stance
        return Part(
            rule="issued",
            speaker=speaker,
            content=sentence.span,
            stance=stance,
            sentence=sentence,
            direct=self.turns[sentence.index] is not None,
            own=own is not None,
        )

    def _told_by_official(self, sentence: Sentence) -> bool:
        """Whether an official says a sentence: whoever has the turn in a transcript, else the document as a whole."""
        turn = self.turns[sentence.index]
        return self.frame.official if turn is None else not turn.asks and turn.voice is not None

    def _issuer(self, sentence: Sentence) -> Speaker | None:
        """Whose words a sentence is: those of whoever has the turn, else of whoever issued the document."""
        turn = self.turns[sentence.index]
        return self.speakers.issuer if turn is None else self.speakers.of_turn(turn)

    def is_direct(self, quote: Quote) -> bool:
        """Whether a quotation is an utterance of its own rather than words inside a report."""
        words = self.reading.text(quote.span).strip("\"“”«»„'‘’ ")
        if len(words.split()) < MIN_QUOTE_WORDS or not words:
            return False
        return words[-1] in _ENDS or words[0].isupper()

    def _asked(self, sentence: int) -> bool:
        """Whether a sentence of a transcript is said by somebody whose words are no statement: a journalist, the chair."""
        turn = self.turns[sentence]
        return turn is not None and turn.asks

    def _in_own_turn(self, report: Report) -> bool:
        """Whether whoever has the turn in a transcript says what a report reports: "I condemn", "we urge"."""
        turn = self.turns[report.sentence.index]
        speaking = self.speakers.of_turn(turn) if turn is not None else None
        return speaking is not None and speaking.same(report.speaker)

    def _quoted_speaker(self, quote: Quote) -> Speaker | None:
        if quote.verb is not None and (speaker := self.speakers.of_verb(quote.verb)) is not None:
            return speaker
        if quote.mention is not None:
            return self.speakers.of_mention(quote.mention)
        if quote.speaker is None:
            return None
        inside = [t for t in self.reading.parse.tokens if quote.speaker.contains(t.span)]
        head = next((t for t in inside if not any(t.head == o.index for o in inside if o is not t)), None)
        return self.speakers.of_token(head) if head is not None else None

    def _with_lead(self, quote: Quote) -> Span:
        """A quotation that begins in mid-sentence takes the few words that begin the sentence: Israel "will not stop"."""
        words = self.reading.text(quote.span).lstrip("\"“«„'‘")
        sentence = self.reading.sentences[quote.sentence]
        lead = [t for t in self.reading.tokens(sentence) if t.end <= quote.span.start and t.pos not in {"PUNCT", "SPACE"}]
        if not words[:1].islower() or not 0 < len(lead) <= 6 or any(t.index == quote.verb or t.pos == "VERB" for t in lead):
            return quote.span
        return Span(lead[0].start, quote.span.end)

    def _body(self, report: Report) -> Span:
        """The clause with its full stop where it ends the sentence."""
        end = report.sentence.span.end
        rest = self.reading.document.text[report.span.end : end].strip()
        return Span(report.span.start, end) if rest in {".", ".”", '."', "!", "?"} else report.span

    def _for_issuer(self, speaker: Speaker, sentence: Sentence) -> Speaker:
        """In a statement, what its issuer's own state or government says is said by the issuer."""
        if not self._told_by_official(sentence):
            return speaker
        issuer = self._issuer(sentence)
        if issuer is not None and not speaker.actors and speaker.name.casefold() in _GOVERNMENTS:
            return msgspec.structs.replace(issuer, span=speaker.span)
        if (
            issuer is not None
            and self.frame.form is Form.JOINT
            and len(speaker.actors) > 1
            and set(speaker.actors) <= set(issuer.actors)
        ):
            return msgspec.structs.replace(issuer, span=speaker.span)
        alone = speaker.actors and speaker.office is None and speaker.level is None
        signed = issuer is not None and (issuer.office is not None or issuer.body)
        if issuer is None or not signed or not alone or len(issuer.actors) != 1:
            return speaker
        same = {a.key for a in speaker.actors} == {a.key for a in issuer.actors}
        return msgspec.structs.replace(issuer, span=speaker.span) if same else speaker

    def _own_words(self, sentence: Sentence, root: int) -> Speaker | None:
        """The issuer, where a sentence's subject is "we" or the issuer's own state or government."""
        subject = self.tree.subject(root)
        speaker = self.speakers.of_token(subject) if subject is not None else None
        if speaker is None or subject is None:
            return None
        issuer = self._issuer(sentence)
        if subject.text.casefold() in {"we", "i"}:
            return speaker
        return self._for_issuer(speaker, sentence) if issuer and set(speaker.actors) & set(issuer.actors) else None

    def utterance(self, part: Part) -> Utterance:
        """The utterance that a part makes, not yet weighed."""
        speaker, text = part.speaker, self.reading.text(part.content)
        named = issues_in(text, self.reading.text(part.sentence.span), self.reading.document.text)
        target = self._target(part)
        return Utterance(
            document=self.reading.document.id,
            evidence=(self._evidence(part),),
            factuality=part.factuality,
            setting=part.sentence.setting,
            rule=f"{RULE}/{part.rule}",
            speaker=speaker.name,
            speaker_actors=speaker.actors,
            speaker_kind=speaker.kind,
            office=speaker.office,
            level=speaker.level,
            content=part.content,
            direct=part.direct,
            target=target,
            stance=part.stance,
            issue=named[0] if named else Issue.OTHER,
            when=time_of_verb(self.reading, self.tree, part.sentence, part.report.verb) if part.report else None,
        )

    def _target(self, part: Part) -> Actor | None:
        """Whom it addresses or judges; in the readout of a bilateral contact, the other side where nobody is named."""
        root = next((t for t in self.reading.tokens(part.sentence) if t.dep == "ROOT"), None)
        if part.rule == "issued" and part.stance is Stance.OFFER and root is not None:
            recipient = recipient_of(self.reading, self.tree, root)
            if recipient is not None and recipient not in part.speaker.actors:
                return recipient
        if part.report is None:
            return target_of_span(self.reading, part.speaker, part.content)
        target = target_of_report(self.reading, self.tree, part.report, part.stance)
        named = any(
            m.actor and m.kind is not MentionKind.PLACE and part.content.contains(m.span) and m.actor not in part.speaker.actors
            for m in self.reading.mentions
        )
        if target is not None or named or part.stance is Stance.NEUTRAL:
            return target
        return self._other_side(part.speaker)

    def _other_side(self, speaker: Speaker) -> Actor | None:
        opening = self.frame.opening
        if opening is None or not self.frame.reports_contact or len(speaker.actors) != 1:
            return None
        there = {m.actor.key: m.actor for _, m in self.reading.mentions_in(opening) if m.actor and m.person}
        others = [actor for key, actor in there.items() if key != speaker.actors[0].key]
        return others[0] if len(there) == 2 and len(others) == 1 else None

    def _evidence(self, part: Part) -> Span:
        return Span(min(part.sentence.span.start, part.content.start), max(part.sentence.span.end, part.content.end))
