"""What places a name may mean: countries, divisions, cities, and regions, features and venues of our own facts."""

from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property
from math import log10

import msgspec

from dragoman.core.vocab import PlaceKind
from dragoman.knowledge.disputes import Dispute, Naming, Policy
from dragoman.knowledge.place_facts import PlaceFacts, read_place_facts
from dragoman.knowledge.place_sites import Site, fold_place
from dragoman.knowledge.place_tables import (
    City,
    CityTable,
    CountryTable,
    Division,
    DivisionTable,
    load_cities,
    load_countries,
    load_divisions,
)

TOWN = 50_000
"""Inhabitants from which a bare name is taken for a town rather than for an unknown person."""

_NOTED = 5.0
"""Prior from which a place is meant by its bare name in a phrase without more: towns of some 50,000 inhabitants."""

MOST = 60
"""Places of one name that are weighed at most, the likeliest first."""

_KEPT = 20_000
"""Looked-up names that are kept; a corpus of millions of documents must not fill the memory."""
_FIRST_LEVEL = 1
_HAMLET = 100
_VILLAGE = 1000
_COUNTRY_PRIOR = 8.8
_CAPITAL_BONUS = 1.35
_VENUE_BONUS = 2.5
"""For towns where states meet: American envoys "in Geneva" are in the Swiss one, however often the text names their country."""
_DISTRICT_MALUS = 1.5
_PROVINCE_BASE = 3.0
"""Provinces are named more than their size says: the prior grows with half the power of ten of their inhabitants."""
_ALIAS_MALUS = 0.8
_OUTDONE_MALUS = 2.0
"""For an alternative name that is the own name of some place: Berea was once Aleppo, but nobody calls it so."""
_ARTICLE_MALUS = 0.3
_METROPOLIS = 0.25
"""Share of a province's inhabitants from which "X City" is meant by "X" too: New York, but not Oklahoma City."""
_ARTICLES = ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az")
_AROUND = frozenset({
    "airport", "area", "border", "central", "city", "countryside", "county", "district", "downtown", "east", "eastern",
    "governorate", "greater", "international", "island", "islands", "kingdom", "lower", "mainland", "metro", "metropolitan",
    "municipality", "north", "northeast", "northeastern", "northern", "northwest", "northwestern", "oblast", "of",
    "peninsula", "prefecture", "province", "regency", "region", "republic", "river", "south", "southeast", "southeastern",
    "southern", "southwest", "southwestern", "state", "suburb", "the", "town", "upper", "village", "west", "western",
})  # fmt: skip
"""Words that a text puts around a place's name without changing much where it is."""

_DIRECTIONS = frozenset({"east", "north", "south", "west"})
"""Alone they tell a part of somewhere, or a camp ("the West"), never the province of some country that bears the name."""
_CLASS_KINDS = {
    **dict.fromkeys(("city", "town", "village", "municipality", "suburb"), PlaceKind.CITY),
    **dict.fromkeys(("province", "governorate", "district", "county", "oblast", "prefecture", "regency"), PlaceKind.ADMIN),
}


