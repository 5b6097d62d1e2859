"""Which dossiers an engagement or a statement dealt with: by phrases, by who took part, and by the document around."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.ids import DossierId
from dragoman.core.vocab import Issue
from dragoman.knowledge.dossiers import CAPITAL, KEYWORD, NAME, Dossier, DossierBook, is_state, shipped_dossiers
from dragoman.knowledge.issues import STRONG, score_issues
from dragoman.knowledge.phrases import Hit

_CONFLICT_ISSUES = frozenset(
    {Issue.CEASEFIRE, Issue.POLITICAL_SETTLEMENT, Issue.HOSTAGES_PRISONERS, Issue.HUMANITARIAN_AID, Issue.BORDER_TERRITORY}
)

PHRASE = 1.0
"""A phrase that only this conflict has ("the Lachin corridor"), or the theatre's name where it is what is talked about."""
ACTING_NAME = 0.2
"""The theatre's name where it may stand for a participant or a venue alone."""
PEOPLE_NAME = 0.5
"""A people by name, which may be far from its theatre: "gave shelter to Afghans"."""
BOTH_SIDES = 0.7
"""Two sides of the conflict take part."""
ONE_SIDE = 0.55
"""One side takes part, its theatre is named, and an issue of conflicts is at stake."""
CONTEXT = 0.4
"""What a phrase elsewhere in the document weighs, asked where the engagement's own sentences name no conflict."""
FEW = 5
"""Actors up to which the parties' presence tells what a contact is about."""
ENOUGH = 0.6
"""Score from which a dossier is assigned."""
SHARE = 0.6
"""Share of the best dossier's score that another needs where only the context speaks."""
LEADING = 2.0
"""Score of a document's phrases from which one dossier leads it."""

_BOTH_SIDES_WHY = "both sides take part"
_VENUE = re.compile(r"\b(?:in|at|near|to|from|outside|via|visit\w*|toured?|left|reached)\s+$", re.IGNORECASE)


class DossierScore(msgspec.Struct, frozen=True):
    """How strongly a text is about a dossier, and by which words or parties."""

    dossier: DossierId
    score: float
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return f"{self.dossier}: {', '.join(self.reasons)}"


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
    tally = _Tally(dossiers or shipped_dossiers(), frozenset(actors), on)
    issues = {score.issue: score.score for score in score_issues(text_of_claim)}
    relations = issues.get(Issue.BILATERAL_RELATIONS, 0) >= STRONG
    tally.add_phrases(text_of_claim, 1.0)
    tally.add_both_sides(context)
    found = tally.enough()
    if not found and _of_conflict(issues):
        tally.add_one_side()
        found = tally.enough()
    if not found and context:
        tally.add_phrases(context, CONTEXT, only=tally.concerned())
        if _of_conflict({score.issue: score.score for score in score_issues(context)}):
            tally.add_one_side()
        found = tally.enough(share=SHARE)
    return found + tally.relations(named=relations, found=found)


def dossiers_of_statement(
    words: str,
    actors: Collection[str],
    leading: Callable[[], tuple[DossierScore, ...]] = tuple,
    dossiers: DossierBook | None = None,
) -> tuple[DossierScore, ...]:
    """Say which dossiers a statement, an offer, an act of violence or a word on talks belongs to, strongest first, with reasons.

    `words` is its sentence, `actors` the codes of those it is by and about. Phrases of the sentence decide, then the presence of
    two sides, then of one side with an issue of conflicts. Where all this names none, what is `leading` the document holds, if
    the sentence names nobody or somebody who is a party or a usual third party in it.
    """
    tally = _Tally(dossiers or shipped_dossiers(), frozenset(actors), None)
    tally.add_phrases(words, 1.0)
    tally.add_both_sides(words)
    found = tally.enough()
    if not found and _of_conflict({score.issue: score.score for score in score_issues(words)}):
        tally.add_one_side()
        found = tally.enough()
    if found:
        return found
    concerned = tally.concerned()
    return tuple(score for score in leading() if not actors or score.dossier in concerned)


def leading_dossier(text: str, dossiers: DossierBook | None = None) -> tuple[DossierScore, ...]:
    """The one dossier that a document is about: at least two of its phrases, and twice as many as of any other; else none."""
    tally = _Tally(dossiers or shipped_dossiers(), frozenset(), None)
    tally.add_phrases(text, 1.0)
    ranked = sorted(tally.scores.items(), key=lambda entry: (-entry[1], entry[0]))
    if not ranked or ranked[0][1] < LEADING:
        return ()
    (first, score), *others = ranked
    if others and score < 2 * others[0][1]:
        return ()
    return (DossierScore(first, round(score, 2), (f"the document as a whole: {', '.join(tally.reasons[first][:3])}",)),)


