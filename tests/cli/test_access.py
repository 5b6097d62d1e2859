"""Accounts, restrictions and the audit log from the command line; what is restricted stays on the terminal."""

from pathlib import Path
from typing import Any

import pytest

from dragoman.backends.passwords import is_password
from dragoman.backends.sql_store import open_store

PASSWORD = b"seven quiet herons\n"


@pytest.fixture
def restricted(dragoman: Any, stored: Path) -> Any:
    """The command line over a store whose first document is restricted."""
    assert dragoman("restrict", "document", "first", "--why", "told in confidence").exit_code == 0
    return dragoman


def test_accounts_are_added_changed_and_listed(dragoman: Any, stored: Path) -> None:
    assert dragoman("accounts", "add", "Mara", "--role", "admin", stdin=PASSWORD).exit_code == 0
    assert dragoman("accounts", "add", "ben", stdin=PASSWORD).exit_code == 0
    assert "analyst, sees what is restricted" in dragoman("accounts", "role", "ben", "analyst", "--restricted").output
    assert "disabled" in dragoman("accounts", "disable", "ben").output
    assert dragoman("accounts", "password", "ben", stdin=b"nine loud sparrows\n").exit_code == 0
    listed = dragoman("accounts", "list").output
    assert "mara" in listed
    assert "argon2" not in listed
    with open_store(stored) as store:
        ben = store.access.account("ben")
        assert ben is not None
        assert is_password("nine loud sparrows", ben.password)
        assert not is_password("seven quiet herons", ben.password)


@pytest.mark.parametrize(
    ("arguments", "password", "complaint"),
    [
        (("accounts", "add", "mara"), b"short\n", "12 to 256 characters"),
        (("accounts", "add", "mara"), b"aaaaaaaaaaaaaaaa\n", "too easy"),
        (("accounts", "add", "no spaces please"), PASSWORD, "is no name"),
        (("accounts", "role", "nobody", "admin"), b"", "no account 'nobody'"),
        (("restrict", "document", "third"), b"", "no documents have this id"),
        (("unrestrict", "dossier", "gaza"), b"", "no restricted dossiers"),
    ],
)
def test_what_cannot_be_done_is_refused(
    dragoman: Any, stored: Path, arguments: tuple[str, ...], password: bytes, complaint: str
) -> None:
    result = dragoman(*arguments, stdin=password)
    assert result.exit_code == 2
    assert complaint in result.output
    with open_store(stored) as store:
        assert list(store.access.accounts()) == []


def test_a_token_is_shown_once_and_kept_hashed(dragoman: Any, stored: Path) -> None:
    dragoman("accounts", "add", "mara", "--role", "admin", stdin=PASSWORD)
    made = dragoman("accounts", "token", "add", "mara", "--name", "nightly", "--scope", "judge")
    secret = next(line for line in made.output.splitlines() if line.startswith("dragoman_"))
    assert secret.encode() not in stored.read_bytes()
    listed = dragoman("accounts", "token", "list", "mara", "--json").output
    assert secret not in listed
    own = listed.split('"id": "')[1].split('"')[0]
    assert dragoman("accounts", "token", "revoke", own).exit_code == 0
    assert dragoman("accounts", "token", "list").output.strip() == "none"


@pytest.mark.slow
def test_a_table_shows_what_is_restricted_and_files_leave_it_out(restricted: Any, tmp_path: Path) -> None:
    assert "Nobody expected it" not in restricted("contacts").output
    assert "Majed Ansari met a Hamas delegation" in restricted("contacts").output
    written = restricted("contacts", "--format", "csv")
    assert "Majed Ansari met a Hamas delegation" not in written.output
    assert "1 restricted document is left out" in written.output
    assert "Majed Ansari met a Hamas" in restricted("contacts", "--format", "csv", "--restricted").output
    for name in ("brief.html", "brief.md"):
        restricted("brief", "--out", name)
        assert "Majed Ansari met a Hamas" not in (tmp_path / name).read_text()
        restricted("brief", "--out", name, "--restricted")
        assert "Majed Ansari met a Hamas" in (tmp_path / name).read_text()


@pytest.mark.parametrize(
    "arguments",
    [
        ("statements", "--json"),
        ("sources", "--json"),
        ("positions", "--json"),
        ("talks", "--json"),
        ("channels", "--json"),
        ("search", "Ansari", "--json"),
        ("roles", "--format", "csv"),
    ],
)
def test_what_may_be_passed_on_holds_nothing_restricted(restricted: Any, arguments: tuple[str, ...]) -> None:
    output = restricted(*arguments).output
    assert "HYPERLINK" not in output
    assert "Example Agency" not in output


@pytest.mark.parametrize("form", ["csv", "xlsx", "atom", "ics", "mend", "polecat"])
def test_exports_hold_nothing_restricted(restricted: Any, tmp_path: Path, form: str) -> None:
    result = restricted("export", "--format", form, "--out", "out")
    assert result.exit_code == 0, result.output
    out = tmp_path / "out"
    files = [out] if out.is_file() else list(out.iterdir())
    assert files
    assert not [file for file in files if b"Example Agency" in file.read_bytes() or b"delegation" in file.read_bytes()]


def test_restrictions_are_listed_lifted_and_in_the_audit_log(restricted: Any) -> None:
    restricted("restrict", "source", "Memos")
    restricted("restrict", "dossier", "gaza")
    listed = restricted("restrict", "list").output
    assert [word for word in ("told in confidence", "Memos", "gaza") if word not in listed] == []
    assert "open again" in restricted("unrestrict", "dossier", "gaza").output
    told = restricted("audit", "--json").output
    assert [word for word in ("unrestricted", "dossier gaza", "source Memos", "tester") if word not in told] == []
    assert "restricted" not in restricted("audit", "--action", "login").output
