"""Positions out of made-up statements: stance on an issue over time, with change points."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim, Proposal, Utterance
from dragoman.core.ids import DossierId
from dragoman.core.positions import Position
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Answer, Issue, ProposalKind, SpeakerKind, Stance
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.resolve.basis import Basis
from dragoman.resolve.events import resolve
from dragoman.resolve.positions import find_positions

HAMAS, ISRAEL, EGYPT = Actor("Hamas", "HAMAS"), Actor("Israel", "ISR"), Actor("Egypt", "EGY")
FOR, AGAINST = "We support a ceasefire.", "We reject a ceasefire."
IF = "We will agree to a ceasefire only if the army leaves."


class Room:
    """Collects statements, each in a document of its own."""

    def __init__(self) -> None:
        self.documents: dict[Any, Document] = {}
        self.claims: list[AnyClaim] = []

    def said(self, words: str, on: str | None, by: Actor = HAMAS, stance: str = "support", **fields: Any) -> Utterance:
        document = Document(text=f"{words} {len(self.claims)}", published=date.fromisoformat(on) if on else None)
        span = Span(0, len(words))
        own = {"issue": Issue.CEASEFIRE, "dossiers": (DossierId("gaza"),)} | fields
        claim = Utterance(
            document=document.id,
            evidence=(span,),
            rule="test",
            speaker=by.name,
            speaker_actors=(by,),
            content=span,
            stance=Stance(stance),
            **own,
        )
        self.documents[document.id] = document
        self.claims.append(claim)
        return claim

    def put(self, words: str, on: str, answer: Answer, kind: ProposalKind = ProposalKind.OFFER) -> Proposal:
        document = Document(text=words, published=date.fromisoformat(on))
        span = Span(0, len(words))
        claim = Proposal(document=document.id, evidence=(span,), rule="test", type=kind, by=(EGYPT,), to=(HAMAS,),
                         terms=span, answer=answer, issues=(Issue.CEASEFIRE,), dossiers=(DossierId("gaza"),))  # fmt: skip
        self.documents[document.id] = document
        self.claims.append(claim)
        return claim

    def positions(self) -> tuple[Position, ...]:
        record = resolve(self.claims, self.documents)
        by_id = {claim.id: claim for claim in self.claims}
        return find_positions(Basis(record=record, claims=by_id, documents=self.documents, dossiers=shipped_dossiers()))


def course(one: Position) -> list[tuple[str, str | None, str | None]]:
    return [(s.stance.value, str(s.since) if s.since else None, str(s.last) if s.last else None) for s in one.stands]


def test_refused_until_since_then_conditional() -> None:
    room = Room()
    room.said(AGAINST, "2024-05-01")
    room.said(AGAINST, "2024-05-12")
    last = room.said(IF, "2024-05-20", stance="neutral")
    (found,) = room.positions()
    assert course(found) == [("opposes", "2024-05-01", "2024-05-12"), ("conditional", "2024-05-20", "2024-05-20")]
    (change,) = found.changes
    assert (change.before.value, str(change.until), change.now.value, str(change.on)) == (
        "opposes", "2024-05-12", "conditional", "2024-05-20",
    )  # fmt: skip
    assert change.claims == (last.id,)
    assert found.current is found.stands[-1]


def test_a_demand_changes_nothing() -> None:
    room = Room()
    room.said(FOR, "2024-05-01")
    room.said("We demand a ceasefire.", "2024-05-03", stance="demand")
    room.said(FOR, "2024-05-09")
    (found,) = room.positions()
    assert course(found) == [("supports", "2024-05-01", "2024-05-09")]
    assert len(found.claims) == 3
    assert found.changes == ()


def test_a_day_of_both_decides_nothing() -> None:
    room = Room()
    room.said(FOR, "2024-05-01")
    room.said(FOR, "2024-05-03")
    room.said(AGAINST, "2024-05-03")
    (found,) = room.positions()
    assert course(found) == [("supports", "2024-05-01", "2024-05-01")]
    assert len(found.unsettled) == 2


def test_without_a_day_no_change_is_known() -> None:
    room = Room()
    room.said(FOR, None)
    room.said(AGAINST, "2024-05-03")
    (found,) = room.positions()
    assert course(found) == [("supports", None, None), ("opposes", "2024-05-03", "2024-05-03")]
    assert found.changes == ()


@pytest.mark.parametrize(("answer", "stance"), [(Answer.ACCEPTED, "supports"), (Answer.REFUSED, "opposes"), (Answer.OPEN, None)])
def test_answers_to_a_proposal(answer: Answer, stance: str | None) -> None:
    room = Room()
    room.put("Egypt offered a truce.", "2024-05-06", answer)
    found = {one.actor.key: [stand.stance.value for stand in one.stands] for one in room.positions()}
    assert found == {"EGY": ["supports"]} | ({"HAMAS": [stance]} if stance else {})


@pytest.mark.parametrize(
    "fields",
    [
        {"stance": "praise"},
        {"speaker_kind": SpeakerKind.ANALYST},
        {"dossiers": ()},
        {"dossiers": (DossierId("bilateral"),)},
        {"issue": Issue.OTHER},
        {"issue": Issue.SANCTIONS},  # the sentence does not name it
    ],
)
def test_no_position(fields: dict[str, Any]) -> None:
    room = Room()
    room.said(FOR, "2024-05-01", **fields)
    assert room.positions() == ()


def test_a_warning_with_unless_is_no_condition() -> None:
    room = Room()
    room.said("The ceasefire will end unless the army leaves.", "2024-05-01", stance="warn")
    assert room.positions() == ()


def test_somebody_elses_refusal_is_none_of_the_speakers() -> None:
    room = Room()
    said = room.said("He knew that Hamas does not accept a ceasefire.", "2024-05-01", by=ISRAEL, stance="neutral")
    room.claims[-1] = replace(said, target=HAMAS)
    assert room.positions() == ()


def test_order_of_arrival_does_not_matter() -> None:
    room = Room()
    for words, on in ((FOR, "2024-05-01"), (AGAINST, "2024-05-03"), (FOR, "2024-05-03"), (IF, "2024-05-09")):
        room.said(words, on)
    forward = room.positions()
    room.claims.reverse()
    assert room.positions() == forward


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("We will support the ceasefire for as long as it takes.", "supports"),
        ("We will support the ceasefire as long as the crossings stay open.", "conditional"),
    ],
)
def test_for_as_long_as_it_takes_is_no_condition(words: str, stance: str) -> None:
    room = Room()
    room.said(words, "2024-05-01", stance="support")
    (position,) = room.positions()
    assert [stand.stance.value for stand in position.stands] == [stance]
