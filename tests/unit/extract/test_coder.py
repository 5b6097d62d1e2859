"""The rule coder with a parser that only splits words: languages, batches, order and broken rules."""

import re
from collections.abc import Callable, Iterable, Iterator

import pytest

from dragoman.core.claims import AnyClaim, Status
from dragoman.core.parse import Parse, Token
from dragoman.core.text import Document, Span
from dragoman.core.vocab import TalksSignal
from dragoman.extract.coder import Finder, RuleCoder, coder_name, is_english
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.places import load_places
from dragoman.read.places import PlaceReader
from dragoman.read.reader import Reader
from dragoman.read.reading import Reading


class WordParser:
    """Words without tags, one sentence a text; counts what it parsed."""

    name = "words 1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        for text in texts:
            self.seen.append(text)
            found = re.finditer(r"\S+", text)
            tokens = tuple(Token(i, m.start(), m.end(), m[0], m[0].lower(), "X", "", "dep", 0) for i, m in enumerate(found))
            yield Parse(self.name, tokens, ((0, len(tokens)),))


def find_sentences(reading: Reading) -> Iterator[AnyClaim]:
    """One claim a sentence, the last one first and each twice."""
    for sentence in reversed(reading.sentences):
        for _ in range(2):
            yield Status(document=reading.document.id, evidence=(sentence.span,), rule="test", signal=TalksSignal.RESUMED)


@pytest.fixture(scope="module")
def make() -> Callable[..., RuleCoder]:
    gazetteer = load_gazetteer()
    reader = Reader(gazetteer, load_offices(), PlaceReader(gazetteer, load_places()))

    def coder(*finders: Finder, parser: WordParser | None = None) -> RuleCoder:
        return RuleCoder(parser or WordParser(), reader, finders)

    return coder


@pytest.mark.parametrize(
    ("language", "expected"), [("en", True), ("en-GB", True), ("EN", True), (None, True), ("fr", False), ("eng-x", False)]
)
def test_is_english(language: str | None, *, expected: bool) -> None:
    assert is_english(Document(text="x", language=language)) is expected


def test_claims_come_once_and_in_the_order_of_the_text(make: Callable[..., RuleCoder]) -> None:
    coding = make(find_sentences)(Document(text="One ended.\n\nTwo resumed."))
    assert [claim.evidence[0] for claim in coding.claims] == [Span(0, 10), Span(12, 24)]


def test_other_languages_are_a_problem_and_are_not_parsed(make: Callable[..., RuleCoder]) -> None:
    parser = WordParser()
    coding = make(find_sentences, parser=parser)(Document(text="Les pourparlers.", language="fr", name="doc-1"))
    assert (coding.claims, parser.seen) == ((), [])
    assert [(p.code, p.where) for p in coding.problems] == [("language", "doc-1")]


def test_documents_keep_their_order_over_batches(make: Callable[..., RuleCoder]) -> None:
    documents = [Document(text=f"Round {n} ended.", language="fr" if n % 7 == 3 else "en") for n in range(70)]
    assert [c.document for c in make(find_sentences).code(documents)] == [d.id for d in documents]


def test_empty_text_has_no_claims(make: Callable[..., RuleCoder]) -> None:
    for text in ("", " \n\t\n "):
        coding = make(find_sentences)(Document(text=text))
        assert (coding.claims, coding.problems) == ((), ())


def test_codings_name_rules_and_model(make: Callable[..., RuleCoder]) -> None:
    coding = make(find_sentences)(Document(text="Talks ended."))
    assert (coding.coder, coding.model) == (coder_name(), "words 1")
    assert re.fullmatch(r"rules \S+\+[0-9a-f]{8}", coder_name())
