import pytest

from dragoman.core.actors import Actor
from dragoman.core.parse import Entity, Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, PlaceKind, Setting
from dragoman.knowledge.entries import ActorEntry, NameForm, NameMatch
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.place_sites import Site, fold_place
from dragoman.read.place_choice import Spot, choose_places
from dragoman.read.places import PlaceReader
from dragoman.read.reading import Mention, MentionKind, Sentence

COUNTRY, ADMIN, CITY, FEATURE = PlaceKind.COUNTRY, PlaceKind.ADMIN, PlaceKind.CITY, PlaceKind.FEATURE


def site(key, kind, country, latitude, longitude, prior, *, admin=None, level=0, population=0, name=None):
    return Site(
        key=key,
        name=name or key,
        kind=kind,
        country=country,
        latitude=latitude,
        longitude=longitude,
        prior=prior,
        admin=admin,
        level=level,
        population=population,
    )


SITES = {
    "arland": (site("A", COUNTRY, "ARL", 10, 10, 8.8),),
    "borland": (site("B", COUNTRY, "BRL", 50, 50, 8.8),),
    "corland": (site("C", COUNTRY, "CRL", 0, -50, 8.8), site("C-in-B", ADMIN, "BRL", 52, 52, 6.0, admin=4, level=1)),
    "north": (site("A1", ADMIN, "ARL", 11, 10, 6.0, admin=1, level=1), site("village", CITY, "BRL", 51, 51, 3.0, admin=3)),
    "south": (site("A2", ADMIN, "ARL", 9, 10, 6.0, admin=2, level=1),),
    "so": (site("A2", ADMIN, "ARL", 9, 10, 6.0, admin=2, level=1),),
    "selm": (
        site("selm-b", CITY, "BRL", 50.5, 50.5, 5.5, admin=3),
        site("selm-a1", CITY, "ARL", 11.2, 10.2, 4.5, admin=1),
        site("selm-a2", CITY, "ARL", 9.2, 10.2, 4.0, admin=2),
    ),
    "twin": (site("twin-1", CITY, "ARL", 11.0, 10.0, 4.2, admin=1), site("twin-2", CITY, "BRL", 50, 50, 4.1, admin=3)),
    "twain": (site("twain-1", CITY, "ARL", 11.0, 10.0, 4.2, admin=1), site("twain-2", CITY, "ARL", 9, 10, 4.1, admin=2)),
    "port": (site("port", CITY, "ARL", 9.3, 10.3, 4.9, admin=2),),
    "ilm": (
        site("Ilm", ADMIN, "ARL", 12.1, 12.1, 6.2, admin=5, level=1),
        site("ilm-town", CITY, "ARL", 12.0, 12.0, 5.0, admin=5, population=100_000),
    ),
    "ilm province": (site("Ilm", ADMIN, "ARL", 12.1, 12.1, 6.2, admin=5, level=1),),
    "walk county": (site("walk", ADMIN, "ARL", 11.1, 10.1, 3.0, admin=1, level=2),),
    "walk": (site("walk-b", CITY, "BRL", 50, 51, 3.9, admin=3),),
    "long sea": (site("sea", FEATURE, None, 0, 0, 8.4),),
    "geneva": (site("geneva", CITY, "CHE", 46.2, 6.1, 5.3, admin=9),),
    "georgia": (site("GEO", COUNTRY, "GEO", 42, 43.5, 8.8), site("US-GA", ADMIN, "USA", 32.8, -83.5, 6.5, admin=8, level=1)),
    "atlanta": (site("atlanta", CITY, "USA", 33.7, -84.4, 5.7, admin=8),),
    "macon": (site("macon", CITY, "USA", 32.8, -83.6, 5.2, admin=8),),
}


class Names:
    def __init__(self):
        self.phrases = {"long": (("long", "sea"),), "ain": (("ain", "al", "hil"),)}

    def candidates(self, name):
        return SITES.get(fold_place(name), ())

    def is_town(self, name):
        return name == "Selm"

    def settled(self, site, on):
        return site

    def territory(self, code, on):
        return code, ()

    def called(self, site, wording):
        return wording


def choose(marked, countries=None):
    """Choices for the bracketed names of a text, by key."""
    spots, text = [], ""
    for part in marked.replace("]", "[").split("["):
        spots += (
            [Spot(part, len(text), len(text) + len(part))] if marked[marked.index(part) - 1 : marked.index(part)] == "[" else []
        )
        text += part
    return choose_places(spots, text, Names(), countries)


