"""Train the metonymy classifier: the upper layers of a MiniLM and a small head, on masked place names of three corpora at once.

The head reads the state of the masked name and of the first token; the guideline's own vector is added to the states that enter
the trained layers, and each guideline has an output of its own. Masking after Li et al. 2020 (COLING); rates that fall from layer
to layer after Howard and Ruder 2018 (ACL); the weights of runs in different orders are averaged (Wortsman et al. 2022, ICML).
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  the name that torch's own documents use
from tokenizers import Tokenizer

from dragoman.backends.torch_encoder import Encoder, Weights, dropped, padded
from dragoman.knowledge.name_kinds import names_of_kind
from dragoman.read.metonym_context import KINDS, MARKS

GUIDELINES = tuple(MARKS)
_WORDS = "embeddings.word_embeddings.weight"


class Recipe(msgspec.Struct, frozen=True):
    """How the classifier is trained; the defaults are those of the weights that come along."""

    frozen: int = 2
    """Lower layers that stay as they are."""
    epochs: int = 6
    batch: int = 32
    rate: float = 2e-4
    """Learning rate of the uppermost layer; each one below has `decay` of the one above, the head `head_rate`."""
    decay: float = 0.8
    head_rate: float = 1e-3
    warm_up: float = 0.1
    """Share of the steps over which rates rise from nothing; then they fall to nothing again."""
    dropout: float = 0.1
    smoothing: float = 0.05
    """How far a label is moved towards the other one."""
    weight_decay: float = 0.01
    told: float = 0.7
    """Share that a run told the kinds of the names has in the weights; the rest is of a run that is told none."""
    seeds: tuple[int, ...] = (1,)
    """Orders of the examples; the weights of one run for each are averaged."""


class Example(msgspec.Struct, frozen=True):
    """One masked name: token ids without the guideline's token, where the name is, the guideline's number and the solution."""

    ids: torch.Tensor
    at: int
    guideline: int
    label: float


class MetonymyTrainer:
    """Fits weights to masked texts and reads texts with them."""

    def __init__(self, base: Path, recipe: Recipe) -> None:
        self.recipe = recipe
        self.encoder = Encoder(base, frozen=recipe.frozen)
        self.tokenizer = guideline_tokenizer(base)
        teach_kinds(self.encoder, self.tokenizer)
        self._states: dict[int, torch.Tensor] = {}

    def examples(self, texts: Sequence[str], labels: Sequence[bool]) -> tuple[Example, ...]:
        """Masked texts with their solutions, ready to be trained on or read."""
        kinds = torch.tensor([self.tokenizer.token_to_id(token) for token in KINDS.values()])
        marks = [self.tokenizer.token_to_id(MARKS[guideline]) for guideline in GUIDELINES]
        found = []
        for text, label in zip(texts, labels, strict=True):
            first, mark, *rest = self.tokenizer.encode(text).ids
            ids = torch.tensor([first, *rest])
            found.append(Example(ids, int(torch.isin(ids, kinds).nonzero()[0, 0]), marks.index(mark), float(label)))
        return tuple(found)

    def fit_both(self, untold: Sequence[Example], told: Sequence[Example]) -> Weights:
        """Weights averaged over a run on examples whose names are all masked alike and one on examples told their kinds."""
        plain, kinds = self.fit(untold), self.fit(told)
        return {name: torch.lerp(plain[name], kinds[name], self.recipe.told) for name in plain}

    def fit(self, examples: Sequence[Example]) -> Weights:
        """Weights of the trained layers and the head, averaged over the recipe's seeds."""
        runs = [self._run(examples, seed) for seed in self.recipe.seeds]
        return {name: torch.stack([run[name] for run in runs]).mean(0) for name in runs[0]}

    def probabilities(self, weights: Mapping[str, torch.Tensor], examples: Sequence[Example]) -> list[float]:
        """How likely each masked name is metonymic."""
        found = [0.0] * len(examples)
        with torch.no_grad(), _half_precision():
            for batch in _batches(sorted(range(len(examples)), key=lambda i: len(examples[i].ids)), 64):
                logits = self._logits(weights, [examples[i] for i in batch], dropout=0.0)
                for index, value in zip(batch, torch.sigmoid(logits).tolist(), strict=True):
                    found[index] = value
        return found

    def _run(self, examples: Sequence[Example], seed: int) -> Weights:
        torch.manual_seed(seed)
        order = random.Random(seed)  # noqa: S311  a shuffle that can be repeated, no secret
        weights = self._start()
        optimizer = torch.optim.AdamW([self._group(name, weight) for name, weight in weights.items()], betas=(0.9, 0.98))
        steps = self.recipe.epochs * math.ceil(len(examples) / self.recipe.batch)
        rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _slope(step / steps, self.recipe.warm_up))
        for _ in range(self.recipe.epochs):
            for batch in _mixed(examples, self.recipe.batch, order):
                labels = torch.tensor([example.label for example in batch])
                with _half_precision():
                    logits = self._logits(weights, batch, dropout=self.recipe.dropout)
                aims = labels + self.recipe.smoothing * (1 - 2 * labels)
                loss = F.binary_cross_entropy_with_logits(logits, aims)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
                optimizer.step()
                rates.step()
        return {name: weight.detach() for name, weight in weights.items()}

    def _start(self) -> Weights:
        """The checkpoint's upper layers and a fresh head, the same for every seed, so that runs can be averaged."""
        size, made = self.encoder.shape.size, torch.Generator().manual_seed(0)
        weights = {name: self.encoder.base[name].clone() for name in self.encoder.trained}
        weights["guidelines"] = torch.zeros(len(GUIDELINES), size)
        weights["inner.weight"] = torch.randn(size, 2 * size, generator=made) * 0.02
        weights["inner.bias"] = torch.zeros(size)
        weights["output.weight"] = torch.randn(len(GUIDELINES), size, generator=made) * 0.02
        weights["output.bias"] = torch.zeros(len(GUIDELINES))
        return {name: weight.requires_grad_() for name, weight in weights.items()}

    def _group(self, name: str, weight: torch.Tensor) -> dict[str, object]:
        """The optimiser's settings for one weight."""
        rate = self.recipe.head_rate
        if name.startswith("encoder.layer."):
            rate = self.recipe.rate * self.recipe.decay ** (self.encoder.shape.layers - 1 - int(name.split(".")[2]))
        decayed = weight.dim() > 1 and name != "guidelines"
        return {"params": [weight], "lr": rate, "weight_decay": self.recipe.weight_decay if decayed else 0.0}

    def _logits(self, weights: Mapping[str, torch.Tensor], batch: Sequence[Example], *, dropout: float) -> torch.Tensor:
        states, mask = padded([self._lower(example) for example in batch])
        at = torch.tensor([example.at for example in batch])
        guideline = torch.tensor([example.guideline for example in batch])
        return upper(self.encoder, weights, states, mask, at, guideline, dropout=dropout).float()

    def _lower(self, example: Example) -> torch.Tensor:
        """The states above the frozen layers, run once for each example and kept."""
        key = id(example)
        if key not in self._states:
            with torch.no_grad(), _half_precision():
                self._states[key] = self.encoder.lower(example.ids[None])[0].to(torch.float32)
        return self._states[key]


