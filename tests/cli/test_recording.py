"""Verbs that ask what the record amounts to, on the store with invented documents."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Dragoman = Callable[..., Result]


@pytest.mark.parametrize("verb", ["talks", "roles", "positions", "commitments"])
def test_all_forms(dragoman: Dragoman, stored: Path, verb: str) -> None:
    assert stored.exists()
    for form in ("table", "csv", "json"):
        result = dragoman(verb, "--dossier", "gaza", "--format", form)
        assert result.exit_code == 0, result.output
        assert "\x1b[31m" not in result.stdout
    assert dragoman(verb, "--dossier", "libya").exit_code == 0


def test_mediator_and_side_in_contact(dragoman: Dragoman, stored: Path) -> None:
    assert stored.exists()
    (talks,) = json.loads(dragoman("talks", "--json").stdout)
    assert (talks["status"], talks["third_parties"], talks["named"]) == ("contact", ["Qatar"], False)
    rows = {row["actor"]: row for row in json.loads(dragoman("roles", "--dossier", "gaza", "--json").stdout)}
    assert (rows["Qatar"]["roles"][0].split()[0], rows["Qatar"]["mediation"]) == ("mediator", 0)


def test_readouts(dragoman: Dragoman, stored: Path) -> None:
    assert stored.exists()
    (first, *_) = json.loads(dragoman("contacts", "--json").stdout)["rows"]
    shown = dragoman("readouts", first["id"])
    assert shown.exit_code == 0
    assert "credibility 2, probably true" in shown.stdout
    found = json.loads(dragoman("readouts", first["id"], "--json").stdout)
    assert found["readouts"][0]["reliability"] == "F"
    assert dragoman("readouts", "x").exit_code == 2
    assert dragoman("readouts", "e00000").exit_code == 2
