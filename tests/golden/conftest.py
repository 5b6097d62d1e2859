"""One parser, gazetteer and reader for all golden pairs of a session."""

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.backends.spacy_parser import SpacyParser
from dragoman.core.text import Document
from dragoman.extract.coder import RuleCoder
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.places import load_places
from dragoman.read.places import PlaceReader
from dragoman.read.reader import Reader
from dragoman.read.reading import Reading

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def coder() -> RuleCoder:
    """Codes documents as the product does."""
    gazetteer = load_gazetteer()
    return RuleCoder(SpacyParser(), Reader(gazetteer, load_offices(), PlaceReader(gazetteer, load_places())))


@pytest.fixture(scope="session")
def read(coder: RuleCoder) -> Read:
    """Reads a text as the product does: `read(text, published=None)`."""

    def read_text(text: str, published: date | None = None) -> Reading:
        ((_, reading),) = coder.read([Document(text=text, published=published)])
        assert reading is not None
        return reading

    return read_text
