"""What tests of several folders start from."""

from pathlib import Path

import pytest

from dragoman.backends.sql_store import open_store


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with nothing in it, to be copied: to set one up takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "dragoman.db"
    open_store(path).close()
    return path
