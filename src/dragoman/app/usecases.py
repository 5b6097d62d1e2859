"""What a user can ask for, each a few lines over the parts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from dragoman.app.config import Config
from dragoman.app.resolving import Overview, link_copies, refresh
from dragoman.app.running import Progress, Run, RunReport, RunSettings, code_stream
from dragoman.app.viewing import opened_holdings
from dragoman.app.wiring import (
    CoderRecipe,
    ingest_options,
    late_fetcher,
    make_actor_coder,
    make_parser,
    metonymy_classifier,
    opened_store,
    read_all,
    relation_classifier,
    today,
)
from dragoman.core.claims import Coding, Problem
from dragoman.core.errors import ConfigError, InputError
from dragoman.core.ids import DocumentId
from dragoman.core.ports import Holdings, Store
from dragoman.core.text import Document
from dragoman.export import gold
from dragoman.ingest import IngestOptions, read_sources

if TYPE_CHECKING:
    from dragoman.lab.unresolved import Unresolved

BenchRow = TypeVar("BenchRow", bound=msgspec.Struct)


def run(sources: Sequence[str], options: IngestOptions, config: Config, *, progress: Progress | None = None) -> RunReport:
    """Read, code and store; then link near copies and bring the record up to date."""
    with ExitStack() as stack:
        store = stack.enter_context(opened_store(config))
        recipe = CoderRecipe(config)
        job = Run(store, _settings(config), progress)
        job.work(_read(sources, options, config, stack), recipe(), factory=recipe)
        _link(job, store, config)
        return _resolved(job, store, config)


def ingest(sources: Sequence[str], options: IngestOptions, config: Config, *, progress: Progress | None = None) -> RunReport:
    """Read and store without coding; `code_stored` codes later."""
    with ExitStack() as stack:
        store = stack.enter_context(opened_store(config))
        job = Run(store, _settings(config), progress)
        job.keep(_read(sources, options, config, stack))
        return _link(job, store, config)


def code_stored(config: Config, *, progress: Progress | None = None) -> RunReport:
    """Code the stored documents that this version of the coder has not coded."""
    with opened_store(config, must_exist=True) as store:
        recipe = CoderRecipe(config)
        job = Run(store, _settings(config), progress)
        # Read ahead in pages of ids: the store is written to while its documents are gone through.
        ids = [document.id for document in store.documents()]
        job.work(_in_pages(store, ids), recipe(), factory=recipe)
        return _resolved(job, store, config)


def code_files(sources: Sequence[str], options: IngestOptions, config: Config) -> Iterator[tuple[Document, Coding] | Problem]:
    """Code straight from files, without a store."""
    with ExitStack() as stack:
        recipe = CoderRecipe(config)
        yield from code_stream(_read(sources, options, config, stack), recipe(), _settings(config), factory=recipe)


def resolve_store(config: Config) -> Overview:
    """Link near copies among all stored documents, resolve, keep what was computed for the next time, and count."""
    with opened_store(config, must_exist=True) as store:
        link_copies(store, config)
        return refresh(store, config)


def write_gold(pairs: Iterable[tuple[Document, Coding]], out: Path) -> int:
    """Write codings in the gold shape; return how many files."""
    return len(gold.write_gold(pairs, out))


def export_gold(config: Config, out: Path) -> int:
    """Write the store's current codings in the gold shape; return how many files."""
    with opened_holdings(config) as holdings:
        return write_gold(_stored_pairs(holdings), out)


def lab_predict_dates(config: Config, source: Path, out: Path) -> int:
    """Write the time expressions of bench documents (JSON lines with id, text, dct); return how many lines."""
    from dragoman.lab.predict_dates import DatesRow, predict_dates  # noqa: PLC0415  only the laboratory needs it

    rows = _bench_rows(source, DatesRow, "id, text and dct")
    return _write_lines(predict_dates(rows, make_parser(config.parser.model)), out)


def lab_predict_places(source: Path, out: Path) -> int:
    """Write where the given toponyms of bench documents (JSON lines with id, text, toponyms) lie; return how many lines."""
    from dragoman.knowledge.gazetteer import load_gazetteer  # noqa: PLC0415  only the laboratory needs these here
    from dragoman.knowledge.places import load_places  # noqa: PLC0415
    from dragoman.lab.predict_places import PlacesRow, predict_places  # noqa: PLC0415

    rows = _bench_rows(source, PlacesRow, "id, text and toponyms")
    return _write_lines(predict_places(rows, load_places(), load_gazetteer()), out)


