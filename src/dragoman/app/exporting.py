"""Handing the record on: one function for the command line, the pages and the programming interface."""

import difflib
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from dragoman import __version__
from dragoman.app.config import Config
from dragoman.app.records import Asked, basis_of, talks_of
from dragoman.app.resolving import Material, gather
from dragoman.app.viewing import opened_holdings
from dragoman.core.claims import (
    AnyClaim,
    Attribution,
)
from dragoman.core.errors import InputError
from dragoman.core.ids import EventId
from dragoman.core.records import Event
from dragoman.core.sheets import Exported, Sheet
from dragoman.core.time import When
from dragoman.export.event_data import cameo_sheet, polecat_sheet
from dragoman.export.mend import mend_sheet
from dragoman.export.pax import pax_sheet
from dragoman.export.record_tables import record_tables
from dragoman.export.selection import Selection
from dragoman.export.tables import sheet_csv
from dragoman.resolve.basis import Basis


class ExportFormat(StrEnum):
    """The shapes in which the record leaves."""

    CSV = "csv"
    """Tables of the record; one of them, or all in a ZIP archive."""
    XLSX = "xlsx"
    """The same tables as one workbook."""
    MEND = "mend"
    """Mediation events in MEND's 30 columns."""
    POLECAT = "polecat"
    """Events in PLOVER's types, under POLECAT's 40 columns."""
    CAMEO = "cameo"
    """Dyads in CAMEO's codes of up to four digits."""
    PAX = "pax"
    """Agreements under PA-X's names, with its issue codes."""
    FTM = "ftm"
    """Actors, persons, offices, events and documents as FollowTheMoney entities."""
    GRAPHML = "graphml"
    """Contacts as a network."""
    GEXF = "gexf"
    """The same network with the days of contacts, as Gephi reads it."""
    PARQUET = "parquet"
    """The record's tables as typed columns; one of them, or all in a ZIP archive."""
    ICS = "ics"
    """Planned and called-off engagements as iCalendar."""
    ATOM = "atom"
    """Events as an Atom feed."""


def export_bytes(form: ExportFormat, material: Material, asked: Asked, config: Config, *, table: str | None = None) -> Exported:
    """The part of a record that is asked for, in one format.

    `table` names one of the record's tables where the format is CSV or Parquet; without it these are a ZIP archive of them all.
    The same record gives the same bytes. InputError where the table is unknown.
    """
    selection = select(material, asked)
    if form in {ExportFormat.MEND, ExportFormat.PAX}:
        selection = msgspec.structs.replace(selection, tracks=_tracks(material, config))
    return msgspec.structs.replace(_WRITERS[form](selection, table), undated=selection.undated)


def select(material: Material, asked: Asked) -> Selection:
    """The events and claims that fit; with a period, what has no day of its own is left out and counted.

    InputError where the dossier is none that is known or in the record: an empty export would look like an answer.
    """
    record, basis = material.record, basis_of(material)
    _check_dossier(asked, basis)
    stored = {correction.corrected.id: correction.claim for correction in record.corrections}
    events = [
        event
        for event in record.events
        if _of_dossier(event, asked) and asked.takes_actor(one.actor for one in event.participants)
    ]
    others = [claim for claim in record.others if _of_dossier(claim, asked) and asked.takes_actor(claim.named)]
    times = [*(event.when for event in events), *(_when(claim) for claim in others)]
    fitting = [claim for claim in others if _fits(_when(claim), asked)]
    return Selection(
        basis=basis,
        events=tuple(event for event in events if _fits(event.when, asked))[: asked.limit],
        others=tuple((stored.get(claim.id, claim.id), claim) for claim in fitting)[: asked.limit],
        originals=material.library.originals,
        dossier=asked.dossier,
        undated=sum(_bounds(when) == (None, None) for when in times) if asked.since or asked.until else 0,
    )


