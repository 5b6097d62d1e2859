"""Sites of governments and organisations speak for them; outlets, provinces and names of outlets for nobody."""

import pytest

from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.official_sites import official_actor, official_sites


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://www.state.gov/briefings/2022/04/27/", "USA"),
        ("whitehouse.gov", "USA"),
        ("https://pm.whitehouse.archives.gov/x", "USA"),
        ("https://www.mfa.gov.tr/readout.en.mfa", "TUR"),
        ("https://www.mofa.go.jp/press/", "JPN"),
        ("https://www.diplomatie.gouv.fr/en/", "FRA"),
        ("https://www.gov.uk/government/news/call", "GBR"),
        ("http://en.kremlin.ru/events", "RUS"),
        ("https://press.un.org/en/2024/", "UN"),
    ],
)
def test_official_sites_speak_for_an_actor(address, code):
    assert official_actor(address) == code


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "Anadolu Agency",
        "https://www.reuters.com/world/",
        "https://www.nsw.gov.au/news",
        "https://statexgov.com/",
        "https://go.com/news",
        "https://www.cityofx.gov/",
        "[agency]",
        "http://[::1",
    ],
)
def test_other_sites_and_names_speak_for_nobody(address):
    assert official_actor(address) is None


def test_every_listed_site_belongs_to_a_known_actor():
    gazetteer = load_gazetteer()
    assert [site for site, code in official_sites().items() if gazetteer.actor(code) is None] == []
