"""Parts of the record that earlier resolving computed, found again by a hash of all that went in.

A part depends on nothing but what its key is made of, so that a part found again is the part as it would be computed: adding
documents computes anew what they touch, and the record is the one that resolving from scratch gives. The key holds the resolving
code itself, so that a change of rules computes everything anew without anybody having to remember to say so.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import metadata, resources
from typing import TypeVar

import msgspec

from dragoman.core.codec import dump
from dragoman.core.ids import content_hash

T = TypeVar("T")

_CODE = ("dragoman.core", "dragoman.resolve")


class Parts:
    """Looks parts up among those kept, computes those that are missing, and says which are new and which no longer used."""

    def __init__(self, kept: Mapping[str, bytes] | None = None) -> None:
        self._kept = {} if kept is None else kept
        self._used: set[str] = set()
        self.fresh: dict[str, bytes] = {}
        """What was computed, by key: to be kept for the next time."""
        self.computed: Counter[str] = Counter()
        """How many parts of each kind were computed."""
        self.found: Counter[str] = Counter()
        """How many parts of each kind were found again."""

    def part(self, kind: str, made_of: Iterable[str], compute: Callable[[], T], decoder: "msgspec.json.Decoder[T]") -> T:
        """The part of this kind made of these."""
        key = content_hash(kind, resolver(), *made_of)
        self._used.add(key)
        body = self._kept.get(key) or self.fresh.get(key)
        if body is not None:
            self.found[kind] += 1
            return decoder.decode(body)
        self.computed[kind] += 1
        made = compute()
        self.fresh[key] = dump(made)
        return made

    def used(self, kind: str) -> int:
        """How many parts of a kind the record has."""
        return self.computed[kind] + self.found[kind]

    @property
    def stale(self) -> frozenset[str]:
        """Keys of kept parts that the record no longer has."""
        return frozenset(self._kept.keys() - self._used)


@cache
def resolver() -> str:
    """A hash of the code that resolves, and of the version of what it compares words with."""
    files = [
        file
        for package in _CODE
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".py")
    ]
    return content_hash(metadata.version("rapidfuzz"), *(file.read_text(encoding="utf-8") for file in files))
