"""Runs the cases of cases.txt through coder and resolver; its head explains the format."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from dragoman.core.ids import DocumentId
from dragoman.core.text import Document
from dragoman.core.vocab import Factuality
from dragoman.extract.coder import RuleCoder
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.owners import Owners
from dragoman.knowledge.tracks import shipped_tracks
from dragoman.resolve.basis import Basis
from dragoman.resolve.commitments import find_commitments
from dragoman.resolve.events import resolve
from dragoman.resolve.mediation import involvements
from dragoman.resolve.positions import find_positions
from dragoman.resolve.readouts import align_readouts
from dragoman.resolve.talks import find_talks


class Case(NamedTuple):
    documents: tuple[Document, ...]
    asked: tuple[str, ...]


def cases() -> dict[str, Case]:
    found = {}
    for block in Path(__file__).with_name("cases.txt").read_text("utf-8").split("\n# ")[1:]:
        title, _, rest = block.partition("\n")
        texts, _, asked = rest.partition("\n---\n")
        documents = []
        for part in ("\n" + texts).split("\n== ")[1:]:
            head, _, text = part.partition("\n")
            day, _, source = (piece.strip() for piece in head.partition("|"))
            documents.append(Document(text=text.strip(), source=source, published=date.fromisoformat(day) if day else None))
        found[title] = Case(tuple(documents), tuple(line for line in asked.splitlines() if line.strip()))
    return found


CASES = cases()


@pytest.fixture(scope="module")
def bases(whole_coder: RuleCoder) -> Mapping[str, Basis]:
    """All cases coded in one go: documents are parsed together."""
    documents = [document for case in CASES.values() for document in case.documents]
    claims = {coding.document: coding.claims for coding in whole_coder.code(documents)}
    made = {}
    for title, case in CASES.items():
        own: dict[DocumentId, Document] = {document.id: document for document in case.documents}
        found = [claim for document in own for claim in claims[document]]
        record = resolve(found, own)
        made[title] = Basis(
            record=record, claims={claim.id: claim for claim in found}, documents=own, dossiers=shipped_dossiers()
        )
    return made


def lines(basis: Basis) -> Iterator[str]:
    yield from _talks(basis)
    yield from _positions(basis)
    yield from _roles(basis)
    yield from _commitments(basis)
    yield from _readouts(basis)


def _talks(basis: Basis) -> Iterator[str]:
    for talks in find_talks(basis, shipped_tracks()):
        for step in talks.history:
            yield f"was {step.status} since {step.since} in {talks.name}"
        if talks.history:
            yield f"talks {talks.name}: {talks.status} since {talks.history[-1].since}"
        for one in talks.rounds:
            if one.factuality is Factuality.OCCURRED:
                yield f"round {one.stated or '-'}/{one.order or '-'} on {one.when and one.when.end} in {talks.name}"
            yield from (f"lower {c.actor.name}: {c.now}, before {c.before}" for c in one.levels if c.lower)


def _positions(basis: Basis) -> Iterator[str]:
    for one in find_positions(basis):
        if one.current:
            yield f"{one.actor.name} on {one.issue}: {one.current.stance} since {one.current.since}"
        for change in one.changes:
            yield f"{one.actor.name} changed on {one.issue}: {change.before} until {change.until}, {change.now} since {change.on}"


def _roles(basis: Basis) -> Iterator[str]:
    for dossier in sorted({dossier for event in basis.record.events for dossier in event.dossiers}):
        for one in involvements(basis, dossier):
            yield from (f"{one.actor.name} {held.role} in {dossier}: M {one.mediation}, MR {one.related}" for held in one.roles)


def _commitments(basis: Basis) -> Iterator[str]:
    found = find_commitments(basis)
    for offer in found.offers:
        by, to = ("+".join(sorted(actor.name for actor in side)) or "-" for side in (offer.by, offer.to))
        yield f"{offer.kind} by {by} to {to}: {offer.answer}"
    for one in found.agreements:
        words = []
        for word in one.words:
            by = f" by {'+'.join(actor.name for actor in word.by)}" if word.by else ""
            said = f" said by {'+'.join(actor.name for actor in word.said_by)}" if word.said_by else ""
            words.append(f"{word.state}{' alleged' if word.factuality is Factuality.ALLEGED else ''}{by}{said}")
        who = "+".join(sorted(actor.name for actor in one.signatories))
        yield f"agreement {who} [{one.stage or '-'}]: {', '.join(words) or 'reached'}"


def _readouts(basis: Basis) -> Iterator[str]:
    for event in basis.record.events:
        aligned = align_readouts(event, basis, Owners(load_gazetteer()))
        who = "+".join(sorted({one.actor.name for one in event.participants}))
        yield f"credibility {aligned.credibility.grade} of {event.type} {who}"
        for one in aligned.readouts:
            adds, out = (", ".join(issues) or "nothing" for issues in (one.adds, one.leaves_out))
            yield f"readout {one.side.name if one.side else 'press'} adds {adds}, leaves out {out}"


@pytest.mark.parametrize("title", CASES)
def test_case(bases: Mapping[str, Basis], title: str) -> None:
    basis = bases[title]
    made = list(lines(basis))
    for line in CASES[title].asked:
        if line.startswith("no "):
            assert not [one for one in made if one.startswith(line.removeprefix("no "))], made
        else:
            assert line in made, made
