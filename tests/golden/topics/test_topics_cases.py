"""Every case of cases.toml: sentences in, dossiers, issues and outcome out."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dragoman.extract.outcomes import find_outcome
from dragoman.extract.topics import topics_of_texts

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["sentences"][0][:40])
def test_case(case: dict[str, Any]) -> None:
    topics = topics_of_texts(case["sentences"], case["actors"])
    outcome, _ = find_outcome([(sentence, 0) for sentence in case["sentences"]])
    assert (sorted(topics.dossiers), sorted(topics.issues), outcome) == (
        sorted(case["dossiers"]),
        sorted(case["issues"]),
        case["outcome"],
    )
