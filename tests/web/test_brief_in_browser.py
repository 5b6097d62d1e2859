"""The brief in a real browser: no console error, nothing fetched, every line leads to its marked sentence."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

from dragoman.cli.main import cli

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief")
    store, out = folder / "examples.db", folder / "brief.html"
    runner = CliRunner()
    ran = runner.invoke(cli, ["--store", str(store), "run", str(EXAMPLES)])
    assert ran.exit_code in {0, 7}, ran.output
    wrote = runner.invoke(cli, ["--store", str(store), "brief", "--out", str(out)])
    assert wrote.exit_code == 0, wrote.output
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


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
