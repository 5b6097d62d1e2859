"""Words looked for: how they are read, and where they stand."""

import pytest

from dragoman.core.searching import Term, fits_words, occurrences, portions, read_words


def test_quotes_minus_and_star_are_read_and_all_else_is_passed_over() -> None:
    sought = read_words('Erdoğan "prisoner  exchange" -Doha negotiat* & ( : "')
    assert sought.terms == (Term(("erdogan",)), Term(("prisoner", "exchange")), Term(("negotiat",), prefix=True))
    assert sought.without == (Term(("doha",)),)


def test_a_word_typed_twice_counts_once_and_a_hyphen_joins() -> None:
    assert read_words("cease-fire cease-fire").terms == (Term(("cease", "fire")),)
    assert read_words("a" * 100).terms == (Term(("a" * 60,)),)


@pytest.mark.parametrize(
    ("typed", "text", "places"),
    [
        ("erdogan", "Erdoğan’s aide; ERDOGAN.", ["Erdoğan’s", "ERDOGAN"]),
        ('"cease fire"', "A cease-fire, no fire", ["cease-fire"]),
        ("un", "The U.N. said; unto", ["U.N"]),
        ("un*", "The U.N. said; unto", ["U.N", "unto"]),
        ("said", "He left.Said so", ["left.Said"]),
    ],
)
def test_places_are_those_of_whole_words(typed: str, text: str, places: list[str]) -> None:
    assert [span.of(text) for span in occurrences(read_words(typed), text)] == places


def test_long_texts_are_looked_through_a_portion_at_a_time() -> None:
    cut = list(portions("word " * 4001))
    assert [len(portion) for portion in cut] == [4000, 1]
    assert list(portions(" … ")) == []
    assert fits_words(read_words("word -end"), cut[0])
