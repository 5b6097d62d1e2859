"""Every store that there is, for the suites that all of them pass."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from dragoman.backends.memory_store import MemoryStore
from dragoman.backends.sql_store import open_store
from dragoman.core.ports import Store

POSTGRES = "DRAGOMAN_TEST_POSTGRES"


STORES = ["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    with opened(request.param, tmp_path, empty_store) as made:
        yield made


@pytest.fixture(params=STORES, scope="module")
def asked_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Iterator[Store]:
    """A store for tests that fill it once and then only ask."""
    with opened(request.param, tmp_path_factory.mktemp("asked"), empty_store) as made:
        yield made


@pytest.fixture
def postgres_address() -> Iterator[str]:
    """A fresh schema on the server, so that nothing else there is touched."""
    with _schema() as address:
        yield address


@contextmanager
def opened(kind: str, folder: Path, empty_store: Path) -> Iterator[Store]:
    """An empty store of a kind."""
    with ExitStack() as stack:
        if kind == "memory":
            made: Store = MemoryStore()
        elif kind == "sqlite":
            made = open_store(Path(shutil.copy(empty_store, folder)))
        else:
            made = open_store(stack.enter_context(_schema()))
        stack.callback(made.close)
        yield made


@contextmanager
def _schema() -> Iterator[str]:
    address = os.environ.get(POSTGRES)
    if not address:
        pytest.skip(f"{POSTGRES} is not set: run scripts/with-postgres pytest")
    name = f"test_{uuid4().hex}"
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    yield f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{name}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()
