"""An outsider reads nothing, a reader without the right nothing of what is restricted: every address is walked."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from dragoman.app.desk import Desk
from dragoman.app.exporting import ExportFormat
from dragoman.core.access import AuditAction
from dragoman.core.claims import (
    Status,
)

SECRETS = ("zqpaper", "zqsource", "zqdossier")
"""What the restricted documents of `conftest` are full of, and nothing else is."""


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


def test_a_reader_judges_nothing_and_an_analyst_nothing_restricted(
    desk: Desk, signed_in: Any, token_of: Callable[[str], str]
) -> None:
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


@pytest.mark.slow
def test_pages_offer_to_restrict_and_open_again_to_admins_alone(
    application: Any, desk: Desk, signed_in: Any, token_of: Callable[[str], str]
) -> None:
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
