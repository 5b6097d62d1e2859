"""Who could carry a message from the United States to Hamas, as the five seed documents tell it: dated, and undated."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dragoman.cli.main import cli

SEEDS = Path(__file__).parents[3] / "shared" / "gold" / "seeds"
DIPLOMACY_OF_MAY = "003_*.txt"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(
        not SEEDS.is_dir(), reason="needs the seed documents in ../shared/gold/seeds, which are not part of this project"
    ),
]


def asked(store: Path, *published: str) -> dict[str, Any]:
    """The answer over all seeds, the third with the options given."""
    own = sorted(SEEDS.glob(DIPLOMACY_OF_MAY))
    assert len(own) == 1
    others = [str(path) for path in sorted(SEEDS.glob("*.txt")) if path not in own]
    for arguments in ([*others], [*published, str(own[0])]):
        ran = CliRunner().invoke(cli, ["--store", str(store), "run", *arguments])
        assert ran.exit_code in {0, 7}, ran.output
    answer = CliRunner().invoke(cli, ["--store", str(store), "carriers", "United States", "Hamas", "--json"])
    assert answer.exit_code == 0, answer.output
    return dict(json.loads(answer.stdout))


def test_with_its_date_the_path_runs_through_turkey_in_may_2024_with_evidence(tmp_path: Path) -> None:
    found = asked(tmp_path / "dated.db", "--published", "2024-05-15")
    assert found["as_of"] == "2024-05-15"
    best = found["routes"][0]
    assert best["carriers"] == ["Turkey"]
    assert best["dated"] is True
    assert [(hop["sender"], hop["receiver"], hop["last"]) for hop in best["hops"]] == [
        ("United States", "Turkey", "2024-05-15"),
        ("Turkey", "Hamas", "2024-05-15"),
    ]
    assert all("Hakan Fidan" in hop["latest"][0]["what"] for hop in best["hops"])
    told = CliRunner().invoke(cli, ["--store", str(tmp_path / "dated.db"), "contacts", "--actor", "Turkey", "--json"])
    assert told.exit_code == 0, told.output
    assert "discussed the situation in Gaza separately with his US and Qatari" in told.stdout


def test_without_its_date_the_path_is_undated_and_no_month_is_claimed(tmp_path: Path) -> None:
    best = asked(tmp_path / "undated.db")["routes"][0]
    assert best["carriers"] == ["Turkey"]
    assert best["dated"] is False
    assert [hop["last"] for hop in best["hops"]] == [None, None]
    assert all(reference["when"] == "undated" for hop in best["hops"] for reference in hop["latest"])
    assert {objection["kind"] for objection in best["against"]} == {"undated"}
