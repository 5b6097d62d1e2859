"""Who could carry a message, and what speaks against it."""

from datetime import date
from typing import Any

import pytest

from dragoman.analysis.carriers import Objection, Question, Route, routes, with_objections
from dragoman.analysis.contacts import Weighing, contacts_of
from dragoman.core.actors import Actor
from dragoman.core.claims import Proposal, Utterance
from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.text import Span
from dragoman.core.vocab import Answer, Channel, Outcome, ProposalKind, Stance

TODAY = Weighing(as_of=date(2024, 5, 31))
TO_HAMAS = Question(sender="USA", receiver="HAMAS")
DOCUMENT = DocumentId("d")
PUBLISHED = {DOCUMENT: date(2024, 5, 1)}


def ways(*events: Any, question: Question = TO_HAMAS, parties: tuple[str, ...] = ()) -> tuple[Route, ...]:
    return routes(question, events, contacts_of(events, as_of=TODAY.as_of), TODAY, parties=parties)


def test_the_stronger_carrier_comes_first_and_each_hop_cites_its_contacts(desk: Any) -> None:
    events = [
        desk.event("USA minister; QAT minister", "2024-05-20"),
        desk.event("QAT minister; HAMAS nonstate_leader", "2024-05-22"),
        desk.event("USA official; TUR official", "2023-05-20"),
        desk.event("TUR minister; HAMAS nonstate_leader", "2024-05-22"),
    ]
    first, second = ways(*events)
    assert (first.carriers, second.carriers) == (("QAT",), ("TUR",))
    assert [hop.contacts[0].event for hop in first.hops] == [events[0].id, events[1].id]
    assert first.score == pytest.approx(min(hop.strength for hop in first.hops))


def test_a_direct_channel_is_a_way_without_carriers(desk: Any) -> None:
    (direct,) = ways(desk.event("USA; HAMAS", "2024-05-20"))
    assert direct.carriers == ()


def test_no_contact_no_way(desk: Any) -> None:
    assert ways(desk.event("USA; QAT", "2024-05-20"), desk.event("EGY; HAMAS", "2024-05-20")) == ()


def test_two_carriers_in_a_row_score_less_and_can_be_left_out(desk: Any) -> None:
    events = [desk.event(who, "2024-05-31") for who in ("USA; QAT", "QAT; EGY", "EGY; HAMAS")]
    (route,) = ways(*events)
    assert route.carriers == ("QAT", "EGY")
    assert route.score == pytest.approx(0.6 * min(hop.strength for hop in route.hops))
    assert ways(*events, question=Question(sender="USA", receiver="HAMAS", longest=1)) == ()


def test_a_plan_carries_nothing_and_tomorrow_is_not_known(desk: Any) -> None:
    reached = desk.event("USA; QAT", "2024-05-20")
    assert ways(reached, desk.event("QAT; HAMAS", "2024-05-22", factuality="planned")) == ()
    assert ways(reached, desk.event("QAT; HAMAS", "2024-06-22")) == ()


def test_standing_between_both_ends_counts(desk: Any) -> None:
    talks = desk.event("USA party; HAMAS party; QAT mediator", "2024-05-20", channel=Channel.SHUTTLE)
    (route,) = ways(talks)
    assert (route.carriers, route.joint) == (("QAT",), (talks.id,))
    assert route.score > min(hop.strength for hop in route.hops)


def test_a_relay_goes_in_the_order_of_the_message(desk: Any) -> None:
    there = ways(desk.event("USA; QAT", "2024-05-20"), desk.event("QAT; HAMAS", "2024-05-22"))
    late = ways(desk.event("USA; QAT", "2024-04-01"), desk.event("QAT; HAMAS", "2024-05-22"))
    backwards = ways(desk.event("USA; QAT", "2024-05-22"), desk.event("QAT; HAMAS", "2024-05-20"))
    assert [len(route.relays) for (route,) in (there, late, backwards)] == [1, 0, 0]


