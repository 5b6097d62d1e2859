"""One suite for every `Store`: in memory, SQLite, and PostgreSQL where DRAGOMAN_TEST_POSTGRES names a server."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from dragoman.backends import sql_query
from dragoman.backends.memory_store import MemoryStore
from dragoman.core.actors import Actor
from dragoman.core.claims import (
    AnyClaim,
    Attribution,
    Coding,
    Engagement,
    Interaction,
    Participant,
    Problem,
    Proposal,
    Status,
    Utterance,
    Violence,
)
from dragoman.core.errors import StoreError
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.judgements import Judgement
from dragoman.core.plover import Quad, Root
from dragoman.core.ports import Store, Written
from dragoman.core.queries import ClaimKind, ClaimQuery
from dragoman.core.records import Reprint
from dragoman.core.searching import Hit, Searched, read_words
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    Channel,
    DateSource,
    EngagementType,
    Factuality,
    Issue,
    Level,
    ProposalKind,
    Role,
    Stance,
    TalksSignal,
    Verdict,
    ViolenceType,
)
from dragoman.lab.made_up_reports import made_up_reports

TUR, QAT, EGY, ISR, HAMAS = (
    Actor("Turkey", "TUR"),
    Actor("Qatar", "QAT"),
    Actor("Egypt", "EGY"),
    Actor("Israel", "ISR"),
    Actor("Hamas", "HAMAS"),
)
UNKNOWN = Actor("Forum of the Coast")
GAZA, LIBYA = DossierId("gaza"), DossierId("libya")


def document(words: str = "Qatar's prime minister met Egypt's foreign minister in Doha on Monday.", **said: object) -> Document:
    return Document(text=words, **said)


def meeting(of: Document, *people: Participant, **fields: object) -> Engagement:
    fields = {"type": EngagementType.MEETING, "evidence": (Span(0, 20),), "rule": "test"} | fields
    return Engagement(document=of.id, participants=people, **fields)


def interaction(**fields: object) -> Interaction:
    coded = {"root": Root.ACCUSE, "quad": Quad.VERBAL_CONFLICT, "intensity": -3.0, "source": (EGY,), "target": (ISR,)}
    return Interaction(**{**coded, "model": "relations 1", "score": 0.8, **fields})


def coding(of: Document, *claims: AnyClaim, coder: str = "rules 1", **fields: object) -> Coding:
    return Coding(
        document=of.id,
        claims=claims,
        coder=coder,
        model="toy 1",
        published=of.published,
        published_from=of.published_from,
        **fields,
    )


def on(day: int, month: int = 5, year: int = 2024) -> When:
    return When(start=date(year, month, day), end=date(year, month, day))


def fill(store: Store, *claims: AnyClaim, of: Document) -> None:
    store.write([(of, coding(of, *claims))])


def test_gives_back_what_was_written(store: Store) -> None:
    one = document(
        title="A title", source="The Example", published=date(2024, 5, 14), published_from=DateSource.METADATA, name="x1"
    )
    claim = meeting(one, Participant(actor=QAT, person="Mohammed Al Thani"), Participant(actor=EGY), when=on(13))
    problem = Problem(code="odd", where="x1", what="an odd thing", remedy="look")
    made = coding(one, claim, problems=(problem,))
    assert store.write([(one, made)]) == Written(documents=1, codings=1, claims=1, sightings=1)
    assert list(store.documents()) == [one]
    assert list(store.documents([one.id, DocumentId("d0")])) == [one]
    assert list(store.codings()) == [made]
    assert list(store.claims()) == list(store.claims(one.id)) == [claim]
    assert list(store.claims(DocumentId("d0"))) == []
    assert store.claim(claim.id) == claim
    assert store.claim(ClaimId("c0")) is None
    assert list(store.problems()) == list(store.problems(one.id)) == [(one.id, problem)]
    counts = store.counts()
    assert (counts.documents, counts.sightings, counts.codings, counts.claims) == (1, 1, 1, 1)


def test_every_kind_of_claim_survives(store: Store) -> None:
    one = document()
    base = {"document": one.id, "evidence": (Span(0, 9),), "rule": "test"}
    claims: tuple[AnyClaim, ...] = (
        meeting(one, Participant(actor=QAT), Participant(actor=EGY)),
        Utterance(**base, speaker="Someone", content=Span(0, 5)),
        Proposal(**base, type=ProposalKind.OFFER, by=(QAT,), to=(ISR,), terms=Span(0, 4)),
        Violence(**base, type=ViolenceType.AIRSTRIKE),
        Status(**base, signal=TalksSignal.IMPASSE, actors=(ISR, HAMAS)),
        Attribution(**base, content=Span(0, 9), source="an agency"),
        interaction(**base),
    )
    fill(store, *claims, of=one)
    assert tuple(store.claims()) == claims
    assert list(store.claims_by_id().items()) == [(claim.id, claim) for claim in claims]
    for claim in claims:
        assert store.claim(claim.id) == claim


def test_writing_twice_adds_nothing(store: Store) -> None:
    one = document(published=date(2024, 5, 14))
    made = coding(one, meeting(one, Participant(actor=QAT), Participant(actor=EGY)))
    store.write([(one, made), (one, made)])
    before = store.counts()
    assert store.write([(one, made)]) == Written()
    assert store.counts() == before
    assert store.write([]) == Written()


def test_same_text_elsewhere_is_a_sighting(store: Store) -> None:
    one = document(source="The Example")
    copy = replace(one, source="Another Paper", url="https://example.org/1")
    store.write([(one, coding(one))])
    assert store.write([(copy, coding(copy))]) == Written(sightings=1)
    assert [seen.source for seen in store.sightings()] == ["The Example", "Another Paper"]
    assert list(store.sightings(DocumentId("d0"))) == []
    (kept,) = store.documents()
    assert (kept.source, kept.url) == ("The Example", "https://example.org/1")


def test_date_learnt_later_makes_the_new_coding_current(store: Store) -> None:
    undated = document()
    old = meeting(undated, Participant(actor=QAT), Participant(actor=EGY))
    fill(store, old, of=undated)
    dated = replace(undated, published=date(2024, 5, 14), published_from=DateSource.OPTION)
    new = replace(old, evidence=(Span(0, 30),), when=on(13))
    assert store.coded([undated], coder="rules 1", model="toy 1") == {undated.id}
    assert store.pending([dated], coder="rules 1", model="toy 1") == [dated]
    assert store.write([(dated, coding(dated, new))]) == Written(codings=1, claims=1, sightings=1)
    assert list(store.documents()) == [dated]
    assert list(store.claims()) == [new]
    assert store.claim(old.id) == old
    assert store.pending([undated, dated], coder="rules 1", model="toy 1") == []
    assert store.find_claims(ClaimQuery()).claims == (new,)


def test_earliest_date_holds_whatever_the_order(store: Store) -> None:
    late, early = document(published=date(2024, 5, 16)), document(published=date(2024, 5, 14))
    store.write([(late, coding(late))])
    assert store.pending([early], coder="rules 1", model="toy 1") == [early]
    store.write([(early, coding(early))])
    assert [one.published for one in store.codings()] == [date(2024, 5, 14)]
    assert store.pending([late], coder="rules 1", model="toy 1") == []
    assert store.counts().codings == 2


def test_documents_are_numbered_as_they_come_and_keep_their_number(store: Store) -> None:
    first, second = document("Zulu came first."), document("Alpha came second.")
    store.write([(first, coding(first))])
    came = store.arrivals()
    store.write([(first, coding(first, coder="rules 2")), (second, coding(second))])
    after = store.arrivals()
    assert after.keys() == {first.id, second.id}
    assert after[first.id] == came[first.id] < after[second.id]


def test_a_new_coder_supersedes_the_old(store: Store) -> None:
    one = document(published=date(2024, 5, 14))
    old = meeting(one, Participant(actor=QAT), Participant(actor=EGY))
    fill(store, old, of=one)
    assert store.coded([one], coder="rules 2", model="toy 1") == set()
    assert store.pending([replace(one, published=None, source="A")], coder="rules 2", model="toy 1") == [replace(one, source="A")]
    store.write([(one, coding(one, coder="rules 2"))])
    assert list(store.claims()) == []
    assert [made.coder for made in store.codings()] == ["rules 2"]
    assert store.claim(old.id) == old


def test_a_claim_of_two_codings_comes_from_the_current_one(store: Store) -> None:
    one = document()
    old = meeting(one, Participant(actor=QAT), Participant(actor=EGY), issues=(Issue.CEASEFIRE,))
    new = replace(old, issues=(Issue.NUCLEAR,))
    assert old.id == new.id
    store.write([(one, coding(one, old)), (one, coding(one, new, coder="rules 2"))])
    assert store.claim(old.id) == new
    assert store.find_claims(ClaimQuery(issue=Issue.CEASEFIRE)).total == 0


def test_sight_leaves_unknown_texts_alone(store: Store) -> None:
    one, other = document(), document("Something else entirely.")
    store.write([(one, coding(one))])
    assert store.sight([replace(one, published=date(2024, 5, 14)), other]) == 1
    assert store.sight([replace(one, published=date(2024, 5, 14))]) == 0
    assert [kept.published for kept in store.documents()] == [date(2024, 5, 14)]


def test_reprints_and_judgements(store: Store) -> None:
    first, second = document("One text."), document("One text, again.")
    store.write([(one, coding(one)) for one in (first, second)])
    link = Reprint(first.id, second.id, 0.9)
    both = [first.id, second.id]
    assert (store.link_reprints([link], among=both), store.link_reprints([link], among=both)) == (1, 0)
    assert list(store.reprints()) == [link]
    decision = Judgement(
        verdict=Verdict.REJECT, claims=(ClaimId("c1"),), by="me", at=datetime(2024, 5, 20, 9, tzinfo=UTC), why="no"
    )
    back = Judgement(
        verdict=Verdict.REJECT, claims=(ClaimId("c1"),), by="me", at=datetime(2024, 5, 20, 8, tzinfo=UTC), undoes=decision.id
    )
    for one in (decision, back, decision):
        store.judge(one)
    assert list(store.judgements()) == [decision, back]
    assert (store.counts().reprints, store.counts().judgements) == (1, 2)


@pytest.mark.parametrize("words", ["NUL \x00 in it", "half a pair \ud800"])
def test_refuses_characters_that_cannot_be_kept(store: Store, words: str) -> None:
    one, bad = document(), document(words, name="bad.txt")
    with pytest.raises(StoreError, match=r"bad\.txt"):
        store.write([(one, coding(one)), (bad, coding(bad))])
    assert store.counts().documents == 0


def test_refuses_a_coding_of_another_document(store: Store) -> None:
    one, other = document(), document("Other text.")
    with pytest.raises(StoreError, match="not of"):
        store.write([(one, coding(other))])


def test_hostile_text_stays_text(store: Store) -> None:
    words = "Robert'); DROP TABLE claims;-- <script>alert(1)</script> =SUM(A1) \u202e % _ \U0001f30d"
    one = document(words, source=words, name=words)
    who = Actor("x" * 9000 + "%_'")
    claim = meeting(one, Participant(actor=who, person=words), Participant(actor=EGY))
    fill(store, claim, of=one)
    assert list(store.documents()) == [one]
    assert store.find_claims(ClaimQuery(actor=who.name)).claims == (claim,)
    assert store.find_claims(ClaimQuery(person="script alert")).claims == (claim,)
    assert store.find_claims(ClaimQuery(person="%")).total == store.find_claims(ClaimQuery(person="scr_pt")).total == 0


@pytest.fixture(scope="module")
def asked(asked_store: Store) -> Store:
    """A store with claims that each differ in what queries look at, filled once."""
    one = document("First text.", published=date(2024, 5, 20))
    erdogan = Participant(
        actor=TUR, person="Recep Tayyip Erdoğan", level=Level.HEAD_OF_STATE, role=Role.MEDIATOR, office="president"
    )
    fidan = Participant(actor=TUR, person="Hakan Fidan", level=Level.MINISTER)
    thani = Participant(actor=QAT, person="Mohammed bin Abdulrahman Al-Thani", level=Level.HEAD_OF_GOVERNMENT, role=Role.HOST)
    base = {"document": one.id, "rule": "test"}
    claims: tuple[AnyClaim, ...] = (
        meeting(one, erdogan, thani, when=on(13), dossiers=(GAZA, GAZA), issues=(Issue.CEASEFIRE, Issue.CEASEFIRE)),
        meeting(
            one,
            fidan,
            Participant(actor=UNKNOWN),
            type=EngagementType.CALL,
            channel=Channel.PHONE,
            when=on(15),
            evidence=(Span(1, 2),),
        ),
        meeting(one, thani, Participant(actor=EGY), dossiers=(LIBYA,), factuality=Factuality.PLANNED, evidence=(Span(2, 3),)),
        Utterance(
            **base,
            evidence=(Span(3, 4),),
            speaker="Hakan Fidan",
            speaker_actors=(TUR,),
            level=Level.MINISTER,
            content=Span(3, 4),
            target=ISR,
            stance=Stance.DEMAND,
            issue=Issue.CEASEFIRE,
            when=When(start=date(2024, 5, 1), end=date(2024, 5, 31)),
        ),
        Utterance(**base, evidence=(Span(4, 5),), speaker="An unnamed official", content=Span(4, 5)),
        Proposal(
            **base,
            evidence=(Span(5, 6),),
            type=ProposalKind.OFFER,
            by=(EGY,),
            to=(HAMAS,),
            terms=Span(5, 6),
            when=When(end=date(2024, 6, 1)),
        ),
        Violence(**base, evidence=(Span(6, 7),), type=ViolenceType.SHELLING, perpetrator=ISR, when=on(15)),
        Status(**base, evidence=(Span(7, 8),), signal=TalksSignal.IMPASSE, actors=(ISR, HAMAS), dossiers=(GAZA,)),
        Attribution(**base, evidence=(Span(8, 9),), content=Span(8, 9), source="an agency"),
        interaction(**base, evidence=(Span(9, 10),), when=on(11)),
    )
    fill(asked_store, *claims, of=one)
    return asked_store


@pytest.mark.parametrize(
    ("query", "places"),
    [
        (ClaimQuery(), [5, 1, 6, 0, 9, 3, 2, 4, 7, 8]),
        (ClaimQuery(kinds=(ClaimKind.ENGAGEMENT,)), [1, 0, 2]),
        (ClaimQuery(kinds=(ClaimKind.VIOLENCE, ClaimKind.STATUS)), [6, 7]),
        (ClaimQuery(types=("call", "shelling")), [1, 6]),
        (ClaimQuery(actor="tur"), [1, 0, 3]),
        (ClaimQuery(actor="TURKEY", kinds=(ClaimKind.UTTERANCE,)), [3]),
        (ClaimQuery(actor="forum of the coast"), [1]),
        (ClaimQuery(actor="Turk"), []),
        (ClaimQuery(actor="ISR"), [6, 7]),
        (ClaimQuery(with_actor="ISR"), [9, 3, 7]),
        (ClaimQuery(actor="EGY", with_actor="ISR"), [9]),
        (ClaimQuery(actor="ISR", with_actor="EGY"), []),
        (ClaimQuery(types=("ACCUSE",)), [9]),
        (ClaimQuery(actor="TUR", with_actor="QAT"), [0]),
        (ClaimQuery(actor="EGY", with_actor="HAMAS"), [5]),
        (ClaimQuery(person="Erdogan"), [0]),
        (ClaimQuery(person="ERDOĞAN Tayyip"), [0]),
        (ClaimQuery(person="al thani"), [0, 2]),
        (ClaimQuery(person="han"), []),
        (ClaimQuery(person="Fidan"), [1, 3]),
        (ClaimQuery(person="unnamed official"), [4]),
        (ClaimQuery(dossier=GAZA), [0, 7]),
        (ClaimQuery(issue=Issue.CEASEFIRE), [0, 3]),
        (ClaimQuery(role=Role.MEDIATOR), [0]),
        (ClaimQuery(actor="QAT", role=Role.MEDIATOR), []),
        (ClaimQuery(actor="QAT", role=Role.HOST), [0, 2]),
        (ClaimQuery(actor="TUR", level=Level.MINISTER), [1, 3]),
        (ClaimQuery(actor="QAT", person="Erdogan", level=Level.HEAD_OF_GOVERNMENT), [0]),
        (ClaimQuery(person="Fidan", level=Level.HEAD_OF_STATE), []),
        (ClaimQuery(channel=Channel.PHONE), [1]),
        (ClaimQuery(factuality=Factuality.PLANNED), [2]),
        (ClaimQuery(document=DocumentId("d0")), []),
        (ClaimQuery(limit=2), [5, 1]),
        (ClaimQuery(limit=2, offset=1), [1, 6]),
        (ClaimQuery(offset=7), [4, 7, 8]),
    ],
)
def test_finds_claims(asked: Store, query: ClaimQuery, places: list[int]) -> None:
    found = asked.find_claims(query)
    assert [claim.evidence[0].start for claim in found.claims] == places
    assert found.total == len(places) or query.limit or query.offset
    assert found.undated == 0


@pytest.mark.parametrize(
    ("query", "places", "undated"),
    [
        (ClaimQuery(since=date(2024, 5, 14)), [5, 1, 6, 3], 4),
        (ClaimQuery(until=date(2024, 5, 13)), [0, 9, 3], 4),
        (ClaimQuery(since=date(2024, 5, 15), until=date(2024, 5, 15)), [1, 6, 3], 4),
        (ClaimQuery(since=date(2025, 1, 1), actor="QAT"), [], 1),
        (ClaimQuery(since=date(2024, 5, 1), kinds=(ClaimKind.VIOLENCE,), limit=1), [6], 0),
    ],
)
def test_periods_count_the_undated(asked: Store, query: ClaimQuery, places: list[int], undated: int) -> None:
    found = asked.find_claims(query)
    assert ([claim.evidence[0].start for claim in found.claims], found.undated) == (places, undated)


@pytest.fixture
def short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a store that is far larger than what is looked at for a page."""
    for name, value in (("_WINDOW", 2), ("_WIDEST", 2), ("_MOST_NAMES", 1), ("_FEW", 12)):
        monkeypatch.setattr(sql_query, name, value)


