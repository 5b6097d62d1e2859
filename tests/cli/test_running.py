"""run, ingest, code: what they read, say and return."""

import json
import os
from pathlib import Path

import pytest

from dragoman.backends.sql_store import open_store

ENGLISH = (
    "The envoy Majed Ansari met a Hamas delegation in Doha on Monday and the two sides went through the text line by line.\n"
    "Talks will go on next week, and the mediators think that an agreement is within reach before the summer."
)


def lines(*rows: dict) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def articles(folder: Path) -> Path:
    path = folder / "in.jsonl"
    path.write_text(
        lines({"id": "a", "text": ENGLISH, "published": "2024-05-06"}, {"id": "b", "text": ENGLISH + " More follows."})
    )
    return path


def test_run_reads_codes_stores_and_says_so(dragoman, articles) -> None:
    result = dragoman("run", str(articles), "--published", "2024-05-07", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0, result.output
    assert (report["documents"], report["new"], report["coded"], report["claims"]) == (2, 2, 2, {"engagement": 2})
    assert report["reprints"] == 1


def test_a_second_run_adds_nothing(dragoman, articles) -> None:
    dragoman("run", str(articles))
    report = json.loads(dragoman("run", str(articles), "--json").stdout)
    assert (report["new"], report["known"], report["coded"], report["claims_added"]) == (0, 2, 0, 0)


def test_an_input_without_any_date_gets_one_warning_and_is_no_failure(dragoman, folder) -> None:
    (folder / "in.jsonl").write_text(lines({"id": "a", "text": ENGLISH}, {"id": "b", "text": ENGLISH.upper()}))
    result = dragoman("run", "in.jsonl")
    assert result.exit_code == 0
    assert result.stderr.count("no published date") == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "is empty"),
        ("picture.txt", bytes(range(256)) * 40, "is not text"),
        ("cut.jsonl.xz", b"\xfd7zXZ\x00\x00\x04", "cut off or damaged"),
        ("broken.jsonl", b'{"id": \n', "broken.jsonl"),
    ],
)
def test_a_bad_input_is_named_the_others_go_on_and_the_exit_code_tells(dragoman, articles, folder, name, content, said) -> None:
    (folder / name).write_bytes(content)
    result = dragoman("run", name, str(articles))
    assert result.exit_code == 7
    assert said in result.stderr
    assert name in result.stderr
    with open_store(folder / "dragoman.db") as store:
        assert store.counts().documents == 2


def test_a_path_that_is_not_there_says_what_to_do(dragoman) -> None:
    result = dragoman("run", "nowhere.txt")
    assert result.exit_code == 7
    assert "nowhere.txt" in result.stderr


def test_standard_input_is_read(dragoman) -> None:
    result = dragoman("run", "-", "--published", "2024-05-06", "--json", stdin=ENGLISH.encode())
    assert json.loads(result.stdout)["new"] == 1


def test_a_column_can_be_named(dragoman, folder) -> None:
    (folder / "table.csv").write_text(f'id,body,day\n1,"{ENGLISH}",2024-05-06\n')
    result = dragoman("run", "table.csv", "--map", "published=day", "--map", "text=body", "--json")
    assert json.loads(result.stdout)["claims"] == {"engagement": 1}
    assert dragoman("run", "table.csv", "--map", "when=day").exit_code == 2


def test_ingest_stores_and_code_codes_later(dragoman, articles) -> None:
    kept = json.loads(dragoman("ingest", str(articles), "--json").stdout)
    assert (kept["new"], kept["coded"]) == (2, 0)
    coded = json.loads(dragoman("code", "--json").stdout)
    assert (coded["new"], coded["coded"], coded["claims"]) == (0, 2, {"engagement": 2})


def test_code_writes_codings_without_a_store(dragoman, articles, folder) -> None:
    result = dragoman("code", str(articles), "--out", "codings.jsonl")
    assert result.exit_code == 0, result.output
    assert len((folder / "codings.jsonl").read_text().splitlines()) == 2
    assert not (folder / "dragoman.db").exists()


def test_code_writes_the_gold_shape_named_by_the_inputs_ids(dragoman, articles, folder) -> None:
    assert dragoman("code", str(articles), "--format", "gold", "--out", "gold").exit_code == 0
    assert sorted(path.name for path in (folder / "gold").iterdir()) == ["a.json", "b.json"]
    record = json.loads((folder / "gold" / "a.json").read_text())
    assert record["engagements"][0]["type"] == "meeting"
    assert dragoman("code", str(articles), "--format", "gold").exit_code == 2


def test_export_gold_and_lab_score_agree_with_themselves(dragoman, articles, folder) -> None:
    dragoman("run", str(articles))
    assert dragoman("export", "gold", "--out", "gold").exit_code == 0
    (folder / "gold" / "a.txt").write_text(ENGLISH)
    result = dragoman("lab", "score", "gold", "gold", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["engagements"]["f1"] == 1.0
    assert "false alarms" in dragoman("lab", "score", "gold", "gold").stdout


def test_a_store_that_is_something_else_is_refused(dragoman, articles, folder) -> None:
    (folder / "other.db").write_text("not a database at all, " * 100)
    result = dragoman("--store", "other.db", "run", str(articles))
    assert result.exit_code == 4
    assert "other.db" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_refused(dragoman, articles, folder) -> None:
    locked = folder / "locked"
    locked.mkdir(mode=0o500)
    result = dragoman("--store", "locked/x.db", "run", str(articles))
    assert result.exit_code == 4


@pytest.mark.slow
def test_the_real_rules_code_in_two_processes(dragoman, articles, monkeypatch) -> None:
    monkeypatch.undo()
    result = dragoman("--store", str(articles.parent / "real.db"), "run", str(articles), "--workers", "2", "--json")
    assert json.loads(result.stdout)["coded"] == 2
