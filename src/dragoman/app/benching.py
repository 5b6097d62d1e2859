"""The bench: accuracy on gold, speed and memory beside bare spaCy, as rows of one table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from dragoman.app.bench_actors import MentionsRecipe, actor_rows
from dragoman.app.config import Config
from dragoman.app.resolving import link_copies
from dragoman.app.running import Run, RunSettings, code_stream
from dragoman.app.wiring import (
    CoderRecipe,
    Models,
    build_coder,
    contact_classifier,
    make_parser,
    metonymy_classifier,
    opened_store,
    today,
)
from dragoman.backends.spacy_bare import BareSpacy
from dragoman.core.ports import Coder
from dragoman.core.text import Document
from dragoman.export.gold import write_gold
from dragoman.ingest import IngestOptions, read_sources
from dragoman.lab.annotations import materialise
from dragoman.lab.bench import Measured, Row, Work, count_words, measure, ratio_rows, skipped, speed_rows
from dragoman.lab.bench_corpus import CorpusRow, sample
from dragoman.lab.bench_gold import beside_rows, engagement_rows, gold_inputs, gold_rows
from dragoman.lab.bench_resolving import resolving_rows
from dragoman.lab.predict_dates import DatesRow, predict_dates
from dragoman.lab.score import Scores, score_directories
from dragoman.lab.score_dates import ScoredTimex, load_dates, score_dates

SAMPLE = 80
"""Documents of the corpus on which speed is measured."""


def bench(config: Config, folder: Path, *, full: bool = False, fresh: Path | None = None) -> Iterator[Row]:
    """Measure everything that the folders beside `folder` allow, a row at a time; `full` adds what takes longer.

    `fresh` is a batch of annotations kept as offsets into the corpus: what the rules were not first written on. Its figures are
    also set beside those of dev.

    `folder` holds gold as `dev/` and `seeds/`; `corpus/` and `bench/dates/` stand beside it. A row says what is absent.
    Speed comes first: a new process starts out with the memory of the one that made it, and this one is still small.
    """
    model = config.parser.model
    resolving = tuple(resolving_rows()) if full else (skipped("resolving", "takes minutes; --full measures it"),)
    speed = tuple(_speed(config, folder.parent / "corpus"))
    coder = build_coder(model, models=Models(metonymy_classifier(config), contacts=contact_classifier(config)))
    scored: dict[str, Scores] = {}
    for name, rows in (("dev", gold_rows), ("seeds", engagement_rows)):
        part = f"gold {name}"
        if (folder / name).is_dir():
            scored[name] = score_gold(coder, folder / name)
            yield from rows(part, scored[name])
        else:
            yield skipped(part, f"there is no folder {folder / name}")
    if fresh is not None:
        yield from _fresh(coder, fresh, folder.parent / "corpus", scored.get("dev"))
    yield from actor_rows(folder.parent / "bench" / "actors" / "resolution.jsonl")
    yield from _dates(model, folder.parent / "bench" / "dates" / "tbaq.jsonl", full=full)
    yield from speed
    yield from resolving


def score_gold(coder: Coder, folder: Path) -> Scores:
    """Code a gold folder's texts from id, text and day of publication alone, through files as a user would, and score them."""
    with TemporaryDirectory() as made:
        source, predicted = Path(made, "input.jsonl"), Path(made, "predicted")
        source.write_bytes(b"\n".join(msgspec.json.encode(row) for row in gold_inputs(folder)))
        items = read_sources([str(source)], IngestOptions(), fetcher=None, today=today())
        coded = code_stream(items, coder, RunSettings())
        write_gold((pair for pair in coded if isinstance(pair, tuple)), predicted)
        return score_directories(folder, predicted)


def _fresh(coder: Coder, batch: Path, corpus: Path, dev: Scores | None) -> Iterator[Row]:
    part = batch.name
    if not batch.is_dir() or not corpus.is_dir():
        yield skipped(part, f"there is no folder {batch if not batch.is_dir() else corpus}")
        return
    with TemporaryDirectory() as made:
        materialise(batch, corpus, Path(made))
        scores = score_gold(coder, Path(made))
    yield from gold_rows(part, scores)
    if dev is not None:
        yield from beside_rows("gold dev", dev, part, scores)


def _dates(model: str, path: Path, *, full: bool) -> Iterator[Row]:
    part = "dates bench"
    if not path.is_file():
        yield skipped(part, f"there is no file {path}")
        return
    if not full:
        yield skipped(part, "takes half a minute; --full measures it")
        return
    gold = load_dates(path)
    inputs = [DatesRow(row.id, row.text, row.dct) for row in gold]
    found = {
        row.id: tuple(ScoredTimex(t.start, t.end, t.type, t.value) for t in row.timexes)
        for row in predict_dates(inputs, make_parser(model))
    }
    scores = score_dates(gold, found)
    for figure in ("strict", "relaxed", "type", "value"):
        rates = getattr(scores, figure)
        yield Row(part, f"{figure}, F1", f"{rates.f1:.3f}", f"P {rates.precision:.3f}  R {rates.recall:.3f}")


class PipelineRecipe(msgspec.Struct, frozen=True):
    """The whole main job on a file: read, code, store in a new SQLite file, link near copies."""

    config: Config
    source: str

    def __call__(self) -> Work:
        """Load the coder and let it code one text, so that nothing is loaded while time is taken."""
        coder = CoderRecipe(self.config)()
        list(coder.code([Document(text="The ministers of the two countries met in Geneva on Tuesday.")]))
        return lambda: self._work(coder)

    def _work(self, coder: Coder) -> int:
        with TemporaryDirectory() as made:
            config = msgspec.structs.replace(self.config, store=str(Path(made, "bench.db")))
            with opened_store(config) as store:
                items = read_sources([self.source], IngestOptions(), fetcher=None, today=today())
                report = Run(store, RunSettings()).work(items, coder)
                link_copies(store, config)
                return report.documents


class BareRecipe(msgspec.Struct, frozen=True):
    """The same texts through the same model alone."""

    model: str
    source: str

    def __call__(self) -> Work:
        """Load the model and pick a batch size."""
        texts = [msgspec.json.decode(line, type=CorpusRow).text for line in Path(self.source).read_bytes().splitlines()]
        bare = BareSpacy(self.model)
        bare.tune(texts)
        return lambda: bare.parse(texts)


def _speed(config: Config, corpus: Path) -> Iterator[Row]:
    if not corpus.is_dir():
        yield skipped("speed", f"there is no folder {corpus}")
        return
    rows = sample(corpus, SAMPLE)
    with TemporaryDirectory() as made:
        source = Path(made, "sample.jsonl")
        source.write_bytes(b"".join(line for _, line in rows))
        ours = measure(PipelineRecipe(config, str(source)))
        bare = measure(BareRecipe(config.parser.model, str(source)))
        actors = measure(MentionsRecipe(config.parser.model, str(source)))
    yield from _speed_rows(rows, ours, bare)
    yield from speed_rows("actor block", actors, count_words(row.text for row, _ in rows))


def _speed_rows(rows: Sequence[tuple[CorpusRow, bytes]], ours: Measured, bare: Measured) -> Iterator[Row]:
    words = count_words(row.text for row, _ in rows)
    yield from speed_rows("whole pipeline", ours, words)
    yield from speed_rows("bare spaCy", bare, words)
    yield from ratio_rows("pipeline / bare spaCy", ours, bare)
