"""One contact told in several sentences of a document is one: drafts are compared and joined."""

from collections.abc import Sequence

import msgspec

from dragoman.core.actors import Place
from dragoman.core.claims import Participant
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import EngagementType, Factuality, Level, PlaceKind, Role, Setting

_IN_PERSON = frozenset({EngagementType.MEETING, EngagementType.VISIT, EngagementType.TALKS_ROUND, EngagementType.MULTILATERAL})
_SPECIFIC = (
    EngagementType.AGREEMENT_SIGNING,
    EngagementType.MULTILATERAL,
    EngagementType.TALKS_ROUND,
    EngagementType.MEETING,
    EngagementType.VISIT,
)
"""Which type of two in-person drafts is kept when one contact is told as both, first wins."""

_HEADS = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT})
_HIGH = _HEADS | {Level.MINISTER}
_STOPS = 2
"""Actors above which a visit has several stops."""
_RECEIVING = frozenset({"welcome", "receive", "host"})
_ADDED = frozenset({Role.MEDIATOR, Role.FACILITATOR, Role.GUARANTOR, Role.OBSERVER, Role.HOST})
"""Roles whose bearers another sentence may add to a contact."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One engagement in the making; fields as in `Engagement`, with what the wording left open."""

    sentence: int
    trigger: int
    type: EngagementType
    factuality: Factuality
    participants: tuple[Participant, ...]
    place: Place | None
    when: When | None
    setting: Setting
    evidence: tuple[Span, ...]
    unsure: bool = False
    definite: bool = False
    remote: bool = False
    again: bool = False
    """A further contact of the same sides ("agreed to meet again")."""
    also: bool = False
    """Told as done beside what was told before ("they also signed")."""
    broken: bool = False
    """An agreement that was broken or fell through."""
    way_there: bool = False
    """A journey made for one gathering, which is the contact."""
    link: str | None = None
    rule: str
    score: float | None = None
    """The model's probability where a model found the contact."""

    @property
    def actors(self) -> frozenset[str]:
        """Keys of the actors."""
        return frozenset(p.actor.key for p in self.participants)

    @property
    def sides(self) -> frozenset[str]:
        """Keys of the actors that no wording puts between the others."""
        return frozenset(p.actor.key for p in self.participants if p.role not in _ADDED)

    @property
    def travellers(self) -> frozenset[tuple[str, str | None]]:
        """Those by whom two drafts can be told to be of one person's journey: persons, and heads who tell of themselves."""
        named = {(p.actor.key, p.person) for p in self.participants if p.person}
        return frozenset(named | {(p.actor.key, p.office) for p in self.participants if not p.person and p.level in _HEADS})

    @property
    def persons(self) -> frozenset[str]:
        """Names of the persons."""
        return frozenset(p.person for p in self.participants if p.person)


