"""The command itself: help, settings, doctor, errors."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dragoman.cli.main import cli


def commands(group: click.Group, path: tuple[str, ...] = ()):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("path", list(commands(cli)), ids=" ".join)
def test_every_command_has_help_that_says_what_it_does(dragoman, path) -> None:
    result = dragoman(*path, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


@pytest.mark.parametrize(
    "verb", ["run", "brief", "contacts", "statements", "offers", "violence", "sources", "show", "review", "code"]
)
def test_the_verbs_of_daily_work_teach_by_example(dragoman, verb) -> None:
    assert f"dragoman {verb}" in dragoman(verb, "--help").output


def test_heavy_libraries_are_not_imported_before_a_verb_needs_them() -> None:
    heavy = {"altair", "duckdb", "httpx", "jinja2", "litestar", "lxml", "networkx", "numpy", "onnxruntime", "pyarrow", "rich"}
    heavy |= {"scipy", "spacy", "sqlalchemy", "structlog", "torch", "trafilatura", "uvicorn", "vl_convert"}
    script = "import sys, dragoman.cli.main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    assert "dragoman.app.usecases" in loaded
    assert sorted(heavy & set(loaded)) == []


def test_exit_codes_are_documented(dragoman) -> None:
    assert "7  finished, but some inputs had problems" in dragoman("--help").output


def test_config_prints_every_setting_with_its_origin(dragoman, folder) -> None:
    (folder / "dragoman.toml").write_text("[run]\nbatch = 7\n")
    found = {row["key"]: row for row in json.loads(dragoman("config", "--json").stdout)}
    assert found["run.batch"]["value"] == 7
    assert found["run.batch"]["from"].endswith("dragoman.toml")
    assert found["analyst"]["from"] == "DRAGOMAN_ANALYST"
    assert "run.batch" in dragoman("config").stdout


def test_config_hides_passwords(dragoman) -> None:
    output = dragoman("--store", "postgresql://me:secret@host/db", "config").stdout
    assert "secret" not in output
    assert "me:***@host" in output


def test_an_unknown_setting_is_named_with_close_ones(dragoman, folder) -> None:
    (folder / "dragoman.toml").write_text("[run]\nbatches = 7\n")
    result = dragoman("config")
    assert result.exit_code == 3
    assert "run.batches" in result.stderr
    assert "run.batch" in result.stderr


def test_asking_without_a_store_says_how_to_make_one_and_makes_none(dragoman, folder) -> None:
    result = dragoman("contacts")
    assert result.exit_code == 4
    assert "dragoman run" in result.stderr
    assert not (folder / "dragoman.db").exists()


def test_doctor_says_what_is_there_and_fails_when_something_needed_is_not(dragoman, monkeypatch) -> None:
    monkeypatch.setenv("DRAGOMAN_PARSER_MODEL", "no_such_model")
    result = dragoman("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(result.stdout)}
    assert result.exit_code == 1
    assert not checks["parser model"]["ok"]
    assert checks["python"]["ok"]


def test_an_error_of_the_system_is_one_line(dragoman, folder, stored) -> None:
    (folder / "taken").write_text("a file, not a folder")
    result = dragoman("brief", "--out", "taken/b.html")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "taken" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said(dragoman, folder) -> None:
    (folder / "in.txt").write_text(
        "The envoy met the delegation in Doha, and they agreed to meet again before the summer.\n" * 200
    )
    result = dragoman("code", "in.txt", "--out", "/dev/full")
    assert result.exit_code == 1
    assert "free some space" in result.stderr
