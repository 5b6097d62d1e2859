"""Channels, their liveliness and the shape of their network."""

from datetime import date
from typing import Any

import pytest

from dragoman.analysis.channels import Liveliness, channels, one_way, structure
from dragoman.analysis.contacts import Weighing, contacts_of
from dragoman.core.actors import Actor
from dragoman.core.claims import Proposal, Utterance
from dragoman.core.ids import DocumentId
from dragoman.core.text import Span
from dragoman.core.vocab import Level, ProposalKind, Stance

TODAY = Weighing(as_of=date(2024, 5, 31))


def one(desk: Any, *days: str | None, others: tuple[str, ...] = ()) -> Any:
    events = [desk.event("QAT; HAMAS", day) for day in days] + [desk.event("USA; RUS", day) for day in others]
    return next(channel for channel in channels(contacts_of(events), TODAY) if channel.pair == ("HAMAS", "QAT"))


@pytest.mark.parametrize(
    ("days", "others", "expected"),
    [
        (("2024-05-14",), ("2023-01-01",), Liveliness.NEW),
        (("2024-05-14",), ("2024-03-20",), Liveliness.ACTIVE),  # the record is too short to call it new
        (("2023-05-14", "2024-05-14"), ("2023-01-01",), Liveliness.ACTIVE),
        (("2024-01-14",), (), Liveliness.QUIET),
        (("2023-05-14",), (), Liveliness.DORMANT),
        (("2022-01-01", "2022-08-01", "2023-05-14"), (), Liveliness.QUIET),  # never more often than twice a year
        (("2022-01-01", "2022-02-01", "2022-03-01"), (), Liveliness.DORMANT),
        ((None,), (), Liveliness.UNDATED),
        ((None, "2024-05-14"), (), Liveliness.ACTIVE),
    ],
)
def test_liveliness(desk: Any, days: tuple[str | None, ...], others: tuple[str, ...], expected: Liveliness) -> None:
    assert one(desk, *days, others=others).liveliness is expected


def test_a_channel_sums_its_contacts_and_names_its_best_level(desk: Any) -> None:
    events = [
        desk.event("QAT minister; HAMAS nonstate_leader", "2024-05-14"),
        desk.event("QAT official; HAMAS official", "2024-05-20", dossiers="gaza israel_palestine"),
    ]
    contacts = contacts_of(events)
    (channel,) = channels(contacts, TODAY)
    assert channel.strength == pytest.approx(sum(contact.weight(TODAY).value for contact in contacts))
    assert channel.level is Level.MINISTER or channel.level is Level.NONSTATE_LEADER
    assert channel.events == (events[1].id, events[0].id)
    assert channel.dossiers == ("gaza", "israel_palestine")
    assert (channel.first, channel.last) == (date(2024, 5, 14), date(2024, 5, 20))


def test_the_order_of_events_does_not_matter(desk: Any) -> None:
    events = [desk.event(who, day) for who in ("QAT; HAMAS", "QAT; USA", "EGY; HAMAS") for day in ("2024-05-14", None)]
    assert channels(contacts_of(events), TODAY) == channels(contacts_of(reversed(events)), TODAY)


def offer(by: str, to: str) -> Proposal:
    return Proposal(
        document=DocumentId("d"),
        evidence=(Span(0, 9),),
        rule="test",
        type=ProposalKind.OFFER,
        by=(Actor(by, by),),
        to=(Actor(to, to),),
        terms=Span(0, 9),
    )


def test_who_addresses_without_contact(desk: Any) -> None:
    known = channels(contacts_of([desk.event("QAT; HAMAS", "2024-05-14")]), TODAY)
    demand = Utterance(
        document=DocumentId("d"),
        evidence=(Span(0, 5),),
        rule="test",
        speaker="A minister",
        speaker_actors=(Actor("Iran", "IRN"),),
        content=Span(0, 5),
        target=Actor("Israel", "ISR"),
        stance=Stance.DEMAND,
    )
    remark = Utterance(
        document=DocumentId("d"),
        evidence=(Span(0, 6),),
        rule="test",
        speaker="A minister",
        speaker_actors=(Actor("Iran", "IRN"),),
        content=Span(0, 6),
        target=Actor("Egypt", "EGY"),
    )
    found = one_way([offer("QAT", "HAMAS"), offer("EGY", "HAMAS"), offer("EGY", "EGY"), demand, remark], known)
    assert {(each.by, each.to) for each in found} == {("EGY", "HAMAS"), ("IRN", "ISR")}
    assert all(each.claims for each in found)


def test_a_go_between_holds_the_network_together(desk: Any) -> None:
    events = [desk.event(who, "2024-05-14") for who in ("QAT; HAMAS", "QAT; ISR", "ISR; USA", "QAT; USA")]
    shape = structure(channels(contacts_of(events), TODAY))
    assert shape.bridges == (("HAMAS", "QAT"),)
    assert [position.actor for position in shape.positions if position.cuts] == ["QAT"]
    by_actor = {position.actor: position for position in shape.positions}
    assert by_actor["QAT"].constraint < by_actor["USA"].constraint
    assert by_actor["QAT"].partners == 3


def test_no_contacts_no_network() -> None:
    assert structure(()).positions == ()
