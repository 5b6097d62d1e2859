"""Finds what a model cites in the text: letter by letter but for white space, quotation marks, dashes and case."""

import re

from dragoman.core.text import Span

_ALIKE = ("'’‘ʼ`´", '"“”„«»', "-‐‑–—", "…")
_CLASS = {sign: f"[{re.escape(group)}]" for group in _ALIKE[:3] for sign in group}
_DOTS = r"(?:\.\.\.|…)"
_WORD = re.compile(r"\w")


def find_quote(quote: str, text: str, within: Span) -> Span | None:
    """The first stretch of `text` inside `within` that says what is quoted; None where there is none or nothing is quoted."""
    words = quote.split()
    if not words or not _WORD.search(quote):
        return None
    pattern = r"\s+".join(_loose(word) for word in words)
    if _WORD.match(words[0]):
        pattern = r"(?<!\w)" + pattern
    if _WORD.match(words[-1][-1]):
        pattern += r"(?!\w)"
    found = re.compile(pattern, re.IGNORECASE).search(text, within.start, within.end)
    return Span(found.start(), found.end()) if found else None


def _loose(word: str) -> str:
    plain = word.replace("...", "…")
    return "".join(_DOTS if sign == "…" else _CLASS.get(sign, re.escape(sign)) for sign in plain)
