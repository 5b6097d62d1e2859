"""Pages of the desk over a small invented record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Coding, Engagement, Participant, Proposal, Utterance
from dragoman.core.ids import ClaimId, DossierId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, Issue, Level, Precision, ProposalKind, Role, Stance
from dragoman.report.talks import Cited, by_sentence

QATAR, HAMAS, USA, ISRAEL = Actor("Qatar", "QAT"), Actor("Hamas", "HAMAS"), Actor("United States", "USA"), Actor("Israel", "ISR")
HOSTILE = "<script>alert(1)</script> & co"


def document(number: int, text: str, **fields: Any) -> Document:
    return Document(text=text, title=f"Report {number}", source="Example Agency", published=date(2024, 5, number), **fields)


def met(of: Document, *who: Participant, day: int, **fields: Any) -> Engagement:
    when = When(start=date(2024, 5, day), end=date(2024, 5, day), precision=Precision.DAY)
    span = Span(0, len(of.text))
    return Engagement(
        document=of.id, evidence=(span,), rule="test", participants=who, when=when, dossiers=(DossierId("gaza"),), **fields
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[TestClient[Any]]:
    folder = tmp_path_factory.mktemp("desk")
    first = document(3, "The American envoy met his Qatari colleague in Doha.", licence="CC BY 4.0")
    second = document(
        6, "A Qatari minister met Hamas leaders. Qatar offered to host talks. Israel must accept a ceasefire, Hamas said."
    )
    third = document(7, f"An aide of {HOSTILE} will meet an Israeli minister.", url="javascript:alert(1)")
    envoy = Participant(actor=USA, person="Jane Doe", office="special envoy", level=Level.SPECIAL_ENVOY)
    mediator = Participant(
        actor=QATAR, person="Ali Al Example", level=Level.MINISTER, role=Role.MEDIATOR, role_reason="“mediated”"
    )
    claims = {
        first: [
            met(
                first,
                envoy,
                mediator,
                day=2,
                type=EngagementType.MEETING,
                place=Place(name="Doha", country="QAT", latitude=25.3, longitude=51.5),
            )
        ],
        second: [
            met(second, mediator, Participant(actor=HAMAS), day=5, type=EngagementType.MEETING),
            Proposal(
                document=second.id,
                evidence=(Span(37, 65),),
                rule="test",
                type=ProposalKind.OFFER,
                by=(QATAR,),
                to=(HAMAS,),
                terms=Span(37, 65),
                dossiers=(DossierId("gaza"),),
            ),
            Utterance(
                document=second.id,
                evidence=(Span(66, len(second.text)),),
                rule="test",
                speaker="Hamas",
                speaker_actors=(HAMAS,),
                target=ISRAEL,
                content=Span(66, 96),
                stance=Stance.DEMAND,
                issue=Issue.CEASEFIRE,
                dossiers=(DossierId("gaza"),),
            ),
        ],
        third: [
            met(
                third,
                Participant(actor=Actor(HOSTILE)),
                Participant(actor=ISRAEL),
                day=9,
                type=EngagementType.MEETING,
                factuality=Factuality.PLANNED,
            )
        ],
    }
    path = folder / "desk.db"
    with open_store(path) as store:
        store.write([(one, Coding(document=one.id, claims=tuple(own), coder="t", model="t")) for one, own in claims.items()])
    desk = Desk(load_config({"store": str(path)}, env={}, folder=folder))
    with serve(desk) as made:
        yield made


def page(client: TestClient[Any], address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return str(answer.text)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", ("2 contacts reported to have taken place", "Planned or called for", "7 May 2024")),
        ("/?since=2024-05-07", ("No contact was reported since then",)),
        ("/dossiers", ("Gaza", "Tension", "Planned meeting")),
        ("/dossiers/gaza", ("Israel", "Palestinian Islamic Jihad", "Offer by Qatar to Hamas", "Israel must accept")),
        ("/events", ("3 events", "Jane Doe")),
        ("/persons/Jane Doe", ("Taken for one person", "the fullest form of the name", "special envoy")),
        ("/dyads", ("Name two actors",)),
        ("/dyads?one=Qatar&other=HAMAS", ("Qatar and Hamas", "Events with both", "Nobody on record is in touch with both")),
        ("/dyads?one=USA&other=HAMAS", ("no direct contact", '<b><a href="/actors/QAT">Qatar</a></b>', "score")),
        ("/dyads?one=HAMAS&other=ISR", ("addresses", "Israel must accept")),
        ("/events?actor=qatar&status=occurred", ("2 events",)),
        ("/events?role=mediator&since=2024-05-04", ("1 event;", "Hamas")),
        ("/events?actor=", ("3 events",)),
        ("/events?page=9", ("3 events",)),
        ("/actors", ("Qatar", "HAMAS")),
        ("/actors/QAT", ("mediator in", "Ali Al Example", "Hamas", "GOV")),
        ("/actors/Hamas", ("What it said", "Israel must accept")),
        ("/persons/Jane Doe", ("met Ali Al Example",)),
        ("/channels", ("Hamas", "strength")),
        (
            "/channels?sender=United+States&receiver=Hamas",
            ("Who could carry a message from United States to Hamas", "Qatar", "score"),
        ),
        ("/channels?sender=Oman&receiver=Hamas", ("knows no path",)),
        ("/timeline", ("<svg", "3 events as a list")),
        ("/timeline?since=2030-01-01", ("No contact with a date fits",)),
        ("/map", ("<svg", "Doha", "place=Doha")),
        ("/map?actor=Hamas", ("No contact with a place",)),
        ("/events?place=Doha", ("1 event.",)),
        ("/events?place=qat", ("1 event.",)),
        ("/talks", ("Parties", "Hamas")),
        ("/talks?dossier=ukraine", ("No talks in the record on this dossier",)),
        ("/positions", ("Hamas on", "Israel must accept")),
        ("/positions?dossier=gaza", ("Who stands where",)),
        ("/commitments", ("Qatar", "open", "offered to host talks")),
        ("/commitments?status=refused", ("No offer, guarantee or agreement fits",)),
        ("/sources", ("Example Agency", "Reliability")),
        ("/sources/Example Agency", ("Report 3", "Report 7")),
    ],
)
def test_pages_show_the_record(client: TestClient[Any], address: str, words: tuple[str, ...]) -> None:
    text = page(client, address)
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/events/e0",
        "/claims/c0",
        "/documents/d0",
        "/dossiers/none",
        "/actors/Atlantis",
        "/sources/None",
        "/talks/none",
    ],
)
def test_what_is_not_there_is_not_found_and_says_so(client: TestClient[Any], address: str) -> None:
    assert "Not found" in page(client, address, 404)


@pytest.mark.parametrize("address", ["/events?since=junk", "/events?kind=party", "/events?page=0", "/?since=junk"])
def test_an_address_that_cannot_be_read_is_said_to_be_so(client: TestClient[Any], address: str) -> None:
    assert client.get(address).status_code == 400


def test_an_event_shows_who_and_its_sentence(client: TestClient[Any]) -> None:
    listed = page(client, "/events?actor=USA")
    address = listed.split('href="/events/')[1].split('"')[0]
    text = page(client, f"/events/{address}")
    assert "<mark>The American envoy met" in text
    assert "“mediated”" in text
    assert "Doha" in text


def test_a_track_shows_its_steps_and_rounds(client: TestClient[Any]) -> None:
    address = page(client, "/talks").split('href="/talks/')[1].split('"')[0]
    text = page(client, f"/talks/{address}")
    assert "Status over time" in text
    assert "Rounds" in text


def test_a_claim_of_a_contact_leads_to_its_event_and_another_to_its_own_page(client: TestClient[Any]) -> None:
    own = page(client, "/dossiers/gaza").split('href="/claims/')
    addresses = {part.split('"')[0] for part in own[1:]}
    answers = {address: client.get(f"/claims/{address}", follow_redirects=False) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {200, 302}
    assert all(client.get(f"/claims/{address}").status_code == 200 for address in addresses)


def test_whole_texts_are_shown_only_where_the_licence_allows_it(client: TestClient[Any]) -> None:
    addresses = {part.split('"')[0] for part in page(client, "/sources/Example Agency").split('href="/documents/')[1:]}
    texts = [page(client, f"/documents/{address}") for address in addresses]
    assert sorted('class="text"' in text for text in texts) == [False, False, True]
    assert sum("licence does not say" in text for text in texts) == 2


def test_what_documents_say_is_never_markup(client: TestClient[Any]) -> None:
    for address in ("/", "/events", "/actors", "/dossiers/gaza", "/actors?page=1"):
        text = page(client, address)
        assert "<script>alert" not in text
        assert "javascript:alert" not in text
    assert "&lt;script&gt;" in page(client, "/")


def test_every_answer_forbids_inline_code_and_outside_sources(client: TestClient[Any]) -> None:
    for address in ("/", "/nothing", "/assets/desk.css"):
        policy = client.get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_pages_hold_no_inline_style_or_script(client: TestClient[Any]) -> None:
    for address in ("/", "/dossiers/gaza", "/channels", "/timeline", "/map"):
        text = page(client, address)
        assert " style=" not in text
        assert "<style" not in text
        assert "onclick" not in text


def test_a_new_document_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with open_store(path) as store:
        store.write([])
    desk = Desk(load_config({"store": str(path)}, env={}, folder=tmp_path))
    before = desk.snapshot()
    one = document(3, "Qatar met Hamas.")
    with open_store(path) as store:
        claim = met(one, Participant(actor=QATAR), Participant(actor=HAMAS), day=3, type=EngagementType.MEETING)
        store.write([(one, Coding(document=one.id, claims=(claim,), coder="t", model="t"))])
    assert desk.snapshot() is before
    desk.forget()
    assert len(desk.snapshot().events) == 1
    assert desk.snapshot().version != before.version


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/dyads?one=hamas&other=United+States", "/dyads?one=HAMAS&other=USA"),
        ("/channels?sender=United+States&receiver=Hamas&dossier=gaza", "/channels?sender=USA&receiver=HAMAS&dossier=gaza"),
        ("/actors/Hamas", "/actors/HAMAS"),
        ("/timeline?dossier=gaza", "/timeline?dossier=gaza&since=2023-05-01"),
    ],
)
def test_what_is_typed_leads_to_an_address_that_stands(client: TestClient[Any], asked: str, given: str) -> None:
    answer = client.get(asked, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, given)
    assert client.get(given, follow_redirects=False).status_code == 200


def test_links_name_actors_by_key(client: TestClient[Any]) -> None:
    text = page(client, "/channels") + page(client, "/dossiers/gaza")
    assert 'href="/dyads?one=HAMAS&amp;other=QAT"' in text
    assert 'href="/actors/HAMAS"' in text
    assert "one=Hamas" not in text
    assert 'href="/channels?sender=USA&amp;receiver=HAMAS"' in page(client, "/dyads?one=USA&other=HAMAS")


def test_the_timeline_opens_on_twelve_months_and_shows_everything_when_asked(client: TestClient[Any]) -> None:
    assert "everything" in page(client, "/timeline")
    assert 'value="2023-05-01"' in page(client, "/timeline")
    assert "3 events as a list" in page(client, "/timeline?since=")
    assert '<a href="/timeline.svg?since=2023-05-01" download>' in page(client, "/timeline")


def test_claims_of_one_sentence_are_cited_together() -> None:
    def said(sentence: str, claim: str, source: str = "A") -> Cited:
        return Cited(sentence=sentence, claim=ClaimId(claim), source=source, voice=f"{source} (outlet)")

    rows = (said("They signed.", "c1"), said("They met.", "c2"), said("They signed.", "c3"), said("They signed.", "c4", "B"))
    assert [[one.claim for one in same] for same in by_sentence(rows)] == [["c1", "c3"], ["c2"], ["c4"]]


def test_a_track_leads_to_its_parties(client: TestClient[Any]) -> None:
    (track,) = client.get("/api/v1/talks").json()["items"]
    assert '<b>parties</b> <a href="/actors/HAMAS">Hamas</a>' in page(client, f"/talks/{track['id']}")
