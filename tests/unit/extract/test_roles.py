"""Ranking of roles, sides of disputes, and who is a party."""

import pytest

from dragoman.core.actors import Actor
from dragoman.core.ids import DossierId
from dragoman.core.vocab import ActorKind, EngagementType, Role
from dragoman.extract.roles import RANK, best_role, is_party, makes_parties, opposed
from dragoman.knowledge.dossiers import Dossier

PER, FJI, CHL = (Actor(code.title(), code, ActorKind.STATE) for code in ("PER", "FJI", "CHL"))
REBELS = Actor("Rebels", "REBELS", ActorKind.NONSTATE)
UNKNOWN = Actor("Somebody")
WAR = Dossier(id=DossierId("war"), name="A war", sides=(("PER", "REBELS"), ("FJI",)), third_parties=("CHL",))
TIES = Dossier(id=DossierId("ties"), name="Ties", kind="relations", sides=(("PER",), ("CHL",)))


def test_mediator_comes_first_and_party_last() -> None:
    assert best_role([Role.PARTY, Role.HOST, Role.MEDIATOR]) is Role.MEDIATOR
    assert best_role([Role.FACILITATOR, Role.HOST, Role.GUARANTOR]) is Role.GUARANTOR
    assert best_role([Role.FACILITATOR, Role.HOST]) is Role.HOST
    assert best_role([]) is None


def test_every_stated_role_has_a_rank() -> None:
    assert set(RANK) == set(Role) - {Role.COUNTERPART}


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([PER, FJI], True),
        ([REBELS, FJI, CHL], True),
        ([PER, REBELS], False),
        ([PER, CHL], False),
        ([PER], False),
        ([UNKNOWN, PER], False),
        ([], False),
    ],
)
def test_opposed(actors: list[Actor], *, expected: bool) -> None:
    assert opposed(actors, [WAR]) is expected


def test_relations_oppose_nobody() -> None:
    assert not opposed([PER, CHL], [TIES])


def test_is_party() -> None:
    assert is_party(PER, [WAR])
    assert not is_party(CHL, [WAR])
    assert not is_party(UNKNOWN, [WAR])
    assert not is_party(PER, [])


@pytest.mark.parametrize(
    ("type_", "roles", "across", "peace", "expected"),
    [
        (EngagementType.MEETING, 2 * [Role.COUNTERPART], False, False, False),
        (EngagementType.MEETING, 2 * [Role.COUNTERPART], True, False, True),
        (EngagementType.VISIT, 2 * [Role.COUNTERPART], True, False, False),
        (EngagementType.LETTER, 2 * [Role.COUNTERPART], True, False, False),
        (EngagementType.MEETING, [Role.HOST, Role.COUNTERPART], False, False, False),
        (EngagementType.TALKS_ROUND, [Role.COUNTERPART, Role.COUNTERPART, Role.MEDIATOR], False, False, True),
        (EngagementType.AGREEMENT_SIGNING, 2 * [Role.COUNTERPART], True, False, False),
        (EngagementType.AGREEMENT_SIGNING, 2 * [Role.COUNTERPART], True, True, True),
        (EngagementType.AGREEMENT_SIGNING, [Role.COUNTERPART, Role.COUNTERPART, Role.MEDIATOR], False, False, True),
    ],
)
def test_makes_parties(type_: EngagementType, roles: list[Role], *, across: bool, peace: bool, expected: bool) -> None:
    assert makes_parties(type_, roles, across=across, peace=peace) is expected
