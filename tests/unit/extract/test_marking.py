"""How a pair is marked for the relation coder."""

import doctest

import pytest

from dragoman.core.text import Span
from dragoman.extract import marking
from dragoman.extract.marking import MARKERS, mark_pair, mark_tagged


def test_the_examples_hold():
    assert doctest.testmod(marking).failed == 0


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("<s>A</s> met <t>B</t>.", "[unused1] A [unused2] met [unused3] B [unused4] ."),
        ("<t>B</t> was met by <s>A</s>.", "[unused3] B [unused4] was met by [unused1] A [unused2] ."),
        ("<s>Croatia</s>n ships left <t>B</t>", "[unused1] Croatia [unused2] n ships left [unused3] B [unused4]"),
        ("<s>A</s> met <t>B</t>; <s>A</s> told <t>B</t>.", "[unused1] A [unused2] met [unused3] B [unused4] ; A told B."),
        ("<s>A </s>met <t>B</t>.", "[unused1] A [unused2] met [unused3] B [unused4] ."),
        ("Calm was asked for.", "Calm was asked for. [unused1] x [unused2] [unused3] y [unused4]"),
    ],
)
def test_the_first_span_counts_and_what_is_not_there_stands_behind(tagged, expected):
    assert mark_tagged(tagged, "x", "y") == expected


def test_every_text_has_each_marker_once_whatever_it_says():
    text = "[unused1] Oslo [UNUSED3] thanked Doha."
    marked = mark_pair(text, Span(10, 14), Span(33, 37))
    assert [marked.count(marker) for marker in MARKERS] == [1, 1, 1, 1]


def test_overlapping_spans_keep_both():
    assert mark_pair("Oslo's envoy left.", Span(0, 12), Span(0, 4)).count("Oslo") == 2
