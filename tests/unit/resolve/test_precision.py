"""What keeps reports apart although they look alike, each beside a twin that merges."""

from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.actors import Actor
from dragoman.core.claims import Participant
from dragoman.core.ids import DossierId
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Channel, Factuality, Level, Setting
from dragoman.resolve.events import resolve

FIDAN, BLINKEN = "TUR Hakan Fidan minister", "USA Antony Blinken minister"
THANI, SAFADI = "QAT Mohammed Al Thani minister", "JOR Ayman Safadi minister"


def events(desk: Any) -> list[list[int]]:
    number = {claim.id: n for n, claim in enumerate(desk.claims)}
    return sorted(sorted(number[claim] for claim in event.claims) for event in resolve(desk.claims, desk.documents).events)


@pytest.mark.parametrize(("other", "found"), [("Ministry", [[0], [1]]), ("Herald", [[0, 1]])])
def test_one_outlet_tells_three_from_two_of_them(desk: Any, other: str, found: list[list[int]]) -> None:
    desk.report("The three ministers met in Doha.", f"{FIDAN}; {BLINKEN}; {THANI}", day="2024-05-14", source="Ministry")
    desk.report("Fidan met Blinken in Doha.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", source=other)
    assert events(desk) == found


def test_a_meeting_of_many_joins_no_two_pairs(desk: Any) -> None:
    desk.report("The three ministers met in Doha.", f"{FIDAN}; {BLINKEN}; {THANI}", day="2024-05-14", source="A")
    desk.report("Fidan met Blinken.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", source="B")
    desk.report("Fidan met Al Thani.", f"{FIDAN}; {THANI}", day="2024-05-14", source="C")
    assert all(not {1, 2} <= set(event) for event in events(desk))


def test_a_report_of_two_persons_does_not_make_them_one(desk: Any) -> None:
    king = "JOR Abdullah head_of_state"
    desk.report("Blinken met Safadi in Amman.", f"{BLINKEN}; {SAFADI}", day="2024-05-14", source="A")
    desk.report("Blinken met the king and Safadi in Amman.", f"{BLINKEN}; {king}; {SAFADI}", day="2024-05-14", source="B")
    desk.report("Blinken met the king in Amman.", f"{BLINKEN}; {king}", day="2024-05-14", source="C")
    assert all(not {0, 2} <= set(event) for event in events(desk))


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("A", "A", [[0], [1]]),  # what was reported on Monday did not happen on Tuesday
        ("A", "B", [[0, 1]]),  # but where it is Monday here, it may be Tuesday there
    ],
)
def test_reported_before_it_happened(desk: Any, first: str, second: str, found: list[list[int]]) -> None:
    desk.report("Fidan and Blinken spoke of the truce.", f"{FIDAN}; {BLINKEN}", "call", published="2024-05-13", source=first)
    desk.report("Fidan and Blinken spoke today of the truce.", f"{FIDAN}; {BLINKEN}", "call", day="2024-05-14", source=second)
    assert events(desk) == found


def test_a_headline_joins_no_call_to_the_one_before_it(desk: Any) -> None:
    who = f"{BLINKEN}; ISR Gabi Ashkenazi minister"
    desk.report("On the flight I spoke with Ashkenazi.", who, "call", published="2024-05-20", source="A")
    desk.report("Blinken's call with Ashkenazi", who, "call", published="2024-05-21", source="A")
    desk.report("Blinken spoke today with Ashkenazi.", who, "call", day="2024-05-21", published="2024-05-21", source="A")
    assert all(not {0, 2} <= set(event) for event in events(desk))


@pytest.mark.parametrize(("day", "found"), [(None, [[0], [1]]), ("2024-05-14", [[0, 1]])])
def test_a_denial_is_of_the_event_that_it_dates(desk: Any, day: str | None, found: list[list[int]]) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("They spoke on 14 May.", who, "call", day="2024-05-14", published="2024-05-15", source="A")
    denied = Factuality.DENIED
    desk.report("There was no call.", who, "call", day=day, published="2024-05-15", source="B", factuality=denied)
    assert events(desk) == found


@pytest.mark.parametrize(("place", "found"), [("on the margins of the dialogue", [[0], [1]]), ("at the start of it", [[0, 1]])])
def test_a_meeting_on_the_margins_is_not_the_talks(desk: Any, place: str, found: list[list[int]]) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report(f"Fidan met Blinken {place}.", who, day="2024-05-14", source="A", channel=Channel.IN_PERSON)
    desk.report("The two sides held their strategic dialogue.", who, "talks_round", day="2024-05-14", source="B")
    assert events(desk) == found


