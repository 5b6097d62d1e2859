"""Content-hash ids: the same content gets the same id on every machine."""

import hashlib
from typing import NewType

DocumentId = NewType("DocumentId", str)
ClaimId = NewType("ClaimId", str)
EventId = NewType("EventId", str)
DossierId = NewType("DossierId", str)

_DIGITS = 16


def content_hash(*parts: str) -> str:
    """Hash text parts to 16 hexadecimal digits; parts are length-prefixed, so ("ab", "c") differs from ("a", "bc")."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(encoded)}:".encode())
        digest.update(encoded)
    return digest.hexdigest()[:_DIGITS]
