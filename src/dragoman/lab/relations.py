"""The relation bench: its rows, what the coder is trained on, and how folds are drawn and scored."""

import csv
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import msgspec

from dragoman.core.errors import InputError
from dragoman.core.model_cards import ModelCard
from dragoman.core.plover import Root
from dragoman.core.ports import Classifier, LabelledText
from dragoman.extract.marking import mark_tagged
from dragoman.knowledge.plover import YIELD

ROOTS = (
    *("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", YIELD, "REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    *("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
"""The bench's 15 roots: PLOVER's types, with YIELD for CONCEDE and RETREAT."""
_COLUMNS = ("id", "sentence", "source", "target", "marked")
_SENTENCES = "sentences/relations.tsv"
_CARD = "cards/relations.toml"
_HALF = 0.5
"""What a sentence written for training counts for beside one that was found."""


class RelationRow(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of the bench with its marked pair; gold is None where the row has none."""

    id: str
    text: str
    """As the coder reads it."""
    root: str | None = None
    quad: int | None = None
    binary: int | None = None


class RelationPrediction(msgspec.Struct, frozen=True):
    """What is said of one row: the root, its quad (1 to 4) and 0 for cooperation, 1 for conflict."""

    id: str
    root: str
    quad: int
    binary: int


class LevelScores(msgspec.Struct, frozen=True):
    """Macro-F1 at the three levels, 0 to 1."""

    root: float
    quad: float
    binary: float


def quad_of(root: str) -> int:
    """The quad of a bench root, 1 to 4; of YIELD it is the bench's, material cooperation."""
    return (Root.RETREAT if root == YIELD else Root(root)).quad.number


def load_relations(path: Path) -> tuple[RelationRow, ...]:
    """Read rows of the bench; InputError where columns are missing."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise InputError(f"{path}: columns {', '.join(missing)} are missing; the bench has {', '.join(_COLUMNS)}")
        return tuple(
            RelationRow(
                id=row["id"],
                text=mark_tagged(row["marked"], row["source"], row["target"]),
                root=row.get("gold_root") or None,
                quad=int(row["gold_quad"]) if row.get("gold_quad") else None,
                binary=int(row["gold_binary"]) if row.get("gold_binary") else None,
            )
            for row in rows
        )


def predict_relations(rows: Sequence[RelationRow], classifier: Classifier) -> Iterator[RelationPrediction]:
    """The likeliest root of each row, with the quad and the side that follow from it."""
    probabilities = classifier.classify([row.text for row in rows])
    for row, found in zip(rows, probabilities, strict=True):
        yield predicted(row.id, found, classifier.labels)


def predicted(row: str, probabilities: Sequence[float], labels: Sequence[str]) -> RelationPrediction:
    """The prediction that the probabilities of the labels make for one row."""
    root = labels[max(range(len(labels)), key=lambda at: probabilities[at])]
    quad = quad_of(root)
    return RelationPrediction(row, root, quad, int(quad >= 3))


def training_texts(rows: Sequence[RelationRow]) -> list[LabelledText]:
    """The rows with a gold root."""
    return [LabelledText(row.text, row.root) for row in rows if row.root]


def written_texts() -> list[LabelledText]:
    """The sentences written for training from the codebooks' definitions, at half weight."""
    raw = resources.files("dragoman.lab").joinpath(_SENTENCES).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in raw.splitlines() if line and not line.startswith("#"))
    return [LabelledText(mark_tagged(tagged, "", ""), root, _HALF) for root, _, tagged in lines]


def relation_card() -> ModelCard:
    """What is said of the model: data, figures, licences, limits; the hashes come with its files."""
    raw = resources.files("dragoman.lab").joinpath(_CARD).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw) | {"labels": ROOTS}, ModelCard)


def folds_of(labels: Sequence[str], count: int = 5, *, seed: int = 0) -> list[int]:
    """The fold of each row, every label spread evenly."""
    order = random.Random(seed)  # noqa: S311  drawing folds
    folds = [0] * len(labels)
    for label in sorted(set(labels)):
        rows = [at for at, own in enumerate(labels) if own == label]
        order.shuffle(rows)
        first = order.randrange(count)
        for number, at in enumerate(rows):
            folds[at] = (first + number) % count
    return folds


def score_relations(rows: Sequence[RelationRow], predictions: Mapping[str, RelationPrediction]) -> LevelScores:
    """Macro-F1 over every class in gold or predictions, as the bench scores it."""
    found = [(row, predictions[row.id]) for row in rows]
    return LevelScores(
        root=macro_f1([(row.root, said.root) for row, said in found]),
        quad=macro_f1([(row.quad, said.quad) for row, said in found]),
        binary=macro_f1([(row.binary, said.binary) for row, said in found]),
    )


def macro_f1(pairs: Sequence[tuple[object, object]]) -> float:
    """The unweighted mean of the F1 of each class in (gold, said) pairs."""
    classes = {label for pair in pairs for label in pair}
    scores = []
    for label in classes:
        hits = sum(gold == said == label for gold, said in pairs)
        total = sum((gold == label) + (said == label) for gold, said in pairs)
        scores.append(2 * hits / total)
    return sum(scores) / len(scores) if scores else 0.0
