"""Place names of a document, resolved to kind, country, coordinates and GeoNames id where one reading is clearly best."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dragoman.core.actors import Place
from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, PlaceKind
from dragoman.knowledge.folding import is_link, pieces
from dragoman.knowledge.gazetteer import Gazetteer, NameForm, NameMatch
from dragoman.knowledge.places import PlaceNames
from dragoman.read.place_choice import Choice, Spot, choose_places
from dragoman.read.reading import Mention, PlaceMention, Sentence

_PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
_FORMS = frozenset({NameForm.NAME, NameForm.CAPITAL, NameForm.SEAT})
_PAPERS = frozenset({
    "accord", "accords", "act", "agreement", "agreements", "award", "communique", "convention", "conventions", "declaration",
    "deal", "document", "memorandum", "pact", "post", "prize", "protocol", "rules", "times", "treaty",
})  # fmt: skip
"""What may be named after a place without being there: the Camp David Accords."""

_EVENTS = frozenset({"conference", "summit", "forum", "talks", "meeting", "ministerial", "congress"})
"""What may be named after the town that it is held in."""
_NAMED = _PLACE_ENTITIES | {"EVENT", "ORG"}

_Tokens = tuple[int, int]


class PlaceReader:
    """Finds places with the actors' gazetteer (countries, capitals, seats), the parser's entities and the gazetteer of places."""

    def __init__(self, gazetteer: Gazetteer, names: PlaceNames) -> None:
        self._gazetteer = gazetteer
        self._names = names

    def is_town(self, name: str) -> bool:
        """Whether a bare name is first of all a town's."""
        return self._names.is_town(name)

    def read(
        self,
        parse: Parse,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention] = (),
        matches: Sequence[NameMatch] | None = None,
        *,
        on: date | None = None,
    ) -> tuple[PlaceMention, ...]:
        """All places in text order, none inside a person's name; one without a clear reading keeps its name and a reason.

        `matches` are the actors' names in the whole parse, where somebody has looked for them already; `on` is the document's
        day, which decides whose a disputed place was.
        """
        matches = self._matches(parse) if matches is None else matches
        persons = {i for m in mentions if m.person is not None for i in range(*m.tokens)}
        named = {(m.start, m.end): m for m in matches if _is_territory(m) and not _is_paper(parse, m)}
        named = {span: m for span, m in named.items() if persons.isdisjoint(range(*span)) or m.form is not NameForm.CAPITAL}
        others = {i for m in matches if (m.start, m.end) not in named for i in range(m.start, m.end)}
        spans = self._spans(parse, named, persons, others)
        choices = choose_places([_spot(parse, span) for span in spans], _text(parse), self._names, _peoples(matches))
        found = [
            (span, self._place(parse, span, named.get(span), choice, on)) for span, choice in zip(spans, choices, strict=True)
        ]
        return tuple(
            PlaceMention(span=_span(parse, span), tokens=span, sentence=sentence.index, place=place)
            for sentence in sentences
            for span, place in found
            if place is not None and sentence.tokens[0] <= span[0] < sentence.tokens[1]
        )

    def resolve(self, spots: Sequence[Spot], text: str, *, on: date | None = None) -> tuple[Place, ...]:
        """What names that somebody else found mean; one without a clear reading keeps its name and a reason."""
        choices = choose_places(spots, text, self._names)
        return tuple(
            self._resolved(spot.name, Span(spot.start, spot.end), choice, on) for spot, choice in zip(spots, choices, strict=True)
        )

    def _matches(self, parse: Parse) -> tuple[NameMatch, ...]:
        return tuple(
            NameMatch(match.start + start, match.end + start, match.form, match.actors, match.persons)
            for start, end in parse.sentences
            for match in self._gazetteer.scan([t.text for t in parse.tokens[start:end]])
        )

    def _spans(self, parse: Parse, named: Iterable[_Tokens], persons: set[int], others: set[int]) -> tuple[_Tokens, ...]:
        """Token ranges of places: actors' names and our own facts' names, the longest first, then the parser's entities.

        Names of places are kept apart from `persons` and, unless the parser says so, from `others`: words that name an actor.
        """
        kept = set(named)
        taken = {i for span in kept for i in range(*span)}
        for span in self._phrases(parse):
            inside = {other for other in kept if span[0] <= other[0] and other[1] <= span[1]}
            rest = taken - {i for other in inside for i in range(*other)}
            if (rest | persons | others).isdisjoint(range(*span)):
                kept = kept - inside | {span}
                taken.update(range(*span))
        for entity in parse.entities:
            town = self._town_of(parse, _trimmed(parse, entity.start, entity.end), entity.label)
            free = town is not None and (taken | persons).isdisjoint(range(*town))
            if town is not None and town[0] < town[1] and free and not _names_paper(parse, town[1]):
                kept.add(town)
                taken.update(range(*town))
        return tuple(sorted(kept))

    def _town_of(self, parse: Parse, span: _Tokens, label: str) -> _Tokens | None:
        """The part of an entity that is a place: all of one that the parser takes for a place, the town of "the Lima Summit"."""
        start, end = span
        if start < end and parse.tokens[end - 1].text.casefold() in _EVENTS and label in _NAMED:
            words = [t.text for t in parse.tokens[start:end]]
            town = next((size for size in range(len(words) - 1, 0, -1) if self._names.is_town(" ".join(words[:size]))), None)
            if town is not None:
                return start, start + town
        return span if label in _PLACE_ENTITIES else None

    def _phrases(self, parse: Parse) -> Iterator[_Tokens]:
        """Where the names of our own facts stand: the longest first, with their capitals."""
        phrases = self._names.phrases
        at = 0
        while at < len(parse.tokens):
            first = parse.tokens[at].text
            known = phrases.get(pieces(first)[0]) if first[:1].isupper() and pieces(first) else None
            end = next((e for words in known or () if (e := _match(parse.tokens, at, words))), None)
            if end and not _names_paper(parse, end):
                yield at, end
            at = end or at + 1

    def _place(self, parse: Parse, span: _Tokens, match: NameMatch | None, choice: Choice, on: date | None) -> Place | None:
        at, text = _span(parse, span), _words(parse, span)
        actor = match.actors[0].actor if match else None
        if match and actor and actor.code and match.form is NameForm.NAME and not _is_other_place(choice, actor.code):
            return self._state(text, at, actor.code, choice, on)
        if match and actor and match.form is NameForm.SEAT and not choice.clear:
            return Place(name=text, country=actor.code, kind=PlaceKind.VENUE, span=at, reason=f"seat of {actor.name}")
        return self._resolved(text, at, choice, on)

    def _state(self, name: str, span: Span, code: str, choice: Choice, on: date | None) -> Place:
        """A country or territory that the actors' gazetteer knows; a point only where the places' gazetteer means it too."""
        site = choice.site if choice.site and code in {choice.site.country, choice.site.undisputed} else None
        country, claims = self._names.territory(code, on)
        return Place(
            name=self._names.called(site, name) if site else name,
            country=country,
            kind=PlaceKind.COUNTRY,
            geonames=site.geonames if site else None,
            latitude=site.latitude if site else None,
            longitude=site.longitude if site else None,
            span=span,
            reason=_with_claims("name of a territory" if claims else "name of a state", claims),
        )

    def _resolved(self, name: str, span: Span, choice: Choice, on: date | None) -> Place:
        if choice.site is None:
            return Place(name=name, span=span, reason="not in the gazetteer")
        site = self._names.settled(choice.site, on)
        if not choice.clear:
            rivals = {self._names.settled(rival, on).country for rival in choice.rivals[:3]}
            country = site.country if rivals == {site.country} else None
            return Place(name=name, country=country, span=span, reason=f"{choice.senses} places of that name, none clearly meant")
        return Place(
            name=self._names.called(site, name),
            country=site.country,
            kind=site.kind,
            geonames=site.geonames,
            latitude=site.latitude,
            longitude=site.longitude,
            span=span,
            reason=_with_claims(choice.reason, site.countries),
        )


