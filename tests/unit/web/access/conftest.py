"""A desk with accounts, and documents that are restricted by themselves, by their source and by their dossier."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from litestar.testing import TestClient

from dragoman.app.accounts import Signature, add_account
from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.access import AccountRole, Restriction, RestrictionKind
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import (
    Coding,
    Engagement,
    Interaction,
    Participant,
    Proposal,
    Status,
    Utterance,
    Violence,
    Voice,
)
from dragoman.core.ids import DossierId
from dragoman.core.judgements import Judgement
from dragoman.core.plover import Quad, Root
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    EngagementType,
    Issue,
    Precision,
    ProposalKind,
    Role,
    Stance,
    TalksSignal,
    Verdict,
    ViolenceType,
    VoiceKind,
)
from dragoman.web.application import create_application

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
PASSWORD = "seven quiet herons"
ROOT = Signature("root")
QATAR, HAMAS, ISRAEL = Actor("Qatar", "QAT"), Actor("Hamas", "HAMAS"), Actor("Israel", "ISR")
SECRETS = ("zqpaper", "zqsource", "zqdossier")
"""What a document restricted by itself, by its source and by its dossier is full of, and nothing else is."""


def document(number: int, word: str, source: str) -> Document:
    return Document(
        text=f"{word} report {number}. Ministers of Qatar met Hamas in {word}ville. A ceasefire nears, {word} said. Shells fell.",
        title=f"{word} report {number}",
        source=source,
        author=f"{word} author",
        name=f"{word}-{number}",
        url=f"https://example.org/{word}/{number}",
        licence="CC BY 4.0",
        published=date(2026, 5, 3 + number),
    )


def claims(of: Document, word: str, dossier: str) -> tuple[Any, ...]:
    on = date(2026, 5, 2)
    when = When(start=on, end=on, precision=Precision.DAY, expression=f"{word} day")
    other = Actor(f"{word} Front")
    base: dict[str, Any] = {"document": of.id, "rule": "test", "dossiers": (DossierId(dossier),)}
    base |= {"voices": (Voice(kind=VoiceKind.NAMED, name=f"{word} aide"),)} if hasattr(VoiceKind, "NAMED") else {}
    people = Participant(actor=QATAR, person="Ali Example", role=Role.MEDIATOR), Participant(actor=HAMAS)
    own = Participant(actor=other, person=f"{word} Person", office=f"{word} envoy")
    place = Place(name=f"{word}ville", country="QAT", latitude=25.3, longitude=51.5)
    whole, tail = Span(0, 60), Span(61, len(of.text))
    kinds = {"when": when}
    return (
        Engagement(
            **base, **kinds, evidence=(whole,), type=EngagementType.MEETING, participants=people, issues=(Issue.CEASEFIRE,)
        ),
        Engagement(**base, **kinds, evidence=(tail,), type=EngagementType.MEETING, participants=(*people, own), place=place),
        Utterance(
            **base,
            **kinds,
            evidence=(tail,),
            speaker=f"{word} speaker",
            speaker_actors=(HAMAS,),
            target=ISRAEL,
            content=tail,
            stance=Stance.DEMAND,
            issue=Issue.CEASEFIRE,
        ),
        Proposal(**base, **kinds, evidence=(tail,), type=ProposalKind.OFFER, by=(other,), to=(HAMAS,), terms=tail),
        Status(**base, **kinds, evidence=(tail,), signal=TalksSignal.PROGRESS, actors=(QATAR, HAMAS)),
        Violence(
            **base,
            **kinds,
            evidence=(tail,),
            type=ViolenceType.SHELLING,
            perpetrator=other,
            victim=f"{word} victims",
            place=place,
        ),
        Interaction(
            **base,
            **kinds,
            evidence=(whole,),
            root=Root.ACCUSE,
            quad=Quad.VERBAL_CONFLICT,
            intensity=-3.0,
            source=(other,),
            target=(ISRAEL,),
            model="m 1",
            score=0.8,
        ),
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("guarded")
    papers = {
        document(0, "open", "Open Agency"): ("open", "gaza"),
        document(1, "zqpaper", "Open Agency"): ("zqpaper", "gaza"),
        document(2, "zqsource", "zqsource memos"): ("zqsource", "gaza"),
        document(3, "zqdossier", "Open Agency"): ("zqdossier", "zqdossier_channel"),
    }
    (folder / "own.toml").write_text('[zqdossier_channel]\nname = "zqdossier back channel"\nsides = [["QAT"], ["HAMAS"]]\n')
    path = folder / "desk.db"
    with open_store(path) as store:
        coded = {one: claims(one, word, dossier) for one, (word, dossier) in papers.items()}
        store.write([(one, Coding(document=one.id, claims=own, coder="t", model="t")) for one, own in coded.items()])
        first, second, *_ = (own[0] for own in coded.values())
        for verdict, claimed in ((Verdict.ACCEPT, (second.id,)), (Verdict.MERGE, (first.id, second.id))):
            store.judge(
                Judgement(
                    verdict=verdict,
                    claims=claimed,
                    document=second.document,
                    quote="zqpaper",
                    why="zqpaper says so",
                    by="x",
                    at=NOON,
                )
            )
        kinds = (RestrictionKind.DOCUMENT, second.document), (RestrictionKind.SOURCE, "zqsource memos")
        for kind, value in (*kinds, (RestrictionKind.DOSSIER, "zqdossier_channel")):
            store.access.restrict(Restriction(kind=kind, value=value, by="root", at=NOON, why="told in confidence"))
        for name, role, right in (
            ("root", AccountRole.ADMIN, False),
            ("ana", AccountRole.ANALYST, False),
            ("ray", AccountRole.READER, False),
            ("rita", AccountRole.READER, True),
        ):
            add_account(store.access, name, PASSWORD, role=role, restricted=right, by=ROOT)
    return Desk(load_config({"store": str(path), "coding.dossiers": (str(folder / "own.toml"),)}, env={}, folder=folder))


@pytest.fixture(scope="module")
def application(desk: Desk) -> Any:
    return create_application(desk, port=8765)


@pytest.fixture
def outsider(application: Any) -> Iterator[TestClient[Any]]:
    application.stores.get("rate_limit")._store.clear()
    yield TestClient(application, base_url="http://127.0.0.1:8765")
    application.state.doorkeeper.close()


def _token_of(page: str) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def _log_in(client: TestClient[Any], name: str, password: str = PASSWORD, back: str = "/") -> Any:
    form = {"_csrf_token": _token_of(client.get("/login").text), "name": name, "password": password, "back": back}
    return client.post("/login", data=form, follow_redirects=False)


@pytest.fixture
def token_of() -> Callable[[str], str]:
    """Finds the form's token in a page."""
    return _token_of


@pytest.fixture
def log_in() -> Callable[..., Any]:
    """Logs a client in by the form."""
    return _log_in


@pytest.fixture
def signed_in(outsider: TestClient[Any]) -> Any:
    def as_(name: str) -> TestClient[Any]:
        assert _log_in(outsider, name).status_code == 303
        return outsider

    return as_
