"""Finds persons by full name, surname or name with honours, and ranks them by the posts that they held."""

from collections.abc import Iterable
from datetime import date

from dragoman.core.vocab import Level
from dragoman.knowledge.entries import PersonEntry
from dragoman.knowledge.loading import NameWords
from dragoman.knowledge.names import name_pieces

_GENERATION = frozenset({"jr", "sr"})


class SurnameIndex:
    """Persons filed under their full names, every ending of them, and their given names."""

    def __init__(self, persons: Iterable[PersonEntry], words: NameWords) -> None:
        self._words = words
        self._full: dict[str, list[PersonEntry]] = {}
        self._last: dict[str, list[PersonEntry]] = {}
        self._given: dict[str, list[PersonEntry]] = {}
        for person in persons:
            for name in (person.name, *person.aliases):
                self._file(person, self._core(name))

    def persons(self, name: str, *, on: date | None = None, code: str | None = None) -> tuple[PersonEntry, ...]:
        """Persons of that full name, else of that surname; in office on the day and of the actor first, then by latest post.

        A royal honour with one name means a given name: "Sheikh Tamim", "King Abdullah".
        """
        wanted = self._core(name)
        key = "".join(wanted)
        found = self._full.get(key, [])
        if len(wanted) == 1 or not found:
            found = found + self._last.get(key, [])
        if len(wanted) == 1 and self._words.royal.intersection(name_pieces(name)):
            found = found + self._given.get(key, [])
        return tuple(sorted(dict.fromkeys(found), key=lambda p: _rank(p, on, code), reverse=True))

    def _file(self, person: PersonEntry, parts: tuple[str, ...]) -> None:
        if not parts:
            return
        self._full.setdefault("".join(parts), []).append(person)
        if len(parts) > 1:
            self._given.setdefault(parts[0], []).append(person)
        for at in range(1, len(parts)):
            self._last.setdefault("".join(parts[at:]), []).append(person)
        if len(parts) > 1 and any(t.code in self._words.family_first for t in person.tenures):
            self._last.setdefault(parts[0], []).append(person)

    def _core(self, name: str) -> tuple[str, ...]:
        """The pieces of a name that tell persons apart: no honours, particles or initials."""
        parts = name_pieces(name)
        while len(parts) > 1 and parts[0] in self._words.honours:
            parts = parts[1:]
        while len(parts) > 1 and parts[-1] in _GENERATION:
            parts = parts[:-1]
        return tuple(p for p in parts if p not in self._words.particles and len(p) > 1) or parts


_SENIOR = (Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.ORGANISATION_HEAD, Level.NONSTATE_LEADER, Level.MINISTER)


def _rank(person: PersonEntry, on: date | None, code: str | None) -> tuple[bool, bool, bool, int, str]:
    of_actor = [t for t in person.tenures if code is None or t.code == code]
    in_office = [t for t in person.tenures if on is not None and t.covers(on)]
    both = any(t in of_actor for t in in_office)
    latest = max((t.end or ("9999" if t.start else "") for t in person.tenures), default="")
    standing = min((_SENIOR.index(t.level) for t in in_office or person.tenures if t.level in _SENIOR), default=len(_SENIOR))
    return both, bool(of_actor), bool(in_office), -standing, latest
