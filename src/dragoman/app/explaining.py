"""Who a text speaks of and why: each mention with its codes, and the reason and the score of the decision."""

from datetime import date

import msgspec

from dragoman.app.config import Config
from dragoman.app.wiring import make_actor_coder, read_all
from dragoman.core.actors import Actor
from dragoman.core.text import Document
from dragoman.core.vocab import DateSource
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.holders import Holder, holders
from dragoman.knowledge.sectors import load_sectors
from dragoman.read.reading import Mention, MentionKind, Reading


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of a text; `sector` is PLOVER's, `country` ISO 3166 alpha-3, `cow` Correlates of War.

    `score` orders decisions by how sure they are (0 to 1). `holders` are those who may have held the post that day, where the
    text names nobody.
    """

    words: str
    kind: str
    actor: str | None = None
    code: str | None = None
    sector: str | None = None
    country: str | None = None
    cow: int | None = None
    person: str | None = None
    office: str | None = None
    level: str | None = None
    former: bool = False
    reason: str
    score: float
    holders: tuple[Holder, ...] = ()


def explain(config: Config, text: str, on: date | None) -> tuple[Explained, ...]:
    """Resolve the mentions of a sentence or phrase as of a day; a phrase in which nothing is mentioned is resolved as a whole."""
    document = Document(text=text, language="en", published=on, published_from=DateSource.OPTION if on else DateSource.UNKNOWN)
    (reading,) = read_all(config, [document])
    return _mentions(reading, on) or _whole(text, on)


def _mentions(reading: Reading, on: date | None) -> tuple[Explained, ...]:
    return tuple(
        _mention(reading, mention, on)
        for mention in reading.mentions
        if mention.actor or mention.person or mention.office or mention.members
    )


def _mention(reading: Reading, mention: Mention, on: date | None) -> Explained:
    members = ", ".join(_name(reading.mentions[i]) for i in mention.members) if mention.kind is MentionKind.GROUP else None
    codes = load_sectors().codes(
        mention.actor or Actor(mention.person or ""), person=mention.person, office=mention.office, level=mention.level, on=on
    )
    return Explained(
        words=reading.text(mention.span),
        kind=mention.kind.value,
        actor=members or (mention.actor.name if mention.actor else None),
        code=mention.actor.code if mention.actor else None,
        sector=None if mention.locative or members else codes.sector,
        country=codes.country,
        cow=codes.cow,
        person=mention.person,
        office=mention.office,
        level=mention.level,
        former=mention.former,
        reason=mention.reason or "nothing in the text or the tables says whose",
        score=mention.score,
        holders=_holders(mention, on),
    )


def _name(mention: Mention) -> str:
    return mention.person or (mention.actor.name if mention.actor else "?")


def _holders(mention: Mention, on: date | None) -> tuple[Holder, ...]:
    one = mention.kind is MentionKind.OFFICE and not mention.plural and not mention.former and mention.person is None
    code = mention.actor.code if mention.actor else None
    if not one or on is None or code is None or mention.level is None:
        return ()
    return holders(load_gazetteer(), code, mention.office, mention.level, on)


def _whole(text: str, on: date | None) -> tuple[Explained, ...]:
    found = make_actor_coder().code(text, on=on)
    if not found.found:
        return ()
    entry = found.actor
    state = load_gazetteer().actor(found.country) if found.country else None
    return (
        Explained(
            words=text,
            kind="phrase",
            actor=entry.actor.name if entry else None,
            code=entry.actor.code if entry else None,
            sector=found.sector,
            country=found.country,
            cow=state.cow if state else None,
            person=found.person.name if found.person else None,
            office=found.tenure.office if found.tenure else None,
            level=found.tenure.level if found.tenure else None,
            reason=found.reason,
            score=found.score,
        ),
    )
