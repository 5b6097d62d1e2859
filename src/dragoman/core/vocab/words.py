"""What is said and who says it: stances, offers, signals, voices, grades."""

from enum import StrEnum


class Stance(StrEnum):
    """What a speaker does by an utterance."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    DEMAND = "demand"
    OFFER = "offer"
    WARN = "warn"
    ACCUSE = "accuse"
    CONDEMN = "condemn"
    PRAISE = "praise"
    NEUTRAL = "neutral"


class ProposalKind(StrEnum):
    """What was put to the other side."""

    OFFER = "offer"
    DEMAND = "demand"
    CONDITION = "condition"
    GUARANTEE = "guarantee"


class Answer(StrEnum):
    """What became of a proposal, as the document says."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class TalksSignal(StrEnum):
    """A sentence's word on where talks stand (the dated status of a track is resolved from these)."""

    SCHEDULED = "scheduled"
    UNDER_WAY = "under_way"
    PROGRESS = "progress"
    IMPASSE = "impasse"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    AGREED = "agreed"
    COLLAPSED = "collapsed"


class Setting(StrEnum):
    """Which part of a document a claim's sentence stands in."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"


class VoiceKind(StrEnum):
    """Who says so."""

    OUTLET = "outlet"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    SPOKESPERSON = "spokesperson"
    OFFICIAL = "official"
    """A named official or institution."""
    ANONYMOUS = "anonymous"
    """Unnamed officials or sources."""
    READOUT = "readout"
    ANALYST = "analyst"
    """Analysts and observers."""
    MONITOR = "monitor"
    WITNESS = "witness"


class SpeakerKind(StrEnum):
    """What sort of speaker an utterance has."""

    POLITICAL = "political"
    """Political, diplomatic, military or armed-group speakers, or institutions."""
    ANALYST = "analyst"
    JOURNALIST = "journalist"
    WITNESS = "witness"
    OUTLET = "outlet"


class DateSource(StrEnum):
    """Where a document's published date came from."""

    METADATA = "metadata"
    """A field of the input, a feed or a page's own metadata."""
    OPTION = "option"
    """The user's `--published` or `--map published=COLUMN`."""
    UNKNOWN = "unknown"


class Reliability(StrEnum):
    """Admiralty grade of a source."""

    A = "A"
    """Completely reliable."""
    B = "B"
    """Usually reliable."""
    C = "C"
    """Fairly reliable."""
    D = "D"
    """Not usually reliable."""
    E = "E"
    """Unreliable."""
    F = "F"
    """Cannot be judged."""


class Credibility(StrEnum):
    """Admiralty grade of one piece of information, apart from its source's."""

    CONFIRMED = "1"
    """Confirmed by other independent sources."""
    PROBABLE = "2"
    """Probably true: first-hand word of a side that took part, or several reports of one teller."""
    POSSIBLE = "3"
    """Possibly true: one report with a named teller."""
    DOUBTFUL = "4"
    """Doubtful: alleged, or told by unnamed sources alone."""
    IMPROBABLE = "5"
    """Improbable: denied by somebody and confirmed by nobody else."""
    UNKNOWN = "6"
    """Truth cannot be judged: nothing is known of who tells it."""
