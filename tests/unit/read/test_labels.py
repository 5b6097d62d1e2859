"""Labels of speakers: which lines open a turn in a transcript."""

import pytest

from dragoman.read.labels import label_words, speaker_labels, spoken_case

LINES = "{}: I am very glad to be here with you.\n\n{}: What do you think of it?"


def labels(text: str) -> list[str]:
    titled = f"A title\n\n{text}"
    return [label_words(span.of(titled)) for span in speaker_labels(titled)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("PRIME MINISTER", "JOURNALIST"),
        ("MR. RUIZ", "QUESTION"),
        ("DEPUTY SECRETARY McKEON", "OPERATOR"),
        ("SENIOR ADMINISTRATION OFFICIAL", "MODERATOR"),
        ("THE PRESIDENT", "NORA WARD"),
    ],
)
def test_posts_titles_names_and_who_asks_are_labels(first: str, second: str) -> None:
    """Two labels, one of them sure, make a transcript."""
    assert labels(LINES.format(first, second)) == [first, second]


def test_the_bare_q_of_briefings_needs_no_colon() -> None:
    """The bare Q stands before several spaces."""
    text = "MS. LIND: Good afternoon.\n\nQ    Thank you. Is it true?\n\nMS. LIND: No."
    assert labels(text) == ["MS. LIND", "Q", "MS. LIND"]


def test_remarks_in_brackets_are_no_part_of_the_words() -> None:
    """An interpreter does not change who speaks."""
    text = "PRESIDENT LIND: (As interpreted.) Thank you.\n\nMINISTER SOTO (via interpreter): Welcome to all of you."
    assert labels(text) == ["PRESIDENT LIND", "MINISTER SOTO"]


@pytest.mark.parametrize(
    "text",
    [
        "VESSEL TYPE: tanker of some age\n\nVESSEL FLAG: of a small island",
        "FOR PRESS: 4 May\n\nEMBARGO: noon of the same day, please",
        "MYTH: the sea is flat.\n\nFACT: it is not, as we all know.",
        "The envoys agreed on three points: a truce, aid and talks.\n\nQ was the letter on the door.",
        "PRIME MINISTER:\n\nAna Ruiz",
        "The Minister said: We will come.\n\nThe President said: So will we.",
    ],
)
def test_other_lines_with_a_colon_are_no_labels(text: str) -> None:
    """Headings, fact sheets, signatures and sentences that lead up to a quotation."""
    assert labels(text) == []


@pytest.mark.parametrize(
    ("label", "written"),
    [("SECRETARY RUIZ-LIND:", "Secretary Ruiz-Lind:"), ("PM:", "PM:"), ("KING OF TONGA", "King of Tonga"), ("Q", "Q")],
)
def test_labels_are_written_as_names(label: str, written: str) -> None:
    """The parser gets them as a text would write them, as long as before."""
    assert spoken_case(label) == written
