"""Runs the pairs of engagements.txt and its siblings: a text, and what it tells; the format is in the first file.

Those of engagements_model.txt are read by the contact model, and by no rule.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.app.config import Config
from dragoman.app.wiring import contact_classifier
from dragoman.core.actors import Place
from dragoman.core.claims import Engagement, Participant, Problem
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import PlaceKind, Role
from dragoman.extract.coder import RuleCoder
from dragoman.extract.contact_coder import ContactCoder
from dragoman.extract.engagements import find_engagements
from dragoman.read.reading import Reading

FILES = ("engagements.txt", "engagements_nouns.txt", "engagements_official.txt")
BLOCKS = [block for name in FILES for block in Path(__file__).with_name(name).read_text("utf-8").split("\n# ")[1:]]
MODEL_BLOCKS = Path(__file__).with_name("engagements_model.txt").read_text("utf-8").split("\n# ")[1:]
MOST_ADDED = 5
"""Contacts that the model adds to the texts of the pairs that tell of none, and look as if they did."""
PUBLISHED = date(2024, 5, 15)


def pair(block: str) -> Any:
    """One block as (text, published, expected lines), marked where it shows a limit."""
    title, _, rest = block.partition("\n")
    text, _, expected = rest.partition("\n---\n")
    lines = [line.strip() for line in expected.splitlines() if line.strip()]
    published: date | None = PUBLISHED
    if text.startswith("@ published "):
        first, _, text = text.partition("\n")
        day = first.removeprefix("@ published ")
        published = None if day == "never" else date.fromisoformat(day)
    marks = [pytest.mark.xfail(strict=True, reason="known limit")] if title.startswith("limit:") else []
    return pytest.param(text.strip(), published, [] if lines == ["nothing"] else lines, id=title.strip(), marks=marks)


def write_when(when: When | None) -> str:
    if when is None:
        return "-"
    if not when.resolved:
        return "?"
    return str(when.start) if when.start == when.end else f"{when.start or ''}..{when.end or ''}"


def write_place(place: Place | None) -> str:
    if place is None or (place.name is None and place.country is None):
        return "-"
    return f"{place.country}" if place.kind is PlaceKind.COUNTRY else f"{place.name}/{place.country}"


def write_participant(participant: Participant) -> str:
    role = None if participant.role is Role.COUNTERPART else participant.role
    said = " ".join(str(part) for part in (participant.person, participant.level, role) if part)
    return f"{participant.actor.name}: {said}" if said else participant.actor.name


def write(claim: Engagement) -> str:
    head = f"{claim.type} {claim.factuality} {write_when(claim.when)} {write_place(claim.place)}"
    return " | ".join([head, *map(write_participant, claim.participants)])


def fits(line: str, expected: str) -> bool:
    """Whether a line is the expected one, "*" standing for anything."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("*"))), line) is not None


PAIRS = [pair(block) for block in BLOCKS]


@pytest.fixture(scope="module")
def readings(coder: RuleCoder) -> dict[tuple[str, date | None], Reading | Problem]:
    """All texts read at once, which is quicker than one by one: company does not change how a text is read."""
    told = dict.fromkeys((text, published) for text, published, _ in (one.values for one in PAIRS))
    documents = [Document(text=text, published=published) for text, published in told]
    return dict(zip(told, (reading for _, reading in coder.read(documents)), strict=True))


@pytest.mark.parametrize(("text", "published", "expected"), PAIRS)
def test_engagements(
    readings: dict[tuple[str, date | None], Reading], text: str, published: date | None, expected: list[str]
) -> None:
    found = [write(claim) for claim in find_engagements(readings[text, published])]
    written = dict(zip(found, expected, strict=False))
    assert [written[line] if fits(line, written.get(line, "")) else line for line in found] == expected


def test_there_are_enough_pairs() -> None:
    assert len(BLOCKS) >= 110


@pytest.fixture(scope="module")
def contacts() -> ContactCoder:
    """The contact model of the product."""
    classifier = contact_classifier(Config())
    assert classifier is not None
    return ContactCoder(classifier)


@pytest.mark.parametrize(("text", "published", "expected"), [pair(block) for block in MODEL_BLOCKS])
def test_contacts_that_only_the_model_reads(
    coder: RuleCoder, contacts: ContactCoder, text: str, published: date | None, expected: list[str]
) -> None:
    ((_, reading),) = coder.read([Document(text=text, published=published)])
    assert isinstance(reading, Reading)
    assert not list(find_engagements(reading)), "a rule reads it: it belongs to the pairs of the rules"
    found = [write(claim) for claim in find_engagements(reading, contacts=contacts)]
    written = dict(zip(found, expected, strict=False))
    assert [written[line] if fits(line, written.get(line, "")) else line for line in found] == expected


@pytest.mark.slow
def test_the_model_adds_little_to_texts_that_tell_of_nothing(
    readings: dict[tuple[str, date | None], Reading], contacts: ContactCoder
) -> None:
    silent = [(text, published) for text, published, expected in (one.values for one in PAIRS) if not expected]
    claims = [(text, claim) for text, day in silent for claim in find_engagements(readings[text, day], contacts=contacts)]
    added = [f"{write(claim)} | {text}" for text, claim in claims if claim.rule.startswith("model:")]
    assert len(silent) > 120
    assert len(added) <= MOST_ADDED, "\n".join(added)
