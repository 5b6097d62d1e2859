"""A user's own dossiers, named in the settings, are what engagements are coded with."""

from pathlib import Path

import msgspec
import pytest

from dragoman.app.config import CodingSettings, Config
from dragoman.app.wiring import dossier_book
from dragoman.core.errors import ConfigError
from dragoman.extract.coder import DEFAULT_FINDERS, finders_with, own_dossiers
from dragoman.knowledge.dossiers import shipped_dossiers

CABLES = """
[red_sea_cables]
name = "Red Sea cables"
sides = [["ERI"], ["DJI"]]
keywords = ["undersea cable"]
countries = ["ERI", "DJI"]
"""


def with_files(*paths: Path) -> Config:
    return msgspec.structs.replace(Config(), coding=CodingSettings(dossiers=tuple(map(str, paths))))


def test_without_own_files_the_shipped_dossiers_are_used() -> None:
    book = dossier_book(Config())
    assert own_dossiers(book) is None
    assert finders_with(book) == DEFAULT_FINDERS


def test_an_own_file_adds_a_dossier_and_marks_the_coder(tmp_path: Path) -> None:
    path = tmp_path / "cables.toml"
    path.write_text(CABLES, encoding="utf-8")
    book = dossier_book(with_files(path))
    assert set(book.dossiers) - set(shipped_dossiers().dossiers) == {"red_sea_cables"}
    mark = own_dossiers(book)
    assert mark is not None
    path.write_text(CABLES.replace("undersea cable", "submarine cable"), encoding="utf-8")
    assert own_dossiers(dossier_book(with_files(path))) != mark, "another file makes other codings"
    assert finders_with(book)[1:] == DEFAULT_FINDERS[1:]
    assert finders_with(book)[0] != DEFAULT_FINDERS[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        dossier_book(with_files(tmp_path / "nowhere.toml"))
