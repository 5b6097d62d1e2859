"""What an export is made of: the events and claims that were asked for, with the record behind them, and how each is cited."""

from collections.abc import Mapping
from datetime import date

import msgspec

from dragoman.core import printing
from dragoman.core.claims import Agreement, AnyClaim, Engagement
from dragoman.core.ids import ClaimId, DocumentId, DossierId, EventId
from dragoman.core.records import Event
from dragoman.core.text import Document, Span
from dragoman.core.vocab import AgreementState
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.resolve.basis import Basis


class Selection(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """Events and other claims that were asked for; `basis` is the whole record, for what they refer to.

    `others` stand under the ids that the store keeps them by. `tracks` names the talks that an event belongs to, `undated` counts
    what fits but for having no day in the period that was asked for.
    """

    basis: Basis
    events: tuple[Event, ...] = ()
    others: tuple[tuple[ClaimId, AnyClaim], ...] = ()
    originals: Mapping[DocumentId, DocumentId] = {}
    tracks: Mapping[EventId, tuple[str, ...]] = {}
    dossier: DossierId | None = None
    undated: int = 0

    def reports(self, event: Event) -> tuple[tuple[ClaimId, Engagement], ...]:
        """The reports of an event, first published first."""
        return self.basis.engagements(event)

    def document(self, claim: AnyClaim) -> Document:
        """The document of a claim."""
        return self.basis.documents[claim.document]

    def documents(self) -> tuple[Document, ...]:
        """The documents that the selection rests on, by publication date and id."""
        wanted = {document for event in self.events for document in event.documents}
        wanted |= {claim.document for _, claim in self.others}
        found = (self.basis.documents[one] for one in wanted if one in self.basis.documents)
        return tuple(sorted(found, key=lambda document: (document.published or date.max, document.id)))


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """Where a line comes from."""

    claim: str
    """Id of the claim; `dragoman show` takes it."""
    document_id: str
    """Hash of the document's text."""
    document: str
    """What the user calls the document: its name, else its id."""
    title: str | None = None
    source: str | None = None
    """Who published it."""
    published: date | None = None
    url: str | None = None
    """Web address; anything else that the input gave is left out."""
    start: int
    """First character of the sentence in the document's text, counted in code points from 0."""
    end: int
    """The character after its last."""
    sentence: str
    """The evidence in the document's own words, white space run together."""
    voices: tuple[str, ...] = ()
    """Who says so, outermost first, each with its kind."""


def cite(own: ClaimId, claim: AnyClaim, document: Document) -> Cited:
    """Point at a claim's sentence; `own` is the id that the store keeps the claim by."""
    evidence = claim.evidence[0]
    return Cited(
        claim=own,
        document_id=document.id,
        document=document.name or document.id,
        title=document.title,
        source=document.source,
        published=document.published,
        url=web_address(document),
        start=evidence.start,
        end=evidence.end,
        sentence=one_line(evidence.of(document.text)),
        voices=tuple(f"{one_line(voice.name)} ({voice.kind})" for voice in claim.voices),
    )


def pointer(cited: Cited) -> str:
    """Document id and offsets in one word, such as d0123456789abcdef:120-188."""
    return f"{cited.document_id}:{cited.start}-{cited.end}"


def web_address(document: Document) -> str | None:
    """The document's address where it is one on the web."""
    return printing.web_address(document.url)


def agreement_names(selection: Selection) -> dict[tuple[DocumentId, Span], str]:
    """Names of the agreements that the whole record says were reached, by the sentence that tells of them."""
    return {
        (claim.document, claim.evidence[0]): one_line(claim.name.of(selection.document(claim).text))
        for claim in selection.basis.record.others
        if isinstance(claim, Agreement) and claim.state is AgreementState.REACHED and claim.name is not None
    }


def state_name(code: str) -> str:
    """The display name of a state by its code."""
    entry = load_gazetteer().actor(code)
    return entry.actor.name if entry else code


def one_line(text: str) -> str:
    """Text with every run of white space as one blank."""
    return " ".join(text.split())


def distinct(values: tuple[str | None, ...]) -> tuple[str, ...]:
    """Known values, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))
