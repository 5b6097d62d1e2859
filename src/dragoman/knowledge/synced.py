"""Office-holders from an outside source, kept apart from the hand-written facts, which they complete and never overrule."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.ids import content_hash
from dragoman.core.vocab import Level
from dragoman.knowledge.entries import PersonEntry, Tenure
from dragoman.knowledge.loading import Facts
from dragoman.knowledge.names import name_pieces

_GAP = timedelta(days=31)
"""Terms of one person that follow each other within this are one tenure."""
_FOREIGN = frozenset({"foreign", "external", "exterior", "state"})
"""Words of the offices of foreign ministers."""


class SyncedTenure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, order=True):
    """One tenure as the source states it: `item` is the person's id there, dates are as precise as they are there."""

    code: str
    level: Level
    office: str
    item: str
    name: str
    aliases: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All tenures of one retrieval, in order."""

    source: str
    licence: str
    retrieved: date
    tenures: tuple[SyncedTenure, ...] = ()

    @property
    def id(self) -> str:
        """Eight digits that hash the tenures: the same content has the same id whenever it was retrieved."""
        return content_hash(msgspec.json.encode(self.tenures).decode())[:8]


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A tenure whose dates the hand-written facts and the source state differently; the hand-written ones hold."""

    name: str
    item: str
    code: str
    level: Level
    ours: str
    theirs: str


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """Facts with what a snapshot adds: new persons and tenures, and dates that the hand-written facts leave open."""

    facts: Facts
    conflicts: tuple[Conflict, ...] = ()


def read_snapshot(path: Path) -> Snapshot:
    """Read a snapshot's file; ConfigError says what to do where it is gone or damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Snapshot)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        remedy = "run `dragoman actors sync` anew, `dragoman actors sync --undo`, or set actors.synced = false"
        raise ConfigError(f"{path}: the synced office-holders cannot be read: {error}; {remedy}") from error


def merge(facts: Facts, tenures: Iterable[SyncedTenure]) -> Merged:
    """Add tenures to the facts; persons are the same where a full name and an actor agree."""
    tenures = tuple(tenures)
    codes = {tenure.code for tenure in tenures}
    by_name: dict[tuple[str, ...], list[PersonEntry]] = {}
    for person in facts.persons:
        for name in (person.name, *person.aliases) if any(t.code in codes for t in person.tenures) else ():
            by_name.setdefault(name_pieces(name), []).append(person)
    persons = {person.id: person for person in facts.persons}
    conflicts: list[Conflict] = []
    for item, group in groupby(sorted(tenures, key=lambda t: (t.item, t)), key=lambda t: t.item):
        stated = tuple(_joined(tuple(group)))
        known = _same_person(stated, by_name)
        if known is None:
            persons[f"wd_{item}"] = _new_person(item, stated)
        else:
            persons[known.id], found = _completed(persons[known.id], stated)
            conflicts += found
    merged = msgspec.structs.replace(facts, persons=tuple(persons.values()))
    return Merged(facts=merged, conflicts=tuple(conflicts))


def _joined(tenures: Sequence[SyncedTenure]) -> Iterator[SyncedTenure]:
    """One person's tenures, terms that follow each other in one post as one."""
    last: SyncedTenure | None = None
    for tenure in sorted(tenures, key=lambda t: (t.code, t.level, t.start or "", t.end or "9999")):
        if last is not None and (last.code, last.level) == (tenure.code, tenure.level) and _follows(last.end, tenure.start):
            ends = None if last.end is None or tenure.end is None else max(last.end, tenure.end)
            last = msgspec.structs.replace(last, end=ends)
            continue
        if last is not None:
            yield last
        last = tenure
    if last is not None:
        yield last


def _follows(end: str | None, start: str | None) -> bool:
    if end is None or start is None:
        return end is None
    return _first_day(start) <= _last_day(end) + _GAP


def _same_person(stated: Sequence[SyncedTenure], by_name: dict[tuple[str, ...], list[PersonEntry]]) -> PersonEntry | None:
    codes = {tenure.code for tenure in stated}
    names = dict.fromkeys(name for tenure in stated for name in (tenure.name, *tenure.aliases) if " " in name)
    for name in names:
        for person in by_name.get(name_pieces(name), ()):
            if codes & {tenure.code for tenure in person.tenures}:
                return person
    return None


