"""When two drafts tell of one contact, and what becomes of it."""

from datetime import date

import msgspec
import pytest

from dragoman.core.actors import Actor, Place
from dragoman.core.claims import Participant
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import ActorKind, EngagementType, Factuality, PlaceKind, Role, Setting
from dragoman.extract.merging import Draft, merge_drafts, same_contact

MON, TUE = (When(start=date(2024, 5, d), end=date(2024, 5, d), expression=f"May {d}") for d in (13, 14))
LIMA = Place(name="Lima", country="PER", kind=PlaceKind.CITY)
PERU = Place(name="Peru", country="PER", kind=PlaceKind.COUNTRY)
SUVA = Place(name="Suva", country="FJI", kind=PlaceKind.CITY)


def who(code: str, person: str | None = None, role: Role = Role.COUNTERPART) -> Participant:
    return Participant(actor=Actor(code.title(), code, ActorKind.STATE), person=person, role=role)


def draft(sentence: int = 0, **fields: object) -> Draft:
    base = Draft(
        sentence=sentence,
        trigger=sentence * 10,
        type=EngagementType.MEETING,
        factuality=Factuality.OCCURRED,
        participants=(who("PER", "Ana Ruiz"), who("FJI", "Pablo Soto")),
        place=None,
        when=None,
        setting=Setting.BODY,
        evidence=(Span(sentence * 100, sentence * 100 + 50),),
        rule="verb:meet",
    )
    return msgspec.structs.replace(base, **fields)


MEETING = draft()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (draft(1), True),
        (draft(1, participants=(who("PER"), who("FJI"))), True),
        (draft(1, participants=(who("PER", "Ana Ruiz"), who("FJI", "Somebody Else"))), False),
        (draft(1, participants=(who("PER", "Ana Ruiz"), who("CHL"))), False),
        (draft(1, participants=(*MEETING.participants, who("CHL", role=Role.MEDIATOR))), True),
        (draft(1, participants=(*MEETING.participants, who("CHL"), who("ARG"))), False),
        (draft(1, type=EngagementType.CALL), False),
        (draft(1, type=EngagementType.CALL, unsure=True), True),
        (draft(1, type=EngagementType.TALKS_ROUND), True),
        (draft(1, type=EngagementType.LETTER), False),
        (draft(1, type=EngagementType.VISIT), False),
        (draft(0, type=EngagementType.VISIT), True),
        (draft(1, factuality=Factuality.PLANNED), False),
        (draft(1, again=True), False),
        (draft(1, setting=Setting.CAPTION), False),
        (draft(1, setting=Setting.TITLE, factuality=Factuality.PLANNED), True),
        (draft(1, setting=Setting.TITLE, factuality=Factuality.CANCELLED), False),
    ],
)
def test_same_contact(other: Draft, *, same: bool) -> None:
    assert same_contact(MEETING, other) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (MON, MON, True),
        (MON, TUE, False),
        (MON, None, True),
        (When(start=date(2024, 5, 13), end=date(2024, 5, 19), expression="last week"), TUE, True),
        (When(expression="that day"), When(expression="that day"), True),
        (When(expression="Monday"), When(expression="Tuesday"), False),
        (When(expression="Monday"), TUE, True),
    ],
)
def test_days_tell_contacts_apart(left: When | None, right: When | None, *, same: bool) -> None:
    assert same_contact(draft(when=left), draft(1, when=right)) is same


def test_places_tell_contacts_apart() -> None:
    assert not same_contact(draft(place=LIMA), draft(1, place=SUVA))
    assert same_contact(draft(place=LIMA), draft(1, place=PERU))
    assert same_contact(draft(place=LIMA), draft(1))


def test_links_of_one_chain_stay_apart() -> None:
    assert not same_contact(draft(link="x"), draft(1, link="x"))


def test_what_only_one_says_is_kept() -> None:
    (one,) = merge_drafts([draft(), draft(1, when=MON, place=LIMA)])
    assert (one.when, one.place, one.sentence) == (MON, LIMA, 0)
    assert one.evidence == (Span(0, 50), Span(100, 150))


def test_a_town_says_more_than_its_country() -> None:
    (one,) = merge_drafts([draft(place=PERU), draft(1, place=LIMA)])
    assert one.place == LIMA


def test_persons_replace_bare_actors_and_roles_are_taken_over() -> None:
    bare = draft(participants=(who("PER"), who("FJI")))
    full = draft(1, participants=(who("PER", "Ana Ruiz", Role.HOST), who("FJI", "Pablo Soto"), who("CHL", role=Role.MEDIATOR)))
    (one,) = merge_drafts([bare, full])
    assert [(p.actor.code, p.person, p.role) for p in one.participants] == [
        ("PER", "Ana Ruiz", Role.HOST),
        ("FJI", "Pablo Soto", Role.COUNTERPART),
        ("CHL", None, Role.MEDIATOR),
    ]


def test_title_gives_way_to_the_body() -> None:
    (one,) = merge_drafts([draft(setting=Setting.TITLE), draft(1, when=MON)])
    assert (one.setting, one.sentence, one.when) == (Setting.BODY, 1, MON)


def test_title_alone_is_kept() -> None:
    (one,) = merge_drafts([draft(setting=Setting.TITLE)])
    assert one.setting is Setting.TITLE


def test_merging_is_settled_at_once() -> None:
    """What comes out of a merge is not merged any further."""
    drafts = [draft(), draft(1, when=MON), draft(2, when=TUE), draft(3, place=LIMA), draft(4, type=EngagementType.CALL)]
    once = merge_drafts(drafts)
    assert merge_drafts(once) == once
