"""The level of a post as worded."""

import pytest

from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.offices import load_offices

STATE, ORGANISATION, NONSTATE = ActorKind.STATE, ActorKind.ORGANISATION, ActorKind.NONSTATE


@pytest.mark.parametrize(
    ("office", "kind", "level"),
    [
        ("President", STATE, Level.HEAD_OF_STATE),
        ("presidents", STATE, Level.HEAD_OF_STATE),
        ("King", STATE, Level.HEAD_OF_STATE),
        ("Emir", STATE, Level.HEAD_OF_STATE),
        ("Supreme Leader", STATE, Level.HEAD_OF_STATE),
        ("Vice President", STATE, Level.MINISTER),
        ("vice-president", STATE, Level.MINISTER),
        ("Crown Prince", STATE, Level.MINISTER),
        ("Prime Minister", STATE, Level.HEAD_OF_GOVERNMENT),
        ("Prime Minister and Foreign Minister", STATE, Level.HEAD_OF_GOVERNMENT),
        ("Chancellor", STATE, Level.HEAD_OF_GOVERNMENT),
        ("Taoiseach", STATE, Level.HEAD_OF_GOVERNMENT),
        ("Tánaiste", STATE, Level.MINISTER),
        ("Deputy Prime Minister", STATE, Level.MINISTER),
        ("Deputy Prime Minister and Minister of Foreign Affairs", STATE, Level.MINISTER),
        ("foreign minister", STATE, Level.MINISTER),
        ("Foreign ministers", STATE, Level.MINISTER),
        ("Minister of State", STATE, Level.MINISTER),
        ("Secretary of State", STATE, Level.MINISTER),
        ("Secretary", STATE, Level.MINISTER),
        ("Deputy Secretary of State", STATE, Level.DEPUTY_MINISTER),
        ("Deputy Foreign Minister", STATE, Level.DEPUTY_MINISTER),
        ("vice foreign minister", STATE, Level.DEPUTY_MINISTER),
        ("State Secretary for European Affairs", STATE, Level.DEPUTY_MINISTER),
        ("Under Secretary of State", STATE, Level.OFFICIAL),
        ("Assistant Secretary of State", STATE, Level.OFFICIAL),
        ("National Security Adviser", STATE, Level.OFFICIAL),
        ("spokesperson", STATE, Level.OFFICIAL),
        ("press secretary", STATE, Level.OFFICIAL),
        ("Director General for Africa", STATE, Level.OFFICIAL),
        ("speaker of parliament", STATE, Level.OFFICIAL),
        ("special envoy", STATE, Level.SPECIAL_ENVOY),
        ("Special Representative for Afghanistan", STATE, Level.SPECIAL_ENVOY),
        ("Special Envoy of the President", STATE, Level.SPECIAL_ENVOY),
        ("ambassador to Iraq", STATE, Level.AMBASSADOR),
        ("Permanent Representative", STATE, Level.AMBASSADOR),
        ("chargé d'affaires", STATE, Level.AMBASSADOR),
        ("intelligence chief", STATE, Level.INTELLIGENCE_CHIEF),
        ("head of the National Intelligence Organization", STATE, Level.INTELLIGENCE_CHIEF),
        ("CIA Director", STATE, Level.INTELLIGENCE_CHIEF),
        ("Secretary-General", ORGANISATION, Level.ORGANISATION_HEAD),
        ("Commission President", ORGANISATION, Level.ORGANISATION_HEAD),
        ("High Representative", ORGANISATION, Level.ORGANISATION_HEAD),
        ("Deputy Secretary-General", ORGANISATION, Level.OFFICIAL),
        ("Under-Secretary-General", ORGANISATION, Level.OFFICIAL),
        ("special envoy", ORGANISATION, Level.SPECIAL_ENVOY),
        ("leader", NONSTATE, Level.NONSTATE_LEADER),
        ("political bureau chief", NONSTATE, Level.NONSTATE_LEADER),
        ("goalkeeper", STATE, None),
        ("", STATE, None),
    ],
)
def test_level(office: str, kind: ActorKind, level: Level | None) -> None:
    assert load_offices().level_of(office, kind) is level


def test_a_word_inside_another_is_no_post() -> None:
    """A "Presidential" something is no president, and "premiere" no premier."""
    offices = load_offices()
    assert offices.level_of("premiere") is None
    assert offices.level_of("kingdom") is None