def test_a_long_period_is_not_dated_by_its_report(desk: Any) -> None:
    desk.report("They raised it with officials.", f"{BLINKEN}; CHN official", published="2024-07-19", source="A")
    met = "Blinken met Yang earlier this year."
    desk.report(met, f"{BLINKEN}; CHN Yang official", day="2024-01-01/2024-07-20", published="2024-07-21", source="A")
    assert events(desk) == [[0], [1]]


def test_one_outlet_gives_no_person_posts_of_two_levels(desk: Any) -> None:
    desk.report("Sherman met Locsin in Manila.", "USA Wendy Sherman; PHL Locsin minister", day="2024-06-09", source="A")
    desk.report("Sherman met the president in Manila.", "USA Wendy Sherman; PHL head_of_state", day="2024-06-09", source="A")
    desk.report("Sherman met the minister in Manila.", "USA Wendy Sherman; PHL minister", day="2024-06-09", source="A")
    assert events(desk) == [[0, 2], [1]]


def test_an_event_says_which_reports_file_it_under_a_dossier(desk: Any) -> None:
    gaza, iran = DossierId("gaza"), DossierId("iran_nuclear")
    for outlet, dossiers in (("A", (gaza,)), ("B", (gaza, iran)), ("C", ())):
        desk.report(f"{outlet}: they met.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", source=outlet, dossiers=dossiers)
    (event,) = resolve(desk.claims, desk.documents).events
    by_file = {stated.value: set(stated.claims) for stated in event.filed_under}
    speaking = [{claim.id for claim in desk.claims if file in claim.dossiers} for file in (gaza, iran)]
    assert event.dossiers == (gaza, iran)
    assert [by_file[file] for file in event.dossiers] == speaking


@pytest.mark.parametrize(
    ("who", "fields", "found"),
    [
        (f"{BLINKEN}; JOR", {}, [[0], [1]]),  # "with leaders": one of them is not all of them
        (f"{BLINKEN}; {SAFADI}", {}, [[0, 1]]),
        (f"{BLINKEN}; JOR", {"day": "2024-05-14"}, [[0, 1]]),
    ],
)
def test_a_plan_in_general_words_is_no_report_of_one_meeting(desk: Any, who: str, fields: Any, found: list[list[int]]) -> None:
    desk.report("Blinken will see them on his trip.", who, published="2024-05-13", factuality=Factuality.PLANNED, **fields)
    desk.report("Blinken met Safadi in Amman.", f"{BLINKEN}; {SAFADI}", day="2024-05-14", place="Amman, JOR", source="B")
    assert events(desk) == found


@pytest.mark.parametrize(("week", "found"), [("2024-05-13/2024-05-19", [[0], [1]]), ("2024-05-14", [[0, 1]])])
def test_a_call_planned_for_some_day_of_a_week_is_not_any_call_of_it(desk: Any, week: str, found: list[list[int]]) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("The two will talk again.", who, "call", day=week, published="2024-05-09", factuality=Factuality.PLANNED)
    desk.report("Fidan and Blinken spoke about grain.", who, "call", day="2024-05-14", published="2024-05-14", source="B")
    assert events(desk) == found


@pytest.mark.parametrize(("sentence", "found"), [("prior to the strategic dialogue", [[0], [1]]), ("for the dialogue", [[0, 1]])])
def test_a_meeting_before_a_dialogue_is_not_its_two_days(desk: Any, sentence: str, found: list[list[int]]) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report(f"Fidan met Blinken in Ankara {sentence}.", who, day="2024-05-14", place="Ankara, TUR", source="A")
    desk.report("They met on 14 and 15 May.", who, day="2024-05-14/2024-05-15", place="Ankara, TUR", source="A")
    assert events(desk) == found


@pytest.mark.parametrize(("day", "found"), [(None, [[0], [1]]), ("2024-05-14", [[0, 1]])])
def test_a_meeting_is_the_talks_only_of_its_day(desk: Any, day: str | None, found: list[list[int]]) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("Fidan met Blinken.", who, day="2024-05-14", published="2024-05-14", source="A")
    desk.report("The two held intensive consultations.", who, "talks_round", day=day, published="2024-05-15", source="A")
    assert events(desk) == found


