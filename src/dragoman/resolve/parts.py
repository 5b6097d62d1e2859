"""Parts of the record that earlier resolving computed, found again by a hash of all that went in.

A part depends on nothing but what its key is made of, so that a part found again is the part as it would be computed: adding
documents computes anew what they touch, and the record is the one that resolving from scratch gives. The key holds the resolving
code itself, so that a change of rules computes everything anew without anybody having to remember to say so.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from importlib import metadata, resources
from typing import TypeVar, cast

import msgspec

from dragoman.core.claims import Engagement
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId, DocumentId, content_hash
from dragoman.core.text import Document
from dragoman.knowledge.given_names import TABLE as GIVEN_NAMES
from dragoman.resolve.profiles import Profile, fingerprint, profile

T = TypeVar("T")

_CODE = ("dragoman.core", "dragoman.resolve")


class Recall:
    """What a process that resolves again and again has in its hands from the time before, so that it need not read it anew.

    One thread at a time may resolve with it.
    """

    def __init__(self) -> None:
        self.parts: dict[str, object] = {}
        """Parts by key."""
        self.profiles: dict[ClaimId, tuple[object, object, DocumentId, Profile, str]] = {}
        """What was derived from a claim and its document: the two, the document's group, the profile and its fingerprint."""

    def profile(self, one: ClaimId, claim: Engagement, document: Document | None, group: DocumentId) -> Profile:
        """The profile of a claim, and its fingerprint for `print_of`; derived anew only from another claim or document."""
        known = self.profiles.get(one)
        if known is None or known[0] is not claim or known[1] is not document or known[2] != group:
            made = profile(one, claim, document, group)
            known = self.profiles[one] = (claim, document, group, made, fingerprint(made))
        return known[3]

    def keep(self, used: Collection[str]) -> None:
        """Forget all parts but those that the record uses now."""
        self.parts = {key: self.parts[key] for key in used if key in self.parts}

    def print_of(self, one: Profile) -> str:
        """The fingerprint of a profile that `profile` gave."""
        return self.profiles[one.id][4]


class Parts:
    """Looks parts up among those kept, computes those that are missing, and says which are new and which no longer used."""

    def __init__(self, kept: Mapping[str, bytes] | None = None, recalled: "Recall | None" = None) -> None:
        self._kept = {} if kept is None else kept
        self._recalled = recalled.parts if recalled else {}
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
        if key in self._recalled:
            self.found[kind] += 1
            return cast("T", self._recalled[key])
        made = _read(self._kept.get(key) or self.fresh.get(key), decoder)
        if made is not None:
            self.found[kind] += 1
        else:
            self.computed[kind] += 1
            made = compute()
            self.fresh[key] = dump(made)
        self._recalled[key] = made
        return made

    def used(self, kind: str) -> int:
        """How many parts of a kind the record has."""
        return self.computed[kind] + self.found[kind]

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the parts that the record has."""
        return frozenset(self._used)

    @property
    def stale(self) -> frozenset[str]:
        """Keys of kept parts that the record no longer has."""
        return frozenset(self._kept.keys() - self._used)


@cache
def resolver() -> str:
    """A hash of the code that resolves, of the names that it knows, and of the version of what it compares words with."""
    files = [
        file
        for package in _CODE
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".py")
    ]
    return content_hash(metadata.version("rapidfuzz"), *(file.read_text(encoding="utf-8") for file in (*files, GIVEN_NAMES)))


def _read(body: bytes | None, decoder: "msgspec.json.Decoder[T]") -> T | None:
    """A part as it was kept; None where none was, or where a failing disk has spoilt it: it can be computed anew."""
    try:
        return None if body is None else decoder.decode(body)
    except msgspec.DecodeError:
        return None
