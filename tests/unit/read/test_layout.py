"""Titles, captions, furniture and paragraphs, and the joining of their parses."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.core.parse import Entity, Parse, Token
from dragoman.core.text import Document, Span
from dragoman.core.vocab import Setting
from dragoman.read.layout import MAX_BLOCK, Block, Layout, is_caption, join_parses, parser_text, read_layout

WRAPPED = """The envoys of the two neighbours met in the town hall on
the eve of the feast, and they agreed to come back in the
spring with a list of the prisoners whom each side holds."""


def blocks(text: str, title: str | None = None) -> list[tuple[Setting, str]]:
    document = Document(text=text, title=title)
    return [(block.setting, block.span.of(text)) for block in read_layout(document).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz shakes hands with Pablo Soto in Lima, Peru, on May 3, 2024.",
        "Ana Ruiz, left, looks on as Pablo Soto speaks in Lima on Friday, 3 May 2024",
        "Ana Ruiz arrives for talks. (Photo: an agency)",
        "Ana Ruiz in Lima. File photo",
        "The two ministers, pictured in 2019, signed the treaty",
        "In this photo the two ministers sign the treaty",
    ],
)
def test_captions(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz met Pablo Soto in Lima, Peru, on May 3, 2024.",
        "Ana Ruiz said that she meets Pablo Soto in Lima on May 3, 2024.",
        "Ana Ruiz meets Pablo Soto in Lima on Friday.",
        "The court looks at photographs as evidence.",
        "Ana Ruiz shakes hands with Pablo Soto on May 3, 2024. " + "The talks went on for hours. " * 30,
    ],
)
def test_no_captions(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Share this on Facebook",
        "Read more",
        "Photo: an agency",
        "© 2024 A Newspaper. All rights reserved.",
        "Advertisement",
        "| World",
    ],
)
def test_furniture_is_in_no_block(line: str) -> None:
    assert blocks(f"{line}\n\nThe talks ended in Lima.") == [(Setting.BODY, "The talks ended in Lima.")]


@pytest.mark.parametrize("line", ["Home rule talks ended, and nobody was pleased with what came of it, least of all the hosts."])
def test_sentences_are_no_furniture(line: str) -> None:
    assert blocks(f"The talks ended.\n\n{line}")[-1] == (Setting.BODY, line)


def test_first_line_without_full_stop_is_the_title() -> None:
    assert blocks("Ministers meet in Lima\n\nThe talks ended.") == [
        (Setting.TITLE, "Ministers meet in Lima"),
        (Setting.BODY, "The talks ended."),
    ]


def test_a_sentence_or_a_single_line_is_no_title() -> None:
    assert blocks("The talks ended.\n\nNobody spoke.")[0][0] is Setting.BODY
    assert blocks("Ministers meet in Lima")[0][0] is Setting.BODY


def test_the_given_title_is_the_title_even_with_a_full_stop() -> None:
    assert blocks("The talks ended.\n\nNobody spoke.", title="The talks ended.")[0][0] is Setting.TITLE


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    assert blocks("The talks ended.\n\n" + WRAPPED) == [(Setting.BODY, "The talks ended."), (Setting.BODY, WRAPPED)]


def test_lines_that_end_in_full_stops_are_paragraphs() -> None:
    first = "The envoys of the two neighbours met in the town hall on the eve."
    assert [words for _, words in blocks(f"{first}\n{first}")] == [first, first]


def test_a_title_above_a_long_line_is_not_wrapped() -> None:
    title = "Ministers of the two neighbours meet in Lima to talk of prisoners"
    body = "The envoys of the two neighbours met in the town hall on the eve of the feast, and they agreed to come back soon."
    assert blocks(f"{title}\n{body}") == [(Setting.TITLE, title), (Setting.BODY, body)]


def test_the_dateline_is_cut_off() -> None:
    text = "LIMA, May 3 (An Agency) - The talks ended."
    layout = read_layout(Document(text=text))
    assert [block.span.of(text) for block in layout.blocks] == ["The talks ended."]
    assert layout.dateline is not None
    assert layout.dateline.place.of(text) == "LIMA"


def test_long_blocks_are_cut_without_loss() -> None:
    text = "x" * MAX_BLOCK + "y" + " word" * MAX_BLOCK
    pieces = [block.span for block in read_layout(Document(text=text)).blocks]
    assert all(len(piece) <= MAX_BLOCK for piece in pieces)
    assert "".join(piece.of(text) for piece in pieces) == text


@given(st.text(alphabet="aA1 .\n\t\u00a0\u2019\u2011é|-", max_size=300))
@settings(max_examples=100, deadline=None)
def test_blocks_are_ordered_stretches_and_parser_text_is_as_long(text: str) -> None:
    document = Document(text=text)
    layout = read_layout(document)
    spans = [block.span for block in layout.blocks]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(len(parser_text(document, block)) == len(block.span) for block in layout.blocks)


def test_joined_parses_count_in_the_document() -> None:
    def parse(words: str) -> Parse:
        tokens, at = [], 0
        for index, word in enumerate(words.split()):
            tokens.append(Token(index, at, at + len(word), word, word.lower(), "NOUN", "NN", "dep", 0))
            at += len(word) + 1
        return Parse("hand", tuple(tokens), ((0, len(tokens)),), (Entity(0, 1, "GPE"),))

    text = "Lima talks\n\nBoth sides left"
    layout = Layout((Block(Span(0, 10), Setting.TITLE), Block(Span(12, 27), Setting.BODY)))
    parsed, settings_ = join_parses(layout, (parse("Lima talks"), parse("Both sides left")))
    assert [t.span.of(text) for t in parsed.tokens] == ["Lima", "talks", "Both", "sides", "left"]
    assert [t.index for t in parsed.tokens] == [0, 1, 2, 3, 4]
    assert [t.head for t in parsed.tokens] == [0, 0, 2, 2, 2]
    assert parsed.sentences == ((0, 2), (2, 5))
    assert parsed.entities == (Entity(0, 1, "GPE"), Entity(2, 3, "GPE"))
    assert settings_ == (Setting.TITLE, Setting.BODY)


def test_nothing_joins_to_nothing() -> None:
    assert join_parses(Layout(()), ()) == (Parse("", (), ()), ())


SPACED = """MINISTER'S VISIT