@pytest.mark.parametrize(("source", "found"), [("A", [[0], [1]]), ("B", [[0, 1]])])
def test_one_outlet_tells_a_telephone_from_a_screen(desk: Any, source: str, found: list[list[int]]) -> None:
    who, day = f"{FIDAN}; {BLINKEN}", "2024-05-14"
    desk.report("Fidan telephoned Blinken.", who, "call", day=day, source="A", channel=Channel.PHONE)
    desk.report("Fidan joined Blinken by video.", who, "call", day=day, source=source, channel=Channel.VIDEO)
    assert events(desk) == found


@pytest.mark.parametrize(("kind", "found"), [(ActorKind.ORGANISATION, [[0], [1]]), (ActorKind.STATE, [[0, 1]])])
def test_the_head_of_a_body_is_not_the_body_with_its_members(desk: Any, kind: ActorKind, found: list[list[int]]) -> None:
    body = Actor("Regional League", "LEAGUE", kind)
    fidan = Participant(actor=Actor("Türkiye", "TUR"), person="Hakan Fidan", level=Level.MINISTER)
    head = Participant(actor=body, person="Aida Noor", office="Secretary General")
    members = Participant(actor=body, office="Permanent Representative", level=Level.OFFICIAL)
    for sentence, who in (("Fidan met Noor.", (fidan, head)), ("Fidan met Noor and the envoys.", (fidan, head, members))):
        desk.report(sentence, "TUR; LEAGUE", day="2024-05-14", source="A", participants=who)
    assert events(desk) == found


@pytest.mark.parametrize(("source", "found"), [("A", [[0], [1]]), ("B", [[0, 1]])])
def test_talks_of_two_are_not_talks_of_four_in_one_outlet(desk: Any, source: str, found: list[list[int]]) -> None:
    two = f"{FIDAN}; {BLINKEN}"
    desk.report("Fidan and Blinken held consultations.", two, "talks_round", day="2024-05-14", source="A")
    desk.report("All four sides held talks.", f"{two}; QAT; JOR", "talks_round", day="2024-05-14", source=source)
    assert events(desk) == found


@pytest.mark.parametrize(("words", "found"), [("I had a good talk with", [[0, 1]]), ("A good talk with", [[0], [1]])])
def test_who_says_i_need_not_be_named(desk: Any, words: str, found: list[list[int]]) -> None:
    desk.report("Fidan met Blinken.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", published="2024-05-14", source="A")
    desk.report(f"{words} my friend Blinken.", f"TUR; {BLINKEN}", published="2024-05-15", source="B")
    assert events(desk) == found


@pytest.mark.parametrize(("place", "found"), [(None, [[0], [1]]), ("Doha, QAT", [[0, 1]])])
def test_reports_without_a_day_need_persons_or_a_place(desk: Any, place: str | None, found: list[list[int]]) -> None:
    for source, day in (("A", "2024-05-14"), ("B", "2024-05-15")):
        sentence = f"{source}: Blinken raised it with Qatari counterparts."
        desk.report(sentence, f"{BLINKEN}; QAT", published=day, place=place, source=source)
    assert events(desk) == found


@pytest.mark.parametrize(("who", "found"), [(f"{FIDAN}; {BLINKEN}", [[0, 1]]), (f"{FIDAN}; USA; {THANI}", [[0], [1]])])
def test_four_sides_are_not_two_of_them(desk: Any, who: str, found: list[list[int]]) -> None:
    desk.report("Fidan and Blinken conferred.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", source="A")
    desk.report("They conferred, also on the rest.", f"{who}; JOR; EGY", day="2024-05-14", source="B")
    assert events(desk) == found


@pytest.mark.parametrize(("what", "found"), [("held a joint committee", [[0], [1]]), ("held a meeting", [[0, 1]])])
def test_a_committee_is_not_the_meeting_of_its_heads(desk: Any, what: str, found: list[list[int]]) -> None:
    desk.report("Fidan met Blinken on trade.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", source="A")
    desk.report(f"Fidan and Blinken {what} on trade.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", source="A")
    assert events(desk) == found


@pytest.mark.parametrize(("met", "found"), [(SAFADI, [[0], [1]]), (f"{SAFADI}; JOR Abdullah Noor head_of_state", [[0, 1]])])
def test_a_plan_to_meet_several_is_not_the_meeting_with_one(desk: Any, met: str, found: list[list[int]]) -> None:
    both = f"{BLINKEN}; {SAFADI}; JOR Abdullah Noor head_of_state"
    desk.report("Blinken will see both in Amman.", both, day="2024-05-14", source="A", factuality=Factuality.PLANNED)
    desk.report("Blinken met them in Amman.", f"{BLINKEN}; {met}", day="2024-05-14", place="Amman, JOR", source="A")
    assert events(desk) == found


