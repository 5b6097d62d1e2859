"""Rows as CSV and JSON, safe for spreadsheets."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.core.printing import printable
from dragoman.export.tables import cell, json_text, undefused, write_csv


class Inner(msgspec.Struct, frozen=True):
    name: str
    office: str | None = None


class Row(msgspec.Struct, frozen=True):
    day: date | None
    words: str
    people: tuple[Inner, ...] = ()


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "＝1+1"])
def test_text_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{printable(text)}"


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''@x", "' =1", "it's", "'quoted'", "-3", "-a"])
def test_a_reader_can_take_the_apostrophe_away_again(text: str) -> None:
    assert undefused(cell(text)) == text


def test_a_cell_steers_no_terminal() -> None:
    assert cell("\r=1") == "\N{REPLACEMENT CHARACTER}=1"
    assert cell("\x1b[31mred \u202eturned") == "\N{REPLACEMENT CHARACTER}[31mred \N{REPLACEMENT CHARACTER}turned"


@pytest.mark.parametrize("value", [-3, 2.5, -0.25, "plain", "a = b", "2024-05-01"])
def test_numbers_and_plain_text_stay_as_they_are(value: object) -> None:
    assert cell(value) == str(value)


def read_back(row: Row) -> Iterator[list[str]]:
    stream = io.StringIO(newline="")
    assert write_csv([row], Row, stream) == 1
    stream.seek(0)
    return csv.reader(stream)


def test_lists_nested_structs_and_unknown_are_readable() -> None:
    row = Row(None, "a, “b”\nc", (Inner("A", "envoy"), Inner("B")))
    assert list(read_back(row)) == [
        ["day", "words", "people"],
        ["", "a, “b”\nc", "A (office envoy); B"],
    ]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_no_cell_of_a_written_table_starts_a_formula(text: str) -> None:
    (_, (_, written, _)) = read_back(Row(None, text))
    assert not written.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_json_is_indented_and_keeps_every_letter() -> None:
    assert json_text(Row(date(2024, 5, 1), "Türkiye")) == '{\n  "day": "2024-05-01",\n  "words": "Türkiye",\n  "people": []\n}'
