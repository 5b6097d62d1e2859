"""Codes, dates and people in words."""

from datetime import date

import pytest

from dragoman.core.actors import Actor
from dragoman.core.claims import Participant, Voice
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Level, Precision, VoiceKind
from dragoman.report.words import (
    dossier_name,
    engagement_words,
    joined,
    participant_words,
    stage_words,
    voice_words,
    when_words,
    words,
)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When(start=date(2024, 4, 3), end=date(2024, 4, 3), precision=Precision.DAY), "3 Apr 2024"),
        (When(start=date(2024, 4, 3), end=date(2024, 4, 7)), "3–7 Apr 2024"),
        (When(start=date(2024, 4, 28), end=date(2024, 5, 2)), "28 Apr – 2 May 2024"),
        (When(start=date(2023, 12, 30), end=date(2024, 1, 2)), "30 Dec 2023 – 2 Jan 2024"),
        (When(start=date(2024, 4, 1), end=date(2024, 4, 30), precision=Precision.MONTH), "Apr 2024"),
        (When(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR), "2024"),
        (When(end=date(2024, 4, 3)), "by 3 Apr 2024"),
        (When(start=date(2024, 4, 3)), "from 3 Apr 2024"),
        (When(expression="last week"), "“last week”"),
        (None, ""),
    ],
)
def test_a_time_is_worded_as_precisely_as_it_is_known(when: When | None, said: str) -> None:
    assert when_words(when) == said


def test_codes_read_as_words_and_unknown_is_empty() -> None:
    assert (words(Level.HEAD_OF_STATE), words(Level.SPECIAL_ENVOY), words(None)) == ("head of state", "envoy", "")
    assert (stage_words("Cea"), stage_words("new")) == ("ceasefire (PA-X: Cea)", "new (PA-X: new)")
    assert (dossier_name("iran_nuclear"), dossier_name("south_sudan")) == ("Iran (nuclear)", "South Sudan")


def test_a_voice_chain_starts_with_the_source_and_never_repeats_it() -> None:
    voices = (Voice(kind=VoiceKind.AGENCY, name="Example Agency"), Voice(kind=VoiceKind.ANONYMOUS, name="two officials"))
    chain = "Example Agency (agency) ← two officials (anonymous)"
    assert voice_words(voices, Document(text="x", source="Daily Example")) == f"Daily Example ← {chain}"
    assert voice_words(voices, Document(text="x", source="example agency")) == chain
    assert voice_words((), Document(text="x")) == "the document itself"


def test_people_stand_with_office_and_actor_as_far_as_known() -> None:
    turkey = Actor("Turkey", "TUR")
    assert participant_words(Participant(actor=turkey, person="A. Demir", office="envoy")) == "A. Demir (envoy, Turkey)"
    assert participant_words(Participant(actor=turkey, person="A. Demir")) == "A. Demir (Turkey)"
    assert participant_words(Participant(actor=turkey)) == "Turkey"
    assert participant_words(Participant(actor=Actor("A. Demir"), person="A. Demir")) == "A. Demir"


@pytest.mark.parametrize(
    ("kind", "factuality", "said"),
    [
        (EngagementType.MEETING, Factuality.OCCURRED, "A met B and C"),
        (EngagementType.CALL, Factuality.OCCURRED, "A spoke with B and C"),
        (EngagementType.TALKS_ROUND, Factuality.OCCURRED, "Round of talks: A, B and C"),
        (EngagementType.MEETING, Factuality.PLANNED, "Planned meeting: A, B and C"),
        (EngagementType.VISIT, Factuality.CANCELLED, "Visit called off: A, B and C"),
        (EngagementType.MEETING, Factuality.ALLEGED, "Alleged meeting: A, B and C"),
    ],
)
def test_only_what_happened_gets_a_verb(kind: EngagementType, factuality: Factuality, said: str) -> None:
    three = tuple(Participant(actor=Actor(name)) for name in "ABC")
    assert engagement_words(kind, factuality, three) == said


def test_a_call_says_by_what_channel_where_that_is_known() -> None:
    two = tuple(Participant(actor=Actor(name)) for name in "AB")
    assert engagement_words(EngagementType.CALL, Factuality.OCCURRED, two, channel=Channel.VIDEO) == "A spoke by video with B"


def test_a_long_list_of_participants_is_counted() -> None:
    many = tuple(Participant(actor=Actor(name), office="delegation") for name in "ABCDEFGH")
    said = engagement_words(EngagementType.MULTILATERAL, Factuality.OCCURRED, many)
    assert said == "Multilateral meeting: A, B, C, D, E, F and 2 others"


def test_lists_read_as_text() -> None:
    assert (joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])) == ("", "a", "a and b", "a, b and c")
