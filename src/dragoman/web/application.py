"""The web application: pages over one desk."""

from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from litestar import Litestar, Response, Router
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.middleware import DefineMiddleware
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

from dragoman import __version__
from dragoman.app.desk import Desk, Seat
from dragoman.app.doorkeeper import Doorkeeper
from dragoman.core.access import Viewer
from dragoman.core.errors import DragomanError, InputError
from dragoman.report.excerpts import printable
from dragoman.report.pages import printed
from dragoman.report.words import day, dossier_name, stage_words, words
from dragoman.web.api.entity_tags import tag_answer
from dragoman.web.api.problems import PREFIX, failure, is_for_programs, refusal
from dragoman.web.api.specification import api_router, openapi
from dragoman.web.entrance import OPEN, AnyRequest, Entrance, api_limit, check_right, cookie_name, log_export
from dragoman.web.pages import (
    access,
    actors,
    channels,
    dossiers,
    dyads,
    events,
    exports,
    login,
    methods,
    pictures,
    record_exports,
    review,
    search,
    second,
    sources,
    talks,
    today,
)
from dragoman.web.pages.exports import export_links
from dragoman.web.preparing import prepare_pages
from dragoman.web.security import guard_answer

PAGES = (
    *today.ROUTES,
    *dossiers.ROUTES,
    *events.ROUTES,
    *actors.ROUTES,
    *channels.ROUTES,
    *dyads.ROUTES,
    *pictures.ROUTES,
    *talks.ROUTES,
    *review.ROUTES,
    *second.ROUTES,
    *sources.ROUTES,
    *methods.ROUTES,
    *search.ROUTES,
    *exports.ROUTES,
    *record_exports.ROUTES,
    *login.ROUTES,
    *access.ROUTES,
)
SECTIONS = (
    ("/", "Today"),
    ("/dossiers", "Dossiers"),
    ("/talks", "Talks"),
    ("/events", "Events"),
    ("/channels", "Channels"),
    ("/actors", "Actors"),
    ("/positions", "Positions"),
    ("/commitments", "Commitments"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/sources", "Sources"),
    ("/review", "Review"),
)
"""Addresses and names of the pages that every page leads to."""


OWN_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names that this machine answers to: a page elsewhere cannot reach the desk under a name of its own (DNS rebinding)."""


def create_application(desk: Desk, *, port: int) -> Litestar:
    """Put pages, assets and error pages together around one desk, which answers to this machine's names at one port.

    It also answers to the hosts that the settings name. Whoever asks is looked at before every handler; see `web.entrance`.
    """
    settings = desk.config.web
    assets = create_static_files_router(
        path="/assets", directories=[Path(__file__).parent / "static"], name="assets", opt={OPEN: True}
    )
    hosts = [*(f"{name}:{port}" for name in OWN_HOSTS), *settings.hosts, *(f"{name}:{port}" for name in settings.hosts)]
    application = Litestar(
        route_handlers=[Router(path="/", route_handlers=list(PAGES), include_in_schema=False), api_router(), assets],
        dependencies={"desk": Provide(_seat, sync_to_thread=False)},
        state=State({"cookie": cookie_name(secure=settings.https), "secure": settings.https}),
        middleware=[api_limit, DefineMiddleware(Entrance, exclude_from_auth_key=OPEN)],
        guards=[check_right],
        after_response=log_export,
        on_shutdown=[_close],
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(_environment())),
        exception_handlers={DragomanError: _failed, HTTPException: _refused},
        before_send=[guard_answer, tag_answer],
        allowed_hosts=AllowedHostsConfig(allowed_hosts=hosts, www_redirect=False),
        csrf_config=CSRFConfig(
            secret=token_hex(32),
            cookie_httponly=True,
            cookie_samesite="strict",
            cookie_secure=settings.https,
            exclude=[f"^{PREFIX}"],
        ),
        openapi_config=openapi(),
    )
    take_desk(application, desk)
    return application


def take_desk(application: Litestar, desk: Desk) -> None:
    """Let an application serve this desk, whose settings of the web must be those that it was made with."""
    desk.prepare_by(prepare_pages)
    application.state.update({"desk": desk, "doorkeeper": Doorkeeper(desk.config)})


def _seat(request: AnyRequest) -> Seat:
    viewer: Viewer = request.scope["user"]
    desk: Desk = request.app.state.desk
    taken = request.scope["state"]["seat"] = desk.seat(viewer)
    return taken


def _close(application: Litestar) -> None:
    doorkeeper: Doorkeeper = application.state.doorkeeper
    doorkeeper.close()
    desk: Desk = application.state.desk
    desk.close()


def _environment() -> Environment:
    environment = Environment(
        autoescape=select_autoescape(default=True),
        finalize=printed,
        loader=PackageLoader("dragoman.web"),
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "printable": printable,
        "words": words,
        "day": day,
        "dossier_name": dossier_name,
        "stage_words": stage_words,
    }
    environment.globals |= {"version": __version__, "sections": SECTIONS, "export_links": export_links}
    return environment


def _failed(request: AnyRequest, error: DragomanError) -> Template | Response[Any]:
    """What Dragoman could not do, in its own words."""
    if is_for_programs(request):
        return failure(request, error)
    status = 404 if isinstance(error, InputError) else 503
    return Template("problem.html.j2", context={"status": status, "what": str(error)}, status_code=status)


_REFUSALS = {404: "There is no such page.", 405: "This address takes no such request."}


def _refused(request: AnyRequest, error: HTTPException) -> Template | Redirect | Response[Any]:
    if is_for_programs(request):
        return refusal(request, error)
    if isinstance(error, NotAuthorizedException):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect(f"/login?{urlencode({'back': asked})}", status_code=303)
    what = _REFUSALS.get(error.status_code, error.detail)
    return Template("problem.html.j2", context={"status": error.status_code, "what": what}, status_code=error.status_code)
