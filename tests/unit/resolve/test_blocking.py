from typing import Any

from dragoman.resolve.assembly import order
from dragoman.resolve.blocking import NEIGHBOURS, candidates
from dragoman.resolve.profiles import Profile, profile


def pairs(desk: Any) -> list[tuple[int, int]]:
    number = {claim.id: n for n, claim in enumerate(desk.claims)}
    found = [tuple(sorted((number[one.id], number[other.id]))) for one, other in candidates(profiles(desk))]
    assert len(found) == len(set(found))
    return sorted(found)


def profiles(desk: Any) -> list[Profile]:
    return order(profile(claim.id, claim, desk.documents[claim.document], claim.document) for claim in desk.claims)


def test_two_actors_in_common_and_times_that_meet(desk: Any) -> None:
    desk.report("One.", "TUR; USA; QAT", day="2024-05-14")
    desk.report("Two.", "TUR; USA", day="2024-05-15")
    desk.report("Three.", "TUR; QAT; USA", day="2024-05-13/2024-05-19")
    desk.report("Four.", "TUR; EGY", day="2024-05-14")
    desk.report("Five.", "TUR; USA", day="2024-06-14")
    assert pairs(desk) == [(0, 1), (0, 2), (1, 2)]


def test_undated_reports_meet_what_was_news_then(desk: Any) -> None:
    desk.report("One.", "TUR; USA", day="2024-05-14")
    desk.report("Two.", "TUR; USA", published="2024-05-16")
    desk.report("Three.", "TUR; USA", published="2024-07-16")
    assert pairs(desk) == [(0, 1)]


def test_reports_without_any_date_need_a_person_in_common(desk: Any) -> None:
    desk.report("One.", "TUR Hakan Fidan; USA", day="2024-05-14")
    desk.report("Two.", "TUR Fidan; USA")
    desk.report("Three.", "TUR; USA")
    desk.report("Four.", "TUR Fidan; USA", published="2024-07-16")
    desk.report("Five.", "TUR H. Fidan; USA")
    assert pairs(desk) == [(0, 1), (0, 4), (1, 3), (1, 4), (3, 4)]


def test_one_actor_alone_meets_its_like(desk: Any) -> None:
    desk.report("One.", "TUR Hakan Fidan", day="2024-05-14")
    desk.report("Two.", "TUR", day="2024-05-14")
    assert pairs(desk) == [(0, 1)]


def test_busy_pairs_cost_a_bounded_number_of_comparisons(desk: Any) -> None:
    for n in range(NEIGHBOURS * 4):
        desk.report(f"Report {n}.", f"TUR Person{n}; USA", day="2024-05-14")
    assert len(pairs(desk)) <= len(desk.claims) * NEIGHBOURS


def test_like_reports_are_compared_with_their_first_alone(desk: Any) -> None:
    for n in range(50):
        desk.report(f"Report {n}.", "TUR; USA", day="2024-05-14")
    assert len(pairs(desk)) == 49
