"""Every figure of speed and size, each beside its baseline in the same run: what `make bench-full` prints and writes."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from dragoman.app.config import Config
from dragoman.app.engine import code_batches, code_safely, ready
from dragoman.app.engines import EngineName
from dragoman.app.wiring import CoderRecipe
from dragoman.backends.spacy_bare import BareSpacy
from dragoman.backends.sql_store import open_store
from dragoman.core.claims import Coding
from dragoman.core.errors import InputError
from dragoman.core.text import Document
from dragoman.ingest import IngestOptions
from dragoman.lab.bench import Measured, Row, measure, skipped
from dragoman.lab.bench_corpus import CorpusRow, sample
from dragoman.lab.bench_gold import gold_inputs
from dragoman.lab.bench_resolving import ScratchRecipe
from dragoman.lab.bench_store import Took, exponent, fill, p95, page_seconds, together_rows, write_and_read_at_once
from dragoman.lab.duel import Contender, Recipe, duel
from dragoman.lab.made_up_reports import made_up_reports

BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
_MEBIBYTE = 1 << 20
_WIRE = ("bench/places/trnews.jsonl", "bench/places/gwn.jsonl", "bench/dates/tbaq.jsonl")
_POSTGRES = "DRAGOMAN_TEST_POSTGRES"


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """How much is measured."""

    speed: int
    """Documents of the corpus, and of the wire mix."""
    gate: int
    """Documents of the corpus that are coded with and without the gate."""
    pool: int
    """Documents that processes and engines code."""
    claims: tuple[int, ...]
    """Made-up claims in the store."""
    together: float
    """Seconds of many writers and readers."""


FULL = Sizes(speed=200, gate=1000, pool=200, claims=(10_000, 100_000, 1_000_000), together=60.0)
QUICK = Sizes(speed=40, gate=40, pool=40, claims=(2_000, 10_000), together=5.0)


def performance(config: Config, shared: Path, sizes: Sizes, parts: Sequence[str] = ()) -> Iterator[Row]:
    """Measure all parts, or those named; `shared` holds corpus/, gold/dev and bench/. A row says what is absent.

    PostgreSQL is measured where DRAGOMAN_TEST_POSTGRES names a server.
    """
    known: Mapping[str, Callable[[], Iterator[Row]]] = {
        "speed": partial(_speed, config, shared, sizes.speed),
        "gate": partial(_gate, config, shared, sizes.gate),
        "start": partial(_start, config),
        "engines": partial(_engines, config, shared, sizes.pool),
        "store": partial(_store, sizes.claims),
        "together": partial(_together, sizes.together),
    }
    if unknown := set(parts) - known.keys():
        raise InputError(f"there is no part {', '.join(sorted(unknown))}; choose of {', '.join(known)}")
    for name, measured in known.items():
        if not parts or name in parts:
            yield from measured()


def write_page(page: Path, rows: Sequence[Row]) -> None:
    """Put the rows between the page's markers; InputError where it has none."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise InputError(f"{page}: has no {BEGIN} and {END} to write between; add them")
    lines = ["| what | figure | value | counts |", "|---|---|---|---|", *("| " + " | ".join(_cells(row)) + " |" for row in rows)]
    measured = f"Measured on {date.today().isoformat()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}."  # noqa: DTZ011
    page.write_text(f"{before}{begin}\n{measured}\n\n" + "\n".join(lines) + f"\n{end}{after}", encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    return (row.part, row.figure, row.value, row.detail.replace("|", "/"))


class OurRecipe(msgspec.Struct, frozen=True):
    """All of coding."""

    config: Config

    def __call__(self) -> Contender:
        """Load the coder."""
        coder = ready(CoderRecipe(self.config))
        return lambda documents: len(code_safely(coder, documents))


class BareRecipe(msgspec.Struct, frozen=True):
    """The same texts through the same model alone, with its own tuned batch size."""

    model: str
    texts: tuple[str, ...]

    def __call__(self) -> Contender:
        """Load the model and pick a batch size."""
        bare = BareSpacy(self.model)
        bare.tune(self.texts)
        return lambda documents: bare.parse([document.text for document in documents])


def _speed(config: Config, shared: Path, size: int) -> Iterator[Row]:
    for part, documents in (("corpus", _corpus(shared, size)), ("wire mix", _wire(shared, size))):
        if not documents:
            yield skipped(f"speed, {part}", f"there is nothing to read in {shared}")
            continue
        bare = BareRecipe(config.parser.model, tuple(document.text for document in documents[:64]))
        recipes: dict[str, Recipe] = {
            "bare spaCy": bare,
            "with the gate": OurRecipe(_gated(config, on=True)),
            "without the gate": OurRecipe(_gated(config, on=False)),
        }
        measured = duel(recipes, documents)
        characters = sum(len(document.text) for document in documents)
        for name, seen in measured.items():
            yield from _speed_rows(f"speed, {part}", name, seen, measured["bare spaCy"], characters)


def _speed_rows(part: str, name: str, seen: Measured, bare: Measured, characters: int) -> Iterator[Row]:
    length = f"{seen.documents} documents of {characters // seen.documents:,} characters"
    yield Row(part, f"{name}: documents/s", f"{seen.documents / seen.cpu_seconds:.1f}", f"of CPU, one process; {length}")
    if seen is not bare:
        wall = f"wall clock {bare.seconds / seen.seconds:.2f} x"
        yield Row(part, f"{name}: documents/s of bare spaCy", f"{bare.cpu_seconds / seen.cpu_seconds:.2f} x", wall)
    yield Row(part, f"{name}: peak memory", f"{seen.peak_bytes / _MEBIBYTE:,.0f} MiB")


def _gate(config: Config, shared: Path, size: int) -> Iterator[Row]:
    for part, documents in ((f"gate, {size} corpus documents", _corpus(shared, size)), ("gate, gold dev", _gold(shared))):
        if not documents:
            yield skipped(part, f"there is nothing to read in {shared}")
            continue
        on, off = (_codings(_gated(config, on=gate), documents) for gate in (True, False))
        yield from _loss_rows(part, on, off)


def _loss_rows(part: str, on: Sequence[Coding], off: Sequence[Coding]) -> Iterator[Row]:
    kept = {claim.id for coding in on for claim in coding.claims}
    all_ = {claim.id: claim for coding in off for claim in coding.claims}
    lost = Counter(type(claim).__name__.lower() for name, claim in all_.items() if name not in kept)
    kinds = ", ".join(f"{count} {kind}" for kind, count in lost.most_common()) or "none"
    yield Row(part, "claims lost", f"{sum(lost.values()) / max(len(all_), 1):.2%}", f"of {len(all_):,}: {kinds}")
    yield Row(part, "claims that only the gated run makes", str(len(kept - all_.keys())))
    yield Row(part, "engagements lost", str(lost["engagement"]))


def _codings(config: Config, documents: Sequence[Document]) -> list[Coding]:
    return list(CoderRecipe(config)().code(documents))


def _start(config: Config) -> Iterator[Row]:
    text = "Foreign Minister Amara Sow met President Kofi Mensah of Ghana in Accra on 3 May 2021."
    took = []
    with TemporaryDirectory() as made:
        source = Path(made, "one.txt")
        source.write_text(text)
        for _ in range(3):
            began, cpu = time.perf_counter(), _children_cpu()
            command = [sys.executable, "-c", "from dragoman.cli.main import main; main()", "code", str(source)]
            environment = {**os.environ, "DRAGOMAN_PARSER_MODEL": config.parser.model}
            subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603  our own command
            took.append((_children_cpu() - cpu, time.perf_counter() - began))
    best, wall = min(took)
    detail = f"best of {len(took)}, the process included; {wall:.1f} s by the clock"
    yield Row("start", "CPU seconds to the first coded document", f"{best:.1f}", detail)


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _engines(config: Config, shared: Path, size: int) -> Iterator[Row]:
    documents = _corpus(shared, size)
    if not documents:
        yield skipped("engines", f"there is nothing to read in {shared}")
        return
    rates = {workers: _pool_rate(config, documents, workers) for workers in (1, 2)}
    yield Row("process pool", "2 workers over 1", f"{rates[2] / rates[1]:.2f} x", f"{size} documents, {os.cpu_count()} cores")
    with TemporaryDirectory() as made:
        source = Path(made, "sample.jsonl")
        source.write_bytes(b"\n".join(json.dumps(_plain(document)).encode() for document in documents))
        seconds, same = _lakes(config, source, Path(made))
    over = seconds[EngineName.RAY] / seconds[EngineName.LOCAL] - 1
    yield Row("Ray", "time over the local pool", f"{over:+.0%}", f"{size} documents, 2 workers each, starting included")
    yield Row("Ray", "lake", "the same bytes" if same else "DIFFERS", "as the local pool's")


def _lakes(config: Config, source: Path, folder: Path) -> tuple[dict[EngineName, float], bool]:
    from dragoman.app.lake import run_into_lake  # noqa: PLC0415  Arrow: only a lake needs it

    config = msgspec.structs.replace(config, run=msgspec.structs.replace(config.run, workers=2))
    seconds, written = {}, []
    for engine in EngineName:
        lake = folder / engine
        began = time.perf_counter()
        run_into_lake([str(source)], IngestOptions(), config, str(lake), engine=engine)
        seconds[engine] = time.perf_counter() - began
        written.append({str(path.relative_to(lake)): path.read_bytes() for path in lake.rglob("*.*") if path.is_file()})
    return seconds, written[0] == written[1]


def _pool_rate(config: Config, documents: Sequence[Document], workers: int) -> float:
    """Documents a second from the first result on: loading models is not part of it."""
    recipe = CoderRecipe(config)
    batches = [documents[start : start + 5] for start in range(0, len(documents), 5)]
    results = code_batches(batches, recipe(), workers=workers, factory=recipe)
    warm = [next(results) for _ in range(2 * workers)]
    began = time.perf_counter()
    count = sum(len(pairs) for pairs in results)
    return (count or len(warm)) / (time.perf_counter() - began)


def _store(sizes: Sequence[int]) -> Iterator[Row]:
    for name, address in (("SQLite", None), ("PostgreSQL", os.environ.get(_POSTGRES))):
        if name == "PostgreSQL" and address is None:
            yield skipped("store, PostgreSQL", f"{_POSTGRES} names no server")
            continue
        pages = []
        for claims in sizes:
            writing, asked = _filled(address, claims)
            pages.append(p95([one.cpu if name == "SQLite" else one.wall for one in asked]))
            part = f"store, {name}, {claims:,} claims"
            yield Row(
                part,
                "claims written/s",
                f"{claims / writing.wall:,.0f}",
                f"{writing.wall:.1f} s, {writing.cpu:.1f} s of CPU here",
            )
            p95s = (p95([one.wall for one in asked]) * 1000, p95([one.cpu for one in asked]) * 1000)
            yield Row(part, "page query, p95", f"{p95s[0]:.1f} ms", f"{p95s[1]:.1f} ms of CPU here; {len(asked)} queries")
        yield Row(
            f"store, {name}", "page query, growth exponent", f"{exponent(sizes, pages):.2f}", "p95 by claims; of CPU for SQLite"
        )
    seconds = []
    for claims in sizes:
        seen = measure(ScratchRecipe(claims))
        seconds.append(seen.cpu_seconds)
        part = f"resolving {claims:,} claims"
        yield Row(part, "CPU seconds", f"{seen.cpu_seconds:.1f}", f"{seen.seconds:.1f} s; {seen.documents:,} documents")
        yield Row(part, "peak memory", f"{seen.peak_bytes / _MEBIBYTE:,.0f} MiB")
    yield Row("resolving", "growth exponent", f"{exponent(sizes, seconds):.2f}", "CPU seconds by claims")


def _filled(address: str | None, claims: int) -> tuple[Took, list[Took]]:
    with TemporaryDirectory() as made, open_store(address or str(Path(made, "size.db"))) as store:
        return fill(store, made_up_reports(claims)), page_seconds(store)


def _together(seconds: float) -> Iterator[Row]:
    with TemporaryDirectory() as made:
        seen = write_and_read_at_once(partial(open_store, str(Path(made, "together.db"))), seconds=seconds)
    yield from together_rows("8 writers and 32 readers, SQLite", seen)


def _gated(config: Config, *, on: bool) -> Config:
    return msgspec.structs.replace(config, coding=msgspec.structs.replace(config.coding, gate=on))


def _corpus(shared: Path, size: int) -> list[Document]:
    folder = shared / "corpus"
    return [_document(row) for row, _ in sample(folder, size)] if folder.is_dir() else []


def _wire(shared: Path, size: int) -> list[Document]:
    """Some of each of the news-length sets."""
    found: list[Document] = []
    for path in (shared / name for name in _WIRE):
        if path.is_file():
            rows = [msgspec.json.decode(line, type=CorpusRow) for line in path.read_bytes().splitlines()[: size // len(_WIRE)]]
            found += [_document(row) for row in rows]
    return found


def _gold(shared: Path) -> list[Document]:
    folder = shared / "gold" / "dev"
    if not folder.is_dir():
        return []
    return [Document(text=row.text, name=row.id, language="en", published=_day(row.published)) for row in gold_inputs(folder)]


def _document(row: CorpusRow) -> Document:
    return Document(text=row.text, name=row.id, language="en", published=_day(row.date))


def _plain(document: Document) -> dict[str, str | None]:
    published = document.published.isoformat() if document.published else None
    return {"id": document.name, "text": document.text, "published": published, "language": "en"}


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
