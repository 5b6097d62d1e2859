"""Disputed places: whose they are after each policy and on each day, who claims them, and how the United Nations names them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from importlib.resources.abc import Traversable

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.knowledge.iso_dates import is_date_prefix, may_cover, surely_covers
from dragoman.knowledge.tables import facts_folder, read_rows, values

COLUMNS = ("key", "name", "display", "un", "de_facto", "claims", "since", "until", "note")


class Policy(StrEnum):
    """Whose a disputed place is."""

    UN = "un"
    """As United Nations resolutions and lists have it; open where they leave it open."""
    DE_FACTO = "de_facto"
    """Whoever holds it on the day; open where nobody with a country code holds it alone."""
    OPEN = "open"
    """Nobody's: only the claims are kept."""


class Naming(StrEnum):
    """How a disputed place is called in the record."""

    SOURCE = "source"
    """As the document words it."""
    UN = "un"
    """In United Nations usage."""


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Whose a place is for a time (ISO 3166 alpha-3; None where open), and who claims it.

    `since` and `until` are ISO 8601 prefixes, None where open; a day that two periods may cover is in both.
    """

    un: str | None = None
    de_facto: str | None = None
    claims: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    note: str | None = None

    def country(self, policy: Policy) -> str | None:
        """The country after a policy."""
        return {Policy.UN: self.un, Policy.DE_FACTO: self.de_facto, Policy.OPEN: None}[policy]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A disputed place: its name in United Nations usage, and when it is in dispute, in the order of the table."""

    name: str
    display: str
    periods: tuple[Period, ...]

    def country(self, policy: Policy, on: date | None, undisputed: str | None) -> str | None:
        """The country on a day: `undisputed` outside all periods; None where it is open or where the day leaves it open."""
        countries = {period.country(policy) for period in self._on(on)}
        if not self._surely(on):
            countries.add(undisputed)
        return countries.pop() if len(countries) == 1 else None

    def claims(self, on: date | None) -> tuple[str, ...]:
        """Who claims the place on a day, those of all periods where the day is unknown."""
        return tuple(dict.fromkeys(code for period in self._on(on) for code in period.claims))

    def _on(self, day: date | None) -> tuple[Period, ...]:
        if day is None:
            return self.periods
        return tuple(period for period in self.periods if may_cover(period.since, period.until, day))

    def _surely(self, day: date | None) -> bool:
        """Whether the place is in dispute on a day, whatever the table leaves open."""
        if day is None:
            return any(period.since is None and period.until is None for period in self.periods)
        return any(surely_covers(period.since, period.until, day) for period in self.periods)


def read_disputes(folder: Traversable | None = None) -> Mapping[str, Dispute]:
    """Disputes by ISO 3166 code, GeoNames id ("c281184") or site ("fCrimea"); `ConfigError` names table and line if broken."""
    found: dict[str, Dispute] = {}
    table = (folder or facts_folder()) / "places_disputed.tsv"
    for line, row in read_rows(table, COLUMNS):
        for column in ("since", "until"):
            if row[column] and not is_date_prefix(row[column]):
                raise ConfigError(f"{table.name}:{line}: {column} {row[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        key = row["key"] or f"f{row['name']}"
        period = Period(
            un=row["un"] or None,
            de_facto=row["de_facto"] or None,
            claims=values(row["claims"]),
            since=row["since"] or None,
            until=row["until"] or None,
            note=row["note"] or None,
        )
        before = found[key].periods if key in found else ()
        found[key] = Dispute(name=row["name"], display=row["display"] or row["name"], periods=(*before, period))
    return found
