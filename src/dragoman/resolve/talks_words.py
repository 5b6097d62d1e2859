"""Which talks a word on where talks stand is about."""

import re
from collections.abc import Sequence

from dragoman.core.claims import Agreement, Status
from dragoman.core.ids import DossierId
from dragoman.knowledge.tracks import TrackBook
from dragoman.resolve.basis import HELD, Basis
from dragoman.resolve.talks_group import Group
from dragoman.resolve.talks_status import BY_STATE, TalksWord

_TALKS = re.compile(
    r"\b(?:talks|negotiat\w+|mediat\w+|rounds?|process|dialogue|deals?|truce|cease-?\s?fire|agreement|impasse|deadlock|formula)\b",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(r"(?:they|he|she|the (?:two|pair|sides|ministers|leaders|presidents))\b", re.IGNORECASE)


def add_words(groups: list[Group], basis: Basis, tracks: TrackBook) -> None:
    """Give each word on where talks stand to the track it is about; words that fit none make a track of their own dossier."""
    sentences = _by_sentence(groups, basis)
    left: dict[DossierId, Group] = {}
    for claim in basis.record.others:
        if isinstance(claim, Agreement) and claim.state in BY_STATE and claim.factuality in HELD:
            fitting = [group for group in _candidates(claim, groups, basis) if group.agreed]
            if len(fitting) == 1:
                fitting[0].words.append((claim.id, claim))
            continue
        if not isinstance(claim, Status) or claim.factuality not in HELD:
            continue
        group = sentences.get((claim.document, claim.evidence[0].start)) or _for_word(claim, groups, basis, tracks)
        if group is None and claim.dossiers and _speaks_of_talks(basis.words(claim)) and not _about_several(claim, groups, basis):
            dossier = basis.dossier(claim.dossiers[0])
            if dossier is None or dossier.kind != "conflict":
                continue
            group = left.setdefault(dossier.id, Group(dossier.id))
        if group is not None:
            group.words.append((claim.id, claim))
    groups.extend(left.values())


def _by_sentence(groups: Sequence[Group], basis: Basis) -> dict[tuple[str, int], Group]:
    return {
        (claim.document, claim.evidence[0].start): group
        for group in groups
        for event in group.events
        for _, claim in basis.engagements(event)
    }


def _for_word(claim: Status, groups: Sequence[Group], basis: Basis, tracks: TrackBook) -> Group | None:
    """The track that a word on talks names, else the only one on its dossier that is near in time and has its actors."""
    named = tracks.named_in(basis.words(claim), claim.dossiers, basis.published(claim))
    if named is not None:
        found = next((group for group in groups if group.track is named[0]), None)
        if found is not None:
            return found
    fitting = _candidates(claim, groups, basis)
    return fitting[0] if len(fitting) == 1 else None


def _about_several(claim: Status, groups: Sequence[Group], basis: Basis) -> bool:
    return len(_candidates(claim, groups, basis)) > 1


def _speaks_of_talks(words: str) -> bool:
    """Whether a sentence speaks of talks or a deal by itself, rather than of the contact that its document tells of ("they made
    progress").
    """
    return _TALKS.search(words) is not None and _TAKEN_UP.match(words.lstrip("“\"'")) is None


def _candidates(claim: TalksWord, groups: Sequence[Group], basis: Basis) -> list[Group]:
    """Tracks on the claim's dossier that it may be about: those told of in its document, else those near in time.

    A town in the sentence decides; a track of other sides than those that the sentence names is none.
    """
    day = basis.published(claim)
    own = [group for group in groups if group.dossier in claim.dossiers]
    near = [group for group in own if claim.document in group.documents]
    words = basis.words(claim)
    if not near and _speaks_of_talks(words):
        near = [group for group in own if group.near(day)]
    placed = [group for group in near if any(e.place and e.place.name and e.place.name in words for e in group.events)]
    if len(placed) == 1:
        return placed
    return [group for group in near if _of_its_sides(claim, group, basis)]


def _of_its_sides(claim: TalksWord, group: Group, basis: Basis) -> bool:
    dossier = basis.dossier(group.dossier)
    actors = claim.actors if isinstance(claim, Status) else claim.by
    named = {actor.key for actor in actors if dossier and actor.code in dossier.parties}
    return not named or not named.isdisjoint(one.actor.key for event in group.events for one in event.participants)
