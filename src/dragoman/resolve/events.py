"""Claims and judgements in, the record out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from dragoman.core.claims import AnyClaim, Engagement
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.records import Event, Record, Reprint
from dragoman.core.text import Document
from dragoman.resolve.assembly import assemble, order
from dragoman.resolve.blocking import Block, blocks
from dragoman.resolve.clusters import Link, cluster
from dragoman.resolve.containing import Known, place_in_larger
from dragoman.resolve.groups import Group, grouped
from dragoman.resolve.judging import Judged, apply_judgements
from dragoman.resolve.matching import Decision, decide, kinds_meet
from dragoman.resolve.parts import Parts, Recall
from dragoman.resolve.profiles import Profile, fingerprint, profile

_Linked = tuple[ClaimId, ClaimId, Decision]

_EVENTS = msgspec.json.Decoder(list[Event])
_LINKS = msgspec.json.Decoder(list[_Linked])


def resolve(
    claims: Iterable[AnyClaim],
    documents: Mapping[DocumentId, Document],
    reprints: Iterable[Reprint] = (),
    judgements: Iterable[Judgement] = (),
    earlier: Iterable[AnyClaim] = (),
    *,
    parts: Parts | None = None,
    recall: Recall | None = None,
) -> Record:
    """Compute the record: which engagements tell of one event, and every other claim as it stands after judgements.

    The order of claims, reprints and judgements does not matter. A document that is missing from `documents` costs its claims
    their wording and publication date. `earlier` are judged claims of older codings (`Store.claim` knows them), so that
    judgements find their claims again after re-coding. With `parts`, what was computed before of claims that did not change is
    taken from there, and `recall` spares a process that resolves again reading it anew; the record is the same with and without.
    """
    held = {claim.id: claim for claim in claims}
    judged = apply_judgements(held, judgements, documents, {claim.id: claim for claim in earlier})
    groups = reprint_groups(reprints)
    derive = recall.profile if recall else profile
    profiles = order(
        derive(one, claim, documents.get(claim.document), groups.get(claim.document, claim.document))
        for one, claim in judged.claims.items()
        if isinstance(claim, Engagement)
    )
    events = _Resolver(profiles, judged, parts, recall).events()
    return Record(
        events=tuple(event for _, event in sorted(place_in_larger([(event.id, event) for event in events]), key=_when)),
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


class _Resolver:
    """Links claims within blocks, and makes events of the groups that hang together: in parts, of which some may be known."""

    def __init__(self, profiles: Sequence[Profile], judged: Judged, parts: Parts | None, recall: Recall | None) -> None:
        self._profiles = profiles
        self._judged = judged
        self._parts = parts
        printed = recall.print_of if recall else fingerprint
        self._prints = {one.id: printed(one) for one in profiles} if parts else {}

    def events(self) -> Iterator[Event]:
        for group in grouped(self._profiles, self._links(), self._judged.ruling):
            if self._parts is None:
                yield from self._resolved(group)
            else:
                made_of = (self._printed(group.members), dump(self._told(group)).decode())
                yield from self._parts.part("events", made_of, partial(self._resolved, group), _EVENTS)

    def _links(self) -> Iterator[Link]:
        profiles = {one.id: one for one in self._profiles}
        for block in blocks(self._profiles):
            if self._parts is None:
                linked = _linked(block)
            else:
                made_of = (block.name, self._printed(block.members))
                linked = self._parts.part("links", made_of, partial(_linked, block), _LINKS)
            for left, right, decision in linked:
                yield Link(profiles[left], profiles[right], decision)

    def _printed(self, members: Iterable[Profile]) -> str:
        return "".join(self._prints[one.id] for one in members)

    def _told(self, group: Group) -> object:
        """What a group's events depend on beside its claims."""
        judged = self._judged
        claims = [one.id for one in group.members]
        return (
            [(link.left.id, link.right.id) for link in group.links],
            [sorted(rulings.items()) for rulings in group.ruling],
            [one for one in claims if one in judged.accepted],
            [(one, judged.by_claim[one]) for one in claims if one in judged.by_claim],
        )

    def _resolved(self, group: Group) -> list[Event]:
        found = cluster(group.members, group.links, group.ruling)
        return [_judged(assemble(one, self._judged.accepted), self._judged) for one in found]


def _linked(block: Block) -> list[_Linked]:
    alike = ((left, right) for left, right in block.pairs() if kinds_meet(left, right))
    decided = ((left, right, decide(left, right, thorough=False)) for left, right in alike)
    return [(left.id, right.id, decision) for left, right, decision in decided if decision.same]


def _judged(event: Event, judged: Judged) -> Event:
    """Name the judgements on its claims beside those that shaped the event."""
    made = {judgement for claim in event.claims for judgement in judged.by_claim.get(claim, ())}
    return replace(event, judgements=tuple(sorted({*event.judgements, *made}))) if made else event


def _when(known: Known) -> tuple[bool, int, str]:
    one, event = known
    day = (event.when.start or event.when.end) if event.when else None
    return (day is None, day.toordinal() if day else 0, one)


def _others(judged: Judged, documents: Mapping[DocumentId, Document]) -> list[AnyClaim]:
    def place(entry: tuple[ClaimId, AnyClaim]) -> tuple[bool, int, DocumentId, int, ClaimId]:
        one, claim = entry
        document = documents.get(claim.document)
        published = document.published if document else None
        return (published is None, published.toordinal() if published else 0, claim.document, claim.evidence[0].start, one)

    others = [entry for entry in judged.claims.items() if not isinstance(entry[1], Engagement)]
    return [claim for _, claim in sorted(others, key=place)]
