"""The classifier on onnxruntime: what it answers, and what it says of folders that it cannot use."""

import hashlib
import shutil
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from dragoman.backends.onnx_classifier import OnnxClassifier
from dragoman.core.errors import ConfigError
from dragoman.core.model_cards import ModelCard

TINY = Path(__file__).with_name("tiny_model") / "model.onnx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model that gives the share of the words met, called and struck."""
    words = ["[UNK]", "[A]", "[B]", "[C]", "[D]", "met", "called", "struck"]
    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    shutil.copy(TINY, tmp_path / "model.onnx")
    card = ModelCard(
        name="tiny",
        version="1",
        task="counts words",
        labels=("met", "called", "struck"),
        weights_sha256=hashlib.sha256(TINY.read_bytes()).hexdigest(),
        tokenizer_sha256=hashlib.sha256((tmp_path / "tokenizer.json").read_bytes()).hexdigest(),
        max_tokens=8,
        base="none",
        data="none",
        licence="Apache-2.0",
        figures={"f1": 1.0},
        measured="by eye",
        limits="a test",
    )
    (tmp_path / "card.toml").write_text(card.toml(), encoding="utf-8")
    return tmp_path


def test_it_gives_each_label_its_share_in_the_order_of_the_texts(folder):
    rows = OnnxClassifier(folder).classify(["they met and met and called", "struck"])
    assert rows[0] == pytest.approx((2 / 3, 1 / 3, 0))
    assert rows[1] == pytest.approx((0, 0, 1))


def test_no_texts_no_rows(folder):
    assert OnnxClassifier(folder).classify([]) == []


def test_texts_are_cut_at_the_length_that_the_card_states(folder):
    (row,) = OnnxClassifier(folder).classify(["met " + "and " * 7 + "struck"])
    assert row == pytest.approx((1, 0, 0))


def test_its_name_tells_other_weights_apart(folder):
    card = OnnxClassifier(folder).card
    assert OnnxClassifier(folder).name == f"tiny 1+{card.weights_sha256[:8]}"
    assert OnnxClassifier(folder).labels == ("met", "called", "struck")


@pytest.mark.parametrize("missing", ["card.toml", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_with_what_to_do(folder, missing):
    (folder / missing).unlink()
    with pytest.raises(ConfigError, match=rf"{missing}: cannot be read: .*name one in the settings"):
        OnnxClassifier(folder).classify(["met"])


@pytest.mark.parametrize("changed", ["model.onnx", "tokenizer.json"])
def test_a_file_that_the_card_does_not_describe_is_not_used(folder, changed):
    (folder / changed).write_bytes((folder / changed).read_bytes() + b" ")
    with pytest.raises(ConfigError, match=rf"{changed}: not the file that card\.toml describes"):
        OnnxClassifier(folder).classify(["met"])


@pytest.mark.parametrize("text", ["name = ", "name = 'tiny'", "\xff"])
def test_a_card_that_says_too_little_is_refused(folder, text):
    (folder / "card.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match="not a model card"):
        OnnxClassifier(folder).name  # noqa: B018  reading it is the test


def test_weights_that_are_no_graph_are_refused(folder):
    broken = b"no graph"
    card = (folder / "card.toml").read_text(encoding="utf-8")
    (folder / "model.onnx").write_bytes(broken)
    (folder / "card.toml").write_text(
        card.replace(hashlib.sha256(TINY.read_bytes()).hexdigest(), hashlib.sha256(broken).hexdigest()), encoding="utf-8"
    )
    with pytest.raises(ConfigError, match="onnxruntime cannot load it"):
        OnnxClassifier(folder).classify(["met"])
