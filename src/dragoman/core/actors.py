"""Actors and places as claims name them."""

import msgspec

from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, PlaceKind


class Actor(msgspec.Struct, frozen=True, gc=False):
    """A state, organisation, group or person that acts.

    `code` is ISO 3166 alpha-3 for states (XKX Kosovo, PSE Palestinian Authority), a short code for others (UN, EU, HAMAS) and
    None for actors that no gazetteer knows.
    """

    name: str
    code: str | None = None
    kind: ActorKind | None = None

    @property
    def key(self) -> str:
        """What tells this actor from others: its code, else its name without case."""
        return self.code or self.name.casefold()


class Place(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Where something happened, as far as the text says.

    `country` is ISO 3166 alpha-3; coordinates are WGS 84 degrees. `reason` says how the place was decided or why it was not.
    """

    name: str | None = None
    country: str | None = None
    kind: PlaceKind | None = None
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    span: Span | None = None
    reason: str | None = None
