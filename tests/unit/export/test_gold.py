import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import AnyClaim, Attribution, Coding, Engagement, Participant, Utterance, Violence, Voice
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    EngagementType,
    Factuality,
    Issue,
    Level,
    Outcome,
    Precision,
    Role,
    SpeakerKind,
    Stance,
    Standing,
    ViolenceType,
    VoiceKind,
)
from dragoman.export.gold import file_stem, gold_record, write_gold

TEXT = "Call\n\nThe ministers spoke by phone today. “Enough,” the Omani minister said. Shells fell on the port."
DOCUMENT = Document(text=TEXT, title="Call", name="oman-call", source="Example Wire", published=date(2024, 5, 3))
SENTENCE = Span(6, 41)
OMAN, IRAN = Actor("Oman", "OMN"), Actor("Iran", "IRN")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def call(**more: Any) -> Engagement:
    fields: dict[str, Any] = {
        "document": DOCUMENT.id,
        "evidence": (SENTENCE,),
        "rule": "test",
        "type": EngagementType.CALL,
        "participants": (
            Participant(actor=OMAN, role=Role.MESSAGE_CARRIER, standing=Standing.THIRD_PARTY),
            Participant(actor=IRAN),
        ),
    }
    return Engagement(**(fields | more))


def said(words: str, **more: Any) -> Utterance:
    return Utterance(document=DOCUMENT.id, evidence=(span(words),), rule="test", speaker="minister", content=span(words), **more)


def record(*claims: AnyClaim) -> dict[str, Any]:
    return gold_record(DOCUMENT, Coding(document=DOCUMENT.id, claims=claims, coder="test", model="none"))


def test_document_fields() -> None:
    made = record()
    assert (made["doc_id"], made["source"], made["published"], made["text_file"]) == (
        "oman-call",
        "Example Wire",
        "2024-05-03",
        "oman-call.txt",
    )
    assert made["engagements"] == made["statements"] == made["violence"] == made["attribution"] == []


def test_engagement_in_gold_shape() -> None:
    made = record(
        call(
            when=When(start=date(2024, 5, 3), end=date(2024, 5, 3), precision=Precision.DAY),
            place=Place(name="Muscat", country="OMN"),
            dossiers=("iran_nuclear",),
            issues=(Issue.NUCLEAR,),
            outcome=Outcome.AGREED_TO_CONTINUE,
        )
    )
    assert made["engagements"] == [
        {
            "id": "e1",
            "type": "call",
            "status": "occurred",
            "date_start": "2024-05-03",
            "date_end": "2024-05-03",
            "place": {"name": "Muscat", "country": "OMN"},
            "participants": [
                {
                    "actor": "Oman",
                    "iso3": "OMN",
                    "person": None,
                    "office": None,
                    "level": "unknown",
                    "role": "facilitator",
                    "standing": "third_party",
                },
                {
                    "actor": "Iran",
                    "iso3": "IRN",
                    "person": None,
                    "office": None,
                    "level": "unknown",
                    "role": "counterpart",
                    "standing": None,
                },
            ],
            "dossiers": ["iran_nuclear"],
            "issues": ["nuclear"],
            "outcome": "agreed_to_continue",
            "evidence": "The ministers spoke by phone today.",
        }
    ]


@pytest.mark.parametrize(
    ("factuality", "status"),
    [
        (Factuality.OCCURRED, ["occurred"]),
        (Factuality.ASSESSED, ["occurred"]),
        (Factuality.ALLEGED, ["occurred"]),
        (Factuality.PLANNED, ["planned"]),
        (Factuality.CANCELLED, ["cancelled"]),
        (Factuality.CALLED_FOR, ["hypothetical"]),
        (Factuality.CONDITIONAL, ["hypothetical"]),
        (Factuality.DENIED, []),
    ],
)
def test_statuses_fold_and_denials_are_left_out(factuality: Factuality, status: list[str]) -> None:
    assert [one["status"] for one in record(call(factuality=factuality))["engagements"]] == status


