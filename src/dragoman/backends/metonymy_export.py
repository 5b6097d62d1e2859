"""Write trained metonymy weights as a model folder that `OnnxClassifier` runs: an int8 graph, its tokenizer, its card."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import onnx
import torch
from onnxruntime.quantization.shape_inference import quant_pre_process

from dragoman.backends.metonymy_training import GUIDELINES, MetonymyTrainer, upper
from dragoman.backends.onnx_classifier import CARD, TOKENIZER, WEIGHTS
from dragoman.backends.onnx_weights import in_eight_bits
from dragoman.backends.torch_encoder import as_module
from dragoman.core.model_cards import ModelCard
from dragoman.knowledge.name_kinds import NameKind
from dragoman.read.metonym_context import KINDS, MARKS

MAX_TOKENS = 128
_OPSET = 17


def export(trainer: MetonymyTrainer, weights: Mapping[str, torch.Tensor], folder: Path, card: ModelCard) -> None:
    """Write graph, tokenizer and card into a folder; matrices and embeddings become int8."""
    folder.mkdir(parents=True, exist_ok=True)
    trainer.tokenizer.save(str(folder / TOKENIZER))
    with TemporaryDirectory() as made:
        full, folded = Path(made, "full.onnx"), Path(made, "folded.onnx")
        _write_graph(trainer, weights, full)
        quant_pre_process(str(full), str(folded), skip_symbolic_shape=True)  # turns constants into tables
        onnx.save(in_eight_bits(onnx.load(str(folded))), str(folder / WEIGHTS))
    _write_card(folder, card)


def _write_card(folder: Path, card: ModelCard) -> None:
    """Write the card with the hashes of the folder's files."""
    hashes = {"weights_sha256": WEIGHTS, "tokenizer_sha256": TOKENIZER}
    filled = msgspec.structs.replace(
        card, **{field: hashlib.sha256((folder / name).read_bytes()).hexdigest() for field, name in hashes.items()}
    )
    (folder / CARD).write_text(filled.toml(), encoding="utf-8")


def _write_graph(trainer: MetonymyTrainer, weights: Mapping[str, torch.Tensor], path: Path) -> None:
    """The graph in full precision: token ids of one text to the probabilities of both labels (1 × 2)."""
    encoder, tokenizer = trainer.encoder, trainer.tokenizer
    first_mark = tokenizer.token_to_id(MARKS[GUIDELINES[0]])
    kinds = torch.tensor([tokenizer.token_to_id(token) for token in KINDS.values()])
    base = encoder.base
    places = "embeddings.position_embeddings.weight"
    base[places] = base[places][:MAX_TOKENS].clone()

    def probabilities(input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        ids = torch.cat([input_ids[:, :1], input_ids[:, 2:]], dim=1)
        at = (ids[:, :, None] == kinds).any(dim=2).to(torch.int64).argmax(dim=1)
        guideline = input_ids[:, 1] - first_mark
        seen = attention_mask[:, 1:].to(torch.bool)
        likely = torch.sigmoid(upper(encoder, weights, encoder.lower(ids, seen), seen, at, guideline))
        return torch.stack([1 - likely, likely], dim=1)

    ids = tokenizer.encode(f"{MARKS[GUIDELINES[0]]} talks in {KINDS[NameKind.CAPITAL]} ended").ids
    inputs = (torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.int64))
    tokens = {1: "tokens"}
    torch.onnx.export(
        as_module(probabilities), inputs, str(path), dynamo=False, opset_version=_OPSET,
        input_names=["input_ids", "attention_mask"], output_names=["probabilities"],
        dynamic_axes={"input_ids": tokens, "attention_mask": tokens},
    )  # fmt: skip
    onnx.checker.check_model(str(path))
