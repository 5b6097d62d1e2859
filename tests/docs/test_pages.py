"""Every example runs: `python` and `console` blocks as they stand, `toml` as settings; `bash` and `text` are for reading."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from dragoman.app.config import load_config
from dragoman.cli.main import cli, run

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "examples" / "README.md", *(ROOT / "docs").glob("*.md")])
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page, language):
    return [body for name, body in _BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def pages_with(language):
    return [pytest.param(page, id=page.name) for page in PAGES if blocks(page, language)]


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    """No settings of the machine, and no terminal."""
    monkeypatch.setenv("DRAGOMAN_CONFIG", "")


def test_every_block_says_what_it_is():
    languages = {name for page in PAGES for name, _ in _BLOCK.findall(page.read_text(encoding="utf-8"))}

    assert languages <= {"python", "console", "bash", "toml", "text"}


@pytest.mark.slow
@pytest.mark.parametrize("page", pages_with("python"))
@pytest.mark.usefixtures("one_coder")
def test_python_runs(page):
    names: dict[str, object] = {}
    for body in blocks(page, "python"):
        exec(compile(body, str(page), "exec"), names)


@pytest.mark.slow
@pytest.mark.parametrize("page", pages_with("console"))
def test_commands_run(page, desk, monkeypatch, capfd):
    monkeypatch.chdir(desk)
    for body in blocks(page, "console"):
        for line in body.splitlines():
            prompt, command, *arguments = shlex.split(line)
            assert (prompt, command) == ("$", "dragoman"), f"{page.name}: {line}: write commands of other programs as bash"
            code = run(arguments)
            assert code == 0, f"{page.name}: {line} left with {code}: {capfd.readouterr().err}"


@pytest.mark.parametrize("page", pages_with("toml"))
def test_settings_are_valid(page, tmp_path):
    for body in blocks(page, "toml"):
        path = tmp_path / "dragoman.toml"
        path.write_text(body, encoding="utf-8")
        assert tomllib.loads(body)
        load_config({}, env={}, folder=tmp_path, file=path)


def test_commands_shown_for_reading_exist():
    shown = {line for page in PAGES for body in blocks(page, "bash") for line in body.splitlines()}
    commands = [re.sub(r"\s#.*", "", line).split() for line in shown if line.startswith("dragoman ")]

    assert commands
    for words in commands:
        verbs = [word for word in words[1:] if word in cli.commands]
        assert verbs, f"no verb of Dragoman in {' '.join(words)}"


def test_links_between_pages_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_page_names_a_local_path():
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work|Users)/", page.read_text(encoding="utf-8")), page.name


def test_pages_are_all_in_the_navigation():
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")

    assert [page.name for page in (ROOT / "docs").glob("*.md") if f": {page.name}" not in navigation] == []


def test_pictures_are_small():
    assert all(picture.stat().st_size < 400_000 for picture in (ROOT / "docs" / "images").iterdir())
