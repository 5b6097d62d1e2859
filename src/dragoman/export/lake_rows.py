"""Documents and claims as rows of a lake: one row a claim, with its spans, and the whole claim beside what one asks for."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import Coding
from dragoman.core.codec import dump
from dragoman.core.queries import index_claim
from dragoman.core.text import Document, Span

SCHEMA = 1
"""Version of the rows; a lake of another version is not written to."""

UNDATED = 0
"""The year of documents without a published date."""


class SpanRow(msgspec.Struct, frozen=True):
    """Code-point offsets in the document's text, `start` in, `end` out."""

    start: int
    end: int


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim; `claim` is all of it as JSON, the other columns are what one asks for."""

    id: str
    kind: str
    type: str | None
    document: str
    published: date | None
    source: str | None
    url: str | None
    factuality: str
    setting: str
    actors: tuple[str, ...]
    """Codes of the actors that it is about, names of those without."""
    dossiers: tuple[str, ...]
    first: date | None
    """First and last day of what it tells of; of a deadline both are its day."""
    last: date | None
    place: str | None
    country: str | None
    rule: str
    score: float | None
    quote: str
    """The words of its first span."""
    spans: tuple[SpanRow, ...]
    claim: str


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One document; `document` and `coding` are all that the store keeps of it, as JSON, the coding without its claims."""

    id: str
    name: str | None
    title: str | None
    source: str | None
    published: date | None
    language: str | None
    url: str | None
    licence: str | None
    characters: int
    claims: int
    problems: tuple[str, ...]
    document: str
    coding: str


def year_of(document: Document) -> int:
    """The partition that a document and its claims are in."""
    return document.published.year if document.published else UNDATED


def document_row(document: Document, coding: Coding) -> DocumentRow:
    """A document with its coding."""
    return DocumentRow(
        id=document.id,
        name=document.name,
        title=document.title,
        source=document.source,
        published=document.published,
        language=document.language,
        url=document.url,
        licence=document.licence,
        characters=len(document.text),
        claims=len(coding.claims),
        problems=tuple(problem.code for problem in coding.problems),
        document=dump(document).decode(),
        coding=dump(msgspec.structs.replace(coding, claims=())).decode(),
    )


def claim_rows(document: Document, coding: Coding) -> Iterator[ClaimRow]:
    """The claims of a coding in their order."""
    for claim in coding.claims:
        index, place = index_claim(claim), getattr(claim, "place", None)
        yield ClaimRow(
            id=claim.id,
            kind=index.kind,
            type=index.type,
            document=document.id,
            published=document.published,
            source=document.source,
            url=document.url,
            factuality=claim.factuality,
            setting=claim.setting,
            actors=tuple(sorted({actor.key for actor in _actors(claim)})),
            dossiers=claim.dossiers,
            first=index.first,
            last=index.last,
            place=place.name if place else None,
            country=place.country if place else None,
            rule=claim.rule,
            score=claim.score,
            quote=claim.evidence[0].of(document.text),
            spans=_spans(claim.evidence),
            claim=dump(claim).decode(),
        )


def _actors(value: object) -> Iterator[Actor]:
    """All actors in a claim, however deep."""
    if isinstance(value, Actor):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _actors(each)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _actors(getattr(value, name))


def _spans(spans: Sequence[Span]) -> tuple[SpanRow, ...]:
    return tuple(SpanRow(span.start, span.end) for span in spans)
