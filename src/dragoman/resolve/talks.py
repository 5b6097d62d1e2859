"""Talks out of events: named processes by their words, places and members, others inferred from who meets with whom."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.core.actors import Actor
from dragoman.core.claims import Engagement
from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.records import Event, Reason
from dragoman.core.talks import Membership, Round, Talks
from dragoman.core.text import Document
from dragoman.core.vocab import Channel, EngagementType, Factuality, Issue, Role, Standing
from dragoman.knowledge.dossiers import Dossier
from dragoman.knowledge.tracks import Track, TrackBook
from dragoman.resolve.basis import HELD, Basis, day_of, sides_in
from dragoman.resolve.rounds import make_rounds, stated_number
from dragoman.resolve.talks_group import WINDOW, Group, within
from dragoman.resolve.talks_status import Signal, contact_signals, mention_signals, round_signals, status_history, word_signal
from dragoman.resolve.talks_words import add_words

MEDIATING = frozenset({Role.MEDIATOR, Role.CO_MEDIATOR, Role.FACILITATOR, Role.MESSAGE_CARRIER, Role.GUARANTOR})
"""Stated roles by which a single contact makes a track; receiving a guest does not."""
_REAL = HELD | {Factuality.PLANNED, Factuality.CANCELLED}
_SITTINGS = frozenset({EngagementType.TALKS_ROUND, EngagementType.MULTILATERAL})
_SEATED = _SITTINGS | {EngagementType.MEETING, EngagementType.AGREEMENT_SIGNING}
_BUSINESS = frozenset({EngagementType.MEETING, EngagementType.MULTILATERAL})
_ORDINARY = frozenset({Issue.BILATERAL_RELATIONS, Issue.ENERGY_ECONOMY, Issue.OTHER})
_SPOKEN_OF = re.compile(r"\s(?:on|about|regarding|concerning)\s", re.IGNORECASE)
"""What begins the topic in a headline: "Readout of the call with European leaders on Russia and Ukraine"."""
_NAMED_THIRDS = 2
_LONGEST_TITLE = 200
_TITLE_DAYS = 31
"""Days around its publication within which a headline that names a process speaks of the events in it."""


def find_talks(basis: Basis, tracks: TrackBook) -> tuple[Talks, ...]:
    """All tracks of talks that the record knows of, by name.

    A named process takes the events whose sentence or headline names it, and those at one of its usual places in which its
    members or two sides sit. Of the rest, events in which two sides of a conflict sit together, or with which a third party
    mediates, make inferred tracks: the same sides, and a third party or a town in common, with no more than half a year between.
    Words on where talks stand go to the track that they name, that is told in the same sentence, or that alone fits.
    """
    finder = _Finder(basis, tracks)
    groups = finder.groups()
    add_words(groups, basis, tracks)
    made = [_talks(group, basis) for group in groups]
    return tuple(sorted(made, key=lambda one: (one.name, one.id)))


class _Finder:
    def __init__(self, basis: Basis, tracks: TrackBook) -> None:
        self._basis = basis
        self._tracks = tracks
        self._named: dict[str, Group] = {}
        self._inferred: dict[DossierId, list[Group]] = {}
        self._told: dict[tuple[DossierId | None, DocumentId], dict[int, Group]] = {}
        """Tracks by dossier and the documents that tell of them."""
        self._days: dict[int, date | None] = {}
        self._present: dict[tuple[int, DossierId | None], tuple[frozenset[str], frozenset[str]]] = {}

    def groups(self) -> list[Group]:
        """Named tracks first, then inferred ones; contacts last, for they join what is there."""
        real = [event for event in self._basis.record.events if event.factuality in _REAL]
        ordered = sorted(real, key=lambda one: (self._day(one) or date.min, one.id))
        rest = [event for event in ordered if not self._take_named(event)]
        contacts = [event for event in rest if not self._take_round(event)]
        for event in contacts:
            self._take_contact(event)
        return [*self._named.values(), *(group for groups in self._inferred.values() for group in groups)]

    def _take_named(self, event: Event) -> bool:
        found = self._by_words(event) or self._by_place(event)
        if found is None:
            return False
        track, reason = found
        group = self._named.setdefault(track.id, Group(track.dossier, track))
        group.why[event.id] = (reason,)
        if self._sits(event, track):
            group.add_sitting(event, numbered=self._numbered(event))
        else:
            group.contacts.append(event)
        self._note(group, event)
        return True

    def _day(self, event: Event) -> date | None:
        if id(event) not in self._days:  # the record keeps its events: each stays the same object
            self._days[id(event)] = self._basis.day(event)
        return self._days[id(event)]

    def _by_words(self, event: Event) -> tuple[Track, Reason] | None:
        day = self._day(event) or (event.when.end if event.when else None)
        for _, claim in self._basis.engagements(event):
            named = self._tracks.named_in(self._basis.words(claim), event.dossiers, day)
            if named is not None:
                return named[0], Reason("words", 1.0, f"the sentence says “{named[1]}”")
        for _, claim in self._basis.engagements(event):
            document = self._basis.documents.get(claim.document)
            near = document and document.published and day and abs((document.published - day).days) <= _TITLE_DAYS
            title = _title(document) if document else None
            if title is None or not near or event.type not in _SEATED:
                continue
            named = self._tracks.named_in(title, event.dossiers, day)
            if named is not None and named[0].dossier in event.dossiers:
                return named[0], Reason("headline", 0.8, f"the headline says “{named[1]}”")
        return None

    def _by_place(self, event: Event) -> tuple[Track, Reason] | None:
        """At a usual place of one process alone, with its members, or with two sides and one of its third parties or hosts."""
        town = event.place.name if event.place else None
        planned = event.factuality is Factuality.PLANNED
        day = self._day(event) if planned or event.when is None else day_of(event.when)
        if town is None or day is None or event.type not in _SEATED:
            return None
        fitting = [track for track in self._tracks.sitting(event.dossiers, town, day) if self._has_members(event, track)]
        if len(fitting) != 1 or not self._names_two(event):
            return None
        return fitting[0], Reason("place", 0.7, f"sits in {town} within its dates, with its members or two sides")

    def _sits(self, event: Event, track: Track) -> bool:
        """Whether an event that names the process is a sitting of it: talks, or its members face to face."""
        seated = event.type in _SEATED and event.channel is not Channel.SHUTTLE
        return event.type in _SITTINGS or (seated and self._has_members(event, track))

    def _has_members(self, event: Event, track: Track) -> bool:
        """Whether two members of the process, two sides of its conflict or two of its mediators take part."""
        codes = {one.actor.code for one in event.participants}
        dossier = self._basis.dossier(track.dossier, self._day(event))
        sides = sides_in(codes, dossier) if dossier else 0
        return len(codes.intersection(track.members)) >= 2 or sides >= 2 or len(codes.intersection(track.mediators)) >= 2

    def _names_two(self, event: Event) -> bool:
        """Whether some report itself says who sits there: by name in its sentence or headline, or by a person.

        "The leaders spoke of their shared desire for peace" may be taken up from states that are only the topic.
        """
        return any(self._named_by(claim) >= 2 for _, claim in self._basis.engagements(event))

    def _named_by(self, claim: Engagement) -> int:
        here = claim.evidence[0]
        document = self._basis.documents.get(claim.document)
        headline = _SPOKEN_OF.split((_title(document) if document else None) or "")[0].casefold()
        return len(
            {
                one.actor.key
                for one in claim.participants
                if one.person
                or one.span is None
                or here.start <= one.span.start < here.end
                or (one.actor.name.casefold() in headline)
            }
        )

    def _conflict(self, event: Event) -> Dossier | None:
        """The first conflict of which two sides take part, else the first with sides."""
        codes = [one.actor.code for one in event.participants]
        day = self._day(event)
        known = [found for one in event.dossiers if (found := self._basis.dossier(one, day)) is not None and found.sides]
        return next((one for one in known if sides_in(codes, one) >= 2), known[0] if known else None)

    def _take_round(self, event: Event) -> bool:
        dossier = self._conflict(event)
        if dossier is None or event.type not in _SEATED or event.channel is Channel.SHUTTLE:
            return False
        parties, thirds = self._who(event, dossier.id)
        if sides_in(parties, dossier) < 2 or _is_other_business(event) or _is_consultation(event, parties):
            return False
        if not self._names_two(event):
            return False
        group = self._joined(event, dossier.id, parties, thirds)
        if group is None:
            group = Group(dossier.id)
            group.why[event.id] = (Reason("sides", 0.5, f"{_names(event, parties)} sit together"),)
            self._inferred.setdefault(dossier.id, []).append(group)
        group.add_sitting(event, numbered=self._numbered(event))
        self._note(group, event)
        return True

    def _numbered(self, event: Event) -> bool:
        return any(stated_number(self._basis.words(claim), held=True) is not None for _, claim in self._basis.engagements(event))

    def _note(self, group: Group, event: Event) -> None:
        group.note(event, self._day(event), *self._who(event, group.dossier))
        for document in event.documents:
            self._told.setdefault((group.dossier, document), {})[id(group)] = group

    def _joined(self, event: Event, dossier: DossierId, parties: frozenset[str], thirds: frozenset[str]) -> Group | None:
        """The track of the same sides told in the same document, else the latest inferred one that fits within the window."""
        told = {key: group for document in event.documents for key, group in self._told.get((dossier, document), {}).items()}
        together = [group for group in told.values() if self._same_sides(group, event, parties)]
        if len(together) == 1:
            together[0].why[event.id] = (Reason("document", 0.6, "the same sides, told in the same document"),)
            return together[0]
        day = self._day(event)
        for group in reversed(self._inferred.get(dossier, [])):
            last = (group.rounds or group.agreements or group.mentions or group.contacts)[-1]
            sides, others = self._who(last, dossier)
            if not within(self._day(last), day) or not (sides <= parties or parties <= sides):
                continue
            towns = {one.place.name for one in (last, event) if one.place and one.place.name}
            shared = others & thirds
            if shared:
                why = f"the same sides with {_names(event, shared)} again"
            elif len(towns) == 1 and last.place and event.place:
                why = f"the same sides in {next(iter(towns))} again"
            elif not others and not thirds:
                why = "the same sides, again without a third party"
            else:
                continue
            group.why[event.id] = (Reason("inferred", 0.6, f"{why}, within {WINDOW.days} days"),)
            return group
        return None

    def _same_sides(self, group: Group, event: Event, parties: frozenset[str]) -> bool:
        """Whether a sitting or agreement of the track that is told in one document with an event has the same sides."""
        told = (one for one in (*group.rounds, *group.agreements, *group.mentions) if _told_together(one, event))
        return any(self._who(one, group.dossier)[0] == parties for one in told)

    def _take_contact(self, event: Event) -> None:
        """A third party with a side: it joins the one track it fits; alone, it makes one only where mediation is stated."""
        dossier = self._conflict(event)
        if dossier is None or event.factuality not in HELD:
            return
        parties, thirds = self._who(event, dossier.id)
        if not parties or not thirds:
            return
        stated = any(one.role in MEDIATING and one.actor.key in thirds for one in event.participants)
        stated = stated or event.type is EngagementType.MEDIATION_OFFER
        fitting = [group for group in self._of(dossier.id) if self._fits(group, event, parties, thirds)]
        if len(fitting) == 1:
            fitting[0].why[event.id] = (
                Reason("contact", 0.5, f"{_names(event, thirds)} in contact with {_names(event, parties)}"),
            )
            fitting[0].contacts.append(event)
            self._note(fitting[0], event)
        elif not fitting and stated:
            group = Group(dossier.id)
            group.why[event.id] = (Reason("mediation", 0.5, f"{_names(event, thirds)} mediates or offers to"),)
            group.contacts.append(event)
            self._note(group, event)
            self._inferred.setdefault(dossier.id, []).append(group)

    def _of(self, dossier: DossierId) -> list[Group]:
        return [group for group in (*self._named.values(), *self._inferred.get(dossier, [])) if group.dossier == dossier]

    def _fits(self, group: Group, event: Event, parties: frozenset[str], thirds: frozenset[str]) -> bool:
        """Whether one of the track's third parties meets one of its sides within the window."""
        if group.sides and parties.isdisjoint(group.sides):
            return False
        if thirds.isdisjoint(group.thirds) and (group.track is None or thirds.isdisjoint(group.track.mediators)):
            return False
        return group.near(self._day(event)) or not group.documents.isdisjoint(event.documents)

    def _who(self, event: Event, dossier: DossierId | None) -> tuple[frozenset[str], frozenset[str]]:
        """Keys of the local and of the third parties of an event."""
        known = self._present.get((id(event), dossier))
        if known is None:
            known = self._present[id(event), dossier] = self._parted(event, dossier)
        return known

    def _parted(self, event: Event, dossier: DossierId | None) -> tuple[frozenset[str], frozenset[str]]:
        by_standing: dict[Standing | None, set[str]] = {}
        for one in event.participants:
            by_standing.setdefault(self._basis.standing(one, dossier, self._day(event)), set()).add(one.actor.key)
        return frozenset(by_standing.get(Standing.LOCAL_PARTY, ())), frozenset(by_standing.get(Standing.THIRD_PARTY, ()))


