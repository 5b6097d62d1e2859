"""Proposals in readings made by hand."""

from dragoman.core.vocab import Answer, ProposalKind
from dragoman.extract.proposals import find_proposals

OFFERED = "Oman/Oman/PROPN/nsubj/1 offered/offer/VERB/ROOT/1 to/to/PART/aux/3 mediate/mediate/VERB/xcomp/1 ././PUNCT/punct/1"


def refusal(verb: str) -> str:
    return (
        f"Iran/Iran/PROPN/nsubj/1 {verb}ed/{verb}/VERB/ROOT/1 Oman/Oman/PROPN/poss/4 's/'s/PART/case/2 "
        "proposal/proposal/NOUN/dobj/1 ././PUNCT/punct/1"
    )


def test_an_offer_has_its_maker_and_terms(reading):
    made = reading(OFFERED)
    (proposal,) = find_proposals(made)
    assert proposal.type is ProposalKind.OFFER
    assert [a.code for a in proposal.by] == ["OMN"]
    assert made.text(proposal.terms) == "to mediate"
    assert proposal.answer is Answer.OPEN


def test_a_guarantee_is_told_from_an_offer(reading):
    (proposal,) = find_proposals(reading(OFFERED.replace("mediate/mediate", "guarantee/guarantee")))
    assert proposal.type is ProposalKind.GUARANTEE


def test_what_might_be_offered_is_no_proposal(reading):
    text = "Oman/Oman/PROPN/nsubj/2 might/might/AUX/aux/2 offer/offer/VERB/ROOT/2 to/to/PART/aux/4 mediate/mediate/VERB/xcomp/2"
    assert list(find_proposals(reading(text))) == []


def test_a_refusal_alone_is_the_owners_proposal_refused(reading):
    (proposal,) = find_proposals(reading(refusal("reject")))
    assert [a.code for a in proposal.by] == ["OMN"]
    assert [a.code for a in proposal.to] == ["IRN"]
    assert proposal.answer is Answer.REFUSED


def test_an_answer_closes_the_offer_told_before(reading):
    (proposal,) = find_proposals(reading(OFFERED, refusal("accept")))
    assert proposal.answer is Answer.ACCEPTED
    assert len(proposal.evidence) == 2
    assert [a.code for a in proposal.to] == ["IRN"]
