"""The metonymy model that comes along: small, as its card says, and right about plain cases by each guideline."""

from pathlib import Path

import msgspec
import pytest

from dragoman.app.config import Config
from dragoman.app.usecases import lab_predict_metonymy
from dragoman.backends.onnx_classifier import WEIGHTS, OnnxClassifier, shipped_model
from dragoman.knowledge.name_kinds import NameKind
from dragoman.read.metonym_context import LABELS, Guideline, masked


@pytest.fixture(scope="module")
def classifier() -> OnnxClassifier:
    return OnnxClassifier(shipped_model("metonymy"))


@pytest.mark.parametrize("guideline", list(Guideline))
def test_a_team_that_beats_another_is_no_place(classifier: OnnxClassifier, guideline: Guideline) -> None:
    won, lived = "Portugal beat Norway in the second match.", "She was born in Portugal and has lived there for years."
    at = lived.index("Portugal")
    (_, team), (_, home) = classifier.classify(
        [masked(won, 0, 8, guideline, NameKind.STATE), masked(lived, at, at + 8, guideline, NameKind.STATE)]
    )
    assert team > 0.5 > home


def test_it_is_small_and_says_what_it_is(classifier: OnnxClassifier) -> None:
    assert classifier.labels == LABELS
    assert (shipped_model("metonymy") / WEIGHTS).stat().st_size < 25_000_000
    assert "Not settled" in classifier.card.licence


def test_a_text_has_its_score_whatever_stands_beside_it(classifier: OnnxClassifier) -> None:
    short, long = "Oslo said so.", "A long way from the hills of Oslo."
    texts = [
        masked(short, 0, 4, Guideline.GWN, NameKind.CAPITAL),
        masked(long, 29, 33, Guideline.GWN, NameKind.CAPITAL),
    ]
    assert classifier.classify(texts) == classifier.classify(texts[:1]) + classifier.classify(texts[1:])


def test_bench_rows_become_predictions_in_the_bench_s_shape(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "corpus": "gwn", "text": "Lisbon said it would sign.", "start": 0, "end": 6, "target": "Lisbon"},
        {"id": "b", "corpus": "gwn", "text": "It was signed in Lisbon.", "start": 17, "end": 23, "target": "Lisbon"},
    ]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(map(msgspec.json.encode, rows)))
    assert lab_predict_metonymy(Config(), tmp_path / "in.jsonl", tmp_path / "out.jsonl") == 2
    found = [msgspec.json.decode(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [(row["id"], row["label"]) for row in found] == [("a", "metonymic"), ("b", "literal")]
