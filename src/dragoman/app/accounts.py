"""Accounts and tokens: added, changed, disabled, never deleted; every change is in the audit log."""

import getpass
import re
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import msgspec

from dragoman.app.config import Config
from dragoman.backends.passwords import hash_password, is_password
from dragoman.core.access import Account, AccountRole, AuditAction, AuditEntry, Scope, Token
from dragoman.core.errors import InputError
from dragoman.core.ports import Access

SHORTEST, LONGEST = 12, 256
"""Characters of a password. NIST SP 800-63B asks for length alone: no rules about digits and signs, no expiry."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_LEAST_ID = 5


class Signature(msgspec.Struct, frozen=True):
    """Who does something, as the audit log names them, and from which address."""

    name: str
    address: str | None = None


def command_line(config: Config) -> Signature:
    """Whoever works at the command line: the setting `analyst`, else the login name."""
    try:
        name = config.analyst or getpass.getuser()
    except (KeyError, OSError):
        name = "somebody"
    return Signature(f"{name} at the command line")


def log(access: Access, by: Signature, action: AuditAction, subject: str = "", note: str = "") -> None:
    """Append one line to the audit log."""
    access.log(AuditEntry(at=now(), by=by.name, action=action, subject=subject, note=note, address=by.address))


def watched(access: Access) -> bool:
    """Whether judgements and exports are logged: from the first account or restriction on, there is somebody to tell."""
    return next(iter(access.accounts()), None) is not None or next(iter(access.restrictions()), None) is not None


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def digest(secret: str) -> str:
    """What is kept of the secret of a session or token: random and long, so that one plain hash does."""
    return sha256(secret.encode()).hexdigest()


def add_account(
    access: Access, name: str, password: str, *, role: AccountRole, restricted: bool = False, by: Signature
) -> Account:
    """Add an account; InputError where the name is taken or the password too short."""
    name = name.strip().casefold()
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no name for an account; use letters, digits and . _ @ - (64 at most)")
    if access.account(name) is not None:
        raise InputError(f"there is an account {name} already; change it instead, or choose another name")
    account = Account(name=name, role=role, restricted=restricted, password=_hashed(name, password), made=now())
    access.keep_account(account)
    log(access, by, AuditAction.ACCOUNT_ADDED, name, described(account))
    return account


def account_named(access: Access, name: str) -> Account:
    """An account; InputError where there is none of that name."""
    account = access.account(name.strip().casefold())
    if account is None:
        raise InputError(f"there is no account {name!r}; `dragoman accounts list` shows them")
    return account


def change_account(
    access: Access,
    name: str,
    *,
    role: AccountRole | None = None,
    restricted: bool | None = None,
    disabled: bool | None = None,
    by: Signature,
) -> Account:
    """Change what is given, effective at the next request; a disabled account is logged out everywhere."""
    account = account_named(access, name)
    changed = msgspec.structs.replace(
        account,
        role=account.role if role is None else role,
        restricted=account.restricted if restricted is None else restricted,
        disabled=account.disabled if disabled is None else disabled,
    )
    if changed != account:
        access.keep_account(changed)
        if changed.disabled:
            access.end_sessions(account=account.name)
        log(access, by, AuditAction.ACCOUNT_CHANGED, account.name, described(changed))
    return changed


def set_password(access: Access, name: str, password: str, *, by: Signature) -> None:
    """Give an account another password; its sessions end."""
    account = account_named(access, name)
    access.keep_account(msgspec.structs.replace(account, password=_hashed(account.name, password)))
    access.end_sessions(account=account.name)
    log(access, by, AuditAction.PASSWORD_CHANGED, account.name)


def change_own_password(access: Access, name: str, old: str, new: str, *, by: Signature) -> None:
    """Give an account another password, by somebody who knows the present one."""
    if not is_password(old, account_named(access, name).password):
        raise InputError("this is not your present password")
    set_password(access, name, new, by=by)


def make_token(
    access: Access, account: str, name: str, *, scopes: tuple[Scope, ...], days: int, by: Signature
) -> tuple[Token, str]:
    """Make a token; its secret is given here and never again."""
    owner = account_named(access, account)
    secret = f"dragoman_{secrets.token_urlsafe(32)}"
    token = Token(
        key=digest(secret),
        account=owner.name,
        name=name.strip() or "token",
        scopes=tuple(scope for scope in Scope if scope is Scope.READ or scope in scopes),
        made=now(),
        expires=now() + timedelta(days=days),
    )
    access.keep_token(token)
    log(access, by, AuditAction.TOKEN_MADE, f"{owner.name} {token.id}", f"{token.name}: {', '.join(token.scopes)}, {days} days")
    return token, secret


def revoke_token(access: Access, token_id: str, *, account: str | None = None, by: Signature) -> Token:
    """Take a token away, of any account or of one; InputError where no or several tokens have an id that begins like this."""
    found = [token for token in access.tokens(account) if len(token_id) >= _LEAST_ID and token.id.startswith(token_id)]
    if len(found) != 1:
        raise InputError(f"{token_id!r}: {len(found) or 'no'} tokens have this id; `dragoman accounts token list` shows them")
    access.revoke_token(found[0].key)
    log(access, by, AuditAction.TOKEN_REVOKED, f"{found[0].account} {found[0].id}", found[0].name)
    return found[0]


def _hashed(name: str, password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(f"a password has {SHORTEST} to {LONGEST} characters; a few words that nobody would guess are best")
    if password.casefold() in {name * 2, name * 3} or len(set(password)) < 4:
        raise InputError("this password is too easy to guess; a few words that nobody would guess are best")
    return hash_password(password)


def described(account: Account) -> str:
    """Role and rights in words."""
    rights = ", sees what is restricted" if account.sees_restricted else ""
    return f"{account.role}{rights}{', disabled' if account.disabled else ''}"
