"""A lake holds each document once, in pieces that are written whole, and is the same whoever wrote it and however often."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest

from dragoman.app.config import Config
from dragoman.app.engine import code_batches
from dragoman.app.lake import LakeRun, ask_lake, load_from_lake, open_lake
from dragoman.app.running import RunSettings
from dragoman.core.actors import Actor
from dragoman.core.claims import Coding, Status
from dragoman.core.errors import InputError, StoreError
from dragoman.core.text import Document, Span
from dragoman.core.vocab import ActorKind, TalksSignal

QATAR = Actor(name="Qatar", code="QAT", kind=ActorKind.STATE)


class FakeCoder:
    """Finds one status in every document; ends everything at the word "stop"."""

    name = "fake 1"
    model = "none 1"

    def code(self, documents) -> Iterator[Coding]:
        for document in documents:
            if "stop" in document.text:
                raise KeyboardInterrupt
            claim = Status(
                document=document.id,
                evidence=(Span(0, 3),),
                rule="fake",
                signal=TalksSignal.IMPASSE,
                actors=(QATAR,),
                dossiers=("gaza",),
            )
            yield Coding(document=document.id, claims=(claim,), coder=self.name, model=self.model, published=document.published)


def documents(*names, year=2024):
    return [Document(text=f"{name} talks", name=name, published=date(year, 5, 1), language="en") for name in names]


def run(folder, items, coder=None, **settings):
    coder = coder or FakeCoder()
    code = partial(code_batches, coder=coder)
    return LakeRun(open_lake(str(folder)), coder, RunSettings(**settings)).work(items, code, size=2)


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_lake_holds_each_document_once_and_the_same_input_adds_nothing(tmp_path):
    items = [*documents("one", "two", "three"), *documents("two"), *documents("old", year=1999)]
    first = run(tmp_path, items)
    assert (first.documents, first.new, first.known, first.claims) == (5, 4, 1, {"status": 4})
    before = files(tmp_path)
    again = run(tmp_path, items)
    assert (again.new, again.known) == (0, 5)
    assert files(tmp_path) == before
    more = run(tmp_path, [*documents("five"), *items])
    assert (more.new, more.known) == (1, 5)
    assert ask_lake(str(tmp_path), "SELECT count(*), count(DISTINCT document) FROM claims").rows == [(5, 5)]


def test_a_run_that_was_stopped_goes_on_to_the_same_bytes(tmp_path):
    items = documents("one", "two", "three", "four", "five")
    run(tmp_path / "whole", items)

    class Stopping(FakeCoder):
        def code(self, given):
            if any("four" in document.text for document in given):
                raise KeyboardInterrupt
            yield from super().code(given)

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "stopped", items, Stopping())
    assert len(files(tmp_path / "stopped")) < len(files(tmp_path / "whole"))
    # What a killed run leaves half done is in no answer, and is written over.
    (tmp_path / "stopped/claims/year=2024/phalf.parquet").write_bytes(b"half")
    assert ask_lake(str(tmp_path / "stopped"), "SELECT count(*) FROM claims").rows == [(2,)]
    (tmp_path / "stopped/claims/year=2024/phalf.parquet").unlink()
    run(tmp_path / "stopped", items)
    assert files(tmp_path / "stopped") == files(tmp_path / "whole")


def test_a_question_finds_claims_with_their_words_and_reads_nothing_else(tmp_path):
    run(tmp_path, [*documents("one"), *documents("old", year=1999)])
    answer = ask_lake(str(tmp_path), 'SELECT year, quote, actors, spans[1]."end" FROM claims ORDER BY year')
    assert answer.rows == [(1999, "old", ["QAT"], 3), (2024, "one", ["QAT"], 3)]
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for question in (
        f"SELECT * FROM read_csv('{secret}')",
        f"COPY claims TO '{tmp_path / 'out.csv'}'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELEC",
    ):
        with pytest.raises(InputError, match="the lake cannot answer"):
            ask_lake(str(tmp_path), question)
    assert not (tmp_path / "out.csv").exists()


def test_a_slice_is_loaded_into_a_store_with_all_claims_of_its_documents(tmp_path):
    run(tmp_path / "lake", [*documents("one", "two"), *documents("old", year=1999)])
    config = Config(store=str(tmp_path / "slice.db"))
    report = load_from_lake(str(tmp_path / "lake"), "year >= 2000 AND list_contains(dossiers, 'gaza')", config)
    assert (report.documents, report.new, report.claims_added) == (2, 2, 2)
    assert load_from_lake(str(tmp_path / "lake"), "year >= 2000", config).new == 0


def test_a_refused_document_is_in_the_lake_with_its_problem(tmp_path):
    run(tmp_path, documents("one", "a very long one"), max_characters=12)
    assert ask_lake(str(tmp_path), "SELECT name, problems FROM documents WHERE len(problems) > 0").rows == [
        ("a very long one", ["too-long"])
    ]


def test_a_lake_of_another_coder_is_not_written_to(tmp_path):
    run(tmp_path, documents("one"))

    class Other(FakeCoder):
        name = "fake 2"

    with pytest.raises(InputError, match="made with another coder"):
        run(tmp_path, documents("two"), Other())


def test_where_there_is_no_lake_it_says_so(tmp_path):
    with pytest.raises(InputError, match="there is no lake"):
        ask_lake(str(tmp_path), "SELECT 1")
    with pytest.raises(StoreError, match="no lake can be kept there"):
        open_lake("gopher://example.org/lake")
