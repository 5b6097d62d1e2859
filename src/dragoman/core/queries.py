"""What a store can be asked about claims, and what it answers."""

from datetime import date
from enum import StrEnum

import msgspec

from dragoman.core.claims import (
    Agreement,
    AnyClaim,
    Attribution,
    Dependence,
    Engagement,
    Interaction,
    Proposal,
    Status,
    Utterance,
    Violence,
)
from dragoman.core.folding import fold
from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.time import When
from dragoman.core.vocab import Channel, Factuality, Issue, Level, Role


class ClaimKind(StrEnum):
    """The kinds of claims; the value is the claim's tag on the wire."""

    ENGAGEMENT = "engagement"
    UTTERANCE = "utterance"
    PROPOSAL = "proposal"
    VIOLENCE = "violence"
    STATUS = "status"
    ATTRIBUTION = "attribution"
    AGREEMENT = "agreement"
    INTERACTION = "interaction"
    DEPENDENCE = "dependence"


class ClaimQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which current claims are wanted; every field that is given must fit.

    `actor` is a code or a full name, `person` one or more words of a name; case, diacritics and punctuation do not matter.
    `actor` is who acts (participant, speaker, who offers, perpetrator, whom talks concern, source of an interaction) and
    `with_actor` the other side (another participant, whom an utterance targets, to whom an offer or act goes). `role` and `level`
    are those of `actor` where one is given, else those of `person`, else anybody's.

    `since` and `until` are days, both included, and are compared with the claim's own date: a claim fits when the two periods
    overlap. Claims without a date of their own never fit; `Found.undated` counts those that fit otherwise.
    """

    kinds: tuple[ClaimKind, ...] = ()
    types: tuple[str, ...] = ()
    """Engagement, proposal or violence types, talks signals, or PLOVER types."""
    actor: str | None = None
    with_actor: str | None = None
    person: str | None = None
    dossier: DossierId | None = None
    issue: Issue | None = None
    role: Role | None = None
    level: Level | None = None
    channel: Channel | None = None
    factuality: Factuality | None = None
    document: DocumentId | None = None
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    offset: int = 0


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One page of an answer: newest first by the claim's own date, undated last, then in document order.

    `total` counts all that fit, on this page or not; `undated` those that fit but for having no date (0 without `since` or
    `until`). A large store that is asked for a page looks no further than the page needs: with `more`, at least so many fit.
    Without a `limit` everything is counted.
    """

    claims: tuple[AnyClaim, ...] = ()
    total: int = 0
    undated: int = 0
    more: bool = False


_LONGEST_NAME = 200


class Part(StrEnum):
    """How an actor stands in a claim."""

    PARTICIPANT = "participant"
    SPEAKER = "speaker"
    TARGET = "target"
    BY = "by"
    TO = "to"
    PERPETRATOR = "perpetrator"
    ABOUT = "about"
    SOURCE = "source"
    RECIPIENT = "recipient"


ACTING = (Part.PARTICIPANT, Part.SPEAKER, Part.BY, Part.PERPETRATOR, Part.ABOUT, Part.SOURCE)
"""The parts that `ClaimQuery.actor`, `role` and `level` look at."""

FACING = (Part.PARTICIPANT, Part.TARGET, Part.TO, Part.ABOUT, Part.RECIPIENT)
"""The parts that `ClaimQuery.with_actor` looks at."""


class Appearance(msgspec.Struct, frozen=True, kw_only=True):
    """One actor or person in one claim, with names folded for look-up; `actor` is the code or, for unknown actors, the name."""

    part: Part
    actor: str | None = None
    name: str | None = None
    person: str | None = None
    role: Role | None = None
    level: Level | None = None


class ClaimIndex(msgspec.Struct, frozen=True, kw_only=True):
    """What queries look at in one claim; every store derives its look-up from this, so that all of them answer alike."""

    kind: ClaimKind
    type: str | None = None
    channel: Channel | None = None
    first: date | None = None
    last: date | None = None
    issues: tuple[Issue, ...] = ()
    appearances: tuple[Appearance, ...] = ()


def name_key(name: str) -> str:
    """A folded name as look-ups keep it: cut where no real name goes on, so that a hostile one still fits an index."""
    return fold(name)[:_LONGEST_NAME]


def index_claim(claim: AnyClaim) -> ClaimIndex:
    """Derive what queries look at."""
    match claim:
        case Engagement():
            return _index_engagement(claim)
        case Utterance():
            return _index_utterance(claim)
        case Proposal():
            appearances = [Appearance(part=Part.BY, actor=name_key(a.key), name=name_key(a.name)) for a in claim.by]
            appearances += [Appearance(part=Part.TO, actor=name_key(a.key), name=name_key(a.name)) for a in claim.to]
            first, last = _bounds(claim.when)
            return ClaimIndex(
                kind=ClaimKind.PROPOSAL,
                type=claim.type,
                first=first,
                last=last,
                issues=claim.issues,
                appearances=tuple(appearances),
            )
        case Violence():
            return _index_violence(claim)
        case Status():
            first, last = _bounds(claim.when)
            appearances = [Appearance(part=Part.ABOUT, actor=name_key(a.key), name=name_key(a.name)) for a in claim.actors]
            return ClaimIndex(kind=ClaimKind.STATUS, type=claim.signal, first=first, last=last, appearances=tuple(appearances))
        case Attribution():
            return ClaimIndex(kind=ClaimKind.ATTRIBUTION)
        case Agreement():
            return _index_agreement(claim)
        case Interaction():
            return _index_interaction(claim)
        case Dependence():
            return _index_dependence(claim)


