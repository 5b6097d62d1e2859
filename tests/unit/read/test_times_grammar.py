import pytest

from dragoman.read.time_grammar import Grammar, Rule


@pytest.fixture(scope="module")
def grammar():
    rules = (
        Rule("month day", "MONTH DAY ( ,? YEAR )?", "date"),
        Rule("day range", "MONTH DAY to:( DASH | to ) DAY2", "range"),
        Rule("either", "( WEEKDAY | on WEEKDAY )", "weekday"),
    )
    return Grammar(rules, {"DAY": "( DAYNUM | DAYORD )"})


def found(grammar, text, keep=lambda hit: True):
    words = grammar.read(text)
    return [
        (hit.rule, resolve, text[words.spans[hit.start][0] : words.spans[hit.end - 1][1]])
        for hit, resolve in grammar.find(words, keep)
    ]


def test_the_longest_of_overlapping_matches_wins(grammar):
    assert found(grammar, "It ran from May 3 to 5 here.") == [("day range", "range", "May 3 to 5")]
    assert found(grammar, "On May 3, 2024 it ran.") == [("month day", "date", "May 3, 2024")]


def test_captures_are_word_ranges(grammar):
    ((hit, _),) = grammar.find(grammar.read("Sept. 3rd–5"), lambda hit: True)
    assert (hit.one("month"), hit.get("day"), hit.one("to"), hit.get("day2")) == ("sept.", ("3rd",), "–", ("5",))
    assert "year" not in hit
    assert hit.get("year") == ()


def test_a_category_may_stand_in_several_branches(grammar):
    ((hit, _),) = grammar.find(grammar.read("on Friday"), lambda hit: True)
    assert hit.one("weekday") == "friday"


def test_a_refused_match_leaves_its_words_free(grammar):
    assert found(grammar, "May 3 to 5", keep=lambda hit: hit.rule != "day range") == [("month day", "date", "May 3")]


def test_names_need_their_capital(grammar):
    assert found(grammar, "they may 5 times, on friday") == []
    assert found(grammar, "MAY 5") == [("month day", "date", "MAY 5")]


def test_nothing_matches_over_an_empty_line(grammar):
    assert found(grammar, "in May\n\n3 died") == []
    assert found(grammar, "in May\n3 died") == [("month day", "date", "May\n3")]


def test_a_category_without_words_is_refused():
    with pytest.raises(KeyError, match="NOPE"):
        Grammar((Rule("bad", "NOPE", None),), {})
