"""Measuring the desk: every address answers on a made-up record."""

from pathlib import Path

import pytest

from dragoman.app.config import load_config
from dragoman.app.made_up_store import fill
from dragoman.web.timing import open_desk, time_desk


@pytest.mark.slow
def test_every_address_of_the_desk_is_asked_and_answers(tmp_path: Path) -> None:
    config = load_config({"store": str(tmp_path / "made-up.db")}, env={}, folder=tmp_path)
    held = fill(config, 100)
    assert held.documents == 50
    assert fill(config, 100) == held
    desk, opened = open_desk(config)
    assert opened.documents == 50
    timed = list(time_desk(desk, askings=2))
    assert len(timed) > 50
    assert {one.address: one.status for one in timed if one.status not in {200, 404}} == {}
    assert all(0 < one.p50 <= one.p95 for one in timed)
