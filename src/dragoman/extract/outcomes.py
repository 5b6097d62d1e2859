"""What came of an engagement, and claims on where talks stand."""

from collections.abc import Iterable, Sequence

from dragoman.core.actors import Actor
from dragoman.core.claims import Status
from dragoman.core.text import Span
from dragoman.core.vocab import EngagementType, Factuality, Outcome, Setting
from dragoman.extract.topics import continues, discusses
from dragoman.knowledge.outcomes import RANK, outcomes_in, signals_in
from dragoman.read.reading import MentionKind, Reading, Sentence

_RULE = "outcomes.status"
_NEAR = 3
"""Sentences after an engagement's own that tell what came of it even where they do not take it up in words."""
_NEXT = 4
"""Sentences after an engagement's own in which further contact may be agreed."""
_NEXT_IF_LED = 25
"""The same where the title speaks of the engagement."""
_HAPPENED = frozenset({Factuality.OCCURRED, Factuality.ASSESSED, Factuality.ALLEGED})
_CAN_GO_ON = frozenset({EngagementType.MEETING, EngagementType.CALL, EngagementType.TALKS_ROUND, EngagementType.MULTILATERAL})


def find_outcome(sentences: Sequence[tuple[str, int]]) -> tuple[Outcome, Span | None]:
    """Find the outcome in sentences given as (text, offset in the document), the engagement's own first.

    The span is that of the sentence which reports it. "Agreed on the importance of" reports nothing.
    """
    found: dict[Outcome, Span] = {}
    for text, offset in sentences:
        for words in outcomes_in(text):
            found.setdefault(words.outcome, Span(offset, offset + len(text)))
    for outcome in RANK:
        if outcome in found:
            return outcome, found[outcome]
    return Outcome.NONE_REPORTED, None


def outcome_of(
    reading: Reading,
    sentence_indices: Sequence[int],
    type: EngagementType,  # noqa: A002
    factuality: Factuality = Factuality.OCCURRED,
) -> tuple[Outcome, Span | None]:
    """Find what came of an engagement in its own sentence, given first, and in those that elaborate it.

    Nothing comes yet of what is only planned or called for. A signing is an agreement; an offer can only be declined or agreed.
    """
    sentences = {sentence.index: sentence for sentence in reading.sentences}
    chosen = [sentences[index] for index in sentence_indices if index in sentences]
    if not chosen or factuality not in _HAPPENED:
        return Outcome.NONE_REPORTED, None
    if type is EngagementType.AGREEMENT_SIGNING:
        return Outcome.AGREEMENT, chosen[0].span
    outcome, span = find_outcome(_texts(reading, [s for s in chosen if _tells(reading, s, chosen[0])]))
    if outcome is Outcome.NONE_REPORTED and type in _CAN_GO_ON:
        led = any(sentence.setting is Setting.TITLE for sentence in chosen)
        outcome, span = _agreed_next(reading, chosen[0], within=_NEXT_IF_LED if led else _NEXT)
    if type is EngagementType.MEDIATION_OFFER and outcome is not Outcome.DECLINED:
        return Outcome.NONE_REPORTED, None
    return outcome, span


def _tells(reading: Reading, sentence: Sentence, own: Sentence) -> bool:
    """Whether a sentence can tell what came of the contact: its own, one close after it, or one that takes up what was raised."""
    if sentence.setting is Setting.TITLE:
        return sentence == own
    if own.setting is not Setting.TITLE and sentence.index < own.index:
        return False
    text = reading.text(sentence.span)
    return own.index <= sentence.index <= own.index + _NEAR or continues(text) or discusses(text)


def _agreed_next(reading: Reading, own: Sentence, *, within: int) -> tuple[Outcome, Span | None]:
    """Further contact agreed right after: its sentence may be that of the next, planned engagement."""
    after = [s for s in reading.sentences if own.index < s.index <= own.index + within and continues(reading.text(s.span))]
    outcome, span = find_outcome(_texts(reading, after))
    return (outcome, span) if outcome is Outcome.AGREED_TO_CONTINUE else (Outcome.NONE_REPORTED, None)


def _texts(reading: Reading, sentences: Sequence[Sentence]) -> list[tuple[str, int]]:
    return [(reading.text(sentence.span), sentence.span.start) for sentence in sentences]


def find_status(reading: Reading) -> Iterable[Status]:
    """Find the sentences that say where talks stand; the first signal of each kind in a sentence makes a claim."""
    for sentence in reading.sentences:
        text = reading.text(sentence.span)
        seen = set()
        for words in signals_in(text):
            if words.signal not in seen:
                seen.add(words.signal)
                yield Status(
                    document=reading.document.id,
                    evidence=(sentence.span,),
                    setting=sentence.setting,
                    rule=_RULE,
                    signal=words.signal,
                    actors=_actors(reading, sentence),
                )


def _actors(reading: Reading, sentence: Sentence) -> tuple[Actor, ...]:
    """Actors that the sentence speaks of, once each."""
    found = {
        m.actor.key: m.actor
        for _, m in reading.mentions_in(sentence)
        if m.actor is not None and m.kind is not MentionKind.PRONOUN
    }
    return tuple(found.values())
