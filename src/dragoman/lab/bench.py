"""How fast and how large a piece of work is, measured in a process of its own, and the rows of the bench's one table."""

import resource
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

Work = Callable[[], int]
"""Does all of the work once and returns how many documents it went through."""

Preparation = Callable[[], Work]
"""Loads what the work needs; must be picklable, because it runs in a new process."""

_MEBIBYTE = 1024 * 1024


class Row(msgspec.Struct, frozen=True):
    """One line of the bench: what was measured, on what, the figure, and the counts behind it."""

    part: str
    figure: str
    value: str
    detail: str = ""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """Time and memory of one piece of work; `loading` seconds are not part of `seconds`."""

    documents: int
    loading: float
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def measure(preparation: Preparation) -> Measured:
    """Run a piece of work in a new process and measure it there, so that nothing else counts towards its peak of memory.

    The peak is the operating system's: the largest resident set of that process, libraries and models included.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, preparation).result()


def _measured(preparation: Preparation) -> Measured:
    began = time.perf_counter()
    work = preparation()
    ready = time.perf_counter()
    cpu = time.process_time()
    documents = work()
    return Measured(
        documents=documents,
        loading=ready - began,
        seconds=time.perf_counter() - ready,
        cpu_seconds=time.process_time() - cpu,
        peak_bytes=peak_bytes(),
    )


def peak_bytes() -> int:
    """The largest resident set of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def speed_rows(part: str, measured: Measured, words: int) -> tuple[Row, ...]:
    """Documents and words a second, and the peak of memory."""
    documents, seconds = measured.documents, measured.seconds
    times = f"{documents} in {seconds:.1f} s ({measured.cpu_seconds:.1f} s of CPU)"
    return (
        Row(part, "documents/s", f"{documents / seconds:.2f}", times),
        Row(part, "words/s", f"{words / seconds:,.0f}", f"{words:,} words; loading took {measured.loading:.1f} s more"),
        Row(part, "peak memory", f"{measured.peak_bytes / _MEBIBYTE:,.0f} MiB"),
    )


def ratio_rows(part: str, ours: Measured, bare: Measured) -> tuple[Row, ...]:
    """The whole pipeline beside the parser alone; CPU time is the steadier figure where other work runs on the machine."""
    return (
        Row(part, "time", f"{ours.seconds / bare.seconds:.2f} x", "1 would mean that everything but parsing is free"),
        Row(part, "CPU time", f"{ours.cpu_seconds / bare.cpu_seconds:.2f} x"),
        Row(part, "peak memory", f"{ours.peak_bytes / bare.peak_bytes:.2f} x", "spaCy is given whole documents, we parse blocks"),
    )


def skipped(part: str, why: str) -> Row:
    """A line that says why something was not measured."""
    return Row(part, "skipped", "-", why)


def count_words(texts: Iterable[str]) -> int:
    """Words parted by white space, counted alike for all sides."""
    return sum(len(text.split()) for text in texts)