PAGED = (
    ClaimQuery(),
    ClaimQuery(actor="S00"),
    ClaimQuery(actor="S01", with_actor="S00"),
    ClaimQuery(person="Alron"),
    ClaimQuery(person="Alron", actor="S00", level=Level.MINISTER),
    ClaimQuery(actor="S01", level=Level.MINISTER, types=("call", "visit")),
    ClaimQuery(kinds=(ClaimKind.ENGAGEMENT, ClaimKind.STATUS), types=("call", "meeting")),
    ClaimQuery(factuality=Factuality.PLANNED),
    ClaimQuery(level=Level.MINISTER, until=date(2021, 3, 1)),
    ClaimQuery(actor="S00", since=date(2019, 1, 1), until=date(2022, 1, 1)),
)


@pytest.mark.usefixtures("short_looks")
def test_pages_are_cut_from_one_order_and_never_count_too_many(store: Store) -> None:
    pairs = [(report.document, coding(report.document, *report.claims)) for report in made_up_reports(60)]
    reference = MemoryStore()
    for each in (store, reference):
        each.write(pairs)
    for query in PAGED:
        whole = reference.find_claims(query)
        assert len(whole.claims) > 3, query
        assert store.find_claims(query) == whole, query
        for offset in (0, 3, whole.total // 2, whole.total):
            page = store.find_claims(replace(query, limit=5, offset=offset))
            assert page.claims == whole.claims[offset : offset + 5], query
            assert len(page.claims) <= page.total <= whole.total, query
            assert page.undated <= whole.undated, query
            assert page.more or (page.total, page.undated) == (whole.total, whole.undated), query


def test_what_is_coded_anew_stands_where_the_current_coding_puts_it(store: Store) -> None:
    one, other = document("Text one.", published=date(2024, 5, 16)), document("Text two.")
    early = meeting(one, Participant(actor=QAT, person="A Person"), Participant(actor=EGY), when=on(1), dossiers=(GAZA,))
    late, between = replace(early, when=on(20)), replace(early, document=other.id, when=on(10))
    store.write([(one, replace(coding(one, early), published=date(2024, 5, 14))), (other, coding(other, between))])
    queries = (ClaimQuery(actor="QAT"), ClaimQuery(person="person"), ClaimQuery(dossier=GAZA), ClaimQuery(types=("meeting",)))
    store.write([(one, coding(one, late, coder="rules 2"))])
    assert {store.find_claims(replace(query, limit=5)).claims for query in queries} == {(late, between)}
    # The day that the first coding was made for is learnt after all: it is current again.
    store.sight([replace(one, published=date(2024, 5, 14))])
    assert {store.find_claims(replace(query, limit=5)).claims for query in queries} == {(between, early)}


def test_reprint_links_are_those_found_last(store: Store) -> None:
    early, copy, late, other = (document(f"Text {n}.") for n in range(4))
    store.write([(one, coding(one)) for one in (early, copy, late, other)])
    links = [Reprint(copy.id, late.id, 0.8), Reprint(early.id, other.id, 0.9)]
    assert store.link_reprints(links, among=[copy.id, late.id, other.id]) == 2
    found = [Reprint(early.id, copy.id, 0.9), Reprint(early.id, late.id, 0.8)]
    assert store.link_reprints(found, among=[early.id, copy.id, late.id]) == 2
    assert list(store.reprints()) == sorted([*found, links[1]], key=lambda one: (one.original, one.copy))


def test_parts_are_kept_until_they_are_stale(store: Store) -> None:
    parts = {f"{n:04}": bytes([n % 256]) * n for n in range(1200)}
    store.keep_parts("record", parts)
    store.keep_parts("sketches", {"0001": b"other"})
    assert dict(store.parts("record")) == parts
    store.keep_parts("record", {"0001": parts["0001"], "more": b"\x00\xff"}, stale=[f"{n:04}" for n in range(2, 1200)])
    assert list(store.parts("record")) == [("0000", b""), ("0001", b"\x01"), ("more", b"\x00\xff")]
    assert list(store.parts("sketches")) == [("0001", b"other")]
    assert list(store.parts("unheard of")) == []


SPOKEN = "President Erdoğan’s envoy met Al-Khulaifi in Sana'a. The cease-fire talks.They will go on, an aide said."


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Erdogan", True),
        ("ERDOĞAN envoy", True),
        ("envoy Erdogan", True),
        ('"envoy Erdogan"', False),
        ('"erdogan envoy met"', True),
        ("al-khulaifi", True),
        ("khulaifi-al", False),
        ("Sanaa", True),
        ("cease-fire talks", True),
        ("they", True),
        ("talk", False),
        ("talk*", True),
        ("envoy -aide", False),
        ("envoy -minister", True),
        ('envoy -"aide talks"', True),
        ("-minister", False),
        ("", False),
        ("'\") AND * ( ^ : NEAR", False),
        ('envoy "', True),
        ("envoy AND", False),
        ("!!! envoy ???", True),
        ("*", False),
    ],
)
def test_words_are_found_forgivingly_and_alike_in_every_store(
    store: Store,
    typed: str,
    found: bool,  # noqa: FBT001  the outcome beside its question
) -> None:
    one, other = document(SPOKEN), document("Nothing of the kind.")
    store.write([(one, coding(one)), (other, coding(other))])
    assert store.search(read_words(typed), Searched.DOCUMENT) == (frozenset({Hit(one.id, one.id)}) if found else frozenset())


