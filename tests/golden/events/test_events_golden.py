"""Resolves documents.jsonl as the product does and compares the record with clusters.toml; its head explains the format."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dragoman.core.claims import Engagement
from dragoman.core.ids import ClaimId, EventId
from dragoman.core.records import Event, Record
from dragoman.core.text import Document
from dragoman.extract.coder import RuleCoder
from dragoman.ingest import IngestOptions, read_sources
from dragoman.ingest.duplicates import find_reprints
from dragoman.lab.clusters import b_cubed
from dragoman.resolve.events import resolve

HERE = Path(__file__).parent
TODAY = date(2025, 1, 1)
CLUSTERS: Sequence[Mapping[str, Any]] = tomllib.loads((HERE / "clusters.toml").read_text("utf-8"))["event"]
BY_NAME = {event["name"]: event for event in CLUSTERS}


class Resolved(NamedTuple):
    record: Record
    gold: dict[ClaimId, str]
    """Claims by the name of the event that they should be in."""
    stray: list[str]
    """Claims that no event of the file asks for."""
    unused: list[str]
    """Reports of the file that no claim was coded for."""

    @property
    def found(self) -> dict[ClaimId, EventId]:
        return {claim: event.id for event in self.record.events for claim in event.claims}

    def events_of(self, name: str) -> list[Event]:
        return [event for event in self.record.events if any(self.gold.get(claim) == name for claim in event.claims)]


def fits(report: str, document: Document, claim: Engagement) -> bool:
    name, mark, asked = next((report.partition(mark) for mark in (": ", " | ") if mark in report), (report, "", ""))
    if name != document.name:
        return False
    if mark == " | ":
        return any(one.actor.name == asked for one in claim.participants)
    return asked in claim.evidence[0].of(document.text)


@pytest.fixture(scope="module")
def resolved(coder: RuleCoder) -> Resolved:
    documents = {
        one.id: one
        for one in read_sources([str(HERE / "documents.jsonl")], IngestOptions(), fetcher=None, today=TODAY)
        if isinstance(one, Document)
    }
    claims = [one for coding in coder.code(documents.values()) for one in coding.claims if isinstance(one, Engagement)]
    reports = {report: event["name"] for event in CLUSTERS for report in event["reports"]}
    gold, stray, used = {}, [], set()
    for claim in claims:
        document = documents[claim.document]
        best = max((report for report in reports if fits(report, document, claim)), key=len, default=None)
        if best is None:
            stray.append(f"{document.name}: {claim.type} {claim.evidence[0].of(document.text)}")
        else:
            gold[claim.id] = reports[best]
            used.add(best)
    record = resolve(claims, documents, find_reprints(documents.values()))
    return Resolved(record, gold, stray, sorted(reports.keys() - used))


def test_the_set_is_large_enough(resolved: Resolved) -> None:
    assert len(CLUSTERS) >= 60
    assert len({document for event in resolved.record.events for document in event.documents}) >= 100


def test_nearly_all_reports_are_coded(resolved: Resolved) -> None:
    """Faults of the coder, not of resolving: a few may come and go with its rules."""
    assert len(resolved.stray) <= 3, resolved.stray
    assert len(resolved.unused) <= 3, resolved.unused


def test_clusters(resolved: Resolved) -> None:
    rates = b_cubed(resolved.gold, resolved.found)
    assert rates.f1 >= 0.9, rates


@pytest.mark.parametrize("name", BY_NAME)
def test_event(resolved: Resolved, name: str) -> None:
    """All reports of the event are in one, with no others, and it says what the file asks for."""
    event = BY_NAME[name]
    claims = {claim for claim, label in resolved.gold.items() if label == name}
    assert [set(one.claims) for one in resolved.events_of(name)] == [claims]
    (found,) = resolved.events_of(name)
    said = {
        "independent": found.independent,
        "factuality": str(found.factuality),
        "history": [str(stage.factuality) for stage in found.history],
        "part_of": {container.id: label for label in BY_NAME for container in resolved.events_of(label)}.get(
            next(iter(found.part_of), EventId(""))
        ),
        "differs": [difference.field for difference in found.differences],
    }
    asked = {field: event[field] for field in said if field in event}
    assert {field: said[field] for field in asked} == asked
