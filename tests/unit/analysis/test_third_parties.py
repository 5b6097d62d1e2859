"""Profiles of third parties and what they add to one another."""

from datetime import date
from typing import Any

import pytest

from dragoman.analysis.coalitions import coalitions
from dragoman.analysis.contacts import Weighing, contacts_of
from dragoman.analysis.mediators import Profile, profile, wilson
from dragoman.core.actors import Actor
from dragoman.core.claims import Proposal, Utterance
from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.text import Span
from dragoman.core.vocab import Answer, Issue, Level, Outcome, ProposalKind, Role, Stance
from dragoman.knowledge.dossiers import Dossier

TODAY = Weighing(as_of=date(2024, 5, 31))
GAZA = Dossier(id=DossierId("gaza"), name="Gaza", sides=(("ISR",), ("HAMAS", "PIJ")), third_parties=("QAT", "EGY", "USA"))


def profile_of(actor: str, events: list[Any], claims: tuple[Any, ...] = ()) -> Profile:
    return profile(actor, events, contacts_of(events), claims, [GAZA], TODAY)


def said(by: str, target: str, stance: Stance) -> Utterance:
    return Utterance(
        document=DocumentId("d"),
        evidence=(Span(0, 9),),
        rule="test",
        speaker=f"Speaker of {by}",
        speaker_actors=(Actor(by, by),),
        content=Span(0, 9),
        target=Actor(target, target),
        stance=stance,
        dossiers=(GAZA.id,),
    )


def test_roles_access_and_balance(desk: Any) -> None:
    events = [
        desk.event("QAT minister mediator; HAMAS nonstate_leader", "2024-05-01"),
        desk.event("QAT minister mediator; HAMAS nonstate_leader", "2024-05-09"),
        desk.event("QAT host; ISR intelligence_chief", "2024-05-20"),
        desk.event("QAT; PIJ", "2024-05-20", factuality="planned"),
    ]
    (one,) = profile_of("QAT", events, (said("QAT", "ISR", Stance.CONDEMN), said("QAT", "HAMAS", Stance.PRAISE))).dossiers
    assert [(held.role, len(held.events)) for held in one.roles] == [(Role.MEDIATOR, 2), (Role.HOST, 1)]
    assert [(each.party, len(each.events), each.level) for each in one.access] == [
        ("HAMAS", 2, Level.NONSTATE_LEADER),
        ("ISR", 1, Level.INTELLIGENCE_CHIEF),
    ]
    assert one.unreached == ("PIJ",)
    (balance,) = one.balances
    assert balance.contacts == (1, 2)
    assert balance.share == pytest.approx(1 / 3)
    assert balance.interval == wilson(1, 3)
    assert (len(balance.tone[0].cold), len(balance.tone[1].warm)) == (1, 1)


def test_a_party_is_no_third_party_in_its_own_dossier(desk: Any) -> None:
    assert profile_of("ISR", [desk.event("ISR host; HAMAS", "2024-05-01")]).dossiers == ()


def test_outcomes_are_those_of_third_party_work(desk: Any) -> None:
    failed = desk.event("QAT mediator; HAMAS; ISR", "2024-05-01", outcome=Outcome.IMPASSE)
    other = desk.event("QAT; HAMAS", "2024-05-02", outcome=Outcome.AGREEMENT)
    (one,) = profile_of("QAT", [failed, other]).dossiers
    assert one.outcomes == ((Outcome.IMPASSE, (failed.id,)),)


def test_offers_by_their_answers(desk: Any) -> None:
    def offer(answer: Answer, kind: ProposalKind = ProposalKind.OFFER) -> Proposal:
        return Proposal(
            document=DocumentId(answer.value),
            evidence=(Span(0, 9),),
            rule="test",
            type=kind,
            by=(Actor("Qatar", "QAT"),),
            terms=Span(0, 9),
            answer=answer,
        )

    declined = desk.event("QAT mediator; HAMAS", "2024-05-01", type="mediation_offer", outcome=Outcome.DECLINED)
    claims = (offer(Answer.ACCEPTED), offer(Answer.REFUSED), offer(Answer.OPEN, ProposalKind.DEMAND))
    offers = profile_of("QAT", [declined], claims).offers
    assert (len(offers.accepted), len(offers.refused), len(offers.open)) == (1, 2, 0)


def test_criticism_is_somebodys_claim() -> None:
    (one,) = profile_of("QAT", [], (said("ISR", "QAT", Stance.ACCUSE), said("ISR", "QAT", Stance.PRAISE))).criticism
    assert (one.speaker, one.stance) == ("Speaker of ISR", Stance.ACCUSE)


@pytest.mark.parametrize(("hits", "total", "low", "high"), [(5, 10, 0.237, 0.763), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0)])
def test_wilson_against_published_values(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.001)


def test_no_observation_no_interval() -> None:
    assert wilson(0, 0) is None


def test_what_two_add_to_one(desk: Any) -> None:
    events = [
        desk.event("QAT; HAMAS", "2024-05-01", place="Doha", issues=(Issue.CEASEFIRE,)),
        desk.event("USA; ISR", "2024-05-02", place="Tel Aviv", issues=(Issue.HUMANITARIAN_AID,)),
        desk.event("EGY; HAMAS", "2024-05-03"),
        desk.event("QAT mediator; USA mediator; ISR", "2024-05-04", factuality="planned"),
        desk.event("QAT mediator; EGY mediator; HAMAS", "2024-05-05"),
    ]
    found = coalitions(GAZA, events, contacts_of(events), TODAY)
    by_members = {one.members: one for one in found}
    best = by_members["QAT", "USA"]
    assert (best.gain, best.best_alone, best.unreached) == (1, "QAT", ("PIJ",))
    assert {(reach.party, reach.by) for reach in best.reach} == {("ISR", "USA"), ("HAMAS", "QAT")}
    assert (best.adds_issues, best.adds_places) == ((Issue.HUMANITARIAN_AID,), ("Tel Aviv",))
    assert best.joint == ()
    same = by_members["EGY", "QAT"]
    assert (same.gain, same.redundancy, same.joint) == (0, 1.0, (events[4].id,))
    assert found.index(best) < found.index(same)


def test_one_third_party_is_no_coalition(desk: Any) -> None:
    events = [desk.event("QAT; HAMAS", "2024-05-01")]
    assert coalitions(GAZA, events, contacts_of(events), TODAY) == ()
