"""Events made by hand, short enough to read beside what is expected of them."""

from datetime import date
from typing import Any

import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Participant
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.records import Event
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, Level, Outcome, Role


class Desk:
    """Makes events: `desk.event("QAT minister mediator; HAMAS", "2024-05-14")`."""

    def __init__(self) -> None:
        self.made = 0

    def event(self, who: str, day: str | None = None, **fields: Any) -> Event:
        self.made += 1
        claim = ClaimId(f"c{self.made:03}")
        on = date.fromisoformat(day) if day else None
        return Event(
            claims=(claim,),
            documents=(DocumentId(f"d{self.made}"),),
            type=EngagementType(fields.pop("type", "meeting")),
            factuality=Factuality(fields.pop("factuality", "occurred")),
            participants=tuple(participant(one) for one in who.split("; ")),
            when=When(start=on, end=on) if on else None,
            dossiers=tuple(DossierId(one) for one in fields.pop("dossiers", "gaza").split()),
            outcome=Outcome(fields.pop("outcome", "none_reported")),
            place=Place(name=fields.pop("place")) if "place" in fields else None,
            **fields,
        )


def participant(text: str) -> Participant:
    code, *rest = text.split()
    level = next((Level(one) for one in rest if one in set(Level)), None)
    role = next((Role(one) for one in rest if one in set(Role)), Role.COUNTERPART)
    return Participant(actor=Actor(code.title(), code), level=level, role=role)


@pytest.fixture
def desk() -> Desk:
    return Desk()
