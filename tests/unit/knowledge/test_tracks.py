"""Named talks are told by their words, dossier and dates."""

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from dragoman.core.errors import ConfigError
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.knowledge.tracks import load_tracks, shipped_tracks


def known_codes() -> set[str]:
    facts = resources.files("dragoman.knowledge").joinpath("facts")
    tables = ("states", "organisations", "nonstate")
    return {line.split("\t")[0] for name in tables for line in facts.joinpath(f"{name}.tsv").read_text("utf-8").splitlines()}


def test_shipped_tracks_name_known_actors_and_dossiers() -> None:
    codes, dossiers = known_codes(), shipped_dossiers().dossiers
    tracks = shipped_tracks().tracks.values()
    assert len(tracks) >= 60
    for track in tracks:
        assert track.dossier in dossiers, track.id
        assert {*track.members, *track.mediators, *track.hosts} <= codes, track.id
        assert track.names or track.short, track.id
        assert track.start, track.id
        assert track.end is None or track.end >= track.start[: len(track.end)], track.id


@pytest.mark.parametrize(
    ("text", "dossiers", "day", "found"),
    [
        ("The Astana process met again.", [], None, "astana"),
        ("The guarantors met for the Astana talks.", ["syria"], date(2019, 8, 1), "astana"),
        ("Delegates arrived for the Doha talks.", ["gaza"], date(2024, 8, 15), "gaza_qatar_egypt_us"),
        ("Delegates arrived for the Doha talks.", ["afghanistan"], date(2020, 9, 12), "doha_afghanistan"),
        ("Delegates arrived for the Doha talks.", ["drc"], date(2025, 7, 1), "doha_drc"),
        ("Delegates arrived for the Doha talks.", ["drc"], None, None),
        ("Delegates arrived for the Doha talks.", ["cyprus"], date(2024, 8, 15), None),
        ("The Istanbul talks went on.", ["ukraine"], date(2022, 3, 29), "istanbul_2022"),
        ("The Istanbul talks went on.", ["ukraine"], date(2025, 6, 2), "istanbul_2025"),
        ("The Istanbul talks went on.", ["ukraine"], date(2024, 1, 2), None),
        ("The Normandy format is history.", ["ukraine"], date(2025, 1, 2), None),
        ("Doha received the guests.", ["gaza"], date(2024, 8, 15), None),
    ],
)
def test_named_in(text: str, dossiers: list[str], day: date | None, found: str | None) -> None:
    named = shipped_tracks().named_in(text, dossiers, day)
    assert (named[0].id if named else None) == found


def test_sitting() -> None:
    book = shipped_tracks()
    assert [t.id for t in book.sitting(["ukraine"], "Istanbul", date(2025, 6, 2))] == ["istanbul_2025"]
    assert book.sitting(["ukraine"], "Istanbul", date(2010, 6, 2)) == ()


def test_own_tracks(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[salon]\nname = "The salon"\ndossier = "libya"\nnames = ["salon talks"]\n', "utf-8")
    book = load_tracks([own])
    assert book.named_in("The salon talks began.", [], None)[0].name == "The salon"
    assert "astana" in book.tracks


@pytest.mark.parametrize("raw", ["[x]\nname = 1", "[x", '[x]\nname = "X"\ndossier = "libya"\nnames = ["?y z"]'])
def test_bad_files(tmp_path: Path, raw: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(raw, "utf-8")
    with pytest.raises(ConfigError, match="file of talks"):
        load_tracks([own])
    with pytest.raises(ConfigError, match="cannot be opened"):
        load_tracks([tmp_path / "none.toml"])
