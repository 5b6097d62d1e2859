"""Which coder the settings mean: Dragoman's own, or one that an installed package offers."""

import pickle
import sys
from pathlib import Path

import msgspec
import pytest

from dragoman.app import wiring
from dragoman.app.config import LLM_KEY, CodingSettings, Config, LlmSettings, load_config
from dragoman.core.codec import dump
from dragoman.core.errors import ConfigError

READY = LlmSettings(address="https://models.example.org/v1", model="big-1")


def with_coder(name: str, llm: LlmSettings | None = None) -> Config:
    return msgspec.structs.replace(Config(), coding=CodingSettings(coder=name), llm=llm or LlmSettings())


def test_the_rules_code_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "build_coder", lambda *_, **_named: "the rules")
    assert wiring.CoderRecipe(Config())() == "the rules"


def test_a_language_model_needs_an_address_a_model_and_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LLM_KEY, raising=False)
    with pytest.raises(ConfigError, match=r"needs llm\.address and llm\.model"):
        wiring.make_coder(with_coder("llm"))
    with pytest.raises(ConfigError, match="DRAGOMAN_LLM_KEY is not set"):
        wiring.make_coder(with_coder("llm", READY))


def test_a_key_is_in_no_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(LLM_KEY, "sk-very-secret")
    config = load_config({"coding.coder": "llm"}, env={LLM_KEY: "sk-very-secret"}, folder=tmp_path)
    assert b"sk-very-secret" not in dump(config) + pickle.dumps(wiring.CoderRecipe(config))
    coder = wiring.make_coder(with_coder("llm", READY))
    assert (coder.name[:4], coder.model) == ("llm ", "big-1")


def test_an_unknown_coder_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ConfigError, match="'oracle' is unknown; choose one of rules, llm"):
        wiring.make_coder(with_coder("oracle"))


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package that offers a coder, and one that is broken."""
    (tmp_path / "desk_coder.py").write_text(
        "class DeskCoder:\n"
        "    name, model = 'desk 1', 'none'\n"
        "    def __init__(self, store): self.store = store\n"
        "    def code(self, documents): return iter(())\n"
        "def make(config): return DeskCoder(config.store)\n",
        encoding="utf-8",
    )
    installed = tmp_path / "desk_coder-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: desk-coder\nVersion: 1\n", encoding="utf-8")
    (installed / "entry_points.txt").write_text(
        "[dragoman.coders]\ndesk = desk_coder:make\nbroken = desk_coder:gone\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("desk_coder", None)


@pytest.mark.usefixtures("plug_in")
def test_an_installed_package_can_offer_a_coder() -> None:
    coder = wiring.make_coder(with_coder("desk"))
    assert (coder.name, coder.store) == ("desk 1", "dragoman.db")
    with pytest.raises(ConfigError, match=r"'broken' \(desk_coder:gone\) cannot be loaded"):
        wiring.make_coder(with_coder("broken"))
    with pytest.raises(ConfigError, match="choose one of rules, llm, broken, desk"):
        wiring.make_coder(with_coder("oracle"))
