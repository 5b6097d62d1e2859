"""spaCy with nothing around it: what parsing alone costs, for the bench."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_SIZES = (4, 16, 64)
"""Batch sizes that are tried."""
_TRIAL = 1000
"""Characters of each text on which a batch size is tried; on whole texts it would take as long as the measurement itself."""


class BareSpacy:
    """Tags, parses and finds names, and throws the result away; `tune` picks the batch size that is fastest here."""

    def __init__(self, model: str) -> None:
        import spacy  # noqa: PLC0415  a second of import that only parsing needs

        self._language: Language = spacy.load(model, exclude=["senter", "attribute_ruler", "lemmatizer"])
        self.batch_size = _SIZES[0]

    def tune(self, texts: Sequence[str]) -> None:
        """Try each batch size on the beginnings of the first texts, after one round to warm up."""
        beginnings = [text[:_TRIAL] for text in texts[: max(_SIZES)]]
        self._timed(beginnings, _SIZES[0])
        self.batch_size = min(_SIZES, key=lambda size: self._timed(beginnings, size))

    def parse(self, texts: Sequence[str]) -> int:
        """Parse all texts; return how many."""
        return sum(1 for _ in self._language.pipe(texts, batch_size=self.batch_size))

    def _timed(self, texts: Sequence[str], size: int) -> float:
        began = time.perf_counter()
        for _ in self._language.pipe(texts, batch_size=size):
            pass
        return time.perf_counter() - began
