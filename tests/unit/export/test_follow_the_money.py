"""FollowTheMoney entities, judged by the followthemoney library."""

import json

import pytest

from dragoman.export.follow_the_money import entity_lines


@pytest.fixture(scope="module")
def entities(selection):
    found = [json.loads(line) for line in entity_lines(selection).splitlines()]
    assert len({one["id"] for one in found}) == len(found)
    return {one["id"]: one for one in found}


def of(entities, schema: str, name: str | None = None) -> dict:
    (found,) = (
        one for one in entities.values() if one["schema"] == schema and name in {None, *one["properties"].get("name", ())}
    )
    return found["properties"]


def test_every_entity_is_valid_by_its_schema_and_keeps_every_value(entities, model) -> None:
    for entity in entities.values():
        schema = model.get(entity["schema"])
        schema.validate(entity)
        assert all(entity["properties"].get(name) for name in schema.required), entity
        cleaned = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        assert {name: sorted(own) for name, own in cleaned.items()} == {
            name: sorted(own) for name, own in entity["properties"].items()
        }


def test_every_reference_leads_to_an_entity_of_the_right_kind(entities, model) -> None:
    referred = 0
    for entity in entities.values():
        for name, prop in model.get(entity["schema"]).properties.items():
            if prop.type.name == "entity":
                for own in entity["properties"].get(name, ()):
                    assert model.get(entities[own]["schema"]).is_a(prop.range), (entity, name)
                    referred += 1
    assert referred > 10


def test_actors_have_the_schema_of_their_kind(entities) -> None:
    assert of(entities, "PublicBody", "Qatar")["country"] == ["qa"]
    assert of(entities, "Organization", "Hamas")["country"] == ["ps"]
    assert of(entities, "LegalEntity") == {"name": ["the Elders of Somewhere"]}


def test_an_office_is_held_on_the_day_of_the_event_and_no_longer_is_claimed(entities) -> None:
    held = of(entities, "Occupancy")
    assert entities[held["post"][0]]["properties"]["name"] == ["prime minister, Qatar"]
    assert entities[held["holder"][0]]["properties"]["name"] == ["Sheikh Example"]
    assert held["date"] == ["2024-05-06"]
    assert not {"startDate", "endDate", "status"} & held.keys()


def test_a_person_without_an_office_represents_the_actor(entities) -> None:
    link = of(entities, "Representation")
    assert entities[link["agent"][0]]["properties"]["name"] == ["Example Minister"]
    assert link["role"] == ["minister"]
    assert "date" not in link  # "next week" is no day


def test_an_event_names_who_was_there_and_cites_its_sentences(entities, selection) -> None:
    talks = of(entities, "Event", "Talks round: Qatar, Hamas, Israel")
    assert (talks["date"], talks["location"], talks["country"]) == (["2024-05-06"], ["Doha"], ["qa"])
    assert len(talks["involved"]) == 4
    assert [entities[own]["properties"]["name"] for own in talks["organizer"]] == [["Qatar"]]
    assert [entities[own]["schema"] for own in talks["proof"]] == ["Article", "Article"]
    assert talks["sourceUrl"] == ["https://example.org/readout?a=1&b=2"]
    assert len(talks["summary"]) == 2
    assert "Qatar: mediator" in talks["notes"]


def test_what_did_not_happen_says_so_in_its_name(entities) -> None:
    visit = of(entities, "Event", "Planned visit: Turkey, Ukraine")
    assert (visit["startDate"], visit["endDate"]) == (["2024-05-13"], ["2024-05-19"])
    assert of(entities, "Event", "Cancelled meeting: Egypt, the Elders of Somewhere")


def test_local_addresses_stay_and_the_same_record_is_the_same_bytes(selection) -> None:
    assert b"secret" not in entity_lines(selection)
    assert entity_lines(selection) == entity_lines(selection)