def guideline_tokenizer(base: Path) -> Tokenizer:
    """The checkpoint's tokenizer, to which each guideline's mark is one token."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.add_special_tokens([*MARKS.values(), *KINDS.values()])
    return tokenizer


def teach_kinds(encoder: Encoder, tokenizer: Tokenizer) -> None:
    """Give the token of each kind of name the mean word embedding, of mean length, of its names that are one token."""
    table = encoder.base[_WORDS].clone()
    for kind, names in names_of_kind().items():
        ids = [number for name in sorted(names) if (number := tokenizer.token_to_id(name)) is not None]
        words = encoder.base[_WORDS][ids]
        table[tokenizer.token_to_id(KINDS[kind])] = F.normalize(words.mean(0), dim=0) * words.norm(dim=1).mean()
    encoder.base[_WORDS] = table


def upper(
    encoder: Encoder,
    weights: Mapping[str, torch.Tensor],
    states: torch.Tensor,
    mask: torch.Tensor | None,
    at: torch.Tensor,
    guideline: torch.Tensor,
    *,
    dropout: float = 0.0,
) -> torch.Tensor:
    """Log odds of the metonymic reading (one per text), from the states above the frozen layers."""
    states = states + weights["guidelines"][guideline][:, None]
    last = encoder.shape.layers - 1
    for number in range(encoder.frozen, last):
        states = encoder.layer(weights, number, states, mask, dropout=dropout)
    chosen = torch.stack([at, torch.zeros_like(at)], dim=1)
    states = encoder.layer(weights, last, states, mask, only=chosen, dropout=dropout)
    inner = F.linear(dropped(states.flatten(1), dropout), weights["inner.weight"], weights["inner.bias"])
    outputs = F.linear(dropped(F.gelu(inner), dropout), weights["output.weight"], weights["output.bias"])
    return outputs.gather(1, guideline[:, None])[:, 0]


def _half_precision() -> torch.autocast:
    return torch.autocast("cpu", torch.bfloat16)


def _slope(done: float, warm_up: float) -> float:
    return done / warm_up if done < warm_up else (1 - done) / (1 - warm_up)


def _batches(indices: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(indices), size):
        yield indices[start : start + size]


def _mixed(examples: Sequence[Example], size: int, order: random.Random) -> Iterator[list[Example]]:
    """All examples once, in batches of like length (less padding), shuffled anew."""
    indices = order.sample(range(len(examples)), len(examples))
    batches = [
        batch
        for pool in _batches(indices, 16 * size)
        for batch in _batches(sorted(pool, key=lambda index: len(examples[index].ids)), size)
    ]
    order.shuffle(batches)
    for batch in batches:
        yield [examples[index] for index in batch]
