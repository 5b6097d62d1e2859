"""One event out of the claims that tell of it: the best supported value of each field, and what the reports differ on."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from dragoman.core.actors import Place
from dragoman.core.claims import Engagement, Participant, Voice
from dragoman.core.folding import fold_name
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.records import Difference, Event, Stage, Stated
from dragoman.core.time import When
from dragoman.core.vocab import Factuality, Outcome, PlaceKind, Role, VoiceKind
from dragoman.resolve.clusters import Cluster
from dragoman.resolve.persons import same_person
from dragoman.resolve.profiles import Profile

V = TypeVar("V", bound=Hashable)

_LAST_WORD = (
    (Factuality.OCCURRED,),
    (Factuality.ASSESSED,),
    (Factuality.ALLEGED,),
    (Factuality.DENIED,),
    (Factuality.PLANNED, Factuality.CANCELLED),
    (Factuality.CALLED_FOR, Factuality.CONDITIONAL),
)
"""What is reported to have happened outweighs what was said before; within a group the latest report holds."""


_COPIED = 9
"""Spaces in a sentence that two writers do not write alike by chance."""


def order(profiles: Iterable[Profile]) -> list[Profile]:
    """By publication date, undated last, then by document and place in it: whatever the order of arrival."""
    return sorted(profiles, key=_place_in_order)


def _place_in_order(one: Profile) -> tuple[bool, int, DocumentId, int, ClaimId]:
    return (one.published is None, one.published_day or 0, one.document, one.claim.evidence[0].start, one.id)


def assemble(cluster: Cluster, accepted: frozenset[ClaimId]) -> Event:
    """Make the event that a cluster of claims tells of."""
    reports = order(cluster.members)
    factuality = _factuality(reports)
    dossiers = _all(reports, lambda one: one.dossiers)
    outcomes = [one for one in reports if one.claim.outcome is not Outcome.NONE_REPORTED]
    return Event(
        claims=tuple(one.id for one in reports),
        documents=tuple(dict.fromkeys(one.document for one in reports)),
        type=_best(reports, lambda one: one.type) or reports[0].claim.type,
        factuality=factuality,
        participants=_participants(reports),
        channel=_best(reports, lambda one: one.channel),
        place=_place(reports),
        when=_when(reports),
        dossiers=dossiers,
        filed_under=tuple(Stated(file, tuple(one.id for one in reports if file in one.claim.dossiers)) for file in dossiers),
        issues=_all(reports, lambda one: one.issues),
        outcome=_best(outcomes[::-1], lambda one: one.outcome) or Outcome.NONE_REPORTED,
        independent=_independent(reports),
        merges=tuple(sorted(cluster.merges, key=lambda merge: (-merge.score, merge.left, merge.right))),
        voices=_voices(reports),
        history=_history(reports),
        differences=_differences(reports),
        judgements=tuple(sorted(set(cluster.judgements))),
        accepted=any(one.id in accepted for one in reports),
    )


def _independent(reports: Iterable[Profile]) -> int:
    """How many documents are no copies of one another: no reprints, and not the same sentence word for word."""
    groups: dict[DocumentId, DocumentId] = {}
    sentences: dict[str, DocumentId] = {}

    def root(group: DocumentId) -> DocumentId:
        while groups.setdefault(group, group) != group:
            group = groups[group]
        return group

    for one in reports:
        told = root(one.group)
        if one.words.count(" ") >= _COPIED:
            groups[told] = root(sentences.setdefault(one.words, told))
    return len({root(group) for group in groups})


def _support(reports: Iterable[Profile], value: Callable[[Engagement], V | None]) -> dict[V, int]:
    """How many independent documents state each value; in the order of first statement."""
    return _count((stated, one.group) for one in reports if (stated := value(one.claim)) is not None)


def _count(said: Iterable[tuple[V, DocumentId]]) -> dict[V, int]:
    """How many documents say each value, in the order of first saying; most events have one report, where a loop is fastest."""
    counts: dict[V, int] = {}
    for stated, _ in dict.fromkeys(said):
        counts[stated] = counts.get(stated, 0) + 1
    return counts


def _first_of_most(counts: Mapping[V, int]) -> V | None:
    """The value with the highest count; of equals the first."""
    return max(counts, key=counts.__getitem__, default=None)


def _ranked(counts: Mapping[V, int]) -> list[V]:
    """Values, the highest count first; equals in their order."""
    return sorted(counts, key=lambda value: -counts[value])


def _best(reports: Sequence[Profile], value: Callable[[Engagement], V | None]) -> V | None:
    """The value that most independent documents state; of equals the first."""
    return _first_of_most(_support(reports, value)) if len(reports) != 1 else value(reports[0].claim)


def _all(reports: Sequence[Profile], values: Callable[[Engagement], tuple[V, ...]]) -> tuple[V, ...]:
    """All values, the best supported first; of equals the first stated."""
    return tuple(_ranked(_count((value, one.group) for one in reports for value in values(one.claim))))


def _factuality(reports: Sequence[Profile]) -> Factuality:
    stated = [one.claim.factuality for one in reports if one.published is None]
    stated += [one.claim.factuality for one in reports if one.published is not None]
    for group in _LAST_WORD:
        said = [one for one in stated if one in group]
        if said:
            return said[-1]
    return stated[-1]


def _participants(reports: Sequence[Profile]) -> tuple[Participant, ...]:
    """Everybody named, each once, the most central first; a bare actor gives way to the persons who act for it."""
    acting: dict[str, list[list[tuple[int, Profile, Participant]]]] = {}
    for one in sorted(reports, key=lambda one: -sum(1 for p in one.claim.participants if p.person)):
        for rank, participant in enumerate(one.claim.participants):
            entry = (rank, one, participant)
            people_of = acting.setdefault(participant.actor.key, [])
            known = next((found for found in people_of if _same(found[0][2], participant)), None)
            if known is None:
                people_of.append([entry])
            else:
                known.append(entry)
    people = [found for people_of in acting.values() for found in people_of]
    people.sort(
        key=lambda found: (sum(rank for rank, _, _ in found) / len(found), found[0][2].actor.key, found[0][2].person or "")
    )
    return tuple(_participant(found) for found in people)


def _same(known: Participant, participant: Participant) -> bool:
    """Whether a participant is one already found for the same actor: the same person, or an office that fits."""
    if participant.person is None:
        return participant.level is None or known.level is None or participant.level == known.level
    if known.person is None:
        return False
    return same_person(fold_name(known.person), fold_name(participant.person))


def _participant(found: Sequence[tuple[int, Profile, Participant]]) -> Participant:
    """One participant as most reports have it; a stated role outweighs none."""
    if len(found) == 1:
        return _without_span(found[0][2])
    entries = sorted(((one, participant) for _, one, participant in found), key=lambda entry: _place_in_order(entry[0]))

    def best(value: Callable[[Participant], V | None]) -> V | None:
        said = ((value(participant), one.group) for one, participant in entries)
        return _first_of_most(_count((stated, group) for stated, group in said if stated is not None))

    names = [participant.person for _, participant in entries if participant.person]
    role = best(lambda one: one.role if one.role is not Role.COUNTERPART else None) or Role.COUNTERPART
    return Participant(
        actor=entries[0][1].actor,
        person=max(names, key=len) if names else None,
        office=best(lambda one: one.office),
        level=best(lambda one: one.level),
        role=role,
        role_reason=best(lambda one: one.role_reason if one.role is role else None),
        guarantee=best(lambda one: one.guarantee),
        standing=best(lambda one: one.standing),
    )


def _without_span(one: Participant) -> Participant:
    """A span is one document's."""
    return one if one.span is None else replace(one, span=None)


