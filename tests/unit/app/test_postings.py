"""Narrowing down by lists gives what looking at every event and claim gives."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from dragoman.app.postings import ClaimBook, EventBook
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Engagement, Participant
from dragoman.core.folding import fold
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.queries import ClaimQuery, fits, in_period, index_claim, words_fit
from dragoman.core.records import Event
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, Issue, Level, Role

ACTORS = (Actor("Qatar", "QAT"), Actor("Hamas", "HAMAS"), Actor("Forum of the Coast"), Actor("Coast Guard", "CG"))
PLACES = (None, Place(name="Doha", country="QAT"), Place(country="EGY"), Place(name="Port Said", country="EGY"))
DAY = date(2024, 5, 1)


def when(rnd: Random) -> When | None:
    start = DAY + timedelta(days=rnd.randint(0, 9))
    return rnd.choice((None, When(start=start, end=start + timedelta(days=rnd.randint(0, 3))), When(end=start)))


def engagements() -> Iterator[Engagement]:
    rnd = Random(4)
    for number in range(120):
        yield Engagement(
            document=DocumentId(f"d{number}"),
            evidence=(Span(0, 5),),
            rule="test",
            type=rnd.choice((EngagementType.MEETING, EngagementType.CALL)),
            factuality=rnd.choice((Factuality.OCCURRED, Factuality.PLANNED)),
            participants=tuple(
                Participant(actor=actor, person=rnd.choice((None, "Ali Example")), role=rnd.choice((Role.MEDIATOR, Role.PARTY)))
                for actor in rnd.sample(ACTORS, 2)
            ),
            place=rnd.choice(PLACES),
            when=when(rnd),
            issues=tuple(rnd.sample((Issue.CEASEFIRE, Issue.OTHER), rnd.randint(0, 2))),
            dossiers=tuple(map(DossierId, rnd.sample(("gaza", "yemen"), rnd.randint(0, 2)))),
        )


CLAIMS = tuple(engagements())
EVENTS = tuple(
    Event(
        claims=(claim.id,),
        documents=(claim.document,),
        type=claim.type,
        factuality=claim.factuality,
        participants=claim.participants,
        place=claim.place,
        when=claim.when,
        issues=claim.issues,
        dossiers=claim.dossiers,
    )
    for claim in CLAIMS
)


def involves(event: Event, actor: str) -> bool:
    return any(
        each.actor.key.casefold() == actor.casefold() or words_fit(actor, fold(each.actor.name)) for each in event.participants
    )


def lies(event: Event, place: str) -> bool:
    own = event.place
    return own is not None and (place.upper() == own.country or (own.name is not None and words_fit(place, fold(own.name))))


def within(event: Event, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    if event.when is None:
        return False
    first, last = event.when.start or event.when.end, event.when.end or event.when.start
    return (since is None or last >= since) and (until is None or first <= until)


@pytest.mark.parametrize(
    ("actor", "place", "since", "until"),
    list(
        product((None, "qat", "coast", "Forum of the Coast", "nobody"), (None, "EGY", "doha", "said"), (None, DAY), (None, DAY))
    ),
)
def test_events_are_those_that_looking_at_each_gives(
    actor: str | None, place: str | None, since: date | None, until: date | None
) -> None:
    found = EventBook(EVENTS).find({"dossier": "gaza"}, actor=actor, place=place, since=since, until=until)
    assert found == tuple(
        event
        for event in EVENTS
        if "gaza" in event.dossiers
        and (actor is None or involves(event, actor))
        and (place is None or lies(event, place))
        and within(event, since, until)
    )


def test_values_are_asked_for_together() -> None:
    book = EventBook(EVENTS)
    found = book.find({"kind": "call", "status": "planned", "role": "mediator", "issue": "ceasefire"})
    assert found
    assert all(event.type is EngagementType.CALL and Issue.CEASEFIRE in event.issues for event in found)
    assert book.find({}) == EVENTS
    assert book.find({"dossier": "nowhere"}) == ()


@pytest.mark.parametrize(
    "query",
    [
        ClaimQuery(),
        ClaimQuery(actor="Qatar", with_actor="HAMAS"),
        ClaimQuery(person="example", role=Role.MEDIATOR),
        ClaimQuery(actor="CG", role=Role.PARTY, types=("call",)),
        ClaimQuery(dossier=DossierId("yemen"), issue=Issue.CEASEFIRE, since=DAY + timedelta(days=3)),
        ClaimQuery(until=DAY + timedelta(days=2), factuality=Factuality.PLANNED),
        ClaimQuery(person="?!"),
        ClaimQuery(level=Level.MINISTER),
    ],
)
def test_claims_are_those_that_looking_at_each_gives(query: ClaimQuery) -> None:
    found = ClaimBook({ClaimId(claim.id): claim for claim in CLAIMS}).find(query)
    fitting = [claim for claim in CLAIMS if fits(index_claim(claim), claim, query)]
    dated = {claim.id for claim in fitting if in_period(index_claim(claim), query)}
    assert {one.id for one in found.claims} == dated
    assert [one.key for one in found.claims] == sorted(one.key for one in found.claims)
    asked = query.since or query.until
    assert found.undated == (sum(claim.when is None for claim in fitting) if asked else 0)