@pytest.mark.parametrize(("who", "found"), [("USA; TUR official", [[0], [1]]), (f"{BLINKEN}; TUR official", [[0, 1]])])
def test_contacts_with_officials_are_not_a_minister_s_call(desk: Any, who: str, found: list[list[int]]) -> None:
    desk.report("Blinken telephoned Fidan.", f"{BLINKEN}; {FIDAN}", "call", day="2024-05-14", source="A")
    desk.report("We are in touch with their officials by telephone.", who, "call", day="2024-05-14", source="B")
    assert events(desk) == found


@pytest.mark.parametrize(("title", "found"), [("Joint Statement on the Strategic Dialogue", [[0], [1]]), ("Readout", [[0, 1]])])
def test_a_joint_statement_of_a_dialogue_is_not_of_a_meeting(desk: Any, title: str, found: list[list[int]]) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("Fidan met Blinken.", who, day="2024-05-14", source="A")
    desk.report("They discussed trade.", who, day="2024-05-14", source="A", title=title)
    assert events(desk) == found


@pytest.mark.parametrize(("third", "found"), [(SAFADI, [[0, 1, 2]]), (f"{SAFADI}; JOR Noor", [[0, 1], [2]])])
def test_a_plan_of_several_does_not_join_by_way_of_a_shorter_one(desk: Any, third: str, found: list[list[int]]) -> None:
    known = {"day": "2024-05-14", "place": "Amman, JOR", "source": "A"}
    desk.report("Blinken met Safadi.", f"{BLINKEN}; {SAFADI}", **known)
    desk.report("Blinken will see Safadi.", f"{BLINKEN}; {SAFADI}", factuality=Factuality.PLANNED, **known)
    desk.report("Blinken will see his hosts.", f"{BLINKEN}; {third}", factuality=Factuality.PLANNED, **known)
    assert events(desk) == found


@pytest.mark.parametrize(("who", "found"), [("USA Antony Blinken; JOR", [[0], [1]]), (f"{BLINKEN}; {SAFADI}", [[0, 1]])])
def test_a_plan_with_a_person_is_not_a_meeting_with_nobody_named(desk: Any, who: str, found: list[list[int]]) -> None:
    day = "2024-05-14"
    desk.report("Blinken will see Safadi.", f"{BLINKEN}; {SAFADI}", day=day, source="A", factuality=Factuality.PLANNED)
    desk.report("Blinken was received.", who, day=day, source="A")
    assert events(desk) == found


@pytest.mark.parametrize(
    ("who", "place", "source", "found"),
    [
        ("QAT; USA Antony Blinken minister", None, "Ministry", [[0], [1]]),
        ("QAT; USA Antony Blinken minister", "Doha, QAT", "Ministry", [[0, 1]]),  # the same place
        ("QAT; USA Antony Blinken minister", None, "Herald", [[0, 1]]),  # another outlet names fewer
        ("QAT minister; USA Antony Blinken minister", None, "Ministry", [[0, 1]]),  # a post is somebody
    ],
)
def test_one_outlet_names_who_met_or_tells_of_another_occasion(
    desk: Any, who: str, place: str | None, source: str, found: list[list[int]]
) -> None:
    desk.report("Blinken met Al Thani.", f"{BLINKEN}; {THANI}", day="2024-05-14", place="Doha, QAT", source="Ministry")
    desk.report("Blinken took part in a discussion with Qatar.", who, day="2024-05-14", place=place, source=source)
    assert events(desk) == found


@pytest.mark.parametrize(("first", "last", "found"), [("20", "26", [[0, 1]]), ("21", "26", [[0], [1]])])
def test_journeys_of_the_same_first_and_last_day_are_one(desk: Any, first: str, last: str, found: list[list[int]]) -> None:
    who = "USA Kurt Campbell deputy_minister; JPN; KOR"
    desk.report(
        "Campbell will go to Japan and Korea.",
        who,
        "visit",
        day="2024-05-20/2024-05-26",
        published="2024-05-12",
        source="A",
        factuality=Factuality.PLANNED,
    )
    desk.report("Mr Campbell is away.", who, "visit", day=f"2024-05-{first}/2024-05-{last}", published="2024-05-23", source="A")
    assert events(desk) == found


