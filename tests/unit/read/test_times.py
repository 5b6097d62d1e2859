import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import Precision, Setting
from dragoman.read.reading import Sentence
from dragoman.read.time_calendar import Unit, period_of
from dragoman.read.time_resolve import counted_from, duration, number_of, ordinal_of
from dragoman.read.times import read_times, read_timexes

WEDNESDAY = date(2024, 5, 15)


def plain(text, tags=None):
    """One sentence of plain words; `tags` gives the Penn tag of some."""
    tags = tags or {}
    words = [(m.start(), m.end(), m[0]) for m in re.finditer(r"\w+|[^\w\s]", text)]
    tokens = tuple(Token(i, a, b, word, word.lower(), "", tags.get(word, ""), "", i) for i, (a, b, word) in enumerate(words))
    sentence = Sentence(index=0, span=Span(0, len(text)), tokens=(0, len(tokens)), setting=Setting.BODY)
    return Parse("plain", tokens, ((0, len(tokens)),)), (sentence,)


def read(text, anchor=WEDNESDAY, tags=None):
    return read_times(text, *plain(text, tags), anchor, "published" if anchor else None)


def test_a_mention_points_at_its_words():
    text = "The two ministers met on May 3, 2023 in Doha."
    (mention,) = read(text)
    assert mention.span.of(text) == "May 3, 2023"
    assert mention.when.span == mention.span
    assert mention.when.expression == "May 3, 2023"
    assert mention.tokens == (5, 9)
    assert mention.sentence == 0
    assert mention.when.anchor == "text"


def test_relative_expressions_name_their_anchor():
    (mention,) = read("They met yesterday.")
    assert (mention.when.start, mention.when.anchor) == (date(2024, 5, 14), "published")


def test_without_anchor_nothing_relative_is_resolved():
    for words in ("yesterday", "last week", "on May 3", "in the past two weeks", "at noon", "two days ago", "next year"):
        text = f"They met {words}."
        (mention,) = read(text, anchor=None)
        assert not mention.when.resolved, text
        assert mention.when.anchor is None
        assert mention.when.precision is None


def test_an_anchor_name_without_an_anchor_is_not_claimed():
    parse, sentences = plain("They met on Tuesday.")
    (mention,) = read_times("They met on Tuesday.", parse, sentences, None, "published")
    assert mention.when.anchor is None


def test_text_outside_the_sentences_is_left_out():
    text = "Menu May 3. They met on May 4."
    parse, _ = plain(text)
    body = Sentence(index=3, span=Span(12, len(text)), tokens=(4, len(parse.tokens)), setting=Setting.BODY)
    (mention,) = read_times(text, parse, (body,), WEDNESDAY, "published")
    assert (mention.span.of(text), mention.sentence) == ("May 4", 3)


def test_a_date_behind_all_that_was_parsed_is_left_out():
    text = "Lunch on May 4."
    parse, sentences = plain(text)
    (mention,) = read_times(f"{text}\n\nPosted on 3 May", parse, sentences, WEDNESDAY, "published")
    assert mention.span.of(text) == "May 4"


def test_the_date_of_a_dateline_is_left_out():
    text = "CAIRO, May 3 (Reuters) - Envoys met on May 2."
    assert [mention.span.of(text) for mention in read(text)] == ["May 2"]
    titled = f"Envoys meet\n\n{text}"
    assert [mention.span.of(titled) for mention in read(titled)] == ["May 2"]


def test_timexes_keep_both_ends_of_a_range():
    text = "They will go July 24-August 1."
    parse, sentences = plain(text)
    found = read_timexes(text, parse, sentences, WEDNESDAY, "published")
    assert [(m.span.of(text), m.value) for m in found] == [("July 24", "2024-07-24"), ("August 1", "2024-08-01")]


