"""What comparing looks at in one engagement claim, derived once."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from dragoman.core.actors import Place
from dragoman.core.claims import Engagement, Participant
from dragoman.core.codec import dump
from dragoman.core.folding import fold, fold_name
from dragoman.core.ids import ClaimId, DocumentId, content_hash
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Level, PlaceKind, Setting

CENTRAL = 6
"""How many actors, central first, are looked at when candidates are gathered: summits list dozens."""

NEAR = 3
"""Days that a period may have and still place an event in time."""

_NEWS = 3
"""Days after which a report is no news."""

_LONGEST_WORDING = 400


class Mode(StrEnum):
    """Whether a contact was face to face."""

    TOGETHER = "in person"
    REMOTE = "remote"
    OPEN = "of unknown mode"


_CHANNEL_MODES = {
    Channel.IN_PERSON: Mode.TOGETHER,
    Channel.PHONE: Mode.REMOTE,
    Channel.VIDEO: Mode.REMOTE,
    Channel.LETTER: Mode.REMOTE,
    Channel.SHUTTLE: Mode.TOGETHER,
    Channel.INTERMEDIARY: Mode.REMOTE,
}
_TYPE_MODES = {
    EngagementType.CALL: Mode.REMOTE,
    EngagementType.LETTER: Mode.REMOTE,
    EngagementType.VISIT: Mode.TOGETHER,
    EngagementType.MULTILATERAL: Mode.OPEN,
    EngagementType.TALKS_ROUND: Mode.OPEN,
    EngagementType.AGREEMENT_SIGNING: Mode.OPEN,
    EngagementType.MEDIATION_OFFER: Mode.OPEN,
    EngagementType.MEETING: Mode.OPEN,  # coders also write "meeting" for a contact of unknown mode
}

BILATERAL = frozenset({EngagementType.MEETING, EngagementType.CALL, EngagementType.LETTER})
"""Types in which another person of the same side means another event; delegations to the rest have many members."""

HYPOTHETICAL = frozenset({Factuality.CALLED_FOR, Factuality.CONDITIONAL})
AHEAD = frozenset({Factuality.PLANNED, Factuality.CANCELLED})

_NUMBERS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_CONTACT = r"(?:call|conversation|contact|meeting|round|session|visit|talks|time)s?"
_ORDINAL = re.compile(rf"\b({'|'.join(_NUMBERS)}|(\d+)(?:nd|rd|th))\s+(?:\w+\s+){{0,2}}{_CONTACT}\b")
_AGAIN = re.compile(rf"\b(?:again|once more|anew|another\s+(?:\w+\s+)?{_CONTACT}|follow-?up\s+{_CONTACT})\b")
_SAME_DAY = re.compile(
    r"\b(?:(?:the|that|on the|in one|in a single) (?:same )?day|of the day|hours (?:after|later)|in as many hours)\b"
)
_GATHERING = r"(?:dialogue|summit|conference|consultations|ministerial|negotiations|talks|round|forum|session)"
_BESIDE = r"(?:prior to|ahead of|before|following)"
_MARGINS = re.compile(rf"\b(?:(?:margins?|sidelines?) of|{_BESIDE}\s+(?:[^\s,;]+\s+){{0,12}}?{_GATHERING})\b")
_NAMED_GATHERING = re.compile(rf"\b(?:{_GATHERING}|committee|commission|2\+2)\b")
_BODY = r"(?:ministerial|dialogue|summit|conference|committee|commission|forum)"
_FORMAT = re.compile(
    r"\b(?:(?:hold|holds|held|(?:co-)?host|(?:co-)?hosted|convened?|(?:co-)?chair|(?:co-)?chaired)\s+(?:a|an|the|their)"
    rf"|(?:welcomes?|welcomed|welcoming|receives?|received|receiving)\s+(?:[^\s,;]+\s+){{1,8}}?(?:to|at|for)\s+(?:a|an|the|their))"
    rf"\s+(?:[^\s,;]+\s+){{0,6}}?{_BODY}\b"
)
_STATEMENT = re.compile(rf"\bjoint (?:statement|declaration|communiqu[eé])\b.*\b{_BODY}\b", re.IGNORECASE)
_CONTACT_HEADLINE = re.compile(
    r"^(?!.*\b(?:statements?|travels?|preview)\b).*?\b(?<!press )(call|meeting)s? with\b", re.IGNORECASE
)
_SPOKEN = re.compile(r"\bi\b")
_SEVERAL = re.compile(
    rf"\b(?:respective|separate)\s+(?:\w+\s+){{0,2}}(?:{_CONTACT}|discussions|engagements|exchanges)\b"
    r"|\b(?:all(?: of)?|each of|most of|any of|many of|every one of)\s+(?:our|their|his|her|my|your|these|those)\s+"
    r"(?:\w+\s+){0,2}"
    r"(?:calls|conversations|contacts|meetings|rounds|sessions|visits|discussions|engagements|exchanges)\b"
    r"|\b(?:two|three|four|five|six|both)\s+(?:\w+\s+)?(?:calls|conversations|meetings|visits)\b"
    r"|\b(?:a number of|many|several|multiple|numerous|various|countless)\s+(?:\w+\s+)?(?:occasions|times)\b"
    r"|\b(?:regularly|repeatedly|routinely|frequently|constantly|time and again)\b"
)
_LOOKS_BACK = re.compile(
    r"\b(?:previous(?:ly)?|earlier|last|recent(?:ly)?|prior|before|after|since|following"
    r"|follow(?:s|ed)?(?:[- ]up)?|built|builds|building)\b"
)
_PART_OF_DAY = re.compile(r"\b(morning|afternoon|evening|night|midnight)\b")


class Name(msgspec.Struct, frozen=True, gc=False):
    """A person in the claim, folded, with the level that the claim gives."""

    name: str | None
    level: Level | None


class Profile(msgspec.Struct, frozen=True, gc=False, kw_only=True, eq=False):
    """One engagement as comparing sees it. Days are proleptic Gregorian ordinals."""

    id: ClaimId
    claim: Engagement
    document: DocumentId
    published: date | None
    group: DocumentId
    """The document that this one's text goes back to: itself, or what it reprints."""
    source: str | None
    actors: frozenset[str]
    pair: frozenset[str]
    """The two actors that the sentence is about."""
    central: frozenset[str]
    people: Mapping[str, tuple[Name, ...]]
    """By actor: the persons and offices that act for it."""
    named: Mapping[str, str]
    """Persons of two names or more, with the central actor that each acts for."""
    mode: Mode
    first: int | None
    last: int | None
    city: str | None
    country: str | None
    sited: bool
    """Whether the sentence itself names the place."""
    issues: frozenset[Issue]
    words: str
    ordinal: int | None
    again: bool
    """Told as one more contact of the kind."""
    further: bool
    """Told as one more contact on its day."""
    part_of_day: str | None
    margins: bool
    """Told as on the margins of a gathering, or as before or after it."""
    gathering: bool
    """Speaks of a dialogue, summit, committee or the like."""
    format: bool
    """Told as the holding of one, or in the joint statement of one."""
    spoken: bool
    """In somebody's own words, as "I"."""
    speaker: str | None
    """The actor of whom "I" is said, where that is known."""
    looks_back: bool
    """Speaks of something that was before: "follow up on their recent meeting"."""
    several: bool
    """Many contacts in one word: "compared their respective calls with the King", "all our meetings", "met on many occasions"."""
    headline: str | None
    """The document's title, folded, where it announces a contact itself: "Readout of the President's call with the King"."""
    announced: bool
    """Tells of the contact that its headline announces: by type, and as news, not looking back."""

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first is not None and self.first == self.last

    @property
    def near(self) -> bool:
        """Whether the date is known closely enough to place the event in time."""
        return self.first is not None and self.last is not None and self.last - self.first < NEAR

    @property
    def news(self) -> bool:
        """Whether this is told of its own days, as a headline is, and does not come back to what was."""
        return self.last is None or self.published_day is None or self.published_day - self.last <= _NEWS

    @property
    def published_day(self) -> int | None:
        """The published date as an ordinal."""
        return self.published.toordinal() if self.published else None


