"""A small record of invented reports, written for these tests."""

from datetime import date

import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Engagement, Participant, Proposal, Status, Utterance, Violence, Voice
from dragoman.core.ids import DossierId
from dragoman.core.records import Difference, Event, Merge, Reason, Record, Stated
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    Channel,
    EngagementType,
    Factuality,
    Issue,
    Level,
    Outcome,
    Precision,
    ProposalKind,
    Reliability,
    Role,
    Stance,
    TalksSignal,
    ViolenceType,
    VoiceKind,
)
from dragoman.report.lines import Library

GAZA, UKRAINE = DossierId("gaza"), DossierId("ukraine")
QATAR, EGYPT, HAMAS, TURKEY = Actor("Qatar", "QAT"), Actor("Egypt", "EGY"), Actor("Hamas", "HAMAS"), Actor("Turkey", "TUR")
ISRAEL, RUSSIA, UKRAINE_STATE = Actor("Israel", "ISR"), Actor("Russia", "RUS"), Actor("Ukraine", "UKR")

READOUT = Document(
    text=(
        "Qatar's prime minister receives Egyptian intelligence chief\n\nThe delegations arrived on Monday. "
        "Prime Minister Mohammed bin Abdulrahman met Egypt's intelligence chief Abbas Kamel in Doha on 6 May 2024. "
        "They agreed to keep talking about a truce. <script>alert('x')</script> Dinner followed."
    ),
    title="Qatar's prime minister receives Egyptian intelligence chief",
    source="Example Readouts",
    published=date(2024, 5, 6),
    licence="CC BY 4.0",
    url="https://example.org/readout",
    name="readout-1",
)
AGENCY = Document(
    text=(
        "Cairo envoy in Gulf for truce talks\n\nKamel held talks with the Qatari premier in Lusail, two diplomats said. "
        "“We will not sign under fire,” Hamas official Basim Naim said. Qatar offered to host another round. "
        "Talks are at an impasse. Shelling hit the north of the strip overnight. Turkey's Fidan will visit Kyiv next week."
    ),
    title="Cairo envoy in Gulf for truce talks",
    source="Example Agency",
    published=date(2024, 5, 7),
    name="agency-1",
)


def span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def day(year: int, month: int, number: int) -> When:
    at = date(year, month, number)
    return When(start=at, end=at, precision=Precision.DAY)


MEETING_ONE = Engagement(
    document=READOUT.id,
    evidence=(
        span(
            READOUT, "Prime Minister Mohammed bin Abdulrahman met Egypt's intelligence chief Abbas Kamel in Doha on 6 May 2024."
        ),
    ),
    rule="test",
    type=EngagementType.MEETING,
    participants=(
        Participant(
            actor=QATAR,
            person="Mohammed bin Abdulrahman",
            office="prime minister",
            level=Level.HEAD_OF_GOVERNMENT,
            role=Role.MEDIATOR,
        ),
        Participant(actor=EGYPT, person="Abbas Kamel", office="intelligence chief", level=Level.INTELLIGENCE_CHIEF),
    ),
    channel=Channel.IN_PERSON,
    place=Place(name="Doha", country="QAT"),
    when=day(2024, 5, 6),
    dossiers=(GAZA,),
    issues=(Issue.CEASEFIRE,),
    outcome=Outcome.AGREED_TO_CONTINUE,
)
MEETING_TWO = Engagement(
    document=AGENCY.id,
    evidence=(span(AGENCY, "Kamel held talks with the Qatari premier in Lusail, two diplomats said."),),
    rule="test",
    type=EngagementType.MEETING,
    participants=(Participant(actor=EGYPT, person="Kamel"), Participant(actor=QATAR, office="premier")),
    place=Place(name="Lusail", country="QAT"),
    voices=(Voice(kind=VoiceKind.ANONYMOUS, name="two diplomats"),),
    dossiers=(GAZA,),
)
PLAN = Engagement(
    document=AGENCY.id,
    evidence=(span(AGENCY, "Turkey's Fidan will visit Kyiv next week."),),
    rule="test",
    type=EngagementType.VISIT,
    factuality=Factuality.PLANNED,
    participants=(Participant(actor=TURKEY, person="Fidan"), Participant(actor=UKRAINE_STATE)),
    when=When(start=date(2024, 5, 13), end=date(2024, 5, 19), precision=Precision.WEEK, expression="next week"),
    dossiers=(UKRAINE,),
)
UNDATED = Engagement(
    document=AGENCY.id,
    evidence=(span(AGENCY, "Cairo envoy in Gulf for truce talks"),),
    rule="test",
    type=EngagementType.TALKS_ROUND,
    participants=(Participant(actor=EGYPT), Participant(actor=HAMAS)),
    dossiers=(GAZA,),
)
STATEMENT = Utterance(
    document=AGENCY.id,
    evidence=(span(AGENCY, "“We will not sign under fire,” Hamas official Basim Naim said."),),
    rule="test",
    speaker="Basim Naim",
    speaker_actors=(HAMAS,),
    office="official",
    content=span(AGENCY, "“We will not sign under fire,”"),
    direct=True,
    stance=Stance.OPPOSE,
    issue=Issue.CEASEFIRE,
    dossiers=(GAZA,),
)
OFFER = Proposal(
    document=AGENCY.id,
    evidence=(span(AGENCY, "Qatar offered to host another round."),),
    rule="test",
    type=ProposalKind.OFFER,
    by=(QATAR,),
    terms=span(AGENCY, "to host another round"),
    dossiers=(GAZA,),
)
IMPASSE = Status(
    document=AGENCY.id,
    evidence=(span(AGENCY, "Talks are at an impasse."),),
    rule="test",
    signal=TalksSignal.IMPASSE,
    dossiers=(GAZA,),
)
SHELLING = Violence(
    document=AGENCY.id,
    evidence=(span(AGENCY, "Shelling hit the north of the strip overnight."),),
    rule="test",
    type=ViolenceType.SHELLING,
    dossiers=(GAZA,),
)
ENGAGEMENTS = (MEETING_ONE, MEETING_TWO, PLAN, UNDATED)
OTHERS = (STATEMENT, OFFER, IMPASSE, SHELLING)


def event(*claims: Engagement, **own: object) -> Event:
    first = claims[0]
    fields: dict[str, object] = {
        "claims": tuple(claim.id for claim in claims),
        "documents": tuple(claim.document for claim in claims),
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


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(
        documents={document.id: document for document in (READOUT, AGENCY)},
        grades={"Example Agency": (Reliability.B, "Long on the beat")},
    )


@pytest.fixture(scope="session")
def claims() -> dict:
    return {claim.id: claim for claim in (*ENGAGEMENTS, *OTHERS)}


@pytest.fixture(scope="session")
def record() -> Record:
    merged = event(
        MEETING_ONE,
        MEETING_TWO,
        independent=2,
        merges=(
            Merge(left=MEETING_ONE.id, right=MEETING_TWO.id, score=0.9, reasons=(Reason("actors", 1.0, "same two actors"),)),
        ),
        differences=(Difference("place", (Stated("Doha", (MEETING_ONE.id,)), Stated("Lusail", (MEETING_TWO.id,)))),),
    )
    return Record(events=(merged, event(PLAN), event(UNDATED)), others=OTHERS)
