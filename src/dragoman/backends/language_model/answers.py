"""What a language model is asked to answer: a strict JSON schema, every field required, every list of codes closed."""

from datetime import date
from typing import Any

import msgspec

from dragoman.core.errors import InputError
from dragoman.core.vocab import (
    Answer,
    Channel,
    EngagementType,
    Factuality,
    Issue,
    Level,
    Outcome,
    ProposalKind,
    Role,
    SpeakerKind,
    Stance,
    TalksSignal,
    ViolenceType,
    VoiceKind,
)


class _Stated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Strings named `evidence`, `content` or `terms` are exact stretches of the document; names are as in the document."""

    evidence: str


class StatedTime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wording of time in the document, and the days that it means."""

    wording: str
    start: date | None
    end: date | None


class StatedParticipant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A participant; `actor` is the state, organisation or group, `person` and `office` as the document has them."""

    actor: str
    person: str | None
    office: str | None
    level: Level | None
    role: Role


class StatedEngagement(_Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contact; `dossiers` are ids of the list that the question gives."""

    type: EngagementType
    factuality: Factuality
    participants: list[StatedParticipant]
    channel: Channel | None
    place: str | None
    when: StatedTime | None
    issues: list[Issue]
    dossiers: list[str]
    outcome: Outcome


class StatedUtterance(_Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a speaker."""

    speaker: str
    speaker_actor: str | None
    speaker_kind: SpeakerKind
    content: str
    direct: bool
    target: str | None
    stance: Stance
    issue: Issue


class StatedProposal(_Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An offer, demand, condition or guarantee."""

    type: ProposalKind
    by: list[str]
    to: list[str]
    terms: str
    answer: Answer
    issues: list[Issue]


class StatedViolence(_Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A violent act; `victim` as the document words it."""

    type: ViolenceType
    perpetrator: str | None
    victim: str | None
    place: str | None
    when: StatedTime | None


class StatedStatus(_Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word on where talks stand."""

    signal: TalksSignal
    actors: list[str]


class StatedAttribution(_Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who told the document `content`; `source` as the document words it."""

    content: str
    source: str
    source_kind: VoiceKind


class ModelAnswer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a model finds in one passage."""

    engagements: list[StatedEngagement]
    utterances: list[StatedUtterance]
    proposals: list[StatedProposal]
    violence: list[StatedViolence]
    statuses: list[StatedStatus]
    attributions: list[StatedAttribution]


_decoder = msgspec.json.Decoder(ModelAnswer)


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of `ModelAnswer`, its root an object, as `response_format` wants it."""
    schema = msgspec.json.schema(ModelAnswer)
    definitions = schema["$defs"]
    root = definitions.pop(ModelAnswer.__name__)
    return {**root, "$defs": definitions}


def decode_answer(content: str) -> ModelAnswer:
    """Decode a model's words strictly; InputError says what does not fit."""
    try:
        return _decoder.decode(content)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeEncodeError) as error:
        raise InputError(str(error)) from error
