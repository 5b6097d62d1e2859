"""Dossiers: conflicts and files with their parties, and which of them a text is about."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec
import pycountry

from dragoman.core.errors import ConfigError
from dragoman.core.ids import DossierId
from dragoman.core.vocab import Issue, Standing
from dragoman.knowledge.issues import STRONG, score_issues
from dragoman.knowledge.phrases import Hit, PhraseLexicon, phrase_pattern

_MORE_STATES = frozenset({"XKX", "PSE", "YUG", "SUN"})
_CONFLICT_ISSUES = frozenset(
    {Issue.CEASEFIRE, Issue.POLITICAL_SETTLEMENT, Issue.HOSTAGES_PRISONERS, Issue.HUMANITARIAN_AID, Issue.BORDER_TERRITORY}
)
_TROUBLE = (
    "conflict|crisis|war|situation|violence|fighting|peace|ceasefire|election|unrest|escalation|hostilities|attack in|on|over|for"
)
_TROUBLE_AFTER = "conflict|crisis|war|file|issue|question|peace|ceasefire|talks|process|front|settlement|situation"

KEYWORD = 1.0
"""A phrase that only this conflict has ("the Lachin corridor")."""
NAME = 1.0
"""The theatre's name, where its state does not take part."""
OWN_NAME = 0.2
"""The theatre's name, where its state takes part: the name may stand for the participant alone."""
BOTH_SIDES = 0.7
"""Two sides of the conflict take part."""
ONE_SIDE = 0.45
"""One side takes part and the text names an issue of conflicts."""
CONTEXT = 0.4
"""A phrase elsewhere in the document, asked where the engagement's own sentences name no conflict."""
FEW = 5
"""Actors up to which the parties' presence tells what a contact is about."""
ENOUGH = 0.6
"""Score from which a dossier is assigned."""
SHARE = 0.6
"""Share of the best dossier's score that another needs where only the context speaks."""


class Dossier(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A conflict or file; codes as in `Actor.code`, phrases in the notation of `dragoman.knowledge.phrases`.

    `sides` are the parties, those of one camp together. `keywords` and `areas` are said of this conflict alone; `names` (of the
    theatre) are also said of its state as such, and so are `capitals`, unless as a mere venue ("met in Caracas"); `hide` are
    longer phrases that mean something else. `start` and `end` are ISO 8601 prefixes, None where open. `kind` tells conflicts from
    the relations of states and from the rest. `by_actors` is false where the presence of the parties says nothing.
    """

    id: DossierId
    name: str
    kind: Literal["conflict", "relations", "rest"] = "conflict"
    sides: tuple[tuple[str, ...], ...] = ()
    third_parties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    by_actors: bool = True

    @property
    def parties(self) -> tuple[str, ...]:
        """Codes of all parties."""
        return tuple(code for side in self.sides for code in side)

    def covers(self, day: date | None) -> bool:
        """Whether the conflict may have run on that day; true for an unknown day."""
        if day is None:
            return True
        iso = day.isoformat()
        return (self.start is None or self.start <= iso[: len(self.start)]) and (
            self.end is None or self.end >= iso[: len(self.end)]
        )


class DossierScore(msgspec.Struct, frozen=True):
    """How strongly a text is about a dossier, and by which words or parties."""

    dossier: DossierId
    score: float
    reasons: tuple[str, ...]


class DossierBook:
    """All dossiers at hand with their phrases; read-only once built."""

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        """Later dossiers replace earlier ones of the same id."""
        self.dossiers: Mapping[DossierId, Dossier] = {dossier.id: dossier for dossier in dossiers}
        self._lexicon = PhraseLexicon(phrase for dossier in self.dossiers.values() for phrase in _phrases(dossier))

    def scan(self, text: str) -> tuple[Hit, ...]:
        """Find the phrases of all dossiers; a hit's weight tells keyword from name."""
        return self._lexicon.scan(text)

    def get(self, dossier: str) -> Dossier | None:
        """The dossier with an id."""
        return self.dossiers.get(DossierId(dossier))


_NAME_WEIGHT, _CAPITAL_WEIGHT = 0.5, 0.25
_VENUE = re.compile(r"\b(?:in|at|near|to|from|outside|via|visit\w*|toured?|left|reached)\s+$", re.IGNORECASE)
BOTH_SIDES_WHY = "both sides take part"


def _phrases(dossier: Dossier) -> Iterable[tuple[str, str, float]]:
    for phrase in (*dossier.keywords, *dossier.areas):
        yield dossier.id, phrase, KEYWORD
    for name in (*dossier.names, *dossier.capitals):
        yield dossier.id, name, _NAME_WEIGHT if name in dossier.names else _CAPITAL_WEIGHT
        yield dossier.id, f"{_TROUBLE} {name}", KEYWORD
        yield dossier.id, f"{name} {_TROUBLE_AFTER}", KEYWORD
    for phrase in dossier.hide:
        yield dossier.id, phrase, 0.0


def _read_file(raw: str, where: str) -> list[Dossier]:
    try:
        table = tomllib.loads(raw)
        dossiers = [msgspec.convert({"id": id_, **fields}, Dossier) for id_, fields in table.items()]
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, TypeError) as error:
        raise ConfigError(f"dossier file {where} cannot be read: {error}; see the shipped dossiers for the shape") from error
    for dossier in dossiers:
        for phrase in (*dossier.keywords, *dossier.areas, *dossier.names, *dossier.capitals, *dossier.hide):
            _check_phrase(phrase, dossier.id, where)
    return dossiers


