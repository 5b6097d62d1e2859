"""What an utterance looks like in its document: the traits that its salience is weighed by."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import msgspec

from dragoman.core.claims import Utterance
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Factuality, Issue, Setting, SpeakerKind, Stance
from dragoman.extract.speech_frame import Frame
from dragoman.extract.speech_naming import Speaker
from dragoman.extract.speech_reports import Report
from dragoman.knowledge.issues import issues_in
from dragoman.knowledge.salience import salience_weights
from dragoman.knowledge.speech import speech_lexicon
from dragoman.knowledge.violence import violence_lexicon
from dragoman.read.reading import Mention, Reading, Sentence
from dragoman.read.tree import Tree

_FEW_ABROAD = 0.2
"""Share of mentions of other actors under which a document is about one country's own affairs."""
_SHORT, _BRIEF, _LONG = 50, 90, 300
"""Lengths in characters under or over which a statement is short or long."""
_RECEIVING = frozenset({"welcome", "see", "receive"})
_DEPTH = 5
"""Words on the way from "I look" down to "welcoming"."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What an utterance is made of before it is weighed."""

    rule: str
    speaker: Speaker
    content: Span
    stance: Stance
    sentence: Sentence
    direct: bool = False
    report: Report | None = None
    factuality: Factuality = Factuality.OCCURRED
    own: bool = False
    """Whether the issuer speaks of itself: "we will", "Peru welcomes"."""
    led: bool = True
    """Whether a quotation has a verb of saying of its own."""


