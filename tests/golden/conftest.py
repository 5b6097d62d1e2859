"""One parser, gazetteer and reader for all golden pairs of a session."""

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.app.config import Config
from dragoman.app.wiring import metonymy_classifier
from dragoman.backends.spacy_parser import SpacyParser
from dragoman.core.text import Document
from dragoman.extract.coder import RuleCoder
from dragoman.extract.engagements import find_engagements
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.places import load_places
from dragoman.read.metonyms import MetonymReader
from dragoman.read.places import PlaceReader
from dragoman.read.reader import Reader
from dragoman.read.reading import Reading

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """The parser of the product."""
    return SpacyParser()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader of the product."""
    gazetteer = load_gazetteer()
    return Reader(gazetteer, load_offices(), PlaceReader(gazetteer, load_places()), MetonymReader(metonymy_classifier(Config())))


@pytest.fixture(scope="session")
def coder(parser: SpacyParser, reader: Reader) -> RuleCoder:
    """Codes the engagements of documents as the product does, and nothing else: that is quicker."""
    return RuleCoder(parser, reader, (find_engagements,))


@pytest.fixture(scope="session")
def whole_coder(parser: SpacyParser, reader: Reader) -> RuleCoder:
    """Codes all kinds of claims, as the product does."""
    return RuleCoder(parser, reader)


@pytest.fixture(scope="session")
def read(coder: RuleCoder) -> Read:
    """Reads a text as the product does: `read(text, published=None)`."""

    def read_text(text: str, published: date | None = None) -> Reading:
        ((_, reading),) = coder.read([Document(text=text, published=published)])
        assert reading is not None
        return reading

    return read_text
