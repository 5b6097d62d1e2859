"""The record's tables as Parquet, read back by Apache Arrow."""

import io

import pyarrow as pa
import pytest
from pyarrow import parquet

from dragoman.backends.parquet_tables import parquet_table
from dragoman.core.sheets import Sheet
from dragoman.export.record_tables import KINDS, record_tables


@pytest.fixture(scope="module")
def sheets(selection):
    return {sheet.name: sheet for sheet in record_tables(selection)}


def read(sheet: Sheet) -> pa.Table:
    return parquet.read_table(io.BytesIO(parquet_table(sheet)))


@pytest.mark.parametrize("name", KINDS)
def test_values_read_back_with_their_types(sheets, name) -> None:
    sheet = sheets[name]
    table = read(sheet)
    assert table.column_names == [column.name for column in sheet.columns]
    wanted = [[list(cell) if isinstance(cell, tuple) else cell for cell in cells] for cells in sheet.cells()]
    assert [list(row.values()) for row in table.to_pylist()] == wanted


def test_days_are_days_lists_lists_and_a_formula_is_text(sheets) -> None:
    events = read(sheets["events"])
    assert (events.schema.field("date_start").type, events.schema.field("actors").type) == (pa.date32(), pa.list_(pa.string()))
    assert "=Truce talks in Doha <b>& beyond</b>" in read(sheets["documents"])["title"].to_pylist()


def test_a_table_without_rows_keeps_its_columns() -> None:
    table = read(Sheet(name="events", kind=KINDS["events"]))
    assert table.num_rows == 0
    assert table.schema.field("reports").type == pa.int64()


def test_the_same_rows_are_the_same_bytes(sheets) -> None:
    assert parquet_table(sheets["events"]) == parquet_table(sheets["events"])