def _is_other_business(event: Event) -> bool:
    """Whether sides of a conflict met on nothing but trade and good relations: old enemies with embassies do so every month."""
    return event.type in _BUSINESS and bool(event.issues) and _ORDINARY.issuperset(event.issues)


def _is_consultation(event: Event, parties: Iterable[str]) -> bool:
    """Whether an outsider is to meet "Israeli and Palestinian leaders": nobody says that sides without names sit together.

    The outsider stands first, as the one who meets; several sides that meet under a mediator stand before him.
    """
    local = set(parties)
    first = event.participants[0].actor.key
    if event.type is not EngagementType.MEETING or first in local:
        return False
    return not any(one.person for one in event.participants if one.actor.key in local)


def _title(document: Document) -> str | None:
    """The headline: the title that the input gives, else a first line that stands by itself."""
    if document.title is not None:
        return document.title
    first, blank, _ = document.text.partition("\n\n")
    return first if blank and "\n" not in first and len(first) <= _LONGEST_TITLE else None


def _told_together(one: Event, other: Event) -> bool:
    """Whether some document tells of both."""
    return not set(one.documents).isdisjoint(other.documents)


def _names(event: Event, keys: Iterable[str]) -> str:
    wanted = set(keys)
    return ", ".join(dict.fromkeys(one.actor.name for one in event.participants if one.actor.key in wanted))


