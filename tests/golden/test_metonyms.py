"""Runs the pairs of metonyms.txt with the model that comes along; the file's head explains the format."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.read.reading import Mention, MentionKind, Reading

BLOCKS = Path(__file__).with_name("metonyms.txt").read_text("utf-8").split("\n# ")[1:]


def pair(block: str) -> object:
    """One block as (text, expected lines), marked where it shows a limit."""
    title, _, rest = block.partition("\n")
    text, _, expected = rest.partition("\n---\n")
    lines = [line.strip() for line in expected.splitlines() if line.strip()]
    marks = [pytest.mark.xfail(strict=True, reason="known limit")] if title.startswith("limit:") else []
    return pytest.param(text.strip(), [] if lines == ["nothing"] else lines, id=title.strip(), marks=marks)


def write(reading: Reading, mention: Mention) -> str:
    name = reading.text(mention.span).removeprefix("the ").removeprefix("The ")
    return f"{name} = {'place' if mention.kind is MentionKind.PLACE else 'government'}"


@pytest.mark.parametrize(("text", "expected"), [pair(block) for block in BLOCKS])
def test_metonyms(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    reading = read(text)
    assert [write(reading, m) for m in reading.mentions if m.reason.startswith(("capital of", "seat of"))] == expected
