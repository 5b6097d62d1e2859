"""What a desk works out of a large record is kept: found again unchanged, and only by who sees the same."""

import gc
import shutil
import sqlite3
import weakref
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dragoman.analysis.queue import Order
from dragoman.app import desk as desks
from dragoman.app import prepared
from dragoman.app.config import Config, load_config
from dragoman.app.desk import Desk
from dragoman.app.made_up_store import fill
from dragoman.app.prepared import Shelf
from dragoman.app.snapshot import Snapshot
from dragoman.backends.sql_store import SqlStore, open_store
from dragoman.core.access import Restriction, RestrictionKind
from dragoman.core.codec import dump
from dragoman.core.errors import StoreError
from dragoman.core.judgements import Judgement
from dragoman.core.vocab import Verdict

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
SECTIONS = 6
"""The record, tracks, talks, positions, commitments, joint mediation."""


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made_up") / "made.db"
    fill(Config(store=str(path)), 40)
    with open_store(path) as store:
        claim = next(one for one in store.claims() if one.dossiers)
        judged = Judgement(verdict=Verdict.ASSIGN, claims=(claim.id,), document=claim.document, value="sudan", by="ana", at=NOON)
        store.judge(judged)
    return path


@pytest.fixture
def path(tmp_path: Path, made_up: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(desks, "_LARGE", 0)
    return Path(shutil.copy(made_up, tmp_path))


def desk_on(path: Path, *, restricted: bool = True, settings: Mapping[str, object] | None = None) -> Desk:
    options = {"store": str(path), "output.restricted": restricted, **(settings or {})}
    return Desk(load_config(options, env={}, folder=path.parent))


def opened(path: Path, *, restricted: bool = True, settings: Mapping[str, object] | None = None) -> Snapshot:
    """The record as a desk shows it that was just started, once that desk has kept it."""
    desk = desk_on(path, restricted=restricted, settings=settings)
    snapshot = desk.snapshot()
    desk._outlook(None).finished()
    return snapshot


def told(snapshot: Snapshot) -> bytes:
    """All that is kept of a record, and how it is put into lists."""
    record = snapshot.ground.material.record
    lists = (snapshot.talks, list(snapshot.tracks.values()), snapshot.positions, snapshot.commitments, snapshot._coalitions)
    return dump((record, lists, list(snapshot.events), snapshot.queue(Order.RANK)))


def bodies(path: Path) -> dict[tuple[str, str], bytes]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("select purpose, id, body from parts where purpose like 'desk%'")
        return {(purpose, own): body for purpose, own, body in rows}


def test_a_second_start_finds_the_record_as_it_was(path: Path) -> None:
    first = opened(path)
    assert first.shelf.found == 0
    assert first.ground.material.record.corrections
    second = opened(path)
    assert second.shelf.found == SECTIONS
    assert told(second) == told(first)


def test_what_is_kept_is_the_same_bytes_each_time(path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(path, tmp_path / "other.db"))
    opened(path)
    opened(other)
    assert len(bodies(path)) == SECTIONS
    assert bodies(path) == bodies(other)


def test_a_decision_makes_it_anew_and_what_was_kept_before_goes(path: Path) -> None:
    first = opened(path)
    before = bodies(path)
    event = next(iter(first.events.values()))
    with open_store(path) as store:
        store.judge(Judgement(verdict=Verdict.REJECT, claims=event.claims, document=event.documents[0], by="ana", at=NOON))
    second = opened(path)
    assert second.shelf.found == 0
    assert event.id not in second.events
    assert len(bodies(path)) == SECTIONS
    assert before.keys().isdisjoint(bodies(path))


def test_decisions_are_kept_when_the_desk_is_closed(path: Path) -> None:
    desk = desk_on(path)
    first = desk.snapshot()
    desk._whole.finished()
    event = next(iter(first.events.values()))
    with open_store(path) as store:
        store.judge(Judgement(verdict=Verdict.REJECT, claims=event.claims, document=event.documents[0], by="ana", at=NOON))
    desk.forget()
    assert event.id not in desk.snapshot().events
    desk._whole.finished()
    desk.close()
    assert opened(path).shelf.found == SECTIONS


@pytest.mark.parametrize("spoilt", [b"", b"\x00", b"no section at all, but longer than a checksum is"])
def test_what_a_failing_disk_spoilt_is_made_anew(path: Path, spoilt: bytes) -> None:
    first = opened(path)
    with sqlite3.connect(path) as connection:
        connection.execute("update parts set body = ? where purpose = 'desk'", (spoilt,))
    second = opened(path)
    assert second.shelf.found == 0
    assert told(second) == told(first)


def test_one_turned_bit_is_noticed(path: Path) -> None:
    first = opened(path)
    with sqlite3.connect(path) as connection:
        ((own, body),) = connection.execute("select id, body from parts where purpose = 'desk' and id like 'record%'")
        middle = len(body) // 2
        turned = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
        connection.execute("update parts set body = ? where id = ?", (turned, own))
    second = opened(path)
    assert second.shelf.found == SECTIONS - 1
    assert told(second) == told(first)


def test_what_other_rules_made_is_not_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(path)
    monkeypatch.setattr(prepared, "made_by", lambda: "another version")
    assert opened(path).shelf.found == 0


def test_other_settings_make_it_anew(path: Path) -> None:
    opened(path)
    assert opened(path, settings={"ingest.reprint_threshold": 0.95}).shelf.found == 0


def test_what_is_restricted_is_in_nothing_that_is_kept_for_others(path: Path) -> None:
    whole = opened(path)
    opened(path, restricted=False)
    dossier = next(iter(whole.by_dossier))
    hidden = {event.id for event in whole.by_dossier[dossier]}
    claims = {claim for event in whole.by_dossier[dossier] for claim in event.claims}
    with open_store(path) as store:
        store.access.restrict(Restriction(kind=RestrictionKind.DOSSIER, value=dossier, by="ana", at=NOON))
    shown = opened(path, restricted=False)
    assert shown.shelf.found == 0, "kept before the restriction"
    assert hidden
    assert hidden.isdisjoint(shown.events)
    for (purpose, _), body in bodies(path).items():
        assert purpose == "desk" or not any(claim.encode() in body for claim in claims)
    again = opened(path, restricted=False)
    assert again.shelf.found == SECTIONS
    assert told(again) == told(shown)
    assert opened(path).shelf.found == SECTIONS, "who sees all still sees all"


def test_a_store_that_cannot_be_written_is_shown_all_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise StoreError("the store cannot be written")

    monkeypatch.setattr(SqlStore, "keep_parts", closed)
    assert opened(path).events
    assert not bodies(path)


def test_a_large_record_is_not_searched_for_garbage_and_one_that_was_replaced_is_let_go(path: Path) -> None:
    desk = desk_on(path)
    first = weakref.ref(desk.snapshot())
    desk.finished()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    event = next(iter(desk.snapshot().events.values()))
    with open_store(path) as store:
        store.judge(Judgement(verdict=Verdict.REJECT, claims=event.claims, document=event.documents[0], by="ana", at=NOON))
    desk.forget()
    desk.snapshot()
    desk.finished()
    assert first() is None


def test_what_was_kept_of_another_state_is_forgotten_by_whoever_keeps_next(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.db") as store:
        for state in ("first", "second"):
            shelf = Shelf("desk")  # as after the first snapshot: not told what the store holds
            shelf.stand_for(state)
            assert shelf.section("days", int, lambda: 7) == 7
            shelf.keep(store)
        (left,) = store.parts("desk")
        again = Shelf("desk", dict([left]))
        again.stand_for("second")
        assert again.section("days", int, lambda: 0) == 7