def write_export(
    config: Config, form: ExportFormat, asked: Asked, out: Path, *, table: str | None = None
) -> tuple[Exported, tuple[Path, ...]]:
    """Export the store into a file, or into a folder where the format has several files; what was exported, and the files.

    Each file is there whole or not at all.
    """
    with opened_holdings(config) as holdings:
        material = gather(holdings, config)
    made = export_bytes(form, material, asked, config, table=table)
    if made.media_type == _ZIP and out.suffix.lower() != ".zip":
        return made, _unpack(made.content, out)
    _write_whole(out, made.content)
    return made, (out,)


def _check_dossier(asked: Asked, basis: Basis) -> None:
    if asked.dossier is None or basis.dossier(asked.dossier) is not None:
        return
    if not any(asked.dossier in one.dossiers for one in (*basis.record.events, *basis.record.others)):
        close = difflib.get_close_matches(asked.dossier, basis.dossiers.dossiers, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(sorted(basis.dossiers.dossiers))}"
        raise InputError(f"{asked.dossier!r} is no dossier; {hint}")


def _of_dossier(one: Event | AnyClaim, asked: Asked) -> bool:
    return asked.dossier is None or asked.dossier in one.dossiers


def _fits(when: When | None, asked: Asked) -> bool:
    """Whether a time may lie in the period; one without any day does only where no period is asked for."""
    if asked.since is None and asked.until is None:
        return True
    first, last = _bounds(when)
    if first is None or last is None:
        return False
    return (asked.since is None or last >= asked.since) and (asked.until is None or first <= asked.until)


def _bounds(when: When | None) -> tuple[date | None, date | None]:
    return (when.start or when.end, when.end or when.start) if when else (None, None)


def _when(claim: AnyClaim) -> When | None:
    return None if isinstance(claim, Attribution) else claim.when


Writer = Callable[[Selection, str | None], Exported]
_ZIP = "application/zip"
_CSV = "text/csv; charset=utf-8"
_TSV = "text/tab-separated-values; charset=utf-8"


def _csv(selection: Selection, table: str | None) -> Exported:
    return _tables(selection, table, "csv", _CSV, sheet_csv)


def _parquet(selection: Selection, table: str | None) -> Exported:
    from dragoman.backends.parquet_tables import parquet_table  # noqa: PLC0415  only Parquet needs Arrow

    return _tables(selection, table, "parquet", "application/vnd.apache.parquet", parquet_table)


def _tables(selection: Selection, table: str | None, ending: str, media_type: str, write: Callable[[Sheet], bytes]) -> Exported:
    """One table of the record as a file, or all in an archive."""
    sheets = {sheet.name: sheet for sheet in record_tables(selection)}
    if table is None:
        files = {f"{name}.{ending}": write(sheet) for name, sheet in sheets.items()}
        return Exported(content=_zipped(files), media_type=_ZIP, name=_name(selection, "record", "zip"))
    if table not in sheets:
        raise InputError(f"{table!r} is no table of the record; there are {', '.join(sheets)}")
    return Exported(content=write(sheets[table]), media_type=media_type, name=_name(selection, table, ending))


def _xlsx(selection: Selection, _: str | None) -> Exported:
    from dragoman.backends.xlsx_workbook import workbook  # noqa: PLC0415  only workbooks need XlsxWriter

    content, left_out = workbook(record_tables(selection))
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Exported(content=content, media_type=media_type, name=_name(selection, "record", "xlsx"), left_out=left_out)


def _tracks(material: Material, config: Config) -> Mapping[EventId, tuple[str, ...]]:
    """The named talks that each event belongs to; inferred ones have no name of their own."""
    found: dict[EventId, tuple[str, ...]] = {}
    for talks in talks_of(material, config):
        if talks.track is not None:
            for event in talks.events:
                found[event] = (*found.get(event, ()), talks.name)
    return found


def _mend(selection: Selection, _: str | None) -> Exported:
    sheet, left_out = mend_sheet(selection)
    return Exported(content=sheet_csv(sheet), media_type=_CSV, name=_name(selection, "mend", "csv"), left_out=left_out)


