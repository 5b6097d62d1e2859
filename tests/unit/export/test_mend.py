"""MEND: the 30 columns in the order of its release, with its value codes."""

import csv
import io
import re

import pytest

from dragoman.export.mend import mend_sheet
from dragoman.export.selection import Selection
from dragoman.export.tables import sheet_csv
from dragoman.knowledge.crosswalks import MEND_LOCAL, MEND_THIRD

COLUMNS = [
    "med_event_ID",
    "conflict_country",
    "conflict_counry_ID",
    "conflict_id",
    "med_location - MULTISELECT",
    "med_loc_cty",
    "med_loc_x",
    "med_loc_y",
    "Day",
    "Month",
    "Year",
    "third_party",
    "third_party_id_GLOPAD",
    "third_party_id",
    "third_party_id_PAX",
    "num_med",
    "individual_med_named",
    "groupings_mechanisms",
    "local_parties",
    "local_party_id",
    "local_indiv_group",
    "num_local",
    "if_loc_belig",
    "agmt",
    "agmt_name",
    "agmt_id_PAX",
    "Summary",
    "source_urls",
    "shuttle",
    "med_type",
]


def read(selection: Selection) -> list[dict[str, str]]:
    sheet, _ = mend_sheet(selection)
    return list(csv.DictReader(io.StringIO(sheet_csv(sheet).decode("utf-8"), newline=""), strict=True))


@pytest.fixture(scope="module")
def rows(selection):
    return read(selection)


def test_the_columns_are_the_thirty_of_the_release(selection) -> None:
    assert [column.name for column in mend_sheet(selection)[0].columns] == COLUMNS


def test_a_round_with_two_local_parties_is_a_mediation(rows) -> None:
    (row,) = rows
    assert row["med_event_ID"] == "PSE202405-1"
    assert (row["conflict_country"], row["conflict_counry_ID"]) == ("Palestinian Authority;Israel", "666")
    assert (row["med_location - MULTISELECT"], row["med_loc_cty"]) == ("Doha", "QAT")
    assert (row["med_loc_x"], row["med_loc_y"]) == ("51.53096", "25.28545")
    assert (row["Day"], row["Month"], row["Year"]) == ("6", "5", "2024")
    assert (row["third_party"], row["third_party_id"], row["num_med"]) == ("Qatar", "CON_QAT", "1")
    assert row["individual_med_named"] == "Sheikh Example"
    assert row["groupings_mechanisms"] == "Example talks"
    assert (row["local_parties"], row["local_party_id"], row["num_local"]) == ("Hamas;Israel", "POL_HAMAS;GOV_ISR", "2+")
    assert (row["if_loc_belig"], row["agmt"], row["shuttle"], row["med_type"]) == ("1", "1", "0", "M")
    assert row["source_urls"] == "https://example.org/readout?a=1&b=2"
    assert row["Summary"].startswith("Prime Minister Sheikh Example hosted Hamas and Israel in Doha on 6 May 2024. [d")
    assert " / Delegations from Hamas" in row["Summary"]


def test_what_the_record_does_not_know_is_empty(rows) -> None:
    (row,) = rows
    assert all(
        row[name] == "" for name in ("conflict_id", "third_party_id_GLOPAD", "third_party_id_PAX", "agmt_id_PAX", "agmt_name")
    )


def test_values_are_codes_of_mend(rows) -> None:
    for row in rows:
        assert re.fullmatch(r"[A-Z]{3}\d{6}-\d+", row["med_event_ID"])
        assert row["num_local"] in {"0", "1", "2+"}
        assert {row["if_loc_belig"], row["agmt"], row["shuttle"]} <= {"0", "1"}
        assert row["med_type"] in {"M", "MR"}
        assert all(one == "NM" or one.split("_")[0] in MEND_THIRD for one in row["third_party_id"].split(";"))
        assert all(one == "NM" or one.split("_")[0] in MEND_LOCAL for one in filter(None, row["local_party_id"].split(";")))


def test_a_filter_does_not_change_ids_and_what_is_no_mediation_has_no_row(selection, gaza, rows) -> None:
    assert [row["med_event_ID"] for row in read(gaza)] == [row["med_event_ID"] for row in rows]
    assert len(rows) == 1  # the signing names no third party, and what is planned or called off was not held
