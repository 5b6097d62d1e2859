"""Answers `ClaimQuery` in SQL: claims are read newest first along the index that has fewest of them, as far as a page needs."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Subquery, Table, and_, exists, func, or_, select

from dragoman.backends import sql_schema as schema
from dragoman.core.claims import AnyClaim
from dragoman.core.codec import load_claim
from dragoman.core.folding import fold
from dragoman.core.queries import ACTING, FACING, ClaimQuery, Found, Part, name_key

Condition = ColumnElement[bool]

_claims = schema.claims
_bodies = schema.claim_bodies
_actors = schema.claim_actors

_WINDOW = 1_000
"""Index entries that are looked at first; then those beyond, as many as a page seems to need by what fitted so far."""
_WIDEST = 8
"""How many times as many are looked at next, at most."""
_AT_ONCE = 250
_MOST_NAMES = 40
"""Names of persons that are each looked up in order of days; of more, all entries are put in order, where that is soon done."""
_FEW = 10_000
"""Index entries that are soon put in order."""


class _Walk(NamedTuple):
    """A way to claims: by one index entry after the other, newest first, in as many rows as it takes."""

    table: Table
    entries: tuple[Condition, ...]
    """Alternatives, each of which an index answers in the order of newness."""
    further: tuple[Condition, ...] = ()
    in_order: bool = True
    """Whether an index has the entries in the order of newness; if not, all are read and sorted at each look."""

    def steps(self, bounds: Sequence[Condition]) -> list[Select[Any]]:
        """Coding, position and newness of each alternative's claims."""
        columns = self.table.c
        found = select(columns.coding, columns.position, columns.newness)
        return [found.where(one, *self.further, *bounds) for one in self.entries]


class _Side(NamedTuple):
    """What a claim must hold in a side table, of the rank asked for."""

    walk: _Walk
    rank: tuple[Condition, ...] = ()

    def held(self, keys: Subquery) -> Condition:
        """Whether the claim with such a key holds it; told from the key alone, before anything else of the claim is looked up."""
        side = self.walk.table
        here = and_(side.c.coding == keys.c.coding, side.c.position == keys.c.position)
        return exists().where(here, or_(*self.walk.entries), *self.walk.further, *self.rank).correlate(keys)


class _Way(NamedTuple):
    """A walk, and what must be asked of each claim on it."""

    walk: _Walk
    sides: tuple[_Side, ...]
    own: tuple[Condition, ...]


class _Reach(NamedTuple):
    """How many index entries were looked at, down to which newness, and whether that is all."""

    entries: int
    oldest: int
    whole: bool

    @property
    def sparseness(self) -> tuple[bool, int]:
        """Least first: short ways by their length, long ones by how far back the same number of entries goes."""
        return (not self.whole, self.entries if self.whole else self.oldest)

    @classmethod
    def of_all(cls, reaches: Sequence["_Reach"]) -> "_Reach":
        """How far alternatives go together: as far as the one that goes least far."""
        unfinished = [one.oldest for one in reaches if not one.whole]
        return cls(sum(one.entries for one in reaches), max(unfinished, default=-1), whole=not unfinished)


class _Seen(NamedTuple):
    """Claims that were looked at and fit, and down to which newness none is missing (-1 for all)."""

    places: list[tuple[int, str, int, int]]
    """Newness with its sign turned, document, position and coding: in the order of pages."""
    below: int

    @property
    def certain(self) -> int:
        """How many of the first places are where they belong."""
        return sum(-place[0] > self.below for place in self.places)


def find(connection: Connection, query: ClaimQuery) -> Found:
    """Find current claims; the connection's transaction makes page and counts agree."""
    end = None if query.limit is None else query.offset + query.limit
    way = _chosen(connection, query)
    seen = _walked(connection, way, _fresh(way.walk, query), _since(query), end)
    undated = None
    if query.since or query.until:
        undated = _walked(connection, way, [way.walk.table.c.newness == 0], [], None if end is None else 0)
    return Found(
        claims=tuple(_loaded(connection, seen.places[query.offset : end])),
        total=len(seen.places),
        undated=len(undated.places) if undated else 0,
        more=seen.below >= 0 or (undated is not None and undated.below >= 0),
    )


