"""One parser, gazetteer and reader for all golden pairs of a session."""

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.backends.spacy_parser import SpacyParser
from dragoman.core.text import Document
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.places import load_places
from dragoman.read.layout import parser_text, read_layout
from dragoman.read.places import PlaceReader
from dragoman.read.reader import Reader
from dragoman.read.reading import Reading

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads a text as the product does: `read(text, published=None)`."""
    parser = SpacyParser()
    gazetteer = load_gazetteer()
    reader = Reader(gazetteer, load_offices(), PlaceReader(gazetteer, load_places()))

    def read_text(text: str, published: date | None = None) -> Reading:
        document = Document(text=text, published=published)
        layout = read_layout(document)
        return reader.read(document, layout, tuple(parser.parse(parser_text(document, block) for block in layout.blocks)))

    return read_text
