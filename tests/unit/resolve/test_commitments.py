"""Offers with their answers, agreements with what was said about keeping them, out of made-up claims."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.actors import Actor
from dragoman.core.claims import Agreement, AnyClaim, Proposal
from dragoman.core.commitments import Commitments
from dragoman.core.ids import DossierId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    AgreementStage,
    AgreementState,
    Answer,
    Factuality,
    Issue,
    Outcome,
    ProposalKind,
    Role,
    TalksStatus,
)
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.knowledge.tracks import shipped_tracks
from dragoman.resolve.basis import Basis
from dragoman.resolve.commitments import find_commitments
from dragoman.resolve.events import resolve
from dragoman.resolve.talks import find_talks

EGYPT, HAMAS, ISRAEL = Actor("Egypt", "EGY"), Actor("Hamas", "HAMAS"), Actor("Israel", "ISR")
GAZA, LEBANON = (DossierId("gaza"),), (DossierId("lebanon"),)


class Register:
    """Collects claims beside those of the desk."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.claims: list[AnyClaim] = []

    def _document(self, words: str, on: str | None) -> tuple[Any, Span]:
        document = Document(text=words, published=date.fromisoformat(on) if on else None)
        self.desk.documents[document.id] = document
        return document.id, Span(0, len(words))

    def offer(self, words: str, on: str | None, answer: str = "open", **fields: Any) -> Proposal:
        document, span = self._document(words, on)
        own = {
            "type": ProposalKind.OFFER,
            "by": (EGYPT,),
            "to": (HAMAS,),
            "dossiers": GAZA,
            "issues": (Issue.CEASEFIRE,),
        } | fields
        claim = Proposal(document=document, evidence=(span,), rule="test", terms=span, answer=Answer(answer), **own)
        self.claims.append(claim)
        return claim

    def word(self, words: str, on: str | None, state: str, **fields: Any) -> Agreement:
        document, span = self._document(words, on)
        own = {"dossiers": GAZA, "stage": AgreementStage.CEASEFIRE} | fields
        claim = Agreement(document=document, evidence=(span,), rule="test", state=AgreementState(state), name=span, **own)
        self.claims.append(claim)
        return claim

    def basis(self) -> Basis:
        claims = [*self.desk.claims, *self.claims]
        return Basis(
            record=resolve(claims, self.desk.documents),
            claims={claim.id: claim for claim in claims},
            documents=self.desk.documents,
            dossiers=shipped_dossiers(),
        )

    def found(self) -> Commitments:
        return find_commitments(self.basis())


@pytest.fixture
def register(desk: Any) -> Register:
    return Register(desk)


def truce(desk: Any, on: str, who: str = "ISR; HAMAS; QAT", **fields: Any) -> None:
    own = {"dossiers": GAZA} | fields
    desk.report(f"A truce was signed, day {on}.", who, "agreement_signing", day=on, **own)
    people = tuple(
        replace(one, role=Role.MEDIATOR if one.actor.code == "QAT" else Role.PARTY) for one in desk.claims[-1].participants
    )
    desk.claims[-1] = replace(desk.claims[-1], participants=people)


def test_reports_of_one_offer_and_its_answer(register: Register) -> None:
    register.offer("a three-phase truce", "2024-05-06")
    last = register.offer("the three-phase truce of Egypt", "2024-05-09", "refused")
    (offer,) = register.found().offers
    assert (offer.on, offer.answer, len(offer.claims)) == (date(2024, 5, 6), Answer.REFUSED, 2)
    (answer,) = offer.answers
    assert (answer.on, answer.by, answer.claims) == (date(2024, 5, 9), (HAMAS,), (last.id,))


@pytest.mark.parametrize(
    "fields",
    [
        {"on": "2024-12-09"},
        {"on": None},
        {"words": "money for a new harbour"},
        {"by": (Actor("Oman", "OMN"),)},
        {"type": ProposalKind.DEMAND},
        {"issues": (Issue.NUCLEAR,)},
        {"dossiers": LEBANON},
    ],
)
def test_two_offers(register: Register, fields: dict[str, Any]) -> None:
    register.offer("a three-phase truce", "2024-05-06")
    own = {"words": "the three-phase truce again", "on": "2024-05-09"} | fields
    register.offer(own.pop("words"), own.pop("on"), **own)
    assert len(register.found().offers) == 2


def test_conditions_and_deadline(register: Register) -> None:
    deadline = When(end=date(2024, 5, 20))
    offer = register.offer("a truce by 20 May, only if the army leaves", "2024-05-06", deadline=deadline)
    condition = replace(offer, type=ProposalKind.CONDITION, terms=Span(18, 42), deadline=None)
    register.claims += [condition, replace(condition, by=(ISRAEL,), terms=Span(19, 42))]
    (found,) = register.found().offers
    assert (found.conditions, found.deadline) == ((condition.id,), deadline)


