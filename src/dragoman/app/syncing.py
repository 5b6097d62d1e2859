"""Refreshing office-holders from Wikidata, beside the hand-written facts: what would change, what conflicts, and the way back."""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from dragoman.app.config import Config
from dragoman.app.wiring import actor_folder, opened_fetcher, today
from dragoman.backends.snapshots import SnapshotFolder
from dragoman.backends.wikidata import LICENCE, fetch_tenures
from dragoman.core.errors import ConfigError, DragomanError, InputError
from dragoman.core.vocab import ActorKind
from dragoman.knowledge.entries import PersonEntry
from dragoman.knowledge.loading import Facts, shipped_facts
from dragoman.knowledge.synced import Conflict, Snapshot, SyncedTenure, merge, read_snapshot

log = logging.getLogger(__name__)


class Line(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One tenure that comes or goes; `sign` is "+" or "-"."""

    code: str
    level: str
    name: str
    office: str
    start: str | None = None
    end: str | None = None
    sign: str


class SyncReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a refresh found; `file` is None where nothing was written: a dry run, or no news."""

    tenures: int
    """Tenures that the source states."""
    changes: tuple[Line, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    file: str | None = None
    dry_run: bool = False


def sync_actors(config: Config, states: Sequence[str] = (), *, dry_run: bool = False) -> SyncReport:
    """Ask for the office-holders of all states, or of some, and keep them as a new snapshot; those of other states stay."""
    facts = shipped_facts()
    names = _states(facts, states)
    folder = SnapshotFolder(actor_folder(config))
    before = _tenures(folder.current())
    with opened_fetcher(config, respect_robots=False) as fetcher:
        fetched = fetch_tenures(fetcher, config.actors.address, names, since=config.actors.since)
    if not fetched:
        raise DragomanError(f"{config.actors.address} knows no office-holder of the states asked for; nothing was changed")
    after = tuple(sorted((*(tenure for tenure in before if tenure.code not in names), *fetched)))
    merged = merge(facts, after)
    report = SyncReport(
        tenures=len(after),
        changes=_changes(merge(facts, before).facts, merged.facts),
        conflicts=merged.conflicts,
        dry_run=dry_run,
    )
    if dry_run or after == before:
        return report
    snapshot = Snapshot(source=config.actors.address, licence=LICENCE, retrieved=today(), tenures=after)
    return msgspec.structs.replace(report, file=str(folder.add(snapshot)))


def undo_sync(config: Config) -> SyncReport:
    """Go back to the snapshot before, or to the hand-written facts alone; what a damaged snapshot held is not told."""
    facts = shipped_facts()
    folder = SnapshotFolder(actor_folder(config))
    try:
        left = _tenures(folder.current())
    except ConfigError as error:
        log.warning("%s", error)
        left = ()
    path = folder.undo()
    now = _tenures(path)
    merged = merge(facts, now)
    changes = _changes(merge(facts, left).facts, merged.facts)
    return SyncReport(tenures=len(now), changes=changes, conflicts=merged.conflicts, file=str(path) if path else None)


def _tenures(path: Path | None) -> tuple[SyncedTenure, ...]:
    return read_snapshot(path).tenures if path else ()


def _states(facts: Facts, asked: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Names by code of the states to ask for; InputError for a code that no state has."""
    known = {e.actor.code: e.names for e in facts.actors if e.actor.kind is ActorKind.STATE and e.actor.code}
    wanted = {code.upper() for code in asked}
    unknown = sorted(wanted - set(known))
    if unknown:
        raise InputError(f"no state has the code {', '.join(unknown)}; give ISO 3166 alpha-3 codes such as TUR")
    return {code: names for code, names in known.items() if not wanted or code in wanted}


def _changes(old: Facts, new: Facts) -> tuple[Line, ...]:
    same = {id(person) for person in old.persons} & {id(person) for person in new.persons}
    before, after = (set(_lines(p for p in facts.persons if id(p) not in same)) for facts in (old, new))
    gone = (msgspec.structs.replace(line, sign="-") for line in before - after)
    return tuple(sorted((*gone, *(after - before))))


def _lines(persons: Iterable[PersonEntry]) -> Iterable[Line]:
    for person in persons:
        for t in person.tenures:
            yield Line(code=t.code, level=t.level, name=person.name, office=t.office, start=t.start, end=t.end, sign="+")
