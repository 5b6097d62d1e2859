"""Mentions: phrases of a document resolved to actor, person, office and level."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.parse import Parse, Token
from dragoman.core.text import Document, Span
from dragoman.core.vocab import ActorKind, Level, PlaceKind
from dragoman.knowledge.ambiguous import names_meant_otherwise
from dragoman.knowledge.gazetteer import Gazetteer, NameForm, NameMatch
from dragoman.knowledge.offices import OfficeLexicon
from dragoman.knowledge.official_sites import official_actor
from dragoman.knowledge.words import word_set
from dragoman.read.armed_groups import armed_group_end, group_mention
from dragoman.read.home import state_taken_for_granted, unmanned_state
from dragoman.read.homonyms import is_country, is_first_name, is_house
from dragoman.read.items import itemise
from dragoman.read.metonyms import MetonymReader, is_locative
from dragoman.read.names import Name, find_names
from dragoman.read.people import Known, Person, Sighting, group_people, home_actor, name_key
from dragoman.read.phrases import Phrase, entries, find_phrases, office_words
from dragoman.read.quotes import quotation_ranges
from dragoman.read.reading import Mention, MentionKind, PlaceMention, Sentence
from dragoman.read.sureness import BY_POST, NAMED, OPEN, SHARED, TOLD

_FORMER = re.compile(r"\b(?:former|ex|late|ousted|exiled|one-time|then)\b|\bex-", re.IGNORECASE)
_LONGER_BODY = frozenset({"National", "Supreme", "Federal", "Presidential", "Central"})
"""A body's name behind one of these is the end of another body's: "National Security Council" is no "Security Council"."""
_MASTHEAD = 6
"""Lines among which a masthead stands."""
_COMMITS = word_set(
    "welcome urge commend condemn support remain reaffirm commit call thank stand congratulate appreciate encourage "
    "deplore look continue applaud reiterate express"
)

_FIRST_LINES = 4
"""Sentences among which a line names whose document it is."""


class MentionReader:
    """Finds the mentions of documents with one gazetteer, one office lexicon and one reader of capitals and seats."""

    def __init__(
        self, gazetteer: Gazetteer, offices: OfficeLexicon, is_place: Callable[[str], bool], metonyms: MetonymReader
    ) -> None:
        self._gazetteer = gazetteer
        self._offices = offices
        self._is_place = is_place
        self._metonyms = metonyms

    def read(
        self,
        document: Document,
        parse: Parse,
        sentences: Sequence[Sentence],
        matches: Sequence[NameMatch],
        *,
        on: date | None,
        dialogue: bool = False,
    ) -> tuple[tuple[Mention, ...], Actor | None]:
        """All mentions but pronouns and groups, in text order, and the actor that the document speaks for, if it shows.

        `matches` are the document's known names (see `matches`); `on` is the day that office-holders are looked up for. A
        `dialogue`, where several speak in turn, has no "we" of one state.
        """
        tokens = parse.tokens
        names = find_names(tokens, parse.sentences, parse.entities, matches, self._offices, is_place=self._is_place)
        taken = {i for name in names for i in range(name.start, name.end)}
        actors = [m for m in matches if m.form is not NameForm.PERSON and not taken.intersection(range(m.start, m.end))]
        found = [
            (sentence, phrase)
            for sentence in sentences
            for phrase in find_phrases(
                itemise(tokens, *sentence.tokens, actors, [(n.start, n.end) for n in names], self._offices)
            )
        ]
        people, home = self._people(document, tokens, found, names, on)
        mentions: list[Mention] = []
        for sentence, phrase in found:
            mention = self._mention(document, tokens, sentence, phrase, people)
            if mention is not None:
                mentions.append(_as_counterpart(tokens, phrase, mention, mentions))
        if home is None and not dialogue:
            home = unmanned_state(tokens, mentions) or state_taken_for_granted(tokens, mentions)
        return tuple(mentions), home

    def with_towns(
        self, parse: Parse, sentences: Sequence[Sentence], mentions: Sequence[Mention], places: Sequence[PlaceMention]
    ) -> tuple[Mention, ...]:
        """The mentions with the towns of the text added as places of the state that they lie in: "travelled to Istanbul"."""
        tokens = parse.tokens
        covered = {i for m in mentions for i in range(*m.tokens)}
        towns: list[Mention] = []
        for place in places:
            entry = self._gazetteer.actor(place.place.country) if place.place.country else None
            armed = armed_group_end(tokens, place.tokens[1], entry.actor) if entry else None
            if armed and covered.isdisjoint(range(place.tokens[0], armed)):
                sentence = next(s for s in sentences if s.index == place.sentence)
                towns.append(group_mention(tokens, sentence, place.tokens[0], armed))
            elif entry and place.place.kind in {PlaceKind.CITY, PlaceKind.ADMIN} and covered.isdisjoint(range(*place.tokens)):
                towns.append(
                    Mention(
                        span=place.span,
                        tokens=place.tokens,
                        head=place.tokens[1] - 1,
                        sentence=place.sentence,
                        kind=MentionKind.PLACE,
                        actor=entry.actor,
                        locative=True,
                        reason=f"town in {entry.actor.name}",
                        score=NAMED,
                    )
                )
        return tuple(sorted((*mentions, *towns), key=lambda m: m.tokens))

    def matches(self, document: Document, parse: Parse) -> tuple[NameMatch, ...]:
        """Known names of the document, without state names that mean something else here ("Georgia" in a text on Atlanta)."""
        found = []
        foreign = {entry.name.casefold(): entry for entry in names_meant_otherwise(document.text)}
        for start, end in parse.sentences:
            for match in self._gazetteer.scan([t.text for t in parse.tokens[start:end]]):
                if match.form is NameForm.BODY and match.start and parse.tokens[start + match.start - 1].text in _LONGER_BODY:
                    continue
                entry = foreign.get(parse.tokens[start + match.start].text.casefold()) if match.end - match.start == 1 else None
                if entry is not None and not is_country(parse.tokens, start + match.start, end, entry):
                    continue
                if match.form is NameForm.NAME and is_first_name(parse.tokens, start + match.start, end):
                    continue
                if is_house(parse.tokens, start + match.start):
                    continue
                found.append(NameMatch(match.start + start, match.end + start, match.form, match.actors, match.persons))
        return tuple(found)

    def _people(
        self,
        document: Document,
        tokens: Sequence[Token],
        found: Sequence[tuple[Sentence, Phrase]],
        names: Sequence[Name],
        on: date | None,
    ) -> tuple[dict[int, Person], Actor | None]:
        """The person behind each name, by the name's first token; and the actor that the document speaks for."""
        by_start = {name.start: name for name in names}
        sightings: list[Sighting] = []
        spoken_for: list[Sighting] = []
        personal = _speaks_in_first_person(tokens)
        last: Phrase | None = None
        last_owner: Actor | None = None
        for sentence, phrase in found:
            beside, last = last, phrase
            beside_owner, last_owner = last_owner, self._owner(phrase)
            if phrase.person and phrase.person[0] in by_start:
                office = _own_office(office_words(tokens, phrase, document.text))
                former = bool(office and _FORMER.search(_with_lead(tokens, phrase, document.text)))
                office = _former_office(tokens, phrase, document.text) if former else office
                owner = last_owner
                national = self._by_post(office) if owner is None else None
                if owner is None and office and beside and _listed_with(tokens, beside, phrase):
                    owner = last_owner = beside_owner
                sightings.append(
                    Sighting(
                        name=by_start[phrase.person[0]],
                        office=office,
                        owner=owner or national,
                        own_side=owner is None,
                        former=former,
                    )
                )
                if _signs(tokens, sentence, phrase) or _speaks(tokens, phrase, personal=personal):
                    spoken_for.append(sightings[-1])
        home = self._official(document) or home_actor(
            spoken_for, self._committing_states(tokens, found), Known(self._gazetteer, on=on), self._offices
        )
        present = frozenset(a.code for _, phrase in found if (a := self._owner(phrase)) and a.code)
        side = home or self._by_masthead(document)
        people = group_people(sightings, Known(self._gazetteer, on=on, present=present), self._offices, home=side)
        return {s.name.start: person for s in sightings for person in people if name_key(s.name) in person.keys}, home

    def _by_masthead(self, document: Document) -> Actor | None:
        """The state whose office heads the document."""
        lines = document.text.split("\n", _MASTHEAD)[:_MASTHEAD]
        code = next(filter(None, map(self._offices.state_by_masthead, lines)), None)
        return self._with_code(code)

    def _official(self, document: Document) -> Actor | None:
        """The actor on whose official site the document was published."""
        return self._with_code(official_actor(document.url) or official_actor(document.source))

    def _with_code(self, code: str | None) -> Actor | None:
        entry = self._gazetteer.actor(code) if code else None
        return entry.actor if entry else None

    def _committing_states(self, tokens: Sequence[Token], found: Sequence[tuple[Sentence, Phrase]]) -> Iterator[Actor]:
        """States that the document makes welcome, urge or stand by something, in the present tense."""
        for _, phrase in found:
            head = tokens[phrase.end - 1]
            verb = tokens[head.head]
            if phrase.form in {"named", "actor"}:
                actor = self._owner(phrase)
                present = verb.tag in {"VBZ", "VBP"} or any(
                    t.head == verb.index and t.tag == "MD" for t in tokens[phrase.end : verb.index]
                )
                if actor and actor.kind is ActorKind.STATE and head.dep == "nsubj" and present and verb.lemma in _COMMITS:
                    yield actor

    def _owner(self, phrase: Phrase) -> Actor | None:
        """The actor that a phrase names: its first owner with a known actor."""
        for item in phrase.owners:
            candidates = entries(item)
            if candidates:
                return candidates[0].actor
        return None

    def _by_post(self, office: str | None) -> Actor | None:
        """The state that alone has a post of this name."""
        return self._with_code(self._offices.state_of(office) if office else None)

    def _mention(
        self, document: Document, tokens: Sequence[Token], sentence: Sentence, phrase: Phrase, people: dict[int, Person]
    ) -> Mention | None:
        span = Span(tokens[phrase.start].start, tokens[phrase.end - 1].end)
        if phrase.person is not None:
            return self._person_mention(tokens, sentence, phrase, people, span)
        owner = self._owner(phrase)
        if phrase.office is not None:
            return self._office_mention(document, tokens, sentence, phrase, owner, span)
        return None if owner is None else self._actor_mention(document, tokens, sentence, phrase, owner)

    def _actor_mention(
        self, document: Document, tokens: Sequence[Token], sentence: Sentence, phrase: Phrase, owner: Actor
    ) -> Mention:
        armed = armed_group_end(tokens, phrase.end, owner)
        if armed:
            return group_mention(tokens, sentence, phrase.start, armed)
        item = next(i for i in phrase.owners if entries(i))
        form = item.match.form if item.match else NameForm.NAME
        sense = self._metonyms.read(tokens, item, sentence.tokens, document.text)
        literal = sense is not None and not sense.government
        others = ", ".join(entry.actor.name for entry in entries(item)[1:])
        reasons = (f"{form} of {owner.name}", sense.reason if sense else "", f"also of {others}" if others else "")
        return Mention(
            span=Span(tokens[phrase.start].start, tokens[phrase.end - 1].end),
            tokens=(phrase.start, phrase.end),
            head=_head(tokens, phrase.start, phrase.end),
            sentence=sentence.index,
            kind=MentionKind.PLACE if literal else MentionKind.ACTOR,
            actor=owner,
            metonym=sense is not None and sense.government,
            locative=literal or (form is NameForm.NAME and owner.kind is ActorKind.STATE and is_locative(tokens, phrase.start)),
            reason="; ".join(filter(None, reasons)),
            score=SHARED if others else NAMED,
        )

    def _person_mention(
        self, tokens: Sequence[Token], sentence: Sentence, phrase: Phrase, people: dict[int, Person], span: Span
    ) -> Mention | None:
        person = people.get(phrase.person[0]) if phrase.person else None
        if person is None:
            return None
        return Mention(
            span=span,
            tokens=(phrase.start, phrase.end),
            head=_head(tokens, phrase.start, phrase.end),
            sentence=sentence.index,
            kind=MentionKind.PERSON,
            actor=person.actor,
            person=person.name,
            office=person.office,
            level=person.level,
            former=person.former,
            reason=person.reason,
            score=person.score,
        )

    def _office_mention(
        self, document: Document, tokens: Sequence[Token], sentence: Sentence, phrase: Phrase, owner: Actor | None, span: Span
    ) -> Mention | None:
        office = office_words(tokens, phrase, document.text)
        former = bool(office and _FORMER.search(office))
        owner = owner or self._by_post(office)
        level = self._offices.level_of(office, owner.kind if owner else None) if office else None
        if phrase.plural and level is None and owner and office and office.split()[-1].casefold() not in {"leaders", "leader"}:
            level = Level.NONSTATE_LEADER if owner.kind is ActorKind.NONSTATE else Level.OFFICIAL
        return Mention(
            span=span,
            tokens=(phrase.start, phrase.end),
            head=_head(tokens, phrase.start, phrase.end),
            sentence=sentence.index,
            kind=MentionKind.OFFICE,
            actor=None if former else owner,
            office=office,
            level=level,
            former=former,
            plural=phrase.plural,
            reason="office in the text",
            score=TOLD if owner and not former else OPEN,
        )


