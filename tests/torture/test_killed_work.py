"""Work killed at seeded random moments: run, resolve, review and migrate leave a store that goes on as if nothing had been.

A child is forked for each kill, so that hundreds fit in minutes; `TORTURE_KILLS` sets how many.
"""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import create_engine

from dragoman.app.config import Config
from dragoman.app.resolving import gather, link_copies, refresh
from dragoman.app.running import Run, RunSettings
from dragoman.backends.sql_open import MIGRATIONS
from dragoman.backends.sql_schema import HEAD, VERSION_TABLE
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.codec import dump
from dragoman.core.judgements import Judgement
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Precision, Verdict

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]

KILLS = int(os.environ.get("TORTURE_KILLS", "24"))
SEED = 20261122
DOCUMENTS = 120
SIDES = ("QAT", "EGY", "TUR", "NOR", "USA")


def document(number: int) -> Document:
    text = (
        f"The envoys met on day {number % 28 + 1} in hall {number // 3}, wire {number % 3} said. " + "They went on talking. " * 20
    )
    return Document(text=text, source=f"Agency {number % 3}", published=date(2026, 1, 1 + number % 28), language="en")


class Coder:
    """Two meetings a document, the same wherever and whenever."""

    name, model = "fake 1", "none 1"

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        for one in documents:
            claims = tuple(self.claim(one, place) for place in range(2))
            yield Coding(document=one.id, claims=claims, coder=self.name, model=self.model, published=one.published)

    def claim(self, one: Document, place: int) -> Engagement:
        left = SIDES[(len(one.text) + place) % len(SIDES)]
        return Engagement(
            document=one.id,
            evidence=(Span(place * 5, place * 5 + 30),),
            rule="test",
            type=EngagementType.MEETING,
            participants=(
                Participant(actor=Actor(left, left)),
                Participant(actor=Actor("Hamas", "HAMAS"), person="Khalil Hayya"),
            ),
            when=When(start=one.published, end=one.published, precision=Precision.DAY),
        )


def run(path: Path, told: Callable[[int], None]) -> None:
    with open_store(path) as store:
        job = Run(store, RunSettings(batch=4, tell_every=0.0), lambda report: told(report.coded + report.known))
        job.work((document(number) for number in range(DOCUMENTS)), Coder())


def resolve(path: Path, told: Callable[[int], None]) -> None:
    with open_store(path) as store:
        link_copies(store, Config())
        refresh(store, Config())
    told(1)


def review(path: Path, told: Callable[[int], None]) -> None:
    with open_store(path) as store:
        done = sum(1 for _ in store.judgements())
        for number, claim in enumerate(sorted(store.claims(), key=lambda one: one.id)[done:], start=done):
            moment = datetime(2026, 2, 1, tzinfo=UTC)
            store.judge(Judgement(verdict=Verdict.ACCEPT, claims=(claim.id,), by="tester", at=moment, why=str(number)))
            told(number + 1)


def migrate(path: Path, told: Callable[[int], None]) -> None:
    open_store(path).close()
    told(1)


def killed(work: Callable[[Path, Callable[[int], None]], None], path: Path, seconds: float) -> int:
    """Do work in a child, kill it after so long; return the last number that it had reported."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work(path, lambda number: os.write(writing, number.to_bytes(4, "big")) and None)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        reports = pipe.read()
    return int.from_bytes(reports[-4:], "big") if reports else 0


def timed(work: Callable[[Path, Callable[[int], None]], None], path: Path) -> float:
    began = time.monotonic()
    work(path, lambda _: None)
    return time.monotonic() - began


def codings(path: Path) -> list[bytes]:
    with open_store(path) as store:
        return [dump(one) for one in store.codings()]


def record(path: Path) -> bytes:
    with open_store(path) as store:
        return dump(gather(store, Config()).record)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    path = tmp_path_factory.mktemp("undisturbed") / "store.db"
    return path, timed(run, path)


def moments(work: str, length: float) -> Iterator[float]:
    chance = random.Random(f"{SEED} {work}")
    return (chance.uniform(0.0, length) for _ in range(max(1, KILLS // 4)))


def sound(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_run(undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    whole, length = undisturbed
    expected = codings(whole)
    path = tmp_path / "store.db"
    for moment in moments("run", length):
        reported = killed(run, path, moment)
        if not path.exists():
            continue
        sound(path)
        kept = codings(path)
        assert set(kept) <= set(expected), "half a coding was kept"
        assert len(kept) >= reported, "what was reported as done is gone"
        if len(kept) == DOCUMENTS:
            path.unlink()
    run(path, lambda _: None)
    assert codings(path) == expected


def test_resolve(undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    whole, _ = undisturbed
    path = tmp_path / "store.db"
    shutil.copyfile(whole, path)
    scratch = tmp_path / "scratch.db"
    shutil.copyfile(whole, scratch)
    length = timed(resolve, scratch)
    expected = record(scratch)
    for moment in moments("resolve", length):
        killed(resolve, path, moment)
        sound(path)
        assert codings(path) == codings(whole)
    resolve(path, lambda _: None)
    assert record(path) == expected


def test_review(undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    whole, _ = undisturbed
    path = tmp_path / "store.db"
    shutil.copyfile(whole, path)
    for moment in moments("review", 0.5):
        reported = killed(review, path, moment)
        sound(path)
        with open_store(path) as store:
            decisions = list(store.judgements())
        assert len(decisions) >= reported, "a decision that was reported is gone"
        assert [one.why for one in decisions] == [str(number) for number in range(len(decisions))], "a decision is there twice"


def test_migrate(undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    """A store of the oldest schema with documents in it, upgraded."""
    old = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{old}")
    with engine.begin() as connection:
        settings = AlembicConfig(attributes={"connection": connection})
        settings.set_main_option("script_location", str(MIGRATIONS))
        settings.set_main_option("path_separator", "os")
        command.upgrade(settings, "0002")
    engine.dispose()
    fill(undisturbed[0], old)
    scratch = tmp_path / "scratch.db"
    shutil.copyfile(old, scratch)
    length = timed(migrate, scratch)
    expected = codings(scratch)
    assert len(expected) == DOCUMENTS
    for number, moment in enumerate(moments("migrate", length)):
        path = tmp_path / f"{number}.db"
        shutil.copyfile(old, path)
        killed(migrate, path, moment)
        connection = sqlite3.connect(path)
        assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()[0] in {"0002", HEAD}, "half a migration"
        connection.close()
        assert codings(path) == expected
        sound(path)


def fill(source: Path, target: Path) -> None:
    """Copy the tables that both have."""
    connection = sqlite3.connect(target)
    connection.execute("ATTACH ? AS whole", (str(source),))
    for table in (
        "documents",
        "sightings",
        "codings",
        "claims",
        "claim_bodies",
        "claim_actors",
        "claim_dossiers",
        "claim_issues",
        "persons",
    ):
        names = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
        connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM whole.{table}")
    connection.commit()
    connection.close()
