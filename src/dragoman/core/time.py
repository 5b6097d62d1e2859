"""Dates with the precision that the text gives."""

from datetime import date

import msgspec

from dragoman.core.text import Span
from dragoman.core.vocab import Precision


class When(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A time as a document gives it.

    `start` and `end` bound it in days, both included; both are None where the expression cannot be resolved (no anchor), one of
    them where only one side is known (a deadline has only `end`). `expression` is the wording, `anchor` what it was resolved
    against: "published", "dateline", "text" (absolute in itself) or None.
    """

    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    expression: str | None = None
    anchor: str | None = None
    span: Span | None = None

    @property
    def resolved(self) -> bool:
        """Whether at least one day is known."""
        return self.start is not None or self.end is not None
