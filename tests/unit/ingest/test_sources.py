"""Everything behind the one door: places, formats by name and by look, and bad input of every sort."""

import bz2
import gzip
import io
import json
import lzma
import os
import sys
from datetime import date

import pytest

from dragoman.core.claims import Problem
from dragoman.core.ports import Fetched
from dragoman.core.text import Document
from dragoman.core.vocab import DateSource
from dragoman.ingest import WARNINGS, IngestOptions, Limits, read_sources

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKERS = {"gz": gzip.compress, "xz": lzma.compress, "zst": zstd.compress, "bz2": bz2.compress}
DATED = {"published": "2024-05-02"}


def rows(count: int) -> bytes:
    noise = [os.urandom(60).hex() for _ in range(count)]
    return "\n".join(
        json.dumps({"id": f"n{n}", "text": f"Meeting number {n}. {word}"} | DATED) for n, word in enumerate(noise)
    ).encode()


def test_folder_is_read_in_order_with_hidden_files_passed_over(tmp_path, read) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/z.txt", "b/a.txt", "c.txt", "a.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).write_text(f"They met in {name}.")
    assert read(tmp_path).texts == [f"They met in {name}." for name in ("a.txt", "c.txt", "b/a.txt", "b/z.txt")]


def test_pattern(tmp_path, read) -> None:
    for name in ("a1.txt", "a2.txt", "b1.txt"):
        (tmp_path / name).write_text(f"They met in {name}.")
    assert read(tmp_path / "a*.txt").texts == ["They met in a1.txt.", "They met in a2.txt."]
    assert read(tmp_path / "x*.txt").codes == ["missing"]


