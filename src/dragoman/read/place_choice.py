"""Chooses what the place names of one document mean, from their neighbours in the text and from each other.

Weighed in powers of ten of inhabitants: how large a place is; whether the words after the name hold it ("Tyre, Lebanon"); whether
the document names its country or province; how near it is to the other places of the document. One sense per name and document.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import cos, exp, hypot, radians

import msgspec

from dragoman.core.vocab import PlaceKind
from dragoman.knowledge.place_sites import Site
from dragoman.knowledge.places import PlaceNames

CLEAR_LEAD = 0.5
"""By how much the best sense must lead the next one elsewhere to be taken as the meaning."""

_ROUNDS = 3
_HELD = 6.0
_MAYBE_HELD = 2.0
_COUNTRY_NAMED = 1.2
_COUNTRY_SHARE = 1.6
_ADMIN_NAMED = 1.3
_ADMIN_SHARE = 1.2
_PROVINCES = 1.5
_NEAR = 1.6
_NEAR_KM = 60.0
_SAME_KM = 100.0
_MENTIONED = 1.0
_IMPLIED = 0.5
_FIRST_LEVEL = 1
_NEIGHBOURS = 40
_TOWN = 20_000

_AFTER = re.compile(r"(?:,\s{1,2}|\s\()((?:[A-Z][\w’'.-]*)(?: (?:of |and |the )?[A-Z][\w’'.-]*){0,3})")
_IN = re.compile(r",?(?: \w+){0,2} in (?:the )?(?:\w+ern |central )?((?:[A-Z][\w’'.-]*)(?: [A-Z][\w’'.-]*){0,2})")
_LIST_GOES_ON = re.compile(r"(?:, [A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)?)*,? (?:and|or|&) ")
_COUNTIES = re.compile(r"(?:,? (?:and |& )?[A-Z]\w+){0,4} [Cc]ount(?:y|ies)\b")
_CLASS = re.compile(r" (County|Province|Governorate|State|Prefecture|Oblast|Region|District|Parish)\b", re.IGNORECASE)
_KM_PER_DEGREE = 111.2


class Spot(msgspec.Struct, frozen=True):
    """A place's name in a text, with its offsets."""

    name: str
    start: int
    end: int