def _index_engagement(claim: Engagement) -> ClaimIndex:
    first, last = _bounds(claim.when)
    return ClaimIndex(
        kind=ClaimKind.ENGAGEMENT,
        type=claim.type,
        channel=claim.channel,
        first=first,
        last=last,
        issues=claim.issues,
        appearances=tuple(
            Appearance(
                part=Part.PARTICIPANT,
                actor=name_key(one.actor.key),
                name=name_key(one.actor.name),
                person=name_key(one.person) if one.person else None,
                role=one.role,
                level=one.level,
            )
            for one in claim.participants
        ),
    )


def _index_utterance(claim: Utterance) -> ClaimIndex:
    first, last = _bounds(claim.when)
    speaker = name_key(claim.speaker)
    appearances = [
        Appearance(part=Part.SPEAKER, actor=name_key(a.key), name=name_key(a.name), person=speaker, level=claim.level)
        for a in claim.speaker_actors
    ] or [Appearance(part=Part.SPEAKER, person=speaker, level=claim.level)]
    if claim.target:
        appearances.append(Appearance(part=Part.TARGET, actor=name_key(claim.target.key), name=name_key(claim.target.name)))
    return ClaimIndex(
        kind=ClaimKind.UTTERANCE,
        type=claim.stance,
        first=first,
        last=last,
        issues=(claim.issue,),
        appearances=tuple(appearances),
    )


def _index_violence(claim: Violence) -> ClaimIndex:
    first, last = _bounds(claim.when)
    who = claim.perpetrator
    return ClaimIndex(
        kind=ClaimKind.VIOLENCE,
        type=claim.type,
        first=first,
        last=last,
        appearances=(Appearance(part=Part.PERPETRATOR, actor=name_key(who.key), name=name_key(who.name)),) if who else (),
    )


def _index_agreement(claim: Agreement) -> ClaimIndex:
    """Who agreed, kept or broke it acts; whoever says so of them faces them."""
    first, last = _bounds(claim.when)
    acting = (*claim.parties, *claim.by)
    appearances = [Appearance(part=Part.BY, actor=name_key(one.key), name=name_key(one.name)) for one in acting]
    appearances += [Appearance(part=Part.TO, actor=name_key(one.key), name=name_key(one.name)) for one in claim.said_by]
    return ClaimIndex(
        kind=ClaimKind.AGREEMENT,
        type=claim.state,
        first=first,
        last=last,
        issues=claim.issues,
        appearances=tuple(appearances),
    )


def _index_dependence(claim: Dependence) -> ClaimIndex:
    """Who needs acts; whoever is needed faces them."""
    first, last = _bounds(claim.when)
    sides = ((Part.SOURCE, claim.who), (Part.RECIPIENT, claim.on))
    appearances = (Appearance(part=part, actor=name_key(a.key), name=name_key(a.name)) for part, side in sides for a in side)
    return ClaimIndex(kind=ClaimKind.DEPENDENCE, type=claim.type, first=first, last=last, appearances=tuple(appearances))


def _index_interaction(claim: Interaction) -> ClaimIndex:
    first, last = _bounds(claim.when)
    sides = ((Part.SOURCE, claim.source), (Part.RECIPIENT, claim.target))
    return ClaimIndex(
        kind=ClaimKind.INTERACTION,
        type=claim.root,
        first=first,
        last=last,
        appearances=tuple(
            Appearance(part=part, actor=name_key(a.key), name=name_key(a.name)) for part, side in sides for a in side
        ),
    )


def _bounds(when: When | None) -> tuple[date | None, date | None]:
    """Both days where one is known: a deadline counts on its day."""
    if when is None:
        return None, None
    return when.start or when.end, when.end or when.start


def words_fit(asked: str, folded: str) -> bool:
    """Whether every word asked for stands in a folded name; nothing but punctuation fits no name."""
    words = set(fold(asked).split())
    return bool(words) and words <= set(folded.split())


def fits(index: ClaimIndex, claim: AnyClaim, query: ClaimQuery) -> bool:
    """Whether a claim fits all of a query but its period."""
    tests = (
        (query.kinds, index.kind in query.kinds),
        (query.types, index.type in query.types),
        (query.dossier, query.dossier in claim.dossiers),
        (query.issue, query.issue in index.issues),
        (query.channel, index.channel == query.channel),
        (query.factuality, claim.factuality == query.factuality),
        (query.document, claim.document == query.document),
        (query.with_actor, any(_is_actor(one, query.with_actor, FACING) for one in index.appearances)),
    )
    return all(fits for asked, fits in tests if asked) and _fits_who(index, query)


def _fits_who(index: ClaimIndex, query: ClaimQuery) -> bool:
    acting = [one for one in index.appearances if _is_actor(one, query.actor, ACTING)]
    named = [one for one in index.appearances if query.person and one.person and words_fit(query.person, one.person)]
    if (query.actor and not acting) or (query.person and not named):
        return False
    if query.role is None and query.level is None:
        return True
    ranked = acting if query.actor or not query.person else named
    return any(query.role in {None, one.role} and query.level in {None, one.level} for one in ranked)


def _is_actor(one: Appearance, asked: str | None, parts: tuple[Part, ...]) -> bool:
    return one.part in parts and (asked is None or name_key(asked) in {one.actor, one.name})


def in_period(index: ClaimIndex, query: ClaimQuery) -> bool:
    """Whether a claim's own date fits the period asked for."""
    if not (query.since or query.until):
        return True
    if index.first is None or index.last is None:
        return False
    return (query.since is None or index.last >= query.since) and (query.until is None or index.first <= query.until)