def fingerprint(one: Profile) -> str:
    """A hash of all that a profile is derived from: the claim as it stands, and what is known of its document."""
    known = (
        one.source,
        str(one.published or ""),
        one.group,
        one.words,
        str(one.format),
        one.headline,
        str(one.announced),
        str(one.speaker),
    )
    return content_hash(one.id, dump(one.claim).decode(), *(f"={said}" if said is not None else "" for said in known))


def profile(claim_id: ClaimId, claim: Engagement, document: Document | None, group: DocumentId) -> Profile:
    """Derive what comparing looks at; without its document a claim is compared without wording and publication date."""
    keys = tuple(dict.fromkeys(one.actor.key for one in claim.participants))
    words = document.text[claim.evidence[0].start : claim.evidence[0].end].lower() if document else ""
    first, last = _days(claim.when)
    city, country = _site(claim.place)
    sited = (
        claim.place is None
        or claim.place.span is None
        or claim.evidence[0].start <= claim.place.span.start < claim.evidence[0].end
    )
    ordinal = _ORDINAL.search(words)
    again = _AGAIN.search(words) is not None
    part_of_day = _PART_OF_DAY.search(words)
    gathering = _NAMED_GATHERING.search(words) is not None  # without such a word the dear patterns below find nothing
    spoken = _SPOKEN.search(words) is not None
    looks_back = _LOOKS_BACK.search(words) is not None
    beside = gathering or "margin" in words or "sideline" in words
    return Profile(
        id=claim_id,
        claim=claim,
        document=claim.document,
        published=document.published if document else None,
        group=group,
        source=document.source if document else None,
        actors=frozenset(keys),
        pair=frozenset(keys[:2]),
        central=frozenset(keys[:CENTRAL]),
        people=_people(claim.participants),
        named=_named(claim.participants, keys[:CENTRAL]),
        mode=_CHANNEL_MODES.get(claim.channel, _TYPE_MODES[claim.type]) if claim.channel else _TYPE_MODES[claim.type],
        first=first,
        last=last,
        city=city,
        country=country,
        sited=sited,
        issues=frozenset(claim.issues) - {Issue.OTHER, Issue.BILATERAL_RELATIONS},
        words=fold(words)[:_LONGEST_WORDING],
        ordinal=claim.round or (_number(ordinal) if ordinal else None),
        again=again,
        further=(again or ordinal is not None) and _SAME_DAY.search(words) is not None,
        part_of_day=part_of_day.group(1) if part_of_day else None,
        margins=beside and _MARGINS.search(words) is not None,
        gathering=gathering,
        format=(gathering and _FORMAT.search(words) is not None)
        or _STATEMENT.search((document and document.title) or "") is not None,
        spoken=spoken,
        speaker=_speaker(claim.participants, document) if spoken else None,
        looks_back=looks_back,
        several=_SEVERAL.search(words) is not None,
        headline=_headline(document.title) if document else None,
        announced=document is not None and _announces(document.title, claim, looks_back=looks_back),
    )


