"""Claims and judgements in, the record out."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from dragoman.core.claims import AnyClaim, Engagement
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.records import Event, Record, Reprint
from dragoman.core.text import Document
from dragoman.resolve.assembly import assemble, order
from dragoman.resolve.blocking import candidates
from dragoman.resolve.clusters import Link, cluster
from dragoman.resolve.containing import place_in_larger
from dragoman.resolve.judging import Judged, apply_judgements
from dragoman.resolve.matching import decide
from dragoman.resolve.profiles import Profile, profile


def resolve(
    claims: Iterable[AnyClaim],
    documents: Mapping[DocumentId, Document],
    reprints: Iterable[Reprint] = (),
    judgements: Iterable[Judgement] = (),
    earlier: Iterable[AnyClaim] = (),
) -> Record:
    """Compute the record: which engagements tell of one event, and every other claim as it stands after judgements.

    The order of claims, reprints and judgements does not matter. A document that is missing from `documents` costs its claims
    their wording and publication date. `earlier` are judged claims of older codings (`Store.claim` knows them), so that
    judgements find their claims again after re-coding.
    """
    held = {claim.id: claim for claim in claims}
    judged = apply_judgements(held, judgements, documents, {claim.id: claim for claim in earlier})
    groups = reprint_groups(reprints)
    profiles = order(
        profile(one, claim, documents.get(claim.document), groups.get(claim.document, claim.document))
        for one, claim in judged.claims.items()
        if isinstance(claim, Engagement)
    )
    links = _links(profiles)
    events = [_judged(assemble(found, documents, judged.accepted), judged) for found in cluster(profiles, links, judged.ruling)]
    return Record(
        events=tuple(sorted(place_in_larger(events), key=_when)),
        others=tuple(_others(judged, documents)),
        corrections=judged.corrections,
        accepted=tuple(sorted(judged.accepted)),
        rejected=judged.rejected,
        unattached=judged.unattached,
    )


def reprint_groups(reprints: Iterable[Reprint]) -> dict[DocumentId, DocumentId]:
    """The lowest id of each set of documents that copy one another, directly or by way of others."""
    home: dict[DocumentId, DocumentId] = {}

    def root(one: DocumentId) -> DocumentId:
        while home.setdefault(one, one) != one:
            home[one] = home[home[one]]
            one = home[one]
        return one

    for link in reprints:
        low, high = sorted((root(link.original), root(link.copy)))
        home[high] = low
    return {one: root(one) for one in list(home)}


def _links(profiles: list[Profile]) -> Iterable[Link]:
    for left, right in candidates(profiles):
        decision = decide(left, right, thorough=False)
        if decision.same:
            yield Link(left, right, decision)


def _judged(event: Event, judged: Judged) -> Event:
    """Name the judgements on its claims beside those that shaped the event."""
    made = {judgement for claim in event.claims for judgement in judged.by_claim.get(claim, ())}
    return replace(event, judgements=tuple(sorted({*event.judgements, *made}))) if made else event


def _when(event: Event) -> tuple[bool, int, str]:
    day = (event.when.start or event.when.end) if event.when else None
    return (day is None, day.toordinal() if day else 0, event.id)


def _others(judged: Judged, documents: Mapping[DocumentId, Document]) -> list[AnyClaim]:
    def place(entry: tuple[ClaimId, AnyClaim]) -> tuple[bool, int, DocumentId, int, ClaimId]:
        one, claim = entry
        document = documents.get(claim.document)
        published = document.published if document else None
        return (published is None, published.toordinal() if published else 0, claim.document, claim.evidence[0].start, one)

    others = [entry for entry in judged.claims.items() if not isinstance(entry[1], Engagement)]
    return [claim for _, claim in sorted(others, key=place)]
