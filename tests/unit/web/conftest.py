"""One way to a client of a desk, for all tests of pages and of the API."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from dragoman.app.config import WebSettings
from dragoman.app.desk import Desk
from dragoman.web.application import create_application, take_desk

Serve = Callable[[Desk], AbstractContextManager[TestClient[Any]]]


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serve a desk; an application whose client is gone takes the next desk, as building one takes longer than most tests."""
    free: list[Litestar] = []

    @contextmanager
    def served(desk: Desk) -> Iterator[TestClient[Any]]:
        assert desk.config.web == WebSettings(), "the settings of the web are built into an application: make one for these"
        if free:
            take_desk(application := free.pop(), desk)
        else:
            application = create_application(desk, port=8765)
        application.stores.get("rate_limit")._store.clear()
        with TestClient(application, base_url="http://127.0.0.1:8765") as client:
            yield client
        free.append(application)

    return served
