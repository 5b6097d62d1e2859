"""The page of measured figures, and contenders measured in turns."""

from functools import partial
from operator import itemgetter

import pytest

from dragoman.app.config import Config
from dragoman.app.performing import BEGIN, END, QUICK, performance, write_page
from dragoman.core.errors import InputError
from dragoman.core.text import Document
from dragoman.lab.bench import Row
from dragoman.lab.duel import duel


def test_rows_are_written_between_the_markers(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write_page(page, [Row("speed", "ratio", "2.0 x", "a | b")])
    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}\nMeasured on ")
    assert "| speed | ratio | 2.0 x | a / b |" in text
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text


def test_a_page_without_markers_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("nothing to see")
    with pytest.raises(InputError, match="has no"):
        write_page(page, [])
    assert page.read_text() == "nothing to see"


def test_what_is_not_there_is_said_to_be_skipped(tmp_path):
    rows = list(performance(Config(), tmp_path, QUICK, ("speed", "gate", "engines")))
    assert {row.figure for row in rows} == {"skipped"}
    with pytest.raises(InputError, match="there is no part nonsense"):
        list(performance(Config(), tmp_path, QUICK, ("nonsense",)))


@pytest.mark.slow
def test_contenders_take_turns():
    documents = [Document(text=str(number)) for number in range(7)]
    length = partial(itemgetter(0), (len,))
    measured = duel({"one": length, "two": length}, documents, turn=3)
    assert {name: seen.documents for name, seen in measured.items()} == {"one": 7, "two": 7}
