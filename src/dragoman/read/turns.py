"""Who speaks in turn in a transcript: the labels' persons and posts as voices of what stands behind them."""

from collections.abc import Iterator, Sequence

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import Level
from dragoman.knowledge.offices import OfficeLexicon
from dragoman.knowledge.turns import turn_lexicon
from dragoman.read.labels import label_words, spoken_case
from dragoman.read.reading import Mention, Turn, Voice
from dragoman.read.sureness import OPEN, OWN_SIDE

_SHORT = {"PM": "Prime Minister", "FM": "Foreign Minister", "VP": "Vice President"}
"""Posts that labels shorten."""
REASON = "label of a speaker"


def read_turns(
    text: str,
    tokens: Sequence[Token],
    labels: Sequence[Span],
    mentions: Sequence[Mention],
    author: Actor | None,
    offices: OfficeLexicon,
) -> tuple[Turn, ...]:
    """Read the turns behind the `labels` of a transcript, up to the next label each.

    A label with a name is that person; a bare post is the one of the `author`'s side who is named with it, else the
    author's own holder of the post. Somebody whom nothing tells of stays unknown.
    """
    bounds = [next((t.index for t in tokens if t.start >= label.end), len(tokens)) for label in labels]
    starts = [next((t.index for t in tokens if t.start >= label.start), len(tokens)) for label in labels]
    turns = []
    for number, label in enumerate(labels):
        words = label_words(label.of(text))
        inside = [m for m in mentions if label.contains(m.span)]
        end = starts[number + 1] if number + 1 < len(labels) else len(tokens)
        asks = turn_lexicon().asking(words)
        voice = None if asks else _voice(words, inside, mentions, author, offices)
        turns.append(Turn(label=label, tokens=(bounds[number], end), voice=voice, asks=asks))
    return tuple(_answered(turns, text))


def spoken_mentions(mentions: Sequence[Mention], turns: Sequence[Turn]) -> tuple[Mention, ...]:
    """The mentions without those of labels, which tell who speaks and nothing that is said."""
    return tuple(m for m in mentions if not any(turn.label.contains(m.span) for turn in turns))


def speaking_at(token: int, voice: Voice | None, turns: Sequence[Turn]) -> Voice | None:
    """Who says "I" at a token: whoever has the turn, else the document's own voice."""
    turn = next((turn for turn in turns if turn.tokens[0] <= token < turn.tokens[1]), None)
    return turn.voice if turn is not None else voice


def _voice(
    words: str, inside: Sequence[Mention], mentions: Sequence[Mention], author: Actor | None, offices: OfficeLexicon
) -> Voice | None:
    """Whoever a label names."""
    person = next((m for m in inside if m.person), None)
    if person is not None:
        return _of(person) if person.actor or person.office else None
    post = _SHORT.get(words.upper()) or spoken_case(words).removeprefix("The ").removeprefix("the ")
    level = offices.level_of(post, author.kind if author else None)
    own = next((m for m in inside if m.actor), None)
    post = (own.office if own else None) or (post.split(" of ")[0] if own else post)
    side = own.actor if own else author
    if level is None or not post.replace(" ", "").replace("-", "").isalpha():
        return None
    holder = next(_holders(post, level, mentions, side), None)
    if holder is not None:
        return _of(holder)
    return Voice(actor=side, office=post, level=level, reason=REASON, score=OWN_SIDE if side else OPEN)


def _of(person: Mention) -> Voice:
    return Voice(
        actor=person.actor,
        person=person.person,
        office=person.office,
        level=person.level,
        reason=REASON,
        score=min(person.score, OWN_SIDE),
    )


def _holders(post: str, level: Level, mentions: Sequence[Mention], side: Actor | None) -> Iterator[Mention]:
    """Persons of one side who are named with a post."""
    for mention in mentions:
        same = side and mention.person and not mention.former and mention.level is level and mention.actor == side
        if same and set(post.casefold().split()) <= set((mention.office or "").casefold().replace("-", " ").split()):
            yield mention


def _answered(turns: Sequence[Turn], text: str) -> Iterator[Turn]:
    """The turns, those labelled as answers alone with the voice of the last one who was named."""
    named: Voice | None = None
    for turn in turns:
        if label_words(turn.label.of(text)).casefold() in turn_lexicon().answers:
            yield Turn(label=turn.label, tokens=turn.tokens, voice=named)
            continue
        named = named if turn.asks else turn.voice
        yield turn
