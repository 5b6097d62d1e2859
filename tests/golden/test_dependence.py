"""Runs the pairs of dependence.txt: a text, and who is said to need what of whom; the file's head explains the format."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.extract.dependence import find_dependence
from dragoman.read.reading import Reading

BLOCKS = Path(__file__).with_name("dependence.txt").read_text("utf-8").split("\n# ")[1:]


def pair(block: str) -> object:
    title, _, rest = block.partition("\n")
    text, _, expected = rest.partition("\n---\n")
    lines = [line.strip() for line in expected.splitlines() if line.strip()]
    return pytest.param(text.strip(), [] if lines == ["nothing"] else lines, id=title.strip())


@pytest.mark.parametrize(("text", "expected"), [pair(block) for block in BLOCKS])
def test_dependence(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    found = [
        f"{'+'.join(a.code or a.name for a in one.who)} > {'+'.join(a.code or a.name for a in one.on)}: "
        f"{one.type} ({one.matter.of(text) if one.matter else None})"
        for one in find_dependence(read(text))
    ]
    assert found == expected
