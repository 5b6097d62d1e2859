"""What a phrase says of an actor: country, PLOVER sector and, where they are known, the actor, the person and the post."""

import re
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from dragoman.core.vocab import ActorKind, Level, Sector
from dragoman.knowledge.agents import AgentHit, AgentNouns, Grade
from dragoman.knowledge.entries import ActorEntry, NameForm, NameMatch, PersonEntry, Tenure
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.sectors import FORMER, LEFT_BEHIND, SectorCoder, country_of_entry
from dragoman.knowledge.words import word_set

_WORD = re.compile(r"['’]s\b|\w+(?:[.'’&/-](?!s\b)\w+)*\.?|[^\w\s]")
_BREAKS = word_set("of in at from for by who that which with on near to against inside outside , and or")
_LINKS = word_set("of the and de al el bin ibn von van der da dos di la le")
_OWN_TRADE = frozenset({
    Sector.LEG, Sector.COP, Sector.MED, Sector.JRN, Sector.EDU, Sector.JUD, Sector.NGO, Sector.LAB, Sector.SPY, Sector.REF,
    Sector.BUS,
})  # fmt: skip
"""Sectors of nouns that tell more than the group that stands before them: "Hamas police", "Hezbollah lawmaker"."""
_PROMINENT = frozenset(
    {Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.ORGANISATION_HEAD, Level.NONSTATE_LEADER, Level.MINISTER}
)


