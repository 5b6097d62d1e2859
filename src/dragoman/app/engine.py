"""Coding many documents: in this process or in several, with one bad document never stopping the rest."""

import gc
import logging
import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from dragoman.core.claims import Coding, Problem
from dragoman.core.errors import DragomanError
from dragoman.core.ports import Coder
from dragoman.core.text import Document

log = logging.getLogger(__name__)

# A rule that trips over one document is a fault to report on that document; the other documents go on. Broken set-up
# (DragomanError), a full memory and an interrupt do stop the run.
_RULE_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


CoderFactory = Callable[[], Coder]
Pairs = list[tuple[Document, Coding]]


def code_batches(
    batches: Iterable[Sequence[Document]], coder: Coder, *, workers: int = 0, factory: CoderFactory | None = None
) -> Iterator[Pairs]:
    """Code batches in order; with workers, each process builds its own coder by `factory`, which must be picklable."""
    if workers < 1 or factory is None:
        for batch in batches:
            yield code_safely(coder, batch)
        return
    yield from _in_processes(batches, workers, factory, coder)


def code_safely(coder: Coder, documents: Sequence[Document]) -> Pairs:
    """Code a batch; if a document trips a rule, code one by one and give that document a problem instead of claims."""
    try:
        return list(zip(documents, coder.code(documents), strict=True))
    except _RULE_FAULTS as error:
        if len(documents) > 1:
            return [pair for document in documents for pair in code_safely(coder, [document])]
        log.debug("coding failed", exc_info=True)
        return [(document, _failed(document, coder, error)) for document in documents]


def uncoded(document: Document, problem: Problem, *, coder: str, model: str) -> Coding:
    """A coding that says why there are no claims."""
    return Coding(
        document=document.id,
        problems=(problem,),
        coder=coder,
        model=model,
        published=document.published,
        published_from=document.published_from,
    )


def _failed(document: Document, coder: Coder, error: Exception) -> Coding:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    problem = Problem(
        code="broken-rule",
        where=document.name or document.id,
        what=f"a rule broke on this document: {type(error).__name__}: {error} ({frame.name}, line {frame.lineno})",
        remedy="it is kept without claims; please report it with the output of DRAGOMAN_DEBUG=1",
    )
    return uncoded(document, problem, coder=coder.name, model=coder.model)


def crashed(document: Document, *, coder: str, model: str) -> tuple[Document, Coding]:
    """The coding of a document on which a worker process ended."""
    problem = Problem(
        code="crashed",
        where=document.name or document.id,
        what="a worker process ended while it coded this document alone; most often memory ran out",
        remedy="it is kept without claims; use fewer --workers or lower run.max_characters, and code it again",
    )
    return document, uncoded(document, problem, coder=coder, model=model)


_worker_coder: list[Coder] = []
"""The coder of a worker process; filled once by `_start_worker`."""


def _start_worker(factory: CoderFactory) -> None:
    _worker_coder.append(ready(factory))


def ready(factory: CoderFactory) -> Coder:
    """A coder with its models loaded; what it holds is no longer gone through in search of garbage, which takes time."""
    coder = factory()
    if coder.model:  # asking for the models' names loads them
        gc.collect()
        gc.freeze()
    return coder


def _work(documents: Sequence[Document]) -> Pairs:
    return code_safely(_worker_coder[0], documents)


class _Processes:
    """Worker processes that are started anew when one of them ends."""

    def __init__(self, workers: int, factory: CoderFactory, named: Coder) -> None:
        self._workers = workers
        self._factory = factory
        self._named = named
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Spawned, not forked: the parent may hold threads and database connections.
        return ProcessPoolExecutor(
            self._workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(self._factory,)
        )

    def submit(self, batch: Sequence[Document]) -> Future[Pairs]:
        """Give a batch to the next free process; one whose processes have just ended fails as its result."""
        try:
            return self._pool.submit(_work, batch)
        except BrokenProcessPool as error:
            broken: Future[Pairs] = Future()
            broken.set_exception(error)
            return broken

    def again(self, batch: Sequence[Document]) -> Pairs:
        """Code a batch that was under way when a process ended: alone, then document by document.

        Raises DragomanError where processes end before they code anything.
        """
        self._renew()
        try:
            return self._pool.submit(_work, batch).result()
        except BrokenProcessPool:
            if len(batch) > 1:
                return [pair for document in batch for pair in self.again([document])]
            self._check_sound()
            return [crashed(document, coder=self._named.name, model=self._named.model) for document in batch]

    def _check_sound(self) -> None:
        self._renew()
        try:
            self._pool.submit(_work, ()).result()
        except BrokenProcessPool as error:
            raise DragomanError(
                f"worker processes end before they code anything (of {self._workers} on {os.cpu_count()} cores); most often "
                "memory ran out: use fewer --workers. What was reported as done is kept"
            ) from error

    def _renew(self) -> None:
        if _is_broken(self._pool):
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = self._started()

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _is_broken(pool: ProcessPoolExecutor) -> bool:
    try:
        pool.submit(len, ()).result()
    except BrokenProcessPool:
        return True
    return False


def _in_processes(batches: Iterable[Sequence[Document]], workers: int, factory: CoderFactory, named: Coder) -> Iterator[Pairs]:
    """Keep every worker busy with one batch waiting, and no more in memory than that; results come in the order of batches."""
    waiting: deque[tuple[Sequence[Document], Future[Pairs]]] = deque()
    processes = _Processes(workers, factory, named)

    def first() -> Pairs:
        batch, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            log.debug("a worker process ended", exc_info=True)
            return processes.again(batch)

    try:
        for batch in batches:
            waiting.append((batch, processes.submit(batch)))
            if len(waiting) > 2 * workers:
                yield first()
        while waiting:
            yield first()
    finally:
        processes.close()
