"""The interface as one router, and its OpenAPI description."""

from collections.abc import Mapping

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import ClientException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, Parameter, SecurityScheme, Tag

from dragoman import __version__
from dragoman.web.api import actors, exporting, findings, judging, records, searching
from dragoman.web.api.cursors import read_paging
from dragoman.web.api.entity_tags import current_snapshot
from dragoman.web.api.filters import claim_query, event_filter

_ABOUT = """What Dragoman has recorded: documents, what they claim, events put together from claims, and what follows from them.

Lists come a page at a time: pass `next` as `cursor` with the same filters. Cursors name the last item seen, so nothing is shown
twice or left out when documents are added meanwhile. Every answer to GET has an `ETag` of the record's state: send it as
`If-None-Match`, and 304 says that nothing has changed. Errors are RFC 9457 problem details. Every `address` is a page of
the desk."""

_TAGS = {
    "Documents": "What was read, and where it came from.",
    "Claims": "Coded statements of fact, each with its sentence and who says so.",
    "Events": "Happenings, each with all claims that tell of it.",
    "Actors": "States, organisations, groups, and persons.",
    "Dossiers": "Conflicts and files.",
    "Talks": "Tracks of talks, positions, and what was offered and agreed.",
    "Findings": "What the analysis says, with the records and the formula behind it.",
    "Search": "Words looked up in texts and names.",
    "Exports": "The record in the shapes of other tools.",
    "Review": "What waits for an analyst, and what analysts decided.",
}

ROUTES = (*records.ROUTES, *actors.ROUTES, *findings.ROUTES, *judging.ROUTES, *searching.ROUTES, *exporting.ROUTES)


def api_router() -> Router:
    """All addresses under /api/v1."""
    return Router(
        path="/api/v1",
        route_handlers=list(ROUTES),
        dependencies={
            "snapshot": Provide(current_snapshot, sync_to_thread=True),
            "paging": Provide(read_paging, sync_to_thread=False),
            "claim_query": Provide(claim_query, sync_to_thread=False),
            "event_filter": Provide(event_filter, sync_to_thread=False),
        },
        before_request=refuse_unknown,
        include_in_schema=True,
    )


def openapi() -> OpenAPIConfig:
    """The description of the interface: as JSON alone, because readers for browsers would be loaded from elsewhere."""
    return OpenAPIConfig(
        title="Dragoman",
        version=__version__,
        description=_ABOUT,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        tags=[Tag(name=name, description=text) for name, text in _TAGS.items()],
        path="/api",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
        operation_id_creator=_operation_id,
        components=Components(
            security_schemes={
                "token": SecurityScheme(
                    type="http", scheme="bearer", description="A token of an account; not needed where there are no accounts."
                )
            }
        ),
        security=[{"token": []}, {}],
    )


def _operation_id(handler: HTTPRouteHandler, _method: object, _path: object) -> str:
    return handler.handler_name


_REPEATABLE = frozenset({"kind", "type"})
"""Filters that take several values."""


async def refuse_unknown(request: Request[object, object, State]) -> None:
    """Refuse parameters that the address does not take, or not twice: else a filter would silently not count."""
    known = _parameters(request.app).get(request.scope["route_handler"].handler_name, frozenset())
    for name in request.query_params:
        if name not in known:
            takes = f"takes {', '.join(sorted(known))}" if known else "takes none"
            raise ClientException(f"{name}: there is no such parameter here; {request.url.path} {takes}")
        if name not in _REPEATABLE and len(request.query_params.getall(name)) > 1:
            raise ClientException(f"{name}: given more than once; {request.url.path} takes it once")


def _parameters(app: Litestar) -> Mapping[str, frozenset[str]]:
    """Names of query parameters by operation, as the specification lists them."""
    found: Mapping[str, frozenset[str]] | None = app.state.get("query_parameters")
    if found is None:
        found = dict(_listed(app))
        app.state["query_parameters"] = found
    return found


def _listed(app: Litestar) -> list[tuple[str, frozenset[str]]]:
    operations = [
        operation for item in (app.openapi_schema.paths or {}).values() for operation in (item.get, item.post) if operation
    ]
    return [
        (
            operation.operation_id or "",
            frozenset(one.name for one in operation.parameters or () if isinstance(one, Parameter) and one.param_in == "query"),
        )
        for operation in operations
    ]
