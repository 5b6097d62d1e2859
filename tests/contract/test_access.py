"""One suite for the `Access` of every `Store`: accounts, sessions, tokens, restrictions and the audit log."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from dragoman.core.access import (
    Account,
    AccountRole,
    AuditAction,
    AuditEntry,
    Restriction,
    RestrictionKind,
    Scope,
    Session,
    Token,
)
from dragoman.core.claims import Coding, Status
from dragoman.core.ids import DossierId
from dragoman.core.ports import Access, Store
from dragoman.core.text import Document, Span
from dragoman.core.vocab import TalksSignal

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
ANA = Account(name="ana", role=AccountRole.ANALYST, password="$argon2id$x", made=NOON)
SESSION = Session(key="k1", account="ana", started=NOON, seen=NOON)
TOKEN = Token(key="h1", account="ana", name="script", scopes=(Scope.READ,), made=NOON, expires=NOON + timedelta(days=30))


@pytest.fixture
def access(store: Store) -> Access:
    return store.access


def test_an_account_is_kept_and_replaced(access: Access) -> None:
    assert access.account("ana") is None
    access.keep_account(ANA)
    access.keep_account(replace(ANA, name="abe"))
    access.keep_account(replace(ANA, role=AccountRole.ADMIN, restricted=True))
    assert access.account("ana") == replace(ANA, role=AccountRole.ADMIN, restricted=True)
    assert [one.name for one in access.accounts()] == ["abe", "ana"]


def test_a_session_is_kept_renewed_and_ended(access: Access) -> None:
    access.keep_session(SESSION)
    access.keep_session(replace(SESSION, seen=NOON + timedelta(minutes=5)))
    assert access.session("k1") == replace(SESSION, seen=NOON + timedelta(minutes=5))
    access.end_sessions(key="k2")
    assert access.session("k1") is not None
    access.end_sessions(key="k1")
    assert access.session("k1") is None


def test_sessions_end_by_account_and_by_age(access: Access) -> None:
    for key, account, minutes in (("k1", "ana", 0), ("k2", "ana", 60), ("k3", "abe", 0)):
        access.keep_session(Session(key=key, account=account, started=NOON, seen=NOON + timedelta(minutes=minutes)))
    access.end_sessions(before=NOON + timedelta(minutes=1))
    assert [key for key in ("k1", "k2", "k3") if access.session(key)] == ["k2"]
    access.end_sessions(account="ana")
    assert access.session("k2") is None


def test_a_token_is_kept_listed_and_revoked(access: Access) -> None:
    access.keep_token(TOKEN)
    access.keep_token(replace(TOKEN, key="h2", account="abe"))
    assert access.token("h1") == TOKEN
    assert [one.key for one in access.tokens()] == ["h2", "h1"]
    assert [one.key for one in access.tokens("ana")] == ["h1"]
    access.revoke_token("h1")
    assert access.token("h1") is None


def test_a_restriction_is_put_in_force_replaced_and_lifted(access: Access) -> None:
    one = Restriction(kind=RestrictionKind.DOSSIER, value="gaza", by="ana", at=NOON)
    access.restrict(one)
    access.restrict(replace(one, why="back channel"))
    access.restrict(replace(one, kind=RestrictionKind.SOURCE))
    assert list(access.restrictions()) == [replace(one, why="back channel"), replace(one, kind=RestrictionKind.SOURCE)]
    access.unrestrict(one)
    access.unrestrict(one)
    assert [each.kind for each in access.restrictions()] == [RestrictionKind.SOURCE]


def test_the_audit_log_only_grows_and_is_read_newest_first(access: Access) -> None:
    entries = [
        AuditEntry(at=NOON, by="ana", action=AuditAction.LOGIN, address="10.0.0.1"),
        AuditEntry(at=NOON, by="abe", action=AuditAction.LOGIN_FAILED),
        AuditEntry(at=NOON, by="ana", action=AuditAction.JUDGED, subject="c1", note="accept"),
    ]
    for entry in entries:
        access.log(entry)
    assert list(access.audit()) == entries[::-1]
    assert list(access.audit(limit=1)) == entries[2:]
    assert list(access.audit(by="ana")) == [entries[2], entries[0]]
    assert list(access.audit(by="ana", action=AuditAction.LOGIN)) == [entries[0]]


def test_documents_of_sources_and_dossiers(store: Store) -> None:
    first, second = Document(text="One.", source="A"), Document(text="Two.", source="B")
    claim = Status(
        document=second.id, evidence=(Span(0, 4),), rule="t", signal=TalksSignal.PROGRESS, dossiers=(DossierId("gaza"),)
    )
    store.write(
        [(one, Coding(document=one.id, claims=own, coder="c", model="m")) for one, own in ((first, ()), (second, (claim,)))]
    )
    store.sight([replace(second, source="C")])
    assert store.documents_of(sources=["A"]) == {first.id}
    assert store.documents_of(sources=["C"]) == {second.id}
    assert store.documents_of(dossiers=["gaza", "libya"]) == {second.id}
    assert store.documents_of(sources=["A"], dossiers=["gaza"]) == {first.id, second.id}
    assert store.documents_of() == set()
    store.write([(second, Coding(document=second.id, coder="c 2", model="m"))])
    assert store.documents_of(dossiers=["gaza"]) == set()
