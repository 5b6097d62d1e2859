"""Readouts of one event side by side, and how credible it is."""

from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim, Proposal, Utterance, Voice
from dragoman.core.records import Event
from dragoman.core.text import Span
from dragoman.core.vocab import Credibility, Factuality, Issue, ProposalKind, Stance, VoiceKind
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.owners import Owners
from dragoman.resolve.basis import Basis
from dragoman.resolve.events import resolve
from dragoman.resolve.readouts import align_readouts, grade_credibility

FIDAN, BLINKEN = "TUR Hakan Fidan minister", "USA Antony Blinken minister"
TURKEY, AMERICA = Actor("Turkey", "TUR"), Actor("United States", "USA")
SOURCES = Voice(kind=VoiceKind.ANONYMOUS, name="Turkish diplomatic sources")
SPOKESMAN = Voice(kind=VoiceKind.SPOKESPERSON, name="Spokesperson Miller", actor=AMERICA)


@pytest.fixture(scope="module")
def owner() -> Owners:
    return Owners(load_gazetteer(), {"Embassy bulletin": "TUR"})


def basis(desk: Any, others: tuple[AnyClaim, ...] = ()) -> tuple[Event, Basis]:
    claims = [*desk.claims, *others]
    record = resolve(claims, desk.documents)
    by_id = {claim.id: claim for claim in claims}
    return record.events[0], Basis(record=record, claims=by_id, documents=desk.documents, dossiers=shipped_dossiers())


def statement(desk: Any, words: str, of: Actor, **fields: Any) -> Utterance:
    document = next(one for one in desk.documents.values() if words in one.text)
    start = document.text.index(words)
    span = Span(start, start + len(words))
    return Utterance(
        document=document.id, evidence=(span,), rule="test", speaker=of.name, speaker_actors=(of,), content=span, **fields
    )


def two_sides(desk: Any) -> tuple[AnyClaim, ...]:
    ankara = "Fidan called Blinken. Fidan opposed the offensive. Fidan offered to host talks."
    washington = "Blinken spoke with Fidan. Blinken urged the release of hostages."
    call = ("call",)
    desk.report("Fidan called Blinken.", f"{FIDAN}; {BLINKEN}", *call, day="2024-05-14", published="2024-05-14", within=ankara,
                source="A", voices=(SOURCES,), issues=(Issue.CEASEFIRE,))  # fmt: skip
    desk.report("Blinken spoke with Fidan.", f"{BLINKEN}; {FIDAN}", *call, day="2024-05-14", published="2024-05-15",
                within=washington, source="B", voices=(SPOKESMAN,), issues=(Issue.CEASEFIRE,))  # fmt: skip
    offer = "Fidan offered to host talks."
    start = ankara.index(offer)
    document = next(one for one in desk.documents.values() if one.text == ankara)
    return (
        statement(desk, "Fidan opposed the offensive.", TURKEY, stance=Stance.OPPOSE, issue=Issue.SECURITY_GUARANTEES),
        statement(desk, "Blinken urged the release of hostages.", AMERICA, stance=Stance.DEMAND, issue=Issue.HOSTAGES_PRISONERS),
        Proposal(document=document.id, evidence=(Span(start, start + len(offer)),), rule="test", type=ProposalKind.OFFER,
                 by=(TURKEY,), terms=Span(start + 14, start + len(offer) - 1), issues=(Issue.POLITICAL_SETTLEMENT,)),
    )  # fmt: skip


def test_both_sides(desk: Any, owner: Owners) -> None:
    event, on = basis(desk, two_sides(desk))
    aligned = align_readouts(event, on, owner)
    ankara, washington = aligned.readouts
    assert [one.side.code for one in aligned.readouts if one.side] == ["TUR", "USA"]
    assert aligned.shared == (Issue.CEASEFIRE,)
    assert ankara.adds == (Issue.SECURITY_GUARANTEES, Issue.POLITICAL_SETTLEMENT)
    assert washington.adds == (Issue.HOSTAGES_PRISONERS,) == ankara.leaves_out
    assert [one.value for one in ankara.offers] == ["offer by Turkey: to host talks"]
    assert [(one.value, len(one.claims)) for one in ankara.tone] == [("oppose", 1)]
    assert (aligned.independent, aligned.credibility.grade) == (2, Credibility.CONFIRMED)


