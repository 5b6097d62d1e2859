"""Who is known: actors by name, adjective, demonym, capital or seat; persons with dated tenures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.entries import ActorEntry, BodyEntry, NameForm, NameMatch, PersonEntry, Tenure
from dragoman.knowledge.loading import Facts, shipped_facts
from dragoman.knowledge.names import UNSCANNED, Found, NameIndex, Sense
from dragoman.knowledge.surnames import SurnameIndex
from dragoman.knowledge.synced import merge, read_snapshot

_FORMS = tuple(NameForm)
_EXTRAS = re.compile(r"^the\s+|\s*\([^()]*\)$", re.IGNORECASE)
"""What a name may carry beside itself: an article before, an acronym in brackets after."""


class Gazetteer:
    """Looks names up; read-only once built, so that processes can share it. Build one with `load_gazetteer`."""

    def __init__(self, facts: Facts) -> None:
        self._actors: Mapping[str, ActorEntry] = {entry.actor.code: entry for entry in facts.actors if entry.actor.code}
        self._rank = {code: rank for rank, code in enumerate(self._actors)}
        self._index = _index(facts)
        self._facts = facts
        self._posts: dict[tuple[str, Level], list[tuple[PersonEntry, Tenure]]] = {}
        for person in facts.persons:
            for tenure in person.tenures:
                self._posts.setdefault((tenure.code, tenure.level), []).append((person, tenure))

    def scan(self, words: Sequence[str]) -> tuple[NameMatch, ...]:
        """Find known names among the words of a sentence or document: longest match first, left to right, never overlapping.

        Case and diacritics are folded, but a name that is also a common word ("Jordan" is safe, "Turkey" the bird and "us" are
        not) must stand with a capital, and all-capital acronyms match in capitals alone.
        """
        matches = (self._match(found) for found in self._index.find(words))
        return tuple(match for match in matches if match is not None)

    def actor(self, code: str) -> ActorEntry | None:
        """The actor with a code."""
        return self._actors.get(code)

    def actors(self) -> tuple[ActorEntry, ...]:
        """All known actors, states first."""
        return tuple(self._actors.values())

    def named(self, name: str) -> tuple[ActorEntry, ...]:
        """Actors that bear a name, adjective, demonym, capital, seat or body, the likeliest first; capitals are ignored."""
        senses = self._index.look_up(name) or self._index.look_up(_EXTRAS.sub("", name))
        return self._owners(self._ordered(senses))

    def whole(self, words: Sequence[str]) -> NameMatch | None:
        """The actor whose name all the words are, also by names that are not looked for in running text ("~" in the tables)."""
        name = _EXTRAS.sub("", " ".join(words))
        senses = [s for s in self._index.look_up(name) if s.form is not NameForm.PERSON and s.marked.startswith(UNSCANNED)]
        return self._match(Found(0, len(words), tuple(senses))) if senses and name[:1].isupper() else None

    def persons(self, name: str, *, on: date | None = None, code: str | None = None) -> tuple[PersonEntry, ...]:
        """Persons that bear a full name or surname, best first: those in office on the day, of the actor, come first."""
        return self._surname_index.persons(name, on=on, code=code)

    def holders(self, code: str, level: Level, *, on: date) -> tuple[tuple[PersonEntry, Tenure], ...]:
        """Who held posts of a level for an actor on a day."""
        return tuple((person, tenure) for person, tenure in self._posts.get((code, level), ()) if tenure.covers(on))

    @cached_property
    def _surname_index(self) -> SurnameIndex:
        return SurnameIndex(self._facts.persons, self._facts.name_words)

    def _match(self, found: Found) -> NameMatch | None:
        senses = self._ordered(found.senses)
        first = senses[0]
        if first.form is None or (found.compound and first.actor is None):
            return None
        if first.form is NameForm.PERSON:
            persons = tuple(dict.fromkeys(s.person for s in senses if s.person is not None))
            return NameMatch(found.start, found.end, first.form, persons=persons)
        form = NameForm.ADJECTIVE if found.compound else first.form
        return NameMatch(found.start, found.end, form, self._owners(senses), sector=first.sector, body=first.body)

    def _ordered(self, senses: Iterable[Sense]) -> tuple[Sense, ...]:
        return tuple(sorted(senses, key=self._order))

    def _order(self, sense: Sense) -> tuple[int, int]:
        form = -1 if sense.form is None else _FORMS.index(sense.form)
        code = sense.actor.actor.code if sense.actor else None
        return form, self._rank.get(code, 0) if code else 0

    @staticmethod
    def _owners(senses: Iterable[Sense]) -> tuple[ActorEntry, ...]:
        return tuple({s.actor.actor.key: s.actor for s in senses if s.actor is not None}.values())


def _index(facts: Facts) -> NameIndex:
    index = NameIndex(facts.common_words, facts.name_words.class_nouns)
    for phrase in facts.blocked:
        index.add(phrase, None)
    owners = {entry.actor.code: entry for entry in facts.actors}
    for fact in facts.names:
        index.add(fact.marked, fact.form, actor=owners[fact.code], sector=fact.sector, body=fact.body)
    for person in facts.persons:
        for name in (person.name, *person.aliases):
            if " " in name:
                index.add(name, NameForm.PERSON, person=person)
    return index


@lru_cache(maxsize=2)
def load_gazetteer(synced: Path | None = None) -> Gazetteer:
    """The gazetteer of the shipped facts, with a snapshot of synced office-holders if its file is given; read once a process.

    Raises `ConfigError` where a table or the file is broken.
    """
    facts = shipped_facts()
    return Gazetteer(facts if synced is None else merge(facts, read_snapshot(synced).tenures).facts)


__all__ = [
    "ActorEntry",
    "ActorKind",
    "BodyEntry",
    "Gazetteer",
    "NameForm",
    "NameMatch",
    "PersonEntry",
    "Tenure",
    "load_gazetteer",
]
