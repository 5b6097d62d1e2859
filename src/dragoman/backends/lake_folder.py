"""A lake: a folder (or bucket) of Parquet files, one for each piece of work and year, written whole or not at all.

    lake.json                          schema version, coder, model
    claims/year=2024/PIECE.parquet     one row a claim
    documents/year=2024/PIECE.parquet  one row a document
    pieces/PIECE.json                  the documents of a piece; written last: what has none is not in the lake

A piece is named by the hash of its documents, so that whoever does it writes the same bytes to the same names. On disk a file is
written beside its name and moved there; in a bucket an object is there once it is whole, and nothing need be moved.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec
import pyarrow as pa
from pyarrow import dataset, fs, parquet

from dragoman.core.errors import InputError, StoreError

CARD = "lake.json"
_PIECES = "pieces"
_PARTITION = "year"
_BUCKETS = frozenset({"s3", "gcs", "abfs"})
"""Arrow's names of the file systems in which an object appears whole or not at all."""
_AT_ONCE = 16
"""Small files that are asked for at once: in a bucket each takes a round trip."""
_PLAIN: Mapping[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), date: pa.date32()}

Rows = Mapping[str, Mapping[int, Sequence[msgspec.Struct]]]
"""Rows of a piece by table and year."""


class LakeFolder:
    """Reads and writes one lake at a folder or an address that Arrow knows (s3://bucket/lake)."""

    def __init__(self, address: str, tables: Mapping[str, type[msgspec.Struct]]) -> None:
        """Take the kinds of rows by table; StoreError where the address cannot be used."""
        self.address = _shown(address)
        self._schemas = {name: arrow_schema(kind) for name, kind in tables.items()}
        try:
            files, root = fs.FileSystem.from_uri(address if "://" in address else Path(address).absolute().as_uri())
        except (OSError, ValueError, ImportError) as error:
            raise StoreError(
                f"{self.address}: no lake can be kept there: {str(error).replace(address, self.address)}; name a folder or "
                "s3://bucket/folder"
            ) from error
        if not root.strip("/"):
            raise StoreError(
                f"{self.address}: no lake can be kept there: it names no bucket; name a folder or s3://bucket/folder"
            )
        self._in_bucket = files.type_name in _BUCKETS
        self._files = fs.SubTreeFileSystem(root, files)

    def card(self) -> dict[str, Any] | None:
        """What the lake says of itself; None where there is no lake yet. StoreError where its place cannot be reached."""
        with self._reached():
            if self._files.get_file_info(CARD).type is not fs.FileType.File:
                return None
            with self._files.open_input_stream(CARD) as stream:
                card: dict[str, Any] = json.loads(stream.read())
                return card

    def open(self, card: Mapping[str, Any]) -> None:
        """Begin a lake, or go on with one of the same card; InputError where it was made otherwise."""
        known = self.card()
        if known is None:
            self._write(CARD, json.dumps(card, indent=1, sort_keys=True).encode())
        elif known != dict(card):
            differing = ", ".join(sorted(key for key in {*known, *card} if known.get(key) != card.get(key)))
            raise InputError(f"{self.address}: this lake was made with another {differing}; write to a new folder")

    def pieces(self) -> dict[str, tuple[str, ...]]:
        """The pieces that are done, each with the ids of its documents."""
        with self._reached(), ThreadPoolExecutor(_AT_ONCE) as pool:
            names = self._done()
            return dict(zip(names, pool.map(self._documents, names), strict=True))

    def _done(self) -> list[str]:
        entries = self._files.get_file_info(fs.FileSelector(_PIECES, allow_not_found=True))
        return [entry.base_name.removesuffix(".json") for entry in entries if entry.base_name.endswith(".json")]

    def _documents(self, piece: str) -> tuple[str, ...]:
        with self._files.open_input_stream(f"{_PIECES}/{piece}.json") as stream:
            return tuple(json.loads(stream.read())["documents"])

    def write(self, piece: str, documents: Sequence[str], rows: Rows) -> None:
        """Write the files of a piece, and last that it is done."""
        for table, by_year in rows.items():
            for year, part in sorted(by_year.items()):
                self._write(f"{table}/{_PARTITION}={year}/{piece}.parquet", self._parquet(table, part))
        self._write(f"{_PIECES}/{piece}.json", json.dumps({"documents": list(documents)}).encode())

    def table(self, name: str) -> dataset.Dataset:
        """One table of the pieces that are done, with its partition as a column `year`."""
        with self._reached():
            done = set(self._done())
            found = self._files.get_file_info(fs.FileSelector(name, recursive=True, allow_not_found=True))
        schema = self._schemas[name].append(pa.field(_PARTITION, pa.int32()))
        paths = sorted(e.path for e in found if e.base_name.removesuffix(".parquet") in done and e.path.endswith(".parquet"))
        partitioning = dataset.partitioning(pa.schema([(_PARTITION, pa.int32())]), flavor="hive")
        return dataset.dataset(paths, schema=schema, filesystem=self._files, format="parquet", partitioning=partitioning)

    def _parquet(self, table: str, rows: Iterable[msgspec.Struct]) -> pa.Buffer:
        schema = self._schemas[table]
        sink = pa.BufferOutputStream()
        parquet.write_table(
            pa.Table.from_pylist([_values(row) for row in rows], schema=schema), sink, compression="zstd", store_schema=False
        )
        return sink.getvalue()

    def _write(self, path: str, content: "bytes | pa.Buffer") -> None:
        """A file or object with its name is whole."""
        try:
            if self._in_bucket:
                self._put(path, content)
                return
            self._files.create_dir(str(Path(path).parent), recursive=True)
            self._put(f"{path}.part", content)
            self._files.move(f"{path}.part", path)
        except OSError as error:
            raise StoreError(f"{self.address}: {path} cannot be written: {error}; what was written before is kept") from error

    def _put(self, path: str, content: "bytes | pa.Buffer") -> None:
        with self._files.open_output_stream(path) as stream:
            stream.write(content)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.address}: the lake cannot be read: {error}; check the address, the network and the right to read there, "
                "and do the same again"
            ) from error


def _shown(address: str) -> str:
    """The address without a key or password that it may hold: it is told in messages."""
    if "://" not in address:
        return address
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


def by_year(rows: Iterable[tuple[int, msgspec.Struct]]) -> dict[int, list[msgspec.Struct]]:
    """Rows apart by their year, in order."""
    parts: dict[int, list[msgspec.Struct]] = defaultdict(list)
    for year, row in rows:
        parts[year].append(row)
    return dict(parts)


def arrow_schema(kind: type[msgspec.Struct]) -> pa.Schema:
    """The columns of a kind of rows."""
    return pa.schema([pa.field(field.name, _arrow_type(field.type)) for field in msgspec.structs.fields(kind)])


def _arrow_type(kind: Any) -> pa.DataType:  # noqa: ANN401  a type
    if get_origin(kind) is UnionType:
        return _arrow_type(next(part for part in get_args(kind) if part is not type(None)))
    if get_origin(kind) is tuple:
        return pa.list_(_arrow_type(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return pa.struct([pa.field(field.name, _arrow_type(field.type)) for field in msgspec.structs.fields(kind)])
    return _PLAIN[kind]


def _values(row: msgspec.Struct) -> dict[str, Any]:
    """A row's cells with days as days."""
    cells: dict[str, Any] = msgspec.to_builtins(row, builtin_types=(date,))
    return cells
