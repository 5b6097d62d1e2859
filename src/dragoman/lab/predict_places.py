"""Predictions for the place bench: one row per document, in the bench's own shape."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dragoman.core.actors import Place
from dragoman.core.ports import Parser
from dragoman.core.text import Span
from dragoman.core.vocab import PlaceKind, Setting
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.place_sites import Site
from dragoman.knowledge.places import PlaceNames
from dragoman.read.place_choice import Spot, choose_places
from dragoman.read.places import PlaceReader
from dragoman.read.reading import Sentence

_LARGE = 5.5
_STREETS = frozenset({"street", "st", "avenue", "ave", "road", "boulevard", "square", "drive", "lane", "bridge", "way"})
_WORD = re.compile(r"\w+(?:[.'’&-]\w+)*\.?|[^\w\s]")


class GivenToponym(msgspec.Struct, frozen=True):
    """A toponym's span and words as a bench row gives them; its solution is not read."""

    start: int
    end: int
    phrase: str


class PlacesRow(msgspec.Struct, frozen=True):
    """One bench document."""

    id: str
    text: str
    toponyms: tuple[GivenToponym, ...] = ()


class PlacedToponym(msgspec.Struct, frozen=True, omit_defaults=True):
    """One toponym with the place that it was resolved to; no coordinates where no gazetteer knows it."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    country: str | None = None
    """The country's English name, as the bench has it; ISO 3166 alpha-3 in what `find_places` finds."""
    reason: str | None = None


class PlacesPrediction(msgspec.Struct, frozen=True):
    """The toponyms of one document."""

    id: str
    toponyms: tuple[PlacedToponym, ...]


def predict_places(rows: Iterable[PlacesRow], places: PlaceNames, gazetteer: Gazetteer) -> Iterator[PlacesPrediction]:
    """Resolve the given toponyms of bench documents, in order: the likeliest sense of each, however close the next one is."""
    for row in rows:
        yield PlacesPrediction(row.id, tuple(_resolved(row, places, gazetteer)))


def find_places(rows: Iterable[PlacesRow], parser: Parser, reader: PlaceReader) -> Iterator[PlacesPrediction]:
    """Find and resolve the places of bench documents as the product does, without given spans: unclear ones have no point."""
    kept = tuple(rows)
    for row, parse in zip(kept, parser.parse(row.text for row in kept), strict=True):
        sentences = tuple(
            Sentence(
                index=index,
                span=Span(parse.tokens[first].start, parse.tokens[last - 1].end),
                tokens=(first, last),
                setting=Setting.BODY,
            )
            for index, (first, last) in enumerate(parse.sentences)
        )
        found = (mention.place for mention in reader.read(parse, sentences))
        yield PlacesPrediction(row.id, tuple(_read(place) for place in found if place.span))


def _read(place: Place) -> PlacedToponym:
    span = place.span or Span(0, 0)
    return PlacedToponym(
        span.start,
        span.end,
        lat=place.latitude,
        lon=place.longitude,
        geonameid=place.geonames,
        country=place.country,
        reason=place.reason,
    )


def _resolved(row: PlacesRow, places: PlaceNames, gazetteer: Gazetteer) -> Iterator[PlacedToponym]:
    peoples = {t: site for t in row.toponyms if (site := _people(t, places))}
    named = [t for t in row.toponyms if t not in peoples]
    context = _countries_named(row, gazetteer)
    choices = choose_places([Spot(t.phrase, t.start, t.end) for t in named], row.text, places, context)
    solved: dict[GivenToponym, tuple[Site | None, str]] = {
        t: (site, "adjective or people of a country") for t, site in peoples.items()
    }
    solved |= {t: (choice.site, choice.reason) for t, choice in zip(named, choices, strict=True)}
    for toponym in row.toponyms:
        site, reason = solved[toponym]
        if site is None:
            site, reason = _guessed(toponym, solved, places)
        yield _placed(toponym, site, reason, gazetteer)


def _guessed(
    toponym: GivenToponym, solved: Mapping[GivenToponym, tuple[Site | None, str]], places: PlaceNames
) -> tuple[Site | None, str]:
    """For a street, venue or village that no gazetteer knows: the town in its name, else the one named nearest to it.

    Such a guess is for benches that want an answer to everything; the reader leaves the place open.
    """
    inner = _named_inside(toponym.phrase, {t.phrase: site for t, (site, _) in solved.items() if site}, places)
    if inner:
        return inner, f"not in the gazetteer; taken for a place in {inner.name}, after its name"
    named = [(t, site) for t, (site, _) in solved.items() if site]
    towns = [(t, site) for t, site in named if site.kind is PlaceKind.CITY] or named
    if not towns:
        return None, "not in the gazetteer"
    often = Counter(site.key for _, site in towns)
    site = min(towns, key=lambda near: abs(near[0].start - toponym.start) / often[near[1].key])[1]
    return site, f"not in the gazetteer; taken for a place near {site.name}, which the text names nearest to it"


def _named_inside(phrase: str, meant: Mapping[str, Site], places: PlaceNames) -> Site | None:
    """The town or country in the name of a venue: Manila Cathedral. Streets are named after places elsewhere."""
    words = phrase.split()
    if words[-1].casefold() in _STREETS:
        return None
    spans = [" ".join(words[start:end]) for start in range(len(words)) for end in range(len(words), start, -1)]
    known = next((meant[name] for name in spans if name in meant), None)
    return known or next((site for name in spans if (site := _large(name, places))), None)


def _large(name: str, places: PlaceNames) -> Site | None:
    first = next(iter(places.candidates(name)), None) if name[0].isupper() else None
    return first if first and first.prior >= _LARGE else None


def _people(toponym: GivenToponym, places: PlaceNames) -> Site | None:
    return places.of_people(toponym.phrase)


def _countries_named(row: PlacesRow, gazetteer: Gazetteer) -> Counter[str]:
    """Countries that the text names outside the given toponyms."""
    words = list(_WORD.finditer(row.text))
    taken = [(t.start, t.end) for t in row.toponyms]
    found: Counter[str] = Counter()
    for match in gazetteer.scan([word[0] for word in words]):
        start, end = words[match.start].start(), words[match.end - 1].end()
        code = match.actors[0].actor.code if match.actors else None
        if code and not any(start < e and s < end for s, e in taken):
            found[code] += 1
    return found


def _placed(toponym: GivenToponym, site: Site | None, reason: str, gazetteer: Gazetteer) -> PlacedToponym:
    if site is None:
        return PlacedToponym(toponym.start, toponym.end, reason=reason)
    entry = gazetteer.actor(site.country) if site.country else None
    return PlacedToponym(
        toponym.start,
        toponym.end,
        lat=site.latitude,
        lon=site.longitude,
        geonameid=site.geonames,
        country=entry.actor.name if entry else None,
        reason=reason,
    )


def check_spans(rows: Sequence[PlacesRow]) -> tuple[str, ...]:
    """Ids of rows whose spans do not hold their phrases."""
    return tuple(row.id for row in rows if any(row.text[t.start : t.end] != t.phrase for t in row.toponyms))
