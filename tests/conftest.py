"""What tests of several folders start from."""

import atexit
import gc
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from dragoman.backends import passwords
from dragoman.backends.sql_store import open_store

# As the command does: several threads for small products take four times the CPU of one. NumPy reads it when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_sessionfinish() -> None:
    """Collect garbage once, so that what was left open is told; what lives on is not gone through again and again at the end."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Passwords are hashed as cheaply as the method allows: what makes it safe takes a good part of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite store with nothing in it, to be copied: to set one up takes longer than most tests."""
    path = tmp_path_factory.mktemp("empty") / "dragoman.db"
    open_store(path).close()
    return path
