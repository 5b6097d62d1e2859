"""Finds persons by full name, surname or name with honours, and ranks them by the posts that they held."""

from collections.abc import Iterable
from datetime import date

from dragoman.core.vocab import Level
from dragoman.knowledge.entries import PersonEntry
from dragoman.knowledge.loading import NameWords
from dragoman.knowledge.names import name_pieces

_GENERATION = frozenset({"jr", "sr"})


class SurnameIndex:
    """Persons filed under their full names, every ending of them, their given names and shortened forms."""

    def __init__(self, persons: Iterable[PersonEntry], words: NameWords) -> None:
        self._words = words
        self._full: dict[str, list[PersonEntry]] = {}
        self._last: dict[str, list[PersonEntry]] = {}
        self._given: dict[str, list[PersonEntry]] = {}
        self._shortened: dict[str, list[PersonEntry]] = {}
        self._initials: dict[str, set[tuple[str, ...]]] = {}
        for person in persons:
            for name in (person.name, *person.aliases):
                self._file(person, self._core(name))
                self._initials.setdefault(person.id, set()).add(_initials(name))

    def persons(self, name: str, *, on: date | None = None, code: str | None = None) -> tuple[PersonEntry, ...]:
        """Persons of that full name, else of that surname; in office on the day and of the actor first, then by latest post.

        A royal honour with one name means a given name: "Sheikh Tamim", "King Abdullah". A name of several words that nobody has
        in full is tried without its middle and as the opening of a longer one: "Faisal bin Farhan". Initials must not differ.
        """
        wanted = self._core(name)
        found = self._candidates(wanted, royal=not self._words.royal.isdisjoint(name_pieces(name)))
        given = _initials(name)
        fitting = [p for p in dict.fromkeys(found) if not given or self._has_initials(p, given)]
        return tuple(sorted(fitting, key=lambda p: _rank(p, on, code), reverse=True))

    def _candidates(self, wanted: tuple[str, ...], *, royal: bool) -> list[PersonEntry]:
        key = "".join(wanted)
        full, last = self._full.get(key, []), self._last.get(key, [])
        if len(wanted) == 1:
            return full + last + (self._given.get(key, []) if royal else [])
        return full or last or self._shortened.get(key, []) or (self._full.get(wanted[0] + wanted[-1], []) if wanted else [])

    def _has_initials(self, person: PersonEntry, given: tuple[str, ...]) -> bool:
        known = {initials for initials in self._initials[person.id] if initials}
        return not known or given in known

    def _file(self, person: PersonEntry, parts: tuple[str, ...]) -> None:
        if not parts:
            return
        self._full.setdefault("".join(parts), []).append(person)
        if len(parts) == 1:
            return
        self._given.setdefault(parts[0], []).append(person)
        for at in range(1, len(parts)):
            self._last.setdefault("".join(parts[at:]), []).append(person)
        for at in range(2, len(parts)):
            self._shortened.setdefault("".join(parts[:at]), []).append(person)
        if len(parts) > 2:
            self._shortened.setdefault(parts[0] + parts[-1], []).append(person)
        if any(t.code in self._words.family_first | self._words.given_called for t in person.tenures):
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


def _initials(name: str) -> tuple[str, ...]:
    """Single letters between the first and the last piece: ("h", "w") of George H. W. Bush."""
    return tuple(piece for piece in name_pieces(name)[1:-1] if len(piece) == 1 and piece.isalpha())


def _rank(person: PersonEntry, on: date | None, code: str | None) -> tuple[bool, bool, bool, int, str]:
    of_actor = [t for t in person.tenures if code is None or t.code == code]
    in_office = [t for t in person.tenures if on is not None and t.covers(on)]
    both = any(t in of_actor for t in in_office)
    latest = max((t.end or ("9999" if t.start else "") for t in person.tenures), default="")
    standing = min((_SENIOR.index(t.level) for t in in_office or person.tenures if t.level in _SENIOR), default=len(_SENIOR))
    return both, bool(of_actor), bool(in_office), -standing, latest
