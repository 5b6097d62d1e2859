"""One store of the example documents, one desk over it, one Chromium: shared by all tests in a real browser."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from click.testing import CliRunner

from dragoman.app.config import load_config
from dragoman.app.desk import Desk
from dragoman.cli.main import cli
from dragoman.web.application import create_application

if TYPE_CHECKING:  # half a second that only tests in a browser need
    from playwright.sync_api import Browser, Page

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
PATIENCE = 20.0
"""Seconds that a server gets to start."""


class Watched:
    """One tab, with what it logged and what it asked of the network."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.logged: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.logged.append(message.text))
        page.on("pageerror", lambda error: self.logged.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def asked_elsewhere(self, base: str) -> list[str]:
        """Requests that left the desk."""
        return [url for url in self.asked if not url.startswith((f"{base}/", "data:"))]

    def faults(self) -> list[str]:
        """Serious and critical faults of accessibility that axe-core finds."""
        from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  as above

        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [
            f"{fault['id']}: {node['html'][:200]}"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"]
        ]

    def fits(self) -> bool:
        """Whether the page is no wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.fixture(scope="session")
def examples_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example documents, coded; not to be written to."""
    store = tmp_path_factory.mktemp("examples") / "examples.db"
    ran = CliRunner().invoke(cli, ["--store", str(store), "run", str(EXAMPLES)])
    assert ran.exit_code in {0, 7}, ran.output
    return store


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  as above

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The desk over a store, at a free port of this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    desk = Desk(load_config({"store": str(store), "analyst": "ana"}, env={}, folder=store.parent))
    application = create_application(desk, port=port)
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="warning", access_log=False, ws="none"))
    thread = Thread(target=server.run)
    thread.start()
    try:
        until = monotonic() + PATIENCE
        while not server.started:
            assert monotonic() < until, "the desk did not start"
            sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture(scope="session")
def desk(examples_store: Path) -> Iterator[str]:
    """Address of a desk that nobody decides at."""
    with served(examples_store) as address:
        yield address


@pytest.fixture
def own_desk(examples_store: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Address and store of a desk to decide at."""
    store = Path(shutil.copy(examples_store, tmp_path / "own.db"))
    with served(store) as address:
        yield address, store


@pytest.fixture
def tab(browser: "Browser") -> Iterator[Watched]:
    """A tab on a wide screen, light."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield Watched(page)
    page.close()


@pytest.fixture
def phone(browser: "Browser") -> Iterator[Watched]:
    """A tab on a phone, dark."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    yield Watched(page)
    page.close()
