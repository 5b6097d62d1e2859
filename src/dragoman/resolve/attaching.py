"""Finds the claims that a judgement is about, also after a newer coder moved their spans."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from dragoman.core.claims import AnyClaim, Engagement
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Verdict

_OPINIONS = frozenset({Verdict.ACCEPT, Verdict.REJECT})
"""Verdicts on what a claim says; the others are on where a happening belongs, or set one field whatever the rest."""

OVERLAP = 0.5
"""Least Dice overlap of judged words and a claim's evidence, as in the gold set's scorer for quoted words."""


class Attacher:
    """Looks claims up by id, else by the words that were judged."""

    def __init__(
        self, claims: Mapping[ClaimId, AnyClaim], documents: Mapping[DocumentId, Document], earlier: Mapping[ClaimId, AnyClaim]
    ) -> None:
        self._claims = claims
        self._documents = documents
        self._earlier = earlier
        self._by_document: dict[DocumentId, list[tuple[ClaimId, AnyClaim]]] | None = None

    def attach(self, judgement: Judgement) -> tuple[list[ClaimId], list[tuple[ClaimId, str]]]:
        """The claims as they are now, and those not found, each with the reason."""
        found: list[ClaimId] = []
        missing: list[tuple[ClaimId, str]] = []
        for one in judgement.claims:
            now = one if one in self._claims else self._find_again(one, judgement)
            if isinstance(now, _Lost):
                missing.append((one, str(now)))
            else:
                found.append(now)
        return list(dict.fromkeys(found)), missing

    def _find_again(self, claim_id: ClaimId, judgement: Judgement) -> "ClaimId | _Lost":
        old = self._earlier.get(claim_id)
        document = old.document if old else judgement.document
        if document is None:
            return _Lost("the claim is not there, and neither its document nor an older coding is known")
        places = [old.evidence[0]] if old else list(self._places(document, judgement.quote))
        if not places:
            return _Lost("the judged words are no longer in the document")
        ranked = sorted(((self._fit(one, old, places), one[0]) for one in self._in(document)), reverse=True)
        if not ranked or ranked[0][0][0] < OVERLAP:
            return self._told_elsewhere(document, old) or _Lost("no claim stands where the judged one stood")
        if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
            return _Lost("several claims stand where the judged one stood")
        now = ranked[0][1]
        if old is not None and _on_content(judgement) and not _says_the_same(self._claims[now], old):
            return _Lost(f"{now} stands where the judged claim stood and says something else; judge it anew")
        return now

    def _told_elsewhere(self, document: DocumentId, old: AnyClaim | None) -> ClaimId | None:
        """The one claim of a document that tells the same of the same persons in another sentence: its text, not its headline."""
        if not isinstance(old, Engagement):
            return None
        alike = [one for one, claim in self._in(document) if type(claim) is type(old) and set(_who(claim)) == set(_who(old))]
        return alike[0] if len(alike) == 1 else None

    def _in(self, document: DocumentId) -> list[tuple[ClaimId, AnyClaim]]:
        if self._by_document is None:
            self._by_document = defaultdict(list)
            for one, claim in self._claims.items():
                self._by_document[claim.document].append((one, claim))
        return self._by_document.get(document, [])

    def _places(self, document: DocumentId, quote: str | None) -> Iterator[Span]:
        text = self._documents[document].text if document in self._documents else ""
        start = text.find(quote) if quote else -1
        while quote and start >= 0:
            yield Span(start, start + len(quote))
            start = text.find(quote, start + 1)

    def _fit(self, one: tuple[ClaimId, AnyClaim], old: AnyClaim | None, places: list[Span]) -> tuple[float, float]:
        """Overlap of the words, then how many of the actors and persons are the same; another kind of claim does not fit."""
        claim = one[1]
        if old is not None and type(claim) is not type(old):
            return 0.0, 0.0
        overlap = max(claim.evidence[0].dice(place) for place in places)
        return (overlap, _shared(claim, old) if old else 0.0) if overlap >= OVERLAP else (0.0, 0.0)


class _Lost(str):
    """Why a claim was not found."""

    __slots__ = ()


def _on_content(judgement: Judgement) -> bool:
    """Whether a judgement is on what a claim says, or sets a field of one of its participants by number."""
    return judgement.verdict in _OPINIONS or (judgement.field or "").startswith("participants.")


def _says_the_same(claim: AnyClaim, old: AnyClaim) -> bool:
    """Whether a claim is of the kind and the actors of one that was judged; names may be fuller, times better read."""
    if isinstance(claim, Engagement) and isinstance(old, Engagement):
        actors = [{one.actor.key for one in each.participants} for each in (claim, old)]
        return claim.type is old.type and actors[0] == actors[1]
    return claim.key() == old.key()


def _shared(claim: AnyClaim, old: AnyClaim) -> float:
    mine, theirs = set(_who(claim)), set(_who(old))
    return len(mine & theirs) / len(mine | theirs)


def _who(claim: AnyClaim) -> tuple[str, ...]:
    if isinstance(claim, Engagement):
        return (claim.type, *(part for one in claim.participants for part in (one.actor.key, one.person or "")))
    return claim.key()
