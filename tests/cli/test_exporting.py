"""`dragoman export --format`: files that are whole, the same each time, and as filtered."""

import csv
import io
import zipfile

import pytest

from dragoman.app.exporting import ExportFormat
from dragoman.export.record_tables import KINDS


def test_tables_go_into_a_folder_an_archive_or_one_file(dragoman, stored, folder) -> None:
    assert dragoman("export", "--format", "csv", "--out", "tables").exit_code == 0
    assert {path.name for path in (folder / "tables").iterdir()} == {f"{name}.csv" for name in KINDS}
    assert dragoman("export", "--format", "csv", "--out", "tables.zip").exit_code == 0
    with zipfile.ZipFile(folder / "tables.zip") as archive:
        assert archive.read("events.csv") == (folder / "tables" / "events.csv").read_bytes()
    assert dragoman("export", "--format", "csv", "--table", "events", "--out", "events.csv").exit_code == 0
    assert (folder / "events.csv").read_bytes() == (folder / "tables" / "events.csv").read_bytes()
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_period_leaves_out_and_counts_what_has_no_day(dragoman, stored, folder) -> None:
    result = dragoman("export", "--format", "csv", "--table", "events", "--since", "2024-05-01", "--out", "events.csv")
    assert result.exit_code == 0
    assert "without a day of their own are left out" in result.output
    rows = list(csv.DictReader(io.StringIO((folder / "events.csv").read_text(encoding="utf-8"))))
    assert [(row["date_start"], row["document"]) for row in rows] == [("2024-05-06", "first")]


def test_filters_and_judgements_reach_every_format(dragoman, stored, folder) -> None:
    whole = dragoman("export", "--format", "atom", "--dossier", "gaza", "--out", "gaza.atom")
    assert whole.exit_code == 0
    before = (folder / "gaza.atom").read_bytes()
    assert b"Majed Ansari" in before
    assert dragoman("export", "--format", "atom", "--actor", "Iceland", "--out", "gaza.atom").exit_code == 0
    assert b"Majed Ansari" not in (folder / "gaza.atom").read_bytes()


def test_what_to_write_and_where_must_be_said(dragoman, stored) -> None:
    assert dragoman("export").exit_code == 2
    assert "--format" in dragoman("export", "--out", "x.csv").output
    assert "--table goes with" in dragoman("export", "--format", "ics", "--table", "events", "--out", "x.ics").output
    assert "name one with --table" in dragoman("export", "--format", "csv", "--out", "x.csv").output


@pytest.mark.parametrize("form", [form for form in ExportFormat if form not in {ExportFormat.CSV, ExportFormat.PARQUET}])
def test_every_format_is_the_same_bytes_each_time(dragoman, stored, folder, form) -> None:
    for name in ("one", "two"):
        assert dragoman("export", "--format", form.value, "--out", name).exit_code == 0
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()
    assert (folder / "one").stat().st_size > 0
