"""What an analyst decided; never overwritten, only added to."""

from datetime import datetime

import msgspec

from dragoman.core.ids import ClaimId, DocumentId, content_hash
from dragoman.core.vocab import Verdict


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one claim (or several, for merge and split).

    Merge says that all named claims tell of one event; split that the first does not tell of the same event as any of the others.
    Correct sets `field` (a path such as "channel", "when.start" or "participants.0.role") to `value`; a `value` of None makes it
    unknown. Assign sets the dossiers to `value`, several separated by commas.

    Code is one coder's blind answer: `field` is the question, `value` the answer, None where the coder could not tell. It changes
    nothing; agreement is measured on it.

    `quote` keeps the judged words, so that a judgement re-attaches by overlap when a newer coder moves a span. A later judgement
    with `undoes` takes an earlier one back.
    """

    verdict: Verdict
    claims: tuple[ClaimId, ...]
    document: DocumentId | None = None
    quote: str | None = None
    field: str | None = None
    value: str | None = None
    by: str
    at: datetime
    why: str | None = None
    undoes: str | None = None

    @property
    def id(self) -> str:
        """Hash of the whole decision."""
        return "j" + content_hash(
            self.verdict, *self.claims, self.field or "", self.value or "", self.by, self.at.isoformat(), self.undoes or ""
        )
