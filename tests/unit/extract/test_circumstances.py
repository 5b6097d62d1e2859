"""Which time and place belong to a contact, on readings made by hand."""

from collections.abc import Callable
from datetime import date

import msgspec

from dragoman.core.actors import Place
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, PlaceKind
from dragoman.extract.circumstances import place_of, when_of
from dragoman.extract.frames import Frame
from dragoman.read.reading import PlaceMention, Reading, TimeMention
from dragoman.read.tree import Tree

Build = Callable[..., Reading]
MET = "Oman/Oman/PROPN/nsubj/1 met/meet/VERB/ROOT/1 Iran/Iran/PROPN/dobj/1"


def with_time(reading: Reading, at: int, kind: str = "DATE", value: str = "2024-05-13") -> Reading:
    span = reading.parse.tokens[at].span
    when = When(start=date(2024, 5, 13), end=date(2024, 5, 13), span=span)
    time = TimeMention(span=span, tokens=(at, at + 1), sentence=0, kind=kind, value=value, when=when)
    return msgspec.structs.replace(reading, times=(*reading.times, time))


def with_place(reading: Reading, at: int, place: Place) -> Reading:
    mention = PlaceMention(span=reading.parse.tokens[at].span, tokens=(at, at + 1), sentence=0, place=place)
    return msgspec.structs.replace(reading, places=(*reading.places, mention))


def frame(trigger: int, **fields: object) -> Frame:
    base = Frame(
        sentence=0, trigger=trigger, type=EngagementType.MEETING, factuality=Factuality.OCCURRED, first=(), rule="verb:meet"
    )
    return msgspec.structs.replace(base, **fields)


def when(reading: Reading, trigger: int = 1, **fields: object) -> When | None:
    return when_of(reading, Tree(reading.parse), frame(trigger, **fields))


LIMA = Place(name="Lima", country="PER", kind=PlaceKind.CITY)


def where(reading: Reading, trigger: int = 1, **fields: object) -> Place | None:
    return place_of(reading, Tree(reading.parse), frame(trigger, **fields))


def test_time_on_the_verb(reading: Build) -> None:
    r = with_time(reading(f"{MET} on/on/ADP/prep/1 Monday/Monday/PROPN/pobj/3"), 4)
    assert when(r) is not None


def test_durations_and_the_present_are_no_days(reading: Build) -> None:
    r = reading(f"{MET} for/for/ADP/prep/1 hours/hour/NOUN/pobj/3")
    assert when(with_time(r, 4, kind="DURATION")) is None
    assert when(with_time(r, 4, value="PRESENT_REF")) is None


def test_the_day_of_the_report_is_not_the_day(reading: Build) -> None:
    r = reading(
        "Oman/Oman/PROPN/nsubj/1 met/meet/VERB/ccomp/5 Iran/Iran/PROPN/dobj/1 ,/,/PUNCT/punct/5 officials/official/NOUN/nsubj/5 "
        "said/say/VERB/ROOT/5 on/on/ADP/prep/5 Monday/Monday/PROPN/pobj/6"
    )
    assert when(with_time(r, 7)) is None


def test_the_day_on_another_contact_stays_there(reading: Build) -> None:
    r = with_time(reading(f"{MET} on/on/ADP/prep/1 Monday/Monday/PROPN/pobj/3"), 4)
    assert when_of(r, Tree(r.parse), frame(0), triggers={1}) is None


def test_since_bounds_but_does_not_date(reading: Build) -> None:
    r = with_time(reading(f"{MET} since/since/ADP/prep/1 Monday/Monday/PROPN/pobj/3"), 4)
    assert when(r) is None


def test_the_day_behind_the_agreement_is_the_signing_s(reading: Build) -> None:
    r = reading(
        "They/they/PRON/nsubj/1 agreed/agree/VERB/ROOT/1 on/on/ADP/prep/1 ceasefire/ceasefire/NOUN/pobj/2 on/on/ADP/prep/3 "
        "Monday/Monday/PROPN/pobj/4"
    )
    assert when(with_time(r, 5), type=EngagementType.AGREEMENT_SIGNING) is not None


def test_the_day_behind_a_topic_is_the_topic_s(reading: Build) -> None:
    r = reading(
        "They/they/PRON/nsubj/1 discussed/discuss/VERB/ROOT/1 elections/election/NOUN/dobj/1 on/on/ADP/prep/2 "
        "Monday/Monday/PROPN/pobj/3"
    )
    assert when(with_time(r, 4)) is None


def test_the_day_behind_the_sidelines(reading: Build) -> None:
    r = reading(f"{MET} on/on/ADP/prep/1 sidelines/sideline/NOUN/pobj/3 on/on/ADP/prep/4 Monday/Monday/PROPN/pobj/5")
    assert when(with_time(r, 6)) is not None


def test_place_behind_in(reading: Build) -> None:
    assert where(with_place(reading(f"{MET} in/in/ADP/prep/1 Lima/Lima/PROPN/pobj/3"), 4, LIMA)) == LIMA


def test_place_behind_from_is_no_venue(reading: Build) -> None:
    assert where(with_place(reading(f"{MET} from/from/ADP/prep/1 Lima/Lima/PROPN/pobj/3"), 4, LIMA)) is None


def test_theatre_of_a_war_is_no_venue(reading: Build) -> None:
    r = reading(
        "They/they/PRON/nsubj/1 discussed/discuss/VERB/ROOT/1 war/war/NOUN/dobj/1 in/in/ADP/prep/2 Lima/Lima/PROPN/pobj/3"
    )
    assert where(with_place(r, 4, LIMA)) is None


def test_agreement_signed_in_a_town(reading: Build) -> None:
    r = reading(
        "They/they/PRON/nsubj/1 signed/sign/VERB/ROOT/1 treaty/treaty/NOUN/dobj/1 in/in/ADP/prep/2 Lima/Lima/PROPN/pobj/3"
    )
    assert where(with_place(r, 4, LIMA), type=EngagementType.AGREEMENT_SIGNING, rule="verb:sign treaty") == LIMA


def test_country_named_after_the_town_is_the_town_s(reading: Build) -> None:
    ohio = Place(name="Lima", country="USA", kind=PlaceKind.CITY)
    peru = Place(name="Peru", country="PER", kind=PlaceKind.COUNTRY)
    r = reading(f"{MET} in/in/ADP/prep/1 Lima/Lima/PROPN/pobj/3 ,/,/PUNCT/punct/4 Peru/Peru/PROPN/appos/4")
    found = where(with_place(with_place(r, 4, ohio), 6, peru))
    assert found is not None
    assert (found.name, found.country, found.span) == ("Lima", "PER", None)


def test_based(reading: Build) -> None:
    r = reading(
        "Lima/Lima/PROPN/npadvmod/2 -/-/PUNCT/punct/2 based/base/VERB/amod/3 talks/talk/NOUN/nsubj/4 ended/end/VERB/ROOT/4"
    )
    assert where(with_place(r, 0, LIMA), trigger=3) == LIMA


def test_spans_of_nothing_are_no_places(reading: Build) -> None:
    r = reading(MET)
    assert where(r) is None
    assert r.text(Span(0, 4)) == "Oman"
