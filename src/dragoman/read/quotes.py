"""Quotations and who speaks them."""

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.knowledge.speech import SpeechLexicon, Takes, speech_lexicon
from dragoman.read.reading import Mention, Quote, Sentence
from dragoman.read.tree import Tree

OPENING, CLOSING, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset({'"', "''", "``"})
_STOPS = frozenset(".?!")
_SPEECH_ENDS = frozenset({",", "?", "!", "…", "—", "–", "..."})
MAX_PARAGRAPHS = 3
"""A quotation left open over more paragraphs than this is furniture or a document in quotation marks, not somebody's words."""
_WINDOW = 40
_LONGEST_SINGLE = 80
_NOT_AFTER_SPEECH = frozenset({"ADP", "CCONJ", "SCONJ", "PART"})
"""Words of these kinds behind a quotation carry its own clause on ("..., with"), they do not name its speaker."""


def read_quotes(parse: Parse, sentences: Sequence[Sentence], mentions: Sequence[Mention], text: str = "") -> tuple[Quote, ...]:
    """Find quotations in text order, each with its verb of saying and speaker where the text gives them.

    A second quotation behind the first in one paragraph has the first one's speaker unless it names its own. Marks that open
    each paragraph of one long quotation do not split it. `text` is the document's, to see where paragraphs begin.
    """
    starts = paragraph_starts(parse, text)
    reader = _Reader(parse, sentences, mentions, starts)
    quotes: list[Quote] = []
    for opening, closing in quotation_ranges(parse.tokens, starts):
        quotes.append(reader.read(opening, closing, quotes[-1] if quotes else None))
    return tuple(quotes)


def paragraph_starts(parse: Parse, text: str) -> frozenset[int]:
    """Indices of the tokens that begin a paragraph: first of their sentence, behind a line break."""
    tokens = parse.tokens
    first = {start for start, _ in parse.sentences}
    broken = {t.index for t in tokens[1:] if t.index in first and "\n" in text[tokens[t.index - 1].end : t.start]}
    spaced = {t.index + 1 for t in tokens if t.pos == "SPACE" and "\n" in t.text}
    return frozenset({0} | broken | spaced)


