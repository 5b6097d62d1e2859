"""Which names in a document are one person, and who that person is: fullest name, office, level and actor."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.vocab import ActorKind, Level
from dragoman.knowledge.gazetteer import Gazetteer, Tenure
from dragoman.knowledge.offices import OfficeLexicon
from dragoman.read.names import SUFFIXES, Name, fold
from dragoman.read.sureness import HELD, OPEN, OWN_SIDE, TOLD

ASSUMED = "post of the actor that the document speaks for"
"""The reason where a post without a country is taken for the document's own side."""
HOLDER = "holder of"
"""How the reason begins where the tables alone say whose a post is."""


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence of a name with what its phrase says: the office as worded and the actor that owns it.

    `own_side` says that the phrase names no country, as texts do for the posts of their own side.
    """

    name: Name
    office: str | None = None
    owner: Actor | None = None
    own_side: bool = False
    former: bool = False


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a document; `reason` says where the actor came from."""

    name: str
    keys: frozenset[tuple[str, ...]]
    actor: Actor | None = None
    office: str | None = None
    level: Level | None = None
    former: bool = False
    reason: str = ""
    score: float = OPEN


def name_key(name: Name) -> tuple[str, ...]:
    """Folded words of a name, without suffixes and hyphens."""
    return _key(name.words)


@lru_cache(maxsize=1 << 14)
def _key(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for word in words if (w := fold(word).strip(".-")) and w not in SUFFIXES and w != ",")


class Known:
    """Persons of the gazetteer as one document can mean them: in office on its day, of actors that it names (`present`)."""

    def __init__(self, gazetteer: Gazetteer, *, on: date | None, present: frozenset[str] = frozenset()) -> None:
        self._gazetteer = gazetteer
        self._on = on
        self._present = present

    def actor(self, tenure: Tenure) -> Actor | None:
        """The actor that a post belongs to."""
        entry = self._gazetteer.actor(tenure.code)
        return entry.actor if entry else None

    def ids(self, name: str) -> frozenset[str]:
        """Ids of all persons of that name."""
        return frozenset(person.id for person in self._gazetteer.persons(name))

    def tenure(
        self, name: str, *, level: Level | None = None, code: str | None = None, title: str | None = None
    ) -> Tenure | None:
        """The tenure of the person of that name that fits the day, the level and the actor, if one clearly does.

        With a `title`, a post must be called by it: "Crown Prince" is no other post of a minister's rank.
        """
        candidates = [
            (person, tenure)
            for person in self._gazetteer.persons(name, on=self._on, code=code)
            for tenure in reversed(person.tenures)
            if (self._on is None or tenure.covers(self._on))
            and (level is None or tenure.level == level)
            and (code is None or tenure.code == code)
            and (title is None or tenure.office.startswith(title))
        ]
        if not candidates:
            return None
        words = name.split()
        reigning = len(words) == 2 and words[0] in _REGNAL
        lone = len(words) == 1 or reigning or (title is not None and len(words) == 1 + len(title.split()))
        if reigning:
            candidates = [pair for pair in candidates if pair[1].level in _REIGN] or candidates
        if lone and self._on is None and level is None:
            return None
        if lone and len({person.id for person, _ in candidates}) > 1:
            candidates = [(person, tenure) for person, tenure in candidates if tenure.code in self._present]
            if len({person.id for person, _ in candidates}) != 1:
                return None  # "King Abdullah" is the Jordanian one where the document names Jordan, not Saudi Arabia
        return candidates[0][1]

    def has_post(self, actor: Actor, office: str, level: Level | None) -> bool:
        """Whether an actor can have such a post at its top: "President Ruiz" is not of a state that has no president."""
        called = _TOP_POSTS.intersection(office.casefold().split())
        if not called or level not in _TOP or not actor.code or self._on is None:
            return True
        tops = [t for top in _TOP for _, t in self._gazetteer.holders(actor.code, top, on=self._on)]
        return not tops or any(t.level is level and called & set(t.office.casefold().split()) for t in tops)

    def likely(self, tenure: Tenure, name: str) -> bool:
        """Whether a name without a post can mean the holder.

        Of a high post always, of an armed or political group where the name is a full one, of another where the document names
        the actor.
        """
        leads = tenure.level is Level.NONSTATE_LEADER and len(name.split()) > 1
        return tenure.level in _PROMINENT or leads or tenure.code in self._present


_REGNAL = frozenset({"King", "Queen", "Emir", "Amir", "Sultan", "Pope"})
"""Titles that make a first name a full one: "King Abdullah"."""
_TOP = (Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT)
_TOP_POSTS = frozenset({"president", "prime", "premier", "chancellor", "taoiseach"})
"""Words that tell apart what states call those at their top."""
_HEIR = "Crown Prince"
_REIGN = frozenset({Level.HEAD_OF_STATE, Level.ORGANISATION_HEAD})
_PROMINENT = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.MINISTER, Level.ORGANISATION_HEAD})


def group_people(
    sightings: Sequence[Sighting], known: Known, offices: OfficeLexicon, *, home: Actor | None
) -> tuple[Person, ...]:
    """Join sightings into persons, fullest names first; bare surnames go to the one full name that they fit."""
    groups: list[list[Sighting]] = []
    for sighting in sorted(sightings, key=lambda s: (-len(name_key(s.name)), s.name.start)):
        fitting = [
            g
            for g in groups
            if _same(name_key(g[0].name), name_key(sighting.name)) or _known_as_one(g[0].name, sighting.name, known)
        ]
        own = [g for g in fitting if not _second_surname(g[0].name, sighting.name)] or fitting
        (min(own, key=lambda g: (_other_post(g, sighting), _distance(g, sighting))) if own else _new(groups)).append(sighting)
    return tuple(_person(sorted(g, key=lambda s: s.name.start), known, offices, home=home) for g in groups)


