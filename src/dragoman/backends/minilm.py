"""MiniLM with two marked spans and a linear layer on top, in torch: what training works on and what is exported."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

WIDTH, HEADS, INNER, LAYERS, POSITIONS = 384, 12, 1536, 6, 512
_NORM = 1e-12
_PARTS = {
    "merge": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm2": "output.LayerNorm",
}
"""Names in our layer and in BERT's weights."""


class ByteRows(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """A table of embeddings in bytes, each row with a scale of its own: a quarter of the size, and hardly less exact."""

    def __init__(self, table: Any) -> None:  # noqa: ANN401  a tensor
        super().__init__()
        scale = (table.abs().amax(1) / 127).clamp(min=1e-9)
        self.register_buffer("scale", scale)
        self.register_buffer("bytes", (table / scale[:, None]).round().to(torch.int8))

    def forward(self, ids: Any) -> Any:  # noqa: ANN401  tensors
        """The rows of some ids."""
        return self.bytes[ids].to(torch.float32) * self.scale[ids].unsqueeze(-1)


class EncoderLayer(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """One layer of BERT. (torch's own is exported with the length of the example built in.)"""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.split = nn.Linear(WIDTH, 3 * WIDTH)
        self.merge = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=_NORM)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=_NORM)
        self.drop = nn.Dropout(dropout)

    def forward(self, states: Any, padding: Any) -> Any:  # noqa: ANN401  tensors
        """States after the layer (batch x tokens x 384). Attention itself is not dropped out: slow, and no better for it."""
        query, key, value = (
            part.reshape(states.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2) for part in self.split(states).chunk(3, -1)
        )
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=~padding[:, None, None, :])
        states = self.norm1(states + self.drop(self.merge(attended.transpose(1, 2).flatten(2))))
        return self.norm2(states + self.drop(self.narrow(functional.gelu(self.widen(states)))))


class PairEncoder(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """The encoder, and a linear layer over the states of the source's and target's openers and the mean of all states.

    `openers` are the ids of the two opening markers; a text holds each once. The lowest `frozen` layers and the embeddings are
    not trained, so that their output can be kept: `lower` is what can be kept, `upper` the rest.
    """

    def __init__(self, labels: int, openers: Sequence[int], *, frozen: int = 3, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=_NORM)
        self.layers = nn.ModuleList(EncoderLayer(dropout) for _ in range(LAYERS))
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(3 * WIDTH, labels)
        self.openers = tuple(openers)
        self.frozen = frozen
        for module in (self.word, self.position, self.norm, *self.layers[:frozen]):
            module.requires_grad_(requires_grad=False)
        self.segment.requires_grad_(requires_grad=False)

    def lower(self, ids: Any, padding: Any) -> Any:  # noqa: ANN401  tensors
        """States behind the frozen layers (batch x tokens x 384); `padding` is true where there is no token."""
        states = self.norm(self.word(ids) + self.position.weight[: ids.shape[1]] + self.segment)
        for layer in self.layers[: self.frozen]:
            states = layer(states, padding)
        return states

    def upper(self, states: Any, ids: Any, padding: Any) -> Any:  # noqa: ANN401  tensors
        """Logits from the states behind the frozen layers."""
        for layer in self.layers[self.frozen :]:
            states = layer(states, padding)
        kept = (~padding).to(states.dtype).unsqueeze(-1)
        openers = [((ids == opener).to(states.dtype).unsqueeze(-1) * states).sum(1) for opener in self.openers]
        return self.head(self.drop(torch.cat([*openers, (states * kept).sum(1) / kept.sum(1)], -1)))

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:  # noqa: ANN401  tensors
        """Probabilities of the labels: the graph that is exported."""
        padding = attention_mask == 0
        return self.upper(self.lower(input_ids, padding), input_ids, padding).softmax(-1)

    def load_base(self, weights: Path) -> None:
        """Take over the pretrained weights, as BERT names them."""
        given = load_file(str(weights))
        own = {
            "word.weight": given["embeddings.word_embeddings.weight"],
            "position.weight": given["embeddings.position_embeddings.weight"],
            "segment": given["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
        }
        for number in range(LAYERS):
            above, below = f"layers.{number}", f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = [given[f"{below}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                own[f"{above}.split.{kind}"] = torch.cat(parts)
                own |= {f"{above}.{ours}.{kind}": given[f"{below}.{theirs}.{kind}"] for ours, theirs in _PARTS.items()}
        missing = self.load_state_dict(own, strict=False).missing_keys
        unexpected = [name for name in missing if not name.startswith("head.")]
        if unexpected:
            raise ValueError(f"{weights}: lacks {', '.join(unexpected)}")