class ActorCode(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase was resolved to; unknown is None.

    `country` is ISO 3166 alpha-3, for a group the main state that it works in. `sector` and `second` are PLOVER's. `score` says
    how sure the way of deciding is (see `SCORES`), `reason` how this one was made.
    """

    country: str | None = None
    sector: Sector | None = None
    second: Sector | None = None
    actor: ActorEntry | None = None
    person: PersonEntry | None = None
    tenure: Tenure | None = None
    name: str | None = None
    """The standing name of the person, group, body or capital, None for a state and for people without a name."""
    reason: str = ""
    score: float = 0.0

    @property
    def found(self) -> bool:
        """Whether anything is known at all."""
        return any((self.country, self.sector, self.actor, self.person))


SCORES = {"person": 0.9, "group": 0.9, "body": 0.9, "state": 0.95, "noun": 0.85, "place": 0.8, "context": 0.7}
"""By what decided: steps from 0 to 1 that order the ways of deciding; set by hand, no probabilities."""


class ActorCoder:
    """Resolves phrases with the gazetteer, the lexicon of nouns for actors, and a gazetteer of places.

    `country_of` gives the country of a place name that is no state's, None where it is unknown.
    """

    def __init__(self, gazetteer: Gazetteer, agents: AgentNouns, country_of: Callable[[str], str | None]) -> None:
        self._gazetteer = gazetteer
        self._agents = agents
        self._country_of = country_of
        self._sectors = SectorCoder(gazetteer, agents)

    def code(self, phrase: str, *, on: date | None = None, context: str = "", country: str | None = None) -> ActorCode:
        """Resolve one phrase as of a day; `country` is what is known of the actor's country, `context` the words around it."""
        words = _WORD.findall(phrase)
        whole = self._gazetteer.whole(words)
        matches = (whole,) if whole else self._gazetteer.scan(words)
        named = tuple(match for match in matches if match.form is not NameForm.PERSON)
        person = self._person(words, matches, on, country)
        noun = self._agents.deciding(phrase)
        if person is not None:
            found = self._of_person(person, phrase, noun, named, on)
        elif group := _group(words, named):
            rest = " ".join(word for i, word in enumerate(words) if not group.start <= i < group.end)
            found = self._of_group(group, self._agents.deciding(rest), on)
        else:
            found = self._of_noun(words, named, noun, phrase)
        return self._with_country(found, words, named, context, country)

    def _person(
        self, words: Sequence[str], matches: Sequence[NameMatch], on: date | None, country: str | None
    ) -> PersonEntry | None:
        for match in matches:
            if match.form is NameForm.PERSON:
                return max(match.persons, key=lambda p: any(on is not None and t.covers(on) for t in p.tenures))
        name = self._bare_name(words, matches)
        found = self._gazetteer.persons(name, on=on, code=country) if name else ()
        if not found:
            return None
        if len(name.split()) > 1:
            return found[0]
        high = [p for p in found if any(t.level in _PROMINENT for t in p.tenures)]
        now = [p for p in high if any(on is not None and t.covers(on) and t.level in _PROMINENT for t in p.tenures)]
        heads = [p for p in high if any(t.level in {Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT} for t in p.tenures)]
        return next((group[0] for group in (now, heads) if len(group) == 1), None)

    def _bare_name(self, words: Sequence[str], matches: Sequence[NameMatch]) -> str:
        """What is left of a phrase without known names and nouns, if it is written like a person's name; else nothing."""
        taken = {i for match in matches for i in range(match.start, match.end)}
        left = [word for i, word in enumerate(words) if i not in taken and word not in {"'s", "’s", "the", "The"}]
        while left and (left[0].casefold().strip(".") in _TITLES or self._agents.find(left[0])):
            left = left[1:]
        capital = all(word[:1].isupper() or word.casefold() in _LINKS for word in left)
        return " ".join(left) if left and len(left) <= _LONGEST_NAME and capital else ""

    def _of_person(
        self, person: PersonEntry, phrase: str, noun: AgentHit | None, named: Sequence[NameMatch], on: date | None
    ) -> ActorCode:
        sector, second, tenure = self._sectors.of_tenures(person, on)
        stated = noun if noun and noun.agents.grade in {Grade.OFFICE, Grade.SPECIFIC} and noun.agents.sector else None
        if stated and not FORMER.search(phrase) and sector not in {Sector.REB, Sector.IGO}:
            sector, second = stated.agents.sector, stated.agents.second
        entry = self._gazetteer.actor(tenure.code) if tenure else None
        state = country_of_entry(entry)
        told = next((m.actors[0].actor.code for m in named if m.actors and m.actors[0].actor.kind is ActorKind.STATE), None)
        when = f"{tenure.office}, {tenure.start or '?'} to {tenure.end or 'now or unknown'}" if tenure else "no post known"
        return ActorCode(
            country=state or told,
            sector=sector,
            second=second,
            actor=entry,
            person=person,
            tenure=tenure,
            name=person.name,
            reason=f"{person.name}: {when}",
            score=SCORES["person"],
        )

    def _of_group(self, group: NameMatch, noun: AgentHit | None, on: date | None) -> ActorCode:
        """A group, organisation, body or seat by name: its own sector, unless a noun beside it tells a trade of its own."""
        entry = group.actors[0]
        own = group.sector or entry.sector_on(on)
        sector, second = (Sector(own) if own else None), None
        told = noun.agents.sector if noun and noun.agents.grade is Grade.SPECIFIC else None
        if told in _OWN_TRADE or (told is Sector.MIL and sector is Sector.IGO):
            sector, second = told, noun.agents.second if noun else None
        route = "body" if group.form in {NameForm.BODY, NameForm.SEAT} else "group"
        return ActorCode(
            country=country_of_entry(entry),
            sector=sector,
            second=second,
            actor=entry,
            name=group.body or entry.actor.name,
            reason=f"{group.form} of {entry.actor.name}" + (f": {group.body}" if group.body else ""),
            score=SCORES[route],
        )

    def _of_noun(self, words: Sequence[str], named: Sequence[NameMatch], noun: AgentHit | None, phrase: str) -> ActorCode:
        state = _state(named)
        entry = state.actors[0] if state else None
        sector = noun.agents.sector if noun else None
        second = noun.agents.second if noun else None
        reason = f"{noun.words!r} is {sector}" if noun and sector else ""
        if sector in LEFT_BEHIND and FORMER.search(phrase):
            sector, second, reason = Sector.ELI, None, f"former {noun.words if noun else ''}"
        alone = state is not None and state.form is NameForm.CAPITAL and state.end - state.start == len(words)
        if noun is None and state and alone:
            sector, reason = Sector.GOV, f"capital of {entry.actor.name if entry else ''}, for its government"
        name = " ".join(words[state.start : state.end]) if state and alone else None
        known = f"{state.form} of {entry.actor.name}" if state and entry else ""
        return ActorCode(
            country=country_of_entry(entry),
            sector=sector,
            second=second,
            actor=entry,
            name=name,
            reason="; ".join(filter(None, (reason, known))),
            score=SCORES["noun"] if sector else SCORES["state"] if entry else 0.0,
        )

    def _with_country(
        self, found: ActorCode, words: Sequence[str], named: Sequence[NameMatch], context: str, country: str | None
    ) -> ActorCode:
        """Fill the country in from places in the phrase, from what is known, or from the words around."""
        if found.country or (found.actor and found.actor.actor.kind is not ActorKind.STATE):
            return found
        state = _state(named)
        if state:
            return msgspec.structs.replace(found, country=state.actors[0].actor.code)
        place = self._place(words, named) if found.sector else None
        if place:
            why = f"{place[0]} lies in {place[1]}"
            return _located(found, place[1], why, SCORES["place"])
        around = country or self._one_state(context)
        if around and found.found:
            return _located(found, around, f"{around} from the context", SCORES["context"])
        return found

    def _place(self, words: Sequence[str], named: Sequence[NameMatch]) -> tuple[str, str] | None:
        """The first run of capitals that is a place's name, the longest first, with its country."""
        taken = {i for match in named for i in range(match.start, match.end)}
        for start in range(len(words)):
            for end in range(min(len(words), start + _LONGEST_NAME), start, -1):
                run = words[start:end]
                if not taken.isdisjoint(range(start, end)) or not (run[0][:1].isupper() and run[-1][:1].isupper()):
                    continue
                code = None if self._agents.find(" ".join(run)) else self._country_of(" ".join(run))
                if code:
                    return " ".join(run), code
        return None

    def _one_state(self, context: str) -> str | None:
        """The state that the words around name, where they name one alone."""
        codes = {
            code
            for match in self._gazetteer.scan(_WORD.findall(context))
            for code in (country_of_entry(match.actors[0]) if match.actors else None,)
            if code
        }
        return codes.pop() if len(codes) == 1 else None


_LONGEST_NAME = 5
_TITLES = word_set(
    "mr mrs ms dr sir lord lady dame sheikh shaykh alhaji hajj haj general gen colonel col major maj captain lt president king "
    "queen emir prince pope sen rep gov professor prof ayatollah mullah imam cardinal archbishop his her excellency hon senator "
    "marshal admiral brigadier"
)


def _located(found: ActorCode, country: str, why: str, score: float) -> ActorCode:
    reason = "; ".join(filter(None, (found.reason, why)))
    return msgspec.structs.replace(found, country=country, reason=reason, score=min(found.score or 1.0, score))


def _head_end(words: Sequence[str]) -> int:
    return next((i for i, word in enumerate(words) if i and word.casefold() in _BREAKS), len(words))


def _group(words: Sequence[str], named: Sequence[NameMatch]) -> NameMatch | None:
    """The group, organisation, body or seat that a phrase is about: the last before a preposition, else the first behind one."""
    groups = [
        m
        for m in named
        if m.actors and (m.form in {NameForm.BODY, NameForm.SEAT} or m.actors[0].actor.kind is not ActorKind.STATE)
    ]
    head = _head_end(words)
    before = [m for m in groups if m.start < head]
    return before[-1] if before else next(iter(groups), None)


def _state(named: Sequence[NameMatch]) -> NameMatch | None:
    """The first state of a phrase."""
    return next((m for m in named if m.actors and m.actors[0].actor.kind is ActorKind.STATE), None)
