"""Coding many documents: in this process or in several, with one bad document never stopping the rest."""

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
    yield from _in_processes(batches, workers, factory)


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


_worker_coder: list[Coder] = []
"""The coder of a worker process; filled once by `_start_worker`."""


def _start_worker(factory: CoderFactory) -> None:
    _worker_coder.append(factory())


def _work(documents: Sequence[Document]) -> Pairs:
    return code_safely(_worker_coder[0], documents)


def _in_processes(batches: Iterable[Sequence[Document]], workers: int, factory: CoderFactory) -> Iterator[Pairs]:
    """Keep every worker busy with one batch waiting, and no more in memory than that."""
    waiting: deque[Future[Pairs]] = deque()
    # Spawned, not forked: the parent may hold threads and database connections.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(factory,))
    try:
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DragomanError(
            f"a worker process ended unexpectedly (of {workers} on {os.cpu_count()} cores); most often memory ran out: "
            "use fewer --workers. What was reported as done is kept"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
