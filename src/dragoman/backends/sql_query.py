"""Answers `ClaimQuery` in SQL."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, func, select, tuple_, union

from dragoman.backends import sql_schema as schema
from dragoman.core.codec import load_claim
from dragoman.core.folding import fold
from dragoman.core.queries import ACTING, FACING, ClaimQuery, Found, Part, name_key

Condition = ColumnElement[bool]

_claims = schema.claims
_bodies = schema.claim_bodies
_actors = schema.claim_actors


def find(connection: Connection, query: ClaimQuery) -> Found:
    """Find current claims; the connection's transaction makes page and counts agree."""
    fitting = _fitting(query)
    period = _period(query)
    counted = select(func.count()).select_from(_claims)
    total = connection.scalar(counted.where(*fitting, *period)) or 0
    undated = connection.scalar(counted.where(*fitting, _claims.c.newness == 0)) or 0 if period else 0
    places = select(_claims.c.coding, _claims.c.position, _claims.c.newness, _claims.c.document).where(*fitting, *period)
    places = places.order_by(*_newest_first(_claims.c)).limit(total if query.limit is None else query.limit).offset(query.offset)
    page = places.subquery()
    at_place = and_(_bodies.c.coding == page.c.coding, _bodies.c.position == page.c.position)
    bodies = select(_bodies.c.body).join_from(page, _bodies, at_place).order_by(*_newest_first(page.c))
    return Found(claims=tuple(load_claim(body) for body in connection.scalars(bodies)), total=total, undated=undated)


def _newest_first(columns: Any) -> tuple[Any, ...]:  # noqa: ANN401 - the columns of a table or of a query
    return (columns.newness.desc(), columns.document, columns.position)


def _fitting(query: ClaimQuery) -> list[Condition]:
    """Everything but the period."""
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
    if query.dossier:
        side = schema.claim_dossiers
        conditions.append(_has(side, side.c.dossier == query.dossier))
    if query.issue:
        side = schema.claim_issues
        conditions.append(_has(side, side.c.issue == query.issue.value))
    if query.with_actor:
        conditions.append(_has_actor(query.with_actor, FACING))
    return conditions + _who(query)


def _who(query: ClaimQuery) -> list[Condition]:
    """Actor and person each somewhere in the claim; role and level with the actor, else with the person, else with anybody."""
    rank: list[Condition] = []
    if query.role:
        rank.append(_actors.c.role == query.role.value)
    if query.level:
        rank.append(_actors.c.level == query.level.value)
    conditions: list[Condition] = []
    if query.actor:
        conditions.append(_has_actor(query.actor, ACTING, *rank))
    if query.person:
        conditions.append(_has(_actors, _is_person(query.person), *([] if query.actor else rank)))
    if rank and not (query.actor or query.person):
        conditions.append(_has(_actors, _in_part(ACTING), *rank))
    return conditions


def _has(side: Table, *conditions: Condition) -> Condition:
    """Whether a claim has a row in a side table: as a set of keys, so that the side table's indexes lead."""
    keys: Select[Any] = select(side.c.coding, side.c.position).where(and_(*conditions))
    return tuple_(_claims.c.coding, _claims.c.position).in_(keys)


def _has_actor(asked: str, parts: tuple[Part, ...], *conditions: Condition) -> Condition:
    """By code or by name: two look-ups joined, each of which an index answers alone, where "or" would read rows."""
    key = name_key(asked)
    keys = [select(_actors.c.coding, _actors.c.position).where(named == key) for named in (_actors.c.actor, _actors.c.name)]
    fitting = union(*(one.where(_in_part(parts), *conditions) for one in keys))
    return tuple_(_claims.c.coding, _claims.c.position).in_(fitting)


def _in_part(parts: tuple[Part, ...]) -> Condition:
    return _actors.c.part.in_([part.value for part in parts])


def _is_person(asked: str) -> Condition:
    names = schema.persons
    padded = " " + names.c.name + " "
    words = [padded.contains(f" {word} ", autoescape=True) for word in fold(asked).split()]
    return _actors.c.person.in_(select(names.c.name).where(*words)) if words else false()


def _period(query: ClaimQuery) -> list[Condition]:
    conditions: list[Condition] = []
    if query.since:
        conditions.append(_claims.c.last_day >= query.since)
    if query.until:
        conditions.append(_claims.c.newness.between(1, query.until.toordinal()))
    return conditions
