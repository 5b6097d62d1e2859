"""What the contact model finds is kept where it tells of another contact, dropped where it echoes one."""

from datetime import date

import msgspec
import pytest

from dragoman.core.actors import Actor
from dragoman.core.claims import Participant
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import ActorKind, EngagementType, Factuality, Role, Setting
from dragoman.extract.found_contacts import with_found
from dragoman.extract.merging import Draft

MON, TUE = (When(start=date(2024, 5, d), end=date(2024, 5, d), expression=f"May {d}") for d in (13, 14))


def who(code: str, role: Role = Role.COUNTERPART, kind: ActorKind = ActorKind.STATE) -> Participant:
    return Participant(actor=Actor(code.title(), code, kind), role=role)


def draft(sentence: int = 0, **fields: object) -> Draft:
    base = Draft(
        sentence=sentence,
        trigger=sentence * 10,
        type=EngagementType.MEETING,
        factuality=Factuality.OCCURRED,
        participants=(who("PER"), who("FJI")),
        place=None,
        when=None,
        setting=Setting.BODY,
        evidence=(Span(sentence * 100, sentence * 100 + 50),),
        rule="model:discuss",
    )
    return msgspec.structs.replace(base, **fields)


TOLD = draft(rule="verb:meet", when=MON)


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (draft(1), False),
        (draft(1, when=TUE), True),
        (draft(1, when=MON), False),
        (draft(1, type=EngagementType.CALL), False),
        (draft(1, participants=(who("PER"), who("CHL"))), True),
        (draft(1, participants=(who("PER"), who("FJI"), who("CHL"))), False),
        (draft(1, type=EngagementType.AGREEMENT_SIGNING), True),
        (draft(0, type=EngagementType.AGREEMENT_SIGNING), False),
        (draft(1, type=EngagementType.VISIT, factuality=Factuality.PLANNED), True),
        (draft(1, factuality=Factuality.PLANNED), False),
        (draft(1, factuality=Factuality.PLANNED, when=TUE), True),
        (draft(1, factuality=Factuality.PLANNED, when=TUE, unsure=True), True),
        (draft(1, factuality=Factuality.PLANNED, type=EngagementType.MULTILATERAL, unsure=True), False),
    ],
)
def test_only_what_has_something_of_its_own_is_added(found, kept):
    assert with_found((TOLD,), [found]) == ((TOLD, found) if kept else (TOLD,))


def test_what_is_found_twice_is_told_once_and_in_the_order_of_the_text():
    other = (who("MLI"), who("TCD"))
    late, early = draft(7, participants=other), draft(3, participants=other)
    last = draft(9, rule="verb:meet")
    assert with_found((last,), [early, late]) == (early, last)


@pytest.mark.parametrize(
    "participants",
    [
        (who("PER", Role.MEDIATOR), who("FJI", Role.MEDIATOR)),
        (who("NATO", kind=ActorKind.ORGANISATION), who("EU", kind=ActorKind.ORGANISATION)),
    ],
)
def test_nobody_meets_where_only_go_betweens_or_organisations_are_named(participants):
    assert with_found((), [draft(participants=participants)]) == ()


def test_what_the_rules_read_stays_as_it_is():
    read = (draft(5, rule="verb:meet"), draft(2, rule="noun:call"))
    assert with_found(read, []) == read
