"""One coder for all examples, and a folder with the example documents already run."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from dragoman.app import wiring
from dragoman.cli.main import run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def one_coder():
    """Loading takes seconds; every page would do it again."""
    with pytest.MonkeyPatch.context() as patch:
        cached = cache(wiring.build_coder)
        patch.setattr(wiring, "build_coder", cached)
        yield


@pytest.fixture(scope="session")
def desk(one_coder, tmp_path_factory):
    """The folder in which a reader would be after the first steps."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", folder / "examples")
    assert run(["--store", str(folder / "dragoman.db"), "run", str(folder / "examples" / "documents")]) in {0, 7}
    return folder