def home_actor(sightings: Iterable[Sighting], states: Iterable[Actor], known: Known, offices: OfficeLexicon) -> Actor | None:
    """The actor that a document speaks for: whose office-holders it names without a country, which state it makes commit itself.

    `states` are actors that stand as subjects of "welcomes", "remains committed" and the like. None without a clear majority.
    """
    votes: Counter[Actor] = Counter()
    for sighting in sightings:
        if sighting.office and sighting.own_side and not sighting.former:
            bare = len(sighting.name.words) == 1  # "Assistant Secretary Robinson" is no former president of that name
            level = offices.level_of(sighting.office, None) if bare else None
            tenure = _held(known, " ".join(sighting.name.words), sighting.office, level=level)
            actor = sighting.owner or (known.actor(tenure) if tenure else None)
            if actor:
                votes[actor] += 2
    votes.update(states)
    best = votes.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _new(groups: list[list[Sighting]]) -> list[Sighting]:
    groups.append([])
    return groups[-1]


def _same(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether the shorter name can be the longer one: its words are in it, with the surname (alone, also the first word)."""
    if not full or not short:
        return False
    if len(short) == 1:
        return short[0] in (full[0], full[-1])
    if set(short) <= set(full):
        return True
    return (
        full[-1] == short[-1] and full[0][0] == short[0][0] and (len(full[0]) == 1 or len(short[0]) == 1 or full[0] == short[0])
    )


def _second_surname(full: Name, short: Name) -> bool:
    """Whether a lone name is only the second half of a double surname: "Lind" of "Ana Ruiz-Lind"."""
    return len(short.words) == 1 and len(full.words) > 2 and full.words[-2] in {"-", "‑"}


def _known_as_one(left: Name, right: Name, known: Known) -> bool:
    """Whether two full names are spellings of one known person: "Joe Biden", "Joseph R. Biden, Jr."."""
    if len(left.words) < 2 or len(right.words) < 2 or name_key(left)[-1:] != name_key(right)[-1:]:
        return False
    ours, theirs = (known.ids(" ".join(name.words)) for name in (left, right))
    return len(ours) == 1 and ours == theirs


def _other_post(group: Sequence[Sighting], sighting: Sighting) -> bool:
    """Whether a post is another than those of a group: "President Ruiz" is not "First Lady Ana Ruiz" named just before."""
    posts = [set(s.office.casefold().split()) for s in group if s.office]
    own = set((sighting.office or "").casefold().split())
    return bool(own) and not any(own & post for post in posts)


def _distance(group: Sequence[Sighting], sighting: Sighting) -> int:
    """Tokens since the group's nearest earlier sighting; later ones count as far."""
    gaps = [sighting.name.start - s.name.start for s in group]
    return min((g if g >= 0 else 100_000 - g for g in gaps), default=0)


def _person(group: Sequence[Sighting], known: Known, offices: OfficeLexicon, *, home: Actor | None) -> Person:
    fullest = max(group, key=lambda s: (len(name_key(s.name)), -s.name.start))
    titled = [s for s in group if s.office]
    former = bool(titled) and all(s.former for s in titled)
    office = max((s.office for s in titled if s.office), key=lambda o: len(o.split()), default=None)
    owner = next((s.owner for s in group if s.owner), None)
    name = _display(fullest.name)
    keys = frozenset(name_key(s.name) for s in group)
    if former:
        return Person(
            name=name,
            keys=keys,
            actor=Actor(name, None, ActorKind.PERSON),
            office=office,
            former=True,
            reason="former post",
            score=TOLD,
        )
    level = offices.level_of(office, owner.kind if owner else None) if office else None
    code = owner.code if owner else None
    tenure = _held(known, name, office, level=level, code=code)
    if tenure is None and office in _REGNAL and len(name.split()) == 1:
        tenure = known.tenure(f"{office} {name}", level=level, code=code)
    actor, reason, score = owner, "affiliation in the text", TOLD
    if actor is None and tenure and (office or known.likely(tenure, name)):
        actor, reason, score = known.actor(tenure), f"{HOLDER} {tenure.office}, {_period(tenure)}", HELD
    if actor is None and office and home and known.has_post(home, office, level):
        actor, reason, score = home, ASSUMED, OWN_SIDE
    if actor and office:
        level = offices.level_of(office, actor.kind) or level
    if level is None and tenure and actor and tenure.code == actor.code:
        level = tenure.level
    if actor is None:
        return Person(name=name, keys=keys, office=office, level=level)
    return Person(name=name, keys=keys, actor=actor, office=office, level=level, reason=reason, score=score)


def _held(known: Known, name: str, office: str | None, *, level: Level | None, code: str | None = None) -> Tenure | None:
    """The tenure of a person named with a post; an heir's first name is a full one, and no minister is an heir."""
    heir = _HEIR if office and office.endswith(_HEIR) else None
    title = f"{heir} " if heir and len(name.split()) == 1 else ""
    return known.tenure(title + name, level=level, code=code, title=heir)


def _period(tenure: Tenure) -> str:
    return f"{tenure.start or 'unknown'} to {tenure.end or 'open'}"


def _display(name: Name) -> str:
    """The name as written, with hyphens closed up."""
    words = " ".join(name.words)
    for hyphen in ("-", "‑", "–"):
        words = words.replace(f" {hyphen} ", hyphen)
    return words.replace(" ,", ",")
