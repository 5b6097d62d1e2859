"""Claims as rows that stand alone: what each kind of row holds."""

from datetime import date

import msgspec

from dragoman.core.ids import ClaimId, DocumentId


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every row carries; `sentence` is the cited one, `before` and `after` its neighbours.

    `text` is the whole document, only where its licence or the user allows it.
    """

    id: ClaimId
    kind: str
    date_start: date | None = None
    date_end: date | None = None
    date_words: str | None = None
    """The time as the text words it."""
    factuality: str
    dossiers: tuple[str, ...] = ()
    sentence: str
    before: str | None = None
    after: str | None = None
    voice: str
    setting: str
    document: str
    """What the user calls the document: its name, else its id."""
    document_id: DocumentId
    title: str | None = None
    source: str | None = None
    published: date | None = None
    url: str | None = None
    rule: str
    score: float | None = None
    text: str | None = None


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """One participant of a contact; `sector` is PLOVER's on the day, `country` ISO 3166 alpha-3, `cow` Correlates of War."""

    actor: str
    code: str | None = None
    sector: str | None = None
    country: str | None = None
    cow: int | None = None
    person: str | None = None
    office: str | None = None
    level: str | None = None
    role: str
    guarantee: str | None = None
    standing: str | None = None


class ContactRow(Row, frozen=True, kw_only=True):
    """One engagement as one document reports it."""

    type: str
    participants: tuple[Who, ...]
    channel: str | None = None
    place: str | None = None
    country: str | None = None
    issues: tuple[str, ...] = ()
    outcome: str
    link: str | None = None


class StatementRow(Row, frozen=True, kw_only=True):
    """One utterance."""

    speaker: str
    actors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    sector: str | None = None
    speaker_kind: str
    office: str | None = None
    level: str | None = None
    words: str
    direct: bool
    target: str | None = None
    stance: str
    issue: str


class OfferRow(Row, frozen=True, kw_only=True):
    """One offer, demand, condition or guarantee."""

    type: str
    by: tuple[str, ...]
    by_codes: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    to_codes: tuple[str, ...] = ()
    terms: str
    answer: str
    issues: tuple[str, ...] = ()


class ViolenceRow(Row, frozen=True, kw_only=True):
    """One violent act as one document reports it."""

    type: str
    perpetrator: str | None = None
    perpetrator_code: str | None = None
    perpetrator_sector: str | None = None
    victim: str | None = None
    place: str | None = None
    country: str | None = None


class StatusRow(Row, frozen=True, kw_only=True):
    """One word on where talks stand."""

    signal: str
    actors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    place: str | None = None


class AttributionRow(Row, frozen=True, kw_only=True):
    """Who a document says told it something."""

    content: str
    told_by: str


class InteractionRow(Row, frozen=True, kw_only=True):
    """What one side did to another, as a PLOVER type that a model gave."""

    root: str
    quad: str
    mode: str | None = None
    intensity: float
    by: tuple[str, ...]
    to: tuple[str, ...]
    model: str


class DependenceRow(Row, frozen=True, kw_only=True):
    """What some are said to need of others."""

    type: str | None = None
    who: tuple[str, ...]
    on: tuple[str, ...]
    matter: str | None = None


class AgreementRow(Row, frozen=True, kw_only=True):
    """One word on an agreement: reached, or what became of it."""

    state: str
    name: str | None = None
    stage: str | None = None
    parties: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


_StateRow = ViolenceRow | StatusRow | AgreementRow | DependenceRow
AnyRow = ContactRow | StatementRow | OfferRow | AttributionRow | InteractionRow | _StateRow