def _check_phrase(phrase: str, dossier: DossierId, where: str) -> None:
    try:
        phrase_pattern(phrase)
    except ConfigError as error:
        raise ConfigError(f"dossier file {where}, [{dossier}]: {error}") from error


@cache
def shipped_dossiers() -> DossierBook:
    """The dossiers that come with Dragoman."""
    folder = resources.files("dragoman.knowledge").joinpath("facts/dossiers")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return DossierBook(dossier for file in files for dossier in _read_file(file.read_text(encoding="utf-8"), file.name))


def load_dossiers(extra: Sequence[Path] = ()) -> DossierBook:
    """The shipped dossiers and the user's own TOML files, which may replace shipped ones; ConfigError on a bad file."""
    if not extra:
        return shipped_dossiers()
    own: list[Dossier] = []
    for path in extra:
        try:
            raw = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"dossier file {path} cannot be opened: {error}") from error
        own.extend(_read_file(raw, str(path)))
    return DossierBook([*shipped_dossiers().dossiers.values(), *own])


def standing(dossier: Dossier, code: str | None) -> Standing | None:
    """An actor's standing: party, or third party if it is a state or body outside; None where the dossier has no parties."""
    if code is None or not dossier.sides:
        return None
    if code in dossier.parties:
        return Standing.LOCAL_PARTY
    return Standing.THIRD_PARTY if code in dossier.third_parties or is_state(code) else None


def is_state(code: str) -> bool:
    """Whether a code is a state's."""
    return code in _MORE_STATES or (len(code) == 3 and pycountry.countries.get(alpha_3=code) is not None)


def assign_dossiers(
    text_of_claim: str,
    actors: Collection[str],
    context: str = "",
    dossiers: DossierBook | None = None,
    *,
    on: date | None = None,
) -> tuple[DossierScore, ...]:
    """Say which dossiers an engagement dealt with, strongest first, with reasons.

    `text_of_claim` are the engagement's own sentences, `actors` the codes of who took part, `context` the rest of the
    document. Phrases of the text weigh most, then both sides' presence, then one side's; where all this names no conflict, the
    context is asked, for dossiers in which somebody present has a part. `bilateral` is added where the text speaks of the
    relations of two states as such, or where nothing names a conflict.
    """
    book = dossiers or shipped_dossiers()
    tally = _Tally(book, frozenset(actors), on)
    tally.add_phrases(text_of_claim, 1.0)
    tally.add_both_sides()
    issues = {score.issue: score.score for score in score_issues(text_of_claim)}
    relations = issues.get(Issue.BILATERAL_RELATIONS, 0) >= STRONG
    found = tally.enough()
    if not found and any(issues.get(issue, 0) >= STRONG for issue in _CONFLICT_ISSUES):
        tally.add_one_side()
        found = tally.enough()
    if not found and not relations:
        tally.add_phrases(context, CONTEXT, only=tally.concerned())
        found = tally.enough(share=SHARE)
    return found + tally.relations(named=relations, found=found)


