"""Looking claims up by id."""

import re

from dragoman.core.claims import AnyClaim
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId
from dragoman.core.ports import Holdings

_ID = re.compile(r"c[0-9a-f]{16}")
_START = re.compile(r"c[0-9a-f]{4,15}")


def claim_by_id(holdings: Holdings, asked: str) -> AnyClaim:
    """A claim by its id, or by the beginning of one that only one current claim has; InputError says what does not fit."""
    if _ID.fullmatch(asked):
        claim = holdings.claim(ClaimId(asked))
        if claim is None:
            raise InputError(f"{asked}: no claim with this id in the store; the other verbs print ids, or name another --store")
        return claim
    if not _START.fullmatch(asked):
        raise InputError(f"{asked!r} is no claim id; ids look like c0123456789abcdef, five characters are the least")
    found = [claim for claim in holdings.claims() if claim.id.startswith(asked)]
    if len(found) != 1:
        listed = f": {', '.join(claim.id for claim in found[:5])}" if found else ""
        raise InputError(f"{asked}: {len(found) or 'no'} current claims begin with this{listed}")
    return found[0]