def meant(marked, countries=None):
    return [choice.site.key if choice.site else None for choice in choose(marked, countries)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in [Selm].", ["selm-b"]),
        ("They met in [Selm], Arland.", ["selm-a1"]),
        ("They met in [Selm], South.", ["selm-a2"]),
        ("They met in [Selm] (South).", ["selm-a2"]),
        ("They met in [Selm], So., on Friday.", ["selm-a2"]),
        ("They met in [Selm], a town in the South.", ["selm-a2"]),
        ("They met in [Selm] in [Arland].", ["selm-a1", "A"]),
        ("They left [Port] for [Selm].", ["port", "selm-a2"]),
        ("Votes in [North], [South] and [Port].", ["A1", "A2", "port"]),
        ("Envoys of [Corland], Borland and others.", ["C"]),
        ("A strike in [Ilm].", ["ilm-town"]),
        ("A strike in [Ilm] province.", ["Ilm"]),
        ("A strike in [Walk] County.", ["walk"]),
        ("A strike in [Walk] and [Port] counties.", ["walk", "port"]),
        ("A strike in [Nowhere].", [None]),
        ("They spoke in [Georgia].", ["GEO"]),
        ("They spoke in [Georgia], [Atlanta] and [Macon].", ["US-GA", "atlanta", "macon"]),
    ],
)
def test_the_sense_that_fits(text, expected):
    assert meant(text) == expected


def test_a_name_explained_once_is_meant_so_throughout():
    assert meant("[Selm], South, burned. People of [Port] helped [Selm ].".replace("Selm ", "Selm"))[0] == "selm-a2"
    text = "Selm, South, burned. Later Selm paid."
    choices = choose_places([Spot("Selm", 0, 4), Spot("Selm", 27, 31)], text, Names())
    assert [choice.site.key for choice in choices] == ["selm-a2", "selm-a2"]


def test_two_namesakes_are_told_apart_where_both_are_explained():
    text = "Selm, South, and Selm, North, were hit."
    choices = choose_places([Spot("Selm", 0, 4), Spot("Selm", 17, 21)], text, Names())
    assert [choice.site.key for choice in choices] == ["selm-a2", "selm-a1"]


def test_countries_named_in_other_words_count():
    assert meant("They met in [Selm].", {"ARL": 3}) == ["selm-a1"]


def test_a_choice_is_clear_only_with_a_lead():
    (twin,) = choose("They met in [Twin].")
    assert not twin.clear
    assert twin.senses == 2
    assert [rival.key for rival in twin.rivals] == ["twin-2"]
    (port,) = choose("They met in [Port].")
    assert port.clear
    assert port.reason == "the only place of its name"


def test_each_choice_has_a_reason():
    reasons = {choice.reason for text in ("[Selm], South.", "[Selm] in [Arland].", "[Nowhere]") for choice in choose(text)}
    assert "in what the text names after it" in reasons
    assert "not in the gazetteer" in reasons


def parse_of(*sentences, entities=()):
    """Plain tokens of sentences given as lists of words; `entities` are (first word, length, label)."""
    tokens, bounds, at = [], [], 0
    for words in sentences:
        first = len(tokens)
        for word in words.split():
            tokens.append(Token(len(tokens), at, at + len(word), word, word.lower(), "", "", "", len(tokens)))
            at += len(word) + 1
        bounds.append((first, len(tokens)))
    found = []
    for name, length, label in entities:
        start = next(t.index for t in tokens if t.text == name)
        found.append(Entity(start, start + length, label))
    parse = Parse("plain", tuple(tokens), tuple(bounds), tuple(found))
    layout = tuple(
        Sentence(index=i, span=Span(tokens[a].start, tokens[b - 1].end), tokens=(a, b), setting=Setting.BODY)
        for i, (a, b) in enumerate(bounds)
    )
    return parse, layout


@pytest.fixture(scope="module")
def reader():
    return PlaceReader(load_gazetteer(), Names())


def read(reader, *sentences, entities=(), **options):
    return [m.place for m in reader.read(*parse_of(*sentences, entities=entities), **options)]


