from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.claims import AnyClaim, Utterance
from dragoman.core.ids import ClaimId, DossierId
from dragoman.core.judgements import Judgement
from dragoman.core.records import Record
from dragoman.core.text import Span
from dragoman.core.vocab import Channel, EngagementType, Issue, Role, Stance, Verdict
from dragoman.resolve.events import resolve
from dragoman.resolve.judging import corrected

WHO = "TUR Hakan Fidan minister; USA Antony Blinken minister"


def judge(verdict: Verdict, *claims: AnyClaim | ClaimId, hour: int = 9, **fields: Any) -> Judgement:
    ids = tuple(one if isinstance(one, str) else one.id for one in claims)
    return Judgement(verdict=verdict, claims=ids, by="me", at=datetime(2024, 5, 20, hour, tzinfo=UTC), **fields)


def run(desk: Any, *judgements: Judgement, earlier: tuple[AnyClaim, ...] = ()) -> Record:
    return resolve(desk.claims, desk.documents, (), judgements, earlier)


@pytest.fixture
def pair(desk: Any) -> Any:
    """Two reports that are one event by themselves."""
    desk.report("Fidan met Blinken in Ankara.", WHO, day="2024-05-14", place="Ankara, TUR")
    desk.report("Blinken met Fidan in Ankara.", WHO, day="2024-05-14", place="Ankara, TUR")
    return desk


def test_reject_and_undo(pair: Any) -> None:
    first, second = pair.claims
    no = judge(Verdict.REJECT, first)
    record = run(pair, no)
    assert [event.claims for event in record.events] == [(second.id,)]
    assert record.rejected == (first.id,)
    back = judge(Verdict.REJECT, first, hour=10, undoes=no.id)
    assert run(pair, no, back) == run(pair)
    again = judge(Verdict.REJECT, first, hour=11, undoes=back.id)
    assert run(pair, again, no, back).rejected == (first.id,)


def test_accept_shows_on_the_event(pair: Any) -> None:
    yes = judge(Verdict.ACCEPT, pair.claims[0])
    record = run(pair, yes)
    (event,) = record.events
    assert event.accepted
    assert event.judgements == (yes.id,)
    assert record.accepted == (pair.claims[0].id,)


def test_the_later_opinion_holds(pair: Any) -> None:
    claim = pair.claims[0]
    no, yes = judge(Verdict.REJECT, claim), judge(Verdict.ACCEPT, claim, hour=12)
    assert run(pair, yes, no).rejected == ()
    assert run(pair, no, yes) == run(pair, yes, no)


def test_split_and_merge(pair: Any) -> None:
    first, second = pair.claims
    split = judge(Verdict.SPLIT, first, second, why="two meetings")
    record = run(pair, split)
    assert len(record.events) == 2
    assert all(event.judgements == (split.id,) for event in record.events)
    merge = judge(Verdict.MERGE, first, second, hour=10)
    (event,) = run(pair, split, merge).events
    assert event.judgements == (merge.id,)
    assert event.merges[0].reasons[0].feature == "judgement"


def test_merge_overrules_the_features(desk: Any) -> None:
    one = desk.report("Fidan met Blinken.", WHO, day="2024-05-14")
    other = desk.report("Fidan called Blinken.", WHO, "call", day="2024-05-24")
    assert len(run(desk).events) == 2
    assert len(run(desk, judge(Verdict.MERGE, one, other)).events) == 1


def test_correct_changes_what_the_event_says(pair: Any) -> None:
    first, second = pair.claims
    made = [judge(Verdict.CORRECT, one, field="participants.0.role", value="mediator") for one in (first, second)]
    record = run(pair, *made)
    (event,) = record.events
    assert event.participants[0].role is Role.MEDIATOR
    assert set(event.claims) == {first.id, second.id}
    assert {one.claim for one in record.corrections} == {first.id, second.id}
    assert set(event.judgements) == {one.id for one in made}


def test_correcting_what_the_id_is_made_of_keeps_the_id(pair: Any) -> None:
    first, _ = pair.claims
    record = run(
        pair,
        judge(Verdict.CORRECT, first, field="type", value="call"),
        judge(Verdict.CORRECT, first, field="channel", value="phone", hour=10),
    )
    assert len(record.events) == 2
    (correction,) = record.corrections
    assert correction.claim == first.id != correction.corrected.id
    assert any(event.claims == (first.id,) and event.type is EngagementType.CALL for event in record.events)


