"""Who may ask for what: every request is looked at before its handler, and what no rule allows is refused."""

from functools import partial
from http import HTTPMethod
from typing import Any

from anyio import to_thread
from litestar.connection import ASGIConnection, Request
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.middleware.rate_limit import RateLimitConfig, get_remote_address

from dragoman.app.accounts import Signature, log
from dragoman.app.doorkeeper import Doorkeeper
from dragoman.core.access import AccountRole, AuditAction, Viewer
from dragoman.web.api.problems import PREFIX, is_for_programs

OPEN = "open"
"""Route option of what is shown to everybody: the log-in page and assets."""
NEEDS = "needs"
"""Route option that names the role needed; without it a reader may read and an analyst send."""
COOKIE = "dragoman"
LOGINS_A_MINUTE = 10
API_CALLS_A_MINUTE = 600

_EXPORTS = f"{PREFIX}v1/exports/"
_ENDINGS = (".csv", ".xlsx", ".svg", ".png")
_SAFE = {HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS}
Connection = ASGIConnection[Any, Any, Any, State]
AnyRequest = Request[Any, Any, State]


def cookie_name(*, secure: bool) -> str:
    """A browser takes the prefixed name over HTTPS alone, and from this host alone."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def doorkeeper_of(connection: Connection) -> Doorkeeper:
    """The doorkeeper of the application."""
    doorkeeper: Doorkeeper = connection.app.state.doorkeeper
    return doorkeeper


def secret_of(connection: Connection) -> str | None:
    """The session's secret that a browser sent."""
    return connection.cookies.get(connection.app.state.cookie)


def viewer_asking(connection: Connection) -> Viewer | None:
    """Who asks; None where nobody known does, and on addresses that there are not."""
    viewer: Viewer | None = connection.scope.get("user")
    return viewer


def bearer_of(connection: Connection) -> str | None:
    """The token that a program sent."""
    kind, _, secret = connection.headers.get("authorization", "").partition(" ")
    return secret.strip() if kind.casefold() == "bearer" else None


class Entrance(AbstractAuthenticationMiddleware):
    """Finds out who asks; whether they may is for `check_right` to say."""

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        """Look up the token or the session."""
        bearer = bearer_of(connection)
        ask = partial(doorkeeper_of(connection).viewer, cookie=secret_of(connection), bearer=bearer)
        return AuthenticationResult(user=await to_thread.run_sync(ask), auth="session" if bearer is None else "token")


def check_right(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let through what the viewer's role allows: reading to readers, all else to analysts, unless the route says otherwise."""
    if handler.opt.get(OPEN):
        return
    viewer = viewer_asking(connection)
    if viewer is None:
        raise NotAuthorizedException("log in, or send a token that is valid")
    safe = connection.scope.get("method") in _SAFE
    needed: AccountRole = handler.opt.get(NEEDS) or (AccountRole.READER if safe else AccountRole.ANALYST)
    if not viewer.role.covers(needed):
        raise PermissionDeniedException(f"this is for the role {needed}; yours is {viewer.role}")
    if not safe and is_for_programs(connection) and not _meant(connection, viewer):
        raise PermissionDeniedException("a page elsewhere may have sent this; send a token")


def _meant(connection: Connection, viewer: Viewer) -> bool:
    """Whether a request, which no form's token came with, cannot be a page elsewhere acting through the browser.

    No browser sends a token on its own; and every browser says where a request that changes something comes from.
    """
    if viewer.token is not None:
        return True
    origin = connection.headers.get("origin")
    if origin is None:
        return viewer.name is None
    return origin.partition("://")[2] == connection.headers.get("host")


async def log_export(request: AnyRequest) -> None:
    """Write down what somebody with an account took along."""
    viewer, path = viewer_asking(request), request.url.path
    if viewer is None or viewer.name is None or not (path.startswith(_EXPORTS) or path.endswith(_ENDINGS)):
        return
    address = request.client.host if request.client else None
    query = f"?{request.url.query}" if request.url.query else ""
    note = "with what is restricted" if viewer.restricted else ""
    await to_thread.run_sync(
        log, doorkeeper_of(request).access, Signature(viewer.name, address), AuditAction.EXPORTED, path + query, note
    )


def _caller(request: AnyRequest) -> str:
    return f"api {bearer_of(request) or secret_of(request) or get_remote_address(request)}"


def _is_limited(request: AnyRequest) -> bool:
    """Programs of others are; the owner of the store may ask as much as the machine can bear."""
    return is_for_programs(request) and doorkeeper_of(request).guarded


login_limit = RateLimitConfig(
    rate_limit=("minute", LOGINS_A_MINUTE), identifier_for_request=lambda request: f"login {get_remote_address(request)}"
).middleware
api_limit = RateLimitConfig(
    rate_limit=("minute", API_CALLS_A_MINUTE), identifier_for_request=_caller, check_throttle_handler=_is_limited
).middleware
