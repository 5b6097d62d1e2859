"""Passwords as Argon2id hashes (RFC 9106), with the parameters that argon2-cffi recommends."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE = BoundedSemaphore(2)
"""Each hash takes 64 MiB: many log-ins at once wait for each other rather than for memory."""


def hash_password(password: str) -> str:
    """A salted hash to keep in place of a password."""
    with _AT_ONCE:
        return PasswordHasher().hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one whose hash was kept; without one, false after the same time."""
    with _AT_ONCE:
        try:
            return PasswordHasher().verify(kept or _nobodys(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys() -> str:
    return PasswordHasher().hash("nobody's password")
