"""Whose a first-person document is that names no speaker: its home state, by what it takes for granted."""

from collections import Counter
from collections.abc import Collection, Sequence

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.vocab import ActorKind
from dragoman.knowledge.words import word_set
from dragoman.read.people import HOLDER
from dragoman.read.reading import Mention, MentionKind

_JOURNEYS = word_set("visit travel trip tour journey depart leave")
_NEAR_JOURNEY = 6
"""Words before a journey in which the one who makes it is named."""


def unmanned_state(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Actor | None:
    """The state most named of those for which no person is: whose "we" a first-person statement is, if one is clearly ahead.

    It is none that the writer travels to ("my visit to X"), or one who bears a post that needs no country ("the Prime Minister").
    """
    own = {m.head for m in mentions if m.kind is MentionKind.OFFICE and m.actor is None and not m.plural}
    people = {m.actor for m in mentions if m.person or _is_visited(tokens, m, own)}
    posts = {m.actor for m in mentions if _is_certain_post(tokens, m)}
    named = {m.actor for m in mentions if m.kind is not MentionKind.OFFICE}
    # A writer may name the own post too: "the Australian Prime Minister and the Premier will meet each year".
    return _most_named(mentions, people | posts) or _most_named(mentions, people | (posts - named))


def _most_named(mentions: Sequence[Mention], without: set[Actor | None]) -> Actor | None:
    """The state named more often than any other."""
    states = Counter(m.actor for m in mentions if m.actor and m.actor.kind is ActorKind.STATE and m.actor not in without)
    best = states.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _is_certain_post(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a post stands for one holder, somebody else than the writer: "the Chilean President", not "our officials"."""
    start = mention.tokens[0]
    open_ = {t.text.casefold() for t in tokens[max(start - 2, 0) : start + 1]} & {"a", "an", "my", "our"}
    return mention.kind is MentionKind.OFFICE and not mention.plural and not open_


def _is_visited(tokens: Sequence[Token], mention: Mention, own: Collection[int]) -> bool:
    """Whether a mention is where the writer's side travels: "I will visit X", "the Prime Minister's visit to X".

    `own` are the heads of posts that the text gives without a country.
    """
    above = tokens[tokens[mention.head].head]
    if above.dep == "prep" and above.text.casefold() == "to":
        above = tokens[above.head]
    if above.lemma.casefold() not in _JOURNEYS or above.index > mention.tokens[0]:
        return False
    before = tokens[max(above.index - _NEAR_JOURNEY, 0) : above.index]
    if any(t.head == above.index and (t.text.casefold() in {"i", "we", "my", "our"} or t.index in own) for t in before):
        return True
    told = above.head if above.dep in {"ccomp", "xcomp"} else None  # "the Prime Minister announced that he will visit X"
    by = {t.index for t in tokens[above.index : mention.tokens[0]] if t.head == above.index and t.text.casefold() == "by"}
    return any(tokens[i].head in by or (tokens[i].head == told and tokens[i].dep == "nsubj") for i in own)


def state_taken_for_granted(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Actor | None:
    """The state whose office-holders the text names without ever saying whose they are, if there is one alone.

    Not that of somebody whom the writer names beside himself: "Prime Minister Ruiz and I".
    """
    beside = {m.actor for m in mentions if [t.text for t in tokens[m.tokens[1] : m.tokens[1] + 2]] == ["and", "I"]}
    states = {
        m.actor for m in mentions if m.person and m.actor and m.actor.kind is ActorKind.STATE and m.reason.startswith(HOLDER)
    }
    return next(iter(states)) if len(states) == 1 and not states & beside else None
