"""Training of the model that finds contacts: labels and texts from the laboratory, the trainer from the back ends."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from dragoman.app.training_metonymy import pretrained_encoder
from dragoman.core.model_cards import ModelCard
from dragoman.core.ports import LabelledText, TrainingRecipe
from dragoman.extract.contact_coder import LABELS, TAKES_PART, TELLS
from dragoman.extract.marking import MARKERS, SOURCE, TARGET
from dragoman.lab.contacts import WordCase, contact_card, held_back, load_cases, score_contacts, written_cases

Tell = Callable[[str], None]


def recipe(threads: int = 1) -> TrainingRecipe:
    """How the shipped weights were made: one training in larger steps than for the other models, there being more sentences."""
    return TrainingRecipe(epochs=4, batch=32, rate=4e-4, seeds=(0,), threads=threads)


def train_contacts(labels: Path, shared: Path, out: Path, tell: Tell, *, threads: int = 1) -> ModelCard:
    """Train the contact model on the labelled sentences of a folder and those written for it, and write its folder.

    The sentences of a sixth of the documents are held back; the figures of the card are measured on them. Raises MissingExtra
    without the packages for training, InputError where labels and texts do not fit.
    """
    base = pretrained_encoder()
    from dragoman.backends.encoder_training import EncoderTrainer, mean_weights  # noqa: PLC0415  needs torch

    way = recipe(threads)
    trainer = EncoderTrainer(base, way, LABELS, MARKERS, (SOURCE, TARGET))
    learnt, held = held_back(load_cases(labels, shared))
    texts = trainer.encode(_texts((*learnt, *written_cases())))
    tell(f"{len(texts)} texts to learn from, {len(held)} words held back")
    weights = mean_weights([trainer.teach(texts, seed, tell) for seed in way.seeds])
    asked = _texts(held)
    rows = trainer.probabilities(weights, trainer.encode(asked)).tolist()
    said = dict(zip((text.text for text in asked), rows, strict=True))
    figures = msgspec.structs.asdict(score_contacts(held, said, tells=TELLS, takes_part=TAKES_PART))
    rounded = {name: round(value, 3) for name, value in figures.items()}
    return trainer.write(weights, out, msgspec.structs.replace(contact_card(), figures=rounded))


def _texts(cases: Sequence[WordCase]) -> list[LabelledText]:
    return [text for case in cases for text in (case.word, *case.mentions)]
