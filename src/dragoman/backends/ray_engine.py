"""Coding on a Ray cluster: every processor that the cluster gives codes batches, in any order and with the same outcome."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dragoman.core.claims import Coding
from dragoman.core.errors import ConfigError, MissingExtra
from dragoman.core.text import Document

Pairs = list[tuple[Document, Coding]]
Work = Callable[[Sequence[Document]], Pairs]
_TRIES = 2
"""How often a batch whose worker ended is given to another as a whole."""
_STARTS = 4
"""How often a cluster is asked for.

Ray's node ends itself where a Python process of its own is not up within 15 seconds, which no setting changes (2.60,
`NodeManager::WaitForDashboardAgentPorts`): on a busy machine the first start may fail, and a later one succeed.
"""


def code_on_ray(
    batches: Iterable[Sequence[Document]],
    make: Callable[[], Work],
    give_up: Callable[[Document], tuple[Document, Coding]],
    *,
    workers: int = 0,
) -> Iterator[Pairs]:
    """Code batches on a cluster, results in the order of batches.

    `make` builds what codes a batch, in the worker. A batch whose worker ends is given to another; if that ends too, its
    documents go one by one, and `give_up` makes the coding of one on which workers end alone. `workers` is how many code at
    once; 0 means one for each processor of the cluster. The cluster is that of RAY_ADDRESS, else one on this machine.
    """
    ray = _started()
    try:
        count = workers or int(ray.cluster_resources().get("CPU", 1))
        crew = _Crew(ray, make, give_up, count)
        yield from crew.code(batches)
    finally:
        ray.shutdown()


def _started() -> Any:  # noqa: ANN401  an optional module
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nothing is told to Ray's makers
    try:
        import ray  # noqa: PLC0415  an extra, and two seconds
    except ImportError as error:
        raise MissingExtra('--engine ray needs the extra "ray": pip install "dragoman[ray]"') from error
    _join(ray, os.environ.get("RAY_ADDRESS"))
    return ray


def _join(ray: Any, address: str | None, tries: int = _STARTS) -> None:  # noqa: ANN401  an optional module
    try:
        ray.init(address=address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    except Exception as error:  # Ray raises bare ones where a node does not start in time, as on a busy machine
        ray.shutdown()
        if tries > 1:
            _join(ray, address, tries - 1)
            return
        raise ConfigError(
            f"no Ray cluster can be used at {address or 'this machine'}: {error}; mend RAY_ADDRESS, or try again when the "
            "machine is less busy"
        ) from error


class _Coding:
    """What runs in a worker: its own coder, built once."""

    def __init__(self, make: Callable[[], Work]) -> None:
        self._work = make()

    def code(self, documents: Sequence[Document]) -> Pairs:
        """Code a batch."""
        return self._work(documents)


class _Crew:
    """The workers of one run: each busy with one batch and one waiting, and no more in memory than that."""

    def __init__(
        self,
        ray: Any,  # noqa: ANN401  an optional module
        make: Callable[[], Work],
        give_up: Callable[[Document], tuple[Document, Coding]],
        count: int,
    ) -> None:
        self._ray = ray
        self._give_up = give_up
        self._make = make
        # A worker that is tried out may take the place of one that waits: what it waits for is not the processor.
        self._actor = ray.remote(num_cpus=0)(_Coding)
        crew = ray.remote(num_cpus=1, max_restarts=-1)(_Coding)
        self._workers = [crew.remote(make) for _ in range(count)]

    def code(self, batches: Iterable[Sequence[Document]]) -> Iterator[Pairs]:
        """Code batches; those done early wait for those before them."""
        pending: dict[Any, tuple[int, int, Sequence[Document]]] = {}
        done: dict[int, Pairs] = {}
        given = 0
        free = [worker for worker in range(len(self._workers)) for _ in range(2)]
        for number, batch in enumerate(batches):
            while not free or number - given > 8 * len(self._workers):
                self._collect(pending, done, free)
                while given in done:
                    yield done.pop(given)
                    given += 1
            worker = free.pop()
            pending[self._workers[worker].code.remote(batch)] = (number, worker, batch)
        while pending:
            self._collect(pending, done, free)
            while given in done:
                yield done.pop(given)
                given += 1

    def _collect(self, pending: dict[Any, tuple[int, int, Sequence[Document]]], done: dict[int, Pairs], free: list[int]) -> None:
        (ready,), _ = self._ray.wait(list(pending), num_returns=1)
        number, worker, batch = pending.pop(ready)
        free.append(worker)
        try:
            done[number] = self._ray.get(ready)
        except self._ray.exceptions.RayActorError:
            done[number] = self._again(batch)

    def _again(self, batch: Sequence[Document]) -> Pairs:
        for _ in range(_TRIES if len(batch) > 1 else 1):
            try:
                return self._tried(batch)
            except self._ray.exceptions.RayActorError:
                continue
        if len(batch) > 1:
            return [pair for document in batch for pair in self._again([document])]
        return [self._give_up(document) for document in batch]

    def _tried(self, batch: Sequence[Document]) -> Pairs:
        """Code a batch in a worker of its own: one that has just ended refuses what others gave it."""
        worker = self._actor.remote(self._make)
        try:
            pairs: Pairs = self._ray.get(worker.code.remote(batch))
        finally:
            self._ray.kill(worker)
        return pairs
