import lzma
from functools import partial

import msgspec
import pytest

from dragoman.core.errors import InputError
from dragoman.lab.bench import Measured, count_words, measure, ratio_rows, speed_rows
from dragoman.lab.bench_corpus import sample
from dragoman.lab.bench_gold import beside_rows, engagement_rows, gold_inputs, gold_rows
from dragoman.lab.score import score_directories


def test_work_is_measured_in_a_process_of_its_own():
    measured = measure(partial(partial, len, bytearray(10)))

    assert measured.documents == 10
    assert measured.peak_bytes > 10_000_000
    assert measured.seconds > 0


def test_speed_is_documents_and_words_by_time_without_loading():
    measured = Measured(documents=10, loading=4.0, seconds=2.0, cpu_seconds=1.5, peak_bytes=3 * 1024 * 1024)

    rows = {row.figure: row.value for row in speed_rows("ours", measured, 5000)}

    assert rows == {"documents/s": "5.00", "words/s": "2,500", "peak memory": "3 MiB"}


def test_the_ratio_says_how_many_times_longer_the_pipeline_takes():
    ours = Measured(documents=1, loading=0, seconds=6.0, cpu_seconds=5.0, peak_bytes=300)
    bare = Measured(documents=1, loading=0, seconds=4.0, cpu_seconds=4.0, peak_bytes=200)

    assert [row.value for row in ratio_rows("ratio", ours, bare)] == ["1.50 x", "1.25 x", "1.50 x"]


def test_words_are_parted_by_white_space():
    assert count_words(["two words", "", "three\nmore  words"]) == 5


@pytest.fixture
def corpus(tmp_path):
    rows = [msgspec.json.encode({"id": f"d{number}", "text": "words", "date": "2024-05-01"}) for number in range(20)]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(rows[:10]))
    with lzma.open(tmp_path / "b.jsonl.xz", "wb") as stream:
        stream.write(b"\n".join(rows[10:]))
    return tmp_path


def test_a_sample_is_the_same_every_time_and_keeps_the_whole_line(corpus):
    first, again = sample(corpus, 5), sample(corpus, 5)

    assert first == again
    assert len({row.id for row, _ in first}) == 5
    assert b'"date":"2024-05-01"' in first[0][1]


def test_a_new_file_changes_a_sample_by_its_own_documents_alone(corpus):
    before = {row.id for row, _ in sample(corpus, 5)}
    (corpus / "c.jsonl").write_bytes(msgspec.json.encode({"id": "new", "text": "words"}))

    after = {row.id for row, _ in sample(corpus, 5)}

    assert len(before - after) == len(after - before) <= 1


def test_a_corpus_without_documents_or_with_a_bad_line_is_told(tmp_path):
    with pytest.raises(InputError, match="holds no documents"):
        sample(tmp_path, 5)
    (tmp_path / "bad.jsonl").write_text('{"id": "a"}\n')
    with pytest.raises(InputError, match=r"bad\.jsonl, line 1"):
        sample(tmp_path, 5)


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    record = {
        "published": "2024-05-08",
        "engagements": [
            {
                "type": "meeting",
                "status": "occurred",
                "date_start": "2024-05-06",
                "participants": [{"actor": "Turkey", "iso3": "TUR"}, {"actor": "Qatar", "iso3": "QAT"}],
            }
        ],
    }
    (folder / "one.json").write_bytes(msgspec.json.encode(record))
    (folder / "one.txt").write_text("Turkey and Qatar met.")
    (folder / "none.json").write_bytes(msgspec.json.encode({"published": None}))
    (folder / "none.txt").write_text("It rained.")
    return folder


def test_the_coder_sees_id_text_and_published_alone(gold):
    assert [msgspec.structs.astuple(given) for given in gold_inputs(gold)] == [
        ("none", "It rained.", None),
        ("one", "Turkey and Qatar met.", "2024-05-08"),
    ]


def test_scores_become_rows_with_the_counts_behind_them(gold):
    scores = score_directories(gold, gold)

    rows = {row.figure: row for row in gold_rows("gold dev", scores)}

    assert rows["engagements, lenient, F1"].value == "1.000"
    assert rows["engagements, lenient, F1"].detail == "P 1.000  R 1.000  (1 right of 1 gold, 1 predicted)"
    assert rows["false alarms"].value == "0"
    assert rows["persons, on matched"].value == "-"
    assert [row.figure for row in engagement_rows("gold seeds", scores)] == [
        "engagements, lenient, F1",
        "engagements, strict, F1",
        "false alarms",
    ]


def test_gold_and_a_fresh_batch_stand_side_by_side_and_a_wide_gap_is_called_over_fitting(gold, tmp_path):
    missed = tmp_path / "missed"
    missed.mkdir()
    for name in ("one", "none"):
        (missed / f"{name}.json").write_bytes(msgspec.json.encode({"published": None}))
    perfect, poor = score_directories(gold, gold), score_directories(gold, missed)

    rows = {row.figure: row for row in beside_rows("gold dev", perfect, "fresh-9", poor)}
    level = {row.figure: row for row in beside_rows("gold dev", perfect, "fresh-9", perfect)}

    wide, none = rows["engagements, lenient, F1"], level["engagements, lenient, F1"]
    assert (wide.part, wide.value, wide.detail) == ("gold dev | fresh-9", "1.000 | 0.000", "gap -1.000: over-fitted")
    assert (none.value, none.detail) == ("1.000 | 1.000", "gap +0.000")
