"""The batches in annotations/ keep to the closed lists of the guide, do not overlap, and still fit their corpus."""

import itertools
from datetime import date
from pathlib import Path

import pytest

from dragoman.core.vocab import EngagementType, Issue, Level, Outcome, Role, Stance, ViolenceType
from dragoman.lab.annotations import load_batch, materialise

BATCHES = sorted((Path(__file__).parents[2] / "annotations").glob("fresh-*"))
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.fixture(scope="module", params=BATCHES, ids=lambda path: path.name)
def records(request):
    return load_batch(request.param)


def test_labels_are_in_the_closed_lists(records):
    engagements = [each for record in records for each in record.engagements]
    participants = [each for engagement in engagements for each in engagement["participants"]]
    statements = [each for record in records for each in record.statements]

    assert {each["type"] for each in engagements} <= set(EngagementType)
    assert {each["status"] for each in engagements} <= {"occurred", "planned", "cancelled", "hypothetical"}
    assert {each["outcome"] for each in engagements} <= set(Outcome)
    assert {each["level"] for each in participants} <= {*Level, "unknown"}
    assert {each["role"] for each in participants} <= set(Role)
    assert {each["stance"] for each in statements} <= set(Stance)
    assert {each["type"] for record in records for each in record.violence} <= set(ViolenceType)
    assert {issue for each in engagements for issue in each["issues"]} | {each["issue"] for each in statements} <= set(Issue)


def test_days_are_real_and_in_order(records):
    for record in records:
        for each in record.engagements:
            days = [date.fromisoformat(day) for day in (each["date_start"], each["date_end"]) if day]
            assert days == sorted(days), f"{record.doc_id} {each['id']}"


def test_every_engagement_has_two_actors(records):
    lonely = [
        f"{record.doc_id} {each['id']}"
        for record in records
        for each in record.engagements
        if len({participant["actor"] for participant in each["participants"]}) < 2
    ]

    assert not lonely


def test_no_document_is_in_two_batches():
    ids = [{(record.corpus_file, record.corpus_id) for record in load_batch(batch)} for batch in BATCHES]

    assert len(BATCHES) >= 2
    assert not any(one & other for one, other in itertools.combinations(ids, 2))


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the texts in ../shared/corpus, which are not part of this project")
@pytest.mark.parametrize("batch", BATCHES, ids=lambda path: path.name)
def test_every_span_lies_in_the_text_that_was_annotated(batch, tmp_path):
    assert materialise(batch, CORPUS, tmp_path) == len(load_batch(batch))
