"""The main job over a fake coder: what is new, known, refused or failed, and what is kept when it stops."""

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from dragoman.app.engine import code_safely
from dragoman.app.running import NOT_CODED, Run, RunReport, RunSettings, code_stream
from dragoman.backends.memory_store import MemoryStore
from dragoman.core.claims import Coding, Problem, Status
from dragoman.core.text import Document, Span
from dragoman.core.vocab import TalksSignal


class FakeCoder:
    """Finds one status in every document; trips over the word "bug", and is interrupted by the word "stop"."""

    name = "fake 1"
    model = "none 1"

    def code(self, documents: Iterable[Document]) -> Iterator[Coding]:
        for document in documents:
            if "bug" in document.text:
                raise IndexError("a rule read past the end")
            if "stop" in document.text:
                raise KeyboardInterrupt
            claim = Status(document=document.id, evidence=(Span(0, 3),), rule="fake", signal=TalksSignal.IMPASSE)
            yield Coding(document=document.id, claims=(claim,), coder=self.name, model=self.model, published=document.published)


def documents(*texts: str) -> list[Document]:
    return [Document(text=text, name=text, language="en") for text in texts]


def work(store: MemoryStore, items: Iterable[Document | Problem], **settings: int) -> RunReport:
    return Run(store, RunSettings(**({"batch": 2} | settings))).work(items, FakeCoder())


def test_new_documents_are_coded_and_the_same_input_again_adds_nothing() -> None:
    store = MemoryStore()
    first = work(store, documents("one", "two", "three"))
    assert (first.documents, first.new, first.known, first.coded, first.claims) == (3, 3, 0, 3, {"status": 3})
    second = work(store, documents("one", "two", "three"))
    assert (second.documents, second.new, second.known, second.coded, second.claims_added) == (3, 0, 3, 0, 0)


def test_a_document_that_trips_a_rule_gets_a_problem_and_the_others_their_claims() -> None:
    store = MemoryStore()
    report = work(store, documents("one", "a bug", "three"), batch=3)
    assert report.claims == {"status": 2}
    assert [problem.code for problem in report.failed] == ["broken-rule"]
    assert store.counts().documents == 3


def test_a_too_long_document_is_kept_and_said() -> None:
    store = MemoryStore()
    report = work(store, documents("one", "two " * 50), max_characters=100)
    assert [problem.code for problem in report.problems] == ["too-long"]
    assert store.counts().documents == 2
    assert work(store, documents("two " * 50), max_characters=100).known == 1


def test_problems_of_inputs_are_passed_on_and_warnings_are_no_failures() -> None:
    lost = Problem(code="unreadable", where="a.txt", what="cannot be read")
    warning = Problem(code="undated", where="b.txt", what="its document has no published date")
    report = work(MemoryStore(), [lost, *documents("one"), warning])
    assert report.problems == (lost, warning)
    assert report.failed == (lost,)


def test_an_interrupt_keeps_the_batches_already_written() -> None:
    store = MemoryStore()
    with pytest.raises(KeyboardInterrupt):
        work(store, documents("one", "two", "three", "stop"))
    assert store.counts().documents == 2


def test_progress_is_told_after_every_batch() -> None:
    told: list[int] = []
    run = Run(MemoryStore(), RunSettings(batch=1, tell_every=0), lambda report: told.append(report.coded))
    run.work(documents("one", "two"), FakeCoder())
    assert sorted(set(told))[-2:] == [1, 2]


def test_kept_documents_are_coded_later() -> None:
    store = MemoryStore()
    report = Run(store, RunSettings()).keep(documents("one", "two"))
    assert (report.new, report.coded) == (2, 0)
    assert {coding.coder for coding in store.codings()} == {NOT_CODED}
    assert Run(store, RunSettings()).keep(documents("one")).known == 1
    later = work(store, list(store.documents()))
    assert (later.new, later.coded, later.claims) == (0, 2, {"status": 2})


def test_a_date_learned_later_codes_the_document_again() -> None:
    store = MemoryStore()
    work(store, documents("one"))
    dated = Document(text="one", published=date(2024, 5, 1))
    assert work(store, [dated]).coded == 1
    assert next(store.codings()).published == date(2024, 5, 1)


def test_coding_without_a_store_keeps_documents_of_the_same_text_apart() -> None:
    twice = [Document(text="one", name="a"), Document(text="one", name="b")]
    items = list(code_stream([*twice, Problem(code="empty", where="c", what="is empty")], FakeCoder(), RunSettings(batch=1)))
    assert [item[0].name for item in items if not isinstance(item, Problem)] == ["a", "b"]
    assert [item.code for item in items if isinstance(item, Problem)] == ["empty"]


def test_a_batch_that_trips_costs_only_the_document_at_fault() -> None:
    pairs = code_safely(FakeCoder(), documents("one", "bug", "two"))
    assert [len(coding.claims) for _, coding in pairs] == [1, 0, 1]
