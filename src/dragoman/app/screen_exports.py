"""Handing on what a page shows: its lines as CSV or a workbook, its picture as SVG or PNG."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from dragoman.app.records import basis_of
from dragoman.app.resolving import Material
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId
from dragoman.core.records import Event
from dragoman.core.sheets import Exported, Sheet
from dragoman.export.record_tables import record_tables
from dragoman.export.selection import Selection
from dragoman.export.tables import sheet_csv
from dragoman.report.charts import PAPER, Picture

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SCALE = 2.0
"""Pixels of a PNG to one of the drawing: sharp on paper."""


class ScreenFormat(StrEnum):
    """The shapes in which a page's lines or picture leave."""

    CSV = "csv"
    XLSX = "xlsx"
    SVG = "svg"
    PNG = "png"


PICTURES = frozenset({ScreenFormat.SVG, ScreenFormat.PNG})


def event_sheets(material: Material, events: Iterable[Event]) -> tuple[Sheet, ...]:
    """Events with their participants, reports and documents: the record's own tables."""
    sheets = record_tables(Selection(basis=basis_of(material), events=tuple(events), originals=material.library.originals))
    return tuple(sheet for sheet in sheets if sheet.name in {"events", "participants", "reports", "documents"})


def record_sheets(
    material: Material, events: Iterable[Event], others: Iterable[ClaimId], *, first: str = "events"
) -> tuple[Sheet, ...]:
    """Events and other claims, by id, in the record's own tables; `first` leads, empty tables are left out.

    A claim that was corrected may be asked for by its id as corrected; it is told so, under the id that the store has it by.
    """
    corrected = {each.corrected.id: (each.claim, each.corrected) for each in material.record.corrections}
    known = ((corrected.get(one) or (one, material.claims.get(one))) for one in dict.fromkeys(others))
    told = tuple((own, claim) for own, claim in known if claim is not None)
    chosen = Selection(basis=basis_of(material), events=tuple(events), others=told, originals=material.library.originals)
    sheets = sorted(record_tables(chosen), key=lambda sheet: sheet.name != first)
    return tuple(sheet for sheet in sheets if sheet.rows or sheet.name == first)


def sheet_bytes(form: ScreenFormat, sheets: Sequence[Sheet]) -> Exported:
    """The first sheet as CSV, or all of them as a workbook."""
    name = f"dragoman-{sheets[0].name}.{form.value}"
    if form is ScreenFormat.CSV:
        return Exported(content=sheet_csv(sheets[0]), media_type="text/csv", name=name)
    from dragoman.backends.xlsx_workbook import workbook  # noqa: PLC0415  only workbooks need XlsxWriter

    content, left_out = workbook(sheets)
    return Exported(content=content, media_type=_SPREADSHEET, name=name, left_out=left_out)


def picture_bytes(form: ScreenFormat, picture: Picture | None, name: str) -> Exported:
    """A picture on paper white; InputError where there is nothing to draw."""
    if picture is None:
        raise InputError("there is nothing to draw here; take a filter away")
    svg = _on_paper(picture.svg)
    name = f"dragoman-{name}.{form.value}"
    if form is ScreenFormat.SVG:
        return Exported(content=svg.encode(), media_type="image/svg+xml", name=name)
    import vl_convert  # noqa: PLC0415  starts a JavaScript engine that only drawing needs

    return Exported(content=bytes(vl_convert.svg_to_png(svg, scale=_SCALE)), media_type="image/png", name=name)


def _on_paper(svg: str) -> str:
    return re.sub(r"(<svg\b[^>]*>)", rf'\1<rect width="100%" height="100%" fill="{PAPER}"/>', svg, count=1)
