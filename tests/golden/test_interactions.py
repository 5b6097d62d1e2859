"""Runs the pairs of interactions.txt through the shipped model: a text, and the interactions that it makes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.backends.onnx_classifier import OnnxClassifier, shipped_model
from dragoman.extract.interactions import InteractionCoder
from dragoman.read.reading import Reading

TEXT = (Path(__file__).parent / "interactions.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def relations() -> InteractionCoder:
    return InteractionCoder(OnnxClassifier(shipped_model("relations")), threshold=0.3)


def pairs() -> list[object]:
    params = []
    for block in TEXT.split("\n# ")[1:]:
        title, _, rest = block.partition("\n")
        text, _, expected = rest.partition("\n---\n")
        lines = [line.strip() for line in expected.splitlines() if line.strip()]
        params.append(pytest.param(text.strip(), [] if lines == ["nothing"] else lines, id=title.strip()))
    return params


@pytest.mark.parametrize(("text", "expected"), pairs())
def test_interactions(read: Callable[..., Reading], relations: InteractionCoder, text: str, expected: list[str]) -> None:
    found = [
        f"{claim.root}{f' ({claim.mode})' if claim.mode else ''} "
        f"{'+'.join(a.code or a.name for a in claim.source)} > {'+'.join(a.code or a.name for a in claim.target)}"
        for claim in relations.find(read(text), ())
    ]
    assert found == expected


def test_the_shipped_card_says_what_must_be_known() -> None:
    card = OnnxClassifier(shipped_model("relations")).card
    assert "Not settled" in card.licence
    assert "No ACE text" in card.data
    assert (shipped_model("relations") / "model.onnx").stat().st_size < 25_000_000
