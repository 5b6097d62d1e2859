"""The record's tables: CSV and workbooks read back by other programs say what the record says."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest

from dragoman.backends.xlsx_workbook import workbook
from dragoman.core.sheets import Holds, Sheet
from dragoman.export.record_tables import KINDS, record_tables
from dragoman.export.tables import sheet_csv, undefused


@pytest.fixture(scope="module")
def sheets(selection):
    return {sheet.name: sheet for sheet in record_tables(selection)}


@pytest.fixture(scope="module")
def book(selection):
    content, left_out = workbook(record_tables(selection))
    assert not left_out
    return openpyxl.load_workbook(io.BytesIO(content))


def read_csv(sheet: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet_csv(sheet).decode("utf-8"), newline=""), strict=True))


def as_text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case tuple():
            return "; ".join(cell)
        case _:
            return str(cell)


def test_every_table_is_there_with_its_columns(sheets) -> None:
    assert list(sheets) == list(KINDS)
    assert all(sheet.rows for sheet in sheets.values())
    for sheet in sheets.values():
        names = [column.name for column in sheet.columns]
        assert len(set(names)) == len(names)


def test_csv_reads_back_as_the_record(sheets) -> None:
    for sheet in sheets.values():
        read = read_csv(sheet)
        wanted = [[as_text(cell) for cell in cells] for cells in sheet.cells()]
        assert [[undefused(cell) for cell in row.values()] for row in read] == wanted, sheet.name


def test_csv_lines_end_as_rfc_4180_says_and_begin_without_a_mark(sheets) -> None:
    content = sheet_csv(sheets["events"])
    assert content.startswith(b"event,type,")
    assert content.count(b"\r\n") == len(sheets["events"].rows) + 1


def test_a_title_that_is_a_formula_runs_nowhere(sheets, book) -> None:
    (readout,) = (row for row in read_csv(sheets["documents"]) if row["document"] == "readout-1")
    assert readout["title"] == "'=Truce talks in Doha <b>& beyond</b>"
    titles = [cell for cell in book["documents"]["C"] if cell.value and cell.value.startswith("=")]
    assert [(cell.value, cell.data_type) for cell in titles] == [("=Truce talks in Doha <b>& beyond</b>", "s")]


def test_a_workbook_reads_back_as_the_record(sheets, book) -> None:
    assert book.sheetnames == list(sheets)
    for name, sheet in sheets.items():
        header, *rows = book[name].iter_rows(values_only=True)
        assert header == tuple(column.name for column in sheet.columns)
        holds = [column.holds for column in sheet.columns]
        for read, cells in zip(rows, sheet.cells(), strict=True):
            assert [known(cell) for cell in read] == [wanted(cell, kind) for cell, kind in zip(cells, holds, strict=True)]


def known(cell: object) -> object:
    return cell.date() if isinstance(cell, datetime) else cell


def wanted(cell: object, kind: Holds) -> object:
    if kind is Holds.LIST:
        return "; ".join(cell) or None
    return cell


def test_rows_point_at_their_sentences(selection, sheets) -> None:
    for sheet in sheets.values():
        for row in sheet.rows:
            if hasattr(row, "cited"):
                document = selection.basis.documents[row.cited.document_id]
                assert " ".join(document.text[row.cited.start : row.cited.end].split()) == row.cited.sentence


def test_only_web_addresses_leave(sheets) -> None:
    assert {row.url for row in sheets["documents"].rows} == {"https://example.org/readout?a=1&b=2", None}


def test_an_event_says_how_well_it_is_supported_and_where_reports_differ(sheets) -> None:
    (event,) = (row for row in sheets["events"].rows if row.type == "talks_round")
    assert (event.reports, event.independent, event.accepted, event.judged) == (2, 2, True, False)
    assert event.differences == ("outcome: agreement / none_reported",)
    assert event.pax == ("Ce", "TjPrire")
    assert event.time.date_start == date(2024, 5, 6)


def test_participants_have_sector_country_and_role(sheets) -> None:
    rows = [row for row in sheets["participants"].rows if row.person == "Sheikh Example"]
    assert [(row.country, row.cow, row.sector, row.role, row.number) for row in rows] == [("QAT", 694, "GOV", "mediator", 1)]


def test_the_same_record_is_the_same_workbook(selection) -> None:
    assert workbook(record_tables(selection)) == workbook(record_tables(selection))


def test_text_too_long_for_a_cell_is_cut_and_said(selection) -> None:
    sheet = Sheet(name="documents", kind=KINDS["documents"], rows=(KINDS["documents"](document_id="d", document="x" * 40_000),))
    content, left_out = workbook([sheet])
    assert left_out == ("documents, row 2, document: characters after the first 32767",)
    assert len(openpyxl.load_workbook(io.BytesIO(content))["documents"]["B2"].value) == 32_767