PRESS STATEMENT No. 12/1971

The Minister for Works, Mr. Lind, will make an official visit to

Chile in the second week of June for talks with his counterpart, Dr.

Ruiz, on the dam.

-2-

During the visit he will tour the works and meet the engineers of

both countries. He will be away for ten days and will then come

back by way of Lima, where he is to open an exhibition of maps

at the museum of the port.

OSLO, 2 May 1971"""


def test_lines_of_a_double_spaced_typescript_are_joined() -> None:
    found = [" ".join(words.split()) for _, words in blocks(SPACED)]
    assert found[2].startswith("The Minister for Works")
    assert found[2].endswith("counterpart, Dr. Ruiz, on the dam.")
    assert found[3].endswith("at the museum of the port.")
    assert found[-1] == "OSLO, 2 May 1971"
    assert not any("-2-" in words for words in found)


def test_short_paragraphs_of_whole_sentences_stay_apart() -> None:
    text = "\n\n".join(["Talks resume"] + ["The envoys of the two neighbours met again in the town hall."] * 8)
    assert len(blocks(text)) == 9


def test_a_list_of_lines_stays_apart() -> None:
    text = "\n\n".join(["What to bring"] + ["A warm coat", "Two pencils", "A map of the town and the harbour beyond it"] * 4)
    assert len(blocks(text)) == 13


def test_tokens_of_white_space_are_left_out() -> None:
    tokens = (
        Token(0, 0, 3, "Ana", "Ana", "PROPN", "NNP", "nsubj", 2),
        Token(1, 3, 5, "  ", "  ", "SPACE", "_SP", "dep", 0),
        Token(2, 5, 8, "met", "meet", "VERB", "VBD", "ROOT", 2),
        Token(3, 9, 11, "Bo", "Bo", "PROPN", "NNP", "dobj", 2),
    )
    parse = Parse("test", tokens, ((0, 4),), (Entity(3, 4, "PERSON"),))
    joined, _ = join_parses(Layout((Block(Span(10, 21), Setting.BODY),)), (parse,))
    assert [(t.index, t.text, t.start, t.head) for t in joined.tokens] == [(0, "Ana", 10, 1), (1, "met", 15, 1), (2, "Bo", 19, 1)]
    assert joined.sentences == ((0, 3),)
    assert joined.entities == (Entity(2, 3, "PERSON"),)


def test_labels_of_speakers_are_blocks_of_their_own_written_as_names():
    text = "Remarks\n\nSECRETARY RUIZ: Thank you all for coming.\n\nQUESTION: May I ask?\n\nSECRETARY RUIZ:\n\nYou may."
    document = Document(text=text)
    blocks = read_layout(document).blocks
    assert [b.span.of(text) for b in blocks if b.label] == ["SECRETARY RUIZ:", "QUESTION:", "SECRETARY RUIZ:"]
    assert [parser_text(document, b) for b in blocks[1:3]] == ["Secretary Ruiz:", "Thank you all for coming."]


def test_a_label_begins_a_paragraph_among_hard_wrapped_lines():
    text = (
        "JOURNALIST: Prime Minister, did the talks that you had with\nthe President touch on what was said of the trade with\n"
        "Peru and Chile?\nPRIME MINISTER: They did, and I am glad to say that we found\nmuch to agree on in a short time, as"
        " friends do."
    )
    blocks = [b.span.of(text).split()[0] for b in read_layout(Document(text=text)).blocks]
    assert blocks == ["JOURNALIST:", "Prime", "PRIME", "They"]