def test_assign_sets_dossiers(pair: Any) -> None:
    record = run(pair, judge(Verdict.ASSIGN, *pair.claims, value="gaza, syria"))
    assert record.events[0].dossiers == (DossierId("gaza"), DossierId("syria"))


def test_what_was_filed_by_words_is_filed_by_an_analyst_once_corrected(desk: Any) -> None:
    claim = desk.report("They met.", WHO)
    claim = replace(claim, dossiers=("gaza",), filed=("gaza: “Rafah”", "ceasefire: “truce”"))
    assert corrected(claim, "dossiers", "syria").filed == ("ceasefire: “truce”", "dossiers set by an analyst")
    with pytest.raises(ValueError, match="no field 'filed'"):
        corrected(claim, "filed", "because")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("channel", "video", lambda claim: claim.channel is Channel.VIDEO),
        ("channel", None, lambda claim: claim.channel is None),
        ("when.start", "2024-05-13", lambda claim: claim.when.start.day == 13),
        ("place.country", "TUR", lambda claim: claim.place.country == "TUR"),
        ("issues", "ceasefire, nuclear", lambda claim: claim.issues == (Issue.CEASEFIRE, Issue.NUCLEAR)),
        ("issues", None, lambda claim: claim.issues == ()),
        ("round", "3", lambda claim: claim.round == 3),
        ("participants.1.actor.code", "CAN", lambda claim: claim.participants[1].actor.code == "CAN"),
    ],
)
def test_corrected(desk: Any, field: str, value: str | None, expected: Any) -> None:
    assert expected(corrected(desk.report("They met.", WHO), field, value))


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("evidence", "x", "no field 'evidence' that can be corrected"),
        ("colour", "red", "no field 'colour'"),
        ("channel", "pigeon", "cannot be 'pigeon'"),
        ("when.start", "soon", "cannot be 'soon'"),
        ("participants.7.role", "host", "no number 7 among 2"),
        ("participants.first.role", "host", "no number first"),
        ("participants.0", "host", "name one field"),
        ("type.more.still", "host", "name one field"),
        ("place.colour", "red", "no field 'place.colour'"),
    ],
)
def test_impossible_corrections_are_listed(desk: Any, field: str, value: str, why: str) -> None:
    claim = desk.report("They met.", WHO)
    record = run(desk, judge(Verdict.CORRECT, claim, field=field, value=value))
    (left,) = record.unattached
    assert why in left.why
    assert left.claims == (claim.id,)
    assert record.corrections == ()


def test_a_judgement_follows_its_claim_after_re_coding(desk: Any) -> None:
    text = "On Tuesday Fidan met Blinken. He also met Al Thani."
    old = desk.report("Fidan met Blinken.", WHO, within=text)
    desk.claims.clear()
    new = desk.report("On Tuesday Fidan met Blinken.", WHO, within=text)
    other = desk.report("He also met Al Thani.", "TUR Hakan Fidan; QAT", within=text)
    assert run(desk, judge(Verdict.REJECT, old), earlier=(old,)).rejected == (new.id,)
    quoted = judge(Verdict.REJECT, old, document=old.document, quote="Fidan met Blinken.")
    assert run(desk, quoted).rejected == (new.id,)
    assert other.id in {claim for event in run(desk, quoted).events for claim in event.claims}


