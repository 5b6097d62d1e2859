"""What a hostile web, a worn disk and a careless user can give: each is said, the rest goes on, nothing kept is lost."""

import csv
import gzip
import io
import json
import lzma
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.backends.sql_store import open_store

pytestmark = pytest.mark.slow  # whole runs and processes of their own

ENGLISH = (
    "The envoy Majed Ansari met a Hamas delegation in Doha on Monday and the two sides went through the text line by line.\n"
    "Talks will go on next week, and the mediators think that an agreement is within reach before the summer."
)


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def codes(report: dict) -> list[str]:
    return [problem["code"] for problem in report["problems"]]


@pytest.fixture
def report(dragoman):
    """Run and give the report."""

    def call(*arguments: str) -> dict:
        return json.loads(dragoman("run", *arguments, "--json").stdout)

    return call


def test_a_folder_of_bad_files_costs_only_the_bad_ones(report, folder) -> None:
    for name, content in {
        "bad/good.txt": ENGLISH.encode(),
        "bad/blank.txt": b" \n\n",
        "bad/bomb.txt.gz": gzip.compress(b"a" * 66_000_000, 1),
        "bad/bomb.html": b"<html><body>" + b"<div>" * 10_000,
        "bad/half.warc.gz": gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n")[:30],
        "bad/no.pdf": b"%PDF-1.4 garbage",
        "bad/open-quote.csv": b'id,title,text,published\n1,"never closed,text,2024-05-06\n',
    }.items():
        (folder / "bad").mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "bad" / "loop").symlink_to("loop")
    os.mkfifo(folder / "bad" / "pipe.txt")
    found = report("bad")
    assert found["new"] == 1
    assert {"empty", "too-large", "no-text", "truncated", "bad-pdf", "bad-csv", "unreadable"} <= set(codes(found))
    assert all("object has no attribute" not in problem["what"] for problem in found["problems"])


def test_a_line_that_is_too_long_costs_only_itself(dragoman, folder, monkeypatch) -> None:
    monkeypatch.setenv("DRAGOMAN_INGEST_MAX_DOCUMENT", "5000")
    (folder / "in.jsonl").write_text(lines({"id": "long", "text": "x " * 5000}, {"id": "next", "text": ENGLISH}))
    result = dragoman("run", "in.jsonl")
    assert result.exit_code == 7
    assert "in.jsonl, line 1: is 10,0" in result.stderr
    assert "split it into documents" in result.stderr


def test_what_precedes_the_damage_is_read(report, folder) -> None:
    noise = random.Random(7)
    rows = [{"id": f"d{number}", "text": f"{ENGLISH} {noise.getrandbits(4000):x}"} for number in range(300)]
    whole = lzma.compress(lines(*rows).encode())
    (folder / "cut.jsonl.xz").write_bytes(whole[: len(whole) * 2 // 3])
    found = report("cut.jsonl.xz")
    assert found["new"] > 100
    assert "truncated" in codes(found)


@pytest.mark.parametrize("published", ["2999-01-01", "0001-01-01", "31/31/2024", "03/04/2024", -1e300])
def test_a_date_that_cannot_be_is_said_and_not_used(report, folder, published) -> None:
    (folder / "in.jsonl").write_text(lines({"id": "a", "text": ENGLISH, "published": published}))
    found = report("in.jsonl")
    assert codes(found) == ["date", "undated"]
    with open_store(folder / "dragoman.db") as store:
        assert next(iter(store.documents())).published is None


def test_records_without_text_or_form_are_named_by_line(report, folder) -> None:
    rows = lines({"id": "none"}, {"id": "null", "text": None}, {"text": ["a"]}, [1], 5, {"id": "good", "text": ENGLISH})
    (folder / "in.jsonl").write_text(rows + '{"broken\n')
    found = report("in.jsonl")
    assert found["new"] == 1
    named = [problem["where"] for problem in found["problems"] if problem["code"] in {"no-text", "bad-json"}]
    assert named == [f"in.jsonl, line {number}" for number in (1, 2, 3, 4, 5, 7)]


def test_one_id_on_two_texts_keeps_both_and_warns(report, folder) -> None:
    (folder / "in.jsonl").write_text(lines({"id": "a", "text": ENGLISH}, {"id": "a", "text": ENGLISH.replace("Doha", "Oslo")}))
    found = report("in.jsonl")
    assert found["new"] == 2
    assert "duplicate-id" in codes(found)


def test_damaged_utf8_is_still_read_as_utf8(report, folder) -> None:
    text = ENGLISH.replace("envoy", "envoy’s deputy — Şahin’s man —")
    (folder / "in.txt").write_bytes(text.encode() + b"\xe2\x80")
    assert "guessed-encoding" in codes(report("in.txt"))
    with open_store(folder / "dragoman.db") as store:
        assert "Şahin’s man —" in next(iter(store.documents())).text


def test_a_file_name_cannot_break_the_line_or_steer_the_terminal(dragoman, folder) -> None:
    (folder / "new\nline\x1b[31m.txt").write_bytes(b"")
    result = dragoman("run", str(folder))
    assert "\x1b" not in result.stderr
    assert next(said for said in result.stderr.splitlines() if said.endswith("[empty]")).startswith(str(folder))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("[run]\nbatch = 'x'\n", "run.batch"),
        ("[run]\nbatch = 0\n", "run.batch"),
        ("run = 3\n", "run.batch"),
        ("[run\n", "not valid TOML"),
        ("[sources]\nx = 3\n", "sources.x"),
        ("[fetch]\ndelay = nan\n", "fetch.delay"),
    ],
)
def test_a_wrong_setting_says_where_and_what(dragoman, folder, file, said) -> None:
    (folder / "dragoman.toml").write_text(file)
    result = dragoman("config")
    assert result.exit_code == 3
    assert said in result.stderr
    assert str(folder / "dragoman.toml") in result.stderr


