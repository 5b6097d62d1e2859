"""What analysts judged as gold for the laboratory: documents in which each engagement was accepted, corrected or rejected."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman.app.config import Config
from dragoman.app.resolving import Material, gather
from dragoman.app.viewing import opened_holdings
from dragoman.core.claims import AnyClaim, Coding, Engagement
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.text import Document
from dragoman.export.gold import write_gold
from dragoman.report.excerpts import may_show_full_text


class JudgedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document with its judged claims as they stand; rejected ones are judged and not among them."""

    document: Document
    coding: Coding
    judged: int
    engagements: int
    """Engagements that were coded in it; `judged` counts those of them that an analyst judged."""

    @property
    def complete(self) -> bool:
        """Whether every engagement in it was judged."""
        return self.judged == self.engagements


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, and which documents wait for judgements: name, judged engagements, engagements."""

    files: tuple[Path, ...]
    texts: int
    waiting: tuple[tuple[str, int, int], ...] = ()


def export_judged(config: Config, out: Path, *, partial: bool = False, full_text: bool = False) -> Written:
    """Write judged documents of the store in the gold shape.

    A document is written once all its engagements are judged, with `partial` once one is: what was not judged is then missing in
    it, and a prediction of it scores as a false alarm. The text stands beside where its licence or the user allows it.
    """
    with opened_holdings(config) as holdings:
        material = gather(holdings, config)
    found = list(judged_documents(material))
    kept = [one for one in found if partial or one.complete]
    paths = write_gold(((one.document, one.coding) for one in kept), out)
    texts = 0
    for one, path in zip(kept, paths, strict=True):
        if may_show_full_text(one.document, asked=full_text):
            path.with_suffix(".txt").write_text(one.document.text, encoding="utf-8", newline="")
            texts += 1
    waiting = ((one.document.name or one.document.id, one.judged, one.engagements) for one in found if one not in kept)
    return Written(files=paths, texts=texts, waiting=tuple(waiting))


def judged_documents(material: Material) -> Iterator[JudgedDocument]:
    """Documents with a judged engagement, by id; statements, violence and attributions come along where they were judged."""
    record = material.record
    good = {*record.accepted, *(correction.claim for correction in record.corrections)} - set(record.rejected)
    judged = good | set(record.rejected)
    by_document: dict[DocumentId, list[tuple[ClaimId, AnyClaim]]] = {}
    for own, claim in material.claims.items():
        by_document.setdefault(claim.document, []).append((own, claim))
    for document in sorted(by_document):
        claims = by_document[document]
        engagements = [own for own, claim in claims if isinstance(claim, Engagement)]
        touched = sum(own in judged for own in engagements)
        if touched:
            yield JudgedDocument(
                document=material.library.documents[document],
                coding=_coding(document, [claim for own, claim in claims if own in good], material),
                judged=touched,
                engagements=len(engagements),
            )


def _coding(document: DocumentId, claims: list[AnyClaim], material: Material) -> Coding:
    ordered = tuple(sorted(claims, key=lambda claim: (claim.evidence[0], claim.id)))
    published = material.library.documents[document].published
    return Coding(document=document, claims=ordered, coder="analysts", model="", published=published)