@pytest.mark.parametrize(
    ("text", "tags", "day"),
    [
        ("The office on Friday issued a note.", {"issued": "VBD"}, date(2024, 5, 10)),
        ("The pact is to be signed on Friday.", {"signed": "VBN"}, date(2024, 5, 17)),
        ("The talks were put off until Friday.", {"put": "VBN"}, date(2024, 5, 17)),
        ("She would be travelling Friday, he said.", {"travelling": "VBG"}, date(2024, 5, 17)),
        ("Envoys could arrive as early as Friday.", {}, date(2024, 5, 17)),
        ("The pact was signed on Friday.", {"signed": "VBN"}, date(2024, 5, 10)),
    ],
)
def test_the_verb_tells_which_weekday(text, tags, day):
    (mention,) = read(text, tags=tags)
    assert day in (mention.when.start, mention.when.end)


def test_years_before_plural_nouns():
    assert read("They sent 2000 trucks.", tags={"trucks": "NNS"}) == ()
    assert [m.value for m in read("The 2021 elections failed.", tags={"elections": "NNS"})] == ["2021"]


def test_part_of_a_month_at_the_end_of_the_calendar():
    assert [m.value for m in read("Until 31 December 2199 it holds.")] == ["2199-12-31"]
    (mention,) = read("They will meet next year.", anchor=date(9999, 12, 31))
    assert not mention.when.resolved


def test_hostile_texts_are_read():
    for text in (
        "",
        "\n\n\n",
        "May " * 500,
        "1/2/3/4/5 " * 200,
        "'80s" * 200,
        "first " * 500,
        "\u2028\ud800 on May 3",
        "٣ May",
        "9" * 5000 + " years",
        "9" * 5000 + "th of May",
        "²/³ years",
    ):
        read(text)


VOCABULARY = (
    "May 3 31 12 2024 the first of last next Friday week month year quarter and a half ago later - – , to until by ' ’s s 1980s "
    "early late mid end 10:30 p.m. GMT noon morning summer century decade two hundred 1/2 1,500 every since after 9999 0 00"
)


@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=14), st.dates() | st.none())
def test_any_order_of_words_is_read(words, anchor):
    text = " ".join(words)
    for mention in read(text, anchor=anchor):
        start, end = mention.when.start, mention.when.end
        assert start is None or end is None or start <= end
        assert mention.span.of(text)


def test_same_input_same_output():
    text = "They met on Tuesday, spoke last week and will meet by May 28 in Oslo."
    assert read(text) == read(text)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("three", 3),
        ("thirty - five", 35),
        ("a hundred", 100),
        ("two hundred", 200),
        ("1,500", 1500),
        ("2 1/2", 2.5),
        ("1.5", 1.5),
        ("a couple of", 2),
        ("half an", 0.5),
        ("an", 1),
        ("several", None),
        ("1/0", None),
    ],
)
def test_numbers(words, number):
    assert number_of(tuple(words.split())) == number


def test_ordinals():
    assert [ordinal_of(word) for word in ("third", "3rd", "21st", "7", "last")] == [3, 3, 21, 7, None]


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (3, Unit.DAY, "P3D"),
        (72, Unit.HOUR, "PT72H"),
        (2.5, Unit.YEAR, "P2Y6M"),
        (0.5, Unit.HOUR, "PT30M"),
        (2, Unit.DECADE, "P20Y"),
        (1, Unit.WEEKEND, "P2D"),
        (None, Unit.WEEK, "PXW"),
        (None, Unit.MINUTE, "PTXM"),
    ],
)
def test_durations(count, unit, value):
    assert duration(count, unit) == value


def test_distances_from_a_period():
    day, month = period_of(Unit.DAY, WEDNESDAY), period_of(Unit.MONTH, WEDNESDAY)
    assert counted_from("P3D", day, 1).name == "2024-05-18"
    assert counted_from("P2W", day, -1).name == "2024-05-01"
    assert counted_from("P2M", month, 1).name == "2024-07"
    assert counted_from("P3D", month, 1) is None
    assert counted_from("PXD", day, 1) is None
    assert counted_from("P3D", None, 1) is None


def test_precision_of_parts():
    (mention,) = read("They met in late April.")
    assert mention.when.precision is Precision.PART_OF_MONTH
