"""Bytes to text: byte order marks, UTF-8, declared character sets, then a guess that says so."""

import codecs
import re

import msgspec

from dragoman.core.claims import Problem
from dragoman.ingest.draft import problem
from dragoman.ingest.language import find_language

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LATIN = ("cp125", "cp775", "latin", "iso8859", "mac", "cp437", "cp85", "hp_roman")
_PAGES = dict.fromkeys(("tr", "az", "ku"), "cp1254") | dict.fromkeys(
    ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "bs", "sq"), "cp1250"
)
_NOT_LATIN = frozenset({"cp1251", "cp1253", "cp1255", "cp1256", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "cp855"})
_ICELANDIC = re.compile("[ÐÝÞðýþ]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GUESSABLE = 1 << 20
_CONTROL_SHARE = 0.02
_MOSTLY = 4
"""Characters beyond ASCII that must be whole in UTF-8 for each place that is not."""
_SAVE_AS = "save it as UTF-8 text and read it again"


class Decoded(msgspec.Struct, frozen=True):
    """Text with a problem beside it where the character set had to be guessed."""

    text: str
    charset: str
    problem: Problem | None = None


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text in any usual encoding: 2 % or more control bytes that no byte order mark explains."""
    sample = content[:65536]
    if not sample or any(sample.startswith(mark) for mark, _ in _MARKS):
        return False
    return len(_CONTROL.findall(sample)) >= max(1, _CONTROL_SHARE * len(sample))


def decode(content: bytes, where: str, charset: str | None = None) -> Decoded | Problem:
    """Decode bytes by mark, as UTF-8, by the declared character set, or by charset-normalizer's guess, in this order.

    Line ends become line feeds; NUL and lone surrogates, which no store can keep, become U+FFFD. Nothing else is touched.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content, name) or _undecodable(where)
    decoded = _strict(content, "utf-8")
    if decoded is None and charset:
        decoded = _strict(content, charset)
    return decoded or _damaged(content, where) or _guess(content, where)


def tidy(text: str) -> str:
    """Make line ends line feeds and replace code points that cannot be stored."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _strict(content: bytes, charset: str) -> Decoded | None:
    try:
        return Decoded(tidy(content.decode(charset)), charset)
    except (UnicodeError, LookupError):
        return None


def _damaged(content: bytes, where: str) -> Decoded | None:
    """UTF-8 with a few broken places, such as the last letter of a file cut off: no reason to read all of it otherwise."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}") - content.count("\N{REPLACEMENT CHARACTER}".encode())
    if sum(not letter.isascii() for letter in text) <= (1 + _MOSTLY) * broken:
        return None
    what = f"is damaged UTF-8; what could not be read ({broken:,} ×) is shown as \N{REPLACEMENT CHARACTER}"
    return Decoded(tidy(text), "utf-8", problem("guessed-encoding", where, what, "get it again, if the places matter"))


def _guess(content: bytes, where: str) -> Decoded | Problem:
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to import, seldom needed

    best = from_bytes(content[:_GUESSABLE]).best()
    if best is None:
        return _undecodable(where)
    western = _western(content) if best.encoding.startswith(_LATIN) and best.encoding not in _NOT_LATIN else None
    decoded = western or _strict(content, best.encoding)
    if decoded is None:
        return _undecodable(where)
    remedy = f"check the accents, or {_SAVE_AS}"
    return Decoded(
        decoded.text, decoded.charset, problem("guessed-encoding", where, f"is not UTF-8; read as {decoded.charset}", remedy)
    )


def _western(content: bytes) -> Decoded | None:
    """Text in a Windows code page of the Latin script, told by the language of its plain letters.

    The guesser mixes these pages up, since they differ in few letters. Ğ, ş and ı stand where Western Europe has Icelandic
    letters, so those mean Turkish names in any text that is not Icelandic.
    """
    western = _strict(content, "cp1252")
    if western is None:
        return None
    language = find_language(western.text) or ""
    page = _PAGES.get(language)
    if page is None and language not in {"is", "fo"} and _ICELANDIC.search(western.text):
        page = "cp1254"
    return _strict(content, page) if page else western


def _undecodable(where: str) -> Problem:
    return problem("encoding", where, "is text in no character set that can be told", _SAVE_AS)
