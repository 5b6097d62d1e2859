"""Reads the tables of facts beside the code: UTF-8 TSV with a header row, "|" between the values of one cell."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman.core.errors import ConfigError

Row = dict[str, str]


def facts_folder() -> Traversable:
    """The folder of shipped facts."""
    return files("dragoman.knowledge") / "facts"


def tables(folder: Traversable, stem: str) -> tuple[Traversable, ...]:
    """The tables `STEM.tsv` and `STEM_*.tsv`, by name."""
    name = re.compile(rf"{re.escape(stem)}(?:_[a-z0-9_]+)?\.tsv")
    return tuple(sorted((t for t in folder.iterdir() if name.fullmatch(t.name)), key=lambda t: t.name))


def read_rows(table: Traversable, columns: Iterable[str]) -> Iterator[tuple[int, Row]]:
    """Yield line numbers and rows; raise `ConfigError` where a column is missing or a row has too many or too few cells."""
    with io.StringIO(table.read_text(encoding="utf-8")) as stream:
        reader = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(reader, [])
        missing = sorted(set(columns) - set(header))
        if missing:
            raise ConfigError(f"{table.name}: columns {', '.join(missing)} are missing; the header has {', '.join(header)}")
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if len(cells) != len(header):
                raise ConfigError(
                    f"{table.name}:{reader.line_num}: {len(cells)} cells where the header has {len(header)}; mend the tabs"
                )
            yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell."""
    return tuple(value for value in (part.strip() for part in cell.split("|")) if value)
