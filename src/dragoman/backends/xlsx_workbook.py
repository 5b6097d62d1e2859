"""Sheets as an Excel workbook, by XlsxWriter."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dragoman.core.printing import printable
from dragoman.core.sheets import Cell, Column, Holds, Sheet

_MADE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The workbook's time of creation and that of the files within it: never the clock's, so the same rows are the same bytes."""
_MOST_ROWS = 1_048_575
_LONGEST = 32_767
"""Rows under the header, and characters in a cell, that the format takes."""
_WIDTHS = {Holds.DAY: 11, Holds.FLAG: 7, Holds.WHOLE: 9, Holds.NUMBER: 10, Holds.LIST: 28, Holds.TEXT: 18}
_WIDE = {"sentence": 80, "words": 60, "terms": 60, "title": 40}
_JOIN = "; "


def workbook(sheets: Iterable[Sheet]) -> tuple[bytes, tuple[str, ...]]:
    """One worksheet for each sheet, with filters and a frozen header; the bytes, and what the format could not hold.

    Text is written as text: a cell that begins with "=" is shown and never run, so nothing is put before it. Days are dates.
    """
    left_out: list[str] = []
    with io.BytesIO() as stream:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
        with xlsxwriter.Workbook(stream, options) as book:
            book.set_properties({"created": _MADE, "author": "Dragoman"})
            bold = book.add_format({"bold": True, "bottom": 1})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for sheet in sheets:
                page = book.add_worksheet(sheet.name)
                _head(page, sheet.columns, bold)
                left_out += _rows(page, sheet, day)
        return stream.getvalue(), tuple(left_out)


def _head(page: Worksheet, columns: tuple[Column, ...], bold: Format) -> None:
    for number, column in enumerate(columns):
        page.write_string(0, number, column.name, bold)
        page.set_column(number, number, _WIDE.get(column.name, _WIDTHS[column.holds]))
    page.freeze_panes(1, 1)


def _rows(page: Worksheet, sheet: Sheet, day: Format) -> list[str]:
    columns, left_out = sheet.columns, []
    number = 0
    for number, cells in enumerate(sheet.cells(), start=1):
        if number > _MOST_ROWS:
            left_out.append(
                f"{sheet.name}: rows after the first {_MOST_ROWS}, which is all that the format takes; filter, or take CSV"
            )
            break
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            if _write(page, number, place, column, cell, day):
                left_out.append(f"{sheet.name}, row {number + 1}, {column.name}: characters after the first {_LONGEST}")
    page.autofilter(0, 0, min(number, _MOST_ROWS), len(columns) - 1)
    return left_out


def _write(page: Worksheet, row: int, place: int, column: Column, cell: Cell, day: Format) -> bool:
    """Write one cell; whether some of it was too long."""
    if cell is None or cell in ((), ""):
        return False
    if column.holds is Holds.DAY:
        page.write_datetime(row, place, cell, day)
    elif column.holds is Holds.FLAG:
        page.write_boolean(row, place, cell)
    elif column.holds in {Holds.WHOLE, Holds.NUMBER}:
        page.write_number(row, place, cell)
    else:
        text = printable(_JOIN.join(cell) if isinstance(cell, tuple) else str(cell))
        page.write_string(row, place, text[:_LONGEST])
        return len(text) > _LONGEST
    return False