def _place(reports: Sequence[Profile]) -> Place | None:
    """The best supported named place, else the best supported country; without the span, which is one document's."""
    named = _best(reports, lambda one: _bare(one.place) if one.place and one.place.name else None)
    return named or _best(reports, lambda one: _bare(one.place) if one.place and one.place.country else None)


def _bare(place: Place) -> Place:
    return replace(place, span=None, reason=None)


def _when(reports: Sequence[Profile]) -> When | None:
    """The narrowest date; of equally narrow ones the best supported, then the first reported."""
    dated = [one for one in reports if one.claim.when and one.claim.when.resolved]
    if not dated:
        return None
    if len(dated) == 1:
        return _own_when(dated[0])
    counts = _support(dated, lambda one: _days(one.when))
    best = min(dated, key=lambda one: (_width(one), -counts[_days(one.claim.when)]))
    return _own_when(best)


def _own_when(one: Profile) -> When | None:
    """The time that one report gives, without the span, which is its document's."""
    when = one.claim.when
    return when if when is None or when.span is None else replace(when, span=None)


def _days(when: When | None) -> tuple[object, object]:
    return (when.start, when.end) if when else (None, None)


def _width(one: Profile) -> int:
    return one.last - one.first if one.last is not None and one.first is not None else 10**6


def _voices(reports: Sequence[Profile]) -> tuple[Voice, ...]:
    """Who told it first-hand, each once: the innermost voice of each report, else the outlet."""
    voices: dict[tuple[str, str], Voice] = {}
    for one in reports:
        voice = one.claim.voices[-1] if one.claim.voices else None
        if voice is None:
            if one.source is None:
                continue
            voice = Voice(kind=VoiceKind.OUTLET, name=one.source)
        key = (voice.kind.value, voice.actor.key if voice.actor else fold_name(voice.name))
        voices.setdefault(key, replace(voice, span=None))
    return tuple(voices.values())


def _history(reports: Sequence[Profile]) -> tuple[Stage, ...]:
    stages: dict[tuple[object, Factuality], list[Profile]] = {}
    for one in reports:
        stages.setdefault((one.published, one.claim.factuality), []).append(one)
    return tuple(
        Stage(
            factuality=factuality,
            claims=tuple(one.id for one in found),
            published=found[0].published,
            when=_own_when(found[0]),
        )
        for (_, factuality), found in stages.items()
    )


def _differences(reports: Sequence[Profile]) -> tuple[Difference, ...]:
    """Fields for which reports state values that cannot all hold."""
    if len(reports) == 1:
        return ()
    found = []
    for field, value in _COMPARED:
        counted = _support(reports, value)
        if len(counted) > 1 and len({fold_name(stated) for stated in counted}) > 1:
            said = {stated: tuple(one.id for one in reports if value(one.claim) == stated) for stated in counted}
            found.append(Difference(field, tuple(Stated(stated, said[stated]) for stated in _ranked(counted))))
    return tuple(found)


_COMPARED: tuple[tuple[str, Callable[[Engagement], str | None]], ...] = (
    ("type", lambda one: one.type.value),
    ("factuality", lambda one: one.factuality.value),
    ("channel", lambda one: one.channel.value if one.channel else None),
    ("outcome", lambda one: one.outcome.value if one.outcome is not Outcome.NONE_REPORTED else None),
    ("place", lambda one: one.place.name if one.place and one.place.kind in {PlaceKind.CITY, None} else None),
    ("day", lambda one: one.when.start.isoformat() if one.when and one.when.start and one.when.start == one.when.end else None),
)
