"""What tracks, positions and the rest are computed from: the record, with the claims, words and dates behind it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

import msgspec

from dragoman.core.claims import AnyClaim, Engagement, Participant
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.records import Event, Record
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, Standing
from dragoman.knowledge.dossiers import Dossier, DossierBook, standing

HELD = frozenset({Factuality.OCCURRED, Factuality.ASSESSED})
"""What took place as far as the documents vouch for it; what is merely alleged decides nothing."""

LONGEST = timedelta(days=31)
"""Periods up to which an event still has a day to stand under: the last one."""


class Basis(msgspec.Struct, frozen=True, eq=False, kw_only=True, dict=True):
    """The record with what it rests on; `claims` are the current ones by the ids that the record names."""

    record: Record
    claims: Mapping[ClaimId, AnyClaim]
    documents: Mapping[DocumentId, Document]
    dossiers: DossierBook
    groups: Mapping[DocumentId, DocumentId] = {}
    """The first of each set of documents that copy one another, as `reprint_groups` gives them."""

    @cached_property
    def told_in(self) -> Mapping[DocumentId, Sequence[tuple[ClaimId, AnyClaim]]]:
        """The claims of each document but those rejected, with their ids; looked up once."""
        found: dict[DocumentId, list[tuple[ClaimId, AnyClaim]]] = {}
        rejected = set(self.record.rejected)
        for one, claim in self.claims.items():
            if one not in rejected:
                found.setdefault(claim.document, []).append((one, claim))
        return found

    def engagements(self, event: Event) -> tuple[tuple[ClaimId, Engagement], ...]:
        """The claims of an event with their ids."""
        found = ((one, self.claims.get(one)) for one in event.claims)
        return tuple((one, claim) for one, claim in found if isinstance(claim, Engagement))

    def words(self, claim: AnyClaim) -> str:
        """The sentence that a claim rests on; nothing where its document is missing."""
        document = self.documents.get(claim.document)
        return claim.evidence[0].of(document.text) if document else ""

    def published(self, claim: AnyClaim) -> date | None:
        """The day on which a claim was reported."""
        document = self.documents.get(claim.document)
        return document.published if document else None

    def reported(self, event: Event) -> date | None:
        """The day on which an event was first reported."""
        days = (self.published(claim) for _, claim in self.engagements(event))
        return min((day for day in days if day is not None), default=None)

    def day(self, event: Event) -> date | None:
        """The day that an event stands under: its own, else that of its first report, unless it was long over by then."""
        own, reported = day_of(event.when), self.reported(event)
        if own is not None or reported is None:
            return own or reported
        end = event.when.end if event.when else None
        return None if end is not None and reported - end > LONGEST else reported

    def dossier(self, dossier: DossierId | None, on: date | None = None) -> Dossier | None:
        """A dossier by id, with those who were parties on a day."""
        known = self.dossiers.get(dossier) if dossier else None
        return known.at(on) if known else None

    def standing(self, participant: Participant, dossier: DossierId | None, on: date | None = None) -> Standing | None:
        """Standing in a dossier on a day; an analyst's correction is not in the dossier's file and outweighs it."""
        known = self.dossier(dossier, on)
        derived = standing(known, participant.actor.code) if known else None
        return derived or participant.standing


def day_of(when: When | None) -> date | None:
    """The day that a time stands for: its last, unless the period is longer than a month."""
    if when is None:
        return None
    if when.start and when.end:
        return when.end if when.end - when.start <= LONGEST else None
    return when.start  # a deadline alone is no day of its own


def sides_in(codes: Iterable[str | None], dossier: Dossier) -> int:
    """How many sides of a dossier some actors belong to."""
    present = set(codes)
    return sum(1 for side in dossier.sides if present.intersection(side))