@pytest.mark.parametrize(
    ("words", "who", "found"),
    [
        ("Blinken will meet with Qatari leaders in Doha.", "QAT minister", [[0], [1]]),
        ("Blinken will meet with the Qatari foreign minister in Doha.", "QAT minister", [[0, 1]]),
    ],
)
def test_a_plan_to_meet_leaders_is_not_the_meeting_with_one(desk: Any, words: str, who: str, found: list[list[int]]) -> None:
    place = {"day": "2024-05-14", "place": "Doha, QAT"}
    desk.report(words, f"{BLINKEN}; {who}", published="2024-05-12", factuality=Factuality.PLANNED, **place)
    desk.report("Blinken met Al Thani in Doha.", f"{BLINKEN}; {THANI}", published="2024-05-14", **place)
    assert events(desk) == found


@pytest.mark.parametrize(
    ("headline", "day", "found"),
    [
        ("Readout of the Secretary's call with Minister Fidan", None, [[0], [1]]),
        ("Readout of the Secretary's call with Minister Fidan", "2024-05-13", [[0, 1]]),  # it repeats the other
        ("Remarks on the Secretary's trip", None, [[0, 1]]),
    ],
)
def test_one_outlet_has_one_readout_for_each_call(desk: Any, headline: str, day: str | None, found: list[list[int]]) -> None:
    who, title = f"{BLINKEN}; {FIDAN}", "Readout of the Secretary's call with Minister Fidan"
    desk.report("Blinken called Fidan.", who, "call", day="2024-05-13", published="2024-05-13", source="A", title=title)
    desk.report("He spoke by phone with Fidan.", who, "call", day=day, published="2024-05-14", source="A", title=headline)
    assert events(desk) == found


def test_others_of_a_country_are_not_its_minister(desk: Any) -> None:
    place = {"day": "2024-05-14", "place": "Doha, QAT", "source": "A"}
    desk.report("Blinken met Al Thani in Doha.", f"{BLINKEN}; {THANI}", **place)
    leaders = (
        Participant(actor=Actor("United States", "USA"), person="Antony Blinken", level=Level.MINISTER),
        Participant(actor=Actor("Qatar", "QAT"), office="civil society leader"),
    )
    desk.report("Blinken met civil society leaders in Doha.", "USA; QAT", participants=leaders, **place)
    assert events(desk) == [[0], [1]]


@pytest.mark.parametrize(
    ("headline", "found"),
    [
        ("Readout of Blinken's call with the ministers of Qatar and Jordan", [[0], [1]]),
        ("Statement on Blinken's call with the ministers of Qatar and Jordan", [[0, 1]]),
    ],
)
def test_one_outlet_heads_one_readout_for_each_call(desk: Any, headline: str, found: list[list[int]]) -> None:
    who, title = f"{BLINKEN}; {THANI}; {SAFADI}", "Blinken's call with partners"
    words = "Blinken, Al Thani and Safadi spoke."
    desk.report(words, who, "call", day="2024-05-14", published="2024-05-14", source="A", title=title)
    fields = {"published": "2024-05-15", "source": "A", "title": headline}
    desk.report("He spoke with the two ministers.", who, "call", **fields)
    assert events(desk) == found


def test_a_headed_readout_may_come_back_to_an_earlier_call(desk: Any) -> None:
    who = f"{BLINKEN}; {SAFADI}"
    first = {"day": "2024-05-14", "published": "2024-05-14", "title": "Blinken's call with Safadi of Jordan"}
    desk.report("Blinken spoke today with Safadi.", who, "call", source="A", **first)
    later = {"published": "2024-05-16", "title": "Blinken's call with Safadi", "issues": ()}
    desk.report("It followed their call of 14 May.", who, "call", day="2024-05-14", source="A", **later)
    assert events(desk) == [[0, 1]]


@pytest.mark.parametrize(("words", "found"), [("their respective calls with", [[0], [1]]), ("their call with", [[0, 1]])])
def test_each_side_s_own_calls_are_no_one_call(desk: Any, words: str, found: list[list[int]]) -> None:
    who = f"{BLINKEN}; {SAFADI}"
    desk.report("Blinken spoke with Safadi.", who, "call", day="2024-05-14", published="2024-05-14", source="A")
    desk.report(f"The two compared {words} Safadi.", who, "call", published="2024-05-15", source="B")
    assert events(desk) == found


