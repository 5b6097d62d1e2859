import pytest

from dragoman.ingest.titles import clean_title, find_title, with_title

BODY = "The foreign ministers of Qatar and Norway met in Doha on Tuesday to discuss a truce and prisoners, officials said."


@pytest.mark.parametrize(
    "text",
    [
        f"Ministers meet in Doha\n{BODY}",
        f"Ministers meet in Doha\n\n{BODY}",
        f"\nMinisters meet in Doha\n\n{BODY}",
        f"Skip to main content\n\nMinisters meet in Doha\n\n{BODY}",
    ],
)
def test_a_short_first_line_is_the_title(text: str) -> None:
    assert find_title(text) == "Ministers meet in Doha"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"They met.\n{BODY}",
        f"{BODY}\n{BODY}",
        "Ministers meet in Doha",
        "The foreign ministers of Qatar and Norway met in Doha on\nTuesday to discuss a truce.",
        "The foreign ministers of Qatar and Norway met in Doha for talks\nMonday, and then the envoys of both sides flew\nhome.",
        "Ministers\nwho met in Doha agreed.",
        "",
    ],
)
def test_sentences_and_wrapped_prose_are_no_titles(text: str) -> None:
    assert find_title(text) is None


def test_with_title_puts_it_first_once() -> None:
    assert with_title(BODY, "Ministers meet") == f"Ministers meet\n\n{BODY}"
    opened = f"MINISTERS  meet\n{BODY}"
    assert with_title(opened, "Ministers meet") == opened
    assert with_title(BODY, None) == BODY


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Ministers meet - Gulf Wire", "Gulf Wire", "Ministers meet"),
        ("Ministers meet | News", None, "Ministers meet"),
        ("Talks stall – envoy", "Gulf Wire", "Talks stall – envoy"),
        ("Cease-fire talks", None, "Cease-fire talks"),
    ],
)
def test_clean_title(title: str, site: str | None, expected: str) -> None:
    assert clean_title(title, site) == expected
