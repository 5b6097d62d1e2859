"""Files statements, offers, violence and word on talks under dossiers; engagements find theirs with their topics."""

from collections.abc import Iterable, Iterator
from functools import cache, partial

from msgspec.structs import replace

from dragoman.core.claims import (
    AnyClaim,
    Attribution,
    Engagement,
)
from dragoman.knowledge.dossier_choice import DossierScore, dossiers_of_statement, leading_dossier
from dragoman.knowledge.dossiers import DossierBook
from dragoman.read.reading import Reading


def file_claims(claims: Iterable[AnyClaim], reading: Reading, dossiers: DossierBook | None = None) -> Iterator[AnyClaim]:
    """Give every claim without dossiers those of its own sentence, of a contact told in it, or what leads the document."""
    claims = tuple(claims)
    told = {claim.evidence[0]: _as_told(claim) for claim in claims if isinstance(claim, Engagement)}

    @cache
    def lead() -> tuple[DossierScore, ...]:
        """What the document as a whole is about, looked up once and only if some claim asks."""
        return leading_dossier("\n".join(reading.text(sentence.span) for sentence in reading.sentences), dossiers)

    for claim in claims:
        if claim.dossiers or isinstance(claim, Engagement | Attribution):
            yield claim
            continue
        actors = {actor.code for actor in claim.named if actor.code}
        words = reading.text(claim.evidence[0])
        beside = told.get(claim.evidence[0])
        fallback = partial(tuple, beside) if beside else lead
        found = dossiers_of_statement(words, actors, fallback, dossiers)
        yield replace(claim, dossiers=tuple(score.dossier for score in found), filed=tuple(score.why for score in found))


def _as_told(claim: Engagement) -> tuple[DossierScore, ...]:
    return tuple(DossierScore(dossier, 1.0, ("so is the contact told in its sentence",)) for dossier in claim.dossiers)
