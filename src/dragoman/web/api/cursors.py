"""Lists a page at a time, by cursors that name the last item seen and so stay valid when items are added before or after it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from dragoman.core.ids import content_hash

T = TypeVar("T")
S = TypeVar("S")
Key = tuple[int | str, ...]
"""What an item is ordered by; the last part tells it from all others."""

LONGEST = 500
_USUAL = 50


class Listing(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list."""

    items: tuple[T, ...]
    total: Annotated[int, msgspec.Meta(description="How many fit, on this page or not.")]
    next: Annotated[str | None, msgspec.Meta(description="Cursor of the next page; null on the last one.")] = None


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """Which page is wanted: the key of the last item seen, None for the first page; `question` tells one list from another."""

    limit: int
    question: str
    after: tuple[int | str, ...] | None = None


ThePaging = NamedDependency[Paging]


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """What a cursor holds."""

    question: str
    key: tuple[int | str, ...]


Limit = Annotated[int, QueryParameter(ge=1, le=LONGEST, description="Most items on one page.", examples=[Example(value=20)])]
Cursor = Annotated[
    str | None, QueryParameter(description="`next` of the page before, with the same filters; leave out for the first page.")
]


def read_paging(request: Request[object, object, State], limit: Limit = _USUAL, cursor: Cursor = None) -> Paging:
    """The page that an address asks for; ClientException (400) for a cursor of another list or other filters."""
    question = _question(request.url.path, request.query_params.dict())
    if cursor is None:
        return Paging(limit=limit, question=question)
    try:
        place = msgspec.json.decode(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)), type=_Place)
    except ValueError as error:
        raise _unusable("cannot be read") from error
    if place.question != question:
        raise _unusable("belongs to another list or to other filters")
    return Paging(limit=limit, question=question, after=place.key)


def listing(items: Sequence[S], paging: Paging, *, key: Callable[[S], Key], show: Callable[[S], T]) -> Listing[T]:
    """One page of items that are ordered by their keys, put into the shape that is answered."""
    start = 0
    if paging.after is not None and items:
        if list(map(type, paging.after)) != list(map(type, key(items[0]))):
            raise _unusable("cannot be read")
        start = bisect_right(items, paging.after, key=key)
    page = items[start : start + paging.limit]
    more = start + paging.limit < len(items)
    cursor = _written(_Place(paging.question, key(page[-1]))) if more else None
    return Listing(items=tuple(map(show, page)), total=len(items), next=cursor)


def _written(place: _Place) -> str:
    return urlsafe_b64encode(msgspec.json.encode(place)).rstrip(b"=").decode()


def _question(path: str, query: Mapping[str, Any]) -> str:
    asked = sorted((name, value) for name, values in query.items() if name not in {"limit", "cursor"} for value in values)
    return content_hash(path, *(part for pair in asked for part in pair))[:8]


def _unusable(why: str) -> ClientException:
    return ClientException(f"cursor: {why}; ask again without it for the first page")