def _talks(group: Group, basis: Basis) -> Talks:
    rounds = make_rounds(group.rounds, group.dossier, basis)
    parties, thirds = _sides(group, basis)
    return Talks(
        name=group.track.name if group.track else _name(group, parties, thirds, rounds, basis),
        track=group.track.id if group.track else None,
        dossier=group.dossier,
        parties=parties,
        third_parties=thirds,
        rounds=rounds,
        contacts=tuple(event.id for event in group.contacts),
        agreements=tuple(event.id for event in group.agreements),
        members=tuple(Membership(event=event, reasons=reasons) for event, reasons in group.why.items()),
        history=status_history(_signals(group, basis)),
    )


def _signals(group: Group, basis: Basis) -> list[Signal]:
    signals: list[Signal] = []
    beside: dict[tuple[str, int], Signal] = {}
    dossier = basis.dossier(group.dossier)
    met: set[str] = set()
    found: list[tuple[Event, Signal]] = [
        (event, signal) for event in (*group.rounds, *group.agreements) for signal in round_signals(event, basis)
    ]
    found += [(event, signal) for event in group.mentions for signal in mention_signals(event, basis)]
    for event in group.contacts:
        met |= {one.actor.code for one in event.participants if one.actor.code}
        both = dossier is not None and sides_in(met, dossier) >= 2
        found += [(event, signal) for signal in contact_signals(event, both, basis)]
    for event, signal in found:
        signals.append(signal)
        for _, claim in basis.engagements(event):
            beside.setdefault((claim.document, claim.evidence[0].start), signal)
    for one, word in group.words:
        signals.append(word_signal(one, word, beside.get((word.document, word.evidence[0].start)), basis))
    return signals


