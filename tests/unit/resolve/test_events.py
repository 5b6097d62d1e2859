"""Small sets of reports and the events that a careful reader would make of them. All reports are made up."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dragoman.core.actors import Place
from dragoman.core.records import Record, Reprint
from dragoman.core.vocab import Factuality, Issue, Outcome, PlaceKind, Setting
from dragoman.resolve.events import reprint_groups, resolve

FIDAN, BLINKEN, THANI = "TUR Hakan Fidan minister", "USA Antony Blinken minister", "QAT Mohammed Al Thani head_of_government"


def groups(desk: Any, record: Record) -> list[list[int]]:
    """Events as the numbers of their reports, in the order of reporting."""
    number = {claim.id: n for n, claim in enumerate(desk.claims)}
    return sorted(sorted(number[claim] for claim in event.claims) for event in record.events)


def test_two_papers_report_one_meeting(desk: Any) -> None:
    desk.report(
        "Fidan met Blinken in Ankara on Tuesday.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", place="Ankara, TUR", source="A"
    )
    desk.report("The US secretary of state sat down with Turkey's Fidan.", f"{BLINKEN}; {FIDAN}", day="2024-05-14", source="B")
    (event,) = resolve(desk.claims, desk.documents).events
    assert (len(event.claims), event.independent, len(event.merges)) == (2, 2, 1)
    assert event.place is not None
    assert (event.place.name, event.place.span) == ("Ankara", None)
    assert [one.person for one in event.participants] == ["Hakan Fidan", "Antony Blinken"]
    assert {voice.name for voice in event.voices} == {"A", "B"}
    (merge,) = event.merges
    assert merge.score > 0.5
    assert {"dates", "people", "kind"} <= {reason.feature for reason in merge.reasons}
    assert all(reason.why for reason in merge.reasons)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        # dates of unequal precision, and none
        ({"day": "2024-05-14"}, {"day": "2024-05-13/2024-05-19"}, True),
        ({"day": "2024-05-14", "published": "2024-05-15"}, {"published": "2024-05-15"}, True),
        ({"day": "2024-05-14", "published": "2024-05-15"}, {"published": "2024-05-12"}, False),
        ({"published": "2024-05-14"}, {"published": "2024-05-15"}, True),
        ({"published": "2024-05-14"}, {"published": "2024-06-15"}, False),
        ({"day": "2024-05-14"}, {"day": "2024-05-16"}, False),
        ({"day": "2024-04-01/2024-04-30"}, {"day": "2024-05-01/2024-05-31"}, False),
        ({"day": "2024-05-14"}, {"day": "2024-05-15"}, False),
        ({"day": "2024-05-14", "place": "Ankara, TUR"}, {"day": "2024-05-15", "place": "Ankara, TUR"}, True),
        # places
        ({"day": "2024-05-14", "place": "Ankara, TUR"}, {"day": "2024-05-14", "place": "Ankara, TUR"}, True),
        ({"day": "2024-05-13/2024-05-19", "place": "Ankara, TUR"}, {"day": "2024-05-14", "place": "Riga, LVA"}, False),
        # kinds
        ({"day": "2024-05-14", "type": "call"}, {"day": "2024-05-14", "type": "meeting"}, False),
        ({"day": "2024-05-14", "type": "talks_round"}, {"day": "2024-05-14", "type": "meeting"}, True),
        ({"day": "2024-05-14", "type": "mediation_offer"}, {"day": "2024-05-14", "type": "meeting"}, False),
        (
            {"day": "2024-05-14", "published": "2024-05-10", "factuality": Factuality.PLANNED},
            {"published": "2024-05-15", "factuality": Factuality.PLANNED},
            False,
        ),
        # what was only called for did not happen
        ({"day": "2024-05-14", "factuality": Factuality.CALLED_FOR}, {"day": "2024-05-14"}, False),
        ({"factuality": Factuality.PLANNED, "published": "2024-05-13"}, {"published": "2024-05-14"}, False),
    ],
)
def test_pairs(desk: Any, first: dict[str, Any], second: dict[str, Any], *, same: bool) -> None:
    desk.report("Turkey's Fidan and Blinken of the United States discussed the truce.", f"{FIDAN}; {BLINKEN}", **first)
    desk.report("Talks between Blinken and his Turkish colleague dealt with aid.", f"{BLINKEN}; {FIDAN}", **second)
    assert (len(resolve(desk.claims, desk.documents).events) == 1) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (f"{FIDAN}; {BLINKEN}", "TUR; USA", True),
        (f"{FIDAN}; USA", f"TUR Fidan; {BLINKEN}", True),
        (f"{FIDAN}; {BLINKEN}", f"TUR Recep Tayyip Erdoğan head_of_state; {BLINKEN}", False),
        ("TUR minister; USA minister", "TUR head_of_state; USA head_of_state", False),
        (f"{FIDAN}; {BLINKEN}; {THANI}", f"{FIDAN}; {BLINKEN}", True),
        (f"{FIDAN}; {BLINKEN}", f"{FIDAN}; {THANI}", False),
        ("SAU Salman head_of_state; USA", "SAU Mohammed bin Salman head_of_government; USA", False),
        ("RUS Sergei Lavrov; USA", "RUS Sergey Lavrov; USA", True),
    ],
)
def test_persons(desk: Any, first: str, second: str, *, same: bool) -> None:
    desk.report("They met and spoke about the truce.", first, day="2024-05-14")
    desk.report("A meeting was held, with aid on the agenda.", second, day="2024-05-14")
    assert (len(resolve(desk.claims, desk.documents).events) == 1) is same


def test_each_report_holds_the_pair_that_the_other_is_about(desk: Any) -> None:
    desk.report(
        "Blinken met Lapid; they spoke of Russia's war in Ukraine.",
        f"{BLINKEN}; ISR Yair Lapid minister; RUS; UKR",
        day="2024-05-14",
    )
    desk.report(
        "Blinken met Macron; they spoke of Russia's war in Ukraine.",
        f"{BLINKEN}; FRA Emmanuel Macron; RUS; UKR",
        day="2024-05-14",
    )
    desk.report("Macron received Blinken.", f"FRA Emmanuel Macron; {BLINKEN}", day="2024-05-14")
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0], [1, 2]]


def test_one_outlet_keeps_its_days_apart(desk: Any) -> None:
    sentence = "Blinken spoke today with Kuleba of Ukraine, his office said on day {}."
    for n, source in ((14, "A"), (15, "A")):
        desk.report(sentence.format(n), f"{BLINKEN}; UKR Dmytro Kuleba minister", "call", day=f"2024-05-{n}", source=source)
    assert len(resolve(desk.claims, desk.documents).events) == 2


def test_house_style_is_no_evidence_but_a_repeated_plan_is(desk: Any) -> None:
    said = "President Biden spoke with President Zelenskyy of Ukraine to underscore his support."
    who = "USA Joe Biden head_of_state; UKR Volodymyr Zelenskyy head_of_state"
    for n, day in enumerate(("2024-05-04", "2024-05-09")):
        desk.report(said, who, "call", within=f"{said} Readout {n}.", published=day, source="A")
    planned = "On her tour the envoy will meet the foreign minister in his capital."
    for n, day in enumerate(("2024-05-04", "2024-05-09")):
        desk.report(
            planned,
            "USA Wendy Sherman deputy_minister; MAR Nasser Bourita minister",
            within=f"{planned} Notice {n}.",
            published=day,
            source="A",
            factuality=Factuality.PLANNED,
        )
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0], [1], [2, 3]]


def test_a_tour_is_not_the_visit_to_one_capital(desk: Any) -> None:
    desk.report(
        "She is on travel to five countries.", "USA Wendy Sherman; TUR; ESP; MAR; DZA; EGY", "visit", day="2024-05-04/2024-05-11"
    )
    desk.report(
        "She will travel to Algiers.", "USA Wendy Sherman; DZA", "visit", day="2024-05-09/2024-05-10", place="Algiers, DZA"
    )
    desk.report(
        "She met the president in Algiers.", "USA Wendy Sherman; DZA Abdelmadjid Tebboune", day="2024-05-10", place="Algiers, DZA"
    )
    record = resolve(desk.claims, desk.documents)
    assert len(record.events) == 3
    assert len(record.events[-1].part_of) == 2


def test_two_calls_on_one_day_stay_two(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    text = "Fidan and Blinken spoke by phone in the morning. They spoke again in the evening."
    desk.report("Fidan and Blinken spoke by phone in the morning.", who, "call", day="2024-05-14", within=text)
    desk.report("They spoke again in the evening.", who, "call", day="2024-05-14", within=text)
    desk.report("The two ministers had a telephone call on Tuesday evening.", who, "call", day="2024-05-14")
    desk.report("Blinken held a morning call with Fidan.", who, "call", day="2024-05-14")
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0, 3], [1, 2]]


def test_second_call_of_the_day_in_another_paper(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("Fidan and Blinken discussed the truce by phone.", who, "call", day="2024-05-14")
    desk.report("Fidan and Blinken discussed the truce in their second call of the day.", who, "call", day="2024-05-14")
    desk.report("It was the second call that day between Blinken and Fidan.", who, "call", day="2024-05-14")
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0], [1, 2]]


def test_a_vague_report_does_not_bridge_two_calls(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("Fidan called Blinken on Monday.", who, "call", day="2024-05-13")
    desk.report("Fidan called Blinken on Thursday.", who, "call", day="2024-05-16")
    desk.report("Fidan called Blinken last week.", who, "call", day="2024-05-13/2024-05-19")
    record = resolve(desk.claims, desk.documents)
    assert len(record.events) == 2
    assert not any({0, 1} <= set(found) for found in groups(desk, record))


def test_call_chain_stays_a_chain(desk: Any) -> None:
    text = "Fidan spoke separately with US and Qatari counterparts."
    desk.report(text, f"{FIDAN}; USA", "call", day="2024-05-14", link="l1")
    desk.report(text, f"{FIDAN}; QAT", "call", day="2024-05-14", link="l1")
    desk.report("Fidan phoned Blinken.", f"{FIDAN}; {BLINKEN}", "call", day="2024-05-14")
    desk.report("Fidan, Blinken and Al Thani were all on the phone.", f"{FIDAN}; {BLINKEN}; {THANI}", "call", day="2024-05-14")
    found = groups(desk, resolve(desk.claims, desk.documents))
    assert not any({0, 1} <= set(one) for one in found)
    assert any({0, 2} <= set(one) for one in found)


def test_headline_and_its_sentence_are_one(desk: Any) -> None:
    text = "Fidan, Blinken meet in Ankara\n\nTurkey's Fidan met Blinken, with Qatar's Al Thani joining, on Tuesday."
    desk.report(
        "Fidan, Blinken meet in Ankara", f"{FIDAN}; {BLINKEN}", within=text, published="2024-05-15", setting=Setting.TITLE
    )
    desk.report(
        "Turkey's Fidan met Blinken, with Qatar's Al Thani joining, on Tuesday.",
        f"{FIDAN}; {BLINKEN}; {THANI}",
        within=text,
        published="2024-05-15",
        day="2024-05-14",
    )
    (event,) = resolve(desk.claims, desk.documents).events
    assert event.independent == 1
    assert len(event.participants) == 3


def test_reprints_do_not_corroborate(desk: Any) -> None:
    sentence = "Fidan met Blinken in Ankara."
    for n, paper in enumerate(("A", "B", "C")):
        desk.report(
            sentence,
            f"{FIDAN}; {BLINKEN}",
            day="2024-05-14",
            within=f"{sentence} Paper {n}.",
            source=paper,
            agency="Example Wire",
        )
    first, second, third = (claim.document for claim in desk.claims)
    links = [Reprint(first, second, 0.95), Reprint(second, third, 0.95)]
    (event,) = resolve(desk.claims, desk.documents, links).events
    assert (len(event.documents), event.independent, len(event.voices)) == (3, 1, 1)
    assert reprint_groups(links) == dict.fromkeys((first, second, third), min(first, second, third))


def test_plan_then_held_is_one_event_with_its_history(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("They will meet on 14 May.", who, day="2024-05-14", published="2024-05-10", factuality=Factuality.PLANNED)
    desk.report(
        "The meeting is off, a spokesman said.", who, day="2024-05-14", published="2024-05-12", factuality=Factuality.CANCELLED
    )
    record = resolve(desk.claims, desk.documents)
    assert [event.factuality for event in record.events] == [Factuality.CANCELLED]
    desk.report("They met after all.", who, day="2024-05-14", published="2024-05-14")
    desk.report(
        "An older preview, put online late: they will meet.",
        who,
        day="2024-05-14",
        published="2024-05-15",
        factuality=Factuality.PLANNED,
    )
    (event,) = resolve(desk.claims, desk.documents).events
    assert event.factuality is Factuality.OCCURRED
    assert [(stage.published, stage.factuality) for stage in event.history] == [
        (date(2024, 5, 10), Factuality.PLANNED),
        (date(2024, 5, 12), Factuality.CANCELLED),
        (date(2024, 5, 14), Factuality.OCCURRED),
        (date(2024, 5, 15), Factuality.PLANNED),
    ]


def test_disagreement_is_kept(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    one, two, three = (
        desk.report(f"Report {n} of the meeting.", who, day="2024-05-14", outcome=outcome)
        for n, outcome in enumerate((Outcome.PROGRESS, Outcome.PROGRESS, Outcome.IMPASSE))
    )
    (event,) = resolve(desk.claims, desk.documents).events
    assert event.outcome is Outcome.PROGRESS
    (difference,) = event.differences
    assert difference.field == "outcome"
    assert [(one.value, len(one.claims)) for one in difference.values] == [("progress", 2), ("impasse", 1)]
    assert set(event.claims) == {one.id, two.id, three.id}


def test_a_visit_contains_its_meetings(desk: Any) -> None:
    text = "Blinken visited Ankara from Monday to Wednesday. On Tuesday he met Fidan there."
    desk.report(
        "Blinken visited Ankara from Monday to Wednesday.",
        f"{BLINKEN}; TUR",
        "visit",
        day="2024-05-13/2024-05-15",
        place="Ankara, TUR",
        within=text,
    )
    desk.report("On Tuesday he met Fidan there.", f"{BLINKEN}; {FIDAN}", day="2024-05-14", place="Ankara, TUR", within=text)
    desk.report("Fidan and Blinken met the week after.", f"{BLINKEN}; {FIDAN}", day="2024-05-21", place="Ankara, TUR")
    visit, meeting, later = resolve(desk.claims, desk.documents).events
    assert meeting.part_of == (visit.id,)
    assert visit.part_of == later.part_of == ()


def test_fields_take_the_best_supported_value(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("First report.", who, day="2024-05-14", published="2024-05-14", issues=(Issue.CEASEFIRE,))
    desk.report("Second report.", who, day="2024-05-14", published="2024-05-15", issues=(Issue.HUMANITARIAN_AID, Issue.CEASEFIRE))
    desk.report("Third report, of a meeting last week.", who, day="2024-05-13/2024-05-19", published="2024-05-17")
    (event,) = resolve(desk.claims, desk.documents).events
    assert event.issues == (Issue.CEASEFIRE, Issue.HUMANITARIAN_AID)
    assert event.when is not None
    assert (event.when.start, event.when.end, event.when.span) == (date(2024, 5, 14), date(2024, 5, 14), None)
    assert [one.person for one in event.participants] == ["Hakan Fidan", "Antony Blinken"]
    assert list(event.claims) == [claim.id for claim in desk.claims]


def test_many_reports_of_one_summit_are_not_all_compared(desk: Any) -> None:
    for n in range(300):
        desk.report(
            f"Leaders gathered in Riga, report {n}.", "TUR; USA; QAT", "multilateral", day="2024-05-14", place="Riga, LVA"
        )
    (event,) = resolve(desk.claims, desk.documents).events
    assert (len(event.claims), len(event.merges)) == (300, 299)


def test_empty_and_lonely(desk: Any) -> None:
    assert resolve([], {}) == Record()
    desk.report("Fidan met somebody.", FIDAN, day="2024-05-14")
    (event,) = resolve(desk.claims, {}).events
    assert (event.independent, event.voices) == (1, ())


def test_an_outlet_keeps_two_days_apart_also_by_way_of_another(desk: Any) -> None:
    for day, source in ((14, "A"), (14, "B"), (15, "A")):
        desk.report(
            f"They spoke by phone on day {day}, says {source}.",
            f"{FIDAN}; {BLINKEN}",
            "call",
            day=f"2024-05-{day}",
            source=source,
        )
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0, 1], [2]]


def test_a_plan_may_slip_by_a_day_also_in_one_outlet(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("They will meet in Riga.", who, day="2024-05-14", place="Riga, LVA", source="A", factuality=Factuality.PLANNED)
    desk.report("They met in Riga.", who, day="2024-05-15", place="Riga, LVA", source="A")
    assert len(resolve(desk.claims, desk.documents).events) == 1


def test_a_sentence_copied_word_for_word_is_no_second_voice(desk: Any) -> None:
    said = "Fidan met Blinken in Ankara on Tuesday to speak about the truce, a source told reporters."
    for n, source in enumerate("AB"):
        desk.report(said, f"{FIDAN}; {BLINKEN}", day="2024-05-14", source=source, within=f"{said} Paper {n}.")
    desk.report("Blinken was received by Fidan.", f"{FIDAN}; {BLINKEN}", day="2024-05-14", source="C")
    (event,) = resolve(desk.claims, desk.documents).events
    assert (len(event.documents), event.independent) == (3, 2)


@pytest.mark.parametrize("sentence", ["They met on the margins of the summit.", "They met in Riga."])
def test_two_sides_on_the_margins_are_not_the_gathering(desk: Any, sentence: str) -> None:
    desk.report("Ministers gathered in Riga.", f"{FIDAN}; {BLINKEN}; QAT", "multilateral", day="2024-05-14", place="Riga, LVA")
    desk.report(sentence, f"{FIDAN}; {BLINKEN}", day="2024-05-14", place="Riga, LVA")
    summit, meeting = sorted(resolve(desk.claims, desk.documents).events, key=lambda event: event.type, reverse=True)
    assert meeting.part_of == (summit.id,)


def test_persons_tie_reports_that_have_them_act_for_different_actors(desk: Any) -> None:
    desk.report("Fidan met Nechirvan Barzani of Iraq.", f"{FIDAN}; IRQ Nechirvan Barzani", day="2024-05-14")
    desk.report("Nechirvan Barzani met Fidan.", f"KRG Nechirvan Barzani; {FIDAN}", day="2024-05-14")
    desk.report("Masrour Barzani met Fidan.", f"KRG Masrour Barzani; {FIDAN}", day="2024-05-14")
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0, 1], [2]]


@pytest.mark.parametrize(("announced", "same"), [("2024-05-10", True), ("2024-04-10", False), ("2024-05-16", False)])
def test_a_plan_without_a_date_is_what_soon_followed(desk: Any, announced: str, *, same: bool) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("They will meet soon.", who, published=announced, place="Riga, LVA", factuality=Factuality.PLANNED)
    desk.report("They met in Riga.", who, day="2024-05-14", published="2024-05-14", place="Riga, LVA")
    assert (len(resolve(desk.claims, desk.documents).events) == 1) is same


def test_plans_announced_together_may_be_two(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    said = {"published": "2024-05-10", "factuality": Factuality.PLANNED}
    desk.report("A meeting on Tuesday is planned.", who, "meeting", day="2024-05-14", **said)
    desk.report("They look forward to seeing each other later this spring.", who, day="2024-05-01/2024-07-31", **said)
    assert len(resolve(desk.claims, desk.documents).events) == 2


@pytest.mark.parametrize(("who", "same"), [("TUR; USA", False), (f"{FIDAN}; USA", False), (f"{FIDAN}; {BLINKEN}", True)])
def test_an_undated_report_needs_the_persons_of_both_sides(desk: Any, who: str, *, same: bool) -> None:
    desk.report("Meeting of the two sides today.", who, day="2024-05-14", published="2024-05-14")
    desk.report("There was some contact, it is said.", who, published="2024-05-15")
    assert (len(resolve(desk.claims, desk.documents).events) == 1) is same


def test_another_guest_is_another_visit_but_hosts_are_many(desk: Any) -> None:
    for who in (
        f"{FIDAN}; IRQ",
        "TUR Recep Tayyip Erdogan head_of_state; IRQ",
        f"{FIDAN}; IRQ Fuad Hussein",
        f"{FIDAN}; IRQ Abdul Latif Rashid",
    ):
        desk.report(f"Visit told by {len(desk.claims)}.", who, "visit", day="2024-05-14", place="Baghdad, IRQ")
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0, 2, 3], [1]]


def test_a_headline_that_says_again_is_over_its_own_text(desk: Any) -> None:
    text = "Fidan and Blinken speak again\n\nFidan and Blinken spoke by phone on Tuesday."
    who = f"{FIDAN}; {BLINKEN}"
    first, second = text.split("\n\n")
    desk.report(first, who, "call", within=text, published="2024-05-15", setting=Setting.TITLE)
    desk.report(second, who, "call", within=text, published="2024-05-15", day="2024-05-14")
    assert len(resolve(desk.claims, desk.documents).events) == 1


def test_times_of_day_tell_calls_apart_where_one_report_gives_no_day(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("They spoke by phone in the morning.", who, "call", day="2024-05-14", published="2024-05-14")
    desk.report("They spoke again in the evening, the second call of the day.", who, "call", published="2024-05-15")
    desk.report("Another call followed in the evening.", who, "call", day="2024-05-14", published="2024-05-15")
    assert groups(desk, resolve(desk.claims, desk.documents)) == [[0], [1, 2]]


def test_a_country_does_not_differ_from_its_town_nor_a_period_told_late_from_its_day(desk: Any) -> None:
    who = f"{FIDAN}; {BLINKEN}"
    desk.report("They met in Riga.", who, day="2024-01-24", published="2024-01-25", place="Riga, LVA")
    later = desk.report("They met in Latvia in January.", who, day="2024-01-01/2024-01-31", published="2024-11-12")
    desk.claims[-1] = replace(later, place=Place(name="Latvia", country="LVA", kind=PlaceKind.COUNTRY))
    (event,) = resolve(desk.claims, desk.documents).events
    assert event.differences == ()
