"""A small invented record as exports get it: events with plans, doubts and hostile words, and a claim of every other kind."""

from datetime import date
from typing import Any

import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import (
    Agreement,
    Attribution,
    Engagement,
    Interaction,
    Participant,
    Proposal,
    Status,
    Utterance,
    Violence,
    Voice,
)
from dragoman.core.ids import DossierId
from dragoman.core.plover import Root
from dragoman.core.records import Difference, Event, Record, Stated
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    ActorKind,
    AgreementStage,
    AgreementState,
    Channel,
    EngagementType,
    Factuality,
    Issue,
    Level,
    Outcome,
    PlaceKind,
    Precision,
    ProposalKind,
    Role,
    Stance,
    Standing,
    TalksSignal,
    ViolenceType,
    VoiceKind,
)
from dragoman.export.selection import Selection
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.resolve.basis import Basis

GAZA, UKRAINE = DossierId("gaza"), DossierId("ukraine")
STATE, GROUP = ActorKind.STATE, ActorKind.NONSTATE
QATAR, EGYPT, TURKEY = Actor("Qatar", "QAT", STATE), Actor("Egypt", "EGY", STATE), Actor("Turkey", "TUR", STATE)
ISRAEL, HAMAS, UKRAINIANS = Actor("Israel", "ISR", STATE), Actor("Hamas", "HAMAS", GROUP), Actor("Ukraine", "UKR", STATE)
NOBODY = Actor("the Elders of Somewhere")

READOUT = Document(
    text=(
        "=Truce talks in Doha <b>& beyond</b>\n\nPrime Minister Sheikh Example hosted Hamas and Israel\nin Doha on 6 May 2024. "
        "They signed the Example Truce. “We will not sign under fire,” Example Spokesman said."
    ),
    title="=Truce talks in Doha <b>& beyond</b>",
    source="Example Readouts",
    published=date(2024, 5, 6),
    language="en",
    licence="CC BY 4.0",
    url="https://example.org/readout?a=1&b=2",
    name="readout-1",
)
AGENCY = Document(
    text=(
        "Delegations from Hamas and Israel sat with the Qataris on Monday, two diplomats said. "
        "Qatar offered to guarantee the deal. Talks are at an impasse. Shelling by Hamas hit Sderot. "
        "Turkey's Example Minister will visit Kyiv next week. "
        "A meeting with the Elders of Somewhere was called off. Israel demanded the release of captives. Israel praised Egypt. "
        "An envoy will meet Hamas soon."
    ),
    source="Example Agency",
    published=date(2024, 5, 7),
    language="en",
    url="file:///home/desk/secret.txt",
)


def span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def on(year: int, month: int, number: int) -> When:
    at = date(year, month, number)
    return When(start=at, end=at, precision=Precision.DAY)


def common(document: Document, words: str, dossier: DossierId = GAZA) -> dict:
    return {"document": document.id, "evidence": (span(document, words),), "rule": "test", "dossiers": (dossier,)}