def test_unknown_time_and_place_are_null() -> None:
    (one,) = record(call(participants=(Participant(actor=OMAN, role=Role.CO_MEDIATOR, level=Level.MINISTER),)))["engagements"]
    assert (one["date_start"], one["date_end"], one["place"]) == (None, None, {"name": None, "country": None})
    assert (one["participants"][0]["role"], one["participants"][0]["level"]) == ("mediator", "minister")


def test_statements_of_analysts_and_witnesses_are_left_out() -> None:
    kinds = (SpeakerKind.POLITICAL, SpeakerKind.ANALYST, SpeakerKind.JOURNALIST, SpeakerKind.WITNESS, SpeakerKind.OUTLET)
    made = record(
        *(said("“Enough,”", speaker_kind=kind, stance=Stance.DEMAND, speaker_actors=(OMAN, IRAN), salience=0.9) for kind in kinds)
    )
    assert [(one["quote_or_paraphrase"], one["stance"], one["speaker_actor"]) for one in made["statements"]] == [
        ("“Enough,”", "demand", "Oman; Iran")
    ]


def test_most_salient_statements_are_kept_in_text_order() -> None:
    words = ["ministers", "spoke", "phone", "today", "Enough", "Omani", "said", "Shells", "fell", "port"]
    made = record(*(said(word, salience=index / 10) for index, word in enumerate(words)))
    assert [one["quote_or_paraphrase"] for one in made["statements"]] == words[4:]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, None),
        (When(start=date(2024, 5, 3), end=date(2024, 5, 3)), "2024-05-03"),
        (When(start=date(2024, 5, 1), end=date(2024, 5, 31)), "2024-05"),
        (When(start=date(2024, 1, 1), end=date(2024, 12, 31)), None),
    ],
)
def test_violence_is_dated_by_day_or_month(when: When | None, expected: str | None) -> None:
    claim = Violence(
        document=DOCUMENT.id,
        evidence=(span("Shells fell on the port."),),
        rule="test",
        type=ViolenceType.SHELLING,
        victim="port",
        when=when,
    )
    (one,) = record(claim)["violence"]
    assert (one["type"], one["perpetrator"], one["victim"], one["date"]) == ("shelling", None, "port", expected)


def test_attribution() -> None:
    voice = Voice(kind=VoiceKind.OFFICIAL, name="the Omani minister")
    claim = Attribution(
        document=DOCUMENT.id,
        evidence=(SENTENCE,),
        rule="test",
        content=span("“Enough,”"),
        source="the Omani minister",
        voices=(voice,),
    )
    assert record(claim)["attribution"] == [{"claim": "“Enough,”", "source": "the Omani minister"}]


def test_files_get_safe_names_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    names = ["a/b: c", "A_b_c", "../../etc/passwd", "CON", "plain", "ü" * 300, "..."]
    pairs = [(Document(text=TEXT, name=name), Coding(document=DOCUMENT.id, coder="t", model="m")) for name in names]
    files = write_gold(pairs, tmp_path / "out")
    assert len({path.name.casefold() for path in files}) == len(names)
    assert all(path.parent == tmp_path / "out" and len(path.name) < 130 for path in files)
    assert [json.loads(path.read_text())["doc_id"] for path in files] == names
    assert files[4].name == "plain.json"
    before = [path.read_bytes() for path in files]
    assert [path.read_bytes() for path in write_gold(pairs, tmp_path / "out")] == before


def test_a_name_taken_twice_over_gets_a_number() -> None:
    first = file_stem("x", ["x"])
    assert file_stem("x", ["x", first]) == f"{first}_2"


def test_a_document_without_name_goes_by_its_id() -> None:
    document = Document(text=TEXT)
    assert gold_record(document, Coding(document=document.id, coder="t", model="m"))["doc_id"] == document.id
