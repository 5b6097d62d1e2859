"""Bytes to types and back; the one place that knows the wire format (JSON)."""

from typing import TypeVar

import msgspec

from dragoman.core.claims import AnyClaim, Coding
from dragoman.core.errors import InputError
from dragoman.core.judgements import Judgement

T = TypeVar("T")

_encoder = msgspec.json.Encoder(order="deterministic")
_claim_decoder: msgspec.json.Decoder[AnyClaim] = msgspec.json.Decoder(AnyClaim)
_coding_decoder = msgspec.json.Decoder(Coding)
_judgement_decoder = msgspec.json.Decoder(Judgement)


def dump(value: object) -> bytes:
    """Encode any core type as JSON, the same bytes for equal values."""
    return _encoder.encode(value)


def load_claim(raw: bytes | str) -> AnyClaim:
    """Decode one claim; InputError says what does not fit."""
    try:
        return _claim_decoder.decode(raw)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InputError(f"not a claim: {error}") from error


def load_coding(raw: bytes | str) -> Coding:
    """Decode one coding; InputError says what does not fit."""
    try:
        return _coding_decoder.decode(raw)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InputError(f"not a coding: {error}") from error


def load_judgement(raw: bytes | str) -> Judgement:
    """Decode one judgement; InputError says what does not fit."""
    try:
        return _judgement_decoder.decode(raw)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InputError(f"not a judgement: {error}") from error


def load(raw: bytes | str, kind: type[T]) -> T:
    """Decode any other core type; InputError says what does not fit."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InputError(f"not a {kind.__name__}: {error}") from error
