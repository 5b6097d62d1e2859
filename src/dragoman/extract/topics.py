"""What an engagement was about: dossiers and issues out of its own sentences and those that elaborate it."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.ids import DossierId
from dragoman.core.vocab import Issue, Setting
from dragoman.knowledge.dossier_choice import DossierScore, assign_dossiers
from dragoman.knowledge.dossiers import DossierBook
from dragoman.knowledge.issues import STRONG, score_issues
from dragoman.knowledge.phrases import PhraseLexicon, weighted_phrases
from dragoman.read.reading import Reading, Sentence

_SHORT = 26
"""Sentences up to which a document with one main engagement is read as being about it throughout."""
_DISCUSSING = 0.9
"""What a phrase weighs where an elaborating sentence says who discussed, urged or agreed what, against 1 in the own one."""
_ASIDE = 0.3
"""What it weighs in any other elaborating sentence."""
_BAR = 0.8
"""Score that an issue needs: one phrase that names it, or two that touch on it."""
_SHARE = 0.2
"""Share of the strongest issue's score that an issue needs, up to `_RICH`."""
_RICH = 4.0
_MOST = 5
_LEADING = 3
"""An engagement in the first sentences of the body (or in the title) is what the document is about."""


class Topics(msgspec.Struct, frozen=True):
    """Dossiers and issues of one engagement, strongest first, with the words that decided."""

    dossiers: tuple[DossierId, ...] = ()
    issues: tuple[Issue, ...] = ()
    reasons: tuple[str, ...] = ()


def topics_of(
    reading: Reading, sentence_indices: Sequence[int], actors: Sequence[str], *, dossiers: DossierBook | None = None
) -> Topics:
    """Find the dossiers and issues of an engagement: of its own sentence, given first, and of those that elaborate it."""
    sentences = {sentence.index: sentence for sentence in reading.sentences}
    indices = [index for index in sentence_indices if index in sentences]
    texts = [reading.text(sentences[index].span) for index in indices]
    if any(sentences[index].setting is Setting.TITLE for index in indices) and len(sentences) <= _SHORT + 1:
        texts.extend(_also_raised(reading, indices))
    used = set(indices)
    alone = bool(indices) and sentences[indices[0]].setting is Setting.CAPTION
    rest = "" if alone else "\n".join(reading.text(s.span) for s in reading.sentences if s.index not in used)
    return topics_of_texts(texts, actors, context=rest, dossiers=dossiers, on=reading.document.published)


def topics_of_texts(
    texts: Sequence[str],
    actors: Collection[str],
    *,
    context: str = "",
    dossiers: DossierBook | None = None,
    on: date | None = None,
) -> Topics:
    """Find dossiers and issues given sentence texts, the engagement's own first.

    `context`, the rest of the document, is asked where the sentences name none.
    """
    if not texts:
        return Topics()
    weights = _sentence_weights(texts)
    core = "\n".join(text for text, weight in zip(texts, weights, strict=True) if weight > _ASIDE)
    asides = "\n".join([context, *(text for text, weight in zip(texts, weights, strict=True) if weight <= _ASIDE)])
    found = assign_dossiers(core, actors, asides, dossiers, on=on)
    issues = _issues(texts, weights) or _issues_around(texts, asides, found)
    reasons = (
        *(score.why for score in found),
        *(f"{issue}: {', '.join(words)}" for issue, words in issues.items()),
    )
    return Topics(tuple(score.dossier for score in found), tuple(issues), reasons)


def _also_raised(reading: Reading, indices: Collection[int]) -> list[str]:
    """What the document's own contact raised in sentences that tell of another one ("thanked Qatar for securing the truce")."""
    others = (reading.text(s.span) for s in reading.sentences if s.index not in indices)
    return [text for text in others if discusses(text)]


@cache
def _lexicon() -> PhraseLexicon:
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/topics.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(raw)
    return weighted_phrases({label: tables[label] for label in ("discussing", "continuing")}, {"phrases": 1.0})


def discusses(text: str) -> bool:
    """Whether a sentence says that somebody raised, urged, agreed or refused something."""
    return any(hit.label == "discussing" for hit in _lexicon().scan(text))


