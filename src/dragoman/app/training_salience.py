"""Fit anew by which traits the main statements of a document are told."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.app.config import Config
from dragoman.app.wiring import read_all
from dragoman.core.text import Document
from dragoman.lab.annotations import materialise
from dragoman.lab.gold import load_records, load_texts
from dragoman.lab.salience import Fit, Weighed, fit_weights, weighed_utterances

GOLD_COUNTS = 2
"""How often a gold document counts: its annotators are those that the figures are held against."""


def train_salience(config: Config, gold: Sequence[Path], batches: Sequence[Path], corpus: Path | None) -> Fit:
    """Fit the weights on the statements of gold folders and of batches, whose texts are in `corpus`.

    Raises InputError where a folder or a text is not there.
    """
    utterances = [each for folder in gold for each in _weighed(config, folder)] * GOLD_COUNTS
    for batch in batches:
        with TemporaryDirectory() as made:
            materialise(batch, corpus or batch, Path(made))
            utterances.extend(_weighed(config, Path(made)))
    return fit_weights(utterances)


def _weighed(config: Config, folder: Path) -> Iterator[Weighed]:
    records = load_records(folder)
    texts = load_texts(folder, records)
    documents = [
        Document(text=texts[name], published=_day(records[name].published), name=name, language="en") for name in sorted(texts)
    ]
    for document, reading in zip(documents, read_all(config, documents), strict=True):
        yield from weighed_utterances(reading, records[document.name or ""].statements or ())


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
