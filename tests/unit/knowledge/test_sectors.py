from datetime import date

import pytest

from dragoman.core.actors import Actor
from dragoman.core.vocab import ActorKind, Level, Sector
from dragoman.knowledge.sectors import Codes, load_sectors


@pytest.mark.parametrize(
    ("code", "person", "office", "level", "sector"),
    [
        ("NOR", None, None, None, Sector.GOV),
        ("NOR", "Ulla Brandsnes", "Foreign Minister", Level.MINISTER, Sector.GOV),
        ("NOR", "Ulla Brandsnes", "head of the intelligence service", Level.INTELLIGENCE_CHIEF, Sector.SPY),
        ("NOR", "Ulla Brandsnes", "army chief", Level.OFFICIAL, Sector.MIL),
        ("NOR", "Ulla Brandsnes", None, None, None),
        ("HAMAS", "Ulla Brandsnes", "political leader", Level.NONSTATE_LEADER, Sector.REB),
        ("EU", None, None, None, Sector.IGO),
        (None, "Ulla Brandsnes", "judge", None, Sector.JUD),
    ],
)
def test_sector_of_a_participant(code, person, office, level, sector):
    assert load_sectors().sector_of(code, person=person, office=office, level=level, on=date(2024, 1, 1)) is sector


@pytest.mark.parametrize(
    ("actor", "codes"),
    [
        (Actor("Norway", "NOR", ActorKind.STATE), Codes(sector=Sector.GOV, country="NOR", cow=385)),
        (Actor("Hezbollah", "HEZBOLLAH", ActorKind.NONSTATE), Codes(sector=Sector.REB, country="LBN", cow=660)),
        (Actor("African Union", "AU", ActorKind.ORGANISATION), Codes(sector=Sector.IGO)),
        (Actor("Ulla Brandsnes", None, ActorKind.PERSON), Codes()),
    ],
)
def test_codes_of_an_actor(actor, codes):
    assert load_sectors().codes(actor) == codes


def test_a_bare_name_has_the_sector_of_its_post_that_day():
    norway = Actor("Norway", "NOR", ActorKind.STATE)
    sectors = [load_sectors().codes(norway, person="Jens Stoltenberg", on=date(year, 5, 1)).sector for year in (2010, 2014)]
    assert sectors == [Sector.GOV, Sector.ELI]
