"""Batches of labels without texts, joined with a corpus of two made-up documents."""

import hashlib
import json
import lzma
from pathlib import Path

import pytest

from dragoman.core.errors import InputError
from dragoman.lab.annotations import load_batch, materialise
from dragoman.lab.gold import load_records, load_texts

ROOT = Path(__file__).resolve().parents[3]
BATCHES = ROOT / "annotations"
CORPUS = ROOT.parent / "shared" / "corpus"
TITLE = "Envoy’s visit to Oslo"
BODY = "Ana Ruiz met Bo Lind in Oslo today. “We go on,” she said."
TEXT = f"{TITLE}\n\n{BODY}"


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def record(**changes: object) -> dict[str, object]:
    labels: dict[str, object] = {
        "doc_id": "envoy-oslo",
        "corpus_file": "made_up.jsonl.xz",
        "corpus_id": "M/1",
        "title_prefixed": True,
        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "published": "2024-03-05",
        "engagements": [{"id": "e1", "type": "meeting", "status": "occurred", "evidence_span": span("Ana Ruiz met Bo Lind")}],
        "statements": [
            {"speaker": "Ana Ruiz", "direct": True, "quote_span": span("“We go on,”"), "evidence_span": span("“We go on,”")}
        ],
        "violence": [],
        "attribution": [{"source": "her office", "claim_span": span("Ana Ruiz met Bo Lind in Oslo today.")}],
    }
    return labels | changes


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = [
        {"id": "M/0", "title": "Other", "text": "Nothing here."},
        {"id": "M/1", "title": TITLE, "text": BODY, "url": "https://example.org/1"},
    ]
    with lzma.open(folder / "made_up.jsonl.xz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


def batch(folder: Path, *records: dict[str, object]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "made_up.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return folder


def test_words_come_back_in_the_gold_shape(tmp_path: Path, corpus: Path) -> None:
    out = tmp_path / "out"
    assert materialise(batch(tmp_path / "batch", record()), corpus, out) == 1
    gold = load_records(out)
    assert load_texts(out, gold) == {"envoy-oslo": TEXT}
    read = gold["envoy-oslo"]
    assert read.published == "2024-03-05"
    assert read.engagements is not None
    assert read.engagements[0].evidence == "Ana Ruiz met Bo Lind"
    assert read.statements is not None
    assert (read.statements[0].quote_or_paraphrase, read.statements[0].direct) == ("“We go on,”", True)
    assert read.attribution is not None
    assert read.attribution[0].claim == "Ana Ruiz met Bo Lind in Oslo today."
    assert "span" not in (out / "envoy-oslo.json").read_text(encoding="utf-8")


def test_a_body_that_starts_with_its_title_stands_alone(tmp_path: Path, corpus: Path) -> None:
    alone = record(
        title_prefixed=False, text_sha256=hashlib.sha256(BODY.encode()).hexdigest(), engagements=[], statements=[], attribution=[]
    )
    materialise(batch(tmp_path / "batch", alone), corpus, tmp_path / "out")
    assert (tmp_path / "out" / "envoy-oslo.txt").read_text(encoding="utf-8") == BODY


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text_sha256": "0" * 64}, "not the text that was annotated"),
        ({"corpus_id": "M/9"}, "lacks 1 annotated documents, first M/9"),
        ({"corpus_file": "other.jsonl.xz"}, "is missing"),
        ({"doc_id": "../envoy"}, "no safe file name"),
        ({"violence": [{"type": "shelling", "evidence_span": [5, 9999]}]}, "span 5-9999 lies outside"),
        ({"violence": [{"type": "shelling", "evidence_span": [7, 7]}]}, "span 7-7 lies outside"),
        ({"violence": [{"type": "shelling", "evidence_span": "here"}]}, "no span of two offsets"),
        ({"statements": None}, "not an annotated record"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_written(
    tmp_path: Path, corpus: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        materialise(batch(tmp_path / "batch", record(**changes)), corpus, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_names_are_taken_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is taken"):
        load_batch(batch(tmp_path / "batch", record(), record()))


def test_an_empty_folder_is_no_batch(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no annotations"):
        load_batch(tmp_path)


def test_a_broken_corpus_line_is_named(tmp_path: Path, corpus: Path) -> None:
    with lzma.open(corpus / "made_up.jsonl.xz", "wt", encoding="utf-8") as stream:
        stream.write("{}\n")
    with pytest.raises(InputError, match="line 1: not a document of a corpus"):
        materialise(batch(tmp_path / "batch", record()), corpus, tmp_path / "out")


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the bulk corpus is not there")
@pytest.mark.parametrize("folder", sorted(BATCHES.glob("fresh-*")), ids=lambda path: path.name)
def test_committed_batches_fit_the_corpus(tmp_path: Path, folder: Path) -> None:
    count = materialise(folder, CORPUS, tmp_path)
    records = load_records(tmp_path).values()
    assert len(records) == count
    for engagement in (each for record in records for each in record.engagements or ()):
        assert engagement.evidence
        assert len({participant.actor for participant in engagement.who}) > 1
