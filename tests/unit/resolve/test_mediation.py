"""MEND's kinds and roles over a dossier, out of made-up reports."""

from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim, Engagement, Proposal
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Answer, Channel, Factuality, Guarantee, Outcome, ProposalKind, Role, Standing
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.resolve.basis import Basis
from dragoman.resolve.events import resolve
from dragoman.resolve.mediation import involvements, mediation_cases

GAZA = DossierId("gaza")


def basis(desk: Any, others: tuple[AnyClaim, ...] = ()) -> Basis:
    claims = [*desk.claims, *others]
    return Basis(
        record=resolve(claims, desk.documents),
        claims={claim.id: claim for claim in claims},
        documents=desk.documents,
        dossiers=shipped_dossiers(),
    )


def with_role(desk: Any, code: str, role: Role, **fields: Any) -> None:
    last: Engagement = desk.claims[-1]
    people = (replace(one, role=role, **fields) if one.actor.code == code else one for one in last.participants)
    desk.claims[-1] = replace(last, participants=tuple(people))


@pytest.mark.parametrize(
    ("who", "channel", "kind", "why"),
    [
        ("QAT; ISR; HAMAS", None, "M", "2 local parties"),
        ("EGY; HAMAS; PIJ", None, "M", "2 local parties"),
        ("QAT; HAMAS", Channel.SHUTTLE, "M", "shuttle"),
        ("QAT; HAMAS", None, "MR", "one local party"),
        ("QAT; EGY", None, "MR", "third parties among themselves"),
        ("ISR; HAMAS", None, None, ""),
        ("QAT; PKK", None, None, ""),
    ],
)
def test_kinds(desk: Any, who: str, channel: Channel | None, kind: str | None, why: str) -> None:
    desk.report("They met.", who, day="2024-05-14", dossiers=(GAZA,), channel=channel)
    cases = mediation_cases(basis(desk), GAZA)
    assert [(case.kind.value, why in case.why) for case in cases] == ([(kind, True)] if kind else [])


def test_separate_contacts_of_one_chain_are_shuttle(desk: Any) -> None:
    whole = "The envoy spoke separately with Israel and with Hamas."
    for code, words in (("ISR", "separately with Israel"), ("HAMAS", "with Hamas")):
        desk.report(words, f"QAT; {code}", "call", day="2024-05-14", dossiers=(GAZA,), link="one", within=whole)
    cases = mediation_cases(basis(desk), GAZA)
    assert [(case.kind.value, case.shuttle) for case in cases] == [("M", True), ("M", True)]


def test_what_is_only_planned_counts_for_nothing(desk: Any) -> None:
    desk.report("They will meet.", "QAT; ISR; HAMAS", day="2024-05-14", dossiers=(GAZA,), factuality=Factuality.PLANNED)
    assert mediation_cases(basis(desk), GAZA) == ()
    assert involvements(basis(desk), GAZA) == ()


def test_roles_over_time(desk: Any) -> None:
    for day in ("2024-03-01", "2024-05-14"):
        desk.report(f"Qatar mediated on {day}.", "QAT; ISR; HAMAS", day=day, dossiers=(GAZA,))
        with_role(desk, "QAT", Role.MEDIATOR, role_reason="mediated")
    desk.report("They met.", "QAT; USA", day="2024-06-01", dossiers=(GAZA,))
    found = {one.actor.code: one for one in involvements(basis(desk), GAZA)}
    qatar = found["QAT"]
    assert (qatar.standing, len(qatar.events), qatar.mediation, qatar.related) == (Standing.THIRD_PARTY, 3, 2, 1)
    (held,) = qatar.roles
    assert (held.role, len(held.events), str(held.first), str(held.last)) == (Role.MEDIATOR, 2, "2024-03-01", "2024-05-14")
    assert held.reasons == ("mediated",)
    assert found["HAMAS"].standing is Standing.LOCAL_PARTY
    assert list(found)[:2] == ["HAMAS", "ISR"] or list(found)[:2] == ["ISR", "HAMAS"]


@pytest.mark.parametrize(
    ("type_", "outcome", "state"),
    [
        ("mediation_offer", Outcome.NONE_REPORTED, Guarantee.OFFERED),
        ("mediation_offer", Outcome.DECLINED, Guarantee.REFUSED),
        ("agreement_signing", Outcome.AGREEMENT, Guarantee.ACCEPTED),
        ("meeting", Outcome.NONE_REPORTED, None),
    ],
)
def test_guarantor_by_event(desk: Any, type_: str, outcome: Outcome, state: Guarantee | None) -> None:
    desk.report("Türkiye, guarantor.", "TUR; ISR; HAMAS", type_, day="2024-05-14", dossiers=(GAZA,), outcome=outcome)
    with_role(desk, "TUR", Role.GUARANTOR)
    turkey = next(one for one in involvements(basis(desk), GAZA) if one.actor.code == "TUR")
    assert [step.state for step in turkey.guarantees] == ([state] if state else [])
    assert all(step.claims for step in turkey.guarantees)


def test_guarantor_by_proposal_with_its_answer(desk: Any) -> None:
    text = "Israel refused Türkiye's offer of guarantees."
    document = Document(text=text)
    desk.documents[document.id] = document
    offer = Proposal(
        document=document.id,
        evidence=(Span(0, len(text)),),
        rule="test",
        type=ProposalKind.GUARANTEE,
        by=(Actor("Turkey", "TUR"),),
        to=(Actor("Israel", "ISR"),),
        terms=Span(15, len(text)),
        answer=Answer.REFUSED,
        dossiers=(GAZA,),
    )
    (turkey,) = involvements(basis(desk, (offer,)), GAZA)
    assert [(step.state, step.on, step.claims) for step in turkey.guarantees] == [(Guarantee.REFUSED, None, (offer.id,))]
    assert turkey.standing is Standing.THIRD_PARTY