def _head(tokens: Sequence[Token], start: int, end: int) -> int:
    """The token of a phrase that something outside governs; the last one where several are."""
    outside = [i for i in range(start, end) if not start <= tokens[i].head < end or tokens[i].head == i]
    return outside[-1] if outside else end - 1


def _speaks_in_first_person(tokens: Sequence[Token]) -> bool:
    """Whether "I" stands outside quotations: then the persons named in the text are others, not the speaker's side."""
    quoted = {i for start, end in quotation_ranges(tokens, frozenset()) for i in range(start, end + 1)}
    return any(token.text in {"I", "me", "my", "My"} and token.pos == "PRON" and token.index not in quoted for token in tokens)


def _signs(tokens: Sequence[Token], sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a name with its post behind it stands alone in one of the first lines: the document is theirs.

    A line such as "President Ruiz", with the post in front, may as well be a heading that says whom it is about.
    """
    if sentence.index >= _FIRST_LINES or phrase.person is None or phrase.office is None or phrase.office[0] < phrase.person[0]:
        return False
    rest = (*tokens[sentence.tokens[0] : phrase.start], *tokens[phrase.end : sentence.tokens[1]])
    return all(t.pos == "PUNCT" or t.text.isspace() for t in rest)


def _speaks(tokens: Sequence[Token], phrase: Phrase, *, personal: bool) -> bool:
    """Whether a person may be on the side of the one who speaks: a subject or possessor, or named as the statement's author."""
    before = tokens[phrase.start - 1].text.casefold() if phrase.start else ""
    if before in {"by", "from"}:
        return True
    head = tokens[phrase.end - 1]
    return not personal and head.dep in {"nsubj", "nsubjpass", "poss", "ROOT", "nmod", "compound"}


def _as_counterpart(tokens: Sequence[Token], phrase: Phrase, mention: Mention, before: Sequence[Mention]) -> Mention:
    """Such as "His Qatari counterpart" has the post of the person that "his" stands for, the last one named in the sentence.

    So has each of several: "his Omani and Qatari counterparts".
    """
    told = (*range(phrase.start, phrase.end), *(range(*phrase.office) if phrase.office else ()))
    words = {tokens[i].text.casefold() for i in told}
    if not words & {"counterpart", "counterparts", "homologue"} and "opposite" not in words:
        return mention
    others = [m for m in reversed(before) if _has_post(m) and m.sentence == mention.sentence and m.actor != mention.actor]
    alike = [m for m in others if m.actor and mention.actor and m.actor.kind is mention.actor.kind]
    model = next(iter(alike or others), None)
    own = mention.kind is MentionKind.PERSON and mention.office is not None
    if model is None or own:
        return mention
    return msgspec.structs.replace(
        mention,
        office=model.office,
        level=model.level,
        plural=False,
        reason=f"counterpart of {model.person or model.office}",
        score=BY_POST if mention.actor else OPEN,
    )


def _has_post(mention: Mention) -> bool:
    """Whether a mention is somebody with a post that another may be the counterpart of."""
    named = mention.person is not None or (mention.kind is MentionKind.OFFICE and not mention.plural)
    return named and mention.level is not None


def _listed_with(tokens: Sequence[Token], before: Phrase, phrase: Phrase) -> bool:
    """Whether two titled persons stand in one list: "Peruvian Health Minister Ana Ruiz and Trade Minister Jorge Lind"."""
    between = {token.text for token in tokens[before.end : phrase.start]}
    titled = before.person is not None and before.office is not None and before.office[0] < before.person[0]
    return titled and bool(between) and between <= {",", "and"}


def _own_office(office: str | None) -> str | None:
    """A post of its own: "counterpart" says only that it is the other's."""
    return None if office is None or office.split()[-1].casefold() in {"counterpart", "counterparts"} else office


def _former_office(tokens: Sequence[Token], phrase: Phrase, text: str) -> str | None:
    """A former post with all that says whose: "former UN chief"."""
    if phrase.person is None or phrase.office is None or phrase.office[0] > phrase.person[0]:
        return _own_office(office_words(tokens, phrase, text))
    lead = tokens[max(phrase.start - 1, 0)]
    start = lead.start if _FORMER.search(lead.text) else tokens[phrase.start].start
    return " ".join(text[start : tokens[phrase.person[0] - 1].end].split()).strip(" ,") or None


def _with_lead(tokens: Sequence[Token], phrase: Phrase, text: str) -> str:
    """The phrase with the word before it, where "former" may stand."""
    first = max(phrase.start - 1, 0)
    return text[tokens[first].start : tokens[phrase.end - 1].end]
