"""A real review in a browser, by the keyboard: a role set right, two events merged, both taken back; brief and export follow."""

import csv
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from click.testing import CliRunner

from dragoman.cli.main import cli

pytestmark = pytest.mark.browser


def written(store: Path, *arguments: str, out: str) -> str:
    path = store.parent / out
    path.unlink(missing_ok=True)
    ran = CliRunner().invoke(cli, ["--store", str(store), *arguments, "--out", str(path)])
    assert ran.exit_code == 0, ran.output
    return path.read_text(encoding="utf-8-sig")


def brief(store: Path) -> str:
    return written(store, "brief", out="brief.html")


def export(store: Path, table: str) -> list[dict[str, str]]:
    text = written(store, "export", "--format", "csv", "--table", table, out=f"{table}.csv")
    return list(csv.DictReader(text.splitlines()))


def waiting(page: Any) -> int:
    return int(page.locator("main p.small").first.inner_text().split()[0])


def test_a_role_is_set_right_two_events_are_merged_and_all_is_taken_back(own_desk: tuple[str, Path], tab: Any) -> None:
    address, store = own_desk
    page = tab.page
    before, events_before = brief(store), export(store, "events")
    page.goto(f"{address}/review")

    item = page.locator(".entry").first
    event = item.get_attribute("id")
    assert item.evaluate("entry => entry === document.activeElement"), "the keys are at the first line"
    page.keyboard.press("c")
    field = item.locator("select[name=field]").first
    assert field.evaluate("field => field === document.activeElement")
    assert field.input_value() == "participants.0.role"
    page.keyboard.press("Tab")
    page.keyboard.type("observer")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(f"#{event}").count() == 0, "what is decided leaves the queue at once"
    roles = [row["role"] for row in export(store, "participants")]
    assert "observer" in roles
    corrected = brief(store)
    assert corrected != before
    assert "changed by an analyst" in corrected

    page.locator("details.decide:has(button[value=merge])", has=page.locator(".links")).first.locator("summary").click()
    with page.expect_navigation():
        page.locator(".links button[value=merge]:visible").first.click()
    assert len(export(store, "events")) == len(events_before) - 1
    merged = brief(store)
    assert merged != corrected

    for _ in range(2):
        with page.expect_navigation():
            page.keyboard.press("u")
    assert page.locator("text=taken back").count() == 2
    assert export(store, "events") == events_before
    assert brief(store) == before
    assert tab.logged == []


def test_ten_items_are_decided_with_the_keyboard_in_far_less_than_a_minute(own_desk: tuple[str, Path], tab: Any) -> None:
    address, _ = own_desk
    page = tab.page
    page.goto(f"{address}/review?order=doubt")
    at_first = waiting(page)
    began = monotonic()
    for number in range(10):
        following = page.locator(".entry").nth(1).get_attribute("id")
        page.keyboard.press("x" if number == 4 else "a")
        page.wait_for_url(f"**#{following}")
        assert page.evaluate("document.activeElement.id") == following, "deciding goes on at the next line"
    assert monotonic() - began < 30
    assert waiting(page) == at_first - 10
    with page.expect_navigation():
        page.keyboard.press("u")
    page.goto(f"{address}/events")
    page.goto(f"{address}/review")
    assert waiting(page) == at_first - 9
