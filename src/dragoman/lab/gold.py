"""Gold and predicted records as read from files; every field may be missing in a prediction."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from dragoman.core.errors import InputError


class GoldPlace(msgspec.Struct, frozen=True):
    """City or venue as written, and ISO 3166 alpha-3 country."""

    name: str | None = None
    country: str | None = None


class GoldParticipant(msgspec.Struct, frozen=True):
    """One person or actor in an engagement."""

    actor: str | None = None
    iso3: str | None = None
    person: str | None = None
    office: str | None = None
    level: str | None = None
    role: str | None = None


class GoldEngagement(msgspec.Struct, frozen=True):
    """One engagement as annotated."""

    type: str | None = None
    status: str | None = None
    date_start: str | None = None
    date_end: str | None = None
    place: GoldPlace | None = None
    participants: tuple[GoldParticipant, ...] | None = None
    dossiers: tuple[str, ...] | None = None
    issues: tuple[str, ...] | None = None
    outcome: str | None = None
    evidence: str | None = None

    @property
    def where(self) -> GoldPlace:
        """The place, with unknown fields where none is given."""
        return self.place or GoldPlace()

    @property
    def who(self) -> tuple[GoldParticipant, ...]:
        """The participants."""
        return self.participants or ()


class GoldStatement(msgspec.Struct, frozen=True):
    """One statement as annotated."""

    speaker: str | None = None
    speaker_actor: str | None = None
    quote_or_paraphrase: str | None = None
    direct: bool | None = None
    target_actor: str | None = None
    stance: str | None = None
    issue: str | None = None


class GoldViolence(msgspec.Struct, frozen=True):
    """One violent act as annotated."""

    type: str | None = None
    perpetrator: str | None = None
    evidence: str | None = None


class GoldAttribution(msgspec.Struct, frozen=True):
    """Who the document says told it something."""

    claim: str | None = None
    source: str | None = None


class GoldRecord(msgspec.Struct, frozen=True):
    """The record of one document."""

    text_file: str | None = None
    published: str | None = None
    engagements: tuple[GoldEngagement, ...] | None = None
    statements: tuple[GoldStatement, ...] | None = None
    violence: tuple[GoldViolence, ...] | None = None
    attribution: tuple[GoldAttribution, ...] | None = None


_decoder = msgspec.json.Decoder(GoldRecord)


def load_records(folder: Path) -> Mapping[str, GoldRecord]:
    """Read all records of a folder by the stem of their file name; InputError where there is no folder or a bad record."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder of records: give one that holds <document>.json files")
    return {path.name.removesuffix(".json"): _load(path) for path in sorted(folder.glob("*.json"))}


def _load(path: Path) -> GoldRecord:
    try:
        return _decoder.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        raise InputError(f"{path} is not a record in the gold shape: {error}") from error


def load_texts(folder: Path, records: Mapping[str, GoldRecord]) -> Mapping[str, str]:
    """Read the texts that records belong to, where they are there."""
    texts = {}
    for name, record in records.items():
        path = folder / (record.text_file or f"{name}.txt")
        if path.exists():
            texts[name] = path.read_text(encoding="utf-8")
    return texts
