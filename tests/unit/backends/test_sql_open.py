import sqlite3
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from dragoman.backends.sql_open import MIGRATIONS
from dragoman.backends.sql_schema import HEAD, VERSION_TABLE, metadata
from dragoman.backends.sql_store import SqlStore, open_store
from dragoman.core.claims import Coding, Status
from dragoman.core.errors import MissingExtra, StoreError
from dragoman.core.searching import Hit, Searched, read_words
from dragoman.core.text import Document, Span
from dragoman.core.vocab import TalksSignal

BEFORE_SEARCH = "0003"
"""The revision before the one that makes texts findable."""


def write(store: SqlStore, words: str) -> None:
    document = Document(text=words)
    store.write([(document, Coding(document=document.id, coder="c 1", model="m 1"))])


def test_makes_folders_and_reopens(tmp_path: Path) -> None:
    where = tmp_path / "new" / "folder" / "store.db"
    with open_store(where) as store:
        write(store, "Kept.")
    with open_store(f"sqlite:///{where}") as store:
        assert [one.text for one in store.documents()] == ["Kept."]


def declared(name: str | None, kind: str, _: object) -> bool:
    """Full text is a table of SQLite's own make, with others behind it."""
    return kind != "table" or not str(name).startswith("search_words")


def test_migrations_make_the_schema_that_is_declared(tmp_path: Path) -> None:
    open_store(tmp_path / "store.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'store.db'}")
    with engine.connect() as connection:
        opts = {"compare_type": True, "version_table": VERSION_TABLE, "include_name": declared}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_what_a_store_held_before_there_was_full_text_is_found(tmp_path: Path) -> None:
    document = Document(text="The envoy met Erdoğan. They spoke of Doha.")
    claim = Status(document=document.id, evidence=(Span(0, 22), Span(4, 9)), rule="test", signal=TalksSignal.PROGRESS)
    with open_store(tmp_path / "new.db") as store:
        store.write([(document, Coding(document=document.id, claims=(claim,), coder="c 1", model="m 1"))])
    make_older(tmp_path / "old.db", BEFORE_SEARCH, of=tmp_path / "new.db")
    with open_store(tmp_path / "old.db") as store:
        assert store.search(read_words("erdogan"), Searched.DOCUMENT) == {Hit(document.id, document.id)}
        assert store.search(read_words("erdogan -doha"), Searched.CLAIM) == {Hit(claim.id, document.id)}
        write(store, "Erdogan again.")
        assert len(store.search(read_words("erdogan"), Searched.DOCUMENT)) == 2


def make_older(where: Path, revision: str, *, of: Path) -> None:
    """A store of an earlier schema with the documents and claims of another one."""
    engine = create_engine(f"sqlite:///{where}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, revision)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"ATTACH DATABASE '{of}' AS newer")
        for table in ("documents", "sightings", "codings", "claims", "claim_bodies"):
            connection.exec_driver_sql(f"INSERT INTO {table} SELECT * FROM newer.{table}")
    engine.dispose()


def test_settings_are_safe(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store, store._engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_refuses_a_newer_schema_and_leaves_it_alone(tmp_path: Path) -> None:
    where = tmp_path / "store.db"
    open_store(where).close()
    connection = sqlite3.connect(where)
    connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = where.read_bytes()
    with pytest.raises(StoreError, match=r"schema 9999, newer .* update Dragoman"):
        open_store(where)
    assert where.read_bytes() == before


def test_refuses_other_databases(tmp_path: Path) -> None:
    where = tmp_path / "other.db"
    connection = sqlite3.connect(where)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match=r"something else .*recipes"):
        open_store(where)


def test_refuses_what_is_no_database(tmp_path: Path) -> None:
    where = tmp_path / "letter.txt"
    where.write_text("Dear Sir, " * 1000)
    with pytest.raises(StoreError, match=r"letter\.txt is not a Dragoman store"):
        open_store(where)
    assert where.read_text().startswith("Dear Sir")


def test_refuses_folders_and_odd_addresses(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(tmp_path / "file" / "store.db")
    for address in ("mysql://host/db", "nonsense://x", "sqlite://", "http://example.org/store"):
        with pytest.raises(StoreError, match="store"):
            open_store(address)


def test_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/nothing")
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"dragoman\[postgres\]"):
        open_store("postgresql://me@127.0.0.1:1/nothing")


def test_locked_store_says_so_and_is_free_afterwards(tmp_path: Path) -> None:
    where = tmp_path / "store.db"
    with open_store(where, busy_seconds=0.05) as store:
        blocker = sqlite3.connect(where, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another process"):
            write(store, "Too early.")
        assert list(store.documents()) == []  # readers are not blocked
        blocker.execute("ROLLBACK")
        blocker.close()
        write(store, "In time.")
        assert store.counts().documents == 1


def test_full_disk_keeps_what_is_there(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store:
        write(store, "Kept.")
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StoreError, match="no room to grow"):
            write(store, "Too much. " * 100_000)
        assert [one.text for one in store.documents()] == ["Kept."]


def test_corrupt_page_says_so(tmp_path: Path) -> None:
    where = tmp_path / "store.db"
    with open_store(where) as store:
        for n in range(200):
            write(store, f"Text {n}. " * 100)
    size = where.stat().st_size
    with where.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size // 2))
    with pytest.raises(StoreError, match="is damaged"), open_store(where) as store:
        list(store.documents())
