"""Runs the pairs of utterances.txt, attribution.txt, violence.txt, proposals.txt and agreements.txt: texts and their claims.

A pair is a line "# title", the text, a line "---" and one line for each claim in text order, or "nothing". Texts of one line may
carry "published: DATE" as their first line.
"""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from dragoman.core.actors import Actor
from dragoman.core.claims import Agreement, Attribution, Proposal, Utterance, Violence
from dragoman.extract.agreements import find_agreements
from dragoman.extract.attribution import find_attributions
from dragoman.extract.proposals import find_proposals
from dragoman.extract.utterances import find_utterances
from dragoman.extract.violence import find_violence
from dragoman.read.reading import Reading

FOLDER = Path(__file__).parent


def pairs(name: str) -> list[object]:
    """The pairs of one file as (text, expected lines), named by their titles."""
    blocks = (FOLDER / name).read_text("utf-8").split("\n# ")[1:]
    params = []
    for block in blocks:
        title, _, rest = block.partition("\n")
        text, _, expected = rest.partition("\n---\n")
        lines = [line.strip() for line in expected.splitlines() if line.strip()]
        params.append(pytest.param(text.strip(), [] if lines == ["nothing"] else lines, id=title.strip()))
    return params


def codes(actors: Iterable[Actor]) -> str:
    return "+".join(a.code or a.name for a in actors) or "-"


def write_utterance(reading: Reading, claim: Utterance) -> str:
    target = f" -> {claim.target.code or claim.target.name}" if claim.target else ""
    kind = "" if claim.speaker_kind == "political" else f" ({claim.speaker_kind})"
    how = "quoted" if claim.direct else "reported"
    return f"{claim.speaker}{kind} [{codes(claim.speaker_actors)}] {how} {claim.stance}{target}: {reading.text(claim.content)}"


def write_attribution(reading: Reading, claim: Attribution) -> str:
    return f"{claim.source} ({' < '.join(v.kind for v in claim.voices)}): {reading.text(claim.content)}"


def write_violence(reading: Reading, claim: Violence) -> str:
    day = claim.when.start if claim.when else None
    place = claim.place.name if claim.place else None
    told = f", {claim.factuality} by {', '.join(v.name for v in claim.voices)}" if claim.factuality != "occurred" else ""
    return f"{claim.type} by {claim.perpetrator.code if claim.perpetrator else None} on {claim.victim} in {place} at {day}{told}"


def write_proposal(reading: Reading, claim: Proposal) -> str:
    return f"{claim.type} {codes(claim.by)} -> {codes(claim.to)} {claim.answer}: {reading.text(claim.terms)}"


def write_agreement(reading: Reading, claim: Agreement) -> str:
    told = " alleged" if claim.factuality == "alleged" else ""
    name = reading.text(claim.name) if claim.name else "-"
    stage = f" {claim.stage}" if claim.stage else ""
    return f"{claim.state}{told} {name} by {codes(claim.by)} said by {codes(claim.said_by)}{stage}"


def claims_of(
    find: Callable[[Reading], Iterable[object]], write: Callable[..., str], read: Callable[..., Reading], text: str
) -> list[str]:
    published = None
    if text.startswith("published: "):
        first, _, text = text.partition("\n")
        published = date.fromisoformat(first.removeprefix("published: "))
    reading = read(text, published)
    return [write(reading, claim) for claim in find(reading)]


@pytest.mark.parametrize(("text", "expected"), pairs("utterances.txt"))
def test_utterances(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    assert claims_of(find_utterances, write_utterance, read, text) == expected


@pytest.mark.parametrize(("text", "expected"), pairs("attribution.txt"))
def test_attribution(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    assert claims_of(find_attributions, write_attribution, read, text) == expected


@pytest.mark.parametrize(("text", "expected"), pairs("violence.txt"))
def test_violence(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    assert claims_of(find_violence, write_violence, read, text) == expected


@pytest.mark.parametrize(("text", "expected"), pairs("proposals.txt"))
def test_proposals(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    assert claims_of(find_proposals, write_proposal, read, text) == expected


@pytest.mark.parametrize(("text", "expected"), pairs("agreements.txt"))
def test_agreements(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    assert claims_of(find_agreements, write_agreement, read, text) == expected