class PlaceNames:
    """Looks places up by name; build one with `load_places`."""

    def __init__(
        self,
        cities: CityTable,
        divisions: DivisionTable,
        countries: CountryTable,
        facts: PlaceFacts,
        policy: Policy = Policy.UN,
        naming: Naming = Naming.SOURCE,
    ) -> None:
        self._cities = cities
        self._divisions = divisions
        self._countries = countries
        self._facts = facts
        self._policy = policy
        self._naming = naming
        self._found: dict[str, tuple[Site, ...]] = {}
        self._points: dict[int, tuple[float, float, int] | None] = {}

    def candidates(self, name: str) -> tuple[Site, ...]:
        """The places that a name may mean, the likeliest without context first; empty where no gazetteer knows it."""
        found = self._found.get(name)
        if found is None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            bare = fold_place(name).removeprefix("the ") in _DIRECTIONS
            found = self._found[name] = () if bare else self._short(name) or self._look_up(name)
        return found

    def of_people(self, name: str) -> Site | None:
        """The country or region of an adjective or of a people's name: Turkish, Turks, Catalan."""
        folded = fold_place(name)
        code = self._facts.peoples.get(folded)
        return self._country(code) if code else self._facts.people_sites.get(folded)

    def is_town(self, name: str) -> bool:
        """Whether a place of that name has at least `TOWN` inhabitants or is known for its meetings."""
        folded = fold_place(name)
        if any(folded in towns for towns in self._facts.meeting_towns.values()):
            return True
        return any(city.population >= TOWN for city in (*self._cities.named(folded), *self._cities.also_named(folded)))

    def country_of(self, name: str) -> str | None:
        """The country of the likeliest place of that name, None where it is unknown or too small to be meant without context."""
        site = next(iter(self.candidates(name)), None)
        return site.country if site and site.prior >= _NOTED else None

    @cached_property
    def phrases(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The names of our own facts as folded words, the longest first, by their first word."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for folded in self._facts.sites:
            words = tuple(folded.split())
            found.setdefault(words[0], []).append(words)
        return {first: tuple(sorted(names, key=lambda words: (-len(words), words))) for first, names in found.items()}

    def _short(self, name: str) -> tuple[Site, ...]:
        code = self._facts.short.get(name)
        if code is None:
            return ()
        row = self._divisions.coded(code)
        site = self._division(self._divisions.division(row)) if row else self._country(code)
        return (site,) if site else ()

    def _look_up(self, name: str) -> tuple[Site, ...]:
        folded = fold_place(name)
        found = self._sites(folded)
        if not found:
            bare = _bare(folded)
            found = self._sites(bare) if bare and bare != folded else ()
            kind = next(
                (_CLASS_KINDS[word] for word in folded.split() if word in _CLASS_KINDS and word not in bare.split()), None
            )
            found = tuple(site for site in found if site.kind is kind) or found
        return found

    def _sites(self, folded: str) -> tuple[Site, ...]:
        best: dict[str, Site] = {}
        for site in (*self._all(folded), *self._with_article(folded)):
            if site.key not in best or site.prior > best[site.key].prior:
                best[site.key] = site
        return tuple(sorted(best.values(), key=lambda s: (-s.prior, s.key))[:MOST])

    def _all(self, folded: str) -> Iterator[Site]:
        own = self._facts.sites.get(folded, ())
        yield from (self._settled(site) for site in own)
        country = self._country_named(folded)
        if country:
            yield country
        cities = self._cities.named(folded)
        divisions = self._divisions.named(folded)
        for city in cities:
            yield self._city(city, folded)
        malus = _OUTDONE_MALUS if any(city.population >= _VILLAGE for city in cities) or divisions else _ALIAS_MALUS
        for city in () if country else self._cities.also_named(folded):
            yield self._city(city, folded, malus)
        provinces = tuple(filter(None, (self._division(division) for division in divisions)))
        yield from provinces
        yield from filter(None, (self._division(division, _ALIAS_MALUS) for division in self._divisions.also_named(folded)))
        yield from self._cities_called_city(folded, provinces) if not country else ()

    def _cities_called_city(self, folded: str, provinces: tuple[Site, ...]) -> Iterator[Site]:
        """New York City for New York."""
        for city in self._cities.named(f"{folded} city"):
            homes = [site for site in provinces if site.admin in city.divisions and site.level == _FIRST_LEVEL]
            if city.population >= TOWN and all(city.population >= _METROPOLIS * site.population for site in homes):
                yield self._city(city, folded, 0.0 if homes else _ALIAS_MALUS)

    def _with_article(self, folded: str) -> Iterator[Site]:
        """Places whose name has an Arabic article that papers leave out: Al Karak for Karak."""
        for article in _ARTICLES:
            for city in self._cities.named(f"{article} {folded}"):
                yield self._city(city, folded, _ARTICLE_MALUS)
            yield from filter(None, (self._division(d, _ARTICLE_MALUS) for d in self._divisions.named(f"{article} {folded}")))

    def _country_named(self, folded: str) -> Site | None:
        """The country of a name, unless it is one of its divisions that people name for the whole: England."""
        site = self._country(self._facts.countries.get(folded, ""))
        if site is None or folded == fold_place(site.name):
            return site
        divisions = self._divisions.named(folded)
        part = any(d.level == _FIRST_LEVEL and self._countries.code(d.country) == site.country for d in divisions)
        return None if part else site

    def _country(self, code: str) -> Site | None:
        point = self._facts.points.get(code)
        if point is None:
            return None
        site = Site(
            key=code,
            name=self._facts.names[code],
            kind=PlaceKind.COUNTRY,
            country=code,
            latitude=point[0],
            longitude=point[1],
            geonames=self._countries.geonames.get(code),
            prior=_COUNTRY_PRIOR,
        )
        return self._settled(site)

    def _city(self, city: City, folded: str, malus: float = 0.0) -> Site:
        code = self._countries.code(city.country)
        capital = folded in self._facts.capitals.get(code, ())
        venue = folded in self._facts.meeting_towns.get(code, ())
        prior = log10(max(city.population, _HAMLET)) + (_CAPITAL_BONUS if capital else _VENUE_BONUS if venue else -malus)
        admin = city.divisions[0] if city.divisions else None
        site = Site(
            key=f"c{city.geonames}",
            name=city.name,
            kind=PlaceKind.CITY,
            latitude=city.latitude,
            longitude=city.longitude,
            geonames=city.geonames,
            admin=admin,
            population=city.population,
            prior=prior,
            country=code,
        )
        return self._settled(site, admin)

    def _division(self, division: Division, malus: float = 0.0) -> Site | None:
        point = self._point(division)
        if point is None:
            return None
        latitude, longitude, population = point
        code = self._countries.code(division.country)
        admin = division.row if division.level == _FIRST_LEVEL else division.parent
        size = log10(max(population, _HAMLET))
        prior = (_PROVINCE_BASE + size / 2 if division.level == _FIRST_LEVEL else size - _DISTRICT_MALUS) - malus
        site = Site(
            key=f"d{division.row}",
            name=division.name,
            kind=PlaceKind.ADMIN,
            latitude=latitude,
            longitude=longitude,
            geonames=division.geonames,
            admin=admin,
            level=division.level,
            population=population,
            prior=prior,
            country=code,
        )
        return self._settled(site, admin)

    def _point(self, division: Division) -> tuple[float, float, int] | None:
        """Middle and inhabitants: from the facts, else the middle of its cities."""
        if division.row not in self._points:
            cities = self._cities.within(division.row)
            given = self._facts.points.get(division.iso or "")
            population = sum(city.population for city in cities)
            middle = given or (_middle([c.latitude for c in cities]), _middle([c.longitude for c in cities])) if cities else given
            self._points[division.row] = (round(middle[0], 4), round(middle[1], 4), population) if middle else None
        return self._points[division.row]

    def settled(self, site: Site, on: date | None) -> Site:
        """A place with the country, by policy, and the claims that it has on a day."""
        dispute = self._facts.disputes.get(site.disputed_as or "")
        if dispute is None:
            return site
        country = dispute.country(self._policy, on, site.undisputed)
        return msgspec.structs.replace(site, country=country, countries=dispute.claims(on))

    def territory(self, code: str, on: date | None) -> tuple[str | None, tuple[str, ...]]:
        """The country, by policy, and the claims of a country or territory on a day."""
        dispute = self._facts.disputes.get(code)
        return (code, ()) if dispute is None else (dispute.country(self._policy, on, code), dispute.claims(on))

    def called(self, site: Site, wording: str) -> str:
        """What a place is called in the record: as the document words it, or as the United Nations do if it is disputed so."""
        dispute = self._own_dispute(site)
        return dispute.display if dispute and self._naming is Naming.UN else wording

    def _settled(self, site: Site, admin: int | None = None) -> Site:
        """The place with its dispute, as it stands where no day is known; `admin` is the first-level division that it is in."""
        keys = (site.key, self._divisions.division(admin).iso if admin else None, site.country)
        key = next((key for key in keys if key and key in self._facts.disputes), None)
        if key is None:
            return site
        return self.settled(msgspec.structs.replace(site, disputed_as=key, undisputed=site.country), None)

    def _own_dispute(self, site: Site) -> Dispute | None:
        """The dispute over a place itself, not over what it lies in."""
        own = site.key, self._divisions.division(site.admin).iso if site.admin and site.level == _FIRST_LEVEL else None
        return self._facts.disputes.get(site.disputed_as or "") if site.disputed_as in own else None


@cache
def load_places(policy: Policy = Policy.UN, naming: Naming = Naming.SOURCE) -> PlaceNames:
    """Build the look-up on first use (about a second); `policy` decides whose a disputed place is, `naming` its name."""
    return PlaceNames(*_tables(), policy, naming)


@cache
def _tables() -> tuple[CityTable, DivisionTable, CountryTable, PlaceFacts]:
    """What every policy looks names up in."""
    return load_cities(), load_divisions(), load_countries(), read_place_facts()


def _bare(folded: str) -> str:
    words = folded.split()
    while len(words) > 1 and words[0] in _AROUND:
        words.pop(0)
    while len(words) > 1 and words[-1] in _AROUND:
        words.pop()
    return " ".join(words)


def _middle(values: list[float]) -> float:
    """Middle of the cities' extent; the outermost twentieths are left out, as some rows carry a wrong division.

    Within 161 km of the table's point for 115 of 150 divisions, most of them vast; the others are in the table.
    """
    ordered = sorted(values)
    margin = len(ordered) // 20
    return (ordered[margin] + ordered[-1 - margin]) / 2
