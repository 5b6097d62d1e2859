"""Which events are contacts of whom, and what they weigh."""

from datetime import date
from typing import Any

import pytest

from dragoman.analysis.contacts import LEVELS, Weighing, between, contacts_of, names_of
from dragoman.core.vocab import Channel, Level

TODAY = Weighing(as_of=date(2024, 5, 31))


def pairs(*events: Any, direct: bool = True) -> set[str]:
    return {"-".join(contact.pair) for contact in contacts_of(events) if contact.direct is direct}


def test_each_pair_of_a_meeting_is_in_touch(desk: Any) -> None:
    assert pairs(desk.event("QAT; HAMAS; EGY", "2024-05-14")) == {"HAMAS-QAT", "EGY-QAT", "EGY-HAMAS"}


@pytest.mark.parametrize("factuality", ["planned", "cancelled", "denied", "called_for", "conditional", "alleged", "assessed"])
def test_what_did_not_surely_happen_is_no_contact(desk: Any, factuality: str) -> None:
    assert not pairs(desk.event("QAT; HAMAS", "2024-05-14", factuality=factuality))


def test_an_offer_to_mediate_is_no_contact(desk: Any) -> None:
    assert not pairs(desk.event("TUR mediator; RUS; UKR", "2024-05-14", type="mediation_offer"))


def test_an_observer_is_not_in_touch(desk: Any) -> None:
    assert pairs(desk.event("RUS; UKR; TUR observer", "2024-05-14")) == {"RUS-UKR"}


@pytest.mark.parametrize("channel", [Channel.SHUTTLE, Channel.INTERMEDIARY])
def test_sides_that_a_carrier_goes_between_are_not_in_touch_with_each_other(desk: Any, channel: Channel) -> None:
    event = desk.event("OMN mediator; IRN; USA", "2024-05-14", channel=channel)
    assert pairs(event) == {"IRN-OMN", "OMN-USA"}
    (apart,) = [contact for contact in contacts_of([event]) if not contact.direct]
    assert (apart.pair, apart.through) == (("IRN", "USA"), ("OMN",))


def test_a_brokered_agreement_does_not_say_who_was_in_touch(desk: Any) -> None:
    deal = desk.event("QAT mediator; ISR party; HAMAS party", "2024-05-14", type="agreement_signing")
    assert not pairs(deal)
    assert {contact.through for contact in contacts_of([deal]) if contact.pair == ("HAMAS", "ISR")} == {("QAT",)}
    assert pairs(desk.event("ISR party; EGY party", "2024-05-14", type="agreement_signing")) == {"EGY-ISR"}
    assert pairs(desk.event("QAT host; ISR; EGY", "2024-05-14", type="agreement_signing", channel=Channel.IN_PERSON))


def test_messages_without_a_named_carrier_leave_the_sides_apart(desk: Any) -> None:
    assert not pairs(desk.event("IRN; USA", "2024-05-14", channel=Channel.INTERMEDIARY))


def test_later_contacts_are_not_looked_at_and_undated_ones_are_kept(desk: Any) -> None:
    events = [desk.event("QAT; HAMAS", "2024-06-01"), desk.event("QAT; HAMAS"), desk.event("QAT; HAMAS", "2024-05-31")]
    assert [contact.day for contact in contacts_of(events, as_of=TODAY.as_of)] == [None, date(2024, 5, 31)]


def test_a_contact_counts_half_after_its_half_life_and_an_undated_one_as_two_half_lives_old(desk: Any) -> None:
    fresh, old, undated = contacts_of(
        [desk.event("QAT; EGY", "2024-05-31"), desk.event("QAT; EGY", "2023-12-03"), desk.event("QAT; EGY")]
    )
    assert fresh.weight(TODAY).recency == 1
    assert old.weight(TODAY).recency == pytest.approx(0.5)
    assert undated.weight(TODAY).recency == pytest.approx(0.25)


def test_the_lower_side_sets_the_level(desk: Any) -> None:
    (high,) = contacts_of([desk.event("QAT head_of_state; EGY official; EGY minister", "2024-05-31")])
    assert high.level is Level.MINISTER
    (unknown,) = contacts_of([desk.event("QAT head_of_state; EGY", "2024-05-31")])
    assert unknown.level is None


def test_company_thins_a_contact_and_corroboration_is_bounded(desk: Any) -> None:
    crowd = contacts_of([desk.event("QAT; EGY; USA; FRA; DEU", "2024-05-31")])
    assert {contact.weight(TODAY).company for contact in crowd} == {0.25}
    (often,) = contacts_of([desk.event("QAT; EGY", "2024-05-31", independent=9)])
    assert often.weight(TODAY).corroboration == 1


def test_the_formula_gives_the_value(desk: Any) -> None:
    (contact,) = contacts_of([desk.event("QAT minister; EGY minister", "2024-05-31", channel=Channel.PHONE, independent=2)])
    weight = contact.weight(TODAY)
    assert weight.value == pytest.approx(1 * LEVELS[Level.MINISTER] * 0.8 * 0.85)
    assert weight.formula.endswith("= 0.612")


def test_every_level_weighs_something() -> None:
    assert set(LEVELS) == set(Level)


def test_between_groups_and_names(desk: Any) -> None:
    events = [desk.event("QAT; HAMAS", "2024-05-01"), desk.event("QAT; ISR", "2024-05-02"), desk.event("QAT; USA", "2024-05-03")]
    assert [contact.pair for contact in between(contacts_of(events), ["QAT"], ["ISR", "HAMAS"])] == [
        ("HAMAS", "QAT"),
        ("ISR", "QAT"),
    ]
    assert names_of(events)["HAMAS"] == "Hamas"
