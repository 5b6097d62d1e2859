"""`dragoman export --format`: files that are whole, the same each time, and as filtered."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyarrow import parquet

from dragoman.app.exporting import ExportFormat
from dragoman.backends.sql_store import open_store
from dragoman.core.access import Restriction, RestrictionKind
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


def test_an_actor_who_took_no_part_leaves_nothing(dragoman, stored, folder) -> None:
    assert dragoman("export", "--format", "atom", "--dossier", "gaza", "--out", "gaza.atom").exit_code == 0
    assert b"Majed Ansari" in (folder / "gaza.atom").read_bytes()
    assert dragoman("export", "--format", "atom", "--actor", "Iceland", "--out", "gaza.atom").exit_code == 0
    assert b"Majed Ansari" not in (folder / "gaza.atom").read_bytes()


def test_a_corrected_role_and_a_rejected_report_change_the_export(dragoman, stored, folder) -> None:
    def polecat() -> list[tuple[str, str]]:
        assert dragoman("export", "--format", "polecat", "--out", "p.tsv").exit_code == 0
        with (folder / "p.tsv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t"))
        return [(row["Event Mode"], row["Event Date"]) for row in rows if row["Event ID"].startswith("e")]

    first, second = sorted(claims(dragoman), key=lambda row: row["document"])
    assert polecat() == [("third-party", "2024-05-06")]  # both reports are of one event
    assert dragoman("review", "correct", first["id"], "--field", "participants.0.role", "--value", "counterpart").exit_code == 0
    assert dragoman("review", "reject", second["id"]).exit_code == 0
    assert polecat() == [("", "2024-05-06")]


def test_what_to_write_and_where_must_be_said(dragoman, stored) -> None:
    assert dragoman("export").exit_code == 2
    assert "--format" in dragoman("export", "--out", "x.csv").output
    assert "--table goes with" in dragoman("export", "--format", "ics", "--table", "events", "--out", "x.ics").output
    assert "did you mean gaza" in dragoman("export", "--format", "ics", "--dossier", "gaze", "--out", "x.ics").output
    assert "name one with --table" in dragoman("export", "--format", "csv", "--out", "x.csv").output


@pytest.mark.parametrize("form", [form for form in ExportFormat if form not in {ExportFormat.CSV, ExportFormat.PARQUET}])
def test_every_format_is_the_same_bytes_each_time(dragoman, stored, folder, form) -> None:
    for name in ("one", "two"):
        assert dragoman("export", "--format", form.value, "--out", name).exit_code == 0
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()
    assert (folder / "one").stat().st_size > 0


def claims(dragoman, *words: str) -> list[dict]:
    return json.loads(dragoman("contacts", "--json", *words).stdout)["rows"]


def test_judgements_are_gold_that_the_scorer_reads(dragoman, stored, folder) -> None:
    first, second = sorted(claims(dragoman), key=lambda row: row["document"])
    assert (first["document"], second["document"]) == ("first", "second")
    assert dragoman("review", "correct", first["id"], "--field", "participants.0.role", "--value", "host").exit_code == 0
    assert dragoman("review", "reject", second["id"]).exit_code == 0
    assert dragoman("export", "gold", "--judged", "--out", "judged").exit_code == 0
    assert sorted(path.name for path in (folder / "judged").iterdir()) == ["first.json", "second.json"]
    assert json.loads((folder / "judged" / "second.json").read_text())["engagements"] == []
    (one,) = json.loads((folder / "judged" / "first.json").read_text())["engagements"]
    assert [each["role"] for each in one["participants"]] == ["host", "counterpart"]

    assert dragoman("export", "gold", "--out", "predicted").exit_code == 0
    scores = json.loads(dragoman("lab", "score", "judged", "predicted", "--json").stdout)
    assert (scores["engagements"]["precision"], scores["engagements"]["recall"]) == (0.5, 1.0)
    assert scores["on_matched"]["role"]["accuracy"] == 0.5
    assert json.loads(dragoman("lab", "score", "judged", "judged", "--json").stdout)["engagements"]["f1"] == 1.0


def test_documents_that_wait_for_judgements_are_listed_and_texts_leave_only_where_allowed(dragoman, stored, folder) -> None:
    first, _ = sorted(claims(dragoman), key=lambda row: row["document"])
    assert dragoman("review", "accept", first["id"]).exit_code == 0
    result = dragoman("export", "gold", "--judged", "--out", "judged")
    assert "1 files written to judged, 0 with their text" in result.output
    assert dragoman("export", "gold", "--judged", "--full-text", "--out", "judged").exit_code == 0
    assert (folder / "judged" / "first.txt").read_text().startswith("Envoy in Doha")
    assert "--partial goes with" in dragoman("export", "gold", "--partial", "--out", "x").output


@pytest.mark.parametrize("form", list(ExportFormat))
def test_nothing_of_a_restricted_document_is_in_any_export(dragoman, stored, folder, form) -> None:
    with open_store(stored) as store:
        closed, still_open = sorted(store.documents(), key=lambda document: document.name)
        at = datetime(2026, 5, 1, tzinfo=UTC)
        store.access.restrict(Restriction(kind=RestrictionKind.DOCUMENT, value=closed.id, by="ana", at=at))
    assert dragoman("export", "--format", form.value, "--out", "out").exit_code == 0
    content = unpacked(folder / "out")
    assert closed.id.encode() not in content
    assert closed.url.encode() not in content
    assert form not in _WITH_DOCUMENTS or still_open.id.encode() in content


_WITH_DOCUMENTS = {
    ExportFormat.CSV,
    ExportFormat.XLSX,
    ExportFormat.MEND,
    ExportFormat.CAMEO,
    ExportFormat.FTM,
    ExportFormat.GRAPHML,
    ExportFormat.PARQUET,
}
"""Formats that name the document of each line, even where it has neither day nor address."""


def readable(path: Path) -> bytes:
    """Parquet is compressed: what it holds, in words."""
    if path.suffix != ".parquet":
        return path.read_bytes()
    return str(parquet.read_table(path).to_pylist()).encode()


def unpacked(path: Path) -> bytes:
    """What a file or the files of a folder hold, out of their archives."""
    if path.is_dir():
        return b"".join(readable(one) for one in path.iterdir())
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
