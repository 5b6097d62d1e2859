import pytest

from dragoman.ingest.clean import clean_lines, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Share this",
        "Share this article on Facebook",
        "Advertisement",
        "— Advertisement —",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Subscribe",
        "Subscribe to our newsletter",
        "Sign up for our daily newsletter and get the news in your inbox.",
        "Read more",
        "Read more: Envoys return to Geneva",
        "See also: a timeline of the truce",
        "Related stories",
        "Most read",
        "- News",
        "Home | World | Politics | Sport",
        "Home > World > Middle East",
        "We use cookies to improve your experience on our site.",
        "This website uses cookies.",
        "Please enable JavaScript to view the comments.",
        "Follow us on Facebook, X and YouTube",
        "Photo: Jane Roe/Gulf Wire",
        "Image credit: Jane Roe",
        "© 2024 Gulf Wire. All rights reserved.",
        "All rights reserved.",
        "3 min read",
        "12 comments",
        "Leave a comment",
        "* * *",
        "-----",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Share prices fell after the talks.",
        "The minister read more from the letter: it offered a truce.",
        "Related talks in Geneva ended without result.",
        "News of the meeting reached Doha on Tuesday.",
        "Home Secretary Jane Roe met the envoy.",
        "Subscribe to the treaty, the envoy told both sides.",
        "Photo: Jane Roe shakes hands with John Doe in Geneva on 3 May 2024.",
        "About 40 delegates took part.",
        "Live fire was reported near the crossing.",
        "The two sides will follow the road map on X, the spokesman said.",
        "He asked the editors to share this article of the agreement with both parties.",
        "Qatar, Egypt and the United States",
        "We use every channel, the minister said, and cookies were served.",
        "Contact with the group continues.",
    ],
)
def test_not_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_clean_lines_keeps_prose_and_paragraph_breaks() -> None:
    page = "Skip to main content\nMinisters meet\n\n\nShare this\nThey met.\nThey met.\n\nAdvertisement\nTalks go on.\n"
    assert clean_lines(page) == "Ministers meet\n\nThey met.\n\nTalks go on."


def test_lists_of_sections_go_but_a_short_list_of_names_stays() -> None:
    menu = "Africa\nAmericas\nAsia Pacific\nEurope\nMiddle East\nLatin America"
    assert clean_lines(f"They met.\n{menu}\nTalks go on.") == "They met.\nTalks go on."
    names = "Qatar\nEgypt\nNorway"
    assert clean_lines(f"They met:\n{names}") == f"They met:\n{names}"


def test_hostile_lines_take_no_time() -> None:
    for piece in ("A", "a ", "| ", "A/", "share ", "Photo: A", "- "):
        is_furniture((piece * 400)[:400])
        is_furniture("Photo: " + (piece * 400)[:390] + "!")
