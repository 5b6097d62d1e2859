"""Runs the pairs of outcomes.txt: a sentence, and what it says came of a contact; the file's head explains the format."""

import re
from pathlib import Path

import pytest

from dragoman.knowledge.outcomes import outcomes_in, signals_in

BLOCKS = Path(__file__).with_name("outcomes.txt").read_text("utf-8").split("\n# ")[1:]


def pair(block: str) -> object:
    """One block as (text, expected outcomes, expected signals)."""
    title, _, rest = block.partition("\n")
    text, _, expected = rest.partition("\n---\n")
    lines = dict(re.findall(r"^(outcome|status): (.+)$", expected, re.MULTILINE))
    return pytest.param(text.strip(), lines["outcome"], lines["status"], id=title.strip())


def listed(labels: list[str]) -> str:
    return " ".join(dict.fromkeys(labels)) or "-"


@pytest.mark.parametrize(("text", "outcomes", "signals"), [pair(block) for block in BLOCKS])
def test_outcomes(text: str, outcomes: str, signals: str) -> None:
    found = listed([words.outcome for words in outcomes_in(text)])
    standing = listed([words.signal for words in signals_in(text)])
    assert (found if outcomes != "*" else "*", standing if signals != "*" else "*") == (outcomes, signals)
