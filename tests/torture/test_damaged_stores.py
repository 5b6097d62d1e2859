"""A store in which bytes were altered says so in words, wherever that is noticed, and what it still holds can be saved."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dragoman.app.config import Config
from dragoman.app.repairing import Repair, repair
from dragoman.app.resolving import gather, refresh
from dragoman.backends.sql_store import SqlStore, open_store
from dragoman.backends.sql_watch import SqlWatchLog
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.codec import dump
from dragoman.core.errors import DragomanError, InputError, StoreError
from dragoman.core.judgements import Judgement
from dragoman.core.queries import ClaimQuery
from dragoman.core.text import Document, Span
from dragoman.core.vocab import EngagementType, Verdict
from dragoman.core.watching import Entry, FeedHealth

DOCUMENTS = 60
SEED = 20261122


def document(number: int) -> Document:
    words = f"Report {number}. The envoy of Qatar met the delegation in hall {number}. " + f"Nothing came of item {number}. " * (
        number % 9 * 40
    )
    return Document(
        text=words, source=f"Agency {number % 3}", published=date(2026, 1, 1 + number % 28), url=f"https://example.org/{number}"
    )


def coding(one: Document, claims: int) -> Coding:
    made = tuple(
        Engagement(
            document=one.id,
            evidence=(Span(place, place + 20),),
            rule="test",
            type=EngagementType.MEETING,
            participants=(Participant(actor=Actor("Qatar", "QAT")), Participant(actor=Actor(f"Side {place}"))),
        )
        for place in range(claims)
    )
    return Coding(document=one.id, claims=made, coder="c 1", model="m 1", published=one.published)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "store.db"
    with open_store(path) as store:
        documents = [document(number) for number in range(DOCUMENTS)]
        for start in range(0, DOCUMENTS, 10):
            store.write([(one, coding(one, number % 4)) for number, one in enumerate(documents[start : start + 10])])
        store.sight([document(3), Document(text=document(3).text, source="Another", published=date(2025, 12, 1))])
        for claim in list(store.claims())[:5]:
            moment = datetime(2026, 2, 1, tzinfo=UTC)
            store.judge(Judgement(verdict=Verdict.ACCEPT, claims=(claim.id,), by="tester", at=moment, quote="met"))
        refresh(store, Config())
    log = SqlWatchLog(path)
    log.polled(FeedHealth(url="https://example.org/feed"), [Entry(feed="https://example.org/feed", key="k1", body=b"waits")])
    log.close()
    return path


def content(path: Path) -> tuple[dict[str, bytes], dict[str, bytes], list[bytes], set[bytes]]:
    with open_store(path) as store:
        return (
            {one.id: dump(one) for one in store.documents()},
            {one.document: dump(one) for one in store.codings() if one.coder != "none"},
            [dump(one) for one in store.judgements()],
            {dump(one) for one in store.sightings()},
        )


def saved(path: Path, out: Path) -> Repair:
    return repair(Config(store=str(path)), out)


def test_a_sound_store_comes_out_as_it_was(whole: Path, tmp_path: Path) -> None:
    before = whole.read_bytes()
    done = saved(whole, tmp_path / "new.db")
    assert whole.read_bytes() == before
    assert done.lossless
    assert done.sound
    assert content(tmp_path / "new.db") == content(whole)
    log = SqlWatchLog(tmp_path / "new.db")
    assert [one.key for one in log.waiting(limit=9)] == ["k1"]
    log.close()


def test_what_is_only_in_the_log_is_saved_too(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    shutil.copyfile(whole, path)
    store = open_store(path)
    late = document(999)
    store.write([(late, coding(late, 2))])
    assert path.with_name("store.db-wal").stat().st_size > 0
    saved(path, tmp_path / "new.db")
    store.close()
    with open_store(tmp_path / "new.db") as new:
        assert late in list(new.documents())


USES: dict[str, Callable[[SqlStore], object]] = {
    "documents": lambda store: list(store.documents()),
    "codings": lambda store: list(store.codings()),
    "claims": lambda store: list(store.claims()),
    "find": lambda store: store.find_claims(ClaimQuery(actor="QAT")),
    "sightings": lambda store: list(store.sightings()),
    "judgements": lambda store: list(store.judgements()),
    "counts": lambda store: store.counts(),
    "record": lambda store: gather(store, Config()),
    "write": lambda store: store.write([(document(500), coding(document(500), 1))]),
}


def damage(path: Path, chance: random.Random) -> None:
    """Flip bytes, wipe a page, or cut the end off: what disks do."""
    content = bytearray(path.read_bytes())
    kind = chance.choice(["flip", "flips", "page", "header", "cut"])
    if kind == "flip":
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif kind == "flips":
        for _ in range(chance.randrange(2, 200)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    elif kind == "page":
        page = chance.randrange(len(content) // 4096)
        content[page * 4096 : (page + 1) * 4096] = bytes([chance.choice([0, 255])]) * 4096
    elif kind == "header":
        content[chance.randrange(100)] = chance.randrange(256)
    else:
        del content[chance.randrange(len(content) // 2, len(content)) :]
    path.write_bytes(content)


def check_damaged(whole: Path, folder: Path, seed: int) -> Repair | None:
    """Damage a copy by one seed; every use works or says why not, and repair saves nothing that was not there."""
    path, out = folder / "store.db", folder / f"new-{seed}.db"
    shutil.copyfile(whole, path)
    damage(path, random.Random(seed))
    damaged = path.read_bytes()
    for use in USES.values():
        shutil.copyfile(path, folder / "used.db")
        try:
            with open_store(folder / "used.db") as store:
                use(store)
        except DragomanError as error:
            said = str(error)
        else:
            said = "restore a backup"
        assert any(
            words in said for words in ("restore a backup", "give another", "newer than this Dragoman", "update Dragoman")
        ), said
        for suffix in ("", "-wal", "-shm"):
            (folder / f"used.db{suffix}").unlink(missing_ok=True)
    try:
        done = saved(path, out)
    except StoreError:
        return None
    assert path.read_bytes() == damaged
    documents, codings, judgements, sightings = content(whole)
    new = content(out)
    assert {one: dump(each) for one, each in _texts(out).items()} == {one: dump(_texts(whole)[one]) for one in new[0]}
    assert new[1].items() <= codings.items()
    assert set(new[2]) <= set(judgements)
    if done.lossless:
        assert new == (documents, codings, judgements, sightings)
    lost = len(documents) - len(new[0])
    assert lost == 0 or done.lost_documents or done.bad_cells or not done.sound
    assert len(codings) - len(new[1]) <= done.to_code_again + max(len(done.lost_documents), lost)
    return done


def _texts(path: Path) -> dict[str, str]:
    with open_store(path) as store:
        return {one.id: one.text for one in store.documents()}


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_damage_is_told_and_repaired(whole: Path, tmp_path: Path, seed: int) -> None:
    check_damaged(whole, tmp_path, SEED + seed)


@pytest.mark.slow
def test_damage_at_many_seeded_places(whole: Path, tmp_path: Path) -> None:
    saved_documents = 0
    repairs = 0
    for seed in range(100, 140):
        done = check_damaged(whole, tmp_path, SEED + seed)
        if done is not None:
            repairs += 1
            saved_documents += done.documents
    assert repairs == 40
    assert saved_documents > 0.9 * repairs * DOCUMENTS


def test_repair_refuses_what_it_cannot_do(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is there already"):
        saved(whole, whole)
    with pytest.raises(StoreError, match="there is no store"):
        saved(tmp_path / "nothing.db", tmp_path / "new.db")
    with pytest.raises(StoreError, match="only the file of an SQLite store"):
        repair(Config(store="postgresql://nobody@nowhere/x"), tmp_path / "new.db")