def test_claims_are_found_by_the_words_they_rest_on(store: Store) -> None:
    one = document()
    claim = meeting(one, Participant(actor=QAT), Participant(actor=EGY))
    store.write([(one, coding(one, claim))])
    store.write([(one, coding(one, claim, coder="rules 2"))])
    assert store.search(read_words("Qatar prime"), Searched.CLAIM) == {Hit(claim.id, one.id)}
    assert store.search(read_words("Doha"), Searched.CLAIM) == frozenset()
    assert store.search(read_words("Doha"), Searched.DOCUMENT) == {Hit(one.id, one.id)}


def test_long_and_odd_texts_can_be_stored_and_found(store: Store) -> None:
    one = document("start " + "x" * 5000 + " " + "word " * 9000 + "ending", title="Long")
    two = document("'; DROP TABLE claims; -- \\ : & | ! ( ) <-> 100% مرحبا 和平 1e5 3d")
    store.write([(one, coding(one)), (two, coding(two))])
    assert store.search(read_words("ending"), Searched.DOCUMENT) == {Hit(one.id, one.id)}
    assert store.search(read_words("x" * 6000), Searched.DOCUMENT) == {Hit(one.id, one.id)}
    for words in ("drop table", "مرحبا", "和平", "1e5 3d", "100"):
        assert store.search(read_words(words), Searched.DOCUMENT) == {Hit(two.id, two.id)}, words


