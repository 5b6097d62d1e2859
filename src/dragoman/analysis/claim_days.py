"""The day that a claim counts on."""

from collections.abc import Mapping
from datetime import date

from dragoman.core.claims import AnyClaim, Attribution
from dragoman.core.ids import DocumentId

Published = Mapping[DocumentId, date | None]
"""Publication days of documents."""


def claim_day(claim: AnyClaim, published: Published) -> date | None:
    """The claim's own last day, else the day that its document was published; None where neither is known."""
    when = None if isinstance(claim, Attribution) else claim.when
    own = (when.end or when.start) if when else None
    return own or published.get(claim.document)