def test_entities_are_resolved_where_they_stand(reader):
    parse, sentences = parse_of("They met .", "Then in the Port .", entities=[("the", 2, "GPE")])
    (mention,) = reader.read(parse, sentences)
    assert (mention.sentence, mention.tokens) == (1, (6, 7))
    assert mention.span == mention.place.span
    place = mention.place
    assert (place.name, place.kind, place.country, place.latitude, place.longitude) == ("Port", CITY, "ARL", 9.3, 10.3)


def test_only_place_entities_count(reader):
    assert read(reader, "They met Port .", entities=[("Port", 1, "ORG")]) == []


def test_without_a_clear_reading_there_is_no_point(reader):
    twin, twain, none = read(
        reader, "In Twin or Twain or Nowhere .", entities=[(n, 1, "GPE") for n in ("Twin", "Twain", "Nowhere")]
    )[:3]
    assert (twain.name, twain.country, twain.kind, twain.latitude) == ("Twain", "ARL", CITY, 11.0)  # near the other one
    assert twin.latitude == 11.0
    assert (none.country, none.latitude, none.reason) == (None, None, "not in the gazetteer")
    (twain,) = read(reader, "In Twain .", entities=[("Twain", 1, "GPE")])
    assert (twain.country, twain.latitude) == ("ARL", None)
    assert twain.reason == "2 places of that name, none clearly meant"
    (twin,) = read(reader, "In Twin .", entities=[("Twin", 1, "GPE")])
    assert (twin.country, twin.kind, twin.latitude) == (None, None, None)


def test_states_are_countries_even_without_a_point(reader):
    (place,) = read(reader, "Envoys left Norway today .")
    assert (place.name, place.country, place.kind, place.latitude, place.reason) == (
        "Norway",
        "NOR",
        COUNTRY,
        None,
        "name of a state",
    )


def test_a_state_may_be_a_province_elsewhere(reader):
    places = read(reader, "Georgia and Atlanta and Macon voted .", entities=[("Atlanta", 1, "GPE"), ("Macon", 1, "GPE")])
    assert (places[0].kind, places[0].country) == (ADMIN, "USA")


def test_seats_keep_their_state(reader):
    (place,) = read(reader, "He left the Kremlin early .")
    assert (place.kind, place.country, place.latitude) == (PlaceKind.VENUE, "RUS", None)


def test_our_own_features_are_found_without_the_parser(reader):
    (place,) = read(reader, "A ship crossed the Long Sea .")
    assert (place.name, place.kind, place.country, place.latitude) == ("Long Sea", FEATURE, None, 0)
    assert read(reader, "A long sea voyage .") == []
    assert read(reader, "The Long Sea Treaty lapsed .") == []
    assert read(reader, "The Long Sea Treaty lapsed .", entities=[("Long", 2, "LOC")]) == []
    assert read(reader, "Sailors of the Long") == []


def test_a_feature_with_small_words_is_found(reader):
    (place,) = read(reader, "Shots in Ain al - Hil today .")
    assert place.name == "Ain al - Hil"


def test_places_are_not_looked_for_in_persons(reader):
    person = Mention(span=Span(5, 14), tokens=(1, 3), head=2, sentence=0, kind=MentionKind.PERSON, person="Ana Port")
    assert read(reader, "When Ana Port spoke .", entities=[("Port", 1, "GPE")], mentions=(person,)) == []


def test_matches_of_an_earlier_scan_are_used(reader):
    parse, sentences = parse_of("Norway met Selm .")
    arland = ActorEntry(actor=Actor("Arland", "ARL", ActorKind.STATE), names=("Arland",))
    (mention,) = reader.read(parse, sentences, matches=(NameMatch(2, 3, NameForm.NAME, (arland,)),))
    assert (mention.place.name, mention.place.country) == ("Selm", "ARL")
    assert reader.read(parse, sentences, matches=()) == ()


def test_peoples_tell_the_country(reader):
    entities = [("Geneva", 1, "GPE")]
    (place,) = read(reader, "Swiss guards stood in Geneva .", entities=entities)
    assert place.country == "CHE"


def test_agreements_named_after_capitals_are_no_places(reader):
    assert read(reader, "The Minsk agreements lapsed .") == []
    assert [p.name for p in read(reader, "The Minsk round lapsed .")] == ["Minsk"]


def test_towns_are_asked_from_the_names(reader):
    assert reader.is_town("Selm")
    assert not reader.is_town("Port")
