"""The Python interface: a coder that is ready to use."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from dragoman.app.config import load_config
from dragoman.app.wiring import make_coder
from dragoman.core.claims import Coding
from dragoman.core.ports import Coder
from dragoman.core.text import Document
from dragoman.core.vocab import DateSource


class LoadedCoder:
    """Codes documents; made by `dragoman.load`."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder

    @property
    def name(self) -> str:
        """Name and version of the rules, and of the parser's model."""
        return f"{self._coder.name}, {self._coder.model}"

    def code(self, document: Document) -> Coding:
        """Code one document."""
        return next(iter(self._coder.code([document])))

    def code_all(self, documents: Iterable[Document]) -> Iterator[Coding]:
        """Code documents in order; faster than one by one, because they are parsed together."""
        return self._coder.code(documents)

    def code_text(self, text: str, *, published: date | str | None = None, title: str | None = None) -> Coding:
        """Code a bare text; `published` (a date or an ISO date) is what words such as "on Tuesday" are resolved against."""
        day = date.fromisoformat(published) if isinstance(published, str) else published
        origin = DateSource.OPTION if day else DateSource.UNKNOWN
        return self.code(Document(text=text, title=title, published=day, published_from=origin))


def load(model: str | None = None) -> LoadedCoder:
    """Load the configured coder (the rules, unless told otherwise), parsing with `model` if it is given; takes a few seconds."""
    config = load_config({"parser.model": model}, env=os.environ, folder=Path.cwd())
    return LoadedCoder(make_coder(config))
