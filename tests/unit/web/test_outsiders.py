"""Once there are accounts, whoever is not known gets nothing, at no address; a token does what its scopes say."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from dragoman.app.accounts import Signature, make_token
from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.backends.sql_store import open_store
from dragoman.core.access import Account, AccountRole, Restriction, RestrictionKind, Scope
from dragoman.core.claims import Coding, Status
from dragoman.core.text import Document, Span
from dragoman.core.vocab import TalksSignal

BY = Signature("test")
DAY = date(2024, 5, 2)
ANSWERED = ({"/login"}, "/assets")
"""What everybody may ask for: the log-in page and assets."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[tuple[TestClient[Any], dict[str, str]]]:
    """The desk of a store with accounts, and a token for each of their rights."""
    path = tmp_path_factory.mktemp("outsiders") / "desk.db"
    secrets = {}
    with open_store(path) as store:
        for words in ("The open talks made progress.", "The secret talks made progress."):
            document = Document(text=words, title=words, published=DAY)
            claim = Status(document=document.id, evidence=(Span(0, len(words)),), rule="test", signal=TalksSignal.PROGRESS)
            store.write(
                [(document, Coding(document=document.id, claims=(claim,), coder="t", model="t", published=date(2024, 5, 2)))]
            )
        closed = Restriction(kind=RestrictionKind.DOCUMENT, value=document.id, by="test", at=datetime.now(UTC))
        store.access.restrict(closed)
        for name, role in (("rea", AccountRole.READER), ("ana", AccountRole.ANALYST), ("ada", AccountRole.ADMIN)):
            store.access.keep_account(Account(name=name, role=role, password="none", made=datetime.now(UTC)))
            for scopes in ((Scope.READ,), (Scope.JUDGE,), (Scope.RESTRICTED,)):
                _, secret = make_token(store.access, name, "test", scopes=scopes, days=1, by=BY)
                secrets[f"{name} {scopes[0]}"] = secret
    desk = Desk(load_config({"store": str(path)}, env={}, folder=path.parent))
    with serve(desk) as client:
        yield client, secrets


def addresses(client: TestClient[Any]) -> Iterator[tuple[str, str]]:
    """Every method and address of the application."""
    for route in client.app.routes:
        if isinstance(route, HTTPRoute):
            path = re.sub(r"\{[^}]*\}", "something", route.path_format)
            yield from ((method, path) for method in sorted(route.methods - {"OPTIONS", "HEAD"}))


def test_an_outsider_gets_nothing_at_any_address(made: tuple[TestClient[Any], dict[str, str]]) -> None:
    client, _ = made
    tried = 0
    for method, path in addresses(client):
        if path in ANSWERED[0] or path.startswith(ANSWERED[1]):
            continue
        tried += 1
        answer = client.request(method, path, follow_redirects=False, json={} if method == "POST" else None)
        if path.startswith("/api/"):
            assert answer.status_code in {401, 403}, (method, path, answer.status_code)
            assert answer.headers["content-type"] == "application/problem+json", (method, path)
        elif method == "GET":
            assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login"), (method, path)
        else:
            assert answer.status_code in {303, 401, 403}, (method, path, answer.status_code)
        assert "talks made progress" not in answer.text
    assert tried > 70


def test_a_false_token_is_refused_everywhere(made: tuple[TestClient[Any], dict[str, str]]) -> None:
    client, secrets = made
    for bearer in ("dragoman_nothing", secrets["rea read"][:-1], ""):
        answer = client.get("/api/v1/documents", headers={"Authorization": f"Bearer {bearer}"})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("token", "status"),
    [("rea read", 403), ("rea judge", 403), ("ana read", 403), ("ana judge", 404), ("ada read", 403), ("ada judge", 404)],
)
def test_only_tokens_for_judging_judge(made: tuple[TestClient[Any], dict[str, str]], token: str, status: int) -> None:
    """404: whoever may decide is told that there is no such decision to take back."""
    client, secrets = made
    headers = {"Authorization": f"Bearer {secrets[token]}"}
    assert client.get("/api/v1/documents", headers=headers).status_code == 200
    assert client.post("/api/v1/judgements", json={"undoes": "j0000000000000000"}, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("token", "total"), [("rea read", 1), ("rea restricted", 1), ("ada read", 1), ("ada judge", 1), ("ada restricted", 2)]
)
def test_what_is_restricted_is_in_no_list_and_no_search_without_the_right(
    made: tuple[TestClient[Any], dict[str, str]], token: str, total: int
) -> None:
    client, secrets = made
    headers = {"Authorization": f"Bearer {secrets[token]}"}
    for address in ("documents", "claims", "search?q=progress", "search?q=progress&kind=claims"):
        found = client.get(f"/api/v1/{address}", headers=headers)
        assert found.json()["total"] == total, address
        assert ("secret" in found.text) is (total == 2), address
    assert ("secret" in client.get("/api/v1/search?q=secret", headers=headers).json()["items"].__repr__()) is (total == 2)
