"""Whose the "I" of a document is: the one whom its heading names, or the head of a government, where protocol says so."""

from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.words import word_set
from dragoman.read.quotes import quotation_ranges
from dragoman.read.reading import Mention, MentionKind, Sentence, Voice
from dragoman.read.sureness import OPEN, OWN_SIDE

_TELLING = word_set("statement remark remarks message letter address release speech")
_BY = frozenset({"by", "from", "of"})
_HEADINGS = 6
"""Sentences among which a heading says who speaks."""
_HEADS = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT})
_LONGEST = 80
"""Sentences above which an unsigned text in the first person is a speech or a transcript."""


def read_voice(
    gazetteer: Gazetteer,
    tokens: Sequence[Token],
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    author: Actor | None,
    on: date | None,
    *,
    dialogue: bool = False,
) -> Voice | None:
    """Tell who says "I"; `author` is the actor that the document speaks for, `on` the day that posts are looked up for.

    In a `dialogue`, where several speak in turn, only a heading says it.

    A heading such as "Statement by the Prime Minister, Ana Ruiz" says it outright. An unsigned text in the first person is its
    state's head of government where the writer speaks of "my Government", or where everybody from abroad who is named in
    it is a head of state or government: heads meet heads. It is not where the text names that head as somebody else.
    """
    signed = _signed(tokens, sentences, mentions, author)
    if signed is not None or author is None:
        return signed or (Voice(actor=author) if author else None)
    plain = Voice(actor=author)
    if author.kind is not ActorKind.STATE or on is None or len(sentences) > _LONGEST or dialogue:
        return plain
    own = _own_words(tokens)
    if not any(t.text in {"I", "me"} for t in own) or any(_is_head(m) for m in mentions if m.actor == author):
        return plain
    government = any(t.text in {"my", "My"} and tokens[t.index + 1].text.casefold() == "government" for t in own[:-1])
    foreign = [m for m in mentions if m.person and m.actor and m.actor.key != author.key and not m.former]
    if not government and not (foreign and all(_is_head(m) for m in foreign)):
        return plain
    why = 'speaks of "my Government"' if government else "deals with heads of state and government alone"
    return _head_of(gazetteer, author, on, why) or plain


def _signed(
    tokens: Sequence[Token], sentences: Sequence[Sentence], mentions: Sequence[Mention], author: Actor | None
) -> Voice | None:
    """Whoever a heading names as the one who speaks; nobody where it names several persons of different actors."""
    starts = {m.tokens[0]: m for m in mentions}
    for sentence in sentences[:_HEADINGS]:
        for at in range(sentence.tokens[0], sentence.tokens[1] - 1):
            if tokens[at].text.casefold() not in _TELLING or tokens[at + 1].text.casefold() not in _BY:
                continue
            found = next((starts[i] for i in range(at + 2, min(at + 5, sentence.tokens[1])) if i in starts), None)
            if found is None or found.plural or _goes_on(tokens, found) or not (found.level or found.person):
                continue
            actor = found.actor or author
            if actor is not None and (found.person or found.kind is MentionKind.OFFICE):
                return Voice(
                    actor=actor,
                    person=found.person,
                    office=found.office,
                    level=found.level,
                    reason="named in the heading",
                    score=min(found.score, OWN_SIDE) if found.actor else OWN_SIDE,
                )
    return None


def _goes_on(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether "and" brings in another person behind a mention."""
    after = mention.tokens[1]
    return after < len(tokens) and tokens[after].text.casefold() in {"and", "&"}


def _own_words(tokens: Sequence[Token]) -> list[Token]:
    quoted = {i for start, end in quotation_ranges(tokens, frozenset()) for i in range(start, end + 1)}
    return [token for token in tokens if token.index not in quoted]


def _is_head(mention: Mention) -> bool:
    return mention.level in _HEADS and not mention.former and (mention.person is not None or not mention.plural)


def _head_of(gazetteer: Gazetteer, state: Actor, on: date, why: str) -> Voice | None:
    """The post that heads a state's government on a day: that of its head of government, else of its head of state."""
    for level in (Level.HEAD_OF_GOVERNMENT, Level.HEAD_OF_STATE):
        offices = _offices(tenure.office for _, tenure in gazetteer.holders(state.code or "", level, on=on))
        if offices:
            office = offices[0] if len(offices) == 1 else None
            return Voice(actor=state, office=office, level=level, reason=f"the document's own voice, which {why}", score=OPEN)
    return None


def _offices(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
