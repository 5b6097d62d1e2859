"""Text that is safe to print: nothing in it steers a terminal or turns the writing direction."""

import re

_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters but for tab and line feed, marks that turn the writing direction, halves of surrogate pairs, and the two
noncharacters that XML cannot hold."""


def printable(text: str) -> str:
    """Text without characters that steer a terminal or turn the writing direction; they become the replacement character."""
    return _STEERS.sub("\N{REPLACEMENT CHARACTER}", text)


def web_address(url: str | None) -> str | None:
    """An address of the web that can stand in a link; None for other schemes, and for what holds spaces or steers."""
    if not url or not url.startswith(("https://", "http://")) or _STEERS.search(url) or any(map(str.isspace, url)):
        return None
    return url