def lab_unresolved(config: Config, corpus: Path, size: int, top: int) -> tuple["Unresolved", ...]:
    """Names in a fixed sample of a corpus that stand for nobody known."""
    from dragoman.lab.bench_corpus import sample  # noqa: PLC0415  only the laboratory needs these
    from dragoman.lab.unresolved import unresolved  # noqa: PLC0415

    rows = (row for row, _ in sample(corpus, size))
    documents = (Document(text=row.text, name=row.id, language="en", published=_iso_day(row.date)) for row in rows)
    return unresolved(read_all(config, documents), top)


def _iso_day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def lab_predict_actors(config: Config, source: Path, out: Path) -> int:
    """Write who the mentions of bench rows (JSON lines with id and text) are; return how many lines."""
    from dragoman.lab.predict_actors import ActorRow, predict_actors  # noqa: PLC0415  only the laboratory needs it

    rows = _bench_rows(source, ActorRow, "id and text")
    return _write_lines(predict_actors(rows, make_actor_coder(), make_parser(config.parser.model)), out)


def lab_predict_metonymy(config: Config, source: Path, out: Path) -> int:
    """Write how the names of bench rows (JSON lines with id, corpus, text, start, end) are read; return how many lines."""
    from dragoman.lab.metonymy import MetonymyRow, predict_metonymy  # noqa: PLC0415  only the laboratory needs it

    classifier = metonymy_classifier(config)
    if classifier is None:
        raise ConfigError(
            'coding.metonymy: there is no model to predict with: the setting is "none", or the model that comes along was taken '
            "out; name a model folder there"
        )
    rows = _bench_rows(source, MetonymyRow, "id, corpus, text, start and end")
    return _write_lines(predict_metonymy(rows, classifier), out)


def lab_predict_relations(config: Config, source: Path, out: Path) -> int:
    """Write what marked sources did to marked targets in bench rows (a table); return how many lines."""
    from dragoman.lab.relations import load_relations, predict_relations  # noqa: PLC0415  only the laboratory needs it

    classifier = relation_classifier(config)
    if classifier is None:
        raise ConfigError(
            'coding.relations: there is no model to predict with: the setting is "none", or the model that comes along was taken '
            "out; name a model folder there"
        )
    return _write_lines(predict_relations(load_relations(source), classifier), out)


def _bench_rows(source: Path, row: type[BenchRow], fields: str) -> list[BenchRow]:
    try:
        return [msgspec.json.decode(line, type=row) for line in source.read_bytes().splitlines() if line.strip()]
    except msgspec.DecodeError as error:
        raise InputError(f"{source}: not JSON lines with {fields}: {error}") from error


def _write_lines(predictions: Iterable[object], out: Path) -> int:
    count = 0
    with out.open("wb") as stream:
        for prediction in predictions:
            stream.write(msgspec.json.encode(prediction) + b"\n")
            count += 1
    return count


def _settings(config: Config) -> RunSettings:
    # An answer of a language model is slow and may cost money: each is written at once.
    batch = 1 if config.coding.coder == "llm" else config.run.batch
    return RunSettings(batch=batch, max_characters=config.run.max_characters, workers=config.run.workers)


def _read(sources: Sequence[str], options: IngestOptions, config: Config, stack: ExitStack) -> Iterator[Document | Problem]:
    fetcher = stack.enter_context(late_fetcher(config))
    return read_sources(sources, ingest_options(config, options), fetcher=fetcher, today=today())


def _link(job: Run, store: Store, config: Config) -> RunReport:
    if not job.report.new:
        return job.report
    return job.linked(link_copies(store, config))


def _resolved(job: Run, store: Store, config: Config) -> RunReport:
    if job.report.new or job.report.coded:
        refresh(store, config)
    return job.report


def _stored_pairs(holdings: Holdings) -> Iterator[tuple[Document, Coding]]:
    documents = {document.id: document for document in holdings.documents()}
    return ((documents[coding.document], coding) for coding in holdings.codings())


_PAGE = 200


def _in_pages(store: Store, ids: list[DocumentId]) -> Iterator[Document]:
    for start in range(0, len(ids), _PAGE):
        yield from list(store.documents(ids[start : start + _PAGE]))
