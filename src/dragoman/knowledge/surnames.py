"""Finds persons by full name, surname or name with honours, and ranks them by the posts that they held."""

from collections.abc import Iterable
from datetime import date

from dragoman.knowledge.entries import PersonEntry
from dragoman.knowledge.names import name_pieces

_PARTICLES = frozenset(
    "al el as ash at an ar ad az bin ibn bint ben von van der den de del della di da dos du la le st abu ould bani".split()
)
_HONOURS = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady baroness sheikh shaikh sheik shaykh hh he hrh hm king queen prince "
    "princess sultan emir amir sayyid sayed ayatollah imam mullah maulana mawlawi maulvi hajj haj general gen lt lieutenant col "
    "colonel maj major brig brigadier marshal admiral adm captain capt president minister ambassador amb senator sen secretary "
    "his her highness majesty excellency royal honourable hon rev reverend archbishop cardinal pope monsignor jr sr".split()
)


class SurnameIndex:
    """Persons filed under their full names and under every ending of them."""

    def __init__(self, persons: Iterable[PersonEntry]) -> None:
        self._full: dict[str, list[PersonEntry]] = {}
        self._last: dict[str, list[PersonEntry]] = {}
        for person in persons:
            for name in (person.name, *person.aliases):
                self._file(person, _core(name))

    def persons(self, name: str, *, on: date | None = None, code: str | None = None) -> tuple[PersonEntry, ...]:
        """Persons of that full name, else of that surname; in office on the day and of the actor first, then by latest post."""
        wanted = _core(name)
        if not wanted:
            return ()
        found = self._full.get("".join(wanted)) or self._last.get("".join(wanted), [])
        return tuple(sorted(dict.fromkeys(found), key=lambda p: _rank(p, on, code), reverse=True))

    def _file(self, person: PersonEntry, parts: tuple[str, ...]) -> None:
        if not parts:
            return
        self._full.setdefault("".join(parts), []).append(person)
        for at in range(1, len(parts)):
            self._last.setdefault("".join(parts[at:]), []).append(person)


def _core(name: str) -> tuple[str, ...]:
    """The pieces of a name that tell persons apart: no honours, no particles."""
    parts = tuple(p for p in name_pieces(name) if p not in _PARTICLES)
    while len(parts) > 1 and parts[0] in _HONOURS:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in {"jr", "sr"}:
        parts = parts[:-1]
    return parts


def _rank(person: PersonEntry, on: date | None, code: str | None) -> tuple[bool, bool, bool, str]:
    of_actor = [t for t in person.tenures if code is None or t.code == code]
    in_office = [t for t in person.tenures if on is not None and t.covers(on)]
    both = any(t in of_actor for t in in_office)
    latest = max((t.end or "9999" if t.start else "" for t in person.tenures), default="")
    return both, bool(of_actor), bool(in_office), latest