def _is_territory(match: NameMatch) -> bool:
    if match.form not in _FORMS or not match.actors:
        return False
    return match.form is NameForm.CAPITAL or match.actors[0].actor.kind is ActorKind.STATE


def _is_paper(parse: Parse, match: NameMatch) -> bool:
    """Whether a capital or seat only names a paper: the Minsk agreements."""
    return match.form is not NameForm.NAME and _names_paper(parse, match.end)


def _names_paper(parse: Parse, end: int) -> bool:
    return end < len(parse.tokens) and parse.tokens[end].text.casefold() in _PAPERS


def _is_other_place(choice: Choice, code: str | None) -> bool:
    """Whether the name of a state, weighed against it, clearly means something else here: Georgia in the United States."""
    against = any(rival.kind is PlaceKind.COUNTRY and rival.country == code for rival in choice.rivals)
    return choice.clear and against


def _peoples(matches: Iterable[NameMatch]) -> Counter[str]:
    """States that the text names by an adjective or a people's name."""
    forms = {NameForm.ADJECTIVE, NameForm.DEMONYM}
    owners = (m.actors[0].actor for m in matches if m.form in forms and m.actors)
    return Counter(actor.code for actor in owners if actor.code and actor.kind is ActorKind.STATE)


def _with_claims(reason: str, claims: Sequence[str]) -> str:
    return f"{reason}; claimed by {', '.join(claims)}" if claims else reason


def _match(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> int | None:
    """The end of the tokens from `at` that spell these folded words, all but small ones with a capital; None if they do not."""
    done = 0
    while at < len(tokens) and done < len(words):
        parts = pieces(tokens[at].text)
        if not parts and (not is_link(tokens[at].text) or not done):
            return None
        if words[done : done + len(parts)] != parts:
            return None
        done += len(parts)
        at += 1
    return at if done == len(words) else None


def _trimmed(parse: Parse, start: int, end: int) -> _Tokens:
    while start < end and parse.tokens[start].text.casefold() in {"the", "a", "an"}:
        start += 1
    while end > start and parse.tokens[end - 1].text in {"'s", "’s", "'", ","}:
        end -= 1
    return start, end


def _span(parse: Parse, span: _Tokens) -> Span:
    return Span(parse.tokens[span[0]].start, parse.tokens[span[1] - 1].end)


def _spot(parse: Parse, span: _Tokens) -> Spot:
    at = _span(parse, span)
    return Spot(_words(parse, span), at.start, at.end)


def _words(parse: Parse, span: _Tokens) -> str:
    return _spaced(parse.tokens[span[0] : span[1]]).strip()


def _text(parse: Parse) -> str:
    """The text as far as the tokens show it, at its own offsets."""
    return _spaced(parse.tokens, 0)


def _spaced(tokens: Sequence[Token], at: int | None = None) -> str:
    parts = []
    for token in tokens:
        parts.append(" " * (token.start - at if at is not None else 0) + token.text)
        at = token.end
    return "".join(parts)
