"""Training of the compact models: data and recipe from the laboratory, the trainer from the back ends."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dragoman.app.training_metonymy import pretrained_encoder
from dragoman.core.model_cards import ModelCard
from dragoman.core.ports import TrainingRecipe
from dragoman.extract.marking import MARKERS, SOURCE, TARGET
from dragoman.lab.relations import (
    ROOTS,
    LevelScores,
    RelationPrediction,
    folds_of,
    load_relations,
    predicted,
    relation_card,
    score_relations,
    training_texts,
    written_texts,
)

if TYPE_CHECKING:
    from dragoman.backends.encoder_training import EncoderTrainer

Tell = Callable[[str], None]


class Validated(msgspec.Struct, frozen=True):
    """What cross-validation found for one model: a seed alone, the vote of all, or the one model that is their mean."""

    model: str
    scores: LevelScores


def train_relations(source: Path, out: Path, recipe: TrainingRecipe, tell: Tell) -> ModelCard:
    """Train the relation coder on the bench's rows and the sentences written for it, and write its folder."""
    trainer = _trainer(recipe)
    from dragoman.backends.encoder_training import mean_weights  # noqa: PLC0415  needs torch

    texts = trainer.encode([*training_texts(load_relations(source)), *written_texts()])
    weights = mean_weights([trainer.teach(texts, seed, tell) for seed in recipe.seeds])
    return trainer.write(weights, out, relation_card())


def validate_relations(source: Path, recipe: TrainingRecipe, tell: Tell, *, written: bool = True) -> Iterator[Validated]:
    """Five-fold cross-validation on the bench's rows; `written` adds the sentences written for training to every fold."""
    trainer = _trainer(recipe)
    from dragoman.backends.encoder_training import mean_weights  # noqa: PLC0415  needs torch

    rows = [row for row in load_relations(source) if row.root]
    own, more = training_texts(rows), written_texts() if written else []
    encoded = trainer.encode([*own, *more])
    folds = folds_of([text.label for text in own])
    found: dict[str, dict[str, RelationPrediction]] = {}
    for fold in sorted(set(folds)):
        tell(f"fold {fold + 1} of {len(set(folds))}")
        held = [at for at, of in enumerate(folds) if of == fold]
        learnt = [each for at, each in enumerate(encoded) if at >= len(own) or folds[at] != fold]
        weights = [trainer.teach(learnt, seed, tell) for seed in recipe.seeds]
        alone = [trainer.probabilities(each, [encoded[at] for at in held]) for each in weights]
        models = {f"seed {seed}": each for seed, each in zip(recipe.seeds, alone, strict=True)}
        models["vote of the seeds"] = sum(alone[1:], alone[0])
        models["mean of the weights"] = trainer.probabilities(mean_weights(weights), [encoded[at] for at in held])
        for model, probabilities in models.items():
            said = [predicted(rows[at].id, row, ROOTS) for at, row in zip(held, probabilities.tolist(), strict=True)]
            found.setdefault(model, {}).update((each.id, each) for each in said)
    for model, predictions in found.items():
        yield Validated(model, score_relations(rows, predictions))


def _trainer(recipe: TrainingRecipe) -> "EncoderTrainer":
    base = pretrained_encoder()
    from dragoman.backends.encoder_training import EncoderTrainer  # noqa: PLC0415  needs torch

    return EncoderTrainer(base, recipe, ROOTS, MARKERS, (SOURCE, TARGET))
