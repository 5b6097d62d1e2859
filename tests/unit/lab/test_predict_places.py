import re

import pytest

from dragoman.core.parse import Entity, Parse, Token
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.places import load_places
from dragoman.lab.predict_places import GivenToponym, PlacesRow, check_spans, find_places, predict_places
from dragoman.read.places import PlaceReader


def row(text, *phrases):
    given, at = [], 0
    for phrase in phrases:
        at = text.index(phrase, at)
        given.append(GivenToponym(at, at + len(phrase), phrase))
        at += len(phrase)
    return PlacesRow("one", text, tuple(given))


def predict(text, *phrases):
    (prediction,) = predict_places([row(text, *phrases)], load_places(), load_gazetteer())
    assert [(t.start, t.end) for t in prediction.toponyms] == [(t.start, t.end) for t in row(text, *phrases).toponyms]
    return prediction.toponyms


def test_given_spans_are_resolved_in_order():
    tyre, lebanon = predict("A boat left Tyre, Lebanon, at dawn.", "Tyre", "Lebanon")
    assert (round(tyre.lat), round(tyre.lon), tyre.country) == (33, 35, "Lebanon")
    assert (lebanon.geonameid, lebanon.country) == (272103, "Lebanon")


def test_adjectives_stand_for_their_country():
    (turkish,) = predict("The Turkish side agreed.", "Turkish")
    assert (turkish.country, turkish.reason) == ("Turkey", "adjective or people of a country")


def test_the_text_around_the_spans_counts():
    (tripoli,) = predict("Lebanese troops entered the port. Lebanon and Beirut rejoiced; in Tripoli shops opened.", "Tripoli")
    assert tripoli.country == "Lebanon"


@pytest.mark.parametrize(
    ("text", "phrase", "reason"),
    [
        ("The Oslo Grand Dome closed.", "Oslo Grand Dome", "after its name"),
        ("In Oslo the Vrelm Arcade closed.", "Vrelm Arcade", None),
        ("In Oslo the Berlin Street closed.", "Berlin Street", None),
    ],
)
def test_unknown_venues_are_guessed_with_a_reason(text, phrase, reason):
    phrases = (phrase,) if reason else ("Oslo", phrase)
    guess = predict(text, *phrases)[-1]
    assert guess.country == "Norway"
    assert (reason or "which the text names nearest to it") in guess.reason


def test_with_nothing_near_an_unknown_place_stays_open():
    (nowhere,) = predict("In Vrelm the arcade closed.", "Vrelm")
    assert (nowhere.lat, nowhere.country, nowhere.reason) == (None, None, "not in the gazetteer")


class Capitals:
    """A parser that takes each capitalised word but the first for a place."""

    name = "capitals"

    def parse(self, texts):
        for text in texts:
            words = list(re.finditer(r"\w+|[^\w\s]", text))
            tokens = tuple(Token(i, m.start(), m.end(), m[0], m[0].lower(), "", "", "", i) for i, m in enumerate(words))
            entities = tuple(Entity(t.index, t.index + 1, "GPE") for t in tokens[1:] if t.text[0].isupper())
            yield Parse(self.name, tokens, ((0, len(tokens)),), entities)


def test_places_are_found_without_given_spans():
    reader = PlaceReader(load_gazetteer(), load_places())
    (prediction,) = find_places([PlacesRow("one", "Envoys left Oslo for Vrelm.")], Capitals(), reader)
    oslo, vrelm = prediction.toponyms
    assert (oslo.start, oslo.end, oslo.country, oslo.geonameid) == (12, 16, "NOR", 3143244)
    assert (vrelm.start, vrelm.lat, vrelm.reason) == (21, None, "not in the gazetteer")


def test_wrong_spans_are_told():
    right, wrong = row("In Oslo.", "Oslo"), PlacesRow("two", "In Oslo.", (GivenToponym(2, 6, "Oslo"),))
    assert check_spans([right, wrong]) == ("two",)
