"""Where personal names stand, on tokens made by hand."""

import pytest

from dragoman.core.parse import Entity, Token
from dragoman.knowledge.offices import load_offices
from dragoman.read.names import Name, find_names, fold


def names(text: str, *, people: tuple[str, ...] = (), places: tuple[str, ...] = (), common: str = "") -> list[str]:
    """The names found in words; `people` are marked by the parser, words of `common` are no proper nouns."""
    words = text.split()
    tokens, at = [], 0
    for index, word in enumerate(words):
        proper = word[:1].isupper() and word not in common.split()
        tokens.append(
            Token(
                index, at, at + len(word), word, word.lower(), "PROPN" if proper else "NOUN", "NNP" if proper else "NN", "dep", 0
            )
        )
        at += len(word) + 1
    entities = []
    for person in people:
        parts = person.split()
        start = next(i for i in range(len(words)) if words[i : i + len(parts)] == parts)
        entities.append(Entity(start, start + len(parts), "PERSON"))
    found = find_names(tokens, ((0, len(tokens)),), entities, (), load_offices(), is_place=lambda name: name in places)
    return [" ".join(name.words) for name in found]


def test_marked_names() -> None:
    assert names("then Ana Ruiz spoke", people=("Ana Ruiz",)) == ["Ana Ruiz"]


def test_titles_are_cut_off() -> None:
    assert names("then President Ana Ruiz spoke", people=("President Ana Ruiz",)) == ["Ana Ruiz"]


def test_names_grow_over_particles_and_hyphens() -> None:
    assert names("then Omar al Rashid spoke", people=("Omar",)) == ["Omar al Rashid"]


def test_a_capital_behind_a_title_is_a_name() -> None:
    assert names("then Minister Ruiz spoke") == ["Ruiz"]


def test_a_capital_behind_a_common_word_is_none() -> None:
    assert names("then Monday Ruiz spoke") == []


def test_surnames_are_found_again() -> None:
    assert names("Ana Ruiz spoke and Ruiz left", people=("Ana Ruiz",)) == ["Ana Ruiz", "Ruiz"]


def test_surnames_that_stand_first_are_found_too() -> None:
    assert names("first Ruiz left and Ana Ruiz spoke", people=("Ana Ruiz",)) == ["Ruiz", "Ana Ruiz"]


@pytest.mark.parametrize("place", ["Galata Bridge", "Ruiz Square", "Camp David Accords"])
def test_places_and_things_named_after_people_are_no_people(place: str) -> None:
    assert names(f"then {place} closed", people=(place,)) == []


def test_a_known_town_is_no_person() -> None:
    assert names("then Lima spoke", people=("Lima",), places=("Lima",)) == []
    assert names("then Minister Lima spoke", people=("Lima",), places=("Lima",)) == ["Lima"]


def test_days_and_readouts_are_no_people() -> None:
    assert names("then Friday came", people=("Friday",)) == []
    assert names("Readout of it", people=("Readout",)) == []


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Erdoğan", "erdogan"), ("Kılıç", "kilic"), ("Łukasz", "łukasz"), ("Sa'ar", "saar"), ("Đukanović", "đukanovic")],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_spans_are_token_ranges() -> None:
    tokens = (Token(0, 0, 3, "Ana", "ana", "PROPN", "NNP", "dep", 0), Token(1, 4, 8, "Ruiz", "ruiz", "PROPN", "NNP", "dep", 0))
    found = find_names(tokens, ((0, 2),), (Entity(0, 2, "PERSON"),), (), load_offices())
    assert found == (Name(0, 2, ("Ana", "Ruiz")),)
