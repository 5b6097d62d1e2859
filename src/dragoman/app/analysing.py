"""Findings on the record: channels, carriers, mediators, coalitions, tension."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from dragoman.analysis import carriers, channels, coalitions, mediators, tension
from dragoman.analysis.contacts import Contact, Weighing, contacts_of, names_of
from dragoman.app.config import Config
from dragoman.app.resolving import Material, day_looked_from, gather
from dragoman.app.viewing import opened_holdings
from dragoman.core.claims import AnyClaim, Dependence, Proposal, Utterance
from dragoman.core.errors import InputError
from dragoman.core.folding import fold
from dragoman.core.ids import DocumentId, DossierId
from dragoman.core.records import Event
from dragoman.knowledge.dossiers import Dossier
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.report.findings import AddressRow, ChannelRow, CoalitionRow, RouteRow, TensionRow, Wording

_FEWEST_ACTORS = 2
K = TypeVar("K")
V = TypeVar("V")


class Network(msgspec.Struct, frozen=True):
    """The channels of a dossier, or of the whole record, with their structure and who addresses whom without being in touch."""

    known: tuple[channels.DialogueChannel, ...]
    shape: channels.Structure
    silent: tuple[channels.OneWay, ...]


class Ground(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What findings rest on: the resolved record, the contacts in it up to the day looked at from, and display names.

    What several findings look at is worked out on first use and kept, so that no finding reads the whole record.
    """

    material: Material
    contacts: tuple[Contact, ...]
    by: Weighing
    names: dict[str, str]
    dossiers: dict[DossierId, Dossier]

    @cached_property
    def wording(self) -> Wording:
        """Puts findings into rows."""
        return Wording(self.material.record.events, self.names)

    @cached_property
    def published(self) -> dict[DocumentId, date | None]:
        """Publication days by document."""
        return {id_: document.published for id_, document in self.material.library.documents.items()}

    @cached_property
    def contacts_in(self) -> Mapping[DossierId, tuple[Contact, ...]]:
        """Contacts by dossier."""
        return grouped((dossier, contact) for contact in self.contacts for dossier in contact.dossiers)

    @cached_property
    def contacts_of(self) -> Mapping[str, tuple[Contact, ...]]:
        """Contacts by the key of either side."""
        return grouped((key, contact) for contact in self.contacts for key in contact.pair)

    @cached_property
    def events_in(self) -> Mapping[DossierId, tuple[Event, ...]]:
        """Events by dossier."""
        return grouped((dossier, event) for event in self.material.record.events for dossier in event.dossiers)

    @cached_property
    def events_of(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by the keys of those who take part."""
        events = self.material.record.events
        return grouped((key, event) for event in events for key in dict.fromkeys(one.actor.key for one in event.participants))

    @cached_property
    def claims_in(self) -> Mapping[DossierId, tuple[AnyClaim, ...]]:
        """Claims that are no engagements by dossier."""
        return grouped((dossier, claim) for claim in self.material.record.others for dossier in dict.fromkeys(claim.dossiers))

    @cached_property
    def claims_of(self) -> Mapping[str, tuple[AnyClaim, ...]]:
        """Statements and offers by the keys of those who make them and whom they are for or about."""
        return grouped((key, claim) for claim in self.material.record.others for key in dict.fromkeys(_sides(claim)))

    @cached_property
    def signs(self) -> tuple[tension.Incident, ...]:
        """All signs of tension, oldest first."""
        return tension.incidents(self.material.record.others, self.material.record.events, self.published)

    @cached_property
    def signs_in(self) -> Mapping[DossierId, tuple[tension.Incident, ...]]:
        """Signs of tension by dossier."""
        return grouped((dossier, one) for one in self.signs for dossier in dict.fromkeys(one.dossiers))

    @cached_property
    def spilling(self) -> tuple[tension.Spillover, ...]:
        """Actors with late signs of tension in several dossiers."""
        return tension.spillover(self.signs, self.by.as_of)

    @cached_property
    def leanings(self) -> tuple[Dependence, ...]:
        """Who is said to need whom."""
        return tuple(claim for claim in self.material.record.others if isinstance(claim, Dependence))

    @cached_property
    def _networks(self) -> dict[DossierId | None, Network]:
        return {}

    def warm(self) -> None:
        """Work out what findings would otherwise work out when they are first asked for."""
        for dossier in (None, *self.contacts_in):
            self.network(dossier)
        _ = self.events_of, self.events_in, self.contacts_of, self.claims_of, self.signs_in, self.spilling, self.leanings

    def network(self, dossier: DossierId | None) -> Network:
        """The channels of a dossier, or of the whole record."""
        if dossier not in self._networks:
            inside = self.contacts if dossier is None else self.contacts_in.get(dossier, ())
            claims = self.material.record.others if dossier is None else self.claims_in.get(dossier, ())
            known = channels.channels(inside, self.by)
            self._networks[dossier] = Network(known, channels.structure(known), channels.one_way(claims, known))
        return self._networks[dossier]


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Values by key, in order."""
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _sides(claim: AnyClaim) -> Iterator[str]:
    if isinstance(claim, Utterance):
        yield from (actor.key for actor in claim.speaker_actors)
        if claim.target is not None:
            yield claim.target.key
    elif isinstance(claim, Proposal):
        yield from (actor.key for actor in (*claim.by, *claim.to))


class ChannelsFound(msgspec.Struct, frozen=True, kw_only=True):
    """Channels on a day, strongest first, and who addresses whom without being in touch."""

    as_of: date
    formula: str
    total: int
    channels: tuple[ChannelRow, ...]
    one_way: tuple[AddressRow, ...]
    bridges: tuple[tuple[str, str], ...]
    """Channels without a detour: lose one, and its ends lose touch altogether."""
    cut_actors: tuple[str, ...]
    """Actors without whom the network falls apart, strongest first."""


class RoutesFound(msgspec.Struct, frozen=True, kw_only=True):
    """Who could carry a message, best first."""

    as_of: date
    sender: str
    receiver: str
    formula: str
    routes: tuple[RouteRow, ...]


class CoalitionsFound(msgspec.Struct, frozen=True, kw_only=True):
    """What third parties add to one another in a dossier."""

    as_of: date
    dossier: str
    formula: str
    caution: str
    coalitions: tuple[CoalitionRow, ...]


class TensionFound(msgspec.Struct, frozen=True, kw_only=True):
    """Tension by dossier, highest first; not a forecast."""

    as_of: date
    formula: str
    tension: tuple[TensionRow, ...]
    spillover: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def ground(config: Config, *, as_of: date | None = None, half_life: float = 180.0) -> Ground:
    """Resolve the store and weigh its contacts."""
    with opened_holdings(config) as holdings:
        material = gather(holdings, config)
    return ground_of(material, as_of=as_of, half_life=half_life)


def ground_of(material: Material, *, as_of: date | None = None, half_life: float = 180.0) -> Ground:
    """Weigh the contacts of a resolved record as of a day: the one given, else the last on which a document was published."""
    published = (document.published for document in material.library.documents.values())
    by = Weighing(as_of=as_of or day_looked_from(published), half_life=half_life)
    events = material.record.events
    names = {entry.actor.key: entry.actor.name for entry in load_gazetteer().actors()}
    return Ground(
        material=material,
        contacts=contacts_of(events, as_of=by.as_of),
        by=by,
        names={**names, **names_of(events)},
        dossiers=dict(material.dossiers.dossiers),
    )


def actor_key(ground_: Ground, asked: str) -> str:
    """The key of an actor named by a code, a full name or an alias; InputError where nobody, or more than one, fits."""
    if asked in ground_.names:
        return asked
    wanted = fold(asked)
    by_code = [key for key in ground_.names if fold(key) == wanted]
    if by_code:
        return by_code[0]
    found = {key for key, name in ground_.names.items() if fold(name) == wanted}
    found |= {entry.actor.key for entry in load_gazetteer().named(asked)}
    if len(found) == 1:
        return found.pop()
    if not found:
        raise InputError(f"no actor is called {asked!r}; give a name or code as `dragoman contacts` prints it, such as QAT")
    raise InputError(f"{asked!r} may be {' or '.join(sorted(found))}; give the code")


def find_channels(ground_: Ground, *, dossier: str | None = None, actor: str | None = None, limit: int = 50) -> ChannelsFound:
    """Channels of a dossier or of one actor, or all."""
    network = ground_.network(DossierId(dossier) if dossier else None)
    shape = network.shape
    key = actor_key(ground_, actor) if actor else None
    shown = [one for one in network.known if key is None or key in one.pair]
    silent = [one for one in network.silent if key is None or key in {one.by, one.to}]
    wording = ground_.wording
    return ChannelsFound(
        as_of=ground_.by.as_of,
        formula=channels.FORMULA,
        total=len(shown),
        channels=tuple(wording.channel(one) for one in shown[:limit]),
        one_way=tuple(wording.address(one) for one in silent[:limit]),
        bridges=tuple((wording.name(left), wording.name(right)) for left, right in shape.bridges if _shown(key, left, right)),
        cut_actors=tuple(wording.name(one.actor) for one in shape.positions if one.cuts),
    )


def _shown(key: str | None, left: str, right: str) -> bool:
    return key is None or key in {left, right}


def find_routes(
    ground_: Ground, sender: str, receiver: str, *, dossier: str | None = None, longest: int = 2, limit: int = 10
) -> RoutesFound:
    """Who could carry a message from one actor to another."""
    question = carriers.Question(
        sender=actor_key(ground_, sender),
        receiver=actor_key(ground_, receiver),
        dossier=DossierId(dossier) if dossier else None,
        longest=longest,
        limit=limit,
    )
    if question.sender == question.receiver:
        raise InputError(f"{sender!r} and {receiver!r} are the same actor; a message needs two")
    ends = (question.sender, question.receiver)
    parties = ground_.dossiers[question.dossier].parties if question.dossier in ground_.dossiers else ()
    events = tuple({id(event): event for end in ends for event in ground_.events_of.get(end, ())}.values())
    contacts = ground_.contacts_of.get(question.sender, ())
    network = ground_.network(question.dossier).known
    found = carriers.routes(question, events, contacts, ground_.by, parties=parties, network=network)
    claims = {claim.id: claim for end in ends for claim in ground_.claims_of.get(end, ())}
    judged = carriers.with_objections(found, question, claims.values(), events, ground_.published, ground_.by)
    wording = ground_.wording
    return RoutesFound(
        as_of=ground_.by.as_of,
        sender=wording.name(question.sender),
        receiver=wording.name(question.receiver),
        formula=carriers.FORMULA,
        routes=tuple(wording.route(one) for one in judged),
    )


def find_profile(ground_: Ground, actor: str) -> mediators.Profile:
    """A third party's profile."""
    key = actor_key(ground_, actor)
    events, contacts = ground_.events_of.get(key, ()), ground_.contacts_of.get(key, ())
    claims = ground_.claims_of.get(key, ())
    return mediators.profile(key, events, contacts, claims, ground_.dossiers.values(), ground_.by)


def find_coalitions(ground_: Ground, dossier: str, *, limit: int = 20) -> CoalitionsFound:
    """What pairs and trios of third parties add to one another in a dossier with parties."""
    known = ground_.dossiers.get(DossierId(dossier))
    if known is None or not known.sides:
        raise InputError(f"{dossier!r} is no dossier with parties; see `dragoman brief` for those in the record")
    events, contacts = ground_.events_in.get(known.id, ()), ground_.contacts_in.get(known.id, ())
    found = coalitions.coalitions(known, events, contacts, ground_.by, limit=limit)
    wording = ground_.wording
    return CoalitionsFound(
        as_of=ground_.by.as_of,
        dossier=dossier,
        formula=coalitions.FORMULA,
        caution=coalitions.CAUTION,
        coalitions=tuple(wording.coalition(one) for one in found),
    )


def find_tension(ground_: Ground, *, dossier: str | None = None, dyads: int = 5) -> TensionFound:
    """Tension of each dossier with incidents, or of one dossier and the dyads most named in its incidents."""
    as_of = ground_.by.as_of
    if dossier is None:
        found = [tension.tension(one, ground_.signs_in[one], as_of) for one in sorted(ground_.signs_in)]
    else:
        own = DossierId(dossier)
        signs = ground_.signs_in.get(own, ())
        pairs = _dyads(own, signs)[:dyads]
        found = [tension.tension(own, signs, as_of), *(tension.tension(own, signs, as_of, dyad=pair) for pair in pairs)]
    wording = ground_.wording
    return TensionFound(
        as_of=as_of,
        formula=tension.FORMULA,
        tension=tuple(wording.tension(one) for one in sorted(found, key=lambda one: (one.dyad is not None, -one.level))),
        spillover=tuple((wording.name(one.actor), one.incidents) for one in ground_.spilling),
    )


def _dyads(dossier: DossierId, signs: tuple[tension.Incident, ...]) -> list[tuple[str, str]]:
    """Pairs named together in a dossier's incidents, most often first."""
    counted: dict[tuple[str, str], int] = {}
    for one in signs:
        if dossier in one.dossiers and len(one.actors) == _FEWEST_ACTORS:
            pair = (one.actors[0], one.actors[1])
            counted[pair] = counted.get(pair, 0) + 1
    return sorted(counted, key=lambda pair: (-counted[pair], pair))