def test_documents_come_one_at_a_time(tmp_path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(rows(3))
    items = read_sources([str(path), "/nowhere/at/all"], IngestOptions(), fetcher=None, today=date(2026, 3, 1))
    assert isinstance(next(items), Document)
    assert [type(item) for item in items] == [Document, Document, Problem]


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed(tmp_path, read, suffix: str) -> None:
    path = tmp_path / f"in.jsonl.{suffix}"
    path.write_bytes(PACKERS[suffix](rows(50)))
    result = read(path)
    assert (len(result.documents), result.codes) == (50, [])
    note = tmp_path / f"note.txt.{suffix}"
    note.write_bytes(PACKERS[suffix](b"They met."))
    assert [document.name for document in read(note).documents] == ["note"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_truncated_archive_gives_the_documents_before_the_break(tmp_path, read, suffix: str) -> None:
    path = tmp_path / f"in.jsonl.{suffix}"
    content = PACKERS[suffix](rows(4000))
    path.write_bytes(content[: len(content) * 2 // 3])
    result = read(path)
    assert result.codes == ["truncated"]
    assert "get it again" in (result.problems[0].remedy or "")
    if suffix != "bz2":
        assert 500 < len(result.documents) < 4000


@pytest.mark.parametrize("suffix", ["gz", "xz", "bz2"])
def test_damaged_archive(tmp_path, read, suffix: str) -> None:
    path = tmp_path / f"note.txt.{suffix}"
    content = bytearray(PACKERS[suffix](b"They met in Oslo. " * 200))
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    result = read(path)
    assert result.documents == []
    assert result.codes == ["truncated"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_decompression_bomb(tmp_path, read, suffix: str) -> None:
    path = tmp_path / f"bomb.jsonl.{suffix}"
    path.write_bytes(PACKERS[suffix](b"0" * 8_000_000))
    result = read(path, limits=Limits(document=1_000_000, expansion=100, expansion_from=4_000_000))
    assert result.codes == ["too-large"]


def test_bad_files_are_reported_and_the_others_go_on(tmp_path, read) -> None:
    (tmp_path / "1.txt").write_bytes(b"")
    (tmp_path / "2.txt").write_bytes(b" \n\n ")
    (tmp_path / "3.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "4.txt").write_bytes(b"\xff\xfe\x00\xd8\x41")
    (tmp_path / "5.txt").write_text("They met.")
    (tmp_path / "6.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    os.mkfifo(tmp_path / "7.txt")
    (tmp_path / "8.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "9.txt").write_text("word " * 300)
    result = read(tmp_path, limits=Limits(document=1000), published=date(2024, 5, 2))
    assert result.texts == ["They met."]
    assert result.codes == ["empty", "empty", "binary", "encoding", "binary", "unreadable", "unreadable", "too-large"]
    for problem in result.problems:
        assert str(tmp_path) in problem.where
        assert problem.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_file_without_permission(tmp_path, read) -> None:
    path = tmp_path / "note.txt"
    path.write_text("They met.")
    path.chmod(0)
    assert read(path).codes == ["unreadable"]


def test_operating_system_errors_are_problems(tmp_path, read, monkeypatch) -> None:
    path = tmp_path / "note.txt"
    path.write_text("They met.")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    result = read(path)
    assert result.codes == ["unreadable"]
    assert "Permission denied" in result.problems[0].what


@pytest.mark.parametrize("source", ["/nowhere/at/all.txt", "x" * 5000, "bad\0name", ""])
def test_places_that_do_not_exist(read, source: str) -> None:
    result = read(source) if source else read("/nowhere/")
    assert len(result.codes) == 1
    assert result.codes[0] in {"missing", "unreadable"}


def test_empty_folder(tmp_path, read) -> None:
    assert read(tmp_path).codes == ["empty"]


def test_standard_input(read) -> None:
    assert read("-", stdin=io.BytesIO(b"They met.")).texts == ["They met."]
    result = read("-", stdin=io.BytesIO(rows(2)))
    assert [document.name for document in result.documents] == ["n0", "n1"]
    assert read("-", stdin=io.BytesIO(b"")).codes == ["empty"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"They met in Oslo.", "They met in Oslo."),
        (b"<!DOCTYPE html><html><body><p>They met in Oslo.</p></body></html>", "They met in Oslo."),
        (b'{"id": "1", "text": "They met."}\n{"id": "2", "text": "They left."}\n', "They met."),
        (b'[{"text": "They met."}]', "They met."),
        (b"From: desk@example.org\nSubject: Note\n\nThey met.\n", "Note\n\nThey met.\n"),
    ],
)
def test_unknown_endings_are_told_by_their_look(tmp_path, read, content: bytes, text: str) -> None:
    path = tmp_path / "unknown.dat"
    path.write_bytes(content)
    assert read(path).texts[0] == text


def test_published_option_fills_gaps_only(tmp_path, read) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": "a"} | DATED) + "\n" + json.dumps({"text": "b"}))
    found = [(document.published, document.published_from) for document in read(path, published=date(2020, 1, 1)).documents]
    assert found == [(date(2024, 5, 2), DateSource.METADATA), (date(2020, 1, 1), DateSource.OPTION)]


@pytest.mark.parametrize("day", ["2031-01-01", "0001-01-01", "1066-10-14", "last week", "03/04/2024"])
def test_absurd_dates_warn_and_stay_unknown(tmp_path, read, day: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": "They met.", "published": day}))
    result = read(path)
    assert result.documents[0].published is None
    assert result.documents[0].published_from is DateSource.UNKNOWN
    assert result.codes == ["date", "undated"]
    assert set(result.codes) <= WARNINGS
    assert day in result.problems[0].what


def test_undated_input_gets_one_warning(tmp_path, read) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"They met {n}.")
    result = read(tmp_path)
    assert result.codes == ["undated"]
    assert "3 of 3" in result.problems[0].what
    several = read(*sorted(tmp_path.iterdir()), *sorted(tmp_path.iterdir()))
    assert several.codes == ["undated"]
    assert several.problems[0].where.count(".txt") == 3


def test_language_of_metadata_then_of_the_text(tmp_path, read) -> None:
    path = tmp_path / "in.jsonl"
    english = "The envoys of both countries met in Oslo on Tuesday and agreed that the talks should go on in the next week."
    path.write_text(
        "\n".join(json.dumps(row) for row in [{"text": english}, {"text": english, "language": "fr-FR"}, {"text": "They met."}])
    )
    assert [document.language for document in read(path).documents] == ["en", "fr", None]
    assert [document.language for document in read(path, language="en").documents] == ["en", "fr", "en"]


URL = "https://example.org/news/talks"
HTML = b"<html><body><p>The envoys met in Oslo.</p></body></html>"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (URL, Fetched(url=URL, body=HTML, content_type="text/html; charset=utf-8")),
        (URL, Fetched(url=URL, body=HTML)),
        (URL, Fetched(url=URL, body=b"The envoys met in Oslo.", content_type="text/plain")),
        (URL + ".jsonl.gz", Fetched(url=URL + ".jsonl.gz", body=gzip.compress(b'{"text": "The envoys met in Oslo."}\n'))),
        (
            URL,
            Fetched(
                url=URL,
                body=b"<?xml version='1.0'?><rss version='2.0'><channel><item><description>The envoys met in Oslo."
                b"</description></item></channel></rss>",
                content_type="text/html",
            ),
        ),
    ],
)
def test_addresses_by_what_they_hold(read, stub, url: str, page: Fetched) -> None:
    assert read(url, fetcher=stub({url: page})).texts == ["The envoys met in Oslo."]


def test_addresses_that_fail(read, stub) -> None:
    result = read(URL, "ftp://example.org/x", fetcher=stub({}))
    assert result.codes == ["http-404", "bad-address"]
    assert read(URL).codes == ["no-network"]


def test_page_of_an_address_keeps_where_it_ended(read, stub) -> None:
    page = Fetched(url=URL + "?final", body=HTML, content_type="text/html")
    (document,) = read(URL, fetcher=stub({URL: page})).documents
    assert (document.url, document.name) == (URL + "?final", URL)
