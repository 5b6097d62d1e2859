"""Accuracy on the annotated development documents does not fall: floors and the corpus they hold for stand in floors.toml."""

import hashlib
import tomllib
from pathlib import Path

import msgspec
import pytest

from dragoman.app.benching import score_gold
from dragoman.app.config import Config
from dragoman.app.wiring import build_coder

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dev"
SETTINGS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not GOLD.is_dir(), reason="needs the annotated documents in ../shared/gold/dev, which are not part of this project"
    ),
]


@pytest.fixture(scope="module")
def scores():
    """All figures, coded once."""
    return msgspec.to_builtins(score_gold(build_coder(Config().parser.model), GOLD))


def test_the_corpus_is_the_one_that_the_floors_were_set_on():
    digest = hashlib.sha256()
    for path in sorted((*GOLD.glob("*.json"), *GOLD.glob("*.txt"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")

    assert digest.hexdigest() == SETTINGS["corpus"]["sha256"], "other documents: set the floors anew"


def test_no_figure_is_below_its_floor_or_above_its_ceiling(scores):
    floors = {key: (figure(scores, key), floor) for key, floor in SETTINGS["floors"].items()}
    ceilings = {key: (figure(scores, key), ceiling) for key, ceiling in SETTINGS["ceilings"].items()}

    fallen = {key: f"{reached} < {floor}" for key, (reached, floor) in floors.items() if reached < floor}
    risen = {key: f"{reached} > {ceiling}" for key, (reached, ceiling) in ceilings.items() if reached > ceiling}
    assert not fallen | risen


def figure(scores, key):
    for name in key.split("."):
        scores = scores[name]
    return scores
