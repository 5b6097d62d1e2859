"""Annotated names are joined with the texts that they point to."""

import hashlib
import lzma
from pathlib import Path

import msgspec
import pytest

from dragoman.core.errors import InputError
from dragoman.lab.annotated_names import annotated_rows
from dragoman.read.metonym_context import Guideline

TEXT = "It rained. Oslo agreed to host the round."
RECORD = {
    "corpus_file": "corpus/news.jsonl.xz",
    "corpus_id": "n-1",
    "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "sentence": [11, 41],
    "name": [11, 15],
    "label": "metonymic",
}


def written(folder: Path, **changed: object) -> tuple[Path, Path]:
    names, texts = folder / "names", folder / "texts"
    names.mkdir()
    (texts / "corpus").mkdir(parents=True)
    (names / "news.jsonl").write_bytes(msgspec.json.encode(RECORD | changed) + b"\n")
    with lzma.open(texts / "corpus" / "news.jsonl.xz", "wb") as out:
        out.write(
            msgspec.json.encode({"id": "n-0", "text": "Nothing."}) + b"\n" + msgspec.json.encode({"id": "n-1", "text": TEXT})
        )
    return names, texts


def test_a_record_becomes_a_row_of_its_sentence(tmp_path: Path) -> None:
    (row,) = annotated_rows(*written(tmp_path))
    assert (row.id, row.corpus, row.label) == ("n-1@11", Guideline.GWN, "metonymic")
    assert (row.text, row.text[row.start : row.end]) == ("Oslo agreed to host the round.", "Oslo")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"label": "mixed"}, r"news\.jsonl, line 1: not an annotated name"),
        ({"text_sha256": "0"}, "its SHA-256 differs"),
        ({"corpus_id": "n-2"}, "n-2 is not there"),
        ({"corpus_file": "corpus/none.jsonl"}, r"none\.jsonl is missing"),
        ({"name": [11, 99]}, "lies outside"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(tmp_path: Path, changed: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        annotated_rows(*written(tmp_path, **changed))


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no annotated names"):
        annotated_rows(tmp_path, tmp_path)
