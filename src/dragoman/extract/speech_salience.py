"""How much a document makes of an utterance, and which of its utterances are the main ones."""

from collections.abc import Iterable

from dragoman.core.claims import Utterance
from dragoman.core.vocab import SpeakerKind

MAIN = 0.34
"""Salience from which an utterance is one of the main ones: about half of the best F1, where F1 over all is best."""
MOST = 8
"""How many main utterances a document has at most: careful readers mark two to eight, four on average."""


def main_utterances(utterances: Iterable[Utterance], *, floor: float = MAIN, most: int = MOST) -> tuple[Utterance, ...]:
    """The main utterances of one document in text order: of political speakers, above the floor, the most salient kept."""
    political = [u for u in utterances if u.speaker_kind is SpeakerKind.POLITICAL and u.salience >= floor]
    kept = sorted(political, key=lambda u: (-u.salience, u.content))[:most]
    return tuple(sorted(kept, key=lambda u: u.content))
