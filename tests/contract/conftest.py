"""Every store that there is, for the suites that all of them pass."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from dragoman.backends.memory_store import MemoryStore
from dragoman.backends.sql_store import open_store
from dragoman.core.ports import Store

POSTGRES = "DRAGOMAN_TEST_POSTGRES"


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    if request.param == "memory":
        made: Store = MemoryStore()
    elif request.param == "sqlite":
        made = open_store(Path(shutil.copy(empty_store, tmp_path)))
    else:
        made = open_store(request.getfixturevalue("postgres_address"))
    yield made
    made.close()


@pytest.fixture
def postgres_address() -> Iterator[str]:
    """A fresh schema on the server, so that nothing else there is touched."""
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
