"""What a format reader gets out of an input, before dates, languages and titles are settled."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO

import msgspec

from dragoman.core.claims import Problem
from dragoman.core.ports import Fetcher
from dragoman.ingest.options import IngestOptions


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The raw fields of one document as its input words them; `where` names file and line, address or record."""

    where: str
    text: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    published_mapped: bool = False
    """Whether `published` came from a column that the user named."""
    language: str | None = None
    language_hint: str | None = None
    """A page's own word on its language, believed only where the text is too short to tell: templates often get it wrong."""
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    name: str | None = None
    identified: bool = False
    """Whether `name` is an id that the input gave, not a file name."""


Drafts = Iterator[Draft | Problem]


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stream of bytes came from: what messages call it, what its document is called, and what a server said of it."""

    where: str
    name: str
    url: str | None = None
    charset: str | None = None


class Context(msgspec.Struct, frozen=True):
    """What every reader may need: the user's options, the way to the network (None when it is off), and today."""

    options: IngestOptions
    fetcher: Fetcher | None
    today: date


Reader = Callable[[BinaryIO, Location, Context], Drafts]
"""Reads the documents of one format out of a stream of decompressed bytes."""


WARNINGS = frozenset({"date", "undated", "duplicate-id", "guessed-encoding"})
"""Problem codes that come beside a document which was read, not instead of one."""


def problem(code: str, where: str, what: str, remedy: str | None = None) -> Problem:
    """Make a `Problem` in one line."""
    return Problem(code=code, where=where, what=what, remedy=remedy)