def _sides(group: Group, basis: Basis) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Local and third parties, those most often there first."""
    counts: dict[Standing | None, Counter[str]] = {}
    actors: dict[str, Actor] = {}
    for event in group.events:
        for one in {one.actor.key: one for one in event.participants}.values():
            actors.setdefault(one.actor.key, one.actor)
            counts.setdefault(basis.standing(one, group.dossier, basis.day(event)), Counter())[one.actor.key] += 1
    return tuple(
        tuple(actors[key] for key, _ in counts.get(standing, Counter[str]()).most_common())
        for standing in (Standing.LOCAL_PARTY, Standing.THIRD_PARTY)
    )  # type: ignore[return-value]


def _name(group: Group, parties: Sequence[Actor], thirds: Sequence[Actor], rounds: Sequence[Round], basis: Basis) -> str:
    """What inferred talks are called: the sides, and the town where all their rounds sat or the third parties."""
    dossier = basis.dossier(group.dossier)
    if not parties:
        return f"Talks on {_theatre(dossier)}"
    who = "–".join(sorted(actor.name for actor in parties[:3]))
    towns = {one.place.name for one in rounds if one.place and one.place.name}
    if not rounds and not group.mentions and not group.agreements:
        return f"Contacts on {_theatre(dossier)}{_with(thirds)}"
    if not rounds and group.agreements:
        return f"{who} agreement{_with(thirds)}"
    if len(towns) == 1:
        return f"{who} talks ({next(iter(towns))})"
    return f"{who} talks{_with(thirds)}"


def _theatre(dossier: Dossier | None) -> str:
    """What a dossier is about, as it stands in a sentence."""
    name = dossier.name.partition(":")[0] if dossier else "an unnamed file"
    return f"{name[0].lower() + name[1:] if name.startswith('The ') else name}"


def _with(thirds: Sequence[Actor]) -> str:
    """The third parties, two by name: ", with Qatar, Egypt and others"."""
    names = [actor.name for actor in thirds]
    if not names:
        return ""
    if len(names) > _NAMED_THIRDS:
        return f", with {', '.join(names[:_NAMED_THIRDS])} and others"
    return f", with {' and '.join(names)}"
