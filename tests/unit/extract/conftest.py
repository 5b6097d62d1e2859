"""Small readings made by hand, without a parser."""

from collections.abc import Callable, Sequence

import pytest

from dragoman.core.actors import Actor
from dragoman.core.parse import Parse, Token
from dragoman.core.text import Document, Span
from dragoman.core.vocab import ActorKind, Level, Setting
from dragoman.read.quotes import read_quotes
from dragoman.read.reading import Mention, MentionKind, Reading, Sentence

STATES = {"Oman": "OMN", "Iran": "IRN", "Chad": "TCD", "Sudan": "SDN", "Mali": "MLI"}


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Builds a reading from sentences of "word/lemma/POS/dep/head" items; heads count from the sentence's first word.

    Words of STATES become actors, words in `people` persons (word -> fullest name and code).
    """

    def build(*sentences: str, people: dict[str, tuple[str, str]] | None = None) -> Reading:
        text, tokens, bounds = "", [], []
        for sentence in sentences:
            first = len(tokens)
            for item in sentence.split():
                word, lemma, pos, dep, head = item.split("/")
                if text and word not in {".", ",", "”"} and not text.endswith(("“", "\n")):
                    text += " "
                start = len(text)
                text += word
                tag = "VBD" if pos == "VERB" else pos
                tokens.append(Token(len(tokens), start, len(text), word, lemma, pos, tag, dep, first + int(head)))
            bounds.append((first, len(tokens)))
        parse = Parse("hand", tuple(tokens), tuple(bounds))
        parts = tuple(
            Sentence(index=i, span=Span(tokens[a].start, tokens[b - 1].end), tokens=(a, b), setting=Setting.BODY)
            for i, (a, b) in enumerate(bounds)
        )
        mentions = tuple(m for t in tokens if (m := _mention(t, bounds, people or {})) is not None)
        return Reading(
            document=Document(text=text),
            parse=parse,
            sentences=parts,
            mentions=mentions,
            quotes=read_quotes(parse, parts, mentions, text),
        )

    return build


def _mention(token: Token, bounds: Sequence[tuple[int, int]], people: dict[str, tuple[str, str]]) -> Mention | None:
    sentence = next(i for i, (a, b) in enumerate(bounds) if a <= token.index < b)
    common = {"span": token.span, "tokens": (token.index, token.index + 1), "head": token.index, "sentence": sentence}
    if token.text in people:
        name, code = people[token.text]
        actor = Actor(code.title(), code, ActorKind.STATE)
        return Mention(**common, kind=MentionKind.PERSON, actor=actor, person=name, office="minister", level=Level.MINISTER)
    if token.text in STATES:
        return Mention(**common, kind=MentionKind.ACTOR, actor=Actor(token.text, STATES[token.text], ActorKind.STATE))
    return None
