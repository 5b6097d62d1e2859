"""Actors and persons: whom they are in touch with, as what, and what they said."""

from urllib.parse import quote

import msgspec
from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from dragoman.analysis.leverage import FORMULA, Tie, ties
from dragoman.app import analysing
from dragoman.app.snapshot import Snapshot
from dragoman.core.claims import Dependence, Utterance
from dragoman.core.errors import InputError
from dragoman.core.ids import ClaimId
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.report.lines import Line
from dragoman.resolve.people import KnownPerson
from dragoman.web.desk_dependency import TheDesk
from dragoman.web.paging import page_of

_SHOWN = 15


@get("/actors", name="actors", sync_to_thread=True)
def actors(desk: TheDesk, page: FromQuery[int] = 1) -> Template:
    """All actors in the record, busiest first."""
    snapshot = desk.snapshot()
    rows = sorted(snapshot.by_actor.items(), key=lambda item: (-len(item[1]), item[0]))
    return Template("actors.html.j2", context={"rows": page_of(rows, page), "name": snapshot.wording.name})


@get("/actors/{key:str}", name="actor", sync_to_thread=True)
def actor(desk: TheDesk, key: FromPath[str], page: FromQuery[int] = 1) -> Template | Redirect:
    """One actor: profile as a third party, channels, contacts, statements, people; a name leads to the key's address."""
    snapshot = desk.snapshot()
    own = key if key in snapshot.by_actor else analysing.actor_key(snapshot.ground, key)
    if own != key:
        return Redirect(f"/actors/{quote(own, safe='')}", status_code=303)
    entry = load_gazetteer().actor(own)
    return Template(
        "actor.html.j2",
        context={
            "key": own,
            "title": snapshot.wording.name(own),
            "entry": entry,
            "profile": analysing.find_profile(snapshot.ground, own),
            "name": snapshot.wording.name,
            "channels": snapshot.kept(("actor", own), lambda: analysing.find_channels(snapshot.ground, actor=own, limit=_SHOWN)),
            "events": page_of(snapshot.by_actor.get(own, ()), page),
            "line": snapshot.line,
            "said": _said(snapshot, own),
            "people": _people(snapshot, own),
            "ties": _ties(snapshot, own),
            "leverage": FORMULA,
        },
    )


def _said(snapshot: Snapshot, key: str) -> list[Line]:
    """The actor's most salient statements, newest first."""
    found = [
        claim
        for claim in snapshot.ground.claims_of.get(key, ())
        if isinstance(claim, Utterance) and any(each.key == key for each in claim.speaker_actors)
    ]
    found.sort(key=lambda claim: (-claim.salience, claim.id))
    lines = [snapshot.claim_line(claim) for claim in found[:_SHOWN]]
    return sorted(lines, key=lambda line: line.order.toordinal() if line.order else 0, reverse=True)


def _ties(snapshot: Snapshot, key: str) -> list[tuple[Tie, list[Line]]]:
    """Who leans on whom, with the sentences."""
    found = ties(snapshot.ground.leanings, actor=key)
    claims = {tie: [snapshot.others[one] for one in tie.claims] for tie in found}
    return [(tie, [snapshot.claim_line(one) for one in own if isinstance(one, Dependence)]) for tie, own in claims.items()]


def _people(snapshot: Snapshot, key: str) -> list[tuple[str, str, int]]:
    """Persons who acted for the actor, with their last office and the number of contacts."""
    found: dict[str, tuple[str, int]] = {}
    for event in snapshot.by_actor.get(key, ()):
        for each in event.participants:
            if each.actor.key == key and each.person:
                office, number = found.get(each.person, (each.office or "", 0))
                found[each.person] = (office or each.office or "", number + 1)
    rows = [(person, office, number) for person, (office, number) in found.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))[:_SHOWN]


@get("/persons/{name:str}", name="person", sync_to_thread=True)
def person(desk: TheDesk, name: FromPath[str], page: FromQuery[int] = 1) -> Template:
    """One person: dated posts that the gazetteer knows, and contacts."""
    snapshot = desk.snapshot()
    known = load_gazetteer().persons(name)
    joined = snapshot.people_called(name)
    others = {snapshot.event_of[join.claim] for one in joined for join in one.joins if join.claim in snapshot.event_of}
    own = [event.id for event in snapshot.by_person.get(name, ())]
    wanted = others.union(own)
    events = [event for one, event in snapshot.events.items() if one in wanted]
    if not events and not known and not joined:
        raise InputError(f"there is no {name!r} in the record")
    return Template(
        "person.html.j2",
        context={
            "title": name,
            "known": known[0] if len(known) == 1 else None,
            "joined": [(one, _names(one)) for one in joined],
            "events": page_of(events, page),
            "line": snapshot.line,
            "name": snapshot.wording.name,
        },
    )


class JoinedName(msgspec.Struct, frozen=True, kw_only=True):
    """One form of a person's name, why it was joined, and the claims that have it."""

    name: str
    score: float
    reason: str
    claims: tuple[ClaimId, ...]


def _names(person: KnownPerson) -> tuple[JoinedName, ...]:
    """The forms of a person's name, the surest first."""
    found: dict[tuple[str, float, str], list[ClaimId]] = {}
    for join in person.joins:
        found.setdefault((join.name, join.score, join.reason), []).append(join.claim)
    rows = (
        JoinedName(name=name, score=score, reason=reason, claims=tuple(dict.fromkeys(claims)))
        for (name, score, reason), claims in found.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.score, -len(row.claims), row.name)))


ROUTES = (actors, actor, person)
