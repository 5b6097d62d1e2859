"""Errors as RFC 9457 problem details: what is wrong, where, and what to do."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec

from dragoman.core.errors import DragomanError, InputError

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem (RFC 9457, Problem Details for HTTP APIs)."""

    status: Annotated[int, msgspec.Meta(description="The HTTP status once more.")]
    title: Annotated[str, msgspec.Meta(description="The status in words.")]
    detail: Annotated[str, msgspec.Meta(description="What is wrong, where, and what to do.")]
    instance: Annotated[str, msgspec.Meta(description="The address that was asked.")]
    type: Annotated[str, msgspec.Meta(description="Always about:blank: the status says what sort of problem it is.")] = (
        "about:blank"
    )


class NotModified(HTTPException):
    """The asker has what would be answered."""

    status_code = 304


def is_for_programs(request: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether an address belongs to the interface for programs."""
    return request.url.path.startswith(PREFIX)


def problem(request: Request[object, object, State], status: int, detail: str) -> Response[Problem]:
    """One problem as an answer."""
    told = Problem(status=status, title=_title(status), detail=detail, instance=request.url.path)
    return Response(told, status_code=status, media_type=MEDIA_TYPE)


def failure(request: Request[object, object, State], error: DragomanError) -> Response[Problem]:
    """What Dragoman could not do, in its own words."""
    return problem(request, 404 if isinstance(error, InputError) else 503, str(error))


def refusal(request: Request[object, object, State], error: HTTPException) -> Response[Problem] | Response[None]:
    """What the server refused."""
    if isinstance(error, NotModified):
        return Response(None, status_code=304)
    answer = problem(request, error.status_code, _said(request, error))
    answer.headers.update(error.headers or {})
    if error.status_code == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def documented(*statuses: int) -> dict[int, ResponseSpec]:
    """What the specification says of problems; 400, 401, 403, 429 and 503 can meet every request."""
    return {
        status: ResponseSpec(Problem, description=_MEANINGS[status], media_type=MEDIA_TYPE, generate_examples=False)
        for status in sorted({400, 401, 403, 429, 503, *statuses})
    }


_MEANINGS = {
    401: "No token came, or one that is not valid.",
    403: "The account's role, or the token's scopes, do not allow this.",
    429: "Too many requests in a minute; `RateLimit-Reset` says when to try again.",
    400: "A parameter or the body cannot be read; `detail` names it.",
    404: "There is nothing of this name in the record.",
    415: "The body is not JSON.",
    503: "The store cannot be read now; try again later.",
}


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Problem"


def _said(request: Request[object, object, State], error: HTTPException) -> str:
    if error.status_code == 404:
        return f"there is nothing at {request.url.path}; /api/openapi.json lists all addresses"
    if error.status_code == 405:
        return f"{request.url.path} takes no {request.method}; /api/openapi.json lists what it takes"
    extra = error.extra if isinstance(error, HTTPException) else None
    named = [_field(one) for one in extra] if isinstance(extra, list) else []
    return "; ".join(_words(error, named))


def _words(error: HTTPException, named: Iterable[str]) -> list[str]:
    return [one for one in named if one] or [error.detail]


def _field(one: object) -> str:
    if not isinstance(one, dict):
        return str(one)
    return f"{one.get('key', 'body')}: {one.get('message', 'cannot be read')}"
