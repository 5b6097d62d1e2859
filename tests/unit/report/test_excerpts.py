"""What may be shown of a document, and where its sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.core.text import Document, Span
from dragoman.report.excerpts import excerpt, may_show_full_text, printable, sentence_around

TEXT = "Envoys met Mr. Haddad on 3 Dec. 2023 in Rome. He said: “We try again.” Nobody signed. Talks go on."


def around(words: str, text: str = TEXT) -> str:
    start = text.index(words)
    return sentence_around(text, Span(start, start + len(words))).of(text).strip()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Haddad", "Envoys met Mr. Haddad on 3 Dec. 2023 in Rome."),
        ("try again", "He said: “We try again.”"),
        ("signed", "Nobody signed."),
        ("go on", "Talks go on."),
    ],
)
def test_a_sentence_runs_over_abbreviations_and_keeps_its_closing_quote(words: str, sentence: str) -> None:
    assert around(words) == sentence


def test_an_excerpt_is_the_sentence_with_one_either_side() -> None:
    start = TEXT.index("He said")
    found = excerpt(TEXT, Span(start, start + len("He said: “We try again.”")))
    assert found.plain == TEXT.removesuffix(" Talks go on.")
    assert [piece.text for piece in found.pieces if piece.marked] == ["He said: “We try again.”"]
    assert (found.cut_before, found.cut_after) == (False, True)


def test_a_text_of_one_endless_line_gives_a_short_excerpt() -> None:
    text = "word " * 200_000
    assert len(excerpt(text, Span(500_000, 500_004)).plain) < 10_000


@given(st.text(max_size=300), st.data())
def test_an_excerpt_always_holds_its_evidence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = excerpt(text, Span(start, end))
    marked = "".join(piece.text for piece in found.pieces if piece.marked)
    assert marked == printable(text[start:end])


@pytest.mark.parametrize("licence", ["CC BY 4.0", "cc-by-sa-3.0", "CC0", "Public domain", "Creative Commons Attribution"])
def test_an_open_licence_lets_the_whole_text_out(licence: str) -> None:
    assert may_show_full_text(Document(text="x", licence=licence))


@pytest.mark.parametrize("licence", [None, "", "All rights reserved", "proprietary", "not public domain", "accord"])
def test_without_an_open_licence_the_whole_text_stays_in(licence: str | None) -> None:
    assert not may_show_full_text(Document(text="x", licence=licence))
    assert may_show_full_text(Document(text="x", licence=licence), asked=True)


def test_steering_characters_become_visible() -> None:
    assert printable("a\x1b[31mb\u202ec\u2066d\x07e\nf\tg") == "a�[31mb�c�d�e\nf\tg"