class Choice(msgspec.Struct, frozen=True):
    """What a name was taken to mean: `lead` is how far ahead of the next sense elsewhere it is; no `site` for an unknown name."""

    site: Site | None
    lead: float
    senses: int
    reason: str
    rivals: tuple[Site, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether the best sense leads by enough."""
        return self.site is not None and self.lead >= CLEAR_LEAD


def choose_places(
    spots: Sequence[Spot], text: str, places: PlaceNames, countries: Mapping[str, float] | None = None
) -> tuple[Choice, ...]:
    """Choose for each spot; `countries` adds weight to countries that the document names in other words ("Lebanese")."""
    groups = _groups(spots, text, places)
    chosen = {key: max(group.senses, key=lambda s: s.prior) for key, group in groups.items() if group.senses}
    scored: dict[tuple[str, str], list[tuple[float, Site, str]]] = {}
    for _ in range(_ROUNDS):
        scored = {key: _scored(key, group, groups, chosen, countries or {}) for key, group in groups.items() if group.senses}
        now = {key: senses[0][1] for key, senses in scored.items()}
        if now == chosen:
            break
        chosen = now
    by_key = {key: _choice(scored.get(key, [])) for key in groups}
    return tuple(by_key[key] for key in _keys(spots, text, places, groups))


class _Group(msgspec.Struct):
    """Mentions of one name that share what holds them."""

    senses: tuple[Site, ...]
    holders: tuple[Site, ...]
    firmly: bool
    count: int = 0


def _groups(spots: Sequence[Spot], text: str, places: PlaceNames) -> dict[tuple[str, str], _Group]:
    groups: dict[tuple[str, str], _Group] = {}
    for spot in spots:
        senses = _senses(spot, text, places)
        holders, firmly = _holders(spot, text, places, senses)
        key = (spot.name.casefold(), holders[0].key if holders and firmly else "")
        group = groups.setdefault(key, _Group(senses, holders, firmly))
        group.count += 1
        if holders and not group.holders:
            group.holders, group.firmly = holders, firmly
    _share_senses(groups)
    return groups


def _share_senses(groups: dict[tuple[str, str], _Group]) -> None:
    """A name that is explained once is meant so throughout: bare mentions borrow what holds the explained ones."""
    for (name, held), group in groups.items():
        if not held and not group.holders:
            explained = [other for (n, h), other in groups.items() if n == name and h]
            if len(explained) == 1:
                group.holders, group.firmly = explained[0].holders, True


def _keys(
    spots: Sequence[Spot], text: str, places: PlaceNames, groups: Mapping[tuple[str, str], _Group]
) -> Iterable[tuple[str, str]]:
    for spot in spots:
        holders, firmly = _holders(spot, text, places, _senses(spot, text, places))
        key = (spot.name.casefold(), holders[0].key if holders and firmly else "")
        yield key if key in groups else (spot.name.casefold(), "")


def _senses(spot: Spot, text: str, places: PlaceNames) -> tuple[Site, ...]:
    found = _CLASS.match(text, spot.end)
    if found:
        longer = [s for s in places.candidates(spot.name + found[0]) if s.kind is PlaceKind.ADMIN]
        if longer:
            return tuple(longer)
    if _COUNTIES.match(text, spot.end):
        counties = places.candidates(f"{spot.name} County")
        if counties:
            return counties
    return places.candidates(spot.name)


def _holders(spot: Spot, text: str, places: PlaceNames, senses: tuple[Site, ...]) -> tuple[tuple[Site, ...], bool]:
    """The divisions or countries that the words after a name put it in, and whether they do so beyond doubt."""
    for pattern, firm in ((_AFTER, True), (_IN, False)):
        found = pattern.match(text, spot.end)
        if not found:
            continue
        named, end = _holder_named(found, places)
        holders = tuple(h for h in named if any(_holds(h, s) for s in senses) and not _are_peers(h, senses))
        if holders:
            listed = _LIST_GOES_ON.match(text, end) or any(s.level == _FIRST_LEVEL for s in senses)
            return holders, firm and not (listed and not text[:end].endswith("."))
    return (), False


def _are_peers(holder: Site, senses: tuple[Site, ...]) -> bool:
    """Whether a country follows what may be a country too: "Russia, Turkey"."""
    return holder.kind is PlaceKind.COUNTRY and any(s.kind is PlaceKind.COUNTRY for s in senses)


def _holder_named(found: re.Match[str], places: PlaceNames) -> tuple[tuple[Site, ...], int]:
    words = found[1].split(" ")
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size])
        bare = name.rstrip(".,;")
        for spelling in dict.fromkeys((name, bare + ".", bare)):
            sites = tuple(s for s in places.candidates(spelling) if s.kind is PlaceKind.COUNTRY or s.level)
            if sites and (spelling == name or size == len(words)):
                return sites, found.start(1) + len(name)
    return (), 0


def _holds(holder: Site, site: Site) -> bool:
    if holder.key == site.key:
        return False
    if holder.kind is PlaceKind.COUNTRY:
        return site.lies_in == holder.lies_in and site.kind is not PlaceKind.COUNTRY
    if holder.level == _FIRST_LEVEL:
        return site.admin == holder.admin and site.level != _FIRST_LEVEL
    return site.kind is PlaceKind.CITY and site.admin == holder.admin and _km(holder, site) < 2 * _NEAR_KM


def _scored(
    key: tuple[str, str],
    group: _Group,
    groups: Mapping[tuple[str, str], _Group],
    chosen: Mapping[tuple[str, str], Site],
    countries: Mapping[str, float],
) -> list[tuple[float, Site, str]]:
    others = [(site, groups[other].count) for other, site in chosen.items() if other[0] != key[0]]
    country_weight, admin_weight = _evidence(others, countries)
    around = [(site, count) for site, count in others if site.kind is not PlaceKind.COUNTRY and site.level != _FIRST_LEVEL][
        :_NEIGHBOURS
    ]
    found = []
    for site in group.senses:
        grounds = [(0.0, "the largest of its name")]
        if group.holders:
            held = any(_holds(holder, site) for holder in group.holders)
            grounds.append(((_HELD if group.firmly else _MAYBE_HELD) * held, "in what the text names after it"))
        if site.lies_in in country_weight and site.kind is not PlaceKind.COUNTRY:
            share = country_weight[site.lies_in] / sum(country_weight.values())
            grounds.append(
                (
                    _COUNTRY_NAMED * min(1.0, country_weight[site.lies_in]) + _COUNTRY_SHARE * share,
                    "in a country that the document names",
                )
            )
        if site.admin in admin_weight and site.level != _FIRST_LEVEL:
            share = admin_weight[site.admin] / sum(admin_weight.values())
            grounds.append(
                (
                    _ADMIN_NAMED * min(1.0, admin_weight[site.admin]) + _ADMIN_SHARE * share,
                    "in a province that the document names",
                )
            )
        if site.level == _FIRST_LEVEL:
            provinces = len({other.admin for other, _ in others if other.level == _FIRST_LEVEL and other.lies_in == site.lies_in})
            grounds.append((_PROVINCES * min(1.0, provinces / 4), "among other provinces"))
        elif site.kind is not PlaceKind.COUNTRY:
            grounds.append((_nearness(site, around), "near other places of the document"))
        score = site.prior + sum(weight for weight, _ in grounds)
        found.append((score, site, max(grounds)[1]))
    return sorted(found, key=lambda row: (-row[0], row[1].key))


def _evidence(others: Sequence[tuple[Site, int]], countries: Mapping[str, float]) -> tuple[dict[str, float], dict[int, float]]:
    """How much the document speaks of each country and first-level division, beside the name in question."""
    by_country: dict[str, float] = defaultdict(float)
    by_admin: dict[int, float] = defaultdict(float)
    for code, weight in countries.items():
        by_country[code] += weight
    for site, count in others:
        weight = (_MENTIONED if site.kind is PlaceKind.COUNTRY else _IMPLIED) * count
        if site.lies_in:
            by_country[site.lies_in] += weight
        if site.admin and site.kind is not PlaceKind.COUNTRY:
            by_admin[site.admin] += (_MENTIONED if site.level == _FIRST_LEVEL else _IMPLIED) * count
    return by_country, by_admin


def _nearness(site: Site, around: Sequence[tuple[Site, int]]) -> float:
    pull = sum(count * exp(-_km(site, other) / _NEAR_KM) for other, count in around if abs(site.latitude - other.latitude) < 5)
    return _NEAR * (1 - exp(-pull))


def _km(left: Site, right: Site) -> float:
    """Distance on the flattened globe: within a percent below a few hundred kilometres, which is all that counts here."""
    east = abs(left.longitude - right.longitude)
    east = min(east, 360 - east) * cos(radians((left.latitude + right.latitude) / 2))
    return _KM_PER_DEGREE * hypot(east, left.latitude - right.latitude)


def _seat(scored: Sequence[tuple[float, Site, str]]) -> tuple[float, Site, str]:
    """The first sense; for a province, rather its town of the same name close by: Izmir, Raqqa."""
    score, province, reason = scored[0]
    if not province.level:
        return scored[0]
    towns = [site for _, site, _ in scored[1:] if site.kind is PlaceKind.CITY and site.admin == province.admin]
    town = next((t for t in towns if t.population >= _TOWN and _km(t, province) < _SAME_KM), None)
    return (score, town, reason) if town else scored[0]


def _choice(scored: Sequence[tuple[float, Site, str]]) -> Choice:
    if not scored:
        return Choice(None, 0.0, 0, "not in the gazetteer")
    score, site, reason = _seat(scored)
    elsewhere = [(other, rival) for other, rival, _ in scored if _km(site, rival) > _SAME_KM]
    lead = score - elsewhere[0][0] if elsewhere else score
    senses = 1 + len(elsewhere)
    if senses == 1:
        reason = "the only place of its name"
    return Choice(site, lead, senses, reason, tuple(rival for _, rival in elsewhere))
