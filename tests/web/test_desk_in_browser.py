"""Every page of the desk in a real browser: nothing logged, nothing fetched from elsewhere, no fault of accessibility."""

import re
from html import unescape
from typing import Any
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "today": "/",
    "today, early": "/?since=2015-01-01",
    "today, nothing new": "/?since=2035-01-01",
    "dossiers": "/dossiers",
    "events": "/events",
    "events, nothing fits": "/events?actor=Atlantis",
    "actors": "/actors",
    "channels": "/channels",
    "two actors": "/dyads?one=United+States&other=Hamas",
    "path finder": "/channels?sender=United+States&receiver=Hamas",
    "path finder, no path": "/channels?sender=Fiji&receiver=Hamas",
    "talks": "/talks",
    "positions": "/positions",
    "positions of a dossier": "/positions?dossier=gaza",
    "commitments": "/commitments",
    "timeline": "/timeline",
    "map": "/map",
    "map, nothing fits": "/map?since=2035-01-01",
    "review": "/review",
    "second coding": "/review/second",
    "agreement": "/review/agreement",
    "sources": "/sources",
    "methods": "/methods",
}
"""Pages with an address that everybody knows."""
FOLLOWED = {
    "dossier": ("/dossiers", "/dossiers/gaza"),
    "event": ("/events?actor=Qatar", "/events/"),
    "actor": ("/actors", "/actors/TUR"),
    "person": ("/actors/TUR", "/persons/"),
    "claim": ("/dossiers/gaza", "/claims/"),
    "document": ("/events", "/documents/"),
    "track": ("/talks", "/talks/"),
    "source": ("/sources", "/sources/"),
}
"""Pages that another page leads to: where, and how the link begins."""


def read(address: str) -> str:
    with urlopen(address, timeout=30) as answer:
        return str(answer.read().decode(errors="replace"))  # what is taken along may be a workbook


def links(text: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<a [^>]*href="(/[^"]*)"', text)]


@pytest.fixture(scope="module")
def addresses(desk: str) -> dict[str, str]:
    found = dict(PAGES)
    for name, (page, start) in FOLLOWED.items():
        fitting = [link for link in links(read(desk + page)) if link.startswith(start)]
        assert fitting, f"{page} leads to no {name}"
        found[name] = fitting[0]
    return found


@pytest.mark.parametrize("name", [*PAGES, *FOLLOWED])
@pytest.mark.parametrize("screen", ["tab", "phone"])
def test_a_page_is_whole_quiet_and_open_to_all(
    request: pytest.FixtureRequest, desk: str, addresses: dict[str, str], name: str, screen: str
) -> None:
    watched = request.getfixturevalue(screen)
    answer = watched.page.goto(desk + addresses[name])
    assert answer is not None
    assert answer.status == 200
    assert watched.page.locator("h1").count() == 1
    assert watched.page.locator("h1").inner_text().strip()
    assert watched.faults() == []
    assert watched.fits(), "the page is wider than the window"
    assert watched.logged == []
    assert watched.asked_elsewhere(desk) == []


def test_pictures_are_drawn_under_the_content_policy(desk: str, tab: Any) -> None:
    for address in ("/channels", "/timeline", "/map"):
        tab.page.goto(desk + address)
        drawn = tab.page.locator("figure svg").first.bounding_box()
        assert drawn is not None
        assert drawn["width"] > 500
        assert drawn["height"] > 100
    assert tab.logged == []


def test_no_link_of_any_page_leads_nowhere(desk: str, addresses: dict[str, str]) -> None:
    found = {link.partition("#")[0] for address in addresses.values() for link in links(read(desk + address))}
    assert len(found) > 100
    broken = []
    for link in sorted(found):
        try:
            read(desk + link.replace(" ", "%20"))
        except OSError as error:
            broken.append(f"{link}: {error}")
    assert broken == []


def test_a_page_that_is_not_there_says_what_to_do(desk: str, phone: Any) -> None:
    phone.page.goto(f"{desk}/events/e0")
    assert "after a correction or merge" in phone.page.inner_text("main")
    assert phone.page.locator("main a").count() >= 1
    assert phone.faults() == []


def test_keys_move_open_and_explain(desk: str, tab: Any) -> None:
    tab.page.goto(f"{desk}/events")
    tab.page.keyboard.press("j")
    tab.page.keyboard.press("j")
    tab.page.keyboard.press("k")
    first = tab.page.locator(".entry").first
    assert first.evaluate("entry => entry === document.activeElement")
    tab.page.keyboard.press("o")
    assert first.locator("blockquote").first.is_visible()
    tab.page.keyboard.press("?")
    assert tab.page.locator("#keys").is_visible()
    tab.page.keyboard.press("Escape")
    assert not tab.page.locator("#keys").is_visible()
    tab.page.keyboard.press("/")
    assert tab.page.locator("#q").evaluate("field => field === document.activeElement")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_page(desk: str, tab: Any) -> None:
    tab.page.goto(f"{desk}/talks")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/talks#main")  # following a link takes a moment on a busy machine
