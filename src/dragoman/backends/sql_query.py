"""Answers `ClaimQuery` in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    false,
    func,
    select,
    tuple_,
    union,
)

from dragoman.backends import sql_schema as schema
from dragoman.core.codec import load_claim
from dragoman.core.folding import fold
from dragoman.core.queries import ACTING, FACING, ClaimQuery, Found, Part, name_key

Condition = ColumnElement[bool]
Keys = Select[Any] | CompoundSelect[Any]
"""A set of claims' keys: coding and position, each once."""

_claims = schema.claims
_bodies = schema.claim_bodies
_actors = schema.claim_actors


_FEW = 2_000
"""Fitting claims up to which all are looked up and put in order; of more, a page is found sooner among the newest claims."""


def find(connection: Connection, query: ClaimQuery) -> Found:
    """Find current claims; the connection's transaction makes page and counts agree."""
    fitting, keys = _fitting(query), _key_sets(query)
    period = _period(query)
    by_keys, others = _led(keys)
    counted = select(func.count()).select_from(by_keys)
    total = connection.scalar(counted.where(*fitting, *others, *period)) or 0
    undated = connection.scalar(counted.where(*fitting, *others, _claims.c.newness == 0)) or 0 if period else 0
    places = select(_claims.c.coding, _claims.c.position, _claims.c.newness, _claims.c.document).where(*fitting, *period)
    places = places.select_from(by_keys).where(*others) if total <= _FEW else places.where(*map(_is_among, keys))
    places = places.order_by(*_newest_first(_claims.c)).limit(total if query.limit is None else query.limit).offset(query.offset)
    page = places.subquery()
    at_place = and_(_bodies.c.coding == page.c.coding, _bodies.c.position == page.c.position)
    bodies = select(_bodies.c.body).join_from(page, _bodies, at_place).order_by(*_newest_first(page.c))
    return Found(claims=tuple(load_claim(body) for body in connection.scalars(bodies)), total=total, undated=undated)


def _led(keys: Sequence[Keys]) -> tuple[FromClause, list[Condition]]:
    """Claims as the first set of keys finds them, so that no other is looked at, and the conditions of the other sets."""
    if not keys:
        return _claims, []
    lead = keys[0].subquery()
    found = and_(_claims.c.coding == lead.c.coding, _claims.c.position == lead.c.position)
    return lead.join(_claims, found), [_is_among(each) for each in keys[1:]]


def _is_among(keys: Keys) -> Condition:
    return tuple_(_claims.c.coding, _claims.c.position).in_(keys)


def _newest_first(columns: Any) -> tuple[Any, ...]:  # noqa: ANN401 - the columns of a table or of a query
    return (columns.newness.desc(), columns.document, columns.position)


def _fitting(query: ClaimQuery) -> list[Condition]:
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


def _key_sets(query: ClaimQuery) -> list[Keys]:
    """What claims say of others than themselves, as sets of keys; the one that is likeliest to be small first.

    Actor and person each somewhere in the claim; role and level with the actor, else with the person, else with anybody.
    """
    rank: list[Condition] = []
    if query.role:
        rank.append(_actors.c.role == query.role.value)
    if query.level:
        rank.append(_actors.c.level == query.level.value)
    found: list[Keys] = []
    if query.person:
        found.append(_keys(_actors, _is_person(query.person), *([] if query.actor else rank)))
    if query.actor:
        found.append(_of_actor(query.actor, ACTING, *rank))
    if query.with_actor:
        found.append(_of_actor(query.with_actor, FACING))
    if query.dossier:
        found.append(_keys(schema.claim_dossiers, schema.claim_dossiers.c.dossier == query.dossier))
    if query.issue:
        found.append(_keys(schema.claim_issues, schema.claim_issues.c.issue == query.issue.value))
    if rank and not (query.actor or query.person):
        found.append(_keys(_actors, _in_part(ACTING), *rank))
    return found


def _keys(side: Table, *conditions: Condition) -> Keys:
    """The claims with a row in a side table."""
    return select(side.c.coding, side.c.position).where(and_(*conditions)).distinct()


def _of_actor(asked: str, parts: tuple[Part, ...], *conditions: Condition) -> Keys:
    """By code or by name: two look-ups joined, each of which an index answers alone, where "or" would read rows."""
    key = name_key(asked)
    keys = [select(_actors.c.coding, _actors.c.position).where(named == key) for named in (_actors.c.actor, _actors.c.name)]
    return union(*(one.where(_in_part(parts), *conditions) for one in keys))


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
