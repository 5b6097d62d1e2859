from datetime import date

import pytest

from dragoman.core.vocab import Level
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.holders import holders, portfolio_of

SPRING = date(2024, 5, 1)


def held(code, office, level, on=SPRING):
    return [holder.person for holder in holders(load_gazetteer(), code, office, level, on)]


@pytest.mark.parametrize(
    ("code", "office", "level", "on", "names"),
    [
        ("TUR", "top diplomat", Level.MINISTER, SPRING, ["Hakan Fidan"]),
        ("TUR", "foreign minister", Level.MINISTER, date(2020, 5, 1), ["Mevlüt Çavuşoğlu"]),
        ("HAMAS", "political head", Level.NONSTATE_LEADER, SPRING, ["Ismail Haniyeh"]),
        ("EGY", "intelligence chief", Level.INTELLIGENCE_CHIEF, SPRING, ["Abbas Kamel"]),
        ("FRA", "president", Level.HEAD_OF_STATE, date(2012, 5, 1), ["Nicolas Sarkozy"]),
        ("EU", "foreign policy chief", Level.ORGANISATION_HEAD, SPRING, ["Josep Borrell"]),
        ("UN", "secretary-general", Level.ORGANISATION_HEAD, SPRING, ["António Guterres"]),
        ("UN", "envoy for Syria", Level.SPECIAL_ENVOY, SPRING, ["Geir Pedersen"]),
    ],
)
def test_a_post_has_its_holder_of_the_day(code, office, level, on, names):
    assert held(code, office, level, on) == names


@pytest.mark.parametrize("office", ["former president", "president-elect", "outgoing president", "ex-president"])
def test_posts_of_other_days_have_none(office):
    assert held("FRA", office, Level.HEAD_OF_STATE) == []


def test_another_portfolio_is_no_match():
    assert "Hakan Fidan" not in held("TUR", "fisheries minister", Level.MINISTER)


def test_candidates_share_the_score():
    spokesmen = holders(load_gazetteer(), "ISR", "military spokesman", Level.OFFICIAL, SPRING)
    assert len(spokesmen) == 2
    assert sum(one.score for one in spokesmen) <= 0.9
    assert all(one.reason for one in spokesmen)


@pytest.mark.parametrize(
    ("office", "portfolio"),
    [("Minister for Foreign Affairs", "foreign"), ("Treasury Secretary", "finance"), ("warden", None), ("minister", None)],
)
def test_portfolios(office, portfolio):
    assert portfolio_of(office) == portfolio
