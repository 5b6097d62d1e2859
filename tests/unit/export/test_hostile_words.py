"""Names and texts that attack the format: every export stays well-formed, and nothing of them becomes structure."""

import csv
import io
import json

import feedparser
import msgspec
import networkx as nx
import openpyxl
import pytest
from icalendar import Calendar

from dragoman.backends.parquet_tables import parquet_table
from dragoman.backends.xlsx_workbook import workbook
from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Engagement, Participant
from dragoman.core.records import Event, Record
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, Role
from dragoman.export.event_data import cameo_sheet, polecat_sheet
from dragoman.export.feed import atom_feed
from dragoman.export.follow_the_money import entity_lines
from dragoman.export.mend import mend_sheet
from dragoman.export.network import gexf, graphml
from dragoman.export.planned import planned_calendar
from dragoman.export.record_tables import record_tables
from dragoman.export.selection import Selection
from dragoman.export.tables import sheet_csv
from dragoman.resolve.basis import Basis

NAME = '=cmd|"/c";A&B</node>\r\nEND:VEVENT\tx; y\x00\x0b\u202e\ufffe\U0001f54a'
TEXT = f"<script>alert(1)</script> {NAME} met Qatar]]>."


def hostile(basis: Basis, factuality: Factuality) -> Selection:
    document = Document(text=TEXT, title=NAME, source=NAME, url="https://example.org/a;b?<c>", name=NAME)
    day = msgspec.convert({"start": "2024-05-06", "end": "2024-05-06", "precision": "day", "expression": NAME}, When)
    claim = Engagement(
        document=document.id,
        evidence=(Span(0, len(TEXT)),),
        rule="test",
        type=EngagementType.TALKS_ROUND,
        factuality=factuality,
        participants=(
            Participant(actor=Actor("Qatar", "QAT"), role=Role.MEDIATOR),
            Participant(actor=Actor(NAME), person=f"Mr {NAME}", office=NAME, role=Role.PARTY, span=Span(0, 5)),
        ),
        place=Place(name=NAME),
        when=day,
        dossiers=("gaza",),
    )
    event = Event(
        claims=(claim.id,),
        documents=(document.id,),
        type=claim.type,
        factuality=factuality,
        participants=claim.participants,
        place=claim.place,
        when=day,
        dossiers=claim.dossiers,
    )
    return Selection(
        basis=Basis(
            record=Record(events=(event,)), claims={claim.id: claim}, documents={document.id: document}, dossiers=basis.dossiers
        ),
        events=(event,),
    )


@pytest.fixture(scope="module")
def told(basis):
    return hostile(basis, Factuality.OCCURRED)


def test_rows_keep_their_columns(told) -> None:
    sheets = [*record_tables(told), mend_sheet(told)[0], polecat_sheet(told, version="0")[0], cameo_sheet(told)[0]]
    for sheet in sheets:
        rows = list(csv.reader(io.StringIO(sheet_csv(sheet).decode("utf-8"), newline=""), strict=True))
        assert {len(row) for row in rows} == {len(sheet.columns)}
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_polecats_lines_hold_one_event_and_names_part_no_lists(told) -> None:
    lines = sheet_csv(polecat_sheet(told, version="0")[0], delimiter="\t").decode("utf-8")
    (row,) = csv.DictReader(io.StringIO(lines, newline=""), delimiter="\t", strict=True)
    assert row["Recipient Name"].count(";") == 0
    assert not any("\n" in cell or "\t" in cell for cell in row.values())


def test_workbooks_and_parquet_take_it_as_text(told) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(record_tables(told))[0]))
    assert {cell.data_type for row in book["events"].iter_rows() for cell in row} <= {"s", "n", "b", "d"}
    assert all(parquet_table(sheet) for sheet in record_tables(told))


def test_networks_have_one_node_for_each_actor(told) -> None:
    assert len(nx.read_graphml(io.BytesIO(graphml(told)))) == 2
    assert len(nx.read_gexf(io.BytesIO(gexf(told)))) == 2


def test_a_calendar_has_one_entry(basis) -> None:
    content, _ = planned_calendar(hostile(basis, Factuality.PLANNED), version="0")
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_a_feed_shows_it_and_runs_nothing(told) -> None:
    dated = {id_: msgspec.structs.replace(one, published=told.events[0].when.start) for id_, one in told.basis.documents.items()}
    content, _ = atom_feed(msgspec.structs.replace(told, basis=msgspec.structs.replace(told.basis, documents=dated)), version="0")
    read = feedparser.parse(content)
    assert not read.bozo
    assert len(read.entries) == 1
    assert read.entries[0].content[0].type == "text/plain"
    assert b"<script>" not in content


def test_entities_stay_valid(told, model) -> None:
    for line in entity_lines(told).splitlines():
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)