def _polecat(selection: Selection, _: str | None) -> Exported:
    sheet, left_out = polecat_sheet(selection, version=f"dragoman {__version__}")
    content = sheet_csv(sheet, delimiter="\t")
    return Exported(content=content, media_type=_TSV, name=_name(selection, "polecat", "tsv"), left_out=left_out)


def _cameo(selection: Selection, _: str | None) -> Exported:
    sheet, left_out = cameo_sheet(selection)
    content = sheet_csv(sheet, delimiter="\t")
    return Exported(content=content, media_type=_TSV, name=_name(selection, "cameo", "tsv"), left_out=left_out)


def _pax(selection: Selection, _: str | None) -> Exported:
    return Exported(content=sheet_csv(pax_sheet(selection)), media_type=_CSV, name=_name(selection, "pax", "csv"))


def _ftm(selection: Selection, _: str | None) -> Exported:
    from dragoman.export.follow_the_money import entity_lines  # noqa: PLC0415  pycountry reads its tables

    name = _name(selection, "entities", "ftm.json")
    return Exported(content=entity_lines(selection), media_type="application/x-ndjson", name=name)


def _graphml(selection: Selection, _: str | None) -> Exported:
    from dragoman.export.network import graphml  # noqa: PLC0415  only networks need networkx

    name = _name(selection, "contacts", "graphml")
    return Exported(content=graphml(selection), media_type="application/graphml+xml", name=name)


def _gexf(selection: Selection, _: str | None) -> Exported:
    from dragoman.export.network import gexf  # noqa: PLC0415

    return Exported(content=gexf(selection), media_type="application/gexf+xml", name=_name(selection, "contacts", "gexf"))


def _ics(selection: Selection, _: str | None) -> Exported:
    from dragoman.export.planned import planned_calendar  # noqa: PLC0415  each library only where its format is wanted

    content, left_out = planned_calendar(selection, version=__version__)
    name = _name(selection, "planned", "ics")
    return Exported(content=content, media_type="text/calendar; charset=utf-8", name=name, left_out=left_out)


def _atom(selection: Selection, _: str | None) -> Exported:
    from dragoman.export.feed import atom_feed  # noqa: PLC0415

    content, left_out = atom_feed(selection, version=__version__)
    name = _name(selection, "events", "atom")
    return Exported(content=content, media_type="application/atom+xml", name=name, left_out=left_out)


_WRITERS: Mapping[ExportFormat, Writer] = {
    ExportFormat.CSV: _csv,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.MEND: _mend,
    ExportFormat.POLECAT: _polecat,
    ExportFormat.CAMEO: _cameo,
    ExportFormat.PAX: _pax,
    ExportFormat.FTM: _ftm,
    ExportFormat.GRAPHML: _graphml,
    ExportFormat.GEXF: _gexf,
    ExportFormat.PARQUET: _parquet,
    ExportFormat.ICS: _ics,
    ExportFormat.ATOM: _atom,
}


def _name(selection: Selection, what: str, ending: str) -> str:
    """A file name of plain letters, whatever a user calls a dossier."""
    dossier = re.sub(r"[^A-Za-z0-9_]+", "_", selection.dossier or "")
    return "-".join(filter(None, ("dragoman", dossier, what))) + f".{ending}"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of files, dated by no clock."""
    with io.BytesIO() as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in files.items():
                entry = zipfile.ZipInfo(name)  # dated 1980-01-01
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content)
        return stream.getvalue()


def _unpack(content: bytes, folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = []
        for name in archive.namelist():
            _write_whole(folder / name, archive.read(name))
            written.append(folder / name)
    return tuple(written)


def _write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        kept = Path(stream.name)
        try:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        except OSError:
            kept.unlink(missing_ok=True)
            raise
    kept.chmod(0o666 & ~_umask())
    kept.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
