"""Managing who may see and do what, for admins; the own account, for everybody."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.params import Body
from litestar.response import Redirect, Template

from dragoman.app import accounts, restricting
from dragoman.app.accounts import Signature
from dragoman.core.access import AccountRole, RestrictionKind, Scope
from dragoman.core.errors import InputError
from dragoman.web.addresses import own_address
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.entrance import NEEDS, AnyRequest, doorkeeper_of

T = TypeVar("T")
_ADMIN = {NEEDS: AccountRole.ADMIN}
_OWN = {NEEDS: AccountRole.READER}
_LATEST = 50


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What the form about one account sends; an empty password leaves it as it is."""

    name: str
    role: AccountRole
    restricted: bool = False
    disabled: bool = False
    password: str = ""
    new: bool = False


class Marking(msgspec.Struct, frozen=True, kw_only=True):
    """What is restricted, or opened again with `lift`."""

    kind: RestrictionKind
    value: str
    why: str = ""
    lift: bool = False
    back: str = "/access"
    """The page to return to; who may not see what is restricted any more is led to the page about access."""


class NewPassword(msgspec.Struct, frozen=True, kw_only=True):
    """The old password and the one to have in its place."""

    old: str
    new: str


class NewToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token to make."""

    name: str
    judge: bool = False
    restricted: bool = False
    days: Annotated[int, msgspec.Meta(ge=1, le=3660)] = 90


class Revoked(msgspec.Struct, frozen=True, kw_only=True):
    """A token to take away."""

    token: str


@get("/access", name="access", opt=_ADMIN, sync_to_thread=True)
def access(request: AnyRequest, desk: TheDesk) -> Template:
    """Accounts, what is restricted, and who did what lately."""
    doorkeeper = doorkeeper_of(request)
    return Template(
        "access.html.j2",
        context={
            "guarded": doorkeeper.guarded,
            "accounts": tuple(doorkeeper.access.accounts()),
            "tokens": tuple(doorkeeper.access.tokens()),
            "restrictions": restricting.restrictions(doorkeeper.store),
            "entries": tuple(doorkeeper.access.audit(limit=_LATEST)),
            "roles": tuple(AccountRole),
            "kinds": tuple(RestrictionKind),
            "own": desk.viewer.name,
        },
    )


@post("/access/accounts", name="change_account", opt=_ADMIN, sync_to_thread=True)
def change_account(
    request: AnyRequest, data: Annotated[Change, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk
) -> Redirect:
    """Add an account or change one; nobody locks themselves out."""
    held, by = doorkeeper_of(request).access, _signature(request, desk)
    if desk.viewer.name is None:
        raise ClientException("the first account is added on the command line: dragoman accounts add NAME --role admin")
    if data.name == desk.viewer.name and (data.disabled or data.role is not AccountRole.ADMIN):
        raise ClientException("this would lock you out of this page; another admin may do it")
    if data.new:
        _tried(lambda: accounts.add_account(held, data.name, data.password, role=data.role, restricted=data.restricted, by=by))
        return _back()
    rights = {"restricted": data.restricted, "disabled": data.disabled}
    _tried(lambda: accounts.change_account(held, data.name, role=data.role, **rights, by=by))
    if data.password:
        _tried(lambda: accounts.set_password(held, data.name, data.password, by=by))
    return _back()


@post("/access/restrictions", name="change_restriction", opt=_ADMIN, sync_to_thread=True)
def change_restriction(
    request: AnyRequest, data: Annotated[Marking, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk
) -> Redirect:
    """Restrict something, or open it again."""
    store, by = doorkeeper_of(request).store, _signature(request, desk)
    if data.lift:
        _tried(lambda: restricting.unrestrict(store, data.kind, data.value, by=by))
    else:
        _tried(lambda: restricting.restrict(store, data.kind, data.value, why=data.why or None, by=by))
    desk.forget()
    seen = data.lift or desk.viewer.restricted
    return Redirect(own_address(data.back, "/access") if seen else "/access", status_code=303)


@get("/account", name="account", opt=_OWN, sync_to_thread=True)
def account(request: AnyRequest, desk: TheDesk) -> Template:
    """One's own role and rights, password and tokens."""
    return _own_page(request, desk)


@post("/account/password", name="change_password", opt=_OWN, sync_to_thread=True)
def change_password(
    request: AnyRequest, data: Annotated[NewPassword, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk
) -> Redirect:
    """Change one's own password, which ends all of one's sessions."""
    held, name = doorkeeper_of(request).access, _own_name(desk)
    _tried(lambda: accounts.change_own_password(held, name, data.old, data.new, by=_signature(request, desk)))
    return Redirect("/login", status_code=303)


@post("/account/tokens", name="add_token", opt=_OWN, status_code=200, sync_to_thread=True)
def add_token(
    request: AnyRequest, data: Annotated[NewToken, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk
) -> Template:
    """Make a token for oneself and show its secret, once."""
    wanted = {Scope.JUDGE: data.judge, Scope.RESTRICTED: data.restricted}
    scopes = tuple(scope for scope, asked in wanted.items() if asked)
    held, name, by = doorkeeper_of(request).access, _own_name(desk), _signature(request, desk)
    _, secret = _tried(lambda: accounts.make_token(held, name, data.name, scopes=scopes, days=data.days, by=by))
    return _own_page(request, desk, secret=secret)


@post("/account/tokens/revoke", name="revoke_token", opt=_OWN, sync_to_thread=True)
def revoke_token(
    request: AnyRequest, data: Annotated[Revoked, Body(media_type=RequestEncodingType.URL_ENCODED)], desk: TheDesk
) -> Redirect:
    """Take one of one's own tokens away."""
    held, name = doorkeeper_of(request).access, _own_name(desk)
    _tried(lambda: accounts.revoke_token(held, data.token, account=name, by=_signature(request, desk)))
    return Redirect("/account", status_code=303)


def _own_page(request: AnyRequest, desk: TheDesk, *, secret: str | None = None) -> Template:
    tokens = tuple(doorkeeper_of(request).access.tokens(desk.viewer.name)) if desk.viewer.name else ()
    return Template("account.html.j2", context={"viewer": desk.viewer, "tokens": tokens, "secret": secret})


def _own_name(desk: TheDesk) -> str:
    if desk.viewer.name is None:
        raise ClientException("there are no accounts; add one with dragoman accounts add NAME --role admin")
    return desk.viewer.name


def _signature(request: AnyRequest, desk: TheDesk) -> Signature:
    return Signature(desk.viewer.name or "owner", request.client.host if request.client else None)


def _tried(act: Callable[[], T]) -> T:
    """Do it; what cannot be done is the asker's to set right."""
    try:
        return act()
    except InputError as error:
        raise ClientException(str(error)) from error


def _back() -> Redirect:
    return Redirect("/access", status_code=303)


ROUTES = (access, change_account, change_restriction, account, change_password, add_token, revoke_token)
