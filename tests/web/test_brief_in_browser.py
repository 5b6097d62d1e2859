"""The brief in a real browser: no console error, nothing fetched, every line leads to its marked sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from dragoman.cli.main import cli

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def brief(examples_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("brief") / "brief.html"
    wrote = CliRunner().invoke(cli, ["--store", str(examples_store), "brief", "--out", str(out)])
    assert wrote.exit_code == 0, wrote.output
    return out


@pytest.fixture
def opened(browser: Browser, brief: Path) -> Iterator[tuple[Page, list[str], list[str]]]:
    """The page, what it logged, and what it asked of the network."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    logged: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(brief.as_uri())
    yield page, logged, asked
    page.close()


def test_the_brief_logs_nothing_and_fetches_nothing(opened: tuple[Page, list[str], list[str]]) -> None:
    page, logged, asked = opened
    assert logged == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.locator("h1").count() == 1
    assert page.locator("svg").count() >= 2, "a timeline and a network"


def test_the_brief_fits_a_phone(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_each_link_inside_the_brief_has_its_target(opened: tuple[Page, list[str], list[str]]) -> None:
    page, _, _ = opened
    broken = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(id))"
    )
    assert broken == []
    assert page.locator("mark").count() > 20, "evidence is marked in its sentence"
