"""Reading files that a test writes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from dragoman.core.claims import Problem
from dragoman.core.errors import FetchError
from dragoman.core.ports import Fetched
from dragoman.core.text import Document
from dragoman.ingest import IngestOptions, read_sources

TODAY = date(2026, 3, 1)


class Result(msgspec.Struct):
    documents: list[Document]
    problems: list[Problem]

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    @property
    def texts(self) -> list[str]:
        return [document.text for document in self.documents]


class StubFetcher:
    """Pages by address; other addresses fail with the code "http-404"."""

    def __init__(self, pages: dict[str, Fetched]) -> None:
        self.pages = pages

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        if url not in self.pages:
            raise FetchError(f"{url} answered with HTTP status 404", "http-404")
        return self.pages[url]


Read = Callable[..., Result]


def read_all(*sources: str | Path, fetcher: StubFetcher | None = None, stdin: object = None, **options: object) -> Result:
    items = list(
        read_sources([str(source) for source in sources], IngestOptions(**options), fetcher=fetcher, today=TODAY, stdin=stdin)
    )
    documents = [item for item in items if isinstance(item, Document)]
    return Result(documents, [item for item in items if isinstance(item, Problem)])


@pytest.fixture
def read() -> Read:
    return read_all


@pytest.fixture
def stub() -> type[StubFetcher]:
    return StubFetcher
