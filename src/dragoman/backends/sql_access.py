"""`Access` on the tables of an SQL store."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from dragoman.backends import sql_schema as schema
from dragoman.core.access import Account, AuditAction, AuditEntry, Restriction, Session, Token
from dragoman.core.codec import dump, load

T = TypeVar("T")
Opening = Callable[[], AbstractContextManager[Connection]]


class SqlAccess:
    """Reads and writes in transactions that the store opens."""

    def __init__(self, reading: Opening, writing: Opening) -> None:
        self._reading = reading
        self._writing = writing

    def accounts(self) -> Iterator[Account]:
        """See `Access.accounts`."""
        table = schema.accounts
        return self._all(select(table.c.body).order_by(table.c.name), Account)

    def account(self, name: str) -> Account | None:
        """See `Access.account`."""
        table = schema.accounts
        return self._one(select(table.c.body).where(table.c.name == name), Account)

    def keep_account(self, account: Account) -> None:
        """See `Access.keep_account`."""
        self._replace(schema.accounts, {"name": account.name}, account)

    def session(self, key: str) -> Session | None:
        """See `Access.session`."""
        table = schema.sessions
        return self._one(select(table.c.body).where(table.c.key == key), Session)

    def keep_session(self, session: Session) -> None:
        """See `Access.keep_session`."""
        self._replace(schema.sessions, {"key": session.key}, session, account=session.account, seen=_seconds(session.seen))

    def end_sessions(self, *, key: str | None = None, account: str | None = None, before: datetime | None = None) -> None:
        """See `Access.end_sessions`."""
        table = schema.sessions
        asked = (
            table.c.key == key if key is not None else None,
            table.c.account == account if account is not None else None,
            table.c.seen < _seconds(before) if before is not None else None,
        )
        conditions = [condition for condition in asked if condition is not None]
        with self._writing() as connection:
            connection.execute(delete(table).where(*conditions))

    def tokens(self, account: str | None = None) -> Iterator[Token]:
        """See `Access.tokens`."""
        table = schema.tokens
        query = select(table.c.body).order_by(table.c.account, table.c.name, table.c.key)
        return self._all(query if account is None else query.where(table.c.account == account), Token)

    def token(self, key: str) -> Token | None:
        """See `Access.token`."""
        table = schema.tokens
        return self._one(select(table.c.body).where(table.c.key == key), Token)

    def keep_token(self, token: Token) -> None:
        """See `Access.keep_token`."""
        self._replace(schema.tokens, {"key": token.key}, token, account=token.account, name=token.name)

    def revoke_token(self, key: str) -> None:
        """See `Access.revoke_token`."""
        with self._writing() as connection:
            connection.execute(delete(schema.tokens).where(schema.tokens.c.key == key))

    def restrictions(self) -> Iterator[Restriction]:
        """See `Access.restrictions`."""
        table = schema.restrictions
        return self._all(select(table.c.body).order_by(table.c.kind, table.c.value), Restriction)

    def restrict(self, restriction: Restriction) -> None:
        """See `Access.restrict`."""
        self._replace(schema.restrictions, {"kind": restriction.kind.value, "value": restriction.value}, restriction)

    def unrestrict(self, restriction: Restriction) -> None:
        """See `Access.unrestrict`."""
        table = schema.restrictions
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.kind == restriction.kind.value, table.c.value == restriction.value))

    def log(self, entry: AuditEntry) -> None:
        """See `Access.log`."""
        row = {"by": entry.by, "action": entry.action.value, "body": dump(entry).decode()}
        with self._writing() as connection:
            connection.execute(schema.audit.insert(), [row])

    def audit(
        self, *, by: str | None = None, action: AuditAction | None = None, limit: int | None = None
    ) -> Iterator[AuditEntry]:
        """See `Access.audit`."""
        table = schema.audit
        query = select(table.c.body).order_by(table.c.seq.desc()).limit(limit)
        if by is not None:
            query = query.where(table.c.by == by)
        if action is not None:
            query = query.where(table.c.action == action.value)
        return self._all(query, AuditEntry)

    def _all(self, query: Select[Any], kind: type[T]) -> Iterator[T]:
        with self._reading() as connection:
            bodies = list(connection.scalars(query))
        return (load(body, kind) for body in bodies)

    def _one(self, query: Select[Any], kind: type[T]) -> T | None:
        with self._reading() as connection:
            body = connection.scalar(query)
        return None if body is None else load(body, kind)

    def _replace(self, table: Table, key: dict[str, str], kept: object, **columns: object) -> None:
        fields = {**columns, "body": dump(kept).decode()}
        with self._writing() as connection:
            insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            statement = insert(table).values(**key, **fields)
            connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=fields))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
