"""Talks out of made-up reports: which track, which round, at what level, and where the talks stand."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim, Participant, Status
from dragoman.core.talks import Talks
from dragoman.core.text import Document, Span
from dragoman.core.vocab import EngagementType, Factuality, Level, Outcome, Role, TalksSignal, TalksStatus
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.knowledge.tracks import shipped_tracks
from dragoman.resolve.basis import Basis
from dragoman.resolve.events import resolve
from dragoman.resolve.rounds import stated_number
from dragoman.resolve.talks import find_talks

RUS, UKR = "RUS Vladimir Medinsky official", "UKR Rustem Umerov minister"
GAZA, UKRAINE, LIBYA, YEMEN, LEBANON = ({"dossiers": (one,)} for one in ("gaza", "ukraine", "libya", "yemen", "lebanon"))
ROUND = "talks_round"


def basis(desk: Any, words: list[AnyClaim] | None = None) -> Basis:
    claims = [*desk.claims, *(words or [])]
    record = resolve(claims, desk.documents)
    return Basis(
        record=record, claims={claim.id: claim for claim in claims}, documents=desk.documents, dossiers=shipped_dossiers()
    )


def talks(desk: Any, words: list[AnyClaim] | None = None) -> tuple[Talks, ...]:
    return find_talks(basis(desk, words), shipped_tracks())


def word(desk: Any, sentence: str, signal: str, dossier: str, published: str | None = None, who: str = "") -> Status:
    document = Document(text=sentence, published=date.fromisoformat(published) if published else None)
    desk.documents[document.id] = document
    actors = tuple(Actor(code.title(), code) for code in who.split())
    span = Span(0, len(sentence))
    return Status(
        document=document.id, evidence=(span,), rule="test", signal=TalksSignal(signal), dossiers=(dossier,), actors=actors
    )


def course(one: Talks) -> list[tuple[str, str | None]]:
    return [(step.status.value, step.since.isoformat() if step.since else None) for step in one.history]


def test_named_by_its_words_with_rounds_stated_and_counted(desk: Any) -> None:
    who = "RUS; TUR; IRN"
    desk.report("The 21st round of the Astana process was held.", who, ROUND, day="2024-01-24", dossiers=("syria",))
    desk.report("The 22nd Astana meeting on Syria was held.", who, ROUND, day="2024-11-11", dossiers=("syria",))
    (found,) = talks(desk)
    assert (found.name, found.track, found.dossier) == ("Astana process", "astana", "syria")
    assert [(one.stated, one.order) for one in found.rounds] == [(21, 1), (22, 2)]
    assert all(one.stated_by for one in found.rounds)
    assert "Astana" in found.members[0].reasons[0].why


def test_named_by_place_and_date(desk: Any) -> None:
    desk.report("The two delegations met.", f"{RUS}; {UKR}", ROUND, day="2025-05-16", place="Istanbul, TUR", **UKRAINE)
    desk.report("The two delegations met.", "RUS; UKR", ROUND, day="2022-03-29", place="Istanbul, TUR", **UKRAINE)
    desk.report("The delegations met there.", "RUS; UKR", ROUND, place="Istanbul, TUR", **UKRAINE)
    assert [one.track for one in talks(desk)] == ["istanbul_2022", "istanbul_2025", None]


def test_a_town_alone_does_not_make_others_talks_the_process(desk: Any) -> None:
    desk.report("Talks were held.", "USA; AUT", ROUND, day="2022-03-20", place="Vienna, AUT", dossiers=("iran_nuclear",))
    desk.report("Talks were held.", "IRN; RUS; CHN", ROUND, day="2022-02-20", place="Vienna, AUT", dossiers=("iran_nuclear",))
    (found,) = talks(desk)
    assert found.track
    assert [len(one.delegations) for one in found.rounds] == [3]


def test_a_lower_level_than_last_time_is_found(desk: Any) -> None:
    desk.report("A", "RUS Sergei Lavrov minister; UKR Dmytro Kuleba minister; TUR", ROUND, day="2022-03-10", **UKRAINE)
    desk.report("B", f"{RUS}; UKR David Arakhamia official; TUR; USA", ROUND, day="2022-03-29", **UKRAINE)
    (found,) = talks(desk)
    first, second = found.rounds
    assert first.levels == ()
    assert [(one.actor.code, one.before, one.now, one.lower) for one in second.levels] == [
        ("RUS", Level.MINISTER, Level.OFFICIAL, True),
        ("UKR", Level.MINISTER, Level.OFFICIAL, True),
    ]
    assert (second.joined, second.absent) == (("Usa",), ())
    assert second.levels[0].round_before == first.events


def test_an_unknown_level_is_no_finding(desk: Any) -> None:
    desk.report("A", "RUS Sergei Lavrov minister; UKR", ROUND, day="2022-03-10", **UKRAINE)
    desk.report("B", "RUS; UKR Rustem Umerov minister", ROUND, day="2022-03-29", **UKRAINE)
    assert [one.levels for one in talks(desk)[0].rounds] == [(), ()]


def test_days_that_touch_are_one_round(desk: Any) -> None:
    whole = "They sat on Monday. They sat again on Tuesday. They sat on Saturday."
    days = zip(whole.split(". "), ("2024-03-04", "2024-03-05", "2024-03-09"), strict=True)
    for sentence, day in days:
        desk.report(sentence, "LBY; LNA; UN", ROUND, day=day, place="Bouznika, MAR", within=whole, **LIBYA)
    (found,) = talks(desk)
    assert [(len(one.events), one.order) for one in found.rounds] == [(2, 1), (1, 2)]


@pytest.mark.parametrize(
    ("second", "tracks"),
    [
        ({"who": "YEM; HOUTHIS; OMN", "day": "2024-05-01"}, 1),  # the same third party
        ({"who": "YEM; HOUTHIS; CHN", "day": "2024-05-01", "place": "Salalah, OMN"}, 1),  # the same town
        ({"who": "YEM; HOUTHIS; CHN", "day": "2024-05-01"}, 2),  # another third party elsewhere
        ({"who": "YEM; HOUTHIS; OMN", "day": "2025-05-01"}, 2),  # long after
        ({"who": "YEM; HOUTHIS; OMN"}, 2),  # at an unknown time
        ({"who": "YEM; OMN", "day": "2024-05-01"}, 1),  # a contact of the track
    ],
)
def test_inferred_tracks(desk: Any, second: dict[str, str], tracks: int) -> None:
    desk.report("They sat down together.", "YEM; HOUTHIS; OMN", ROUND, day="2024-03-01", place="Salalah, OMN", **YEMEN)
    desk.report("They sat down once more, it was said.", second.pop("who"), ROUND, **second, **YEMEN)
    found = talks(desk)
    assert len(found) == tracks
    assert all(one.track is None for one in found)


@pytest.mark.parametrize(
    ("who", "fields"),
    [
        ("YEM; OMN", {}),  # one side and a guest, nobody said to mediate
        ("YEM; HOUTHIS", {"factuality": Factuality.CALLED_FOR}),
        ("YEM; HOUTHIS", {"factuality": Factuality.ALLEGED}),
        ("FRA; DEU", {}),
    ],
)
def test_no_talks(desk: Any, who: str, fields: dict[str, Any]) -> None:
    desk.report("They met.", who, day="2024-03-01", **YEMEN, **fields)
    assert talks(desk) == ()


def test_stated_mediation_alone_makes_a_track_of_contacts(desk: Any) -> None:
    claim = desk.report("Oman mediates, it told Sanaa.", "OMN; HOUTHIS", day="2024-03-01", **YEMEN)
    people = tuple(replace(one, role=Role.MEDIATOR) if one.actor.code == "OMN" else one for one in claim.participants)
    desk.claims = [replace(claim, participants=people)]
    (found,) = talks(desk)
    assert (found.rounds, found.status) == ((), TalksStatus.CONTACT)


def test_contact_then_both_sides_then_round(desk: Any) -> None:
    mediator = Participant(actor=Actor("Oman", "OMN"), role=Role.MEDIATOR)
    for code, day in (("HOUTHIS", "2024-03-01"), ("YEM", "2024-03-04")):
        claim = desk.report(f"Oman carried a message to {code}.", f"OMN; {code}", day=day, **YEMEN)
        desk.claims[-1] = replace(claim, participants=(mediator, claim.participants[1]))
    desk.report("All sat together.", "OMN; YEM; HOUTHIS", ROUND, day="2024-03-20", **YEMEN)
    desk.report("Oman spoke with the Houthis.", "OMN; HOUTHIS", "call", day="2024-03-25", **YEMEN)
    statuses = {step for one in talks(desk) for step in course(one)}
    assert ("contact", "2024-03-01") in statuses
    assert ("pre_talks", "2024-03-04") in statuses
    assert ("under_way", "2024-03-20") in statuses
    assert ("contact", "2024-03-25") not in statuses  # talks that go on are not undone by a call


def test_planned_held_with_outcome_called_off(desk: Any) -> None:
    who = "SDN; RSF; SAU"
    own = {"dossiers": ("sudan",), "place": "Jeddah, SAU"}
    desk.report(
        "A round is to begin.", who, ROUND, day="2023-05-20", published="2023-05-15", factuality=Factuality.PLANNED, **own
    )
    desk.report("The round began.", who, ROUND, day="2023-05-20", published="2023-05-21", outcome=Outcome.PROGRESS, **own)
    desk.report("No result.", who, ROUND, day="2023-06-01", published="2023-06-02", outcome=Outcome.IMPASSE, **own)
    desk.report("Off.", who, ROUND, day="2023-07-01", published="2023-06-20", factuality=Factuality.CANCELLED, **own)
    desk.report("Broken off.", who, ROUND, day="2023-11-01", published="2023-11-02", outcome=Outcome.BREAKDOWN, **own)
    (found,) = talks(desk)
    assert course(found) == [
        ("scheduled", "2023-05-15"),
        ("progress", "2023-05-20"),
        ("impasse", "2023-06-01"),
        ("suspended", "2023-06-20"),
        ("collapsed", "2023-11-01"),
    ]
    assert [step.reported for step in found.history] == [True, False, False, True, False]
    assert all(step.claims and step.why for step in found.history)


def test_word_on_talks_goes_to_the_only_track_that_fits(desk: Any) -> None:
    desk.report("A round was held.", "LBY; LNA; UN", ROUND, day="2021-03-04", **LIBYA)
    words = [
        word(desk, "Talks are at a standstill.", "impasse", "libya", "2021-04-01"),
        word(desk, "The latest in the talks was told.", "under_way", "libya", "2021-04-05"),
        word(desk, "The talks were resumed.", "resumed", "libya", "2021-04-09"),
        word(desk, "Talks stall.", "impasse", "cyprus", "2021-04-10"),
    ]
    libya, cyprus = sorted(talks(desk, words), key=lambda one: one.dossier or "", reverse=True)
    assert course(libya) == [("under_way", "2021-03-04"), ("impasse", "2021-04-01"), ("under_way", "2021-04-09")]
    assert [one.value for one in libya.history[1].also] == ["under_way"]
    assert (cyprus.name, cyprus.rounds, course(cyprus)) == ("Talks on Cyprus", (), [("impasse", "2021-04-10")])


def test_word_on_another_contact_is_no_word_on_the_talks(desk: Any) -> None:
    desk.report("A round was held.", "LBY; LNA; UN", ROUND, day="2021-03-04", **LIBYA)
    (found,) = talks(desk, [word(desk, "They made progress on prisoners.", "progress", "libya", "2021-04-01")])
    assert course(found) == [("under_way", "2021-03-04")]


def test_of_one_day_the_more_definite_word_decides_and_the_rest_is_kept(desk: Any) -> None:
    words = [
        word(desk, "Talks go on.", "under_way", "libya", "2021-04-01"),
        word(desk, "The talks have failed.", "collapsed", "libya", "2021-04-01"),
    ]
    (found,) = talks(desk, words)
    (step,) = found.history
    assert (step.status, step.claims, step.also[0].claims) == (TalksStatus.COLLAPSED, (words[1].id,), (words[0].id,))


def test_nothing_dated_stays_undated(desk: Any) -> None:
    (found,) = talks(desk, [word(desk, "Talks stall.", "impasse", "libya")])
    assert course(found) == [("impasse", None)]


def test_a_signing_without_a_sitting_is_no_round(desk: Any) -> None:
    desk.report("A truce was reached.", "ISR; HAMAS; QAT", EngagementType.AGREEMENT_SIGNING, day="2021-05-21", **GAZA)
    (found,) = talks(desk)
    assert (found.rounds, len(found.agreements), found.status) == ((), 1, TalksStatus.AGREED)


def test_order_of_arrival_does_not_matter(desk: Any) -> None:
    for day in ("2024-03-01", "2024-04-01", "2024-05-01"):
        desk.report(f"They sat on {day}.", "YEM; HOUTHIS; OMN", ROUND, day=day, **YEMEN)
    words = [
        word(desk, "Talks stall.", "impasse", "yemen", "2024-04-10"),
        word(desk, "The talks go well.", "progress", "yemen", "2024-05-02"),
    ]
    forward = talks(desk, words)
    desk.claims.reverse()
    assert talks(desk, words[::-1]) == forward


@pytest.mark.parametrize(
    ("words", "held", "number"),
    [
        ("They held the fourth round of talks.", True, 4),
        ("They held a fourth, shorter round.", True, None),
        ("Round two of the talks opened.", True, 2),
        ("The 22nd Astana meeting ended.", True, 22),
        ("They met for a third time.", True, None),
        ("They agreed to hold a fifth round.", True, None),
        ("They agreed to hold a fifth round.", False, 5),
        ("Delegates will return for the 3rd session.", False, 3),
    ],
)
def test_stated_number(words: str, held: bool, number: int | None) -> None:  # noqa: FBT001  a parameter
    assert stated_number(words, held=held) == number


@pytest.mark.parametrize(
    ("sentence", "fields", "rounds"),
    [
        ("Norway supports negotiations between Israel and Lebanon on their border.", {}, 0),
        ("Negotiators of Israel and Lebanon sat together on their border.", {"day": "2022-07-15"}, 1),
        ("The fourth round of negotiations of Israel and Lebanon was held.", {}, 1),
    ],
)
def test_that_sides_talk_is_no_round(desk: Any, sentence: str, fields: dict[str, Any], rounds: int) -> None:
    desk.report(sentence, "ISR; LBN", ROUND, published="2022-07-16", dossiers=("lebanon",), **fields)
    (found,) = talks(desk)
    assert len(found.rounds) == rounds
    assert found.status is TalksStatus.UNDER_WAY
    assert found.members


@pytest.mark.parametrize(
    ("title", "found"),
    [("Readout of the call with partners on Russia and Ukraine", 0), ("Russia and Ukraine in Istanbul", 1)],
)
def test_sides_that_are_only_the_topic_sit_nowhere(desk: Any, title: str, found: int) -> None:
    text = "They spoke of the war of Russia on Ukraine. The leaders held consultations."
    sides = [replace(side, span=Span(text.index(side.actor.name), 35)) for side in (_side("Russia"), _side("Ukraine"))]
    sentence = "The leaders held consultations."
    told = {"within": text, "title": title, "published": "2024-05-14", "dossiers": ("ukraine",)}
    desk.report(sentence, "RUS; UKR", day="2024-05-14", participants=tuple(sides), **told)
    assert len(talks(desk)) == found


def _side(name: str) -> Participant:
    return Participant(actor=Actor(name, {"Russia": "RUS", "Ukraine": "UKR"}[name]))


@pytest.mark.parametrize(("year", "found"), [("2022", 0), ("1991", 1)])
def test_who_is_no_party_any_more_holds_no_talks_across_the_lines(desk: Any, year: str, found: int) -> None:
    who = "USA Ann Lee minister; VNM Bui Thanh minister"
    day = {"day": f"{year}-06-13", "published": f"{year}-06-14", "dossiers": ("indochina",), "place": "Hanoi, VNM"}
    desk.report("Ann Lee met Bui Thanh in Hanoi.", who, **day)
    assert len(talks(desk)) == found


@pytest.mark.parametrize(
    ("sentence", "since"),
    [
        ("Back in 2019 the talks of both sides in Libya fell apart.", None),
        ("The talks of both sides in Libya fell apart.", "2024-05-14"),
        ("The previous administration's talks on Libya fell apart.", None),
    ],
)
def test_what_was_long_ago_has_not_the_day_of_its_report(desk: Any, sentence: str, since: str | None) -> None:
    (found,) = talks(desk, [word(desk, sentence, "collapsed", "libya", "2024-05-14")])
    assert course(found) == [("collapsed", since)]
    assert not found.history[0].reported or since


def test_a_sitting_of_another_year_is_not_of_the_day_of_its_report(desk: Any) -> None:
    desk.report(
        "Israel and Lebanon last met in 2009.", "ISR; LBN", day="2009-01-01/2009-12-31", published="2022-07-14", **LEBANON
    )
    (found,) = talks(desk)
    assert course(found) == [("under_way", None)]


def test_contacts_are_called_after_the_conflict(desk: Any) -> None:
    claim = desk.report("Qatar, Egypt and Oman mediated.", "QAT; EGY; OMN; YEM", day="2024-05-14", **YEMEN)
    mediators = tuple(replace(one, role=Role.MEDIATOR) for one in claim.participants[:3])
    desk.claims[-1] = replace(claim, participants=(*mediators, claim.participants[3]))
    (found,) = talks(desk)
    assert found.name.startswith("Contacts on Yemen, with ")
    assert found.name.endswith(" and others")
