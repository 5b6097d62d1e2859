"""Sheets as Parquet files, by Apache Arrow."""

import io

import pyarrow as pa
from pyarrow import parquet

from dragoman.core.sheets import Holds, Sheet

_TYPES = {
    Holds.TEXT: pa.string(),
    Holds.WHOLE: pa.int64(),
    Holds.NUMBER: pa.float64(),
    Holds.DAY: pa.date32(),
    Holds.FLAG: pa.bool_(),
    Holds.LIST: pa.list_(pa.string()),
}


def parquet_table(sheet: Sheet) -> bytes:
    """One sheet as a Parquet file: typed columns, lists as lists, unknown as null; text is kept to the letter."""
    columns = sheet.columns
    schema = pa.schema([pa.field(column.name, _TYPES[column.holds]) for column in columns])
    rows = list(sheet.cells())
    arrays = [pa.array([_plain(row[place]) for row in rows], type=field.type) for place, field in enumerate(schema)]
    with io.BytesIO() as stream:
        parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), stream, compression="zstd")
        return stream.getvalue()


def _plain(cell: object) -> object:
    return list(cell) if isinstance(cell, tuple) else cell