def test_many_documents_in_one_batch(store: Store) -> None:
    made = [document(f"Text number {n}.", published=date(2024, 5, 1)) for n in range(1200)]
    batch = [(one, coding(one, meeting(one, Participant(actor=QAT), Participant(actor=EGY), when=on(1)))) for one in made]
    assert store.write(batch) == Written(documents=1200, codings=1200, claims=1200, sightings=1200)
    assert store.coded(made, coder="rules 1", model="toy 1") == {one.id for one in made}
    assert [one.id for one in store.documents()] == sorted(one.id for one in made)
    assert len(list(store.documents([one.id for one in made]))) == 1200
    assert len(list(store.codings())) == 1200


def test_writers_at_once_lose_nothing_and_readers_see_whole_codings(store: Store) -> None:
    if isinstance(store, MemoryStore):
        pytest.skip("the memory store is for one thread")
    made = [document(f"Text number {n}.", published=date(2024, 5, 1)) for n in range(60)]
    pair = (Participant(actor=QAT), Participant(actor=EGY))
    codings = [
        [
            coding(one, *(meeting(one, *pair, evidence=(Span(n, n + 1),)) for n in range(5)), coder=f"rules {version}")
            for one in made
        ]
        for version in range(3)
    ]

    def write(version: int) -> int:
        pairs = list(zip(made, codings[version], strict=True))
        pairs = pairs[::-1] if version % 2 else pairs
        return sum(store.write(pairs[start : start + 20]).claims for start in range(0, 60, 20))

    def read(_: int) -> set[int]:
        return {len(one.claims) for one in store.codings()} | {len(list(store.claims(made[0].id)))}

    with ThreadPoolExecutor(5) as pool:
        seen = [pool.submit(read, n) for n in range(6)]
        written = list(pool.map(write, [0, 1, 2, 0, 1]))
        sizes = set().union(*(one.result() for one in seen))
    assert sum(written) == 3 * 60 * 5
    assert sizes <= {0, 5}
    counts = store.counts()
    assert (counts.documents, counts.sightings, counts.codings, counts.claims) == (60, 60, 180, 300)
