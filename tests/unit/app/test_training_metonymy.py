"""Training a model: what it asks for before it begins."""

from pathlib import Path

import pytest

from dragoman.app import training_metonymy as training
from dragoman.app.config import CodingSettings, Config
from dragoman.app.usecases import lab_predict_metonymy
from dragoman.app.wiring import metonymy_classifier
from dragoman.backends.onnx_classifier import shipped_model
from dragoman.core.errors import ConfigError, InputError, MissingExtra
from dragoman.read.metonym_context import METONYMY_VERSION


def test_without_the_packages_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "find_spec", lambda name: None if name in {"torch", "onnx"} else object())
    with pytest.raises(MissingExtra, match=r"training needs torch, onnx: .*pip install 'dragoman\[train\]'"):
        list(training.train_metonymy(tmp_path, tmp_path / "out"))


def test_bench_files_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"relocar\.jsonl: there is no such file"):
        training.solved_rows(tmp_path)


def test_bench_rows_without_a_solution_are_refused(tmp_path: Path) -> None:
    (tmp_path / "relocar.jsonl").write_text('{"id": "a", "corpus": "relocar", "text": "Rome", "start": 0, "end": 4}')
    with pytest.raises(InputError, match=r"relocar\.jsonl: not JSON lines .*label"):
        training.solved_rows(tmp_path)


def test_without_a_model_nothing_is_predicted_and_rules_decide_alone(tmp_path: Path) -> None:
    config = Config(coding=CodingSettings(metonymy="none"))
    assert metonymy_classifier(config) is None
    with pytest.raises(ConfigError, match=r"coding\.metonymy: there is no model"):
        lab_predict_metonymy(config, tmp_path / "rows.jsonl", tmp_path / "out.jsonl")


def test_a_model_of_another_version_is_refused(tmp_path: Path) -> None:
    card = (shipped_model("metonymy") / "card.toml").read_text(encoding="utf-8")
    (tmp_path / "card.toml").write_text(card.replace(f'version = "{METONYMY_VERSION}"', 'version = "2"'), encoding="utf-8")
    classifier = metonymy_classifier(Config(coding=CodingSettings(metonymy=str(tmp_path))))
    assert classifier is not None
    with pytest.raises(ConfigError, match=r"card\.toml: a model of version 2, version 3 is needed"):
        classifier.classify(["Rome"])


def test_a_model_folder_that_is_named_must_be_one(tmp_path: Path) -> None:
    classifier = metonymy_classifier(Config(coding=CodingSettings(metonymy=str(tmp_path / "none-such"))))
    assert classifier is not None
    with pytest.raises(ConfigError, match=r"card\.toml: cannot be read"):
        classifier.classify(["Rome"])