HOSTED = Engagement(
    **common(READOUT, "Prime Minister Sheikh Example hosted Hamas and Israel\nin Doha on 6 May 2024."),
    type=EngagementType.TALKS_ROUND,
    participants=(
        Participant(
            actor=QATAR,
            person="Sheikh Example",
            office="prime minister",
            level=Level.HEAD_OF_GOVERNMENT,
            role=Role.MEDIATOR,
            role_reason="hosted both sides",
            standing=Standing.THIRD_PARTY,
        ),
        Participant(actor=HAMAS, role=Role.PARTY, standing=Standing.LOCAL_PARTY),
        Participant(actor=ISRAEL, role=Role.PARTY, standing=Standing.LOCAL_PARTY),
    ),
    channel=Channel.IN_PERSON,
    place=Place(name="Doha", country="QAT", kind=PlaceKind.CITY, geonames=290030, latitude=25.28545, longitude=51.53096),
    when=on(2024, 5, 6),
    issues=(Issue.CEASEFIRE, Issue.HOSTAGES_PRISONERS),
    outcome=Outcome.AGREEMENT,
)
RETOLD = Engagement(
    **common(AGENCY, "Delegations from Hamas and Israel sat with the Qataris on Monday, two diplomats said."),
    type=EngagementType.TALKS_ROUND,
    participants=(Participant(actor=HAMAS), Participant(actor=ISRAEL), Participant(actor=QATAR)),
    when=on(2024, 5, 6),
    voices=(Voice(kind=VoiceKind.ANONYMOUS, name="two diplomats"),),
)
SIGNED = Engagement(
    **common(READOUT, "They signed the Example Truce."),
    type=EngagementType.AGREEMENT_SIGNING,
    participants=(Participant(actor=HAMAS, role=Role.PARTY), Participant(actor=ISRAEL, role=Role.PARTY)),
    when=on(2024, 5, 6),
    issues=(Issue.CEASEFIRE,),
    outcome=Outcome.AGREEMENT,
)
VISIT = Engagement(
    **common(AGENCY, "Turkey's Example Minister will visit Kyiv next week.", UKRAINE),
    type=EngagementType.VISIT,
    factuality=Factuality.PLANNED,
    participants=(Participant(actor=TURKEY, person="Example Minister", level=Level.MINISTER), Participant(actor=UKRAINIANS)),
    place=Place(name="Kyiv", country="UKR"),
    when=When(start=date(2024, 5, 13), end=date(2024, 5, 19), precision=Precision.WEEK, expression="next week"),
)
CALLED_OFF = Engagement(
    **common(AGENCY, "A meeting with the Elders of Somewhere was called off."),
    type=EngagementType.MEETING,
    factuality=Factuality.CANCELLED,
    participants=(Participant(actor=EGYPT), Participant(actor=NOBODY)),
    when=on(2024, 5, 9),
)
SOON = Engagement(
    **common(AGENCY, "An envoy will meet Hamas soon."),
    type=EngagementType.MEETING,
    factuality=Factuality.PLANNED,
    participants=(Participant(actor=EGYPT, level=Level.SPECIAL_ENVOY), Participant(actor=HAMAS)),
    when=When(expression="soon"),
)
STATEMENT = Utterance(
    **common(READOUT, "“We will not sign under fire,” Example Spokesman said."),
    speaker="Example Spokesman",
    speaker_actors=(HAMAS,),
    office="spokesman",
    content=span(READOUT, "“We will not sign under fire,”"),
    direct=True,
    target=ISRAEL,
    stance=Stance.OPPOSE,
    issue=Issue.CEASEFIRE,
)
GUARANTEE = Proposal(
    **common(AGENCY, "Qatar offered to guarantee the deal."),
    type=ProposalKind.GUARANTEE,
    by=(QATAR,),
    terms=span(AGENCY, "guarantee the deal"),
    issues=(Issue.SECURITY_GUARANTEES,),
)
DEMAND = Proposal(
    **common(AGENCY, "Israel demanded the release of captives."),
    type=ProposalKind.DEMAND,
    by=(ISRAEL,),
    to=(HAMAS,),
    terms=span(AGENCY, "release of captives"),
    issues=(Issue.HOSTAGES_PRISONERS,),
    when=on(2024, 5, 7),
)
IMPASSE = Status(**common(AGENCY, "Talks are at an impasse."), signal=TalksSignal.IMPASSE, actors=(HAMAS, ISRAEL))
SHELLING = Violence(
    **common(AGENCY, "Shelling by Hamas hit Sderot."),
    type=ViolenceType.SHELLING,
    perpetrator=HAMAS,
    place=Place(name="Sderot", country="ISR", latitude=31.525, longitude=34.59693),
    when=on(2024, 5, 7),
)
TRUCE = Agreement(
    **common(READOUT, "They signed the Example Truce."),
    state=AgreementState.REACHED,
    name=span(READOUT, "Example Truce"),
    stage=AgreementStage.CEASEFIRE,
    parties=(HAMAS, ISRAEL),
    issues=(Issue.CEASEFIRE,),
    when=on(2024, 5, 6),
)
PRAISE = Interaction(
    **common(AGENCY, "Israel praised Egypt."),
    root=Root.SUPPORT,
    quad=Root.SUPPORT.quad,
    intensity=5.0,
    source=(ISRAEL,),
    target=(EGYPT,),
    model="test 1",
    score=0.8,
)
TOLD = Attribution(
    **common(AGENCY, "Delegations from Hamas and Israel sat with the Qataris on Monday, two diplomats said."),
    content=span(AGENCY, "Delegations from Hamas and Israel sat with the Qataris on Monday"),
    source="two diplomats",
)
ENGAGEMENTS = (HOSTED, RETOLD, SIGNED, VISIT, CALLED_OFF, SOON)
OTHERS = (STATEMENT, GUARANTEE, DEMAND, IMPASSE, SHELLING, TRUCE, PRAISE, TOLD)


