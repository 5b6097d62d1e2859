"""Near copies of one text: MinHash over word 5-grams, linked as reprints.

Method: A. Broder, On the resemblance and containment of documents (1997); banded locality-sensitive hashing by datasketch.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.core.ids import DocumentId, content_hash
from dragoman.core.records import Reprint
from dragoman.core.text import Document

if TYPE_CHECKING:
    from datasketch import MinHash

THRESHOLD = 0.7
"""Estimated Jaccard similarity of two texts' word 5-grams from which they count as near copies.

A copy that changes one word in 30 keeps about this much; two reports of one event written apart share less than 0.1.
"""

SHINGLE = 5
"""Words in one shingle."""

SHORTEST = 20
"""Words below which a text is never called a copy: short notices share their form."""

_PERMUTATIONS = 128
_SEED = 1
_METHOD = f"minhash {_PERMUTATIONS} of {SHINGLE} words, seed {_SEED}, from {SHORTEST} words on"
_BYTES = "<u4"
_WORD = re.compile(r"\w+")


class Sketched(msgspec.Struct, frozen=True):
    """What the index keeps of a document."""

    document: DocumentId
    published: date | None
    sketch: Any  # a datasketch.MinHash


class ReprintIndex:
    """Links each added document to the near copies among those added before."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        from datasketch import MinHashLSH  # noqa: PLC0415  it imports SciPy, two seconds that only this needs

        self._threshold = threshold
        self._index = MinHashLSH(num_perm=_PERMUTATIONS, params=_bands(threshold - 0.1))
        self._known: dict[DocumentId, Sketched] = {}
        self._sketches = Sketches()

    def add(self, document: Document) -> tuple[Reprint, ...]:
        """Add one document; give at most one link, between it and the earliest near copy known.

        The document published first is the original; without two dates, or on the same day, the one with the lower id.
        """
        known = self._sketches.of(document)
        return self.place(known) if known else ()

    def place(self, known: Sketched) -> tuple[Reprint, ...]:
        """Add one document that is sketched already; as `add`."""
        if known.document in self._known:
            return ()
        copies = self._near(known.sketch)
        self._known[known.document] = known
        self._index.insert(known.document, known.sketch, check_duplication=False)
        if not copies:
            return ()
        similarity, first = min(copies, key=lambda pair: _seniority(pair[1]))
        original, copy = (first, known) if _precedes(first, known) else (known, first)
        return (Reprint(original.document, copy.document, round(similarity, 3)),)

    def _near(self, sketch: "MinHash") -> list[tuple[float, Sketched]]:
        candidates = (self._known[key] for key in sorted(self._index.query(sketch)))
        scored = ((float(sketch.jaccard(candidate.sketch)), candidate) for candidate in candidates)
        return [(similarity, candidate) for similarity, candidate in scored if similarity >= self._threshold]


class Sketches:
    """Sketches of documents, by a hash of the method and the text: those kept from earlier, and those made now."""

    def __init__(self, kept: Mapping[str, bytes] | None = None) -> None:
        self._kept = {} if kept is None else kept
        self.fresh: dict[str, bytes] = {}
        """Sketches that were not among those kept; no bytes for a text too short to be called a copy of anything."""

    def of(self, document: Document) -> Sketched | None:
        """The document's sketch; None when it is too short to be called a copy of anything."""
        from numpy import frombuffer  # noqa: PLC0415  with datasketch, which only this needs

        key = content_hash(_METHOD, document.id)
        body = self._kept.get(key)
        if body is None:
            body = self.fresh[key] = _sketched(document.text)
        if not body:
            return None
        sketch = _blank_sketch().copy()
        sketch.hashvalues = frombuffer(body, dtype=_BYTES)
        return Sketched(document.id, document.published, sketch)


def find_reprints(
    documents: Iterable[Document], *, threshold: float = THRESHOLD, sketches: Sketches | None = None
) -> tuple[Reprint, ...]:
    """Link every near copy to the earliest document that it repeats; the order in which documents come does not matter."""
    made = sketches or Sketches()
    sketched = {known.document: known for document in documents if (known := made.of(document))}
    if len(sketched) < 2:
        return ()
    index = ReprintIndex(threshold)
    return tuple(link for known in sorted(sketched.values(), key=_seniority) for link in index.place(known))


def _sketched(text: str) -> bytes:
    words = _WORD.findall(text.casefold())
    if len(words) < SHORTEST:
        return b""
    shingles = {" ".join(words[start : start + SHINGLE]).encode() for start in range(len(words) - SHINGLE + 1)}
    sketch = _blank_sketch().copy()
    sketch.update_batch(shingles)
    return bytes(sketch.hashvalues.astype(_BYTES).tobytes())


@cache
def _bands(threshold: float) -> tuple[int, int]:
    """Bands and their rows that datasketch finds best for a threshold: by integrals that take a tenth of a second each time."""
    from datasketch import MinHashLSH  # noqa: PLC0415

    best = MinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS)
    return best.b, best.r


@cache
def _blank_sketch() -> "MinHash":
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=zlib.crc32)


def _seniority(known: Sketched) -> tuple[date, DocumentId]:
    return known.published or date.max, known.document


def _precedes(left: Sketched, right: Sketched) -> bool:
    if left.published and right.published and left.published != right.published:
        return left.published < right.published
    return left.document < right.document
