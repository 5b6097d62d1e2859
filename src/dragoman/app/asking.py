"""Asking the record: briefs and rows as they stand after an analyst's judgements, single claims as coded with theirs beside."""

import difflib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from dragoman import __version__
from dragoman.app.config import Config
from dragoman.app.finding import claim_by_id
from dragoman.app.records import developments_of
from dragoman.app.resolving import gather, grades
from dragoman.app.viewing import judged_before, opened_holdings
from dragoman.app.wiring import dossier_book, today
from dragoman.backends.memory_store import MemoryStore
from dragoman.core.claims import AnyClaim, Coding
from dragoman.core.ids import ClaimId, DocumentId, DossierId
from dragoman.core.judgements import Judgement
from dragoman.core.ports import Holdings
from dragoman.core.queries import ClaimQuery, Found, index_claim
from dragoman.core.text import Span
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.report.brief import Scope, make_brief
from dragoman.report.excerpts import Excerpt, excerpt
from dragoman.report.row_making import make_row
from dragoman.report.rows import AnyRow
from dragoman.report.source_rows import SourceRow, source_rows
from dragoman.resolve.judging import apply_judgements


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that fit a query; `total` counts all that fit, `undated` those that fit but for having no date.

    With `more`, at least so many: a page of a large store is found without counting all.
    """

    rows: tuple[AnyRow, ...] = ()
    total: int = 0
    undated: int = 0
    more: bool = False


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a written brief holds."""

    path: str
    contacts: int
    undated: int
    undated_left_out: int
    statements: int
    documents: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One claim in its text."""

    row: AnyRow
    claim: AnyClaim
    excerpts: tuple[Excerpt, ...]
    judgements: tuple[Judgement, ...] = ()


def write_brief(
    config: Config,
    out: Path,
    *,
    dossier: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Made:
    """Write a brief as HTML or, where the file ends in .md, Markdown."""
    from dragoman.report.pages import render_html, render_markdown  # noqa: PLC0415  Jinja: only a brief needs it

    scope = Scope(
        dossier=DossierId(dossier) if dossier else None,
        since=since,
        until=until,
        limit=config.brief.limit,
        full_text=config.output.full_text,
        title=config.brief.title,
        today=today(),
    )
    with opened_holdings(config) as holdings:
        material = gather(holdings, config)
    brief = make_brief(material.record, material.claims, material.library, scope, developments_of(material, config))
    render = render_markdown if out.suffix.lower() == ".md" else render_html
    page = render(brief, version=__version__)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page, encoding="utf-8")
    return Made(
        path=str(out),
        contacts=sum(len(part.lines) + part.more for part in (brief.happened, brief.unsure, brief.ahead, brief.off)),
        undated=len(brief.undated.lines) + brief.undated.more,
        undated_left_out=brief.undated_left_out,
        statements=brief.statements,
        documents=sum(row.documents for row in brief.sources),
    )


def find_rows(config: Config, query: ClaimQuery) -> Answer:
    """Claims that fit, newest first, each beside its words."""
    with opened_holdings(config) as holdings:
        own, found = _find(holdings, query)
        documents = {document.id: document for document in holdings.documents(list({claim.document for _, claim in own}))}
        full_text = config.output.full_text
        rows = (make_row(claim, documents[claim.document], full_text=full_text, claim_id=one) for one, claim in own)
        return Answer(rows=tuple(rows), total=found.total, undated=found.undated, more=found.more)


def find_sources(config: Config, query: ClaimQuery) -> tuple[SourceRow, ...]:
    """Sources of the documents with a claim that fits; of all documents where nothing is asked for."""
    with opened_holdings(config) as holdings:
        everything = query == ClaimQuery(limit=query.limit)
        found, _ = _find(holdings, msgspec.structs.replace(query, limit=None))
        ids = None if everything else list({claim.document for _, claim in found})
        copies = frozenset(reprint.copy for reprint in holdings.reprints())
        rows = source_rows(holdings.documents(ids), (claim for _, claim in found), copies, grades(config))
        return rows[: query.limit]


def show(config: Config, claim_id: str) -> Shown:
    """One claim as it was coded, in its text, with what was decided about it."""
    with opened_holdings(config) as holdings:
        claim = claim_by_id(holdings, claim_id)
        document = next(iter(holdings.documents([claim.document])))
        made = tuple(judgement for judgement in holdings.judgements() if claim.id in judgement.claims)
        return Shown(
            row=make_row(claim, document, full_text=config.output.full_text),
            claim=claim,
            excerpts=_excerpts(document.text, claim.evidence),
            judgements=made,
        )


def unknown_dossier(dossier: str, config: Config | None = None) -> str | None:
    """What to say of a dossier that is neither among those shipped nor, where settings are given, the user's own."""
    known = (dossier_book(config) if config else shipped_dossiers()).dossiers
    if dossier in known:
        return None
    close = difflib.get_close_matches(dossier, known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(sorted(known))}"
    return f"{dossier!r} is no dossier that Dragoman brings; {hint}"


