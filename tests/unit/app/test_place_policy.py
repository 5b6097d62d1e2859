"""The policy on disputed places reaches the coder, and its name tells."""

from pathlib import Path

import msgspec
import pytest

from dragoman.app import wiring
from dragoman.app.config import Config, PlaceSettings, load_config
from dragoman.core.errors import ConfigError
from dragoman.knowledge.disputes import Naming, Policy


def test_another_policy_is_part_of_the_coders_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wiring._marks(PlaceSettings(), None) == ()
    assert wiring._marks(PlaceSettings(disputed=Policy.DE_FACTO), None) == ("disputed-de_facto",)
    open_places = PlaceSettings(Policy.OPEN, Naming.UN)
    assert wiring._marks(open_places, None) == ("disputed-open", "names-un")
    monkeypatch.setattr(wiring, "build_coder", lambda _model, _dossiers, places, *_, **_named: places)
    assert wiring.make_coder(msgspec.structs.replace(Config(), places=open_places)) == open_places


def test_settings_are_read_and_checked(tmp_path: Path):
    config = load_config({}, env={"DRAGOMAN_PLACES_DISPUTED": "open"}, folder=tmp_path)
    assert config.places == PlaceSettings(disputed=Policy.OPEN)
    assert Config().places.disputed is Policy.UN
    with pytest.raises(ConfigError, match="DRAGOMAN_PLACES_DISPUTED='both'"):
        load_config({}, env={"DRAGOMAN_PLACES_DISPUTED": "both"}, folder=tmp_path)
