"""Logging in and out."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template

from dragoman.app.accounts import Signature
from dragoman.core.access import AccountRole
from dragoman.web.addresses import own_address
from dragoman.web.entrance import NEEDS, OPEN, AnyRequest, doorkeeper_of, login_limit, secret_of, viewer_asking

CSRF_COOKIE = "csrftoken"


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What the form sends; `back` is the page to go to."""

    name: str
    password: str
    back: str = "/"


@get("/login", name="login", opt={OPEN: True}, sync_to_thread=True)
def login(request: AnyRequest, back: FromQuery[str] = "/") -> Template | Redirect:
    """Ask for name and password, where there are accounts."""
    if not doorkeeper_of(request).guarded:
        return Redirect("/")
    return Template("login.html.j2", context={"back": own_address(back), "failed": False})


@post("/login", name="log_in", opt={OPEN: True}, middleware=[login_limit], sync_to_thread=True)
def log_in(
    request: AnyRequest, data: Annotated[Credentials, Body(media_type=RequestEncodingType.URL_ENCODED)]
) -> Template | Redirect:
    """Begin a session with a secret of its own, whatever cookie came along."""
    address = request.client.host if request.client else None
    secret = doorkeeper_of(request).log_in(data.name, data.password, address=address, cookie=secret_of(request))
    back = own_address(data.back)
    if secret is None:
        return Template("login.html.j2", context={"back": back, "failed": True}, status_code=401)
    state = request.app.state
    cookie = Cookie(key=state.cookie, value=secret, path="/", httponly=True, samesite="lax", secure=state.secure)
    # Forms get another token, too: one from before logging in is worth nothing after.
    return Redirect(back, status_code=303, cookies=[cookie, Cookie(key=CSRF_COOKIE, value="", path="/", max_age=0)])


@post("/logout", name="log_out", opt={NEEDS: AccountRole.READER}, sync_to_thread=True)
def log_out(request: AnyRequest) -> Redirect:
    """End the session."""
    viewer = viewer_asking(request)
    if viewer is not None and viewer.name is not None:
        address = request.client.host if request.client else None
        doorkeeper_of(request).log_out(secret_of(request), Signature(viewer.name, address))
    gone = Cookie(key=request.app.state.cookie, value="", path="/", max_age=0, secure=request.app.state.secure)
    return Redirect("/login", status_code=303, cookies=[gone])


ROUTES = (login, log_in, log_out)
