"""How much a document makes of an utterance, and which of its utterances are the main ones."""

from collections import Counter
from collections.abc import Iterable

from dragoman.core.actors import Actor
from dragoman.core.claims import Utterance
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Issue, Setting, SpeakerKind, Stance
from dragoman.extract.speech_frame import Frame
from dragoman.extract.speech_speakers import Speaker
from dragoman.knowledge.violence import violence_lexicon
from dragoman.read.reading import Reading

MAIN = 0.45
"""Salience from which an utterance is one of the main ones."""
MOST = 7
"""How many main utterances a document has at most: careful readers mark two to eight, four on average."""


_FEW_ABROAD = 0.2
"""Share of mentions of other actors under which a document is about one country's own affairs."""
_BY_STANCE = {
    Stance.DEMAND: 0.15,
    Stance.OFFER: 0.1,
    Stance.WARN: 0.1,
    Stance.CONDEMN: 0.1,
    Stance.ACCUSE: 0.1,
    Stance.NEUTRAL: -0.15,
}
"""What a stance adds: demands are what careful readers mark most, neutral words least."""


class Salience:
    """Weighs the utterances of one reading; the weights were set by hand on the development documents."""

    def __init__(self, reading: Reading, frame: Frame) -> None:
        self._reading = reading
        self._frame = frame
        actors = {m.actor.key for m in reading.mentions if m.actor and m.actor.kind is not ActorKind.PERSON}
        sports = violence_lexicon().is_sports(reading.document.text)
        self._foreign = len(actors) >= 2 and not sports
        self._abroad = _share_abroad(reading)
        self._length = max(len(reading.document.text), 1)

    def of(self, utterance: Utterance, speaker: Speaker, *, weight: float = 0.0, quoted: bool = False) -> float:
        """0 to 1: who speaks, on what, about whom, where in the text; `weight` is what the construction adds or takes."""
        score = 0.3 + weight
        score += 0.2 if quoted else 0.0
        score += 0.1 if utterance.issue is not Issue.OTHER else 0.0
        score += 0.1 if self._names_others(utterance.content, speaker.actors) else 0.0
        score += _BY_STANCE.get(utterance.stance, 0.05)
        score += 0.1 if speaker.actors else -0.15
        score += 0.1 if speaker.level or speaker.office else 0.0
        score += 0.05 * (1 - utterance.content.start / self._length)
        score -= 0.1 if len(utterance.content) < 40 else 0.0
        score -= 0.3 if utterance.setting is not Setting.BODY else 0.0
        if utterance.speaker_kind is not SpeakerKind.POLITICAL:
            score -= 0.5
        if not self._foreign:
            score *= 0.4
        elif self._abroad < _FEW_ABROAD:
            score *= 0.7
        return round(min(max(score, 0.0), 1.0), 3)

    def _names_others(self, span: Span, own: tuple[Actor, ...]) -> bool:
        keys = {a.key for a in own}
        inside = (m for m in self._reading.mentions if span.contains(m.span))
        return any(m.actor and m.actor.key not in keys for m in inside)


def _share_abroad(reading: Reading) -> float:
    """How much of a document is about others than the actor that it names most."""
    actors = Counter(m.actor.key for m in reading.mentions if m.actor)
    total = sum(actors.values())
    return 1 - max(actors.values()) / total if total else 0.0


def main_utterances(utterances: Iterable[Utterance], *, floor: float = MAIN, most: int = MOST) -> tuple[Utterance, ...]:
    """The main utterances of one document in text order: of political speakers, above the floor, the most salient kept."""
    political = [u for u in utterances if u.speaker_kind is SpeakerKind.POLITICAL and u.salience >= floor]
    kept = sorted(political, key=lambda u: (-u.salience, u.content))[:most]
    return tuple(sorted(kept, key=lambda u: u.content))
