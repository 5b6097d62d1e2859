"""Runs the pairs of mentions.txt: a text, and the mentions that a reading of it holds; the file's head explains the format."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dragoman.read.reading import Mention, MentionKind, Reading

BLOCKS = Path(__file__).with_name("mentions.txt").read_text("utf-8").split("\n# ")[1:]
PUBLISHED = date(2024, 5, 15)


def pair(block: str) -> object:
    """One block as (text, expected lines), marked where it shows a limit."""
    title, _, rest = block.partition("\n")
    text, _, expected = rest.partition("\n---\n")
    lines = [line.strip() for line in expected.splitlines() if line.strip()]
    marks = [pytest.mark.xfail(strict=True, reason="known limit")] if title.startswith("limit:") else []
    return pytest.param(text.strip(), [] if lines == ["nothing"] else lines, id=title.strip(), marks=marks)


def write(reading: Reading, mention: Mention) -> str:
    members = [reading.mentions[i] for i in mention.members] if mention.kind is MentionKind.GROUP else []
    names = " + ".join(m.person or (m.actor.name if m.actor else "?") for m in members)
    said = ", ".join(str(part) for part in (names or mention.person, mention.office, mention.level) if part)
    code = mention.actor.code if mention.actor else None
    flags = [
        word for word, holds in (("former", mention.former), ("place", mention.locative), ("several", mention.plural)) if holds
    ]
    parts = (mention.kind, code, said, f"({', '.join(flags)})" if flags else None)
    return f"{reading.text(mention.span)} = " + " ".join(str(part) for part in parts if part)


def fits(line: str, expected: str) -> bool:
    """Whether a line is the expected one, "*" standing for anything; case does not matter."""
    return re.fullmatch(".*".join(map(re.escape, expected.split("*"))), line, re.IGNORECASE) is not None


@pytest.mark.parametrize(("text", "expected"), [pair(block) for block in BLOCKS])
def test_mentions(read: Callable[..., Reading], text: str, expected: list[str]) -> None:
    reading = read(text, PUBLISHED)
    found = [write(reading, m) for m in reading.mentions if m.actor or m.person or m.members]
    written = dict(zip(found, expected, strict=False))
    assert [written[line] if fits(line, written.get(line, "")) else line for line in found] == expected
