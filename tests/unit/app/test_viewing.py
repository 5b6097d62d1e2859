"""Who may not see something is given the record as if it had never been in the store."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.app.config import Config, OutputSettings
from dragoman.app.resolving import gather
from dragoman.app.viewing import visible
from dragoman.backends.memory_store import MemoryStore
from dragoman.core.access import Restriction, RestrictionKind
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant, Utterance
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId, DossierId
from dragoman.core.judgements import Judgement
from dragoman.core.queries import ClaimQuery
from dragoman.core.records import Reprint
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Issue, Precision, Stance, Verdict

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
DAY = date(2026, 5, 12)
QATAR, HAMAS, EGYPT = Actor("Qatar", "QAT"), Actor("Hamas", "HAMAS"), Actor("Egypt", "EGY")
OPEN, WHOLE = Config(), Config(output=OutputSettings(restricted=True))


def document(number: int) -> Document:
    return Document(
        text=f"Report {number}. Qatar's minister met Hamas in Doha. He spoke of a ceasefire.",
        title=f"Report {number}",
        source="AB"[number % 2],
        published=DAY,
    )


def claims(of: Document, dossier: str) -> tuple[Engagement, Utterance]:
    when = When(start=DAY, end=DAY, precision=Precision.DAY)
    end = len(of.text)
    met = Engagement(
        document=of.id,
        evidence=(Span(0, 48),),
        rule="test",
        type=EngagementType.MEETING,
        participants=(Participant(actor=QATAR, person="Ali Example"), Participant(actor=HAMAS)),
        when=when,
        dossiers=(DossierId(dossier),),
    )
    said = Utterance(
        document=of.id,
        evidence=(Span(49, end),),
        rule="test",
        speaker="Qatar",
        speaker_actors=(QATAR,),
        content=Span(49, end),
        stance=Stance.SUPPORT,
        issue=Issue.CEASEFIRE,
        dossiers=(DossierId(dossier),),
    )
    return met, said


DOCUMENTS = [document(number) for number in range(6)]
DOSSIERS = ("gaza", "libya", "syria")
CLAIMS = {one.id: claims(one, DOSSIERS[number % 3]) for number, one in enumerate(DOCUMENTS)}


def stored(documents: Iterable[Document], restrictions: Iterable[Restriction] = ()) -> MemoryStore:
    store = MemoryStore()
    store.write([(one, Coding(document=one.id, claims=CLAIMS[one.id], coder="t", model="t")) for one in documents])
    for restriction in restrictions:
        store.access.restrict(restriction)
    return store


def restriction(kind: RestrictionKind, value: str) -> Restriction:
    return Restriction(kind=kind, value=value, by="ana", at=NOON)


def judgement(verdict: Verdict, *claimed: ClaimId, **fields: object) -> Judgement:
    return Judgement(verdict=verdict, claims=claimed, by="ana", at=NOON, document=document_of(claimed[0]), **fields)


def document_of(claim: ClaimId) -> object:
    return next(document for document, own in CLAIMS.items() if claim in {one.id for one in own})


def engagement(number: int) -> ClaimId:
    return CLAIMS[DOCUMENTS[number].id][0].id


POSSIBLE = [
    *(restriction(RestrictionKind.DOCUMENT, one.id) for one in DOCUMENTS),
    *(restriction(RestrictionKind.SOURCE, name) for name in "AB"),
    *(restriction(RestrictionKind.DOSSIER, name) for name in DOSSIERS),
]


def closes(one: Restriction, number: int) -> bool:
    return one.value in {DOCUMENTS[number].id, DOCUMENTS[number].source, DOSSIERS[number % 3]}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(range(len(POSSIBLE))), max_size=4), st.sets(st.sampled_from(range(6)), max_size=3))
def test_the_record_is_the_one_of_a_store_that_never_held_what_is_restricted(chosen: set[int], rejected: set[int]) -> None:
    restrictions = [POSSIBLE[one] for one in sorted(chosen)]
    left = [number for number in range(6) if not any(closes(one, number) for one in restrictions)]
    store, bare = stored(DOCUMENTS, restrictions), stored(DOCUMENTS[number] for number in left)
    for number in sorted(rejected):
        store.judge(judgement(Verdict.REJECT, engagement(number)))
        if number in left:
            bare.judge(judgement(Verdict.REJECT, engagement(number)))
    seen, wanted = gather(visible(store, OPEN), OPEN), gather(bare, OPEN)
    assert dump(seen.record) == dump(wanted.record)
    assert (seen.claims, seen.library, seen.judgements) == (wanted.claims, wanted.library, wanted.judgements)
    query = ClaimQuery(actor="QAT", since=DAY, limit=2, offset=1)
    assert visible(store, OPEN).find_claims(query) == bare.find_claims(query)
    assert dump(gather(visible(store, WHOLE), WHOLE).record) == dump(gather(store, WHOLE).record)


def test_a_meeting_told_by_both_is_shown_as_the_open_report_has_it() -> None:
    store = stored(DOCUMENTS[:4:3], [restriction(RestrictionKind.DOCUMENT, DOCUMENTS[3].id)])
    store.judge(judgement(Verdict.MERGE, engagement(0), engagement(3)))
    (event,) = gather(store, WHOLE).record.events
    assert len(event.documents) == 2
    (event,) = gather(visible(store, OPEN), OPEN).record.events
    assert event.documents == (DOCUMENTS[0].id,)
    assert (event.merges, event.judgements) == ((), ())


def test_of_a_decision_on_open_and_restricted_claims_the_open_part_is_left_without_its_words() -> None:
    store = stored(DOCUMENTS, [restriction(RestrictionKind.DOCUMENT, DOCUMENTS[3].id)])
    made = judgement(
        Verdict.MERGE, engagement(3), engagement(0), engagement(1), quote="told in confidence", why="as the memo says"
    )
    store.judge(made)
    store.judge(judgement(Verdict.MERGE, engagement(3), engagement(0), engagement(1), undoes=made.id))
    merged, undone = visible(store, OPEN).judgements()
    assert (merged.claims, merged.quote, merged.why, merged.document) == ((engagement(0), engagement(1)), None, None, None)
    assert undone.undoes == merged.id
    assert len(gather(visible(store, OPEN), OPEN).record.unattached) == 0


@pytest.mark.parametrize("verdict", [Verdict.MERGE, Verdict.SPLIT])
def test_a_decision_that_rests_on_a_restricted_claim_is_not_there(verdict: Verdict) -> None:
    store = stored(DOCUMENTS, [restriction(RestrictionKind.DOCUMENT, DOCUMENTS[3].id)])
    made = judgement(verdict, engagement(3), engagement(0))
    store.judge(made)
    store.judge(judgement(verdict, engagement(3), engagement(0), undoes=made.id))
    assert list(visible(store, OPEN).judgements()) == []


def test_what_an_analyst_assigns_to_a_restricted_dossier_is_closed_and_the_dossier_not_named() -> None:
    store = stored(DOCUMENTS[:2], [restriction(RestrictionKind.DOSSIER, "syria")])
    assert {one.id for one in visible(store, OPEN).documents()} == {one.id for one in DOCUMENTS[:2]}
    made = judgement(Verdict.ASSIGN, engagement(0), value="gaza,syria")
    store.judge(made)
    assert {one.id for one in visible(store, OPEN).documents()} == {DOCUMENTS[1].id}
    store.judge(judgement(Verdict.ASSIGN, engagement(0), undoes=made.id))
    assert {one.id for one in visible(store, OPEN).documents()} == {one.id for one in DOCUMENTS[:2]}
    assert list(visible(store, OPEN).judgements()) == []
    assert DossierId("syria") not in gather(visible(store, OPEN), OPEN).dossiers.dossiers


def test_what_an_analyst_assigns_out_of_a_restricted_dossier_is_open_once_nothing_else_is_on_it() -> None:
    store = stored(DOCUMENTS[:1], [restriction(RestrictionKind.DOSSIER, "gaza")])
    met, said = (one.id for one in CLAIMS[DOCUMENTS[0].id])
    store.judge(judgement(Verdict.ASSIGN, met, value="libya"))
    assert list(visible(store, OPEN).documents()) == []
    store.judge(judgement(Verdict.ASSIGN, said, value="libya"))
    assert [one.id for one in visible(store, OPEN).documents()] == [DOCUMENTS[0].id]


def test_a_text_seen_at_a_restricted_source_too_is_restricted() -> None:
    store = stored(DOCUMENTS[:1], [restriction(RestrictionKind.SOURCE, "Memos")])
    store.sight([replace(DOCUMENTS[0], source="Memos")])
    assert list(visible(store, OPEN).documents()) == []


def test_open_copies_of_a_restricted_original_still_copy_one_another() -> None:
    long = "The foreign minister of Qatar said on Monday that talks on a ceasefire would go on in Doha until all agree, "
    texts = [f"{long * 3}number {number}." for number in range(3)]
    copies = [Document(text=text, published=date(2026, 5, 10 + number)) for number, text in enumerate(texts)]
    store = MemoryStore()
    store.write([(one, Coding(document=one.id, coder="t", model="t")) for one in copies])
    first, second, third = (one.id for one in copies)
    store.link_reprints([Reprint(first, second, 0.9), Reprint(first, third, 0.9)], among=[second, third])
    store.access.restrict(restriction(RestrictionKind.DOCUMENT, first))
    (link,) = visible(store, OPEN).reprints()
    assert (link.original, link.copy) == (second, third)
