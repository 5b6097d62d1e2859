"""Speakers, and by what names a text calls them."""

import re

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.parse import Token
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind, Level, SpeakerKind
from dragoman.knowledge.speech import speech_lexicon
from dragoman.read.names import SUFFIXES
from dragoman.read.reading import Mention, MentionKind, Reading

_HONOURED = re.compile(r"\b(?i:the hon(?:ourable)?)\.? (?P<name>(?:[A-Z]\.? ?){1,3}[A-Z][A-Z'’-]{2,})\b")


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever says something; `mentions` are indices into `Reading.mentions`.

    `known` says whether an actor, an office or a political noun stands behind the name.
    """

    name: str
    kind: SpeakerKind = SpeakerKind.POLITICAL
    actors: tuple[Actor, ...] = ()
    office: str | None = None
    level: Level | None = None
    span: Span | None = None
    mentions: tuple[int, ...] = ()
    known: bool = True
    body: bool = False
    """Whether it says what its state says, as an institution does, or whoever signs."""

    def same(self, other: "Speaker") -> bool:
        """Whether two speakers are one."""
        return self.name == other.name


def honoured_name(words: str) -> str | None:
    """The name in capitals behind "THE HON" in the heading of a release, as a text writes it: "P J Keating"."""
    found = _HONOURED.search(words)
    return " ".join(w if len(w.strip(".")) == 1 else w.title() for w in found["name"].split()) if found else None


def noun_kind(token: Token) -> SpeakerKind | None:
    """What sort of speaker a noun names."""
    kinds = speech_lexicon().kinds
    return kinds.get(token.text.casefold()) or kinds.get(token.lemma.casefold())


def is_bare_state(mention: Mention) -> bool:
    """Whether a mention is a state by its name alone, which its government speaks for."""
    return mention.kind is MentionKind.ACTOR and mention.actor is not None and mention.actor.kind is ActorKind.STATE


def short_names(reading: Reading) -> dict[str, str]:
    """By what word the text calls a person whom it also names in full: "Hayashi" for Hayashi Yoshimasa."""
    short: dict[str, str] = {}
    for mention in reading.mentions:
        if mention.kind is MentionKind.PERSON and mention.person and mention.person not in short:
            full = mention.person.split()
            words = [word.strip(",") for word in reading.text(mention.span).split()]
            named = [word for word in words if word in full]
            if len(named) == 1 and len(full) > 1 and named[0] == words[-1] and named[0].casefold() not in SUFFIXES:
                short[mention.person] = named[0]
    return short


def surname(person: str) -> str:
    """The last word of a name that is no suffix: "Whitfield" of "Nora Whitfield, Jr."."""
    words = [word.strip(",") for word in person.split()]
    return next((word for word in reversed(words) if word.casefold() not in SUFFIXES), words[-1])


def joined(speakers: tuple[Speaker, ...]) -> Speaker:
    """Several speakers as one: names listed, actors together."""
    unique = tuple({s.name: s for s in speakers}.values())
    if len(unique) == 1:
        return unique[0]
    spans = [s.span for s in unique if s.span]
    return Speaker(
        name=listed([s.name for s in unique]),
        kind=unique[0].kind,
        actors=tuple(dict.fromkeys(a for s in unique for a in s.actors)),
        span=Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None,
        mentions=tuple(i for s in unique for i in s.mentions),
        known=any(s.known for s in unique),
    )


def listed(names: list[str]) -> str:
    """Names as a list: "Ruiz, Lind and Soto"."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else ", ".join(unique[:-1]) + " and " + unique[-1]