class _Tally:
    """Scores and reasons by dossier while one engagement is weighed."""

    def __init__(self, book: DossierBook, actors: frozenset[str], on: date | None) -> None:
        self.book = book
        self.actors = actors
        self.on = on
        self.scores: dict[DossierId, float] = {}
        self.reasons: dict[DossierId, list[str]] = {}

    def _add(self, dossier: DossierId, score: float, why: str) -> None:
        if why not in self.reasons.setdefault(dossier, []):
            self.scores[dossier] = self.scores.get(dossier, 0.0) + score
            self.reasons[dossier].append(why)

    def add_phrases(self, text: str, factor: float, *, only: Collection[DossierId] | None = None) -> None:
        """Count each distinct keyword, and one name of each theatre; of some dossiers only where told so."""
        named: set[str] = set()
        for hit in self.book.scan(text):
            dossier = self.book.dossiers[DossierId(hit.label)]
            if only is not None and dossier.id not in only:
                continue
            weight = KEYWORD
            if hit.weight < KEYWORD:
                weight = 0.0 if dossier.id in named else self._name_weight(dossier, hit, text)
                named.add(dossier.id)
            self._add(dossier.id, weight * factor, f"“{' '.join(text[hit.start : hit.end].split())}”")

    def _name_weight(self, dossier: Dossier, hit: Hit, text: str) -> float:
        venue = hit.weight == _CAPITAL_WEIGHT and _VENUE.search(text[: hit.start])
        return OWN_NAME if venue or self.actors.intersection(dossier.countries) else NAME

    def concerned(self) -> frozenset[DossierId]:
        """Dossiers in which somebody present is known to have a part."""
        return frozenset(
            dossier.id
            for dossier in self.book.dossiers.values()
            if self.actors.intersection((*dossier.parties, *dossier.third_parties, *dossier.countries))
        )

    def relations(self, *, named: bool, found: Collection[DossierScore]) -> tuple[DossierScore, ...]:
        """The dossier of relations as such: where the text speaks of them, or states meet and no conflict is named."""
        states = sum(1 for code in self.actors if is_state(code))
        between_sides = any(BOTH_SIDES_WHY in score.reasons for score in found)
        if states < 2 or (found and (not named or between_sides)):
            return ()
        why = "speaks of relations" if named else "states meet and no conflict is named"
        dossiers = (dossier.id for dossier in self.book.dossiers.values() if dossier.kind == "relations")
        return tuple(DossierScore(id_, 0.5, (why,)) for id_ in dossiers)

    def add_both_sides(self) -> None:
        """Count two sides that take part; in a large gathering their presence says nothing."""
        for dossier in self._by_actors():
            if sum(1 for side in dossier.sides if self.actors.intersection(side)) >= 2:
                self._add(dossier.id, BOTH_SIDES, BOTH_SIDES_WHY)

    def add_one_side(self) -> None:
        """Count a state of the theatre that is a party and takes part."""
        for dossier in self._by_actors():
            if self.actors.intersection(dossier.parties) & self.actors.intersection(dossier.countries):
                self._add(dossier.id, ONE_SIDE, "a party takes part")

    def _by_actors(self) -> Iterable[Dossier]:
        if len(self.actors) > FEW:
            return ()
        return (dossier for dossier in self.book.dossiers.values() if dossier.by_actors and dossier.covers(self.on))

    def enough(self, share: float = 0.0) -> tuple[DossierScore, ...]:
        """Dossiers with enough score and that share of the best one's, strongest first."""
        bar = max(ENOUGH, share * max(self.scores.values(), default=0.0))
        scores = (
            DossierScore(id_, round(score, 2), tuple(self.reasons[id_])) for id_, score in self.scores.items() if score >= bar
        )
        return tuple(sorted(scores, key=lambda s: (-s.score, s.dossier)))
