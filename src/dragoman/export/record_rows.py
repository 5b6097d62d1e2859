"""The rows of the record's tables: what each column holds."""

from datetime import date

import msgspec

from dragoman.export.selection import Cited


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """When, as precisely as the text gives it."""

    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    date_words: str | None = None
    """The wording, also where it could not be resolved to days."""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Where."""

    place: str | None = None
    country: str | None = None
    """ISO 3166 alpha-3."""
    latitude: float | None = None
    """WGS 84 degrees."""
    longitude: float | None = None
    geonames: int | None = None


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event: fields hold the best-supported value, the citation is that of the first report."""

    event: str
    type: str
    factuality: str
    time: Time
    site: Site
    channel: str | None = None
    actors: tuple[str, ...] = ()
    """In the order of the record, central first; who they were for is in `participants`."""
    codes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    pax: tuple[str, ...] = ()
    """The issues in PA-X's codes; issues that PA-X has no code for fall out."""
    outcome: str
    reports: int
    independent: int
    """Reports that neither copy one another nor share a long sentence."""
    accepted: bool
    """By an analyst."""
    judged: bool
    """Whether a judgement made the event what it is."""
    part_of: tuple[str, ...] = ()
    """Visits and gatherings that it took place within."""
    differences: tuple[str, ...] = ()
    """Fields on which the reports differ, best supported value first."""
    cited: Cited


class ParticipantRow(msgspec.Struct, frozen=True, kw_only=True):
    """One participant of one event, as the event's best-supported report has it."""

    event: str
    number: int
    actor: str
    code: str | None = None
    kind: str | None = None
    country: str | None = None
    """ISO 3166 alpha-3: a state's own, the main one that a group works in."""
    cow: int | None = None
    """Correlates of War number of that state."""
    sector: str | None = None
    """PLOVER's, on the day."""
    person: str | None = None
    office: str | None = None
    level: str | None = None
    role: str
    role_reason: str | None = None
    guarantee: str | None = None
    standing: str | None = None


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One report of one event: what this document says of it."""

    event: str
    factuality: str
    time: Time
    site: Site
    outcome: str
    reprint_of: str | None = None
    """Id of the document that this one copies: a copy corroborates nothing."""
    rule: str
    """The rule or model that coded it."""
    cited: Cited


class StatementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One utterance."""

    speaker: str
    speaker_kind: str
    actors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    office: str | None = None
    level: str | None = None
    words: str
    direct: bool
    """Whether the words are quoted."""
    stance: str
    issue: str
    target: str | None = None
    target_code: str | None = None
    factuality: str
    time: Time
    dossiers: tuple[str, ...] = ()
    cited: Cited


class OfferRow(msgspec.Struct, frozen=True, kw_only=True):
    """One offer, demand, condition or guarantee."""

    type: str
    by: tuple[str, ...] = ()
    by_codes: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    to_codes: tuple[str, ...] = ()
    terms: str
    answer: str
    deadline: date | None = None
    issues: tuple[str, ...] = ()
    pax: tuple[str, ...] = ()
    factuality: str
    time: Time
    dossiers: tuple[str, ...] = ()
    cited: Cited


class ViolenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One violent act as one document reports it."""

    type: str
    perpetrator: str | None = None
    """Only where the text states it."""
    perpetrator_code: str | None = None
    victim: str | None = None
    factuality: str
    time: Time
    site: Site
    dossiers: tuple[str, ...] = ()
    cited: Cited


class StatusRow(msgspec.Struct, frozen=True, kw_only=True):
    """One word on where talks stand."""

    signal: str
    actors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    factuality: str
    time: Time
    site: Site
    dossiers: tuple[str, ...] = ()
    cited: Cited


class AgreementRow(msgspec.Struct, frozen=True, kw_only=True):
    """One word on an agreement: that it was reached, or what became of it."""

    state: str
    name: str | None = None
    stage: str | None = None
    """PA-X's."""
    parties: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    pax: tuple[str, ...] = ()
    factuality: str
    time: Time
    dossiers: tuple[str, ...] = ()
    cited: Cited


class InteractionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one side did to another, as a PLOVER type that a model gave."""

    root: str
    mode: str | None = None
    quad: str
    intensity: float
    by: tuple[str, ...] = ()
    by_codes: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    to_codes: tuple[str, ...] = ()
    score: float | None = None
    """The model's probability of the type."""
    model: str
    factuality: str
    time: Time
    dossiers: tuple[str, ...] = ()
    cited: Cited


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One document that the tables rest on; its text is not exported."""

    document_id: str
    document: str
    title: str | None = None
    source: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    author: str | None = None
    licence: str | None = None
    reprint_of: str | None = None
