"""Sessions, tokens and accounts: who comes in, as whom, and what is written down about it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from litestar.testing import TestClient

from dragoman.app.accounts import Signature, add_account, change_account, make_token, set_password
from dragoman.app.desk import Desk
from dragoman.core.access import AccountRole, AuditAction, Scope

PASSWORD = "seven quiet herons"
ROOT = Signature("root")


def test_an_analyst_signs_with_the_account(desk: Desk, signed_in: Any, token_of: Callable[[str], str]) -> None:
    client = signed_in("ana")
    claim = next(iter(desk.snapshot(restricted=False).others))
    form = {"_csrf_token": token_of(client.get("/").text), "verdict": "accept", "claims": claim}
    assert client.post("/review/decide", data=form, follow_redirects=False).status_code == 303
    desk.forget()
    assert desk.snapshot(restricted=True).judgements[-1].by == "ana"


def test_logging_in_begins_a_session_of_its_own_and_logging_out_ends_it(
    outsider: TestClient[Any], token_of: Callable[[str], str], log_in: Any
) -> None:
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
    application: Any, outsider: TestClient[Any], name: str, password: str, log_in: Any
) -> None:
    answer = log_in(outsider, name, password)
    assert answer.status_code == 401
    assert "Name or password is wrong" in answer.text
    assert outsider.get("/", follow_redirects=False).status_code == 303
    entry = next(iter(application.state.doorkeeper.access.audit()))
    assert (entry.action, entry.by) == (AuditAction.LOGIN_FAILED, name if name == "ray" else "unknown name")


def test_logging_in_needs_the_forms_token_and_is_limited(outsider: TestClient[Any], log_in: Any) -> None:
    outsider.get("/login")
    form = {"name": "ray", "password": PASSWORD}
    assert outsider.post("/login", data=form).status_code == 403
    answers = {log_in(outsider, "ray", "wrong password").status_code for _ in range(12)}
    assert answers == {401, 429}


@pytest.mark.parametrize("back", ["//example.org", "https://example.org", "/\\example.org", "/a\nb"])
def test_logging_in_leads_nowhere_else(application: Any, outsider: TestClient[Any], back: str, log_in: Any) -> None:
    assert log_in(outsider, "ray", back=back).headers["location"] == "/"


def test_a_disabled_account_and_a_changed_password_end_sessions(application: Any, signed_in: Any, log_in: Any) -> None:
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
def test_an_admin_manages_accounts_and_restrictions_and_nobody_else_does(
    application: Any, desk: Desk, signed_in: Any, token_of: Callable[[str], str]
) -> None:
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


def test_everybody_changes_their_own_password_and_tokens(
    application: Any, signed_in: Any, token_of: Callable[[str], str], log_in: Any
) -> None:
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