def test_an_undated_path_says_so(desk: Any) -> None:
    (route,) = ways(desk.event("USA; TUR"), desk.event("TUR; HAMAS", "2024-05-22"))
    assert not route.dated
    assert [(each.kind, each.actor) for each in route.against] == [(Objection.UNDATED, "TUR")]


def test_silence_and_parties_speak_against(desk: Any) -> None:
    events = [desk.event("USA; QAT", "2023-01-20"), desk.event("QAT; HAMAS", "2024-05-22")]
    (route,) = ways(*events, parties=("QAT", "HAMAS"))
    assert [(each.kind, each.carrier) for each in route.against] == [(Objection.SILENCE, "USA"), (Objection.PARTY, "QAT")]
    assert route.against[0].last == date(2023, 1, 20)


def test_a_dossier_narrows_the_contacts(desk: Any) -> None:
    events = [desk.event("USA; QAT", "2024-05-20", dossiers="gaza"), desk.event("QAT; HAMAS", "2024-05-22", dossiers="syria")]
    assert ways(*events)
    assert ways(*events, question=Question(sender="USA", receiver="HAMAS", dossier=DossierId("gaza"))) == ()


def refused(answer: Answer) -> Proposal:
    return Proposal(
        document=DOCUMENT,
        evidence=(Span(0, 9),),
        rule="test",
        type=ProposalKind.OFFER,
        by=(Actor("Qatar", "QAT"),),
        to=(Actor("Hamas", "HAMAS"),),
        terms=Span(0, 9),
        answer=answer,
    )


def accused(by: str, target: str, stance: Stance = Stance.ACCUSE) -> Utterance:
    return Utterance(
        document=DOCUMENT,
        evidence=(Span(0, 9),),
        rule="test",
        speaker=by,
        speaker_actors=(Actor(by, by),),
        content=Span(0, 9),
        target=Actor(target, target),
        stance=stance,
    )


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (refused(Answer.REFUSED), [(Objection.REFUSED, "HAMAS")]),
        (refused(Answer.ACCEPTED), []),
        (accused("USA", "QAT"), [(Objection.ACCUSED, "USA")]),
        (accused("USA", "QAT", Stance.PRAISE), []),
        (accused("FRA", "QAT"), []),  # not an end of the path
        (accused("USA", "EGY"), []),  # not a carrier
    ],
)
def test_claims_against_a_carrier(desk: Any, claim: Any, expected: list[tuple[Objection, str]]) -> None:
    events = [desk.event("USA; QAT", "2024-05-20"), desk.event("QAT; HAMAS", "2024-05-22")]
    (route,) = with_objections(ways(*events), TO_HAMAS, [claim], events, PUBLISHED, TODAY)
    assert [(each.kind, each.actor) for each in route.against] == expected
    assert all(each.claims == (claim.id,) for each in route.against)


def test_an_accusation_of_long_ago_no_longer_counts(desk: Any) -> None:
    events = [desk.event("USA; QAT", "2024-05-20"), desk.event("QAT; HAMAS", "2024-05-22")]
    old = {DOCUMENT: date(2022, 5, 1)}
    (route,) = with_objections(ways(*events), TO_HAMAS, [accused("USA", "QAT")], events, old, TODAY)
    assert route.against == ()


def test_declined_mediation_speaks_against(desk: Any) -> None:
    offer = desk.event("QAT mediator; HAMAS", "2024-05-01", type="mediation_offer", outcome=Outcome.DECLINED)
    events = [desk.event("USA; QAT", "2024-05-20"), desk.event("QAT; HAMAS", "2024-05-22"), offer]
    (route,) = with_objections(ways(*events), TO_HAMAS, [], events, PUBLISHED, TODAY)
    assert [(each.kind, each.actor, each.events) for each in route.against] == [(Objection.REFUSED, "HAMAS", (offer.id,))]
