import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from dragoman.core.errors import InputError
from dragoman.lab.gold import load_records
from dragoman.lab.score import score_directories

SHARED = Path(__file__).parents[4] / "shared" / "gold"

TEXT = """Readout

Minister Ana Ruiz met Minister Bo Lind in Geneva on 3 May 2024. “We must stop,” Ruiz said. Lind called for aid to be let in.
"""


def participant(actor: str, code: str | None, person: str | None, **more: str) -> dict[str, Any]:
    return {
        "actor": actor,
        "iso3": code,
        "person": person,
        "office": "Foreign Minister",
        "level": "minister",
        "role": "counterpart",
        **more,
    }


def engagement(**more: Any) -> dict[str, Any]:
    return {
        "id": "e1",
        "type": "meeting",
        "status": "occurred",
        "date_start": "2024-05-03",
        "date_end": "2024-05-03",
        "place": {"name": "Geneva", "country": "CHE"},
        "participants": [participant("Spain", "ESP", "Ana Ruiz"), participant("Sweden", "SWE", "Bo Lind")],
        "dossiers": ["yemen"],
        "issues": ["ceasefire"],
        "outcome": "none_reported",
        "evidence": "Minister Ana Ruiz met Minister Bo Lind in Geneva",
        **more,
    }


def statement(**more: Any) -> dict[str, Any]:
    return {
        "speaker": "Ana Ruiz",
        "speaker_actor": "Spain",
        "quote_or_paraphrase": "“We must stop,”",
        "direct": True,
        "target_actor": None,
        "stance": "demand",
        "issue": "ceasefire",
        **more,
    }


GOLD = {"d1": {"engagements": [engagement()], "statements": [statement()]}, "d2": {"engagements": []}}


@pytest.fixture
def scored(tmp_path: Path) -> Any:
    gold, predicted = tmp_path / "gold", tmp_path / "predicted"
    write(gold, GOLD)
    (gold / "d1.txt").write_text(TEXT)

    def score(records: dict[str, Any]) -> Any:
        write(predicted, records)
        return score_directories(gold, predicted)

    return score


def write(folder: Path, records: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    for name, record in records.items():
        (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")


def test_gold_scores_full_marks(scored: Any) -> None:
    scores = scored(GOLD)
    assert scores.engagements.f1 == scores.engagements_strict.f1 == scores.statements.f1 == 1.0
    assert scores.end_to_end["persons"].f1 == scores.end_to_end["dates"].f1 == 1.0
    assert scores.false_alarms.kept_clean == 1


@pytest.mark.parametrize("empty", [{}, {"d1": {}, "d2": {}}, {"d1": {"engagements": [], "statements": None}}])
def test_empty_predictions_earn_nothing(scored: Any, empty: dict[str, Any]) -> None:
    scores = scored(empty)
    assert scores.engagements.f1 == scores.statements.f1 == scores.end_to_end["persons"].f1 == scores.dossiers_by_document.f1 == 0
    assert scores.on_matched["level"].accuracy is None


@pytest.mark.parametrize(
    ("change", "lenient", "strict"),
    [
        ({"type": "visit"}, 1, 0),
        ({"type": "call"}, 0, 0),
        ({"type": "dinner"}, 0, 0),
        ({"status": "planned"}, 0, 0),
        ({"participants": [participant("Spain", "ESP", "Ana Ruiz")]}, 0, 0),
        ({"participants": [participant(c, None, None) for c in ("Spain", "Sweden", "A", "B", "C")]}, 0, 0),
        ({"date_start": "2024-05-04"}, 1, 0),
        ({"date_start": None, "place": None}, 1, 0),
        ({"date_start": "soon"}, 1, 0),
    ],
)
def test_what_may_stand_for_a_gold_engagement(scored: Any, change: dict[str, Any], lenient: int, strict: int) -> None:
    scores = scored({"d1": {"engagements": [engagement(**change)]}})
    assert (scores.engagements.tp, scores.engagements_strict.tp) == (lenient, strict)


def test_duplicates_and_false_alarms_cost_precision(scored: Any) -> None:
    scores = scored({"d1": {"engagements": [engagement()] * 5}, "d2": {"engagements": [engagement()] * 3}})
    assert scores.engagements.precision == round(1 / 8, 4)
    assert scores.false_alarms.spurious_engagements == 3
    assert [(row.doc, row.matched) for row in scores.per_document] == [("d1", 1), ("d2", 0)]


@pytest.mark.parametrize(("quote", "hits"), [(TEXT, 0), ("stop", 0), ("not there", 0), (None, 0), ("“We  must\nstop,”", 1)])
def test_a_statement_is_found_by_its_place(scored: Any, quote: str | None, hits: int) -> None:
    assert scored({"d1": {"statements": [statement(quote_or_paraphrase=quote)]}}).statements.tp == hits


def test_folders_and_records_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder of records"):
        load_records(tmp_path / "none")
    (tmp_path / "x.json").write_text('{"engagements": [{"type": 3}]}')
    with pytest.raises(InputError, match=r"x\.json is not a record"):
        load_records(tmp_path)


def shared_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def perturbed(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A prediction with the sort of faults that coders have."""
    record = copy.deepcopy(record)
    engagements = record["engagements"]
    chance.shuffle(engagements)
    for one in engagements:
        for field, values in (
            ("type", ["meeting", "call", "visit", "talks_round", "letter"]),
            ("status", ["occurred", "planned"]),
            ("date_start", [None, "2021-06-01"]),
            ("outcome", ["progress"]),
            ("dossiers", [["gaza"], [], None]),
            ("place", [None, {"name": "Geneva", "country": "CHE"}]),
        ):
            if chance.random() < 0.2:
                one[field] = chance.choice(values)
        people = [p for p in one["participants"] if chance.random() < 0.9]
        for person in people:
            if chance.random() < 0.2:
                person.update({"person": (person["person"] or "Ana Ruiz").split()[-1], "role": "mediator", "iso3": None})
        one["participants"] = people
    record["engagements"] = [one for one in engagements if chance.random() < 0.9] + engagements[: chance.randrange(2)]
    for said in record["statements"]:
        cut = chance.randrange(0, max(1, len(said["quote_or_paraphrase"]) // 2))
        said["quote_or_paraphrase"] = said["quote_or_paraphrase"][cut:]
        said["stance"] = chance.choice([said["stance"], "demand"])
    record["violence"] = [act for act in record["violence"] if chance.random() < 0.8]
    for link in record["attribution"]:
        link["source"] = " ".join(link["source"].split()[: 1 + chance.randrange(4)])
    return record


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared gold folder")
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_figures_equal_those_of_the_shared_scorer(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    gold = {path.stem: json.loads(path.read_text()) for path in sorted((SHARED / "dev").glob("*.json"))}
    write(tmp_path, {name: perturbed(record, chance) for name, record in gold.items() if chance.random() < 0.9})
    shared = shared_scorer()
    expected = shared.score(gold, shared.load(str(tmp_path)), shared.load_texts(str(SHARED / "dev"), gold), per_doc=True)
    assert json.loads(msgspec.json.encode(score_directories(SHARED / "dev", tmp_path))) == expected
    assert 0 < expected["engagements"]["f1"] < 1
