"""Rows by name: found wherever the name stands in the order, made once, and made anew where what is kept is not what was made."""

import pytest

from dragoman.knowledge import kept_index as module
from dragoman.knowledge.kept_index import SortedIndex, index_text, kept_index

NAMES = ("qom", "aden", "a", "zenica", "aden bay", "ade", "")
ENTRIES = [(name, row) for row, name in enumerate(NAMES * 2)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(module.platformdirs, "user_cache_path", lambda _: tmp_path)
    return tmp_path / "indexes"


@pytest.mark.parametrize("start", ["", "# a line before\n"])
def test_every_name_has_its_rows_in_the_order_given(start):
    index = SortedIndex(start.encode() + index_text(ENTRIES), len(start))
    assert {name: index.find(name) for name in NAMES} == {name: [at, at + 7] for at, name in enumerate(NAMES[:-1])} | {"": []}


@pytest.mark.parametrize("name", ["ad", "adena", "aden ", "zz", "0", "Qom", "\n", "a\t2"])
def test_other_names_have_none(name):
    assert SortedIndex(index_text(ENTRIES)).find(name) == []


def test_nothing_is_found_in_an_empty_index():
    assert SortedIndex(index_text([])).find("aden") == []


def test_it_is_made_once_for_each_mark(folder):
    made = []

    def make():
        made.append(1)
        return index_text(ENTRIES)

    found = [kept_index("towns", mark, make).find("aden") for mark in ("one", "one", "two", "two")]
    assert found == [[1, 8]] * 4
    assert len(made) == 2
    assert [path.name for path in folder.iterdir()] == ["towns.txt"]


SPOILT = (lambda raw: raw[:-4], lambda raw: raw.replace(b"aden\t1", b"aden\t3"), lambda _: b"", lambda _: b"\n")


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_file_is_made_anew(folder, spoil):
    kept_index("towns", "one", lambda: index_text(ENTRIES))
    path = folder / "towns.txt"
    sound = path.read_bytes()
    path.write_bytes(spoil(sound))
    assert kept_index("towns", "one", lambda: index_text(ENTRIES)).find("aden") == [1, 8]
    assert path.read_bytes() == sound


def test_without_a_folder_to_write_to_it_serves_all_the_same(folder):
    folder.write_text("a file where the folder should be")
    assert kept_index("towns", "one", lambda: index_text(ENTRIES)).find("aden") == [1, 8]


def test_a_file_that_cannot_be_moved_into_place_leaves_nothing_behind(folder, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.Path, "replace", refuse)
    assert kept_index("towns", "one", lambda: index_text(ENTRIES)).find("qom") == [0, 7]
    assert list(folder.iterdir()) == []
