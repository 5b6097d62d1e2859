"""An outsider reads nothing, a reader without the right nothing of what is restricted: every address is walked."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from dragoman.app.accounts import Signature, add_account, change_account, make_token, set_password
from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.app.exporting import ExportFormat
from dragoman.backends.sql_store import open_store
from dragoman.core.access import AccountRole, AuditAction, Restriction, RestrictionKind, Scope
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


def token_of(page: str) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def log_in(client: TestClient[Any], name: str, password: str = PASSWORD, back: str = "/") -> Any:
    form = {"_csrf_token": token_of(client.get("/login").text), "name": name, "password": password, "back": back}
    return client.post("/login", data=form, follow_redirects=False)


@pytest.fixture
def signed_in(outsider: TestClient[Any]) -> Any:
    def as_(name: str) -> TestClient[Any]:
        assert log_in(outsider, name).status_code == 303
        return outsider

    return as_


def addresses(application: Any, desk: Desk) -> list[str]:
    """Every address that answers to GET, with everything that the store holds in its path."""
    whole = desk.snapshot(restricted=True)
    held = {
        "document": [one.id for one in whole.documents],
        "event": list(whole.events),
        "claim": list(whole.ground.material.claims),
        "dossier": list(whole.by_dossier),
        "actor": list(whole.by_actor),
        "key": list(whole.by_actor),
        "name": list(whole.by_person),
        "source": [row.source for row in whole.sources],
        "track": [row.id for row in whole.talks],
        "form": list(ExportFormat),
        "path": ["openapi.json", "nothing"],
    }
    found = []
    for route in application.routes:
        if "GET" not in getattr(route, "methods", ()) or route.path.startswith(("/assets", "/logout")):
            continue
        names = [part.name for part in route.path_components if not isinstance(part, str)]
        assert len(names) < 2, route.path
        plain = re.sub(r"\{[^}]+\}", "{}", route.path)
        found += [plain.format(quote(str(one), safe="")) for one in held[names[0]]] if names else [plain]
    asked = [
        "/dyads?one=QAT&other=HAMAS",
        "/api/v1/dyads?one=QAT&other=HAMAS",
        "/channels?sender=QAT&receiver=HAMAS",
        "/api/v1/paths?from=QAT&to=HAMAS",
        "/search?q=ceasefire",
    ]
    asked += [f"/api/v1/search?q=ceasefire&kind={kind}" for kind in ("documents", "claims", "actors")]
    return found + asked


def told(answer: Any) -> str:
    """All that an answer says, inside archives too."""
    content = answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace") + " ".join(f"{name}: {value}" for name, value in answer.headers.items())


@pytest.mark.slow
def test_an_outsider_reads_nothing(application: Any, desk: Desk, outsider: TestClient[Any]) -> None:
    for address in addresses(application, desk):
        answer = outsider.get(address, follow_redirects=False)
        if address == "/login":
            continue
        if address.startswith("/api/"):
            assert (answer.status_code, answer.json()["detail"]) == (401, "log in, or send a token that is valid"), address
        else:
            assert (answer.status_code, answer.content) == (303, b""), address
            assert answer.headers["location"].startswith("/login?back="), address
        assert answer.headers["cache-control"].startswith("private")


@pytest.mark.slow
def test_a_reader_without_the_right_finds_nothing_of_what_is_restricted(application: Any, desk: Desk, signed_in: Any) -> None:
    client = signed_in("ray")
    shown = 0
    for address in addresses(application, desk):
        answer = client.get(address)
        if any(secret in address.casefold() for secret in SECRETS):
            assert answer.status_code == 404, address
            continue
        assert answer.status_code < 500, address
        shown += answer.status_code == 200
        text = told(answer).casefold()
        assert [secret for secret in SECRETS if secret in text] == [], address
    assert shown > 30


@pytest.mark.slow
def test_a_reader_with_the_right_sees_it(application: Any, desk: Desk, signed_in: Any) -> None:
    client = signed_in("rita")
    seen = dict.fromkeys(SECRETS, 0)
    for address in addresses(application, desk):
        answer = client.get(address)
        assert answer.status_code in {200, 400, 403, 404}, address
        text = told(answer).casefold()
        for secret in SECRETS:
            seen[secret] += secret in text
    assert min(seen.values()) > 20, seen


def test_what_is_found_does_not_change_by_what_is_restricted(desk: Desk, signed_in: Any) -> None:
    ray = signed_in("ray")
    assert ray.get("/api/v1/events").json()["total"] == len(desk.snapshot(restricted=False).events) == 1
    assert ray.get("/api/v1/documents").json()["total"] == 1
    (event,) = ray.get("/api/v1/events").json()["items"]
    assert (event["independent"], len(event["documents"])) == (1, 1)
    tag = ray.get("/api/v1/events").headers["etag"]
    rita = signed_in("rita")
    assert rita.get("/api/v1/events", headers={"If-None-Match": tag}).status_code == 200
    assert rita.get("/api/v1/documents").json()["total"] == 4


def test_a_reader_judges_nothing_and_an_analyst_nothing_restricted(desk: Desk, signed_in: Any) -> None:
    whole = desk.snapshot(restricted=True)
    secret = next(one for one in whole.ground.material.claims.values() if isinstance(one, Status) and "zqpaper" in str(one))
    client = signed_in("ray")
    form = {"_csrf_token": token_of(client.get("/").text), "verdict": "reject", "claims": secret.id}
    assert client.post("/review/decide", data=form).status_code == 403
    client = signed_in("ana")
    form |= {"_csrf_token": token_of(client.get("/").text)}
    answer = client.post("/review/decide", data=form)
    assert answer.status_code == 400
    assert "no claim with this id" in answer.text
    assert len(desk.snapshot(restricted=True).judgements) == 2


def test_an_analyst_signs_with_the_account(desk: Desk, signed_in: Any) -> None:
    client = signed_in("ana")
    claim = next(iter(desk.snapshot(restricted=False).others))
    form = {"_csrf_token": token_of(client.get("/").text), "verdict": "accept", "claims": claim}
    assert client.post("/review/decide", data=form, follow_redirects=False).status_code == 303
    desk.forget()
    assert desk.snapshot(restricted=True).judgements[-1].by == "ana"


def test_logging_in_begins_a_session_of_its_own_and_logging_out_ends_it(outsider: TestClient[Any]) -> None:
    outsider.cookies.set("dragoman", "chosen-by-somebody-else", domain="127.0.0.1")
    answer = log_in(outsider, "ray", back="/talks")
    assert answer.headers["location"] == "/talks"
    cookies = "; ".join(value for name, value in answer.headers.multi_items() if name == "set-cookie").casefold()
    assert "httponly" in cookies
    assert "samesite=lax" in cookies
    secret = re.search(r"dragoman=([\w-]{40,})", cookies)
    assert secret is not None
    assert outsider.get("/talks", follow_redirects=False).status_code == 200
    kept = outsider.cookies.get("dragoman", domain="127.0.0.1")
    outsider.post("/logout", data={"_csrf_token": token_of(outsider.get("/").text)})
    assert outsider.get("/talks", follow_redirects=False).status_code == 303
    assert outsider.get("/talks", headers={"Cookie": f"dragoman={kept}"}, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(("name", "password"), [("ray", "wrong password"), ("nobody", PASSWORD), ("", ""), ("ray", "")])
def test_a_wrong_name_or_password_begins_nothing_and_is_logged(
    application: Any, outsider: TestClient[Any], name: str, password: str
) -> None:
    answer = log_in(outsider, name, password)
    assert answer.status_code == 401
    assert "Name or password is wrong" in answer.text
    assert outsider.get("/", follow_redirects=False).status_code == 303
    entry = next(iter(application.state.doorkeeper.access.audit()))
    assert (entry.action, entry.by) == (AuditAction.LOGIN_FAILED, name if name == "ray" else "unknown name")


def test_logging_in_needs_the_forms_token_and_is_limited(outsider: TestClient[Any]) -> None:
    outsider.get("/login")
    form = {"name": "ray", "password": PASSWORD}
    assert outsider.post("/login", data=form).status_code == 403
    answers = {log_in(outsider, "ray", "wrong password").status_code for _ in range(12)}
    assert answers == {401, 429}


@pytest.mark.parametrize("back", ["//example.org", "https://example.org", "/\\example.org", "/a\nb"])
def test_logging_in_leads_nowhere_else(application: Any, outsider: TestClient[Any], back: str) -> None:
    assert log_in(outsider, "ray", back=back).headers["location"] == "/"


def test_a_disabled_account_and_a_changed_password_end_sessions(application: Any, signed_in: Any) -> None:
    access = application.state.doorkeeper.access
    client = signed_in("rita")
    change_account(access, "rita", disabled=True, by=ROOT)
    assert client.get("/", follow_redirects=False).status_code == 303
    assert log_in(client, "rita").status_code == 401
    change_account(access, "rita", disabled=False, by=ROOT)
    client = signed_in("rita")
    set_password(access, "rita", PASSWORD, by=ROOT)
    assert client.get("/", follow_redirects=False).status_code == 303


def test_a_token_reads_judges_and_sees_as_far_as_its_scopes_go(application: Any, desk: Desk, outsider: TestClient[Any]) -> None:
    access = application.state.doorkeeper.access

    def headers(account: str, *scopes: Scope, days: int = 1) -> dict[str, str]:
        _, secret = make_token(access, account, "t", scopes=scopes, days=days, by=ROOT)
        return {"Authorization": f"Bearer {secret}"}

    body = {"verdict": "accept", "claims": [next(iter(desk.snapshot(restricted=False).others))]}
    assert outsider.get("/api/v1/documents", headers=headers("ray")).json()["total"] == 1
    assert outsider.get("/api/v1/documents", headers=headers("rita")).json()["total"] == 1
    assert outsider.get("/api/v1/documents", headers=headers("rita", Scope.RESTRICTED)).json()["total"] == 4
    assert outsider.get("/api/v1/documents", headers=headers("ray", Scope.RESTRICTED)).json()["total"] == 1
    assert outsider.post("/api/v1/judgements", json=body, headers=headers("ana")).status_code == 403
    assert outsider.post("/api/v1/judgements", json=body, headers=headers("ray", Scope.JUDGE)).status_code == 403
    assert outsider.post("/api/v1/judgements", json=body, headers=headers("ana", Scope.JUDGE)).status_code == 201
    assert outsider.get("/api/v1/documents", headers=headers("ray", days=-1)).status_code == 401
    refused = outsider.get("/api/v1/documents", headers={"Authorization": "Bearer dragoman_guess"})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(("origin", "status"), [("https://example.org", 403), (None, 403), ("http://127.0.0.1:8765", 201)])
def test_a_page_elsewhere_cannot_judge_through_a_session(
    desk: Desk, application: Any, signed_in: Any, origin: str | None, status: int
) -> None:
    client = signed_in("ana")
    body = {"verdict": "accept", "claims": [next(iter(desk.snapshot(restricted=False).others))]}
    headers = {"Origin": origin} if origin else {}
    assert client.post("/api/v1/judgements", json=body, headers=headers).status_code == status


@pytest.mark.slow
def test_pages_offer_to_restrict_and_open_again_to_admins_alone(application: Any, desk: Desk, signed_in: Any) -> None:
    access = application.state.doorkeeper.access
    (paper,) = desk.snapshot(restricted=False).documents
    dossier = next(iter(desk.snapshot(restricted=False).by_dossier))
    pages = {"document": f"/documents/{paper.id}", "source": "/sources/Open%20Agency", "dossier": f"/dossiers/{dossier}"}
    client = signed_in("ana")
    for kind, address in pages.items():
        assert f"Restrict this {kind}" not in client.get(address).text
    client = signed_in("root")
    values = {"document": paper.id, "source": "Open Agency", "dossier": dossier}
    for kind, address in pages.items():
        shown = client.get(address).text
        assert f"Restrict this {kind}" in shown
        form = {"kind": kind, "value": values[kind], "why": "for now", "back": address}
        assert client.post("/access/restrictions", data=form).status_code == 403, "no form token"
        form["_csrf_token"] = token_of(shown)
        answer = client.post("/access/restrictions", data=form, follow_redirects=False)
        assert answer.status_code == 303
        assert len(desk.snapshot(restricted=False).documents) == 0, kind
        sees = access.account("root").sees_restricted
        assert answer.headers["location"] == (address if sees else "/access")
        again = client.get(address)
        assert (again.status_code, f"Open this {kind} again" in again.text) == ((200, True) if sees else (404, False))
        client.post("/access/restrictions", data=form | {"lift": "true", "back": "//elsewhere.example"}, follow_redirects=False)
        assert len(desk.snapshot(restricted=False).documents) == 1, kind
    made = [(entry.action, entry.by, entry.subject) for entry in access.audit(limit=2)]
    assert made[0] == (AuditAction.UNRESTRICTED, "root", f"dossier {dossier}")
    assert made[1] == (AuditAction.RESTRICTED, "root", f"dossier {dossier}")


def test_who_may_see_what_is_restricted_is_told_that_it_is(desk: Desk, signed_in: Any) -> None:
    seen = signed_in("rita").get("/sources/zqsource%20memos").text
    assert "nothing derived from it is shown" in seen
    assert "told in confidence" in seen
    assert "Open this source again" not in seen


@pytest.mark.slow
def test_an_admin_manages_accounts_and_restrictions_and_nobody_else_does(application: Any, desk: Desk, signed_in: Any) -> None:
    access = application.state.doorkeeper.access
    client = signed_in("ana")
    assert client.get("/access").status_code == 403
    form = {"_csrf_token": token_of(client.get("/").text), "name": "eve", "role": "admin", "new": "true", "password": PASSWORD}
    assert client.post("/access/accounts", data=form).status_code == 403
    client = signed_in("root")
    form |= {"_csrf_token": token_of(client.get("/access").text), "role": "reader"}
    assert client.post("/access/accounts", data=form | {"password": "short"}).status_code == 400
    assert client.post("/access/accounts", data=form).status_code == 200
    form |= {"new": "false", "password": "", "role": "analyst", "restricted": "true"}
    client.post("/access/accounts", data=form)
    eve = access.account("eve")
    assert (eve.role, eve.restricted, eve.disabled) == (AccountRole.ANALYST, True, False)
    assert client.post("/access/accounts", data=form | {"name": "root", "role": "reader"}).status_code == 400
    marked = {"_csrf_token": form["_csrf_token"], "kind": "source", "value": "Open Agency", "why": "for now"}
    assert "for now" in client.post("/access/restrictions", data=marked).text
    assert len(desk.snapshot(restricted=False).documents) == 0
    client.post("/access/restrictions", data=marked | {"lift": "true"})
    assert len(desk.snapshot(restricted=False).documents) == 1
    made = [(entry.action, entry.by, entry.subject) for entry in access.audit(limit=4)]
    assert made[0] == (AuditAction.UNRESTRICTED, "root", "source Open Agency")
    assert made[2] == (AuditAction.ACCOUNT_CHANGED, "root", "eve")


def test_everybody_changes_their_own_password_and_tokens(application: Any, signed_in: Any) -> None:
    access = application.state.doorkeeper.access
    add_account(access, "pat", PASSWORD, role=AccountRole.READER, by=ROOT)
    client = signed_in("pat")
    form = {"_csrf_token": token_of(client.get("/account").text), "name": "nightly", "judge": "true", "days": "30"}
    secret = re.search(r"dragoman_[\w-]{40,}", client.post("/account/tokens", data=form).text)
    assert secret is not None
    assert secret[0] not in client.get("/account").text
    (token,) = access.tokens("pat")
    assert client.post("/account/tokens/revoke", data=form | {"token": token.id}).status_code == 200
    assert list(access.tokens("pat")) == []
    wanted = form | {"old": "not this one at all", "new": "nine loud sparrows"}
    assert client.post("/account/password", data=wanted).status_code == 400
    assert client.post("/account/password", data=wanted | {"old": PASSWORD}, follow_redirects=False).status_code == 303
    assert client.get("/account", follow_redirects=False).status_code == 303
    assert log_in(client, "pat", "nine loud sparrows").status_code == 303


def test_judgements_and_exports_are_in_the_audit_log(application: Any, signed_in: Any) -> None:
    client = signed_in("rita")
    assert client.get("/events.csv?dossier=gaza").status_code == 200
    assert client.get("/api/v1/exports/csv").status_code == 200
    found = {
        (entry.by, entry.subject, entry.note) for entry in application.state.doorkeeper.access.audit(action=AuditAction.EXPORTED)
    }
    assert ("rita", "/events.csv?dossier=gaza", "with what is restricted") in found
    assert ("rita", "/api/v1/exports/csv", "with what is restricted") in found
    judged = {entry.by for entry in application.state.doorkeeper.access.audit(action=AuditAction.JUDGED)}
    assert judged == {"ana"}
