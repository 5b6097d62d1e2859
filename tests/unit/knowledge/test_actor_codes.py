from datetime import date

import pytest

from dragoman.core.vocab import Sector
from dragoman.knowledge.actor_codes import ActorCoder
from dragoman.knowledge.agents import load_agents
from dragoman.knowledge.gazetteer import load_gazetteer

TOWNS = {"Gdansk": "POL", "Mindanao": "PHL"}


@pytest.fixture(scope="module")
def coder():
    return ActorCoder(load_gazetteer(), load_agents(), TOWNS.get)


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Norway", "NOR", None),
        ("Oslo", "NOR", Sector.GOV),
        ("Swedish lawmakers", "SWE", Sector.LEG),
        ("Kenya's ambassador to Ghana", "KEN", Sector.GOV),
        ("people in Bolivia", "BOL", Sector.CVL),
        ("Gdansk dockers", "POL", Sector.LAB),
        ("the Bank of Japan", "JPN", Sector.GOV),
        ("former Danish minister", "DNK", Sector.ELI),
        ("retired Danish teacher", "DNK", Sector.EDU),
        ("Storting", "NOR", Sector.LEG),
        ("the speaker of the Storting", "NOR", Sector.LEG),
        ("MI5 officers", "GBR", Sector.SPY),
        ("Hezbollah fighters", "LBN", Sector.REB),
        ("a Hezbollah lawmaker", "LBN", Sector.LEG),
        ("UN peacekeepers", None, Sector.MIL),
        ("ECOWAS mediators", None, Sector.IGO),
        ("Kyodo", "JPN", Sector.JRN),
        ("gunmen", None, Sector.UAF),
    ],
)
def test_a_phrase_gives_country_and_sector(coder, phrase, country, sector):
    found = coder.code(phrase, on=date(2022, 6, 1))
    assert (found.country, found.sector) == (country, sector)
    assert found.reason
    assert 0 < found.score <= 1


@pytest.mark.parametrize("phrase", ["Ulla Brandsnes", "the mechanism", "was, expected", "", "a kettle in a red box"])
def test_nothing_known_is_nothing_found(coder, phrase):
    assert not coder.code(phrase, on=date(2022, 6, 1)).found


@pytest.mark.parametrize(
    ("phrase", "day", "sector"),
    [
        ("Jens Stoltenberg", date(2010, 5, 1), Sector.GOV),
        ("Jens Stoltenberg", date(2016, 5, 1), Sector.IGO),
        ("Tony Blair", date(2004, 5, 1), Sector.GOV),
        ("Taliban", date(2010, 5, 1), Sector.REB),
        ("Taliban", date(2023, 5, 1), Sector.GOV),
        ("Renamo", date(1990, 5, 1), Sector.REB),
        ("Renamo", date(2010, 5, 1), Sector.PTY),
    ],
)
def test_the_day_decides(coder, phrase, day, sector):
    assert coder.code(phrase, on=day).sector is sector


def test_somebody_out_of_office_belongs_to_the_elite(coder):
    found = coder.code("Gerhard Schröder", on=date(2022, 6, 1))
    assert (found.country, found.sector, found.name) == ("DEU", Sector.ELI, "Gerhard Schröder")


def test_a_stated_office_beats_the_table(coder):
    found = coder.code("US Senator John Kerry", on=date(2003, 6, 1))
    assert (found.country, found.sector) == ("USA", Sector.LEG)


def test_words_around_give_the_country(coder):
    assert coder.code("the finance minister", context="Peruvian").country == "PER"
    assert coder.code("the finance minister", country="PER").country == "PER"
    assert coder.code("the finance minister", context="Peru and Chile").country is None  # two are none
