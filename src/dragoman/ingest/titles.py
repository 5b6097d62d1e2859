"""Titles: found at the head of plain text, put at the head of text that lacks its own."""

import re

from dragoman.ingest.clean import is_furniture

_LONGEST = 200
_LONGEST_GIVEN = 1000
"""Characters of a given title beyond which it is not compared with the text or taken apart."""
_LONGEST_WORDS = 30
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_ENDS_OPEN = re.compile(
    r"\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|but|that|which|who|is|are|was|were|has|have|had|its|his|her|their|said)$",
    re.IGNORECASE,
)
_SITE_TITLE = re.compile(r"(.+?)\s+[|–—·»-]\s+([^|–—·»]{1,40})")
_WRAPPED = range(40, 101)
"""Line lengths of hard-wrapped text."""


def find_title(text: str) -> str | None:
    """The first line that is no furniture, if it stands as a title: short, not a sentence, not the start of wrapped prose."""
    lines = text.split("\n", maxsplit=40)[:40]
    kept = [number for number, line in enumerate(lines) if line.strip() and not is_furniture(line)]
    if len(kept) < 2:
        return None
    line = lines[kept[0]].strip()
    if len(line) > _LONGEST or len(line.split()) > _LONGEST_WORDS or _ENDS_SENTENCE.search(line) or _ENDS_OPEN.search(line):
        return None
    following = lines[kept[0] + 1].strip()
    return None if _continues(line, following) else line


def with_title(text: str, title: str | None) -> str:
    """The text as a `Document` has it: the title first, unless the text opens with it already."""
    if not title or (len(title) <= _LONGEST_GIVEN and _opening(title).match(text)):
        return text
    return f"{title}\n\n{text}"


def _opening(title: str) -> re.Pattern[str]:
    """The title as the first lines of a text, in any case and spacing; "Talks go on" does not open "Talks go on in Oslo"."""
    return re.compile(r"\s*" + r"\s+".join(map(re.escape, title.split())) + r"[^\S\n]*(?:\n|\Z)", re.IGNORECASE)


def clean_title(title: str, site: str | None) -> str:
    """Drop the site's name or "News" from the end: "Ministers meet - Gulf Wire", "Ministers meet | News"."""
    match = _SITE_TITLE.fullmatch(title.strip()) if len(title) <= _LONGEST_GIVEN else None
    if not match:
        return title.strip()
    tail = _plain(match[2])
    named = site is not None and tail in {_plain(site), _plain(site.removeprefix("www."))}
    return match[1] if named or tail in {"news", "home", "latest news", "breaking news"} else title.strip()


def _continues(line: str, following: str) -> bool:
    if not following:
        return False
    return following[0].islower() or (len(line) in _WRAPPED and len(following) in _WRAPPED)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
