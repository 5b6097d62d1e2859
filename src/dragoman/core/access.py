"""Who may see and do what: accounts with their roles, sessions and tokens, what is restricted, and who did what."""

from datetime import datetime
from enum import StrEnum

import msgspec

from dragoman.core.ids import content_hash


class AccountRole(StrEnum):
    """What an account may do; each role may do what the ones before it may."""

    READER = "reader"
    """Reads the record."""
    ANALYST = "analyst"
    """Also judges: accepts, rejects, corrects, merges, assigns."""
    ADMIN = "admin"
    """Also manages accounts and restrictions, reads the audit log, and sees what is restricted."""

    def covers(self, needed: "AccountRole") -> bool:
        """Whether this role may do what another one may."""
        order = tuple(AccountRole)
        return order.index(self) >= order.index(needed)


class Scope(StrEnum):
    """What a token may be used for; never more than its account may do."""

    READ = "read"
    """Read the record."""
    JUDGE = "judge"
    """Also judge."""
    RESTRICTED = "restricted"
    """Also see what is restricted."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One person's or program's access; `password` is an Argon2 hash."""

    name: str
    role: AccountRole
    password: str
    restricted: bool = False
    """Whether it may see what is restricted; an admin always may."""
    disabled: bool = False
    made: datetime

    @property
    def sees_restricted(self) -> bool:
        """Whether it may see what is restricted."""
        return self.restricted or self.role is AccountRole.ADMIN


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One browser that is logged in; `key` is the hash of the secret in its cookie."""

    key: str
    account: str
    started: datetime
    seen: datetime


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A program's access in place of a password; `key` is the hash of the secret, which is shown once."""

    key: str
    account: str
    name: str
    """What it is for, in its owner's words."""
    scopes: tuple[Scope, ...]
    made: datetime
    expires: datetime

    @property
    def id(self) -> str:
        """What a token is called where its secret must not stand."""
        return "t" + content_hash(self.key)


class RestrictionKind(StrEnum):
    """What a restriction names."""

    DOCUMENT = "document"
    """One document, by id."""
    SOURCE = "source"
    """All documents seen at a source, now and later."""
    DOSSIER = "dossier"
    """All documents with a claim on a dossier, now and later, and the dossier itself."""


class Restriction(msgspec.Struct, frozen=True, kw_only=True):
    """Something that only accounts with the right see, with all that is derived from it."""

    kind: RestrictionKind
    value: str
    by: str
    at: datetime
    why: str | None = None


class AuditAction(StrEnum):
    """What the audit log tells of."""

    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  a code, no password
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    RESTRICTED = "restricted"
    UNRESTRICTED = "unrestricted"
    JUDGED = "judged"
    EXPORTED = "exported"


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the audit log, which is only added to."""

    at: datetime
    by: str
    """The account, or who used the command line."""
    action: AuditAction
    subject: str = ""
    """What it was done to."""
    note: str = ""
    address: str | None = None
    """Where the request came from; None for the command line."""


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Who looks at the record, and what that one may see and do."""

    name: str | None = None
    """The account; None for the owner of the store, who needs none."""
    role: AccountRole = AccountRole.READER
    restricted: bool = False
    """Whether what is restricted is shown."""
    token: str | None = None
    """Id of the token used in place of a session."""


OWNER = Viewer(role=AccountRole.ADMIN, restricted=True)
"""Whoever works at the machine of a store without accounts."""


def viewer_of(account: Account, token: Token | None = None) -> Viewer:
    """What an account may see and do, by itself or through one of its tokens."""
    if token is None:
        return Viewer(name=account.name, role=account.role, restricted=account.sees_restricted)
    ceiling = AccountRole.ANALYST if Scope.JUDGE in token.scopes else AccountRole.READER
    return Viewer(
        name=account.name,
        role=ceiling if account.role.covers(ceiling) else account.role,
        restricted=account.sees_restricted and Scope.RESTRICTED in token.scopes,
        token=token.id,
    )
