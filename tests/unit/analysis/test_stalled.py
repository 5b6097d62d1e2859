"""Talks that stand still: who reaches a side, and what ended such a stall before."""

from datetime import date, timedelta

from dragoman.analysis.channels import channels
from dragoman.analysis.contacts import Contact, Weighing
from dragoman.analysis.stalled import is_stalled, precedents, third_parties
from dragoman.core.actors import Actor
from dragoman.core.claims import Participant
from dragoman.core.ids import ClaimId, DossierId, EventId
from dragoman.core.talks import StatusStep, Talks
from dragoman.core.vocab import TalksStatus

NORTH, SOUTH, HOST, ENVOY = Actor("North", "NRT"), Actor("South", "STH"), Actor("Host", "HST"), Actor("Envoy", "ENV")
DAY = date(2024, 3, 1)
FILE, ELSEWHERE = DossierId("file"), DossierId("elsewhere")


def contact(number: int, one: Actor, other: Actor, on: date, *, direct: bool = True) -> Contact:
    left, right = sorted((one, other), key=lambda actor: actor.key)
    return Contact(
        event=EventId(f"e{number}"),
        pair=(left.key, right.key),
        sides=((Participant(actor=left),), (Participant(actor=right),)),
        day=on,
        channel=None,
        dossiers=(FILE,),
        independent=1,
        company=2,
        direct=direct,
    )


def track(
    *steps: tuple[TalksStatus, date | None], dossier: DossierId = FILE, parties: tuple[Actor, ...] = (NORTH, SOUTH)
) -> Talks:
    history = tuple(
        StatusStep(status=status, since=since, claims=(ClaimId(f"c{status} {since}"),), why="it is said")
        for status, since in steps
    )
    return Talks(name="Talks", dossier=dossier, parties=parties, third_parties=(HOST, ENVOY), history=history)


STILL = track((TalksStatus.UNDER_WAY, DAY), (TalksStatus.IMPASSE, DAY + timedelta(days=9)))
ENDED = track((TalksStatus.SUSPENDED, DAY - timedelta(days=200)), (TalksStatus.UNDER_WAY, DAY - timedelta(days=100)))


def test_an_impasse_is_a_stall_and_a_round_is_none() -> None:
    assert is_stalled(STILL)
    assert not is_stalled(ENDED)
    assert not is_stalled(track())


def test_who_reaches_both_sides_comes_first_and_parties_are_no_third_parties() -> None:
    met = [
        contact(1, HOST, NORTH, DAY),
        contact(2, HOST, SOUTH, DAY - timedelta(days=300)),
        contact(3, ENVOY, NORTH, DAY),
        contact(4, NORTH, SOUTH, DAY),
        contact(5, ENVOY, SOUTH, DAY, direct=False),
    ]
    found = third_parties(STILL, channels(met, Weighing(as_of=DAY)), ["NRT", "STH"])
    assert [(one.actor, [each.party for each in one.reaches], one.unreached) for one in found] == [
        ("HST", ["NRT", "STH"], ()),
        ("ENV", ["NRT"], ("STH",)),
    ]
    assert found[0].reaches[1].events == (EventId("e2"),)


def test_a_precedent_is_a_stall_that_ended_with_whom_was_in_touch_meanwhile() -> None:
    met = [
        contact(1, HOST, NORTH, DAY - timedelta(days=150)),
        contact(2, HOST, SOUTH, DAY - timedelta(days=120)),
        contact(3, ENVOY, NORTH, DAY - timedelta(days=99)),
        contact(4, ENVOY, NORTH, DAY - timedelta(days=195)),
        contact(5, Actor("Rebels", "REB"), NORTH, DAY - timedelta(days=120)),
    ]
    (found,) = precedents(STILL, [STILL, ENDED], {FILE: met}, {FILE: ["NRT", "STH", "REB"]})
    assert (found.status, found.moved_to) == (TalksStatus.SUSPENDED, TalksStatus.UNDER_WAY)
    assert (found.moved_on - found.since).days == 100
    assert found.alike == ("the same dossier", "with North", "with South")
    assert found.in_touch == (("HST", 2),), "what came after the step, or more than 90 days before it, is not told"
    assert found.claims == ENDED.history[1].claims


def test_stalls_without_anything_in_common_or_without_days_are_no_precedents() -> None:
    strange = track((TalksStatus.IMPASSE, DAY), (TalksStatus.AGREED, DAY), dossier=ELSEWHERE, parties=(Actor("Far", "FAR"),))
    undated = track((TalksStatus.IMPASSE, None), (TalksStatus.AGREED, DAY))
    still = track((TalksStatus.IMPASSE, DAY), (TalksStatus.COLLAPSED, DAY))
    assert precedents(STILL, [strange, undated, still], {}, {}) == ()


def test_the_most_alike_comes_first_then_the_latest() -> None:
    shared = track(
        (TalksStatus.IMPASSE, DAY), (TalksStatus.PROGRESS, DAY + timedelta(days=5)), dossier=ELSEWHERE, parties=(NORTH,)
    )
    found = precedents(STILL, [shared, ENDED], {}, {})
    assert [len(one.alike) for one in found] == [3, 1]
    assert len(precedents(STILL, [shared, ENDED], {}, {}, limit=1)) == 1
