"""Agreements under PA-X's names."""

import csv
import io

import pytest

from dragoman.core.actors import Actor
from dragoman.core.vocab import ActorKind
from dragoman.export.pax import _kind, pax_sheet
from dragoman.export.tables import sheet_csv
from dragoman.knowledge.crosswalks import pax_issues

COLUMNS = ["Con", "PPName", "AgtId", "Agt", "Dat", "Status", "Agtp", "Stage", "Part", "ThrdPart", "Loc1ISO", "Loc2ISO"]
COLUMNS += ["Loc1GWNO", "Loc2GWNO"]


@pytest.fixture(scope="module")
def rows(selection):
    text = sheet_csv(pax_sheet(selection)).decode("utf-8")
    return {row["AgtId"]: row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}


def test_the_first_columns_are_those_of_pax(selection) -> None:
    assert [column.name for column in pax_sheet(selection).columns][: len(COLUMNS)] == COLUMNS


def test_a_signed_truce_has_its_stage_parties_and_issue_codes(selection, rows) -> None:
    row = rows[selection.events[1].id]
    assert (row["Agt"], row["Stage"], row["Part"], row["issue_codes"]) == ("Example Truce", "Cea", "Hamas; Israel", "Ce")
    assert (row["Dat"], row["signed"], row["reported"]) == ("2024-05-06", "yes", "reached")
    assert (row["Con"], row["Loc1ISO"], row["Loc2ISO"]) == ("Palestinian Authority; Israel", "PSE", "ISR")
    assert (row["Loc1GWNO"], row["Loc2GWNO"]) == ("", "666")  # Gleditsch and Ward list no Palestinian state
    assert row["Status"] == "Multiparty signed/agreed"
    assert row["Agtp"] == ""  # one of the signatories is no state, and the conflict is in two countries
    assert row["sentence"] == "They signed the Example Truce."


def test_a_round_that_ended_in_agreement_names_its_third_parties(selection, rows) -> None:
    row = rows[selection.events[0].id]
    assert (row["PPName"], row["ThrdPart"], row["signed"]) == ("Example talks", "Qatar", "no")


def test_codes_are_in_the_table_and_what_is_not_known_is_empty(rows) -> None:
    codes = {row.code for row in pax_issues().values()}
    for row in rows.values():
        assert set(filter(None, row["issue_codes"].split("; "))) <= codes
        assert row["Status"] in {"", "Multiparty signed/agreed"}
        assert bool(row["Status"]) == ("; " in row["Part"])


STATE, OTHER_STATE = Actor("Sudan", "SDN", ActorKind.STATE), Actor("Chad", "TCD", ActorKind.STATE)
GROUP = Actor("Rapid Support Forces", "RSF", ActorKind.NONSTATE)


@pytest.mark.parametrize(
    ("signatories", "countries", "kind"),
    [
        ((STATE, OTHER_STATE), ("SDN",), "Inter"),
        ((STATE, GROUP), ("SDN",), "Intra"),
        ((STATE, OTHER_STATE, GROUP), ("SDN", "TCD"), None),  # between states and within one
        ((STATE, GROUP), ("SDN", "TCD"), None),  # across a border or within one: not told
        ((OTHER_STATE, GROUP), ("SDN",), None),  # a neighbour with a group
        ((GROUP, GROUP), ("SDN",), None),  # between groups, perhaps of one place
        ((STATE, Actor("United Nations", "UN")), ("SDN",), None),  # no party to the conflict
        ((STATE,), ("SDN",), None),
    ],
)
def test_who_signed_tells_the_type_of_agreement_or_nothing_does(signatories, countries, kind) -> None:
    assert _kind(signatories, countries) == kind