def _new_person(item: str, stated: Sequence[SyncedTenure]) -> PersonEntry:
    tenures = tuple(_tenure(f"wd_{item}", one) for one in stated)
    aliases = tuple(dict.fromkeys(alias for one in stated for alias in one.aliases))
    return PersonEntry(id=f"wd_{item}", name=stated[0].name, aliases=aliases, tenures=_in_order(tenures))


def _completed(person: PersonEntry, stated: Sequence[SyncedTenure]) -> tuple[PersonEntry, list[Conflict]]:
    tenures = list(person.tenures)
    conflicts = []
    for one in stated:
        run = _overlapping(tenures, one)
        if not run:
            tenures.append(_tenure(person.id, one))
        elif _differ(run[0].start, one.start) or _differ(run[-1].end, one.end):
            ours, theirs = _period(run[0].start, run[-1].end), _period(one.start, one.end)
            conflict = Conflict(name=person.name, item=one.item, code=one.code, level=one.level, ours=ours, theirs=theirs)
            conflicts.append(conflict)
        else:
            _fill(tenures, run, one)
    return msgspec.structs.replace(person, tenures=_in_order(tenures)), conflicts


def _overlapping(tenures: Sequence[Tenure], one: SyncedTenure) -> list[Tenure]:
    """The person's own tenures of the same actor and level that share time with a stated one, oldest first."""
    return sorted((t for t in tenures if _same_post(t, one) and _share_time(t, one)), key=lambda t: t.start or "")


def _same_post(ours: Tenure, theirs: SyncedTenure) -> bool:
    """Whether two tenures may be of one post: ministers have many, and only their offices tell which."""
    if (ours.code, ours.level) != (theirs.code, theirs.level):
        return False
    return theirs.level is not Level.MINISTER or _is_foreign(ours.office) == _is_foreign(theirs.office)


def _is_foreign(office: str) -> bool:
    return not _FOREIGN.isdisjoint(name_pieces(office))


def _share_time(ours: Tenure, theirs: SyncedTenure) -> bool:
    begins = ours.start is None or theirs.end is None or _first_day(ours.start) <= _last_day(theirs.end)
    ends = ours.end is None or theirs.start is None or _first_day(theirs.start) <= _last_day(ours.end)
    return begins and ends


def _fill(tenures: list[Tenure], run: Sequence[Tenure], one: SyncedTenure) -> None:
    """Put in what the hand-written facts leave open: a start, an end."""
    if run[0].start is None and one.start is not None:
        tenures[tenures.index(run[0])] = msgspec.structs.replace(run[0], start=one.start)
    if run[-1].end is None and one.end is not None:
        at = next(at for at, t in enumerate(tenures) if (t.code, t.office, t.level, t.end) == _post(run[-1]))
        tenures[at] = msgspec.structs.replace(tenures[at], end=one.end)


def _post(tenure: Tenure) -> tuple[str, str, Level, str | None]:
    return tenure.code, tenure.office, tenure.level, tenure.end


def _differ(ours: str | None, theirs: str | None) -> bool:
    """Whether two dates disagree as far as both are precise."""
    if ours is None or theirs is None:
        return False
    shared = min(len(ours), len(theirs))
    return ours[:shared] != theirs[:shared]


def _tenure(person: str, one: SyncedTenure) -> Tenure:
    return Tenure(person=person, code=one.code, office=one.office, level=one.level, start=one.start, end=one.end)


def _in_order(tenures: Iterable[Tenure]) -> tuple[Tenure, ...]:
    return tuple(sorted(tenures, key=lambda t: t.start or t.end or ""))


def _period(start: str | None, end: str | None) -> str:
    return f"{start or '?'} – {end or ''}".strip()


def _first_day(prefix: str) -> date:
    return date.fromisoformat(prefix + "0001-01-01"[len(prefix) :])


def _last_day(prefix: str) -> date:
    if len(prefix) == len("YYYY"):
        return date(int(prefix), 12, 31)
    if len(prefix) == len("YYYY-MM"):
        return date.fromisoformat(f"{prefix}-28") + timedelta(days=3)
    return date.fromisoformat(prefix)