@pytest.mark.parametrize(
    ("verdict", "fields", "who", "attached"),
    [
        (Verdict.REJECT, {}, WHO, True),
        (Verdict.REJECT, {}, "TUR Hakan Fidan minister; QAT Mohammed Al Thani", False),
        (Verdict.ACCEPT, {}, f"{WHO}; QAT Mohammed Al Thani", False),
        (Verdict.CORRECT, {"field": "participants.1.role", "value": "host"}, f"{WHO}; QAT Mohammed Al Thani", False),
        (Verdict.CORRECT, {"field": "channel", "value": "video"}, f"{WHO}; QAT Mohammed Al Thani", True),
    ],
)
def test_what_is_coded_otherwise_now_is_to_be_judged_anew(
    desk: Any, verdict: Verdict, fields: dict[str, Any], who: str, *, attached: bool
) -> None:
    """Whoever rejected a misread sentence has not rejected the better reading of it."""
    text = "On Tuesday Fidan met Blinken."
    old = replace(desk.report(text, WHO), rule="older", when=None)
    (document,) = desk.documents
    desk.claims.clear()
    desk.report("Fidan met Blinken.", who, within=text)
    old = replace(old, evidence=(Span(0, len(text)),), document=document)
    record = run(desk, judge(verdict, old, **fields), earlier=(old,))
    assert bool(record.unattached) is not attached
    assert all("judge it anew" in left.why for left in record.unattached)


def test_what_a_headline_told_is_found_in_the_text(desk: Any) -> None:
    text = "Fidan and Blinken meet\n\nTurkish minister Fidan received Blinken."
    old = desk.report("Fidan and Blinken meet", WHO, within=text)
    desk.claims.clear()
    new = desk.report("Turkish minister Fidan received Blinken.", WHO, within=text)
    assert run(desk, judge(Verdict.REJECT, old), earlier=(old,)).rejected == (new.id,)
    desk.report("received Blinken.", WHO, within=text)
    assert run(desk, judge(Verdict.REJECT, old), earlier=(old,)).rejected == ()


def test_of_two_claims_in_one_sentence_the_same_people_count(desk: Any) -> None:
    text = "Fidan spoke separately with Blinken and Al Thani."
    old = desk.report(text, WHO, "call")
    desk.claims.clear()
    whole = f"{text} So they said."
    mine = desk.report(text, "TUR Hakan Fidan minister; USA minister", "call", within=whole, link="l")
    desk.report(text, "TUR Hakan Fidan minister; QAT Mohammed Al Thani", "call", within=whole, link="l")
    moved = replace(old, document=mine.document)
    assert run(desk, judge(Verdict.REJECT, moved), earlier=(moved,)).rejected == (mine.id,)
    quoted = judge(Verdict.REJECT, ClaimId("c0"), document=mine.document, quote=text)
    (left,) = run(desk, quoted).unattached
    assert "several claims" in left.why


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "neither its document"),
        ({"document": "d0"}, "no longer in the document"),
        ({"document": "d0", "quote": "Never said."}, "no longer in the document"),
    ],
)
def test_judgements_that_find_nothing_are_listed(pair: Any, fields: dict[str, Any], why: str) -> None:
    decision = judge(Verdict.REJECT, ClaimId("c0"), **fields)
    (left,) = run(pair, decision).unattached
    assert left.judgement == decision.id
    assert left.claims == (ClaimId("c0"),)
    assert why in left.why


def test_words_without_a_claim_and_stray_undoing(pair: Any) -> None:
    document = pair.claims[0].document
    pair.documents[document] = replace(
        pair.documents[document], text=pair.documents[document].text + " The weather was fine that day."
    )
    decision = judge(Verdict.REJECT, ClaimId("c0"), document=document, quote="The weather was fine that day.")
    stray = judge(Verdict.REJECT, pair.claims[0], undoes="j0")
    alone = judge(Verdict.MERGE, pair.claims[0])
    reasons = {left.judgement: left.why for left in run(pair, decision, stray, alone).unattached}
    assert "no claim stands" in reasons[decision.id]
    assert "takes back j0" in reasons[stray.id]
    assert "fewer than two" in reasons[alone.id]


def test_other_claims_pass_through_corrected(pair: Any) -> None:
    document = pair.claims[0].document
    said = Utterance(document=document, evidence=(Span(0, 5),), rule="test", speaker="Hakan Fidan", content=Span(0, 5))
    pair.claims.append(said)
    record = run(pair, judge(Verdict.CORRECT, said, field="stance", value="demand"))
    assert record.others == (replace(said, stance=Stance.DEMAND),)


def test_dice() -> None:
    assert Span(0, 10).dice(Span(0, 10)) == 1
    assert Span(0, 10).dice(Span(10, 20)) == 0
    assert Span(0, 0).dice(Span(0, 0)) == 0
