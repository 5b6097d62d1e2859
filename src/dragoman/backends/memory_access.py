"""`Access` in memory, for one-off runs and tests."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from dragoman.core.access import Account, AuditAction, AuditEntry, Restriction, RestrictionKind, Session, Token


class MemoryAccess:
    """Keeps everything until the process ends."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._sessions: dict[str, Session] = {}
        self._tokens: dict[str, Token] = {}
        self._restrictions: dict[tuple[RestrictionKind, str], Restriction] = {}
        self._audit: list[AuditEntry] = []

    def accounts(self) -> Iterator[Account]:
        """See `Access.accounts`."""
        yield from sorted(self._accounts.values(), key=lambda account: account.name)

    def account(self, name: str) -> Account | None:
        """See `Access.account`."""
        return self._accounts.get(name)

    def keep_account(self, account: Account) -> None:
        """See `Access.keep_account`."""
        self._accounts[account.name] = account

    def session(self, key: str) -> Session | None:
        """See `Access.session`."""
        return self._sessions.get(key)

    def keep_session(self, session: Session) -> None:
        """See `Access.keep_session`."""
        self._sessions[session.key] = session

    def end_sessions(self, *, key: str | None = None, account: str | None = None, before: datetime | None = None) -> None:
        """See `Access.end_sessions`."""
        for one in list(self._sessions.values()):
            if key in {None, one.key} and account in {None, one.account} and (before is None or one.seen < before):
                del self._sessions[one.key]

    def tokens(self, account: str | None = None) -> Iterator[Token]:
        """See `Access.tokens`."""
        wanted = [one for one in self._tokens.values() if account in {None, one.account}]
        yield from sorted(wanted, key=lambda one: (one.account, one.name, one.key))

    def token(self, key: str) -> Token | None:
        """See `Access.token`."""
        return self._tokens.get(key)

    def keep_token(self, token: Token) -> None:
        """See `Access.keep_token`."""
        self._tokens[token.key] = token

    def revoke_token(self, key: str) -> None:
        """See `Access.revoke_token`."""
        self._tokens.pop(key, None)

    def restrictions(self) -> Iterator[Restriction]:
        """See `Access.restrictions`."""
        yield from (self._restrictions[key] for key in sorted(self._restrictions))

    def restrict(self, restriction: Restriction) -> None:
        """See `Access.restrict`."""
        self._restrictions[restriction.kind, restriction.value] = restriction

    def unrestrict(self, restriction: Restriction) -> None:
        """See `Access.unrestrict`."""
        self._restrictions.pop((restriction.kind, restriction.value), None)

    def log(self, entry: AuditEntry) -> None:
        """See `Access.log`."""
        self._audit.append(entry)

    def audit(
        self, *, by: str | None = None, action: AuditAction | None = None, limit: int | None = None
    ) -> Iterator[AuditEntry]:
        """See `Access.audit`."""
        fitting = (one for one in reversed(self._audit) if by in {None, one.by} and action in {None, one.action})
        yield from islice(fitting, limit)