@pytest.mark.parametrize(("by", "found"), [("i", [[0], [1]]), ("minister", [[0, 1]])])
def test_who_says_i_is_one_side_only(desk: Any, by: str, found: list[list[int]]) -> None:
    """ "I" is Blinken's word: then it is not the other side's person who may go without a name."""
    who = f"{BLINKEN}; {SAFADI}"
    desk.report("Blinken spoke with Safadi.", who, "call", day="2024-05-14", published="2024-05-14", source="A")
    sentence = "I spoke with the Jordanians" if by == "i" else "The minister and I spoke"
    span = Span(0, 1) if by == "i" else Span(17, 18)
    named = Participant(actor=Actor("Usa", "USA"), person="Antony Blinken", level=Level.MINISTER)
    bare = Participant(actor=Actor("Jor", "JOR"))
    sides = (replace(named, span=span), bare) if by == "i" else (named, replace(bare, span=span))
    desk.report(sentence, who, "call", published="2024-05-15", source="A", participants=sides)
    assert events(desk) == found


@pytest.mark.parametrize(("source", "found"), [("A", [[0], [1]]), ("B", [[0, 1]])])
def test_one_outlet_sets_one_meeting_in_one_country(desk: Any, source: str, found: list[list[int]]) -> None:
    who = f"{BLINKEN}; {SAFADI}"
    for place, outlet in (("Amman, JOR", "A"), ("Doha, QAT", source)):
        town = place.partition(",")[0]
        desk.report(f"Safadi met Blinken in {town}.", who, day="2024-05-14", source=outlet, place=place)
    assert events(desk) == found


@pytest.mark.parametrize(
    ("sides", "published", "found"),
    [
        ("JOR Abdullah head_of_state; JOR Ayman Safadi minister", "2024-05-15", [[0], [1]]),
        ("JOR Ayman Safadi minister; JOR Bisher Khasawneh minister", "2024-05-15", [[0, 1]]),
        ("JOR Abdullah head_of_state; JOR Ayman Safadi minister", "2024-05-24", [[0, 1]]),  # told in passing, later
    ],
)
def test_who_sat_with_a_king_says_so(desk: Any, sides: str, published: str, found: list[list[int]]) -> None:
    met = {"day": "2024-05-14", "place": "Amman, JOR"}
    desk.report("Blinken met them in Amman.", f"{BLINKEN}; {sides}", published="2024-05-14", source="A", **met)
    desk.report("Blinken met Safadi in Amman.", f"{BLINKEN}; {SAFADI}", published=published, source="B", **met)
    assert events(desk) == found


@pytest.mark.parametrize(("beside", "found"), [("on the margins of the dialogue", [[0, 1], [2]]), ("in Ankara", [[0, 1, 2]])])
def test_a_headline_joins_no_meeting_on_the_margins_to_the_talks(desk: Any, beside: str, found: list[list[int]]) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("Fidan and Blinken meet", who, day="2024-05-14", source="A", setting=Setting.TITLE)
    desk.report(f"Fidan met Blinken {beside}.", who, day="2024-05-14", source="A")
    desk.report("The two sides held talks.", who, "talks_round", day="2024-05-14", source="B")
    assert events(desk) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [("on many occasions", [[0], [1]]), ("regularly", [[0], [1]]), ("in two long meetings", [[0], [1]]), ("in Doha", [[0, 1]])],
)
def test_what_is_told_in_general_is_no_one_contact(desk: Any, words: str, found: list[list[int]]) -> None:
    who = f"{BLINKEN}; {SAFADI}"
    desk.report("Blinken met Safadi in Doha.", who, day="2024-05-14", published="2024-05-14", source="A", place="Doha, QAT")
    desk.report(f"Blinken has met Safadi {words}.", who, published="2024-05-15", source="B", place="Doha, QAT")
    assert events(desk) == found


@pytest.mark.parametrize(
    ("later", "place", "found"),
    [("2024-05-17", None, [[0], [1]]), ("2024-05-17", "Doha, QAT", [[0, 1]]), ("2024-05-15", None, [[0, 1]])],
)
def test_what_has_no_day_was_told_at_once(desk: Any, later: str, place: str | None, found: list[list[int]]) -> None:
    """Those who meet every week met again where two reports without a day lie days apart."""
    who = f"{BLINKEN}; {SAFADI}"
    desk.report("Blinken has met Safadi.", who, published="2024-05-14", source="A", place=place)
    desk.report("Safadi and Blinken met.", who, published=later, source="B", place=place)
    assert events(desk) == found