@pytest.mark.parametrize(("outcome", "answer"), [(Outcome.NONE_REPORTED, Answer.OPEN), (Outcome.DECLINED, Answer.REFUSED)])
def test_an_offer_to_mediate_is_an_offer(desk: Any, register: Register, outcome: Outcome, answer: Answer) -> None:
    desk.report("Egypt offered to mediate.", "EGY; HAMAS", "mediation_offer", day="2024-05-06", dossiers=GAZA, outcome=outcome)
    (offer,) = register.found().offers
    assert (offer.kind, offer.by[0].code, offer.answer, len(offer.events)) == (ProposalKind.OFFER, "EGY", answer, 1)


def test_event_and_proposal_of_one_sentence_are_one_offer(desk: Any, register: Register) -> None:
    desk.report("Egypt offered to mediate.", "EGY; HAMAS", "mediation_offer", day="2024-05-06", dossiers=GAZA)
    register.offer("Egypt offered to mediate.", None, dossiers=LEBANON)
    (offer,) = register.found().offers
    assert (len(offer.events), offer.dossiers) == (1, (*LEBANON, *GAZA))


def test_an_agreement_with_later_words(desk: Any, register: Register) -> None:
    truce(desk, "2024-01-10")
    truce(desk, "2024-05-10")
    kept = register.word("The truce holds.", "2024-05-12", "kept")
    broken = register.word(
        "Hamas accused Israel of breaking it.",
        "2024-05-20",
        "broken",
        by=(ISRAEL,),
        said_by=(HAMAS,),
        factuality=Factuality.ALLEGED,
    )
    first, second = register.found().agreements
    assert (first.words, first.reported) == ((), AgreementState.REACHED)
    assert [word.claim for word in second.words] == [kept.id, broken.id]
    assert (second.reported, second.words[-1].said_by, second.words[-1].factuality) == (
        AgreementState.BROKEN, (HAMAS,), Factuality.ALLEGED,
    )  # fmt: skip
    assert all(word.to_which for word in second.words)
    assert [actor.code for actor in second.signatories] == ["ISR", "HAMAS"]
    assert [actor.code for actor in second.brokers] == ["QAT"]


@pytest.mark.parametrize(
    ("on", "fields"),
    [
        ("2024-01-01", {}),  # before it was made
        ("2024-06-01", {"dossiers": LEBANON}),
        ("2024-06-01", {"by": (EGYPT,)}),  # no signatory
        ("2024-06-01", {"factuality": Factuality.CALLED_FOR}),
    ],
)
def test_a_word_that_fits_no_agreement(desk: Any, register: Register, on: str, fields: dict[str, Any]) -> None:
    truce(desk, "2024-05-10")
    said = register.word("The truce was broken.", on, "broken", **fields)
    found = register.found()
    assert found.agreements[0].words == ()
    assert found.unplaced == ((said.id,) if "factuality" not in fields else ())


def test_another_stage_is_another_agreement(desk: Any, register: Register) -> None:
    truce(desk, "2024-05-10")
    document = desk.claims[-1].document
    span = desk.claims[-1].evidence[0]
    register.claims.append(
        Agreement(document=document, evidence=(span,), rule="test", state=AgreementState.REACHED,
                  stage=AgreementStage.CEASEFIRE, dossiers=GAZA)
    )  # fmt: skip
    said = register.word("The peace treaty was broken.", "2024-06-01", "broken", stage=AgreementStage.COMPREHENSIVE)
    found = register.found()
    assert (found.agreements[0].stage, found.unplaced) == (AgreementStage.CEASEFIRE, (said.id,))


def test_an_agreement_as_an_outcome(desk: Any, register: Register) -> None:
    desk.report(
        "They agreed on a truce.", "ISR; HAMAS", "talks_round", day="2024-05-10", dossiers=GAZA, outcome=Outcome.AGREEMENT
    )
    desk.report("They met.", "ISR; PIJ", "talks_round", day="2024-05-10", dossiers=GAZA)
    desk.report("They will sign.", "ISR; LBN", "agreement_signing", day="2024-05-10", factuality=Factuality.PLANNED)
    (found,) = register.found().agreements
    assert found.signed is False


@pytest.mark.parametrize(
    ("state", "status"), [("kept", TalksStatus.IMPLEMENTED), ("ended", TalksStatus.COLLAPSED), ("broken", TalksStatus.AGREED)]
)
def test_words_on_the_agreement_are_words_on_the_talks(desk: Any, register: Register, state: str, status: TalksStatus) -> None:
    truce(desk, "2024-05-10")
    register.word("What became of the truce.", "2024-05-20", state)
    (talks,) = find_talks(register.basis(), shipped_tracks())
    assert talks.status is status


@pytest.mark.parametrize(("signatories", "placed"), [("USA; SGP", 0), ("ISR; HAMAS", 1)])
def test_a_treaty_of_outsiders_is_none_of_the_conflict(desk: Any, register: Register, signatories: str, placed: int) -> None:
    claim = desk.report("They signed an accord.", signatories, "agreement_signing", day="2024-05-10", dossiers=GAZA)
    signed = tuple(replace(one, role=Role.PARTY) for one in claim.participants)
    desk.claims[-1] = replace(claim, participants=signed)
    register.word("The truce was broken.", "2024-06-01", "broken")
    assert len(register.found().agreements[0].words) == placed
