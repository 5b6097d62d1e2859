"""The types of a reading: sentences, mentions, times, places and quotes of one document, with their spans."""

from enum import StrEnum

import msgspec

from dragoman.core.actors import Actor, Place
from dragoman.core.parse import Parse, Token
from dragoman.core.text import Document, Span
from dragoman.core.time import When
from dragoman.core.vocab import Level, Setting
from dragoman.read.sureness import OWN_SIDE


class MentionKind(StrEnum):
    """What sort of words a mention is."""

    PERSON = "person"
    """A named person, with or without office."""
    OFFICE = "office"
    """A post without a name: "the Turkish foreign minister", "the Secretary"."""
    ACTOR = "actor"
    """A state, organisation or group by name, or a capital or seat that stands for its government."""
    GROUP = "group"
    """Several at once: "the two ministers", "the pair", "both sides", "they"."""
    PLACE = "place"
    """A capital or seat as a place ("in Ankara"), with the actor whose territory it is."""
    PRONOUN = "pronoun"
    """He, she, it, with its antecedent."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One noun phrase that stands for an actor or for a person who represents one.

    `span` runs over the whole phrase with office and name; `head` is the index of its governing token; `tokens` the covered token
    range. `person` is the fullest form of the name in the document, without honorifics. `members` holds the indices (into
    `Reading.mentions`) that a GROUP or PRONOUN stands for.
    """

    span: Span
    tokens: tuple[int, int]
    head: int
    sentence: int
    kind: MentionKind
    actor: Actor | None = None
    person: str | None = None
    office: str | None = None
    level: Level | None = None
    former: bool = False
    metonym: bool = False
    """A place name that stands for its government."""
    locative: bool = False
    """A country's name used for the place: "in Turkey", "to Egypt"."""
    plural: bool = False
    """Several unnamed people: "Israeli negotiators", "the two sides"."""
    collective: bool = False
    """A group of whole actors ("the two sides", "both delegations"), whoever was named for them."""
    members: tuple[int, ...] = ()
    reason: str = ""
    """How the actor was decided."""
    score: float = 0.0
    """How sure the actor is, from 0 to 1: the steps of `dragoman.read.sureness`."""


class TimeMention(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression and what it resolves to; `kind` is TIMEX3's type and `value` its value."""

    span: Span
    tokens: tuple[int, int]
    sentence: int
    kind: str
    """DATE, TIME, DURATION or SET."""
    value: str
    """TIMEX3 value such as "2013-03-22", "2013-W12", "P2D", "PRESENT_REF"."""
    when: When


class PlaceMention(msgspec.Struct, frozen=True, kw_only=True):
    """A place name in the text; `tokens` is its token range."""

    span: Span
    tokens: tuple[int, int]
    sentence: int
    place: Place


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words in quotation marks (marks included in `span`) with their speaker, where one is found.

    `speaker` is the span of the speaker's words; `mention` its index in `Reading.mentions`. `verb` is the token index of the verb
    of saying, None where the quote stands alone.
    """

    span: Span
    sentence: int
    verb: int | None = None
    speaker: Span | None = None
    mention: int | None = None


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Who says "I" in a document or in a part of it: the actor spoken for, and as far as it shows, the person, post and level."""

    actor: Actor | None
    person: str | None = None
    office: str | None = None
    level: Level | None = None
    reason: str = "the document's own voice"
    score: float = OWN_SIDE


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What one of several speakers says behind a label; `tokens` is the range of what is said."""

    label: Span
    """The words that name the speaker."""
    tokens: tuple[int, int]
    voice: Voice | None = None
    """The speaker, as far as the label and the document tell; None where they do not."""
    asks: bool = False
    """Whether it is somebody who asks, chairs or lends a hand, whose words are no statement."""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence: its place in the text, its token range, and the part of the document it stands in."""

    index: int
    span: Span
    tokens: tuple[int, int]
    setting: Setting


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One document as finders see it. Furniture (menus, credits) is in no sentence."""

    document: Document
    parse: Parse
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    turns: tuple[Turn, ...] = ()
    """Who speaks in turn, in a transcript; the labels are sentences of their own without mentions."""

    def turn_of(self, token: int) -> Turn | None:
        """The turn that a token is said in."""
        return next((turn for turn in self.turns if turn.tokens[0] <= token < turn.tokens[1]), None)

    def text(self, span: Span) -> str:
        """The words of a span."""
        return span.of(self.document.text)

    def tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        start, end = sentence.tokens
        return self.parse.tokens[start:end]

    def mentions_in(self, sentence: Sentence) -> tuple[tuple[int, Mention], ...]:
        """Mentions of a sentence with their indices, in text order."""
        return tuple((i, m) for i, m in enumerate(self.mentions) if m.sentence == sentence.index)

    def times_in(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        """Time expressions of a sentence in text order."""
        return tuple(t for t in self.times if t.sentence == sentence.index)

    def places_in(self, sentence: Sentence) -> tuple[PlaceMention, ...]:
        """Place names of a sentence in text order."""
        return tuple(p for p in self.places if p.sentence == sentence.index)