class TraitReader:
    """Tells the traits of the utterances of one reading; `quoted` are the names of those who are quoted in it."""

    def __init__(self, reading: Reading, tree: Tree, frame: Frame, quoted: Collection[str]) -> None:
        self._reading = reading
        self._tree = tree
        self._frame = frame
        self._quoted = quoted
        actors = {m.actor.key for m in reading.mentions if m.actor and m.actor.kind is not ActorKind.PERSON}
        self._document = dict(self._of_document(alone=len(actors) < 2))

    def of(self, part: Part, utterance: Utterance, among: int) -> Mapping[str, float]:
        """The traits of an utterance, each 1 where it holds, or a measure; `among` is how many the document has."""
        traits = dict(self._document)
        traits["log of utterances"] = math.log(among + 1) - 1.5
        told = self._of_report(part.report) if part.report is not None else self._of_words(part)
        for named in (told, self._of_speaker(part), self._of_content(part, utterance)):
            traits.update((name, float(value)) for name, value in named if value)
        return traits

    def _tells_of_doings(self, root: Token) -> bool:
        """Whether a main verb tells what somebody does ("will visit"), not what somebody ought to do ("must return")."""
        demanded = any(t.text.casefold() in {"must", "should"} for t in self._tree.children(root.index, "aux"))
        return root.lemma.casefold() in speech_lexicon().doings and not demanded

    def _of_document(self, *, alone: bool) -> Iterator[tuple[str, float]]:
        abroad = _share_abroad(self._reading)
        yield "abroad", abroad
        yield "home affairs", float(abroad < _FEW_ABROAD)
        yield "one actor or sports", float(alone or violence_lexicon().is_sports(self._reading.document.text))
        yield "news", float(not self._frame.official and not self._reading.turns)
        yield "reports a contact", float(self._frame.reports_contact)
        yield "log of text", math.log(len(self._reading.document.text) + 1) - 8

    def _of_report(self, report: Report) -> Iterator[tuple[str, float | bool]]:
        yield "report", True
        yield "main clause", report.whole
        yield "subordinate", self._tree.tokens[report.verb].dep in {"advcl", "relcl"}
        yield f"takes {report.takes}", True
        yield f"verb {salience_weights().verb_class(report.word.lemma)}", True
        yield "stance by noun", report.word.by_noun
        yield "planned", report.factuality is Factuality.PLANNED
        yield "several verbs", bool(report.also)
        yield "quoted too", report.speaker.name in self._quoted
        yield "announces", self._only_announces(report.verb)

    def _of_words(self, part: Part) -> Iterator[tuple[str, float | bool]]:
        """Traits of quotations and of the issuer's own sentences."""
        if part.rule == "quote":
            yield "quotation", True
            yield "quotation without verb", not part.led
            return
        root = self._root(part.sentence)
        if root is None:
            return
        auxiliaries = {t.text.casefold() for t in self._tree.children(root.index, "aux")}
        yield "issued", True
        yield f"issued {part.stance}", True
        yield "issued of itself", part.own
        yield "issued in the past", root.tag == "VBD"
        yield "issued of itself in the past", part.own and root.tag == "VBD"
        yield "issued on doings", self._tells_of_doings(root)
        yield "issued after a contact", self._frame.reports_contact
        yield "issued with be", root.lemma == "be"
        yield "issued with will", bool(auxiliaries & {"will", "shall"})
        yield "announces", self._only_announces(root.index)

    def _of_speaker(self, part: Part) -> Iterator[tuple[str, bool]]:
        speaker = part.speaker
        post = bool(speaker.level or speaker.office)
        yield "no actor", not speaker.actors
        yield "post", post
        yield "bare state", not post and len(speaker.actors) == 1
        yield "several speakers", len(speaker.actors) > 1
        yield "unknown speaker", not speaker.known
        yield "person", any(self._reading.mentions[index].person for index in speaker.mentions)
        yield "no politician", speaker.kind is not SpeakerKind.POLITICAL
        yield "turn", self._reading.turn_of(part.sentence.tokens[0]) is not None

    def _of_content(self, part: Part, utterance: Utterance) -> Iterator[tuple[str, float | bool]]:
        own = {a.key for a in part.speaker.actors}
        inside = {m.actor.key for m in self._inside(part.content) if m.actor}
        text, length = self._reading.text(part.content), len(part.content)
        yield f"stance {part.stance}", True
        yield "issue named", bool(issues_in(text))
        yield "no issue", utterance.issue is Issue.OTHER
        yield "names others", bool(inside - own)
        yield "names several others", len(inside - own) > 1
        yield "target", utterance.target is not None
        yield "place in text", part.content.start / max(len(self._reading.document.text), 1)
        yield "short", length < _SHORT
        yield "brief", length < _BRIEF
        yield "long", length > _LONG
        yield "log of length", math.log(length + 1) - 5
        yield "title or caption", part.sentence.setting is not Setting.BODY

    def _inside(self, span: Span) -> Iterator[Mention]:
        return (m for m in self._reading.mentions if span.contains(m.span))

    def _root(self, sentence: Sentence) -> Token | None:
        return next((t for t in self._reading.tokens(sentence) if t.dep == "ROOT"), None)

    def _only_announces(self, verb: int) -> bool:
        """Whether the writer only tells of a contact to come: "I look forward to welcoming X", "I will visit Y"."""
        subject = self._tree.subject(verb)
        if subject is None or subject.text.casefold() != "i":
            return False
        for _ in range(_DEPTH):
            if self._tree.tokens[verb].lemma.casefold() in speech_lexicon().doings | _RECEIVING:
                return True
            below = self._tree.children(verb, "xcomp", "ccomp", "pcomp", "acomp", "prep")
            deeper = next((t.index for t in below if t.pos in {"VERB", "AUX", "ADJ", "ADP"}), None)
            if deeper is None:
                return False
            verb = deeper
        return False


def takes_position(part: Part, traits: Mapping[str, float]) -> bool:
    """Whether an issuer's sentence by its words takes a position, rather than telling what is, was or will be done."""
    return part.stance is not Stance.NEUTRAL and "issued on doings" not in traits


def _share_abroad(reading: Reading) -> float:
    """How much of a document is about others than the actor that it names most."""
    actors = Counter(m.actor.key for m in reading.mentions if m.actor)
    total = sum(actors.values())
    return 1 - max(actors.values()) / total if total else 0.0
