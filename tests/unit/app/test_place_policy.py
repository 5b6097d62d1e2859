"""The policy on disputed places reaches the coder, and its name tells."""

from pathlib import Path

import pytest

from dragoman.app import wiring
from dragoman.app.config import Config, PlaceSettings, load_config
from dragoman.core.errors import ConfigError
from dragoman.knowledge.disputes import Naming, Policy


class Model:
    name = "no model"


@pytest.fixture
def name_with(monkeypatch):
    monkeypatch.setattr(wiring, "make_parser", lambda _model: Model())
    return lambda places: wiring.build_coder("none", None, places).name


def test_another_policy_is_part_of_the_coders_name(name_with):
    shipped = name_with(PlaceSettings())
    assert name_with(PlaceSettings(disputed=Policy.DE_FACTO)) == f"{shipped}+disputed-de_facto"
    assert name_with(PlaceSettings(Policy.OPEN, Naming.UN)) == f"{shipped}+disputed-open+names-un"


def test_settings_are_read_and_checked(tmp_path: Path):
    config = load_config({}, env={"DRAGOMAN_PLACES_DISPUTED": "open"}, folder=tmp_path)
    assert config.places == PlaceSettings(disputed=Policy.OPEN)
    assert Config().places.disputed is Policy.UN
    with pytest.raises(ConfigError, match="DRAGOMAN_PLACES_DISPUTED='both'"):
        load_config({}, env={"DRAGOMAN_PLACES_DISPUTED": "both"}, folder=tmp_path)