def continues(text: str) -> bool:
    """Whether a sentence begins by taking up the contact before it ("They", "The talks")."""
    opening = text.lstrip("“\"‘' ")[:60]
    return any(hit.label == "continuing" and hit.start == 0 for hit in _lexicon().scan(opening))


def _sentence_weights(texts: Sequence[str]) -> tuple[float, ...]:
    """The own sentence counts in full; the next one where it takes up the contact, and others where they say what was raised."""
    more = (_DISCUSSING if discusses(text) or (n == 0 and continues(text)) else _ASIDE for n, text in enumerate(texts[1:]))
    return (1.0, *more)


def _issues(texts: Sequence[str], weights: Sequence[float]) -> Mapping[Issue, tuple[str, ...]]:
    """Issues of the sentences, strongest first, with the phrases that name them; a phrase counts once, where it weighs most."""
    phrases: dict[Issue, dict[str, float]] = {}
    for text, weight in zip(texts, weights, strict=True):
        for score in score_issues(text):
            of_issue = phrases.setdefault(score.issue, {})
            for phrase in score.phrases:
                of_issue[phrase] = max(of_issue.get(phrase, 0.0), weight * score.score / len(score.phrases))
    totals = {issue: sum(found.values()) for issue, found in phrases.items()}
    bar = max(_BAR, min(max(totals.values(), default=0.0), _RICH) * _SHARE)
    ranked = sorted(totals, key=lambda issue: -totals[issue])
    return {issue: tuple(phrases[issue]) for issue in [issue for issue in ranked if totals[issue] >= bar - 1e-9][:_MOST]}


def _issues_around(texts: Sequence[str], context: str, found: Sequence[DossierScore]) -> Mapping[Issue, tuple[str, ...]]:
    """The issue where the sentences name none: relations if only they are at stake, else what the document is most about."""
    if [score.dossier for score in found] == ["bilateral"]:
        return {Issue.BILATERAL_RELATIONS: found[0].reasons}
    around = [score for score in score_issues(context) if score.score >= STRONG] or list(score_issues("\n".join(texts)))
    return {score.issue: score.phrases for score in around[:1]}


def elaborations(reading: Reading, starts: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Give each engagement, known by the index of its own sentence, that sentence and those that elaborate it.

    A short document with its engagement in the title or the lead elaborates that one throughout, but for the sentences of other
    engagements; so does any document with one engagement alone, from its sentence on. Other engagements are elaborated by the
    sentences that directly take them up again ("They", "The talks"). A caption stands alone.
    """
    captions = {sentence.index for sentence in reading.sentences if sentence.setting is Setting.CAPTION}
    body = [sentence for sentence in reading.sentences if sentence.setting is Setting.BODY]
    lead = body[min(_LEADING, len(body)) - 1].index if body else 0
    first = min((start for start in starts if start not in captions), default=0)
    found: list[tuple[int, ...]] = []
    for start in starts:
        main = start == first and (start <= lead or len(set(starts)) == 1)
        more: list[int] = []
        if start in captions:
            main = False
        elif main:
            more = _about(body, start, starts, whole=start <= lead and len(body) <= _SHORT)
        else:
            more = _taken_up(reading, body, start, starts)
        led = main and start <= lead
        titles = [s.index for s in reading.sentences if s.setting is Setting.TITLE and s.index not in starts] if led else []
        found.append((start, *titles, *more))
    return tuple(found)


def _about(body: Sequence[Sentence], start: int, starts: Collection[int], *, whole: bool) -> list[int]:
    """Sentences of no other engagement: all of them, or those from the engagement's own up to the next one's."""
    free = [sentence.index for sentence in body if sentence.index not in starts]
    if whole:
        return free
    upto = min((other for other in starts if other > start), default=start + _SHORT)
    return [index for index in free if start < index < upto]


def _taken_up(reading: Reading, body: Sequence[Sentence], start: int, starts: Collection[int]) -> list[int]:
    more: list[int] = []
    for sentence in body:
        if sentence.index <= start:
            continue
        if sentence.index in starts or not continues(reading.text(sentence.span)):
            break
        more.append(sentence.index)
    return more[:3]
