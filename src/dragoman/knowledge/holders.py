"""Who held a post on a day: "the Turkish foreign minister" of May 2024, "Hamas' political head", with a reason and a score."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import Level
from dragoman.knowledge.entries import PersonEntry, Tenure
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.words import word_set

_SINGULAR = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.INTELLIGENCE_CHIEF})
"""Levels at which an actor has one post, or few: the level alone says which."""
_NOT_NOW = re.compile(
    r"\b(?:former|ex|late|ousted|designate|elect|incoming|outgoing|next|future|first|deputy|vice)\b|-elect\b", re.IGNORECASE
)
_RANKS = re.compile(r"\b(?:minister of state|deputy|vice|assistant|member|junior|advis[eo]r|second|spokes(?=\w)|former)")
"""Words for posts beside or below another: a post with one is never the one without it."""
_MANY = 5
"""Holders of one post at a time from which naming them says nothing."""
_WORDS = re.compile(r"[\w-]+")
_EMPTY = word_set("the of for to and a in on at special")
_SURE, _LEVEL_ALONE, _OTHER_WORDS = 0.9, 0.8, 0.5


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may have held a post on a day; scores of several candidates add up to that of a single one at most."""

    person: str
    office: str
    start: str | None = None
    end: str | None = None
    score: float
    reason: str


def holders(gazetteer: Gazetteer, code: str, office: str | None, level: Level, on: date) -> tuple[Holder, ...]:
    """Who held a post of an actor on a day by the tables, the likeliest first; empty where no tenure fits.

    `office` is the post as worded. A post that is past, future or a deputy's has no holder here. Where the post's portfolio is
    known, those of others are left out; of more than five holders none is named. Tenures that only may cover the day, by the
    precision of their dates, all stay.
    """
    if office and _NOT_NOW.search(office) and level is not Level.DEPUTY_MINISTER:
        return ()
    asked = portfolio_of(office) if office else None
    candidates = gazetteer.holders(code, level, on=on)
    if level is Level.ORGANISATION_HEAD and asked:  # "the EU foreign policy chief" ranks as a minister there
        candidates += gazetteer.holders(code, Level.MINISTER, on=on)
    words = _content(office or "")
    qualified = _ranks(office or "")
    ranked = [
        ((fit, len(words & _content(tenure.office))), person, tenure)
        for person, tenure in candidates
        if _ranks(tenure.office) == qualified and (fit := _fit(tenure, asked, level, words))
    ]
    best = max((rank for rank, _, _ in ranked), default=(0.0, 0))
    kept = {person.id: (person, tenure) for rank, person, tenure in ranked if rank == best}
    if len(kept) > _MANY:
        return ()
    return tuple(_holder(person, tenure, best[0] / len(kept)) for person, tenure in kept.values())


def _ranks(office: str) -> frozenset[str]:
    return frozenset(_RANKS.findall(office.casefold().replace("advisor", "adviser")))


def _content(office: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(office.casefold())) - _EMPTY


def _fit(tenure: Tenure, asked: str | None, level: Level, words: frozenset[str]) -> float:
    held = portfolio_of(tenure.office)
    if (asked and held == asked) or words == _content(tenure.office):
        return _SURE
    if level in _SINGULAR:
        return _LEVEL_ALONE
    return 0.0 if asked or level is Level.MINISTER else _OTHER_WORDS


def _holder(person: PersonEntry, tenure: Tenure, score: float) -> Holder:
    return Holder(
        person=person.name,
        office=tenure.office,
        start=tenure.start,
        end=tenure.end,
        score=round(score, 2),
        reason=f"{tenure.office}, {tenure.start or 'unknown'} to {tenure.end or 'open'}",
    )


def portfolio_of(office: str) -> str | None:
    """What a post is about, by the words of its name; None where they do not say."""
    folded = f" {' '.join(_WORDS.findall(office.casefold()))} "
    return next((name for name, phrases in _portfolios().items() if any(f" {phrase} " in folded for phrase in phrases)), None)


@cache
def _portfolios() -> Mapping[str, tuple[str, ...]]:
    text = resources.files("dragoman.knowledge").joinpath("lexicons/portfolios.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, tuple[str, ...]])
