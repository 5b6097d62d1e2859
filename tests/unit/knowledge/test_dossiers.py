from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import Standing
from dragoman.knowledge.dossier_choice import assign_dossiers
from dragoman.knowledge.dossiers import Dossier, is_state, load_dossiers, shipped_dossiers, standing

CLOSED_LIST = """
gaza israel_palestine lebanon syria iraq iran iran_nuclear yemen gulf libya sudan ethiopia gerd somalia drc sahel
nigeria kenya zimbabwe afghanistan pakistan ukraine georgia armenia_azerbaijan cyprus eastern_med kosovo bosnia korea indochina
myanmar pacific colombia venezuela haiti counter_isis arms_control russia_nato bilateral other
"""


def known_codes() -> set[str]:
    facts = resources.files("dragoman.knowledge").joinpath("facts")
    lines = (
        line
        for name in ("states", "organisations", "nonstate")
        for line in facts.joinpath(f"{name}.tsv").read_text().splitlines()
    )
    return {line.split("\t")[0] for line in lines}


def assigned(text: str, actors: list[str], context: str = "") -> list[str]:
    return [score.dossier for score in assign_dossiers(text, actors, context)]


def test_shipped_dossiers_are_the_closed_list() -> None:
    assert sorted(shipped_dossiers().dossiers) == sorted(CLOSED_LIST.split())


def test_all_actors_of_shipped_dossiers_are_known() -> None:
    codes = known_codes()
    for dossier in shipped_dossiers().dossiers.values():
        assert {*dossier.parties, *dossier.third_parties, *dossier.countries} <= codes, dossier.id


@pytest.mark.parametrize(
    ("text", "actors", "expected"),
    [
        ("They talked about the truce in Gaza.", ["TUR", "QAT"], ["gaza"]),
        ("The envoy met the delegations in turn.", ["USA", "ISR", "HAMAS"], ["gaza"]),
        ("They met in Istanbul for a second round.", ["RUS", "UKR"], ["ukraine"]),
        ("They reviewed elections in Libya and the crisis in Yemen.", ["TUR", "ITA"], ["libya", "yemen"]),
        ("The two met on Khartoum's request.", ["EGY", "TUR"], ["sudan"]),
        ("They discussed South Sudan.", ["KEN", "UGA"], ["bilateral"]),
        ("The presidents praised bilateral ties and trade.", ["TUR", "KEN"], ["bilateral"]),
        ("They praised bilateral ties and spoke about Gaza.", ["TUR", "JOR"], ["gaza", "bilateral"]),
        ("Ukraine's president urged a ceasefire and thanked his host.", ["USA", "UKR"], ["ukraine"]),
        ("They talked about enriching uranium at Fordow.", ["OMN", "IRN"], ["iran_nuclear"]),
        ("The filling of the Nile dam was discussed.", ["AU", "ETH"], ["gerd"]),
        ("They met in Caracas about the ELN.", ["NOR", "COL"], ["colombia"]),
        ("They spoke about fighting in Khartoum.", ["NOR", "KEN"], ["sudan"]),
        ("They spoke about help for Caracas.", ["NOR", "COL"], ["venezuela"]),
        ("She met Iraq's prime minister after talks on Lebanon.", ["USA", "FRA"], ["lebanon"]),
        ("Iraq hosted the rivals for talks on Lebanon.", ["IRN", "SAU"], ["lebanon"]),
        ("The foreign ministers of Egypt and Sudan discussed the Nile dam.", ["USA", "EGY"], ["gerd"]),
        ("They spoke about enrichment in Natanz.", ["USA", "IRN"], ["iran_nuclear"]),
        ("The band played.", [], []),
    ],
)
def test_dossiers_of_a_text(text: str, actors: list[str], expected: list[str]) -> None:
    assert assigned(text, actors) == expected


def test_context_is_asked_only_where_the_text_names_no_conflict() -> None:
    context = "The truce in Gaza, where Hamas holds hostages, was in danger."
    assert assigned("The two ministers spoke again.", ["TUR", "QAT"], context) == ["gaza"]
    assert assigned("The two ministers spoke again about Libya.", ["TUR", "QAT"], context) == ["libya"]


def test_context_offers_no_dossier_in_which_nobody_present_has_a_part() -> None:
    assert assigned("They met again.", ["AUS", "NZL"], "Goma fell to M23 fighters in eastern Congo.") == ["bilateral"]


def test_of_two_conflicts_between_the_same_sides_the_named_one_counts() -> None:
    assert assigned("They met again.", ["USA", "IRN"]) == ["iran", "iran_nuclear"]
    assert assigned("They met again.", ["USA", "IRN"], "Iran's nuclear programme has grown.") == ["iran_nuclear"]


def test_both_sides_do_not_count_before_the_conflict_began() -> None:
    (score,) = assign_dossiers("The presidents met.", ["RUS", "UKR"], on=date(2003, 5, 1))
    assert score.dossier == "bilateral"


def test_reasons_quote_the_words() -> None:
    (score,) = assign_dossiers("They spoke about the Lachin corridor.", ["USA", "ARM"])
    assert (score.dossier, score.reasons) == ("armenia_azerbaijan", ("“Lachin”",))


def test_one_state_is_party_here_and_third_party_there() -> None:
    book = shipped_dossiers()
    assert standing(book.dossiers["cyprus"], "TUR") is Standing.LOCAL_PARTY
    assert standing(book.dossiers["ukraine"], "TUR") is Standing.THIRD_PARTY
    assert standing(book.dossiers["ukraine"], "NZL") is Standing.THIRD_PARTY
    assert standing(book.dossiers["ukraine"], "SOMEBODY") is None
    assert standing(book.dossiers["bilateral"], "TUR") is None


def test_states_by_code() -> None:
    assert [code for code in ("TUR", "XKX", "PIJ", "UN", "PSE") if is_state(code)] == ["TUR", "XKX", "PSE"]


def test_user_files_add_and_replace(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[mindanao]\nname = "Mindanao"\nsides = [["PHL"], ["MILF"]]\nkeywords = ["bangsamoro"]\n[haiti]\nname = "Mine"\n'
    )
    book = load_dossiers([file])
    assert book.get("haiti") == Dossier(id="haiti", name="Mine")
    assert [s.dossier for s in assign_dossiers("The Bangsamoro law was discussed.", ["PHL", "MYS"], dossiers=book)] == [
        "mindanao"
    ]
    assert book.get("nowhere") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[x\n", "cannot be read"),
        ("[x]\n", "cannot be read.*name"),
        ('[x]\nname = "X"\nkeyword = ["y"]\n', "cannot be read.*keyword"),
        ('[x]\nname = "X"\nkeywords = ["y .."]\n', r"\[x\].*begin and end"),
        ('x = "y"\n', "cannot be read"),
    ],
)
def test_bad_user_files_are_refused(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(content)
    with pytest.raises(ConfigError, match=message):
        load_dossiers([file])


def test_missing_user_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be opened"):
        load_dossiers([tmp_path / "none.toml"])
