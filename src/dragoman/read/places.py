"""Place names of a document, resolved to kind, country, coordinates and GeoNames id where one reading is clearly best."""

from collections.abc import Sequence

from dragoman.core.actors import Place
from dragoman.core.parse import Parse
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, PlaceKind
from dragoman.knowledge.gazetteer import Gazetteer, NameForm, NameMatch
from dragoman.knowledge.places import PlaceNames
from dragoman.read.reading import Mention, PlaceMention, Sentence

_PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_FORMS = frozenset({NameForm.NAME, NameForm.CAPITAL, NameForm.SEAT})


class PlaceReader:
    """Finds places with the actors' gazetteer (countries, capitals, seats) and a gazetteer of cities."""

    def __init__(self, gazetteer: Gazetteer, names: PlaceNames) -> None:
        self._gazetteer = gazetteer
        self._names = names

    def is_town(self, name: str) -> bool:
        """Whether a bare name is first of all a town's."""
        return self._names.is_town(name)

    def read(self, parse: Parse, sentences: Sequence[Sentence], mentions: Sequence[Mention] = ()) -> tuple[PlaceMention, ...]:
        """All places in text order, none inside a person's name; a name with several equally likely places keeps its name and says why it has no point."""
        found: dict[tuple[int, int], Place] = {}
        for start, end in parse.sentences:
            for match in self._gazetteer.scan([t.text for t in parse.tokens[start:end]]):
                place = self._known(match, parse, match.start + start, match.end + start)
                if place:
                    found[match.start + start, match.end + start] = place
        taken = {i for start, end in found for i in range(start, end)}
        taken.update(i for m in mentions if m.person is not None for i in range(*m.tokens))
        countries = {place.country for place in found.values() if place.country}
        for entity in parse.entities:
            if entity.label in _PLACE_ENTITIES and taken.isdisjoint(range(entity.start, entity.end)):
                start, end = _trimmed(parse, entity.start, entity.end)
                if start < end:
                    found[start, end] = self._names.resolve(_span(parse, start, end), _text(parse, start, end), countries)
        by_start = sorted(found.items())
        return tuple(
            PlaceMention(span=_span(parse, start, end), tokens=(start, end), sentence=sentence.index, place=place)
            for sentence in sentences
            for (start, end), place in by_start
            if sentence.tokens[0] <= start < sentence.tokens[1]
        )

    def _known(self, match: NameMatch, parse: Parse, start: int, end: int) -> Place | None:
        if match.form not in _FORMS or not match.actors:
            return None
        actor = match.actors[0].actor
        span, text = _span(parse, start, end), _text(parse, start, end)
        if match.form is NameForm.CAPITAL:
            return self._names.resolve(span, text, {actor.code} if actor.code else set())
        if actor.kind is not ActorKind.STATE:
            return None
        if match.form is NameForm.SEAT:
            return Place(name=text, country=actor.code, kind=PlaceKind.VENUE, span=span, reason=f"seat of {actor.name}")
        return Place(name=text, country=actor.code, kind=PlaceKind.COUNTRY, span=span, reason="name of a state")


def _trimmed(parse: Parse, start: int, end: int) -> tuple[int, int]:
    while start < end and parse.tokens[start].text.casefold() in {"the", "a", "an"}:
        start += 1
    while end > start and parse.tokens[end - 1].text in {"'s", "’s", "'", ","}:
        end -= 1
    return start, end


def _span(parse: Parse, start: int, end: int) -> Span:
    return Span(parse.tokens[start].start, parse.tokens[end - 1].end)


def _text(parse: Parse, start: int, end: int) -> str:
    words = "".join(
        t.text + (" " * (n.start - t.end))
        for t, n in zip(parse.tokens[start : end - 1], parse.tokens[start + 1 : end], strict=True)
    )
    return words + parse.tokens[end - 1].text