def merge_drafts(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Join drafts of one contact, in text order; titles give way to the body's sentence."""
    kept: list[Draft] = []
    titled_calls = [d for d in drafts if d.setting is Setting.TITLE and d.type is EngagementType.CALL]
    for told in (d for d in drafts if d.setting is not Setting.TITLE):
        draft = told
        if told.unsure and told.type is EngagementType.CALL and any(same_contact(title, told) for title in titled_calls):
            draft = msgspec.structs.replace(told, unsure=False)  # "spoke with" under the title "Call with"
        position = next((i for i, other in enumerate(kept) if same_contact(other, draft)), None)
        if position is None:
            kept.append(draft)
        else:
            kept[position] = _joined(kept[position], draft)
    for title in (d for d in drafts if d.setting is Setting.TITLE):
        fitting = [i for i, other in enumerate(kept) if same_contact(title, other)]
        position = min(fitting, key=lambda i: (kept[i].factuality is not Factuality.OCCURRED, i), default=None)
        if position is None:
            kept.insert(0, title)
        else:
            kept[position] = _joined(title, kept[position])
    remote = {draft.link for draft in kept if draft.link and draft.type is EngagementType.CALL}
    return tuple(
        msgspec.structs.replace(draft, type=EngagementType.CALL) if draft.link in remote and draft.unsure else draft
        for draft in kept
    )


def same_contact(left: Draft, right: Draft) -> bool:
    """Whether two drafts of one document tell of one contact.

    The same sides (or one draft's among the other's), types that fit, and nothing that tells them apart: link, persons, days,
    places or, outside titles, factuality.
    """
    if left.link and right.link and (left.link == right.link or left.actors != right.actors):
        return False
    if left.again != right.again or not _types_fit(left, right) or not _status_fits(left, right):
        return False
    if not _sides_fit(left, right) or not _persons_fit(left, right):
        return False
    if right.definite and right.unsure and left.actors == right.actors and right.setting is not Setting.CAPTION:
        return True  # "the two also discussed ..." adds topics, whatever days the topics have
    if left.setting is Setting.CAPTION or right.setting is Setting.CAPTION:
        return left.setting == right.setting
    return days_fit(left.when, right.when) and _places_fit(left.place, right.place)


def _types_fit(left: Draft, right: Draft) -> bool:
    if left.type is right.type:
        return True
    if left.type in _IN_PERSON and right.type in _IN_PERSON:
        both = {left.type, right.type}
        apart = left.sentence != right.sentence and Setting.TITLE not in {left.setting, right.setting}
        if (
            both == {EngagementType.MULTILATERAL, EngagementType.MEETING}
            and apart
            and max(len(left.actors), len(right.actors)) == 2
        ):
            return False  # a meeting of two, and a forum that they spoke of
        if EngagementType.VISIT not in both or Setting.TITLE in {left.setting, right.setting}:
            return True
        if left.actors == right.actors and (_receives(left) or _receives(right)):
            return True  # "accepted an invitation to visit ... we look forward to welcoming him"
        if left.sentence != right.sentence or len(left.actors) != 2:
            return False
        # A journey may be made for talks, but not the talks of others: "went to X as a go-between in the talks of X and Y".
        return EngagementType.MEETING in both or (EngagementType.TALKS_ROUND in both and left.actors == right.actors)
    if right.rule.startswith("verb:agree") and left.type is not EngagementType.AGREEMENT_SIGNING:
        return left.actors == right.actors  # "they also agreed on a ceasefire" is what came of the contact
    signing = EngagementType.AGREEMENT_SIGNING in {left.type, right.type} and EngagementType.MEETING in {left.type, right.type}
    if signing and left.sentence == right.sentence and left.actors == right.actors:
        return True
    call = {left.type, right.type} == {EngagementType.CALL, EngagementType.MEETING}
    return call and (left.unsure or right.unsure)


def _receives(draft: Draft) -> bool:
    """Whether a meeting is the reception of a visitor."""
    return draft.type is EngagementType.MEETING and draft.rule.removeprefix("verb:") in _RECEIVING


def _status_fits(left: Draft, right: Draft) -> bool:
    if left.factuality is right.factuality:
        return True
    trips = left.type is EngagementType.VISIT and right.type is EngagementType.VISIT
    if trips and {left.factuality, right.factuality} == {Factuality.PLANNED, Factuality.OCCURRED} and right.when is None:
        return True  # "will travel to X ... is travelling to X"
    return Setting.TITLE in {left.setting, right.setting} and Factuality.CANCELLED not in {left.factuality, right.factuality}


def _sides_fit(left: Draft, right: Draft) -> bool:
    if left.actors == right.actors:
        return True
    smaller, larger = sorted((left.actors, right.actors), key=len)
    if left.type is right.type is EngagementType.AGREEMENT_SIGNING and Setting.TITLE not in {left.setting, right.setting}:
        if len(left.sides) >= 2 and left.sides == right.sides:
            return True  # "the truce", "the truce that Z brokered"
        extra = [p.role for p in (*left.participants, *right.participants) if p.actor.key in larger - smaller]
        if len(smaller) >= 2 and not _ADDED.issuperset(extra):
            return False  # a deal with another set of partners is another deal
    if (
        smaller < larger
        and left.type is right.type is EngagementType.VISIT
        and len(larger) > _STOPS
        and left.persons & right.persons
    ):
        return right.definite or right.when is None  # "will visit A, B and C; the visit to A is the first"
    if smaller < larger and left.type is right.type is EngagementType.AGREEMENT_SIGNING and len(smaller) == 1:
        return True  # "the truce in Yemen" names one side alone
    return (
        smaller < larger
        and len(smaller) >= 2
        and (len(larger) - len(smaller) <= 1 or Setting.TITLE in {left.setting, right.setting})
    )


def _persons_fit(left: Draft, right: Draft) -> bool:
    """Each actor is not represented by other persons altogether in the two."""
    ours, theirs = _manned(left), _manned(right)
    return all(ours[actor] & theirs[actor] for actor in ours.keys() & theirs.keys()) and not (
        _other_post(left, right) or _other_post(right, left)
    )


def _other_post(named: Draft, unnamed: Draft) -> bool:
    """Whether one draft has a high post without its holder's name which none of that actor's persons in the other holds.

    "The President met X. The Vice President will also meet X."
    """
    posts = {p.actor.key: p.level for p in unnamed.participants if p.office and not p.person and p.level in _HIGH}
    levels = {a: {p.level for p in named.participants if p.person and p.actor.key == a} for a in posts}
    return any(levels[a] and None not in levels[a] and level not in levels[a] for a, level in posts.items())


def _manned(draft: Draft) -> dict[str, frozenset[str]]:
    """The persons of each actor for whom any is named."""
    actors = {p.actor.key for p in draft.participants if p.person}
    return {a: frozenset(p.person for p in draft.participants if p.person and p.actor.key == a) for a in actors}


def days_fit(left: When | None, right: When | None) -> bool:
    """Whether two times may be of one contact: they share a day, or one is not known."""
    if left is None or right is None or not left.resolved or not right.resolved:
        return left is None or right is None or left.expression == right.expression or left.resolved != right.resolved
    low = max(left.start or left.end, right.start or right.end)  # type: ignore[type-var]
    high = min(left.end or left.start, right.end or right.start)  # type: ignore[type-var]
    return bool(low and high and low <= high)


def _places_fit(left: Place | None, right: Place | None) -> bool:
    if left is None or right is None:
        return True
    if left.country and right.country:
        return left.country == right.country
    return not left.name or not right.name or left.name.casefold() == right.name.casefold()


def _joined(left: Draft, right: Draft) -> Draft:
    """The draft that says more, with what only the other says."""
    main, other = (right, left) if left.setting is Setting.TITLE and right.setting is not Setting.TITLE else (left, right)
    return msgspec.structs.replace(
        main,
        type=_joint_type(left, right),
        participants=_joint_participants(main, other),
        place=_fuller(main.place, other.place),
        when=_fuller_when(main, other),
        evidence=tuple(dict.fromkeys((*main.evidence, *other.evidence))),
        unsure=left.unsure and right.unsure,
        remote=left.remote or right.remote,
        broken=left.broken or right.broken,
        link=main.link or other.link,
    )


def _fuller_when(main: Draft, other: Draft) -> When | None:
    if other.definite or (main.when is not None and main.when.resolved):
        return main.when
    return other.when or main.when


def _fuller(main: Place | None, other: Place | None) -> Place | None:
    if main is None or (main.country is None and other is not None):
        return other
    if other is not None and main.kind is PlaceKind.COUNTRY and other.country == main.country:
        return other
    return main


def _joint_type(left: Draft, right: Draft) -> EngagementType:
    if left.type is right.type or right.rule.startswith("verb:agree"):
        return left.type
    if EngagementType.VISIT in {left.type, right.type} and any(_receives(draft) for draft in (left, right)):
        return EngagementType.VISIT
    if {left.type, right.type} == {EngagementType.CALL, EngagementType.MEETING}:
        meeting = left if left.type is EngagementType.MEETING else right
        return EngagementType.CALL if meeting.unsure else EngagementType.MEETING
    if left.unsure != right.unsure:
        return right.type if left.unsure else left.type
    both = {left.type, right.type}
    return next((t for t in _SPECIFIC if t in both), left.type)


def _joint_participants(main: Draft, other: Draft) -> tuple[Participant, ...]:
    """Main's participants, bare ones replaced by the other's persons, roles taken from either, and the other's extra actors."""
    result: list[Participant] = []
    for own in main.participants:
        twins = [q for q in other.participants if q.actor.key == own.actor.key and own.person in {None, q.person}]
        twins = twins[:1] if own.person or not all(q.person for q in twins) else twins
        for joint in [_joint_participant(own, twin) for twin in twins] or [own]:
            if (joint.actor.key, joint.person) not in {(r.actor.key, r.person) for r in result}:
                result.append(joint)
    present = {p.actor.key for p in result}
    result.extend(q for q in other.participants if q.actor.key not in present and q.role in _ADDED)
    return tuple(result)


def _joint_participant(own: Participant, twin: Participant) -> Participant:
    """The fuller of two entries of one actor, with the role that either states."""
    fuller = twin if not own.person and (twin.person or (twin.office and not own.office)) else own
    stated = own if own.role is not Role.COUNTERPART else twin
    return msgspec.structs.replace(fuller, role=stated.role, role_reason=stated.role_reason)
