"""Database errors in words: what, where, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from dragoman.core.errors import InputError, StoreError

_DAMAGED = "is damaged; restore a backup, or save what it still holds with `dragoman --store {0} repair --out NEW.db`"
_NO_DATABASE = (
    "is not a Dragoman store or any SQLite database; give another path, or move that file away "
    "(if it was a store, `dragoman --store {0} repair --out NEW.db` saves what it still holds)"
)
_REMEDIES = (
    ("SQLITE_NOTADB", _NO_DATABASE),
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_CONSTRAINT_FOREIGNKEY", _DAMAGED),  # what is written comes with what it refers to, unless that has been lost
    ("SQLITE_FULL", "has no room to grow: the disk or quota is full; free some space and run again, nothing stored is lost"),
    ("SQLITE_BUSY", "is locked by another process that is writing; wait for it to end, then run again"),
    ("SQLITE_LOCKED", "is locked by another process that is writing; wait for it to end, then run again"),
    (
        "SQLITE_READONLY",
        "cannot be written; check the permissions of the file and of its folder, or copy it to a folder of yours",
    ),
    ("SQLITE_CANTOPEN", "cannot be opened; check that its folder exists and that you may write there"),
    ("SQLITE_PERM", "cannot be opened; check the permissions of the file and of its folder"),
    ("SQLITE_IOERR", "cannot be read or written by the system; check the disk and its free space"),
    ("SQLITE_TOOBIG", "cannot hold a text that large; split the document"),
)


def explain(error: BaseException, where: str) -> StoreError:
    """Turn a database error into one that says what to do; `where` names the store and holds no password."""
    name = getattr(error, "sqlite_errorname", None) or ""
    for prefix, what in _REMEDIES:
        if name.startswith(prefix):
            return StoreError(f"the store {where} {what.format(where)}")
    if isinstance(error, sqlite3.OperationalError) and "UTF-8" in str(error):
        return damaged(where)
    if isinstance(error, sqlite3.Error):
        return StoreError(f"the store {where} failed: {error} ({name or type(error).__name__})")
    detail = " ".join(str(error).split())
    code = getattr(error, "sqlstate", None)
    if code is None:
        return StoreError(f"the store {where} cannot be reached: {detail}; check that the server runs and the address is right")
    if code == "53100":
        return StoreError(f"the store {where} has no room to grow: the server's disk is full; free some space and run again")
    return StoreError(f"the store {where} failed: {detail} (SQLSTATE {code})")


def damaged(where: str) -> StoreError:
    """A store whose rows are not what was written: altered by a fault of disk or memory, or by another program."""
    return StoreError(f"the store {where} {_DAMAGED.format(where)}")


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Re-raise database errors of the block as StoreError."""
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig or error, where) from error
    except sqlite3.Error as error:  # raised while a connection is set up, where SQLAlchemy does not wrap it
        raise explain(error, where) from error
    except UnicodeDecodeError as error:  # the database's own message names a table whose name is garbage
        raise damaged(where) from error


@contextmanager
def whole(where: str) -> Iterator[None]:
    """Re-raise what decoding a stored row trips over as StoreError: what was written could be read."""
    try:
        yield
    except (InputError, ValueError) as error:
        raise damaged(where) from error
