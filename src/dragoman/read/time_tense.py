"""Whether the words around a time expression look back or ahead."""

from collections.abc import Sequence

from dragoman.core.parse import Parse, Token
from dragoman.knowledge.words import word_set
from dragoman.read.time_resolve import Outlook

_FUTURE = word_set(
    "will 'll ’ll shall upcoming forthcoming scheduled expected expects plans planned plan planning slated poised intends hopes "
    "ahead"
)
_FUTURE_BEFORE = {"set": word_set("to for"), "due": word_set("to in on at by"), "is": word_set("to"), "are": word_set("to")}
"""Words that look ahead only before certain others: "set to", "due on", "is to meet"."""
_PROMISED = word_set("agreed invited decided pledged promised vowed committed offered proposed invitation plan due ready")
"""Words that put an infinitive behind them ahead."""
_PAST = word_set(
    "was were had did said told met spoke held took came went made began left gave led won found flew arrived visited signed "
    "called announced agreed since after following"
)
_WILL = frozenset({"will", "shall"})
_STEPS = 4
"""Words between an expression and the verb that it hangs on."""
_SEEN_AFTER = 6
"""Words after an expression in which a verb may still decide, where none stands before it."""


def outlook_at(parse: Parse, first: int, last: int, sentence: tuple[int, int]) -> Outlook | None:
    """Where a sentence looks at the tokens `first` to `last`.

    A verb right after decides ("on Sunday issued"), then "until" and "by" ("put off until Tuesday"), then a "will"
    of its own clause that follows it, then the nearest telling word before, else one shortly after, else the verb of its clause.
    """
    tokens = parse.tokens
    begin, end = sentence
    if last < end and (tokens[last].tag == "VBD" or tokens[last].text.lower() == "will"):
        return Outlook.PAST if tokens[last].tag == "VBD" else Outlook.FUTURE
    if first - 1 > begin and _leads_ahead(tokens, first - 1):
        return Outlook.FUTURE
    clause = _of_clause(tokens, first, end)
    if clause is Outlook.FUTURE:
        return clause
    order = (*range(first - 1, begin - 1, -1), *range(last, min(last + _SEEN_AFTER, end)))
    found = next((outlook for index in order if (outlook := _outlook_of(tokens, index)) is not None), None)
    return found or clause


def _of_clause(tokens: Sequence[Token], first: int, end: int) -> Outlook | None:
    """What the verb says that an expression at the head of its clause hangs on, however long the subject between them is.

    "On Friday, Chilean Foreign Minister Ana Ruiz will meet with ...", "you saw that, on Friday, she will meet with ..."
    """
    above = tokens[first]
    for _ in range(_STEPS):
        if above.pos in {"VERB", "AUX"} or above.head == above.index:
            break
        above = tokens[above.head]
    if above.pos not in {"VERB", "AUX"} or not first < above.index < end:
        return None
    if any(t.text.lower() in _WILL for t in tokens[first : above.index] if t.head == above.index):
        return Outlook.FUTURE
    return Outlook.PAST if above.tag == "VBD" else None


def _leads_ahead(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word ends "until", "by", "as early as", "as soon as"."""
    word = tokens[index].text.lower()
    return word in ("until", "till", "by") or (word == "as" and tokens[index - 1].text.lower() in ("early", "soon"))


def _outlook_of(tokens: Sequence[Token], index: int) -> Outlook | None:
    token = tokens[index]
    word = token.text.lower()
    behind = tokens[index + 1].text.lower() if index + 1 < len(tokens) else ""
    if token.tag == "VB" and _is_promised(tokens, index):
        return Outlook.FUTURE
    if word in _FUTURE or behind in _FUTURE_BEFORE.get(word, ()) or (word == "would" and behind != "have"):
        return Outlook.FUTURE
    if word == "going" and behind == "to":
        return Outlook.PAST if index and tokens[index - 1].text.lower() in ("was", "were") else Outlook.FUTURE
    if token.tag in ("VBN", "VBG") and _is_to_be(tokens, index):
        return Outlook.FUTURE
    if word in _PAST or token.tag in ("VBD", "VBN") or (not token.tag and len(word) > 4 and word.endswith("ed")):
        return Outlook.PAST
    return None


def _is_promised(tokens: Sequence[Token], index: int) -> bool:
    """Whether an infinitive stands behind a word of agreeing or planning: "agreed to hold", "have been invited to visit"."""
    before = tokens[index - 2].text.lower() if index >= 2 and tokens[index - 1].text.lower() == "to" else ""
    return before in _PROMISED


def _is_to_be(tokens: Sequence[Token], index: int) -> bool:
    """Whether a participle stands after "to be" or "will be"."""
    return (
        index >= 2
        and tokens[index - 1].text.lower() == "be"
        and tokens[index - 2].text.lower() in ("to", "will", "shall", "would")
    )
