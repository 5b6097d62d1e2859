"""Settings: where they come from, which wins, and what a wrong one says."""

from pathlib import Path

import pytest

from dragoman.app.config import load_config
from dragoman.core.errors import ConfigError
from dragoman.core.vocab import Reliability


@pytest.fixture(autouse=True)
def _no_user_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda _name: tmp_path / "nowhere")


def write(folder: Path, text: str) -> Path:
    path = folder / "dragoman.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_anything_every_setting_is_a_default(tmp_path: Path) -> None:
    config = load_config({}, env={}, folder=tmp_path)
    assert config.store == "dragoman.db"
    assert {origin for _, _, origin in config.settings()} == {"default"}


def test_later_wins_and_each_setting_knows_its_origin(tmp_path: Path) -> None:
    path = write(tmp_path, 'store = "file.db"\n[run]\nworkers = 1\nbatch = 5\n')
    config = load_config({"store": "given.db"}, env={"DRAGOMAN_RUN_WORKERS": "2"}, folder=tmp_path)
    origins = {key: (value, origin) for key, value, origin in config.settings()}
    assert origins["store"] == ("given.db", "command line")
    assert origins["run.workers"] == (2, "DRAGOMAN_RUN_WORKERS")
    assert origins["run.batch"] == (5, str(path))
    assert origins["parser.model"][1] == "default"


def test_an_option_that_was_not_given_changes_nothing(tmp_path: Path) -> None:
    assert load_config({"store": None}, env={"DRAGOMAN_STORE": "env.db"}, folder=tmp_path).store == "env.db"


def test_sources_are_graded_by_name(tmp_path: Path) -> None:
    write(tmp_path, '[sources."Example.com: World"]\ngrade = "B"\nnote = "slow"\n')
    config = load_config({}, env={}, folder=tmp_path)
    assert config.sources["Example.com: World"].grade is Reliability.B


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[run]\nworker = 1\n", "did you mean run.workers"),
        ("stor = 'x'\n", "did you mean store"),
        ("[runs]\n", "unknown setting 'runs'"),
        ("[run]\nworkers = -1\n", "run.workers = -1"),
        ("[run]\nworkers = 'two'\n", "Expected `int`"),
        ("[sources.X]\ngrade = 'Z'\n", "sources.X"),
        ("[sources.X]\ngrad = 'A'\n", "unknown field `grad`"),
        ("run = \n", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file_and_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config({}, env={}, folder=tmp_path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DRAGOMAN_RUN_WORKER", "1", "did you mean DRAGOMAN_RUN_WORKERS"),
        ("DRAGOMAN_RUN_WORKERS", "x", "DRAGOMAN_RUN_WORKERS='x'"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_config({}, env={name: value}, folder=tmp_path)


def test_switches_and_test_variables_are_no_settings(tmp_path: Path) -> None:
    load_config({}, env={"DRAGOMAN_DEBUG": "1", "DRAGOMAN_TEST_POSTGRES": "x"}, folder=tmp_path)


def test_a_named_file_must_exist_and_is_then_the_only_one(tmp_path: Path) -> None:
    write(tmp_path, 'store = "here.db"\n')
    other = tmp_path / "other.toml"
    other.write_text("[run]\nbatch = 3\n", encoding="utf-8")
    config = load_config({}, env={"DRAGOMAN_CONFIG": str(other)}, folder=tmp_path)
    assert (config.store, config.run.batch) == ("dragoman.db", 3)
    with pytest.raises(ConfigError, match="no such configuration file"):
        load_config({}, env={}, folder=tmp_path, file=tmp_path / "gone.toml")
