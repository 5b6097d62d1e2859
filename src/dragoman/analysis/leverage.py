"""Who is said to need whom for what: the leverage that one actor has over another, as claims and not as a score."""

from collections.abc import Iterable
from itertools import product

import msgspec

from dragoman.core.claims import AnyClaim, Dependence
from dragoman.core.ids import ClaimId
from dragoman.core.vocab import DependenceType, Factuality

FORMULA = (
    "each line is what documents say that one actor needs of another, with its sentences; nothing is added up, and what no "
    "document says is not known"
)


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """One actor is said to need another for one kind of thing; `type` is None where the documents do not say for what."""

    who: str
    on: str
    type: DependenceType | None
    claims: tuple[ClaimId, ...]


def ties(claims: Iterable[AnyClaim], *, actor: str | None = None) -> tuple[Tie, ...]:
    """Ties between actors (keys), those with most claims first; all, or those of one actor on either side."""
    found: dict[tuple[str, str, DependenceType | None], list[ClaimId]] = {}
    for claim in claims:
        if isinstance(claim, Dependence) and claim.factuality is Factuality.OCCURRED:
            for who, on in product(claim.who, claim.on):
                if actor is None or actor in {who.key, on.key}:
                    found.setdefault((who.key, on.key, claim.type), []).append(claim.id)
    made = (Tie(who=who, on=on, type=kind, claims=tuple(sorted(ids))) for (who, on, kind), ids in found.items())
    return tuple(sorted(made, key=lambda one: (-len(one.claims), one.who, one.on, one.type or "")))