def _chosen(connection: Connection, query: ClaimQuery) -> _Way:
    """The shortest way to the claims, and what must then be asked of each."""
    sides = list(_sides(connection, query))
    walks = [side.walk for side in sides if side.walk.in_order or _are_few(connection, side.walk)]
    walks += _own_walks(query, alone=not walks)
    walk = walks[0]
    if len(walks) > 1:
        ways = [_parts(one.steps(_fresh(one, query)), _WINDOW) for one in walks]
        reaches = [_Reach.of_all([_reach(connection, part, _WINDOW) for part in parts]) for parts in ways]
        walk = walks[reaches.index(min(reaches, key=lambda reach: reach.sparseness))]
    return _Way(walk, tuple(side for side in sides if side.rank or side.walk is not walk), tuple(_own_conditions(query)))


def _are_few(connection: Connection, walk: _Walk) -> bool:
    some = (step.limit(_FEW).subquery() for step in walk.steps(()))
    return sum(connection.scalar(select(func.count()).select_from(one)) or 0 for one in some) < _FEW


def _walked(
    connection: Connection, way: _Way, bounds: Sequence[Condition], conditions: Sequence[Condition], end: int | None
) -> _Seen:
    """Look at claims along a way until the first `end` are known for certain, at all where there is no end."""
    window = None if end is None else max(_WINDOW, 2 * end)
    steps, places, entries = way.walk.steps(bounds), set[tuple[int, str, int, int]](), 0
    while True:
        parts = _parts(steps, window)
        reaches = [_reach(connection, part, window) for part in parts]
        reach = _Reach.of_all(reaches)
        places.update(place for part in parts for place in _fitting(connection, part, way, conditions))
        seen = _Seen(sorted(places), reach.oldest)
        if window is None or end is None or reach.whole or seen.certain >= end:
            return seen
        entries += reach.entries
        steps = [_from(step, one.oldest) for step, one in zip(steps, reaches, strict=True) if not one.whole]
        wanted = entries * (end - seen.certain) // max(seen.certain, 1) // len(steps)
        window *= min(max(wanted // window + 1, 2), _WIDEST)


def _from(step: Select[Any], oldest: int) -> Select[Any]:
    """What is left of a way: what is no newer than what was seen last."""
    return step.where(step.selected_columns.newness <= oldest)


def _parts(steps: Sequence[Select[Any]], window: int | None) -> list[Subquery]:
    """The newest entries of each alternative."""
    if window is not None:
        steps = [step.order_by(step.selected_columns.newness.desc()).limit(window) for step in steps]
    return [step.subquery() for step in steps]


def _reach(connection: Connection, part: Subquery, window: int | None) -> _Reach:
    if window is None:
        return _Reach(0, -1, whole=True)
    count, oldest = connection.execute(select(func.count(), func.min(part.c.newness))).one()
    return _Reach(count, oldest, whole=count < window)


def _fitting(
    connection: Connection, part: Subquery, way: _Way, conditions: Sequence[Condition]
) -> Iterator[tuple[int, str, int, int]]:
    found = and_(_claims.c.coding == part.c.coding, _claims.c.position == part.c.position)
    columns = (_claims.c.newness, _claims.c.document, _claims.c.position, _claims.c.coding)
    fitting = (*(side.held(part) for side in way.sides), *way.own, *conditions)
    rows = connection.execute(select(*columns).select_from(part.join(_claims, found)).where(*fitting)).all()
    return ((-newness, document, position, coding) for newness, document, position, coding in rows)


def _loaded(connection: Connection, places: Sequence[tuple[int, str, int, int]]) -> Iterator[AnyClaim]:
    for start in range(0, len(places), _AT_ONCE):
        keys = [(coding, position) for _, _, position, coding in places[start : start + _AT_ONCE]]
        codings, positions = (sorted(set(column)) for column in zip(*keys, strict=True))
        # By each column for itself: SQLite looks up no pairs by index. What is found beside them is passed over.
        wanted = (_bodies.c.coding.in_(codings), _bodies.c.position.in_(positions))
        rows = connection.execute(select(_bodies.c.coding, _bodies.c.position, _bodies.c.body).where(*wanted))
        bodies = {(coding, position): body for coding, position, body in rows}
        yield from (load_claim(bodies[key]) for key in keys)


def _sides(connection: Connection, query: ClaimQuery) -> Iterator[_Side]:
    """What claims must hold in side tables.

    Actor and person each somewhere in the claim; role and level with the actor, else with the person, else with anybody.
    """
    rank: list[Condition] = []
    if query.role:
        rank.append(_actors.c.role == query.role.value)
    if query.level:
        rank.append(_actors.c.level == query.level.value)
    if query.person:
        yield _Side(_persons(connection, query.person), () if query.actor else tuple(rank))
    if query.actor:
        yield _Side(_Walk(_actors, _named(query.actor), (_in_part(ACTING),)), tuple(rank))
    if query.with_actor:
        yield _Side(_Walk(_actors, _named(query.with_actor), (_in_part(FACING),)))
    if query.dossier:
        yield _Side(_Walk(schema.claim_dossiers, (schema.claim_dossiers.c.dossier == query.dossier,)))
    if query.issue:
        yield _Side(_Walk(schema.claim_issues, (schema.claim_issues.c.issue == query.issue.value,)))
    if rank and not (query.actor or query.person):
        yield _Side(_Walk(_actors, (rank[0],), (_in_part(ACTING),), in_order=query.role is not None), tuple(rank[1:]))


def _named(asked: str) -> tuple[Condition, ...]:
    """By code or by name; who has no code has the name in its place."""
    key = name_key(asked)
    return (_actors.c.actor == key, and_(_actors.c.name == key, _actors.c.name != _actors.c.actor))


def _in_part(parts: tuple[Part, ...]) -> Condition:
    return _actors.c.part.in_([part.value for part in parts])


def _persons(connection: Connection, asked: str) -> _Walk:
    """The way by the names that have all the words asked for."""
    names = schema.persons
    padded = " " + names.c.name + " "
    words = [padded.contains(f" {word} ", autoescape=True) for word in fold(asked).split()]
    found = list(connection.scalars(select(names.c.name).where(*words).limit(_MOST_NAMES + 1))) if words else []
    if 0 < len(found) <= _MOST_NAMES:
        return _Walk(_actors, tuple(_actors.c.person == name for name in found))
    among = select(names.c.name).where(*words) if found else ()
    return _Walk(_actors, (_actors.c.person.in_(among),), in_order=False)


def _own_walks(query: ClaimQuery, *, alone: bool) -> Iterator[_Walk]:
    """The ways by what claims say of themselves; all claims where nothing else leads to them."""
    current = (_claims.c.current,)
    if query.document:
        yield _Walk(_claims, (_claims.c.document == query.document,), current)
    elif query.types:
        yield _Walk(_claims, tuple(_claims.c.type == str.__str__(one) for one in query.types), current)
    elif query.kinds:
        yield _Walk(_claims, tuple(_claims.c.kind == kind.value for kind in query.kinds), current)
    elif alone:
        yield _Walk(_claims, current)


def _own_conditions(query: ClaimQuery) -> list[Condition]:
    """Everything that claims say of themselves but the period."""
    conditions: list[Condition] = [_claims.c.current]
    if query.kinds:
        conditions.append(_claims.c.kind.in_([kind.value for kind in query.kinds]))
    if query.types:
        conditions.append(_claims.c.type.in_([str.__str__(one) for one in query.types]))
    if query.channel:
        conditions.append(_claims.c.channel == query.channel.value)
    if query.factuality:
        conditions.append(_claims.c.factuality == query.factuality.value)
    if query.document:
        conditions.append(_claims.c.document == query.document)
    return conditions


def _fresh(walk: _Walk, query: ClaimQuery) -> list[Condition]:
    """Claims on a way that are current, and where a period is asked for have a day in time for it."""
    newness = walk.table.c.newness
    if query.until:
        return [newness >= 1, newness <= query.until.toordinal()]
    return [newness >= (1 if query.since else 0)]


def _since(query: ClaimQuery) -> list[Condition]:
    return [_claims.c.last_day >= query.since] if query.since else []
