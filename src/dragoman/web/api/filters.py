# ruff: noqa: PLR0913, PLR0917  every filter is a parameter of its own, with its own word in the specification
"""What lists can be narrowed by: the same filters as those of the pages and the commands."""

from datetime import date
from typing import Annotated

import msgspec
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.queries import ClaimKind, ClaimQuery
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Level, Role
from dragoman.web.event_filter import EventFilter

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Actor = Annotated[
    Words | None,
    QueryParameter(description="Who acts: a code or a name, such as QAT, Qatar or HAMAS.", examples=[Example(value="QAT")]),
]
WithActor = Annotated[
    Words | None,
    QueryParameter(name="with", description="The other side: another participant, or whom a statement or offer addresses."),
]
Person = Annotated[Words | None, QueryParameter(description="One or more words of a person's name.")]
InDossier = Annotated[
    Words | None,
    QueryParameter(description="Id of a conflict or file.", examples=[Example(value="gaza"), Example(value="ukraine")]),
]
OfIssue = Annotated[Issue | None, QueryParameter(description="What is on the table.")]
InRole = Annotated[Role | None, QueryParameter(description="Role of a participant.")]
AtLevel = Annotated[Level | None, QueryParameter(description="Level of a person.")]
ByChannel = Annotated[Channel | None, QueryParameter(description="How the sides were in touch.")]
OfFactuality = Annotated[Factuality | None, QueryParameter(description="Whether it happened, is planned, called off, alleged …")]
Since = Annotated[
    date | None,
    QueryParameter(description="First day; what has no date fits no period.", examples=[Example(value="2024-05-01")]),
]
Until = Annotated[date | None, QueryParameter(description="Last day, included.", examples=[Example(value="2024-05-31")])]
Kinds = Annotated[list[ClaimKind] | None, QueryParameter(description="Kind of claim; may be given more than once.")]
Types = Annotated[
    list[Words] | None,
    QueryParameter(description="Type within the kind, such as meeting or ceasefire offer; may be given more than once."),
]
FromDocument = Annotated[Words | None, QueryParameter(description="Id of a document.")]
FromSource = Annotated[Words | None, QueryParameter(description="Name of a source, as /api/v1/sources gives it.")]
InPlace = Annotated[Words | None, QueryParameter(description="A country's code (ISO 3166 alpha-3), or words of a place's name.")]
OfKind = Annotated[EngagementType | None, QueryParameter(description="Type of engagement.")]

TheClaimQuery = NamedDependency[ClaimQuery]
TheEventFilter = NamedDependency[EventFilter]


def claim_query(
    kind: Kinds = None,
    type: Types = None,  # noqa: A002  the name in the address
    actor: Actor = None,
    with_actor: WithActor = None,
    person: Person = None,
    dossier: InDossier = None,
    issue: OfIssue = None,
    role: InRole = None,
    level: AtLevel = None,
    channel: ByChannel = None,
    factuality: OfFactuality = None,
    document: FromDocument = None,
    since: Since = None,
    until: Until = None,
) -> ClaimQuery:
    """Which claims an address asks for."""
    return ClaimQuery(
        kinds=tuple(kind or ()),
        types=tuple(type or ()),
        actor=actor,
        with_actor=with_actor,
        person=person,
        dossier=DossierId(dossier) if dossier else None,
        issue=issue,
        role=role,
        level=level,
        channel=channel,
        factuality=factuality,
        document=DocumentId(document) if document else None,
        since=since,
        until=until,
    )


def event_filter(
    actor: Actor = None,
    dossier: InDossier = None,
    place: InPlace = None,
    kind: OfKind = None,
    status: OfFactuality = None,
    role: InRole = None,
    level: AtLevel = None,
    issue: OfIssue = None,
    since: Since = None,
    until: Until = None,
) -> EventFilter:
    """Which events an address asks for; as the page of events reads it."""
    return EventFilter(
        actor=actor,
        dossier=dossier,
        place=place,
        kind=kind,
        status=status,
        role=role,
        level=level,
        issue=issue,
        since=since,
        until=until,
    )
