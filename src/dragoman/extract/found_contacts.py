"""What the contact model finds beside what the rules read: kept where it tells of another contact, not where it echoes one."""

from collections.abc import Iterable, Sequence

from dragoman.core.vocab import ActorKind, EngagementType
from dragoman.extract.merging import Draft, days_fit
from dragoman.extract.roles import GO_BETWEENS

_LASTING = frozenset({EngagementType.AGREEMENT_SIGNING, EngagementType.MEDIATION_OFFER, EngagementType.LETTER})
"""Types that are told of the sides of a meeting without being it."""
_SIDES = 2
_ALIKE = 0.5
"""Share of actors that two drafts have in common from which one may be an echo of the other."""


def with_found(read: Sequence[Draft], found: Iterable[Draft]) -> tuple[Draft, ...]:
    """The drafts that the rules read, unchanged, and those found that echo none of them nor one another, in text order."""
    kept = list(read)
    for draft in found:
        if _has_sides(draft) and not any(_echoes(draft, other) for other in kept):
            kept.append(draft)
    return tuple(sorted(kept, key=lambda draft: draft.sentence)) if len(kept) > len(read) else tuple(read)


def _has_sides(draft: Draft) -> bool:
    """Whether somebody meets: not go-betweens alone ("thanked X and Y for mediating"), nor organisations ("NATO-ISAF summit")."""
    sides = [p for p in draft.participants if p.role not in GO_BETWEENS]
    return bool(sides) and any(p.person or p.actor.kind is not ActorKind.ORGANISATION for p in sides)


def _echoes(found: Draft, told: Draft) -> bool:
    """Whether a draft may tell of a contact that is told already: the same sides, and nothing that tells the two apart.

    "They agreed on the importance of trade" is part of the call before it. Better a contact missed than one told twice.
    """
    common = found.actors & told.actors
    if len(common) < min(_SIDES, len(found.actors)) or len(common) < _ALIKE * len(found.actors | told.actors):
        return False
    if found.sentence == told.sentence and found.actors == told.actors:
        return True
    if (found.type in _LASTING or told.type in _LASTING) and found.type is not told.type:
        return False
    if found.factuality is not told.factuality and not found.unsure:
        return found.type is told.type and found.when is None
    return days_fit(found.when, told.when)
