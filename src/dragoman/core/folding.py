"""Names without case, diacritics and punctuation, so that Erdogan finds Erdoğan."""

import re
import unicodedata
from functools import lru_cache

STROKES = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"})
"""Letters that Unicode does not take apart into a base and a mark."""

_DROPPED = re.compile(r"['’‘`ʼʻʿʾ.\u0300-\u036f]")
_GAPS = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """Fold a name for comparing: no case, no diacritics, no apostrophes or full stops; anything else that is no word is a space.

    "Mohammed bin Abdulaziz Al-Khulaifi" gives "mohammed bin abdulaziz al khulaifi", "U.N." gives "un".
    """
    plain = name.lower() if name.isascii() else unicodedata.normalize("NFKD", name.casefold()).translate(STROKES)
    return _GAPS.sub(" ", _DROPPED.sub("", plain)).strip()


@lru_cache(maxsize=100_000)
def fold_name(name: str) -> str:
    """As `fold`, remembered: the names of a record come again and again."""
    return fold(name)