def event(*claims: Engagement, **own: object) -> Event:
    first = claims[0]
    fields: dict[str, object] = {
        "claims": tuple(claim.id for claim in claims),
        "documents": tuple(dict.fromkeys(claim.document for claim in claims)),
        "type": first.type,
        "factuality": first.factuality,
        "participants": first.participants,
        "channel": first.channel,
        "place": first.place,
        "when": first.when,
        "dossiers": first.dossiers,
        "issues": first.issues,
        "outcome": first.outcome,
    }
    return Event(**(fields | own))


ROUND = event(
    HOSTED,
    RETOLD,
    independent=2,
    accepted=True,
    differences=(Difference("outcome", (Stated("agreement", (HOSTED.id,)), Stated("none_reported", (RETOLD.id,)))),),
)
SIGNING, PLAN, OFF, UNDATED = event(SIGNED), event(VISIT), event(CALLED_OFF), event(SOON)


@pytest.fixture(scope="session")
def model() -> Any:
    """The schemata of FollowTheMoney, which take a second to load."""
    from followthemoney import model as schemata  # noqa: PLC0415

    return schemata


@pytest.fixture(scope="session")
def basis() -> Basis:
    return Basis(
        record=Record(events=(ROUND, SIGNING, OFF, PLAN, UNDATED), others=OTHERS),
        claims={claim.id: claim for claim in (*ENGAGEMENTS, *OTHERS)},
        documents={document.id: document for document in (READOUT, AGENCY)},
        dossiers=shipped_dossiers(),
    )


@pytest.fixture(scope="session")
def selection(basis: Basis) -> Selection:
    return Selection(
        basis=basis,
        events=basis.record.events,
        others=tuple((claim.id, claim) for claim in basis.record.others),
        tracks={ROUND.id: ("Example talks",)},
    )


@pytest.fixture(scope="session")
def gaza(selection: Selection) -> Selection:
    return Selection(
        basis=selection.basis,
        events=tuple(one for one in selection.events if GAZA in one.dossiers),
        others=selection.others,
        dossier=GAZA,
    )


def invented(basis: Basis, kind: EngagementType, *names: str) -> Selection:
    """One event of actors by their names."""
    claim = Engagement(
        **common(READOUT, "They signed the Example Truce."),
        type=kind,
        participants=tuple(Participant(actor=Actor(name)) for name in names),
    )
    one = event(claim)
    return Selection(
        basis=Basis(
            record=Record(events=(one,)),
            claims={claim.id: claim},
            documents=basis.documents,
            dossiers=basis.dossiers,
        ),
        events=(one,),
    )


@pytest.fixture(scope="session")
def big_conference(basis: Basis) -> Selection:
    """Seven actors at one table."""
    return invented(basis, EngagementType.MULTILATERAL, "Norway", "Qatar", "Egypt", "Turkey", "Jordan", "Kenya", "Oman")


@pytest.fixture(scope="session")
def round_trip(basis: Basis) -> Selection:
    """One traveller, two hosts, no place."""
    return invented(basis, EngagementType.VISIT, "Norway", "Qatar", "Egypt")
