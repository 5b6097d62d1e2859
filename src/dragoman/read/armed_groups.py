"""Armed groups without a name of their own: "Syrian rebels", "Goma-based fighters"."""

from collections.abc import Sequence

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind
from dragoman.knowledge.words import word_set
from dragoman.read.reading import Mention, MentionKind, Sentence

_ARMED = word_set("militant rebel insurgent gunman fighter separatist jihadist guerrilla")


def armed_group_end(tokens: Sequence[Token], at: int, owner: Actor) -> int | None:
    """Where a name before it ends that words an armed group without a name of its own: "Syrian rebels", "Goma-based fighters"."""
    if owner.kind is not ActorKind.STATE:
        return None
    if [t.text.casefold() for t in tokens[at : at + 2]] == ["-", "based"]:
        at += 2
    while at < len(tokens) and tokens[at].text.casefold() in {"armed", "islamist"}:
        at += 1
    noun = tokens[at].lemma.casefold() if at < len(tokens) else ""
    armed = noun in _ARMED or (noun in {"group", "faction"} and tokens[at - 1].text.casefold() == "armed")
    return at + 1 if armed and tokens[at].tag in {"NNS", "NNPS"} else None


def group_mention(tokens: Sequence[Token], sentence: Sentence, start: int, end: int) -> Mention:
    """An armed group that no gazetteer can know, by the words for it."""
    words = "".join(
        t.text if i == 0 or t.text == "-" or tokens[start + i - 1].text == "-" else f" {t.text}"
        for i, t in enumerate(tokens[start:end])
    )
    return Mention(
        span=Span(tokens[start].start, tokens[end - 1].end),
        tokens=(start, end),
        head=end - 1,
        sentence=sentence.index,
        kind=MentionKind.ACTOR,
        actor=Actor(words, None, ActorKind.NONSTATE),
        reason="armed group without a name",
    )
