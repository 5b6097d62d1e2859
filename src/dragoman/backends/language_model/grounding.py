"""From a model's answer to claims: what the text does not bear out is dropped, and a problem says so."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from dragoman.backends.language_model import answers
from dragoman.backends.language_model.quotes import find_quote
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import (
    AnyClaim,
    Attribution,
    Engagement,
    Participant,
    Problem,
    Proposal,
    Status,
    Utterance,
    Violence,
    Voice,
)
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Precision, Role
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.read.place_choice import Spot
from dragoman.read.places import PlaceReader

SALIENCE = 0.5
"""A model is asked for the main statements alone: each counts as one."""
_LEAST_WORDS = 3
"""Words of a sentence that can carry a claim."""
_LEAST_SIDES = 2
_SHOWN = 60

T = TypeVar("T")


class Known(msgspec.Struct, frozen=True):
    """What names are held against; `dossiers` are the ids that a claim may have."""

    gazetteer: Gazetteer
    places: PlaceReader
    dossiers: frozenset[str]


class Ungrounded(Exception):
    """Something that the text does not bear out; the message says what."""


class Grounder:
    """Holds the answers about one passage of a document against its text; `problems` fills with what was dropped."""

    def __init__(self, document: Document, passage: Span, known: Known, rule: str) -> None:
        self._document = document
        self._passage = passage
        self._known = known
        self._rule = rule
        self.problems: list[Problem] = []

    def claims(self, answer: answers.ModelAnswer) -> tuple[AnyClaim, ...]:
        """The claims that hold, in the order of the answer."""
        return (
            *self._each(answer.engagements, self._engagement),
            *self._each(answer.utterances, self._utterance),
            *self._each(answer.proposals, self._proposal),
            *self._each(answer.violence, self._violence),
            *self._each(answer.statuses, self._status),
            *self._each(answer.attributions, self._attribution),
        )

    def _each(self, stated: Iterable[T], ground: Callable[[T], AnyClaim]) -> tuple[AnyClaim, ...]:
        claims = []
        for one in stated:
            try:
                claims.append(ground(one))
            except Ungrounded as reason:
                kind = type(one).__name__.removeprefix("Stated").lower()
                self._complain(f"{kind} dropped: {reason}")
        return tuple(claims)

    def _complain(self, what: str) -> None:
        where = self._document.name or self._document.id
        remedy = "nothing to do: the model said what the text does not; a pattern of these speaks against the model"
        self.problems.append(Problem(code="ungrounded", where=where, what=what, remedy=remedy))

    def _engagement(self, stated: answers.StatedEngagement) -> Engagement:
        evidence = self._sentence(stated.evidence)
        participants = tuple(self._participant(one, evidence) for one in stated.participants)
        if len(participants) < _LEAST_SIDES:
            raise Ungrounded(f"{_short(stated.evidence)} names fewer than two sides")
        return Engagement(
            document=self._document.id,
            evidence=(evidence,),
            factuality=stated.factuality,
            dossiers=self._dossiers(stated.dossiers),
            rule=self._rule,
            type=stated.type,
            participants=participants,
            channel=stated.channel,
            place=self._place(stated.place, evidence),
            when=self._when(stated.when, evidence),
            issues=tuple(dict.fromkeys(stated.issues)),
            outcome=stated.outcome,
        )

    def _utterance(self, stated: answers.StatedUtterance) -> Utterance:
        evidence = self._sentence(stated.evidence)
        return Utterance(
            document=self._document.id,
            evidence=(evidence,),
            rule=self._rule,
            speaker=self._wording("speaker", stated.speaker, evidence).of(self._document.text),
            speaker_actors=self._actors([stated.speaker_actor] if stated.speaker_actor else []),
            speaker_kind=stated.speaker_kind,
            content=self._wording("content", stated.content, evidence),
            direct=stated.direct,
            target=self._actor(stated.target) if stated.target else None,
            stance=stated.stance,
            issue=stated.issue,
            salience=SALIENCE,
        )

    def _proposal(self, stated: answers.StatedProposal) -> Proposal:
        evidence = self._sentence(stated.evidence)
        if not stated.by:
            raise Ungrounded(f"{_short(stated.evidence)} says nobody who makes it")
        return Proposal(
            document=self._document.id,
            evidence=(evidence,),
            rule=self._rule,
            type=stated.type,
            by=self._actors(stated.by),
            to=self._actors(stated.to),
            terms=self._wording("terms", stated.terms, evidence),
            answer=stated.answer,
            issues=tuple(dict.fromkeys(stated.issues)),
        )

    def _violence(self, stated: answers.StatedViolence) -> Violence:
        evidence = self._sentence(stated.evidence)
        text = self._document.text
        return Violence(
            document=self._document.id,
            evidence=(evidence,),
            rule=self._rule,
            type=stated.type,
            perpetrator=self._actor(stated.perpetrator) if stated.perpetrator else None,
            victim=self._wording("victim", stated.victim, evidence).of(text) if stated.victim else None,
            place=self._place(stated.place, evidence),
            when=self._when(stated.when, evidence),
        )

    def _status(self, stated: answers.StatedStatus) -> Status:
        evidence = self._sentence(stated.evidence)
        return Status(
            document=self._document.id,
            evidence=(evidence,),
            rule=self._rule,
            signal=stated.signal,
            actors=self._actors(stated.actors),
        )

    def _attribution(self, stated: answers.StatedAttribution) -> Attribution:
        evidence = self._sentence(stated.evidence)
        source = self._wording("source", stated.source, evidence)
        name = source.of(self._document.text)
        return Attribution(
            document=self._document.id,
            evidence=(evidence,),
            voices=(Voice(kind=stated.source_kind, name=name, span=source),),
            rule=self._rule,
            content=self._wording("content", stated.content, evidence),
            source=name,
        )

    def _sentence(self, quote: str) -> Span:
        """Where the evidence stands."""
        span = find_quote(quote, self._document.text, self._passage)
        if span is None:
            raise Ungrounded(f"its evidence {_short(quote)} is not in the text")
        if len(quote.split()) < _LEAST_WORDS:
            raise Ungrounded(f"its evidence {_short(quote)} is no sentence")
        return span

    def _wording(self, what: str, quote: str, evidence: Span) -> Span:
        """Where a wording stands: in the evidence, else anywhere in the passage."""
        text = self._document.text
        span = find_quote(quote, text, evidence) or find_quote(quote, text, self._passage)
        if span is None:
            raise Ungrounded(f"its {what} {_short(quote)} is not in the text")
        return span

    def _participant(self, stated: answers.StatedParticipant, evidence: Span) -> Participant:
        actor = self._actor(stated.actor)
        text = self._document.text
        person = self._person(stated.person, actor) if stated.person else None
        office = self._wording("office", stated.office, evidence).of(text) if stated.office else None
        named = stated.person or stated.actor
        return Participant(
            actor=actor,
            person=person,
            office=office,
            level=stated.level,
            role=stated.role,
            role_reason=None if stated.role is Role.COUNTERPART else self._rule,
            span=find_quote(named, text, evidence),
        )

    def _actors(self, names: Sequence[str]) -> tuple[Actor, ...]:
        return tuple({actor.key: actor for actor in map(self._actor, names)}.values())

    def _actor(self, name: str) -> Actor:
        """The actor of a name that the gazetteer knows, else one whose name is in the text."""
        entries = self._known.gazetteer.named(name)
        if entries:
            return entries[0].actor
        span = find_quote(name, self._document.text, self._passage)
        if span is None:
            raise Ungrounded(f"its actor {_short(name)} is neither in the text nor in the gazetteer")
        return Actor(span.of(self._document.text))

    def _person(self, name: str, actor: Actor) -> str:
        """A person's name as in the text, or that of somebody who held a post of the actor on the document's day."""
        span = find_quote(name, self._document.text, self._passage)
        if span is not None:
            return span.of(self._document.text)
        if actor.code and self._held_a_post(name, actor.code, self._document.published):
            return name
        raise Ungrounded(f"its person {_short(name)} is neither in the text nor in a post of {actor.name} at that time")

    def _held_a_post(self, name: str, code: str, on: date | None) -> bool:
        persons = self._known.gazetteer.persons(name, on=on, code=code)
        return on is not None and any(tenure.code == code and tenure.covers(on) for p in persons for tenure in p.tenures)

    def _place(self, name: str | None, evidence: Span) -> Place | None:
        if name is None:
            return None
        span = self._wording("place", name, evidence)
        spot = Spot(span.of(self._document.text), span.start, span.end)
        (place,) = self._known.places.resolve([spot], self._document.text, on=self._document.published)
        return place

    def _when(self, stated: answers.StatedTime | None, evidence: Span) -> When | None:
        if stated is None:
            return None
        span = self._wording("date", stated.wording, evidence)
        start, end = stated.start, stated.end
        if start is not None and end is not None and end < start:
            raise Ungrounded(f"its date {_short(stated.wording)} ends before it starts")
        resolved = start is not None or end is not None
        precision = Precision.DAY if start == end and resolved else Precision.RANGE if start and end else None
        return When(
            start=start,
            end=end,
            precision=precision,
            expression=span.of(self._document.text),
            anchor=("published" if self._document.published else "text") if resolved else None,
            span=span,
        )

    def _dossiers(self, ids: Sequence[str]) -> tuple[DossierId, ...]:
        for unknown in sorted(set(ids) - self._known.dossiers):
            self._complain(f"dossier left out: {_short(unknown)} is not in the list")
        return tuple(DossierId(one) for one in dict.fromkeys(ids) if one in self._known.dossiers)


def _short(words: str) -> str:
    """Words of a model for a message: in quotation marks, cut where long."""
    line = " ".join(words.split())
    return f"“{line[:_SHOWN]}{'…' if len(line) > _SHOWN else ''}”"
