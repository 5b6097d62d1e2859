"""Reports made by hand: one sentence, one engagement."""

from datetime import date

import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Engagement, Participant, Voice
from dragoman.core.ids import DocumentId
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Level, PlaceKind, Precision, VoiceKind

CHANNELS = {"call": Channel.PHONE, "meeting": Channel.IN_PERSON}


class Desk:
    """Collects documents and the claims that a coder would make of them."""

    def __init__(self) -> None:
        self.documents: dict[DocumentId, Document] = {}
        self.claims: list[Engagement] = []

    def report(
        self,
        sentence: str,
        who: str,
        type: str = "meeting",  # noqa: A002 - the field's name
        *,
        day: str | None = None,
        published: str | None = None,
        place: str | None = None,
        source: str | None = None,
        agency: str | None = None,
        within: str | None = None,
        title: str | None = None,
        **fields: object,
    ) -> Engagement:
        """Code one sentence. `who` is "TUR Hakan Fidan minister; QAT"; `day` "2024-05-14" or "2024-05-13/2024-05-19"; `place`
        "Doha, QAT"; `within` the whole text, where the sentence is not all of it."""
        text = within or sentence
        document = Document(text=text, title=title, published=date.fromisoformat(published) if published else None, source=source)
        self.documents[document.id] = document
        start = text.index(sentence)
        voices = (Voice(kind=VoiceKind.AGENCY, name=agency),) if agency else ()
        claim = Engagement(
            document=document.id,
            evidence=(Span(start, start + len(sentence)),),
            rule="test",
            type=EngagementType(type),
            when=_when(day),
            place=_place(place),
            **(
                {
                    "participants": tuple(_participant(one) for one in who.split(";")),
                    "channel": CHANNELS.get(type),
                    "voices": voices,
                }
                | fields
            ),
        )
        self.claims.append(claim)
        return claim


def _participant(words: str) -> Participant:
    code, *rest = words.split()
    level = Level(rest.pop()) if rest and rest[-1] in set(Level) else None
    return Participant(actor=Actor(code.title(), code), person=" ".join(rest) or None, level=level)


def _when(day: str | None) -> When | None:
    if day is None:
        return None
    start, _, end = day.partition("/")
    precision = Precision.RANGE if end else Precision.DAY
    return When(start=date.fromisoformat(start), end=date.fromisoformat(end or start), precision=precision, span=Span(0, 1))


def _place(place: str | None) -> Place | None:
    if place is None:
        return None
    name, _, country = place.partition(", ")
    return Place(name=name, country=country or None, kind=PlaceKind.CITY, span=Span(0, 1))


@pytest.fixture
def desk() -> Desk:
    return Desk()