def _of_conflict(issues: dict[Issue, float]) -> bool:
    return any(issues.get(issue, 0) >= STRONG for issue in _CONFLICT_ISSUES)


@cache
def _acting() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands after, and before, a country's name that takes part: "Ukraine's president", "the foreign ministers of"."""
    raw = resources.files("dragoman.knowledge").joinpath("lexicons/topics.toml").read_text(encoding="utf-8")
    words = tomllib.loads(raw)["participant"]
    titles, verbs = "|".join(words["titles"]), "|".join(words["verbs"])
    after = re.compile(rf"(?:['’]s?)?\s+(?:(?:\w+\s+)?(?:{titles})|(?:(?:has|had|have|also)\s+)*(?:{verbs}))\b", re.IGNORECASE)
    before = re.compile(rf"\b(?:{titles})\s+of\s+(?:[\w’']+,?\s+){{0,4}}$", re.IGNORECASE)
    return after, before


def _is_people(words: str, dossier: Dossier) -> bool:
    """Whether a name of the theatre is there in the plural, so that it names people: "Afghans"."""
    name = words.casefold()
    return name.endswith("s") and name not in dossier.names and name[:-1] in dossier.names


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
        """Count each distinct keyword, and the weightiest name of each theatre; of some dossiers only where told so."""
        names: dict[DossierId, tuple[float, str]] = {}
        for hit in self.book.scan(text):
            dossier = self.book.dossiers[DossierId(hit.label)]
            if only is not None and dossier.id not in only:
                continue
            why = f"“{' '.join(text[hit.start : hit.end].split())}”"
            if hit.weight == KEYWORD:
                self._add(dossier.id, PHRASE * factor, why)
            else:
                weight = self._name_weight(dossier, hit, text)
                names[dossier.id] = max(names.get(dossier.id, (0.0, "")), (weight, why), key=lambda found: found[0])
        for id_, (weight, why) in names.items():
            self._add(id_, weight * factor, why)

    def _name_weight(self, dossier: Dossier, hit: Hit, text: str) -> float:
        after, before = _acting()
        acting = (
            self.actors.intersection(dossier.countries)
            or (hit.weight == CAPITAL and _VENUE.search(text[: hit.start]))
            or after.match(text[hit.end :])
            or before.search(text[max(0, hit.start - 60) : hit.start])
        )
        if acting:
            return ACTING_NAME
        return PEOPLE_NAME if hit.weight == NAME and _is_people(text[hit.start : hit.end], dossier) else PHRASE

    def add_both_sides(self, context: str) -> None:
        """Count two sides that take part; of several conflicts between the same sides, those that the text or context names."""
        both = [d for d in self._by_actors() if sum(1 for side in d.sides if self.actors.intersection(side)) >= 2]
        if len(both) > 1:
            around = {hit.label for hit in self.book.scan(context) if hit.weight == KEYWORD}
            named = [d for d in both if self.scores.get(d.id, 0) >= ENOUGH] or [d for d in both if d.id in around]
            both = named or both
        for dossier in both:
            self._add(dossier.id, BOTH_SIDES, _BOTH_SIDES_WHY)

    def add_one_side(self) -> None:
        """Count a state of the theatre that is a party, takes part, and whose conflict is hinted at."""
        for dossier in self._by_actors():
            present = self.actors.intersection(dossier.parties) & self.actors.intersection(dossier.countries)
            if present and dossier.id in self.scores:
                self._add(dossier.id, ONE_SIDE, "a party takes part")

    def _by_actors(self) -> Iterable[Dossier]:
        """Dossiers that can be told by who takes part; none in a large gathering."""
        if len(self.actors) > FEW:
            return ()
        running = (one for one in self.book.dossiers.values() if one.by_actors and one.covers(self.on))
        return (dossier.at(self.on) for dossier in running)

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
        between_sides = any(_BOTH_SIDES_WHY in score.reasons for score in found)
        if states < 2 or (found and (not named or between_sides)):
            return ()
        why = "speaks of relations" if named else "states meet and no conflict is named"
        dossiers = (dossier.id for dossier in self.book.dossiers.values() if dossier.kind == "relations")
        return tuple(DossierScore(id_, 0.5, (why,)) for id_ in dossiers)

    def enough(self, share: float = 0.0) -> tuple[DossierScore, ...]:
        """Dossiers with enough score and that share of the best one's, strongest first."""
        bar = max(ENOUGH, share * max(self.scores.values(), default=0.0))
        enough = ((id_, score) for id_, score in self.scores.items() if score >= bar)
        scores = (DossierScore(id_, round(score, 2), tuple(self.reasons[id_])) for id_, score in enough)
        return tuple(sorted(scores, key=lambda s: (-s.score, s.dossier)))
