"""Verbs that analyse the record, on a store with two invented documents."""

import json
from pathlib import Path
from typing import Any

import pytest


def test_channels_as_a_table_and_as_json(dragoman: Any, stored: Path) -> None:
    shown = dragoman("channels")
    assert shown.exit_code == 0
    assert "Hamas – Qatar" in shown.stdout
    found = json.loads(dragoman("channels", "--actor", "Qatar", "--json").stdout)
    assert found["as_of"] == "2024-05-06"
    (row,) = found["channels"]
    assert (row["contacts"], row["latest"][0]["what"]) == (1, "Majed Ansari (envoy, Qatar) met Hamas")
    assert "half-life" in found["formula"]


def test_carriers_name_the_direct_channel_and_say_when_there_is_none(dragoman: Any, stored: Path) -> None:
    found = json.loads(dragoman("carriers", "Qatar", "Hamas", "--json").stdout)
    assert [route["carriers"] for route in found["routes"]] == [[]]
    nothing = dragoman("carriers", "Oman", "Hamas")
    assert nothing.exit_code == 0
    assert "no path" in nothing.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("carriers", "Atlantis", "Hamas"), "no actor is called 'Atlantis'"),
        (("carriers", "Hamas", "HAMAS"), "the same actor"),
        (("profile", "Atlantis"), "no actor is called"),
        (("coalitions", "atlantis"), "no dossier with parties"),
        (("channels", "--as-of", "yesterday"), "is no day"),
    ],
)
def test_what_cannot_be_answered_says_why(dragoman: Any, stored: Path, arguments: tuple[str, ...], complaint: str) -> None:
    result = dragoman(*arguments)
    assert result.exit_code == 2
    assert complaint in " ".join(result.stderr.split())


def test_a_profile_shows_roles_and_access(dragoman: Any, stored: Path) -> None:
    shown = dragoman("profile", "QAT").stdout
    assert "Gaza: mediator in 1" in shown
    assert "no contact with Israel" in shown
    assert json.loads(dragoman("profile", "QAT", "--json").stdout)["actor"] == "QAT"


def test_a_day_before_the_record_knows_nothing(dragoman: Any, stored: Path) -> None:
    found = json.loads(dragoman("channels", "--as-of", "2024-01-01", "--json").stdout)
    assert (found["channels"], found["as_of"]) == ([], "2024-01-01")


@pytest.mark.parametrize("verb", [("coalitions", "gaza"), ("tension",), ("tension", "--dossier", "gaza")])
def test_the_others_answer_with_their_formula(dragoman: Any, stored: Path, verb: tuple[str, ...]) -> None:
    shown = dragoman(*verb)
    assert shown.exit_code == 0
    assert "=" in shown.stderr
    assert json.loads(dragoman(*verb, "--json").stdout)["formula"]