def quotation_ranges(tokens: Sequence[Token], starts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Token indices of the opening and closing mark of each quotation; `starts` are the tokens that begin paragraphs.

    Marks of the other kind inside a quotation (single in double) are words of it.
    """
    opening: int | None = None
    paragraphs = 0
    for token in tokens:
        paragraphs += token.index in starts
        side = _side(tokens, token.index)
        if opening is not None and side is not None and _single(token) != _single(tokens[opening]):
            continue
        if side == "open" and not (opening is not None and token.index in starts):
            if opening is not None:
                yield from _cut(tokens, opening, starts)
            opening, paragraphs = token.index, 0
        elif side == "open":
            paragraphs = 0
        elif side == "close" and opening is not None:
            if paragraphs <= MAX_PARAGRAPHS:
                yield opening, token.index
            opening = None
    if opening is not None and paragraphs <= MAX_PARAGRAPHS:
        yield from _cut(tokens, opening, starts)


def _single(mark: Token) -> bool:
    return mark.text in {"‘", "’", "'"}


def _cut(tokens: Sequence[Token], opening: int, starts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """A quotation that nobody closed ends with its paragraph."""
    end = next((i for i in range(opening + 1, len(tokens)) if i in starts), len(tokens)) - 1
    while end > opening and tokens[end].pos == "SPACE":
        end -= 1
    if end > opening + 2:
        yield opening, end


def _side(tokens: Sequence[Token], index: int) -> str | None:
    text = tokens[index].text
    if text in OPENING:
        return "open"
    if text in CLOSING:
        return "close"
    if text in STRAIGHT:
        before = tokens[index - 1] if index else None
        gap = before is None or before.end < tokens[index].start or before.pos == "SPACE" or before.text in {"(", "[", "—", "–"}
        return "open" if gap else "close"
    return _single_side(tokens, index)


def _single_side(tokens: Sequence[Token], index: int) -> str | None:
    """Single marks count where they cannot be apostrophes: opening before a word, closing behind punctuation."""
    text = tokens[index].text
    if text == "‘" or (text == "'" and _gap_before(tokens, index) and not _gap_before(tokens, index + 1)):
        return "open" if _closes_soon(tokens, index) else None
    if text in {"’", "'"} and index and not _gap_before(tokens, index) and tokens[index - 1].text in {",", ".", "?", "!"}:
        return "close"
    return None


def _closes_soon(tokens: Sequence[Token], index: int) -> bool:
    for i in range(index + 3, len(tokens)):
        if "\n" in tokens[i].text or i - index > _LONGEST_SINGLE:
            return False
        if tokens[i].text in {"’", "'"} and tokens[i - 1].text in {",", ".", "?", "!"}:
            return True
    return False


def _gap_before(tokens: Sequence[Token], index: int) -> bool:
    return index == 0 or index >= len(tokens) or tokens[index - 1].end < tokens[index].start or tokens[index - 1].pos == "SPACE"


class _Found(msgspec.Struct, frozen=True):
    head: int
    verb: int | None


class _Reader:
    """Finds the speaker of one quotation after another."""

    def __init__(self, parse: Parse, sentences: Sequence[Sentence], mentions: Sequence[Mention], starts: frozenset[int]) -> None:
        self.tokens = parse.tokens
        self.starts = starts
        self.tree = Tree(parse)
        self.sentences = sentences
        self.mentions = mentions
        self.lexicon: SpeechLexicon = speech_lexicon()

    def read(self, opening: int, closing: int, previous: Quote | None) -> Quote:
        span = Span(self.tokens[opening].start, self.tokens[closing].end)
        sentence = next((s.index for s in self.sentences if s.span.start <= span.start < s.span.end), 0)
        quote = Quote(span=span, sentence=sentence)
        found = (
            self._named(opening)
            or self._before(opening, near=3)
            or self._behind(closing)
            or self._before(opening)
            or self._around(opening, closing)
        )
        if found is None:
            return self._follow(quote, opening, previous)
        mention = mention_at(self.mentions, found.head)
        words = self.mentions[mention].span if mention is not None else noun_phrase(self.tree, found.head)
        return msgspec.structs.replace(quote, verb=found.verb, speaker=words, mention=mention)

    def _named(self, opening: int) -> _Found | None:
        """Read a name and a colon that open a line: Chilean President Ana Ruiz: "..."."""
        colon = opening - 1
        if colon < 1 or self.tokens[colon].text != ":":
            return None
        ends = {m.tokens[1]: m for m in self.mentions if m.tokens[0] in self.starts and (m.person or m.office)}
        mention = ends.get(colon)
        return _Found(mention.head, None) if mention is not None else None

    def _behind(self, closing: int) -> _Found | None:
        """Read what follows the closing mark: said Ruiz | Ruiz said | Ruiz, who met him, told reporters | according to Ruiz."""
        window = list(self._forward(closing))
        if not window or self.tokens[window[0]].pos in _NOT_AFTER_SPEECH:
            return None
        ends = self.tokens[closing - 1].text
        opens_with_verb = self._verb(window[0]) or (len(window) <= 6 and any(self._verb(i) for i in window))
        if ends not in _SPEECH_ENDS and self.tokens[window[0]].text != "," and not (ends in _STOPS and opens_with_verb):
            return None
        source = self._according(window)
        if source is not None:
            return _Found(source, None)
        verb = next((i for i in window if self._verb(i)), None)
        if verb is None:
            return None
        head = self._near_subject(verb, window)
        return _Found(head, verb) if head is not None else None

    def _before(self, opening: int, near: int = _WINDOW) -> _Found | None:
        """Ruiz said: "..." | Ruiz added that "..."."""
        window = self._backward(opening)
        verbs = [i for i in window[-near:] if self._verb(i)]
        if not verbs:
            return None
        verb = verbs[-1]
        subject = self.tree.speaker(verb)
        if subject is None and self.tree.has(verb, "auxpass"):
            return None
        if subject is None or subject.index > opening:
            head = next((i for i in reversed(window) if i < verb and self._nominal(i)), None)
            return _Found(head, verb) if head is not None else None
        return _Found(subject.index, verb)

    def _around(self, opening: int, closing: int) -> _Found | None:
        """Words quoted inside a clause: who says is above them in the tree."""
        inside = range(opening, closing + 1)
        for index in inside:
            top = self.tokens[index].head
            if top in inside:
                continue
            for token in (self.tokens[top], *self.tree.ancestors(top)):
                if token.index in inside or token.pos != "VERB" or not self.lexicon.says(token.lemma.lower()):
                    continue
                if not self._apart(token.index, opening):
                    subject = self.tree.speaker(token.index)
                    if subject is not None and subject.index not in inside:
                        return _Found(subject.index, token.index)
        return None

    def _apart(self, verb: int, opening: int) -> bool:
        low, high = min(verb, opening), max(verb, opening)
        return any(low < start <= high for start in self.starts)

    def _follow(self, quote: Quote, opening: int, previous: Quote | None) -> Quote:
        """A quotation without a verb belongs to the speaker before it in the paragraph, else to that paragraph's last subject."""
        start = opening
        while start not in self.starts:
            start -= 1
        if previous is not None and previous.speaker is not None and previous.span.end > self.tokens[start].start:
            return msgspec.structs.replace(quote, speaker=previous.speaker, mention=previous.mention)
        for index in range(opening - 1, start - 1, -1):
            token = self.tokens[index]
            if token.dep == "nsubj" and self.tokens[token.head].dep == "ROOT":
                mention = mention_at(self.mentions, index)
                if mention is not None and self.mentions[mention].kind.value != "actor":
                    return msgspec.structs.replace(quote, speaker=self.mentions[mention].span, mention=mention)
                return quote
        return quote

    def _near_subject(self, verb: int, window: Sequence[int]) -> int | None:
        subject = self.tree.subject(verb)
        if subject is not None and subject.index in window:
            return subject.index
        if subject is not None and subject.tag in {"WP", "WDT"}:
            return None
        behind = next((i for i in window if i > verb and self._nominal(i)), None)
        ahead = next((i for i in reversed(window) if i < verb and self._nominal(i)), None)
        if ahead is not None:
            return ahead
        return behind if behind is not None and behind - verb <= 6 else None

    def _nominal(self, index: int) -> bool:
        token = self.tokens[index]
        return token.pos in {"PROPN", "NOUN", "PRON"} and token.dep in {
            "nsubj",
            "nsubjpass",
            "ROOT",
            "dobj",
            "appos",
            "attr",
            "npadvmod",
        }

    def _according(self, window: Sequence[int]) -> int | None:
        for index in window[:3]:
            if self.tokens[index].text.lower() == "according":
                return next((i for i in window if self.tokens[i].dep == "pobj"), None)
        return None

    def _verb(self, index: int) -> bool:
        token = self.tokens[index]
        return token.pos in {"VERB", "AUX"} and self.lexicon.verb(token.lemma.lower(), Takes.QUOTE) is not None

    def _forward(self, closing: int) -> Iterator[int]:
        for index in range(closing + 1, min(closing + 1 + _WINDOW, len(self.tokens))):
            if index in self.starts or _side(self.tokens, index) == "open":
                return
            if self.tokens[index].pos == "SPACE":
                continue
            if self.tokens[index].text in _STOPS or self.tokens[index].text == ";":
                return
            yield index

    def _backward(self, opening: int) -> list[int]:
        out: list[int] = []
        for index in range(opening - 1, max(-1, opening - 1 - _WINDOW), -1):
            token = self.tokens[index]
            introduced = token.text in {":", ","} and (not out or index == opening - 1)
            if (index + 1 in self.starts and not introduced) or token.text in _STOPS or _side(self.tokens, index) == "close":
                break
            if token.pos != "SPACE":
                out.append(index)
        return out[::-1]


def mention_at(mentions: Sequence[Mention], token: int) -> int | None:
    """Index of the mention whose governing token this is, else of the smallest that covers it."""
    exact = next((i for i, m in enumerate(mentions) if m.head == token), None)
    if exact is not None:
        return exact
    covering = [i for i, m in enumerate(mentions) if m.tokens[0] <= token < m.tokens[1]]
    return min(covering, key=lambda i: mentions[i].tokens[1] - mentions[i].tokens[0], default=None)


def noun_phrase(tree: Tree, head: int) -> Span:
    """The words of a noun phrase without relative clauses, appositions and coordinated phrases."""
    if not any(char.isalnum() for char in tree.tokens[head].text):
        # A parser may hang words on a hyphen or a dash ("de - escalate").
        return tree.tokens[head].span
    kept = set(tree.subtree(head, without=("relcl", "appos", "acl", "punct", "advcl", "cc", "conj")))
    first = last = head
    while first - 1 in kept and not _ends_phrase(tree.tokens[first - 1]):
        first -= 1
    while last + 1 in kept and not _ends_phrase(tree.tokens[last + 1]):
        last += 1
    words = [i for i in range(first, last + 1) if any(char.isalnum() for char in tree.tokens[i].text)]
    return tree.span(range(words[0], words[-1] + 1)) if words else tree.tokens[head].span


def _ends_phrase(token: Token) -> bool:
    verbal = token.pos in {"VERB", "AUX"} and (token.dep != "amod" or token.tag == "VBD")
    return verbal or token.text in OPENING | CLOSING | STRAIGHT
