"""Worker processes: the same codings in the same order, and one that ends costs only the document that ended it."""

import importlib
from datetime import date

import pytest

from dragoman.app.engine import code_batches
from dragoman.core.errors import DragomanError
from dragoman.core.text import Document

pytestmark = pytest.mark.slow

FAKE = """
import os
from dragoman.core.claims import Coding, Status
from dragoman.core.text import Span
from dragoman.core.vocab import TalksSignal

class Coder:
    name, model = "fake 1", "none 1"
    def code(self, documents):
        for document in documents:
            if "crash" in document.text:
                os._exit(9)
            claim = Status(document=document.id, evidence=(Span(0, 3),), rule="fake", signal=TalksSignal.IMPASSE)
            yield Coding(document=document.id, claims=(claim,), coder=self.name, model=self.model)

class Dead(Coder):
    @property
    def model(self):
        os._exit(9)
"""


@pytest.fixture
def fake(tmp_path, monkeypatch):
    (tmp_path / "fake_coder_of_processes.py").write_text(FAKE)
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module("fake_coder_of_processes")


def documents(*texts):
    return [Document(text=text, name=text, published=date(2024, 1, 1)) for text in texts]


def test_a_worker_that_ends_costs_only_its_document(fake):
    batches = [documents("one", "two"), documents("three", "a crash", "four"), documents("five"), documents("six")]
    coder = fake.Coder()
    alone = [pairs for batch in batches for pairs in code_batches([[d for d in batch if "crash" not in d.text]], coder)]
    pairs = list(code_batches(batches, coder, workers=2, factory=fake.Coder))

    assert [document.name for batch in pairs for document, _ in batch] == [d.name for batch in batches for d in batch]
    by_name = {document.name: coding for batch in pairs for document, coding in batch}
    assert [problem.code for problem in by_name.pop("a crash").problems] == ["crashed"]
    assert by_name == {document.name: coding for batch in alone for document, coding in batch}


def test_workers_that_end_before_they_code_stop_the_run(fake):
    with pytest.raises(DragomanError, match="before they code anything"):
        list(code_batches([documents("one")], fake.Coder(), workers=1, factory=fake.Dead))
