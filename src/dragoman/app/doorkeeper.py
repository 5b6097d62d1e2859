"""Who stands before the desk: sessions and tokens looked up for each request, logging in and out."""

import secrets
from contextlib import ExitStack
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

import msgspec

from dragoman.app.accounts import Signature, digest, log, now
from dragoman.app.config import Config
from dragoman.app.wiring import opened_store
from dragoman.backends.passwords import is_password
from dragoman.core.access import OWNER, Account, AuditAction, Session, Viewer, viewer_of
from dragoman.core.ports import Access, Store

_LOOK_AGAIN = 2.0
"""Seconds for which the answer is kept to whether there are any accounts."""
_SEEN_EVERY = timedelta(minutes=1)


class Doorkeeper:
    """Keeps one connection to the store for as long as the desk is open; any number of threads may ask."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._idle = timedelta(minutes=config.web.idle_minutes)
        self._longest = timedelta(hours=config.web.session_hours)
        self._lock = Lock()
        self._stack = ExitStack()
        self._store: Store | None = None
        self._guarded = False
        self._looked = -_LOOK_AGAIN

    @property
    def store(self) -> Store:
        """The store itself: for managing, never for showing."""
        with self._lock:
            if self._store is None:
                self._store = self._stack.enter_context(opened_store(self._config, must_exist=True))
            return self._store

    @property
    def access(self) -> Access:
        """Accounts, tokens, restrictions and the audit log."""
        return self.store.access

    @property
    def guarded(self) -> bool:
        """Whether there are accounts; once there are, there always will be."""
        if not self._guarded and monotonic() - self._looked > _LOOK_AGAIN:
            self._guarded = next(iter(self.access.accounts()), None) is not None
            self._looked = monotonic()
        return self._guarded

    def viewer(self, *, cookie: str | None, bearer: str | None) -> Viewer | None:
        """Who asks: by token if one is given, else by session; the owner where there are no accounts, None where nobody known."""
        if bearer is not None:
            return self._by_token(bearer)
        return (self._by_session(cookie) if cookie else None) or (None if self.guarded else OWNER)

    def log_in(self, name: str, password: str, *, address: str | None, cookie: str | None) -> str | None:
        """Begin a session and return its secret, None where name and password do not fit; an earlier session ends."""
        account = self.access.account(name.strip().casefold())
        fits = is_password(password, account.password if account else None)
        if account is None or not fits or account.disabled:
            # What is typed as a name may be a password: only names of accounts are written down.
            by = Signature(account.name if account else "unknown name", address)
            log(self.access, by, AuditAction.LOGIN_FAILED, note="disabled" if account and account.disabled else "")
            return None
        self._end(cookie)
        moment = now()
        self.access.end_sessions(before=moment - self._longest)
        secret = secrets.token_urlsafe(32)
        self.access.keep_session(Session(key=digest(secret), account=account.name, started=moment, seen=moment))
        log(self.access, Signature(account.name, address), AuditAction.LOGIN)
        return secret

    def log_out(self, cookie: str | None, by: Signature) -> None:
        """End a session."""
        self._end(cookie)
        log(self.access, by, AuditAction.LOGOUT)

    def close(self) -> None:
        """Let the store go."""
        with self._lock:
            self._store = None
            self._stack.close()

    def _end(self, cookie: str | None) -> None:
        if cookie:
            self.access.end_sessions(key=digest(cookie))

    def _by_token(self, bearer: str) -> Viewer | None:
        token = self.access.token(digest(bearer))
        account = self._active(token.account) if token and token.expires > now() else None
        return viewer_of(account, token) if account else None

    def _by_session(self, cookie: str) -> Viewer | None:
        session = self.access.session(digest(cookie))
        if session is None:
            return None
        moment = now()
        account = self._active(session.account) if self._is_fresh(session, moment) else None
        if account is None:
            self.access.end_sessions(key=session.key)
            return None
        if moment - session.seen > _SEEN_EVERY:
            self.access.keep_session(msgspec.structs.replace(session, seen=moment))
        return viewer_of(account)

    def _is_fresh(self, session: Session, moment: datetime) -> bool:
        return moment - session.seen <= self._idle and moment - session.started <= self._longest

    def _active(self, name: str) -> Account | None:
        account = self.access.account(name)
        return account if account and not account.disabled else None
