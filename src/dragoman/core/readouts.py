"""Readouts of one event side by side, and how credible the event is."""

from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.claims import Voice
from dragoman.core.ids import ClaimId, DocumentId, EventId
from dragoman.core.records import Difference, Stated
from dragoman.core.vocab import Credibility, Issue


class Graded(msgspec.Struct, frozen=True):
    """An Admiralty grade of information with its reason; it says nothing about the source and changes nothing that is coded."""

    grade: Credibility
    why: str


class Readout(msgspec.Struct, frozen=True, kw_only=True):
    """One telling of an event: one document, or several that copy it.

    `side` is the participant whose own word it is, None for the press and others. `adds` and `leaves_out` compare its issues with
    those of all other tellings.
    """

    documents: tuple[DocumentId, ...]
    side: Actor | None = None
    teller: Voice | None = None
    """The innermost voice: who said it first."""
    published: date | None = None
    claims: tuple[ClaimId, ...]
    fields: tuple[tuple[str, str], ...] = ()
    """What it says of type, channel, place, day and outcome."""
    persons: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    offers: tuple[Stated, ...] = ()
    """Offers, demands, conditions and guarantees told with the event, in words, by kind and actor."""
    tone: tuple[Stated, ...] = ()
    """Stances of what the participants are quoted with."""
    adds: tuple[Issue, ...] = ()
    leaves_out: tuple[Issue, ...] = ()


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """All tellings of one event side by side; those of the sides themselves come first."""

    event: EventId
    readouts: tuple[Readout, ...]
    shared: tuple[Issue, ...] = ()
    """Issues that all tellings name."""
    conflicts: tuple[Difference, ...] = ()
    independent: int = 1
    tellers: int = 1
    """Different voices at the end of the chains."""
    credibility: Graded
