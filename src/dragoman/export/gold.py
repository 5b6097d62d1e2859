"""Codings in the shape of the gold annotation: one JSON record per document, as the shared scorer and annotators read it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import AnyClaim, Attribution, Coding, Engagement, Participant, Utterance, Violence
from dragoman.core.ids import content_hash
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, PlaceKind, Precision, Role
from dragoman.extract.speech_salience import main_utterances

_STATUS = {
    Factuality.OCCURRED: "occurred",
    Factuality.ASSESSED: "occurred",
    Factuality.ALLEGED: "occurred",
    Factuality.PLANNED: "planned",
    Factuality.CANCELLED: "cancelled",
    Factuality.CALLED_FOR: "hypothetical",
    Factuality.CONDITIONAL: "hypothetical",
}
"""Gold knows four statuses; what is denied is left out of a record."""
_ROLE = {Role.CO_MEDIATOR: Role.MEDIATOR, Role.MESSAGE_CARRIER: Role.FACILITATOR}
_HAPPENED = frozenset({Factuality.OCCURRED, Factuality.ASSESSED, Factuality.ALLEGED})

_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_LONGEST = 100


def gold_record(document: Document, coding: Coding) -> dict[str, Any]:
    """Bring a coding into the shape of the gold annotation.

    Roles and statuses fold into the shorter gold lists; denied claims are left out; statements are the most salient political
    ones, in the order of the text.
    """
    name = document.name or document.id
    engagements = [claim for claim in coding.claims if isinstance(claim, Engagement) and claim.factuality in _STATUS]
    violence = [claim for claim in coding.claims if isinstance(claim, Violence) and claim.factuality in _HAPPENED]
    attributions = [claim for claim in coding.claims if isinstance(claim, Attribution)]
    return {
        "doc_id": name,
        "source": document.source,
        "licence": document.licence,
        "url": document.url,
        "published": _iso(coding.published or document.published),
        "text_file": f"{name}.txt",
        "engagements": [_engagement(number, claim, document.text) for number, claim in enumerate(engagements, start=1)],
        "statements": [_statement(claim, document.text) for claim in _main_statements(coding.claims)],
        "violence": [_violence(claim, document.text) for claim in violence],
        "attribution": [{"claim": claim.content.of(document.text), "source": claim.source} for claim in attributions],
    }


def write_gold(codings: Iterable[tuple[Document, Coding]], folder: Path) -> tuple[Path, ...]:
    """Write one `<name>.json` per document into a folder, made where it is missing; return the files.

    Names that no file system takes, or that differ only by case, are changed; the record keeps the document's own name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    written: list[Path] = []
    for document, coding in codings:
        stem = file_stem(document.name or document.id, taken)
        taken.add(stem.casefold())
        path = folder / f"{stem}.json"
        record = gold_record(document, coding) | {"text_file": f"{stem}.txt"}
        path.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
        written.append(path)
    return tuple(written)


def file_stem(name: str, taken: Iterable[str] = ()) -> str:
    """A file name without ending for any document name, unlike those taken (given without case)."""
    stem = _UNSAFE.sub("_", name).strip("._") or "document"
    if len(stem) > _LONGEST or _RESERVED.match(stem) or stem.casefold() in set(taken):
        stem = f"{stem[:_LONGEST]}_{content_hash(name)[:8]}"
    number = 2
    unlike = stem
    while unlike.casefold() in set(taken):
        unlike = f"{stem}_{number}"
        number += 1
    return unlike


def _site(place: Place | None) -> str | None:
    """The city or venue as written; a country alone has no name here (annotation guide, section 1)."""
    return None if place is None or place.kind is PlaceKind.COUNTRY else place.name


def _engagement(number: int, claim: Engagement, text: str) -> dict[str, Any]:
    place = claim.place
    return {
        "id": f"e{number}",
        "type": claim.type,
        "status": _STATUS[claim.factuality],
        "date_start": _iso(claim.when.start if claim.when else None),
        "date_end": _iso(claim.when.end if claim.when else None),
        "place": {"name": _site(place), "country": place and place.country},
        "participants": [_participant(participant) for participant in claim.participants],
        "dossiers": list(claim.dossiers),
        "issues": list(claim.issues),
        "outcome": claim.outcome,
        "evidence": claim.evidence[0].of(text),
    }


def _participant(participant: Participant) -> dict[str, Any]:
    return {
        "actor": participant.actor.name,
        "iso3": participant.actor.code,
        "person": participant.person,
        "office": participant.office,
        "level": participant.level or "unknown",
        "role": _ROLE.get(participant.role, participant.role),
        "standing": participant.standing,
    }


def _main_statements(claims: Sequence[AnyClaim]) -> tuple[Utterance, ...]:
    """The most salient statements of political speakers, in text order."""
    return main_utterances(c for c in claims if isinstance(c, Utterance) and c.factuality is not Factuality.DENIED)


def _statement(claim: Utterance, text: str) -> dict[str, Any]:
    return {
        "speaker": claim.speaker,
        "speaker_actor": "; ".join(actor.name for actor in claim.speaker_actors) or None,
        "quote_or_paraphrase": claim.content.of(text),
        "direct": claim.direct,
        "target_actor": _name(claim.target),
        "stance": claim.stance,
        "issue": claim.issue,
        "evidence": claim.evidence[0].of(text),
    }


def _violence(claim: Violence, text: str) -> dict[str, Any]:
    return {
        "type": claim.type,
        "perpetrator": _name(claim.perpetrator),
        "victim": claim.victim,
        "place": claim.place and claim.place.name,
        "date": _day_or_month(claim.when),
        "evidence": claim.evidence[0].of(text),
    }


def _name(actor: Actor | None) -> str | None:
    return actor.name if actor else None


def _day_or_month(when: When | None) -> str | None:
    """An ISO day where the day is known, else the month; None for anything wider."""
    if when is None or when.start is None:
        return None
    if when.start == when.end:
        return when.start.isoformat()
    one_month = when.end is not None and (when.start.year, when.start.month) == (when.end.year, when.end.month)
    return when.start.isoformat()[:7] if one_month or when.precision is Precision.MONTH else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
