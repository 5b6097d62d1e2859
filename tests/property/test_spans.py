"""Whatever the text: claims quote it, the same text gives the same bytes, and a document keeps its id."""

from datetime import date
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.backends.spacy_parser import SpacyParser
from dragoman.core.claims import AnyClaim, Coding, Engagement, Proposal, Utterance
from dragoman.core.codec import dump
from dragoman.core.text import Document, Span
from dragoman.extract.coder import RuleCoder
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.places import load_places
from dragoman.read.places import PlaceReader
from dragoman.read.reader import Reader

PIECES = (
    "Turkish Foreign Minister Hakan Fidan",
    "Qatari Prime Minister Mohammed bin Abdulrahman Al Thani",
    "his counterpart",
    "the two ministers",
    "Hamas",
    "the Kremlin",
    "They",
    "met",
    "spoke separately by phone with",
    "visited",
    "signed a ceasefire with",
    "offered to mediate between",
    "said that",
    "did not meet",
    "talks between",
    "and",
    "in Doha",
    "on Tuesday",
    "last week",
    ", who",
    ".",
    "?",
    "\n\n",
    "\n",
    "“",
    "”",
    '"',
    "(ROK)",
    "—",
    "DOHA, May 14 (Agency) -",
    "(Photo: an agency)",
    "\u00a0",
    "\u200b",
    "é",
    "🕊",
    "\t",
    "<b>",
    "'s",
    "-brokered",
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map(" ".join)
days = st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31))
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def coder() -> RuleCoder:
    """One coder for all texts."""
    gazetteer = load_gazetteer()
    return RuleCoder(SpacyParser(), Reader(gazetteer, load_offices(), PlaceReader(gazetteer, load_places())))


def spans(claim: AnyClaim) -> list[Span]:
    """All stretches of text that a claim points at."""
    found = list(claim.evidence)
    if isinstance(claim, Engagement):
        found += [p.span for p in claim.participants if p.span]
        found += [x.span for x in (claim.place, claim.when) if x is not None and x.span is not None]
    if isinstance(claim, Utterance):
        found.append(claim.content)
    if isinstance(claim, Proposal):
        found.append(claim.terms)
    return found


def check(text: str, coding: Coding) -> None:
    assert not coding.problems, coding.problems
    for claim in coding.claims:
        assert claim.evidence
        for span in spans(claim):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip()
    assert len({claim.id for claim in coding.claims}) == len(coding.claims)


@given(text=texts, published=days)
@few
def test_claims_quote_the_text_and_coding_is_the_same_each_time(text: str, published: date | None) -> None:
    document = Document(text=text, published=published, language="en")
    coding = coder()(document)
    check(text, coding)
    assert coding.document == document.id == Document(text=text).id
    assert dump(coder()(document)) == dump(coding)


@given(batch=st.lists(texts, min_size=2, max_size=4))
@few
def test_company_does_not_change_a_coding(batch: list[str]) -> None:
    documents = [Document(text=text, language="en") for text in batch]
    assert [dump(c) for c in coder().code(documents)] == [dump(coder()(d)) for d in documents]
