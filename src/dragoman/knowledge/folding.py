"""Names without the differences that do not matter: case, diacritics, hyphens, apostrophes, full stops of initials."""

import re
import unicodedata
from functools import lru_cache

from dragoman.core.folding import STROKES

_APOSTROPHES = "'’‘ʼʻ`´ʿʾ"
_PIECE = re.compile(r"[^\W_]+", re.UNICODE)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]?$")
_JOINED = re.compile(rf"[{_APOSTROPHES}.]")
_MANY = 1 << 17


@lru_cache(maxsize=_MANY)
def fold(text: str) -> str:
    """Take case and diacritics away: "Türkiye" and "TÜRKIYE" both give "turkiye"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(STROKES)


@lru_cache(maxsize=_MANY)
def pieces(word: str) -> tuple[str, ...]:
    """Split a word of text into folded pieces at hyphens and slashes; a possessive ending, apostrophes and full stops go.

    "al-Shabaab" gives ("al", "shabaab"), "U.S." ("us",), "Hamas'" ("hamas",), "-" and "'s" nothing.
    """
    if word.isascii() and word.isalpha():
        return (word.lower(),)
    bare = _JOINED.sub("", _POSSESSIVE.sub("", word))
    return tuple(_PIECE.findall(fold(bare)))


def is_link(word: str) -> bool:
    """Whether a word may stand inside a name without being part of it: a hyphen, an apostrophe, a possessive ending."""
    return word in _LINKS


_LINKS = frozenset({"-", "–", "‑", "‐", "/", "+", "&", "'s", "’s", *_APOSTROPHES})