def _headline(title: str | None) -> str | None:
    return fold_name(title) if title and _CONTACT_HEADLINE.search(title) else None


def _announces(title: str | None, claim: Engagement, *, looks_back: bool) -> bool:
    """Whether a claim tells of the contact that its document's headline announces."""
    found = _CONTACT_HEADLINE.search(title) if title else None
    if found is None or claim.factuality in AHEAD | HYPOTHETICAL:
        return False
    return claim.setting is Setting.TITLE or (found.group(1).lower() == claim.type.value and not looks_back)


def _number(match: re.Match[str]) -> int:
    return int(match.group(2)) if match.group(2) else _NUMBERS[match.group(1)]


def _days(when: When | None) -> tuple[int | None, int | None]:
    """Both bounds; a deadline alone ("by Friday") bounds nothing and counts as no date."""
    if when is None or when.start is None or when.end is None:
        return None, None
    return when.start.toordinal(), when.end.toordinal()


def _site(place: Place | None) -> tuple[str | None, str | None]:
    """The town, folded, and the country; venues and regions count by their country alone, for one town has many venues."""
    if place is None:
        return None, None
    is_town = place.kind in {PlaceKind.CITY, None} and place.name is not None
    return (fold_name(place.name) if is_town and place.name else None), place.country


def _speaker(participants: tuple[Participant, ...], document: Document | None) -> str | None:
    spans = ((one.actor.key, one.span) for one in participants if one.span is not None and document is not None)
    return next((actor for actor, span in spans if document and span.of(document.text) in {"I", "me"}), None)


def _named(participants: tuple[Participant, ...], central: tuple[str, ...]) -> dict[str, str]:
    """Reports differ on whom somebody acts for, a region or its state, a party or its government: the full name tells."""
    names = ((fold_name(one.person), one.actor.key) for one in participants if one.person and one.actor.key in central)
    return {name: actor for name, actor in names if " " in name}


def _people(participants: tuple[Participant, ...]) -> dict[str, tuple[Name, ...]]:
    people: dict[str, list[Name]] = {}
    for one in participants:
        if one.person or one.level:
            people.setdefault(one.actor.key, []).append(Name(fold_name(one.person) if one.person else None, one.level))
    return {actor: tuple(names) for actor, names in people.items()}
