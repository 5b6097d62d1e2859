"""Event data: POLECAT's columns and PLOVER's codes, CAMEO's codes and dyads."""

import csv
import io

import msgspec
import pytest

from dragoman.core.claims import Violence
from dragoman.core.plover import Root
from dragoman.export.event_data import MOST_IN_PAIRS, cameo_sheet, polecat_sheet
from dragoman.export.tables import sheet_csv
from dragoman.knowledge.cameo import CONTEXTS, cameo_codes, code_claim, demands
from dragoman.knowledge.plover import plover

COLUMNS = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]


def read(sheet) -> list[dict[str, str]]:
    text = sheet_csv(sheet, delimiter="\t").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", strict=True))


@pytest.fixture(scope="module")
def polecat(selection):
    return {row["Event ID"]: row for row in read(polecat_sheet(selection, version="dragoman 0")[0])}


@pytest.fixture(scope="module")
def cameo(selection):
    return read(cameo_sheet(selection)[0])


def of_type(polecat, root: Root, mode: str = "") -> dict[str, str]:
    (row,) = (row for row in polecat.values() if (row["Event Type"], row["Event Mode"]) == (root, mode))
    return row


def test_the_columns_are_the_forty_of_the_release(selection) -> None:
    assert [column.name for column in polecat_sheet(selection, version="0")[0].columns] == COLUMNS
    assert len(COLUMNS) == 40


def test_a_mediated_round_has_the_mediator_as_actor_and_the_sides_as_recipients(polecat, selection) -> None:
    row = of_type(polecat, Root.CONSULT, "third-party")
    assert row["Event ID"] == selection.events[0].id
    assert (row["Event Date"], row["Intensity"], row["Quad Code"]) == ("2024-05-06", "1.0", "VERBAL COOPERATION")
    assert row["Contexts"] == "diplomatic;military;human_rights"
    assert (row["Actor Name"], row["Actor Country"], row["Actor COW"]) == ("Sheikh Example", "QAT", "694")
    assert (row["Primary Actor Sector"], row["Actor Title"]) == ("GOV", "prime minister")
    assert (row["Recipient Name"], row["Recipient Country"], row["Recipient COW"]) == ("Hamas;Israel", "PSE;ISR", ";666")
    assert (row["City"], row["Country"], row["GeoNames ID"]) == ("Doha", "QAT", "290030")


def test_a_plan_is_an_agreement_to_meet_and_what_is_called_off_is_left_out(polecat, selection) -> None:
    planned = {row["Actor Name"] for row in polecat.values() if row["Event Type"] == Root.AGREE and row["Event ID"][0] == "e"}
    assert planned == {"Example Minister", "Egypt;Hamas"}
    _, left_out = polecat_sheet(selection, version="0")
    (off,) = (event for event in selection.events if event.factuality == "cancelled")
    assert left_out == (f"{off.id}: who called it off is not in the record",)


def test_other_claims_have_their_types(polecat) -> None:
    assert of_type(polecat, Root.ASSAULT, "heavy-weapons")["Actor Name"] == "Hamas"
    assert of_type(polecat, Root.REQUEST, "yield")["Recipient Name"] == "Hamas"
    praise = [row for row in polecat.values() if row["Event Type"] == Root.SUPPORT and row["Recipient Name"] == "Egypt"]
    assert [(row["Actor Name"], row["Intensity"]) for row in praise] == [("Israel", "5.0")]


def test_values_are_plovers(polecat) -> None:
    for row in polecat.values():
        root = Root(row["Event Type"])
        assert row["Event Mode"] in {"", *plover().modes.get(root, {})}
        assert set(filter(None, row["Contexts"].split(";"))) <= CONTEXTS
        assert row["Quad Code"] == root.quad.value.replace("_", " ").upper()
        assert all(row[name] == "" for name in ("Wikipedia Actor ID", "Story People", "Feature Type", "District"))


def test_vague_times_have_no_day(polecat) -> None:
    (visit,) = (row for row in polecat.values() if row["Recipient Name"] == "Ukraine")
    assert (visit["Actor Name"], visit["Event Date"]) == ("Example Minister", "")


def test_dyads_are_in_the_table_of_cameo(cameo) -> None:
    for row in cameo:
        code = row["EventCode"]
        assert code in cameo_codes()
        assert (row["EventBaseCode"], row["EventRootCode"]) == (code[:3], code[:2])
        assert row["QuadClass"] in {"1", "2", "3", "4"}


def pairs(cameo, code: str) -> set[tuple[str, str]]:
    return {(row["Actor1Name"], row["Actor2Name"]) for row in cameo if row["EventCode"] == code}


def test_mediation_goes_one_way_and_signing_both(cameo) -> None:
    assert pairs(cameo, "045") == {("Qatar", "Hamas"), ("Qatar", "Israel")}
    assert pairs(cameo, "057") == {("Hamas", "Israel"), ("Israel", "Hamas")}


def test_a_demand_on_one_issue_has_four_digits(cameo) -> None:
    (row,) = (row for row in cameo if row["EventCode"] == "1053")
    assert (row["Actor1Name"], row["Actor2Name"], row["Actor2Type1Code"]) == ("Israel", "Hamas", "REB")
    assert (row["GoldsteinScale"], row["QuadClass"], row["SQLDATE"]) == ("-5.0", "3", "20240507")
    assert row["sentence"] == "Israel demanded the release of captives."


def test_what_is_done_to_nobody_named_has_an_empty_target(cameo) -> None:
    assert pairs(cameo, "194") == {("Hamas", "")}
    assert pairs(cameo, "030") == {("Qatar", "")}


def test_twenty_at_a_table_are_no_pairs(selection, big_conference) -> None:
    sheet, left_out = cameo_sheet(big_conference)
    assert sheet.rows == ()
    assert left_out == (f"{big_conference.events[0].id}: {MOST_IN_PAIRS + 1} actors: which of them dealt with which is not said",)
    assert len(polecat_sheet(big_conference, version="0")[0].rows) == 1


def test_asking_is_no_demanding() -> None:
    assert demands("They demanded that the troops leave.")
    assert not demands("She urged both sides to agree.")


def test_an_issue_tells_a_demand_closer_only_where_it_is_the_only_one() -> None:
    assert code_claim("proposal", "demand", ["ceasefire"]).cameo == "1056"
    assert code_claim("proposal", "demand", ["ceasefire", "sanctions"]).cameo == "100"
    assert code_claim("proposal", "condition") is None


def test_of_a_visit_to_several_the_traveller_is_the_actor_and_the_hosts_do_not_meet(round_trip) -> None:
    assert pairs(read(cameo_sheet(round_trip)[0]), "042") == {("Norway", "Qatar"), ("Norway", "Egypt")}
    assert pairs(read(cameo_sheet(round_trip)[0]), "043") == {("Qatar", "Norway"), ("Egypt", "Norway")}


def test_a_victim_is_an_actor_only_by_its_very_name(selection) -> None:
    def hit(victim: str) -> tuple[str | None, str | None]:
        (own, claim) = next((own, claim) for own, claim in selection.others if isinstance(claim, Violence))
        told = msgspec.structs.replace(selection, events=(), others=((own, msgspec.structs.replace(claim, victim=victim)),))
        (row,) = cameo_sheet(told)[0].rows
        return row.actor2_name, row.actor2_country

    assert hit("Israel") == ("Israel", "ISR")
    assert hit("two Israeli soldiers") == (None, None)
    assert hit("Kyiv") == (None, None)  # a capital that is hit is no government