def test_a_copy_is_no_telling_of_its_own(desk: Any, owner: Owners) -> None:
    others = two_sides(desk)
    event, on = basis(desk, others)
    first, second = (claim.document for claim in desk.claims)
    aligned = align_readouts(event, replace(on, groups={second: first}), owner)
    assert [len(one.documents) for one in aligned.readouts] == [2]


def test_words_of_another_contact_do_not_count(desk: Any, owner: Owners) -> None:
    whole = "Fidan called Blinken. Then Fidan met Safadi. Fidan praised Safadi."
    desk.report("Fidan called Blinken.", f"{FIDAN}; {BLINKEN}", "call", day="2024-05-14", within=whole)
    desk.report("Then Fidan met Safadi.", f"{FIDAN}; JOR Ayman Safadi minister", day="2024-05-15", within=whole)
    praise = statement(desk, "Fidan praised Safadi.", TURKEY, stance=Stance.PRAISE, issue=Issue.REFUGEES)
    claims = [*desk.claims, praise]
    record = resolve(claims, desk.documents)
    on = Basis(record=record, claims={one.id: one for one in claims}, documents=desk.documents, dossiers=shipped_dossiers())
    issues = {event.type.value: align_readouts(event, on, owner).readouts[0].issues for event in record.events}
    assert issues == {"call": (), "meeting": (Issue.REFUGEES,)}


@pytest.mark.parametrize(
    ("fields", "grade"),
    [
        ({"voices": (SPOKESMAN,)}, Credibility.PROBABLE),
        ({"source": "Embassy bulletin"}, Credibility.PROBABLE),
        ({"source": "Some paper"}, Credibility.POSSIBLE),
        ({"voices": (Voice(kind=VoiceKind.ANONYMOUS, name="two officials"),)}, Credibility.DOUBTFUL),
        ({"source": "Some paper", "factuality": Factuality.ALLEGED}, Credibility.DOUBTFUL),
        ({"source": "Some paper", "factuality": Factuality.DENIED}, Credibility.IMPROBABLE),
        ({}, Credibility.UNKNOWN),
    ],
)
def test_one_report(desk: Any, owner: Owners, fields: dict[str, Any], grade: Credibility) -> None:
    desk.report("Fidan called Blinken.", f"{FIDAN}; {BLINKEN}", "call", day="2024-05-14", **fields)
    graded = grade_credibility(*basis(desk), owner)
    assert (graded.grade, bool(graded.why)) == (grade, True)


def test_two_papers_after_one_teller(desk: Any, owner: Owners) -> None:
    for words in ("Fidan called Blinken.", "A call joined Fidan and Blinken."):
        desk.report(words, f"{FIDAN}; {BLINKEN}", "call", day="2024-05-14", voices=(SOURCES,))
    assert grade_credibility(*basis(desk), owner).grade is Credibility.PROBABLE


@pytest.mark.parametrize(
    ("voice", "code"),
    [
        (SOURCES, "TUR"),
        (Voice(kind=VoiceKind.OUTLET, name="The White House"), "USA"),
        (Voice(kind=VoiceKind.OUTLET, name="Jordan Mirror"), None),
        (Voice(kind=VoiceKind.OUTLET, name="Embassy bulletin"), "TUR"),
        (Voice(kind=VoiceKind.ANALYST, name="a Turkish analyst"), None),
    ],
)
def test_owners(owner: Owners, voice: Voice, code: str | None) -> None:
    found = owner(voice)
    assert (found.code if found else None) == code