def _excerpts(text: str, evidence: tuple[Span, ...]) -> tuple[Excerpt, ...]:
    """The evidence in its place; what stands in an excerpt already is only marked there."""
    shown: list[Excerpt] = []
    seen = 0
    for span in sorted(evidence):
        if span.end > seen:
            found = excerpt(text, span, evidence)
            seen = max(seen, found.span.end)
            shown.append(found)
    return tuple(shown)


Own = tuple[ClaimId, AnyClaim]
"""A claim as it stands now, under the id that the store keeps it by."""


def _find(holdings: Holdings, query: ClaimQuery) -> tuple[list[Own], Found]:
    """A page of claims by their stored id, and the counts.

    The store is asked, then what judgements changed is set right: rejected claims go, corrected ones fit by their new values.
    """
    judgements = tuple(holdings.judgements())
    if not judgements:
        found = holdings.find_claims(query)
        return [(claim.id, claim) for claim in found.claims], found
    changed, gone = changes(holdings, judgements)
    whole = msgspec.structs.replace(query, limit=None, offset=0)
    found = holdings.find_claims(whole)
    kept = [(claim.id, claim) for claim in found.claims if claim.id not in gone and claim.id not in changed]
    fitting = _fitting(changed, whole, holdings)
    undated = found.undated if query.since or query.until else 0
    merged = sorted([*kept, *fitting], key=_newest_first)
    end = None if query.limit is None else query.offset + query.limit
    return merged[query.offset : end], Found(total=len(merged), undated=undated)


def _newest_first(own: Own) -> tuple[int, DocumentId, int]:
    first = index_claim(own[1]).first
    return -(first.toordinal() if first else 0), own[1].document, own[1].evidence[0].start


def changes(holdings: Holdings, judgements: tuple[Judgement, ...]) -> tuple[dict[ClaimId, AnyClaim], set[ClaimId]]:
    """Claims that judgements corrected, by their stored id, and those that they rejected."""
    judged = {judgement.document for judgement in judgements if judgement.document is not None}
    documents = {document.id: document for document in holdings.documents(list(judged))}
    claims = {claim.id: claim for document in sorted(judged) for claim in holdings.claims(document)}
    earlier = {claim.id: claim for claim in judged_before(holdings, judgements, claims)}
    state = apply_judgements(claims, judgements, documents, earlier)
    return {each.claim: each.corrected for each in state.corrections}, set(state.rejected)


def _fitting(changed: Mapping[ClaimId, AnyClaim], query: ClaimQuery, holdings: Holdings) -> list[Own]:
    """Which corrected claims fit a query, judged by the reference store."""
    scratch = MemoryStore()
    by_document: dict[DocumentId, list[AnyClaim]] = {}
    stored_id = {claim.id: own for own, claim in changed.items()}
    for claim in changed.values():
        by_document.setdefault(claim.document, []).append(claim)
    for document in holdings.documents(list(by_document)):
        claims = tuple(by_document[document.id])
        scratch.write(
            [(document, Coding(document=document.id, claims=claims, coder="judged", model="", published=document.published))]
        )
    found = scratch.find_claims(query)
    return [(stored_id[claim.id], claim) for claim in found.claims]
