"""Which talks a word on where talks stand is about."""

import re
from collections.abc import Callable, Sequence

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
    known = _Tracks(groups, basis, tracks)
    left: dict[DossierId, Group] = {}
    for claim in basis.record.others:
        if isinstance(claim, Agreement) and claim.state in BY_STATE and claim.factuality in HELD:
            fitting = [group for group in known.candidates(claim) if group.agreed]
            if len(fitting) == 1:
                fitting[0].words.append((claim.id, claim))
            continue
        if not isinstance(claim, Status) or claim.factuality not in HELD:
            continue
        group = sentences.get((claim.document, claim.evidence[0].start)) or known.meant(claim)
        if group is None and claim.dossiers and _speaks_of_talks(basis.words(claim)) and not known.are_several(claim):
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


class _Tracks:
    """Finds tracks that words may be about; what is compared with is looked up once, for no event joins a track any more."""

    def __init__(self, groups: Sequence[Group], basis: Basis, tracks: TrackBook) -> None:
        self._basis = basis
        self._tracks = tracks
        self._by_dossier: dict[DossierId | None, list[Group]] = {}
        self._by_track: dict[str, Group] = {}
        for group in groups:
            self._by_dossier.setdefault(group.dossier, []).append(group)
            if group.track is not None:
                self._by_track.setdefault(group.track.id, group)
        self._towns = _Lazily(lambda group: frozenset(e.place.name for e in group.events if e.place and e.place.name))
        self._present = _Lazily(lambda group: frozenset(one.actor.key for event in group.events for one in event.participants))

    def meant(self, claim: Status) -> Group | None:
        """The track that a word on talks names, else the only one on its dossier that is near in time and has its actors."""
        named = self._tracks.named_in(self._basis.words(claim), claim.dossiers, self._basis.published(claim))
        if named is not None and named[0].id in self._by_track:
            return self._by_track[named[0].id]
        fitting = self.candidates(claim)
        return fitting[0] if len(fitting) == 1 else None

    def are_several(self, claim: Status) -> bool:
        """Whether a word may be about more than one track."""
        return len(self.candidates(claim)) > 1

    def candidates(self, claim: TalksWord) -> list[Group]:
        """Tracks on the claim's dossier that it may be about: those told of in its document, else those near in time.

        A town in the sentence decides; a track of other sides than those that the sentence names is none.
        """
        day = self._basis.published(claim)
        own = [group for dossier in dict.fromkeys(claim.dossiers) for group in self._by_dossier.get(dossier, ())]
        near = [group for group in own if claim.document in group.documents]
        words = self._basis.words(claim)
        if not near and _speaks_of_talks(words):
            near = [group for group in own if group.near(day)]
        placed = [group for group in near if any(town in words for town in self._towns.of(group))]
        if len(placed) == 1:
            return placed
        return [group for group in near if self._of_its_sides(claim, group)]

    def _of_its_sides(self, claim: TalksWord, group: Group) -> bool:
        dossier = self._basis.dossier(group.dossier)
        actors = claim.actors if isinstance(claim, Status) else claim.by
        named = {actor.key for actor in actors if dossier and actor.code in dossier.parties}
        return not named or not named.isdisjoint(self._present.of(group))


class _Lazily:
    """What is known of each track, looked up once."""

    def __init__(self, look: Callable[[Group], frozenset[str]]) -> None:
        self._look = look
        self._known: dict[int, frozenset[str]] = {}

    def of(self, group: Group) -> frozenset[str]:
        """What is known of one track."""
        if id(group) not in self._known:
            self._known[id(group)] = self._look(group)
        return self._known[id(group)]


def _speaks_of_talks(words: str) -> bool:
    """Whether a sentence speaks of talks or a deal by itself, rather than of the contact that its document tells of ("they made
    progress").
    """
    return _TALKS.search(words) is not None and _TAKEN_UP.match(words.lstrip("“\"'")) is None
