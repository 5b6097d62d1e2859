"""`Classifier` on a compact encoder run by onnxruntime: one folder holds its weights, its tokenizer and its card."""

import hashlib
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.model_cards import ModelCard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CARD = "card.toml"
WEIGHTS = "model.onnx"
TOKENIZER = "tokenizer.json"


class OnnxClassifier:
    """Labels texts with the model in a folder, loaded on first use.

    The graph takes `input_ids` and `attention_mask` (int64, 1 × tokens) and gives one row per text first, such as the
    probability of each label. Texts are run one by one: the quantised weights scale their input by the largest value in a
    batch, so that a text's score would hang on its neighbours; on one thread a batch is hardly faster.
    """

    def __init__(self, folder: Path, *, threads: int = 1, version: str | None = None) -> None:
        self._folder = folder
        self._version = version
        self._threads = threads
        self._card: ModelCard | None = None
        self._engine: tuple[Any, Any] | None = None

    @property
    def card(self) -> ModelCard:
        """The model's card; ConfigError where the folder holds none that can be read, or one of another version than asked for.

        Models of different versions may read texts written in different ways.
        """
        if self._card is None:
            card = read_card(self._folder)
            if self._version not in {None, card.version}:
                raise ConfigError(
                    f"{self._folder / CARD}: a model of version {card.version}, version {self._version} is needed: train it anew"
                )
            self._card = card
        return self._card

    @property
    def name(self) -> str:
        """Name, version and eight digits of the weights' hash, recorded with what the model decided."""
        return f"{self.card.name} {self.card.version}+{self.card.weights_sha256[:8]}"

    @property
    def labels(self) -> tuple[str, ...]:
        """What it tells apart."""
        return self.card.labels

    def classify(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """The probability of each label for each text, in order; ConfigError where the model cannot be used."""
        return [tuple(float(value) for value in row) for row in self.run(texts)]

    def run(self, texts: Sequence[str]) -> "list[NDArray[np.float32]]":
        """The graph's first output for each text, without the leading axis."""
        import numpy as np  # noqa: PLC0415  loaded with the model

        tokenizer, session = self._load()
        rows: list[NDArray[np.float32]] = []
        for text in texts:
            encoded = tokenizer.encode(text)
            ids = np.array([encoded.ids], dtype=np.int64)
            rows.append(session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0])
        return rows

    def _load(self) -> tuple[Any, Any]:
        if self._engine is None:
            card = self.card
            tokens = _checked(self._folder / TOKENIZER, card.tokenizer_sha256)
            weights = _checked(self._folder / WEIGHTS, card.weights_sha256)
            self._engine = (_tokenizer(tokens, card), _session(weights, self._threads, self._folder / WEIGHTS))
        return self._engine


def shipped_model(name: str) -> Path:
    """The folder of a model that comes with Dragoman."""
    return Path(str(resources.files("dragoman.backends").joinpath("models", name)))


def read_card(folder: Path) -> ModelCard:
    """Read a model folder's card; ConfigError says what is wrong with it."""
    path = folder / CARD
    try:
        return msgspec.convert(tomllib.loads(_read(path).decode()), ModelCard)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{path}: not a model card: {error}; take the folder anew from where it was made") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read: {error.strerror}; a model is a folder with {CARD}, {WEIGHTS} and {TOKENIZER}: "
            'name one in the settings, or "none" to do without'
        ) from error


def _checked(path: Path, sha256: str) -> bytes:
    """The bytes of a file that must be the one its card describes."""
    raw = _read(path)
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise ConfigError(f"{path}: not the file that {CARD} describes (its SHA-256 differs); take the folder anew")
    return raw


def _tokenizer(raw: bytes, card: ModelCard) -> Any:  # noqa: ANN401  loaded late, and its types with it
    from tokenizers import Tokenizer  # noqa: PLC0415  only a model needs it

    tokenizer = Tokenizer.from_str(raw.decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(card.max_tokens)
    return tokenizer


def _session(weights: bytes, threads: int, path: Path) -> Any:  # noqa: ANN401  onnxruntime has no types
    import onnxruntime as ort  # noqa: PLC0415  a third of a second that only a model needs
    from onnxruntime.capi import onnxruntime_pybind11_state as faults  # noqa: PLC0415

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except (faults.Fail, faults.InvalidArgument, faults.InvalidGraph, faults.InvalidProtobuf, faults.NotImplemented) as error:
        raise ConfigError(f"{path}: onnxruntime cannot load it: {error}; take the folder anew or update onnxruntime") from error
