"""While a changed record is put together anew, readers are shown what it was before, and told so."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest
from litestar.testing import TestClient

from dragoman.app import desk as desks
from dragoman.app.config import load_config
from dragoman.app.desk import Desk, Outlook
from dragoman.app.snapshot import Snapshot
from dragoman.backends.sql_store import open_store
from dragoman.core.claims import Coding
from dragoman.core.errors import StoreError
from dragoman.core.text import Document


def write(path: Path, words: str) -> None:
    document = Document(text=words, published=date(2024, 5, 2))
    with open_store(path) as store:
        store.write([(document, Coding(document=document.id, coder="t", model="t", published=document.published))])


@pytest.fixture
def path(tmp_path: Path, empty_store: Path) -> Path:
    path = Path(shutil.copy(empty_store, tmp_path))
    write(path, "One.")
    return path


@pytest.fixture
def client(path: Path, serve: Any) -> Iterator[TestClient[Any]]:
    desk = Desk(load_config({"store": str(path)}, env={}, folder=path.parent))
    with serve(desk) as made:
        yield made


def total(client: TestClient[Any]) -> int:
    found: int = client.get("/api/v1/documents").json()["total"]
    return found


def test_what_takes_long_goes_on_behind_the_scenes(client: TestClient[Any], path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert total(client) == 1
    done, renewed = Signal(), Outlook._renewed

    def slowly(outlook: Outlook) -> Snapshot:
        done.wait(20)
        return renewed(outlook)

    monkeypatch.setattr(Outlook, "_renewed", slowly)
    monkeypatch.setattr(desks, "_PATIENCE", 0.01)
    write(path, "Two.")
    client.app.state.desk.forget()
    answer = client.get("/api/v1/documents")
    assert (answer.json()["total"], answer.headers["dragoman-record"]) == (1, "renewing")
    assert "is being put together anew" in client.get("/sources").text
    done.set()
    monkeypatch.setattr(desks, "_PATIENCE", 20.0)
    assert total(client) == 2
    assert "is being put together anew" not in client.get("/sources").text


def test_what_fails_behind_the_scenes_is_said(client: TestClient[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert total(client) == 1

    def broken(outlook: Outlook) -> Snapshot:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Outlook, "_renewed", broken)
    client.app.state.desk.forget()
    answer = client.get("/api/v1/documents")
    assert (answer.status_code, answer.json()["detail"]) == (503, "the disk is gone")


def test_until_a_large_record_is_read_for_the_first_time_pages_say_so(
    client: TestClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done, renewed = Signal(), Outlook._renewed

    def slowly(outlook: Outlook) -> Snapshot:
        done.wait(20)
        return renewed(outlook)

    monkeypatch.setattr(Outlook, "_renewed", slowly)
    monkeypatch.setattr(desks, "_FIRST_PATIENCE", 0.01)
    page, answer = client.get("/"), client.get("/api/v1/documents")
    assert (page.status_code, answer.status_code) == (503, 503)
    assert "the record is being read" in page.text
    done.set()
    monkeypatch.setattr(desks, "_FIRST_PATIENCE", 20.0)
    assert total(client) == 1
