"""A BERT encoder in torch with its lower layers frozen; only training needs it, at run time onnxruntime runs what it exports.

The layers are Devlin et al. 2019, "BERT", with the weight names of the published checkpoints, so that MiniLM's file is used as it
is. What is frozen is run once per text and kept, which saves most of the time of an epoch on a processor without an accelerator.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  the name that torch's own documents use
from safetensors.torch import load_file

Weights = dict[str, torch.Tensor]
_EPSILON = 1e-12


class Shape(msgspec.Struct, frozen=True):
    """What `config.json` of a BERT checkpoint says of its size."""

    layers: int = msgspec.field(name="num_hidden_layers")
    heads: int = msgspec.field(name="num_attention_heads")
    size: int = msgspec.field(name="hidden_size")


class Encoder:
    """A checkpoint's weights and how they are applied; `trained` names those of the layers above the frozen ones."""

    def __init__(self, folder: Path, *, frozen: int) -> None:
        self.shape = msgspec.json.decode((folder / "config.json").read_bytes(), type=Shape)
        self.frozen = frozen
        self.base: Weights = load_file(folder / "model.safetensors")

    @property
    def trained(self) -> tuple[str, ...]:
        """Names of the weights of the layers that training changes."""
        above = tuple(f"encoder.layer.{number}." for number in range(self.frozen, self.shape.layers))
        return tuple(name for name in self.base if name.startswith(above))

    def lower(self, ids: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Hidden states (texts × tokens × size) above the frozen layers for token ids (texts × tokens)."""
        states = self.embedded(ids)
        for number in range(self.frozen):
            states = self.layer(self.base, number, states, mask)
        return states

    def embedded(self, ids: torch.Tensor) -> torch.Tensor:
        """Word, position and segment embeddings; all tokens are of the first segment."""
        name = "embeddings."
        words = F.embedding(ids, self.base[name + "word_embeddings.weight"])
        places = self.base[name + "position_embeddings.weight"][: ids.shape[1]]
        return self._normed(self.base, name + "LayerNorm", words + places + self.base[name + "token_type_embeddings.weight"][0])

    def layer(
        self,
        weights: Mapping[str, torch.Tensor],
        number: int,
        states: torch.Tensor,
        mask: torch.Tensor | None,
        *,
        only: torch.Tensor | None = None,
        dropout: float = 0.0,
    ) -> torch.Tensor:
        """One layer; `mask` (texts × tokens) is true at real tokens, and `only` (texts × chosen) asks for these tokens alone."""
        name = f"encoder.layer.{number}."
        asked = states if only is None else states.gather(1, only[:, :, None].expand(-1, -1, self.shape.size))
        heads = [
            self._split(_linear(weights, f"{name}attention.self.{part}", source))
            for part, source in (("query", asked), ("key", states), ("value", states))
        ]
        seen = None if mask is None else mask[:, None, None]
        context = F.scaled_dot_product_attention(*heads, attn_mask=seen)
        context = context.transpose(1, 2).flatten(2)
        told = dropped(_linear(weights, name + "attention.output.dense", context), dropout)
        states = self._normed(weights, name + "attention.output.LayerNorm", asked + told)
        inner = F.gelu(_linear(weights, name + "intermediate.dense", states))
        told = dropped(_linear(weights, name + "output.dense", inner), dropout)
        return self._normed(weights, name + "output.LayerNorm", states + told)

    def _split(self, states: torch.Tensor) -> torch.Tensor:
        size = self.shape.size // self.shape.heads
        return states.unflatten(2, (self.shape.heads, size)).transpose(1, 2)

    def _normed(self, weights: Mapping[str, torch.Tensor], name: str, states: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(states, (self.shape.size,), weights[name + ".weight"], weights[name + ".bias"], _EPSILON)


def _linear(weights: Mapping[str, torch.Tensor], name: str, states: torch.Tensor) -> torch.Tensor:
    return F.linear(states, weights[name + ".weight"], weights[name + ".bias"])


def dropped(states: torch.Tensor, share: float) -> torch.Tensor:
    """Dropout as in training; with a share of 0 no trace of it is exported."""
    return F.dropout(states, share) if share else states


def padded(rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of different lengths as one tensor with zeros behind them, and which of its places are real."""
    lengths = torch.tensor([len(row) for row in rows])
    stacked = torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    return stacked, torch.arange(stacked.shape[1])[None] < lengths[:, None]


def as_module(function: Any) -> Any:  # noqa: ANN401  torch is untyped here
    """A function of tensors as the module that torch's exporter asks for."""

    class Wrapped(torch.nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            return function(*inputs)

    return Wrapped()
