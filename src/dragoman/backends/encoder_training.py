"""Fine-tunes the compact encoder on marked texts and writes it as a folder that `OnnxClassifier` runs. Needs torch."""

import copy
import hashlib
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from dragoman.backends.minilm import ByteRows, PairEncoder
from dragoman.backends.onnx_classifier import CARD, TOKENIZER, WEIGHTS
from dragoman.core.model_cards import ModelCard
from dragoman.core.ports import LabelledText, TrainingRecipe

Tell = Callable[[str], None]
_NEAR_LENGTH = 8
"""Batches whose texts are sorted by length together, so that little is padded."""


class _Encoded(msgspec.Struct, frozen=True):
    """One text: its ids, its states behind the frozen layers, its label and weight."""

    ids: Any
    states: Any
    label: int
    weight: float


class EncoderTrainer:
    """Trains classifiers on marked texts; `openers` and `markers` are words of the vocabulary."""

    def __init__(
        self, base: Path, recipe: TrainingRecipe, labels: Sequence[str], markers: Sequence[str], openers: Sequence[str]
    ) -> None:
        torch.set_num_threads(recipe.threads)
        self._recipe = recipe
        self._labels = tuple(labels)
        self._tokenizer = Tokenizer.from_file(str(base / TOKENIZER))
        self._tokenizer.add_special_tokens(list(markers))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(recipe.max_tokens)
        torch.manual_seed(recipe.seeds[0])
        ids = (self._tokenizer.token_to_id(word) for word in openers)
        known = [number for number in ids if number is not None]
        self._model = PairEncoder(len(labels), known, frozen=recipe.frozen_layers, dropout=recipe.dropout)
        self._model.load_base(base / "model.safetensors")
        nn.init.normal_(self._model.head.weight, std=0.02)
        nn.init.zeros_(self._model.head.bias)
        self._start = {name: value.clone() for name, value in self._model.state_dict().items() if self._learns(name)}

    def encode(self, texts: Sequence[LabelledText]) -> list[_Encoded]:
        """Run the frozen layers once, without dropout: an epoch then runs the others only."""
        self._model.eval()
        found = []
        with torch.no_grad():
            for each in texts:
                ids = torch.tensor(self._tokenizer.encode(each.text).ids)
                states = self._model.lower(ids[None], torch.zeros(1, len(ids), dtype=torch.bool))[0]
                found.append(_Encoded(ids, states, self._labels.index(each.label), each.weight))
        return found

    def teach(self, texts: Sequence[_Encoded], seed: int, tell: Tell = print) -> dict[str, Any]:
        """Train once from the pretrained weights; return the weights that changed, averaged over the last steps."""
        recipe, model = self._recipe, self._model
        model.load_state_dict(self._start, strict=False)
        torch.manual_seed(seed)
        order = random.Random(seed)  # noqa: S311  shuffling
        learning = [parameter for name, parameter in model.named_parameters() if self._learns(name)]
        optimiser = torch.optim.AdamW(learning, lr=recipe.rate, weight_decay=recipe.decay, fused=True)
        steps = recipe.epochs * -(-len(texts) // recipe.batch)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _rise_and_fall(steps, recipe.warm_up))
        mean = _Mean()
        model.train()
        done = 0
        for epoch in range(recipe.epochs):
            total = 0.0
            for batch in _batches(texts, recipe.batch, order):
                loss = self._loss(batch)
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(learning, 1.0)
                optimiser.step()
                schedule.step()
                done += 1
                total += loss.item() * len(batch)
                if done > recipe.average_from * steps:
                    mean.add({name: value for name, value in model.state_dict().items() if self._learns(name)})
            tell(f"seed {seed}, epoch {epoch + 1} of {recipe.epochs}: loss {total / len(texts):.3f}")
        return mean.value

    def probabilities(self, weights: Mapping[str, Any], texts: Sequence[_Encoded]) -> NDArray[np.float32]:
        """Probabilities of the labels (texts x labels) with the weights of one training or the mean of several."""
        self._model.load_state_dict(weights, strict=False)
        self._model.eval()
        rows = []
        with torch.no_grad():
            for each in texts:
                padding = torch.zeros(1, len(each.ids), dtype=torch.bool)
                rows.append(self._model.upper(each.states[None], each.ids[None], padding)[0].softmax(-1).numpy())
        return np.array(rows)

    def write(self, weights: Mapping[str, Any], folder: Path, card: ModelCard) -> ModelCard:
        """Write the folder of a model with its weights in eight bits; return the card with the files' hashes."""
        self._model.load_state_dict(weights, strict=False)
        self._model.eval()
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer = self._tokenizer.to_str().encode()
        (folder / TOKENIZER).write_bytes(tokenizer)
        graph = _quantised(self._model, self._recipe.max_tokens)
        (folder / WEIGHTS).write_bytes(graph)
        card = msgspec.structs.replace(card, weights_sha256=_sha256(graph), tokenizer_sha256=_sha256(tokenizer))
        (folder / CARD).write_text(card.toml(), encoding="utf-8")
        return card

    def _loss(self, batch: Sequence[_Encoded]) -> Any:  # noqa: ANN401  a tensor
        ids = nn.utils.rnn.pad_sequence([each.ids for each in batch], batch_first=True)
        states = nn.utils.rnn.pad_sequence([each.states for each in batch], batch_first=True)
        lengths = torch.tensor([len(each.ids) for each in batch])
        padding = torch.arange(ids.shape[1])[None] >= lengths[:, None]
        labels = torch.tensor([each.label for each in batch])
        weights = torch.tensor([each.weight for each in batch])
        with torch.autocast("cpu", torch.bfloat16, enabled=self._recipe.half_precision):
            logits = self._model.upper(states, ids, padding)
        losses = functional.cross_entropy(logits.float(), labels, reduction="none", label_smoothing=self._recipe.smoothing)
        return (losses * weights).sum() / weights.sum()

    def _learns(self, name: str) -> bool:
        layer = name.split(".")
        return layer[0] == "head" or (layer[0] == "layers" and int(layer[1]) >= self._recipe.frozen_layers)


class _Mean:
    """The mean of weights, taken as they come."""

    def __init__(self) -> None:
        self.value: dict[str, Any] = {}
        self._count = 0

    def add(self, weights: Mapping[str, Any]) -> None:
        """Count one more set in."""
        self._count += 1
        for name, value in weights.items():
            if name in self.value:
                self.value[name] += (value - self.value[name]) / self._count
            else:
                self.value[name] = value.clone()


def mean_weights(several: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The mean of several trainings from the same start: one model that is as good as their vote (Wortsman et al. 2022)."""
    mean = _Mean()
    for weights in several:
        mean.add(weights)
    return mean.value


def _batches(texts: Sequence[_Encoded], size: int, order: random.Random) -> Iterator[list[_Encoded]]:
    """All texts in random batches of near length."""
    shuffled = order.sample(list(texts), len(texts))
    batches = []
    for start in range(0, len(shuffled), size * _NEAR_LENGTH):
        near = sorted(shuffled[start : start + size * _NEAR_LENGTH], key=lambda each: len(each.ids))
        batches += [near[at : at + size] for at in range(0, len(near), size)]
    order.shuffle(batches)
    yield from batches


def _rise_and_fall(steps: int, warm_up: float) -> Callable[[int], float]:
    """The share of the learning rate at a step: up over the first part, then down to nothing."""
    return lambda step: min((step + 1) / max(1, warm_up * steps), max(0.0, (steps - step) / (steps * (1 - warm_up))))


def _quantised(model: PairEncoder, longest: int) -> bytes:
    """The model as an ONNX graph in eight bits: rows of embeddings and blocks of matrices each have a scale of their own.

    One scale for a whole layer's input (`quantize_dynamic`) changed the label of one sentence in sixteen, blocks that of one in
    a hundred; and a text's scores do not hang on what else is in its batch.
    """
    import onnx  # noqa: PLC0415  only writing a model needs it
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer  # noqa: PLC0415

    small = copy.deepcopy(model)
    small.word = ByteRows(model.word.weight.detach())
    small.position = nn.Embedding.from_pretrained(model.position.weight[:longest].detach().clone())
    with tempfile.TemporaryDirectory() as made:
        plain, blocks = Path(made, "plain.onnx"), Path(made, "blocks.onnx")
        ids = torch.ones(1, 16, dtype=torch.long)
        axes = {"input_ids": {1: "tokens"}, "attention_mask": {1: "tokens"}}
        torch.onnx.export(
            small,
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["input_ids", "attention_mask"],
            output_names=["probabilities"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantiser = MatMulNBitsQuantizer(onnx.load(str(plain)), bits=8, block_size=128, is_symmetric=True, accuracy_level=4)
        quantiser.process()
        quantiser.model.save_model_to_file(str(blocks))
        return blocks.read_bytes()


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
