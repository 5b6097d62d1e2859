"""The record of a store, brought up to date as documents and judgements come."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.app.config import Config
from dragoman.app.resolving import gather, link_copies, refresh
from dragoman.backends.memory_store import MemoryStore
from dragoman.backends.sql_store import open_store
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Engagement, Participant
from dragoman.core.codec import dump
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Store
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Verdict

Pair = tuple[Document, Coding]

SIDES = tuple(Participant(actor=Actor(name, code)) for name, code in (("Turkey", "TUR"), ("Qatar", "QAT")))
LONG = " ".join(f"word{n}" for n in range(200))


def report(words: str, day: date, *, published: date | None = None, coder: str = "rules 1") -> Pair:
    document = Document(text=f"{words}\n\n{LONG if 'copied' in words else ''}", published=published or day, source=words[:1])
    claim = Engagement(
        document=document.id,
        evidence=(Span(0, len(words)),),
        rule="test",
        type=EngagementType.MEETING,
        participants=SIDES,
        when=When(start=day, end=day),
    )
    return document, Coding(document=document.id, claims=(claim,), coder=coder, model="none", published=document.published)


def reports() -> list[Pair]:
    """Two reports of each of five meetings a month apart, the last one also copied twice; the copies are dated later."""
    months = [date(2024, 1, 9) + timedelta(days=30 * n) for n in range(5)]
    told = [report(f"{outlet} tells of meeting {n}.", day) for n, day in enumerate(months) for outlet in "AB"]
    copies = [
        report(f"{outlet} tells of meeting 4, copied.", months[-1], published=months[-1] + timedelta(days=n))
        for n, outlet in enumerate("CDE")
    ]
    return [*told, *copies]


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    made: Store = MemoryStore() if request.param == "memory" else open_store(Path(shutil.copy(empty_store, tmp_path)))
    yield made
    made.close()


def from_scratch(pairs: list[Pair], judgements: list[Judgement]) -> bytes:
    store = MemoryStore()
    store.write(pairs)
    for one in judgements:
        store.judge(one)
    link_copies(store, Config())
    return dump(gather(store, Config()).record)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_arrival_gives_the_record_from_scratch(store: Store, seed: int) -> None:
    pairs = reports()
    random.Random(seed).shuffle(pairs)
    first, *others = [coding.claims[0].id for _, coding in reports()[:3]]
    judgement = Judgement(verdict=Verdict.MERGE, claims=(first, *others), by="A", at=datetime(2024, 6, 1, tzinfo=UTC))
    for start in range(0, len(pairs), 4):
        store.write(pairs[start : start + 4])
        if start == 4:
            store.judge(judgement)
        link_copies(store, Config())
        refresh(store, Config())
    assert dump(gather(store, Config()).record) == from_scratch(reports(), [judgement])
    assert [(one.original, one.copy) for one in store.reprints()] == sorted(
        (reports()[10][0].id, document.id) for document, _ in reports()[11:]
    )


def test_only_what_new_documents_codings_and_judgements_touch_is_computed(store: Store) -> None:
    config = Config()
    pairs = reports()
    store.write(pairs[:8])
    assert (refresh(store, config).groups, refresh(store, config).groups_computed) == (4, 0)
    store.write(pairs[8:])
    added = refresh(store, config)
    assert (added.groups, added.groups_computed) == (5, 1)
    again = {"rules 2": (date(2024, 3, 9), 0), "rules 3": (date(2024, 3, 10), 2)}  # the same day, then another: two events
    for coder, (day, touched) in again.items():
        store.write([report("A tells of meeting 2.", day, published=pairs[4][0].published, coder=coder)])
        assert refresh(store, config).groups_computed == touched
    store.judge(
        Judgement(verdict=Verdict.REJECT, claims=(pairs[0][1].claims[0].id,), by="A", at=datetime(2024, 6, 1, tzinfo=UTC))
    )
    rejected = refresh(store, config)
    assert (rejected.groups_computed, rejected.engagements) == (1, 12)


def test_reading_the_record_writes_nothing(store: Store) -> None:
    store.write(reports())
    gather(store, Config())
    assert list(store.parts("record")) == []
