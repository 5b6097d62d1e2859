"""Labels of speakers in transcripts: where a text says by a word and a colon who speaks next."""

import re
from collections import Counter

from dragoman.core.text import Span
from dragoman.knowledge.offices import load_offices
from dragoman.knowledge.turns import turn_lexicon

_LINE = re.compile(r"^[ \t]*(?P<label>[^\W\d_][^\n:;!?]{0,98}?)[ \t]*:(?=[ \t\r]*$|[ \t])", re.MULTILINE)
_ASKED = re.compile(r"^[ \t]*(?P<label>Q)(?:[.:]?[ \t]+)(?=[^\W\d_]|[(\"“…])", re.MULTILINE)
"""The bare "Q" of briefings, without a colon."""
_ANSWERED = re.compile(r"^[ \t]*(?P<label>A)(?:[.:][ \t]+|[ \t]{2,})(?=[^\W\d_])", re.MULTILINE)
_SMALL = re.compile(r"\b(?:Mc|Mac|O['’]|de|van|von|der|al|el|bin|and|of|the|for)(?=[ A-Z-])|\([^)]*\)")
"""What may stand in small letters in a label: parts of names, words between posts, remarks in brackets."""
_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")
_OPENS = 5
"""Words behind a label in its line, from which one label alone makes a transcript."""
_NAME = 3
"""Words of a label that may be a bare name."""
_LEAST = 2


def speaker_labels(text: str) -> tuple[Span, ...]:
    """The labels of a transcript in text order, each with the colon that ends it; none in a text that is no transcript.

    A label opens a line, stands in capitals (or says "Question") and ends with a colon; briefings set a bare "Q". A text is a
    transcript where two labels name a post, a courtesy title or somebody who asks, or one of those opens a longer line.
    """
    found = [m for m in _LINE.finditer(text) if _in_capitals(m["label"]) and not _is_heading(m["label"])]
    sure = [m for m in found if _is_sure(m["label"])]
    asked = list(_ASKED.finditer(text))
    if len(sure) + len(asked) < _LEAST and not any(_speaks_on(text, m) for m in sure):
        return ()
    often = Counter(m["label"].casefold() for m in found)
    kept = [m for m in found if m in sure or often[m["label"].casefold()] >= _LEAST or len(m["label"].split()) <= _NAME]
    answered = list(_ANSWERED.finditer(text)) if asked else []
    ends = {m.start("label"): m.end() for m in (*asked, *answered, *kept)}
    return tuple(Span(start, end) for start, end in sorted(ends.items()))


def label_words(label: str) -> str:
    """The words of a label without colon, brackets and what an interpreter adds: "Foreign Minister Ruiz"."""
    return " ".join(re.sub(r"\([^)]*\)", " ", label).strip(" \t:.*").split())


def spoken_case(label: str) -> str:
    """A label as a text would write it, character for character as long: "SECRETARY RUIZ:" becomes "Secretary Ruiz:"."""
    plain = _WORDS.sub(lambda m: _capitalised(m[0]), label)
    return plain if len(plain) == len(label) else label


def _capitalised(word: str) -> str:
    """A word in capitals with its first letter alone in capitals; parts behind hyphens and apostrophes each."""
    if word.isupper() and word.casefold() in {"of", "the", "for", "and"}:
        return word.casefold()
    if not word.isupper() or len(word) < _NAME:
        return word
    return re.sub(r"[^\W\d_]+", lambda m: m[0][0] + m[0][1:].lower(), word)


def _in_capitals(label: str) -> bool:
    words = _SMALL.sub(" ", label)
    return words.isupper() or label.casefold() in turn_lexicon().asks


def _is_heading(label: str) -> bool:
    words = label.casefold().split()
    named = {words[0], words[-1], label.casefold()} & turn_lexicon().headings
    return bool(named) and _titles().isdisjoint(words)


def _is_sure(label: str) -> bool:
    """Whether a label names somebody by post, by courtesy title or as one who asks."""
    return turn_lexicon().asking(label_words(label)) or not _titles().isdisjoint(label.casefold().replace("(", " ").split())


def _titles() -> frozenset[str]:
    offices = load_offices()
    return offices.heads | offices.honorifics


def _speaks_on(text: str, label: re.Match[str]) -> bool:
    line = text[label.end() :].split("\n", 1)[0]
    return label.start() > 0 and len(line.split()) >= _OPENS and not line.isupper()
