"""Bytes of an input, decompressed within limits, whole or line by line."""

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Protocol, cast

import msgspec

from dragoman.core.errors import InputError
from dragoman.ingest.options import Limits

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstd.ZstdError)
"""What the decompressors raise on truncated or damaged files."""

_MAGIC = ((b"\x1f\x8b", "gz"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zst"), (b"BZh", "bz2"))
_OPENERS: dict[str, Callable[[BinaryIO], Any]] = {"gz": gzip.open, "xz": lzma.open, "zst": zstd.open, "bz2": bz2.open}
_CHUNK = 1 << 16


class TooLargeError(InputError):
    """An input that is larger than a limit allows, or that decompresses to implausibly much."""


class LongLine(msgspec.Struct, frozen=True):
    """A line beyond the limit, skipped: its number and size in bytes."""

    number: int
    size: int


class _Decompressor(Protocol):
    def read1(self, size: int) -> bytes: ...


class _Meter(io.RawIOBase):
    """Counts decompressed bytes against the compressed ones and stops a decompression bomb.

    Damage looks like the end of the file at first, so that all bytes before it get through a buffer; it is kept in `damage`.
    """

    def __init__(self, inner: _Decompressor, compressed: BinaryIO, limits: Limits) -> None:
        self._inner = inner
        self._compressed = compressed
        self._limits = limits
        self._produced = 0
        self.damage: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed names no common buffer type
        try:
            chunk = b"" if self.damage else self._inner.read1(len(buffer))
        except DAMAGE as error:
            self.damage = error
            chunk = b""
        except OSError as error:
            if error.errno is not None:
                raise
            self.damage = EOFError(str(error))  # bz2 has no error of its own
            chunk = b""
        buffer[: len(chunk)] = chunk
        self._produced += len(chunk)
        consumed = max(1, self._compressed.tell())
        if self._produced > self._limits.expansion_from and self._produced > consumed * self._limits.expansion:
            raise TooLargeError(f"decompresses to more than {self._limits.expansion} times its size")
        return len(chunk)


def decompressed(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """Wrap a seekable stream so that it reads plain bytes, whatever .gz, .xz, .zst or .bz2 it is by its first bytes."""
    head = stream.read(6)
    stream.seek(0)
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind is None:
        return stream
    return cast("BinaryIO", io.BufferedReader(_Meter(_OPENERS[kind](stream), stream, limits), _CHUNK))


def raise_damage(stream: BinaryIO) -> None:
    """Raise what ended a compressed stream before its time, one of `DAMAGE`; nothing where it ended well."""
    raw = getattr(stream, "raw", None)
    if isinstance(raw, _Meter) and raw.damage:
        raise raw.damage


def read_whole(stream: BinaryIO, limit: int) -> bytes:
    """Read all bytes; TooLargeError when there are more than `limit`, one of `DAMAGE` when they are not all there."""
    content = stream.read(limit + 1)
    raise_damage(stream)
    if len(content) > limit:
        raise TooLargeError(f"is larger than {limit:,} bytes")
    return content


def read_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes] | LongLine]:
    """Give each line with its number from 1, without its line end.

    A line beyond `limit` bytes is skipped without being kept; one that damage cuts off is not given, and raises one of `DAMAGE`.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            size = len(line)
            del line
            yield LongLine(number, size + _skip_line(stream))
        else:
            if not line.endswith(b"\n"):
                raise_damage(stream)
            yield number, line.rstrip(b"\r\n")
    raise_damage(stream)


def _skip_line(stream: BinaryIO) -> int:
    skipped = 0
    while chunk := stream.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped
