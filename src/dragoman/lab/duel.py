"""Contenders measured in turns on the same texts, each in its own process: what else the machine does hits all alike."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

from dragoman.core.text import Document
from dragoman.lab.bench import Measured, peak_bytes

Contender = Callable[[Sequence[Document]], int]
"""Works through documents and returns how many."""
Recipe = Callable[[], Contender]
"""Builds a contender in its process; must be picklable."""

_contender: list[Contender] = []
"""The contender of a process; filled once by `_prepare`."""


class _Turn(msgspec.Struct, frozen=True):
    documents: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def duel(recipes: Mapping[str, Recipe], documents: Sequence[Document], *, turn: int = 10) -> dict[str, Measured]:
    """Measure each contender on all documents, `turn` documents at a time; loading and a first document do not count."""
    context = get_context("spawn")
    pools = {name: ProcessPoolExecutor(1, mp_context=context) for name in recipes}
    try:
        loading = {name: pools[name].submit(_prepare, recipe, documents[:1]).result() for name, recipe in recipes.items()}
        turns: dict[str, list[_Turn]] = {name: [] for name in recipes}
        for start in range(0, len(documents), turn):
            for name, pool in pools.items():
                turns[name].append(pool.submit(_take_turn, documents[start : start + turn]).result())
    finally:
        for pool in pools.values():
            pool.shutdown()
    return {name: _sum(turns[name], loading[name]) for name in recipes}


def _prepare(recipe: Recipe, first: Sequence[Document]) -> float:
    began = time.perf_counter()
    _contender.append(recipe())
    _contender[0](first)
    return time.perf_counter() - began


def _take_turn(documents: Sequence[Document]) -> _Turn:
    began, cpu = time.perf_counter(), time.process_time()
    count = _contender[0](documents)
    return _Turn(count, time.perf_counter() - began, time.process_time() - cpu, peak_bytes())


def _sum(turns: Sequence[_Turn], loading: float) -> Measured:
    return Measured(
        documents=sum(turn.documents for turn in turns),
        loading=loading,
        seconds=sum(turn.seconds for turn in turns),
        cpu_seconds=sum(turn.cpu_seconds for turn in turns),
        peak_bytes=max(turn.peak_bytes for turn in turns),
    )
