"""The store at size: writing, asking and resolving made-up claims, and many writers and readers at once."""

import math
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import NamedTuple

import msgspec

from dragoman.core.claims import Coding
from dragoman.core.ports import Store
from dragoman.core.queries import ClaimKind, ClaimQuery
from dragoman.core.vocab import EngagementType
from dragoman.lab.bench import Row
from dragoman.lab.made_up_reports import Report, made_up_reports

PAGE = 50
"""Claims of a page."""
_BATCH = 500
_ASKED = 120

OpenStore = Callable[[], Store]


def coding_of(report: Report) -> Coding:
    """A made-up report as a coder's work."""
    return Coding(
        document=report.document.id,
        claims=report.claims,
        coder="made up",
        model="none",
        published=report.document.published,
        published_from=report.document.published_from,
    )


class Took(NamedTuple):
    """Seconds by the clock, and of this process's CPU: what others do on the machine is in the first alone."""

    wall: float
    cpu: float


def _timed(work: Callable[[], object]) -> Took:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def fill(store: Store, reports: Iterator[Report]) -> Took:
    """Write reports in transactions of 500; return what writing took, without making them up."""
    took = []
    while batch := [(report.document, coding_of(report)) for report in islice(reports, _BATCH)]:
        took.append(_timed(partial(store.write, batch)))
    return Took(sum(one.wall for one in took), sum(one.cpu for one in took))


def page_seconds(store: Store, *, seed: int = 1) -> list[Took]:
    """Seconds of page queries as a desk asks them: by actor, pair of actors, person, type and none, on three pages."""
    rnd = random.Random(seed)  # noqa: S311  nobody's secret
    return [_timed(partial(store.find_claims, _query(number, rnd))) for number in range(_ASKED)]


def _query(number: int, rnd: random.Random) -> ClaimQuery:
    page = PAGE * rnd.randrange(3)
    state, other = (f"S{rnd.randrange(60):02d}" for _ in range(2))
    kinds = (
        ClaimQuery(actor=state),
        ClaimQuery(actor=state, with_actor=other),
        ClaimQuery(person=rnd.choice(("Alron", "Bemov", "Gatani"))),
        ClaimQuery(kinds=(ClaimKind.ENGAGEMENT,), types=(rnd.choice(tuple(EngagementType)),)),
        ClaimQuery(actor=state, types=(EngagementType.CALL,)),
        ClaimQuery(),
    )
    return msgspec.structs.replace(kinds[number % len(kinds)], limit=PAGE, offset=page)


def p95(took: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(took)[math.ceil(0.95 * len(took)) - 1]


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """How fast a figure grows from the first size to the last: 1 is in proportion, 0 not at all."""
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """What writers and readers at once saw."""

    seconds: float
    documents: int
    """Documents whose writing was reported as done."""
    stored: int
    claims: int
    claims_stored: int
    read: int
    """Questions that were answered."""
    halves: int
    """Answers that held a part of a document's claims."""

    @property
    def sound(self) -> bool:
        """Whether nothing was lost and nothing was seen half."""
        return self.documents == self.stored and self.claims == self.claims_stored and not self.halves


def write_and_read_at_once(open_store: OpenStore, *, writers: int = 8, readers: int = 32, seconds: float = 60.0) -> Together:
    """Let many write documents of their own and as many read those of all; each has its own connection."""
    until = time.monotonic() + seconds
    written: list[tuple[str, int]] = []
    lock = threading.Lock()

    def write(number: int) -> None:
        reports = made_up_reports(10_000_000, seed=100 + number)
        store = open_store()
        try:
            while time.monotonic() < until:
                batch = [(report.document, coding_of(report)) for report in islice(reports, 5)]
                store.write(batch)
                with lock:
                    written.extend((document.id, len(coding.claims)) for document, coding in batch)
        finally:
            store.close()

    def read(number: int) -> tuple[int, int]:
        rnd = random.Random(number)  # noqa: S311  nobody's secret
        store = open_store()
        asked = halves = 0
        # What is being written is not in `written` yet: it is looked for by the ids that its writer will give it.
        coming = [
            (r.document.id, len(r.claims)) for w in range(writers) for r in islice(made_up_reports(10_000_000, seed=100 + w), 40)
        ]
        try:
            while time.monotonic() < until:
                with lock:
                    done = written[rnd.randrange(len(written))] if written and rnd.random() < 0.5 else None
                document, claims = done or rnd.choice(coming)
                total = store.find_claims(ClaimQuery(document=document, limit=PAGE)).total  # type: ignore[arg-type]
                asked += 1
                halves += total != claims if done else total not in {0, claims}
        finally:
            store.close()
        return asked, halves

    began = time.monotonic()
    with ThreadPoolExecutor(writers + readers) as pool:
        writing = [pool.submit(write, number) for number in range(writers)]
        reading = [pool.submit(read, number) for number in range(readers)]
        for each in writing:
            each.result()
        answers = [each.result() for each in reading]
    took = time.monotonic() - began
    done = dict(written)
    store = open_store()
    try:
        counts = store.counts()
    finally:
        store.close()
    return Together(
        seconds=took,
        documents=len(done),
        stored=counts.documents,
        claims=sum(done.values()),
        claims_stored=counts.claims,
        read=sum(asked for asked, _ in answers),
        halves=sum(halves for _, halves in answers),
    )


def together_rows(part: str, seen: Together) -> Iterator[Row]:
    """What writers and readers at once saw."""
    yield Row(part, "lost", str(seen.documents - seen.stored), f"of {seen.documents:,} documents reported as written")
    yield Row(part, "seen half", str(seen.halves), f"of {seen.read:,} answers in {seen.seconds:.0f} s")