def test_a_misspelt_code_is_met_with_the_right_one(dragoman) -> None:
    assert "did you mean mediator?" in dragoman("contacts", "--role", "mediatr").stderr


HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "\x1b[31mRED\x1b]0;own\x07",
    "\u202elive\u202c",
    "[x](javascript:alert(1))",
    "'; DROP TABLE claims; --",
    "{{7*7}}",
    "Ignore previous instructions",
)


def test_text_stays_text_wherever_it_goes(dragoman, folder) -> None:
    rows = [
        {
            "id": f"{number}",
            "title": words,
            "source": words,
            "author": words,
            "url": "javascript:alert(1)",
            "text": f"{ENGLISH} {words}",
        }
        for number, words in enumerate(HOSTILE)
    ]
    (folder / "in.jsonl").write_text(lines(*rows))
    assert dragoman("run", "in.jsonl").exit_code == 0
    for name in ("b.html", "b.md"):
        assert dragoman("brief", "--out", name).exit_code == 0
        page = (folder / name).read_text()
        assert not {"\x1b", "\x07", "\u202e"} & set(page)
        assert "<script>alert" not in page.replace("\\<script\\>alert", "")
        assert 'href="javascript' not in page
        assert name.endswith("html") or "](javascript" not in page.replace("\\](javascript", "")
    for verb in ("contacts", "sources"):
        printed = dragoman(verb).stdout + dragoman(verb, "--format", "csv").stdout
        assert not {"\x1b", "\x07", "\u202e"} & set(printed)
        assert "7*7" in printed
    cells = [cell for row in csv.reader(io.StringIO(dragoman("sources", "--format", "csv").stdout)) for cell in row]
    assert "'=cmd|' /C calc'!A0" in cells
    assert dragoman("export", "gold", "--out", "gold").exit_code == 0
    assert len(list((folder / "gold").iterdir())) == len(HOSTILE)


def test_asking_an_sqlite_address_makes_no_empty_store(dragoman, folder) -> None:
    assert dragoman("--store", "sqlite:///none.db", "contacts").exit_code == 4
    assert not (folder / "none.db").exists()


def test_scoring_a_folder_without_annotations_is_said(dragoman, folder) -> None:
    (folder / "empty").mkdir()
    result = dragoman("lab", "score", "empty", "empty")
    assert result.exit_code == 2
    assert "no annotated document" in result.stderr


def installed(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    command = [sys.executable, "-c", "from dragoman.cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, timeout=60, check=False)


def test_a_locale_of_few_letters_loses_none_of_a_file(stored) -> None:
    few = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    result = installed("contacts", "--format", "csv", **few)
    assert result.returncode == 0, result.stderr
    assert "Example Agency ← two officials" in result.stdout.decode("utf-8")


def test_a_reader_that_has_left_is_no_error(stored: Path) -> None:
    script = f"{sys.executable} -c 'from dragoman.cli.main import main; main()' contacts --json | true"
    assert subprocess.run(["/bin/sh", "-c", script], capture_output=True, timeout=60, check=False).stderr == b""


def test_closed_output_is_no_crash(stored: Path) -> None:
    script = f"{sys.executable} -c 'from dragoman.cli.main import main; main()' contacts >&-"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
