"""Whether the words around a time expression look back or ahead."""

from collections.abc import Sequence

from dragoman.core.parse import Parse, Token
from dragoman.read.time_lexicon import word_set
from dragoman.read.time_resolve import Outlook

_FUTURE = word_set(
    "will 'll ’ll shall upcoming forthcoming scheduled expected expects due set plans planned plan planning slated poised intends "
    "hopes ahead"
)
_PAST = word_set(
    "was were had did said told met spoke held took came went made began left gave led won found flew arrived visited signed called "
    "announced agreed since after following"
)
_SEEN_AFTER = 6
"""Words after an expression in which a verb may still decide, where none stands before it."""


def outlook_at(parse: Parse, first: int, last: int, sentence: tuple[int, int]) -> Outlook | None:
    """Where a sentence looks at the tokens `first` to `last`: by the nearest telling word before, else shortly after."""
    tokens = parse.tokens
    for index in range(first - 1, sentence[0] - 1, -1):
        outlook = _outlook_of(tokens, index)
        if outlook is not None:
            return outlook
    for index in range(last, min(last + _SEEN_AFTER, sentence[1])):
        outlook = _outlook_of(tokens, index)
        if outlook is not None:
            return outlook
    return None


def _outlook_of(tokens: Sequence[Token], index: int) -> Outlook | None:
    token = tokens[index]
    word = token.text.lower()
    if word in _FUTURE:
        return Outlook.FUTURE
    if token.tag in ("VBN", "VBG") and _is_to_be(tokens, index):
        return Outlook.FUTURE
    if word in _PAST or token.tag in ("VBD", "VBN") or (not token.tag and len(word) > 4 and word.endswith("ed")):
        return Outlook.PAST
    if token.tag == "VB" and index and tokens[index - 1].text.lower() == "to":
        return Outlook.FUTURE
    return None


def _is_to_be(tokens: Sequence[Token], index: int) -> bool:
    """Whether a participle stands after "to be" or "will be"."""
    return index >= 2 and tokens[index - 1].text.lower() == "be" and tokens[index - 2].text.lower() in ("to", "will", "shall")
