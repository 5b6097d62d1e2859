"""The persons of a store, joined across documents as claims and judgements stand."""

from dragoman.app.asking import changes
from dragoman.app.config import Config
from dragoman.app.viewing import opened_holdings
from dragoman.core.folding import fold
from dragoman.resolve.people import KnownPerson, join_people, namings


def people(config: Config, named: str | None = None) -> tuple[KnownPerson, ...]:
    """Persons by name; with `named`, those one of whose names holds all its words."""
    with opened_holdings(config) as holdings:
        claims = {claim.id: claim for claim in holdings.claims()}
        changed, rejected = changes(holdings, tuple(holdings.judgements()))
    kept = {own: changed.get(own, claim) for own, claim in claims.items() if own not in rejected}
    wanted = set(fold(named or "").split())
    return tuple(person for person in join_people(namings(kept)) if _bears(person, wanted))


def _bears(person: KnownPerson, wanted: set[str]) -> bool:
    return not wanted or any(wanted <= set(fold(join.name).split()) for join in person.joins)
