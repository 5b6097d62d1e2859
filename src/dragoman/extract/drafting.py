"""From frames of contact to drafts of engagements: who took part, in which stated role, when and where."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import msgspec

from dragoman.core.claims import Participant
from dragoman.core.ids import content_hash
from dragoman.core.parse import Token
from dragoman.core.time import When
from dragoman.core.vocab import ActorKind, EngagementType, Factuality, Level, Role, Setting
from dragoman.extract.circumstances import day_of_remarks, place_of, stay_of, when_of
from dragoman.extract.clauses import Clauses
from dragoman.extract.contact_coder import ContactCoder
from dragoman.extract.deals import DealFinder
from dragoman.extract.factuality import is_progressive
from dragoman.extract.frames import Frame
from dragoman.extract.merging import Draft
from dragoman.extract.nouns import NounFinder
from dragoman.extract.offers import OfferFinder
from dragoman.extract.roles import StatedRole, bears_on, best_role, stated_roles, thanked_for
from dragoman.extract.sides import Sides, expand
from dragoman.extract.verbs import VerbFinder
from dragoman.knowledge.contacts import ContactLexicon
from dragoman.read.people import ASSUMED
from dragoman.read.reading import Mention, MentionKind, Reading
from dragoman.read.sureness import OWN_SIDE
from dragoman.read.tree import Tree

_GO_BETWEENS = frozenset({Role.MEDIATOR, Role.FACILITATOR, Role.GUARANTOR, Role.OBSERVER, Role.HOST})
_WITH_THIRD_PARTIES = frozenset(
    {EngagementType.TALKS_ROUND, EngagementType.AGREEMENT_SIGNING, EngagementType.MULTILATERAL, EngagementType.MEETING}
)
_SPECIFIC_IN_ITSELF = frozenset({EngagementType.AGREEMENT_SIGNING, EngagementType.LETTER})
_POINTING = frozenset({"the", "this", "these", "that", "today"})
_GOING_ON = frozenset({"continue", "resume"})
"""Verbs whose object is a contact told before: "a willingness to continue negotiations in Geneva"."""
_SINGLE = frozenset({"meeting", "visit", "trip", "call", "summit", "conference", "letter", "dinner", "lunch"})
"""Contacts of which the plural names several."""
_HEADS = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT})
_GOVERNING = _HEADS | {Level.MINISTER, Level.DEPUTY_MINISTER}
_OPENING = 3
"""Words into a sentence by which its scene is set: "While in Manila"."""
_MANY = 5
"""Actors from which a meeting is a multilateral one."""


class Drafter:
    """Works one reading."""

    def __init__(self, reading: Reading, lexicon: ContactLexicon) -> None:
        self._reading = reading
        self._tree = Tree(reading.parse)
        self._sides = Sides(reading, self._tree)
        self._lexicon = lexicon
        clauses = Clauses(self._sides)
        self._finders = tuple(finder(clauses, lexicon) for finder in (VerbFinder, NounFinder, DealFinder, OfferFinder))

    def drafts(self) -> tuple[Draft, ...]:
        """All drafts in text order; one contact may have several."""
        found: list[Draft] = []
        for told in self._told.values():
            frames = self._without_offered(told)
            triggers = frozenset(frame.trigger for frame in frames)
            gatherings = [f for f in frames if f.type is EngagementType.MULTILATERAL and f.nominal and f.second]
            for frame in frames:
                way = frame.type is EngagementType.VISIT and self._leads_to(frame, gatherings)
                found.extend(msgspec.structs.replace(d, way_there=way) for d in self._separate(frame, triggers))
        return tuple(found)

    def found(self, contacts: ContactCoder, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """Drafts of what a model finds in words that the rules do not read, in text order, beside the drafts of the rules."""
        read = frozenset(frame.trigger for frames in self._told.values() for frame in frames)
        frames = [f for f in contacts.frames(self._sides, read, drafts) if f.sentence in self._told]
        triggers = read | {frame.trigger for frame in frames}
        return tuple(draft for frame in frames for draft in self._separate(frame, triggers))

    @cached_property
    def _told(self) -> dict[int, list[Frame]]:
        """The frames that the rules read by sentence, in the order of their triggers; a question reports nothing."""
        sentences = [s for s in self._reading.sentences if not self._reading.text(s.span).rstrip("\"'”’ ").endswith("?")]
        return {
            s.index: sorted((f for finder in self._finders for f in finder.find(s)), key=lambda f: (f.trigger, f.rule))
            for s in sentences
        }

    def _leads_to(self, journey: Frame, gatherings: Sequence[Frame]) -> bool:
        """Whether a journey is made for a gathering told of beside it: "will travel to X to attend the summit of Y"."""
        purposes = [t.index for t in self._tree.children(journey.trigger, "advcl", "xcomp") if t.tag == "VB"]
        return any(summit.trigger in self._tree.subtree(purpose) for purpose in purposes for summit in gatherings)

    def _without_offered(self, frames: Sequence[Frame]) -> list[Frame]:
        """Frames without those that an offer in the sentence is about: "ready to host talks between X and Y" is no talks."""
        below = {
            i for f in frames if f.type is EngagementType.MEDIATION_OFFER for i in self._tree.subtree(f.trigger) if i != f.trigger
        }
        return [f for f in frames if f.trigger not in below]

    def pointers(self, taken: Iterable[int]) -> Iterable[Frame]:
        """Contact nouns that point back without naming sides ("Today's meeting in Geneva"); `taken` are triggers."""
        skip = frozenset(taken)
        for sentence in self._reading.sentences:
            for at in range(*sentence.tokens):
                token = self._tree.tokens[at]
                type_ = self._pointed_type(token.lemma.casefold())
                if type_ is None or at in skip or token.pos not in {"NOUN", "PROPN"} or self._several(token):
                    continue
                pointing = any(t.text.casefold() in _POINTING for t in self._tree.children(at, "det", "poss"))
                owners = tuple(i for t in self._tree.children(at, "poss") if (i := self._sides.at(t.index)) is not None)
                pointing = pointing or (type_ is EngagementType.VISIT and bool(owners))
                pointing = pointing or (token.dep == "dobj" and self._tree.tokens[token.head].lemma in _GOING_ON)
                if pointing:
                    yield Frame(
                        sentence=sentence.index,
                        trigger=at,
                        type=type_,
                        factuality=Factuality.OCCURRED,
                        first=owners,
                        nominal=True,
                        rule=f"pointer:{token.lemma}",
                    )

    def _several(self, noun: Token) -> bool:
        """Whether a noun names several contacts, so that it points at none of them: "the meetings of ministers in May"."""
        single = noun.lemma.casefold() in _SINGLE
        return single and noun.tag in {"NNS", "NNPS"}

    def _pointed_type(self, lemma: str) -> EngagementType | None:
        nouns = self._lexicon.nouns.get(lemma, ())
        if nouns:
            return nouns[0].type
        return EngagementType.AGREEMENT_SIGNING if any(lemma in verb.objects for verb in self._lexicon.verbs["sign"]) else None

    def filled(
        self, draft: Draft, pointers: Iterable[Frame], elsewhere: Collection[str] = (), met: Collection[str] = ()
    ) -> Draft:
        """A draft with the day and place that a later word for it gives ("The meeting, in Geneva, ...").

        `elsewhere` are the places of the document's other contacts: words that name one of them point there; `met` their persons.
        """
        for frame in pointers:
            owners = [self._reading.mentions[i] for i in frame.first]
            whose = {(m.actor.key, m.person or m.office) for m in owners if m.actor}
            fits = (
                frame.sentence > draft.sentence
                and (not frame.first or bool(whose & draft.travellers))
                and draft.setting is not Setting.CAPTION
                and _same_kind(frame.type, draft.type)
            )
            place = place_of(self._reading, self._tree, frame) if fits else None
            if fits and not (place and place.name in elsewhere) and (draft.when is None or draft.place is None):
                when = draft.when or when_of(self._reading, self._tree, frame)
                draft = msgspec.structs.replace(draft, when=when, place=draft.place or place)
            if fits and draft.type is EngagementType.VISIT and self._tree.tokens[frame.trigger].dep == "nsubj":
                draft = self._with_hosts(draft, frame, met)
        return draft

    def _with_hosts(self, visit: Draft, frame: Frame, met: Collection[str]) -> Draft:
        """A visit with those of its hosts whom it is said to be for: "My visit is a chance to talk with King X and President Y".

        `met` are the persons of other contacts, which are told by themselves.
        """
        named = [m for _, m in self._reading.mentions_in(self._reading.sentences[frame.sentence]) if m.person and m.actor]
        guests = {m.actor.key: m for m in reversed(named) if m.actor and m.person not in met}
        hosts = (guests.get(p.actor.key) if not (p.person or p.office) else None for p in visit.participants)
        manned = (
            p if host is None else msgspec.structs.replace(p, person=host.person, office=host.office, level=host.level)
            for p, host in zip(visit.participants, hosts, strict=True)
        )
        return msgspec.structs.replace(visit, participants=tuple(manned))

    def later_roles(self, sentences: Sequence[int], *, of_truce: bool = False) -> tuple[tuple[Mention, StatedRole], ...]:
        """Roles that sentences state, with the mentions that bear them; of a truce, also those thanked for their part in it."""
        found: list[tuple[Mention, StatedRole]] = []
        for sentence in self._reading.sentences:
            if sentence.index in sentences:
                roles = stated_roles(self._sides, sentence, self._lexicon.words)
                thanks = thanked_for(self._sides, sentence, self._lexicon.words) if of_truce else ()
                for stated in (*roles, *thanks):
                    found.extend((m, stated) for m in expand(self._reading, (stated.mention,)))
        return tuple(found)

    def _separate(self, frame: Frame, triggers: frozenset[int]) -> Iterable[Draft]:
        """One draft a frame; one for each other side where the sides were met separately."""
        stated = stated_roles(self._sides, self._reading.sentences[frame.sentence], self._lexicon.words)
        roles = tuple(r for r in stated if r.mention in frame.mentions or self._bears(r, frame))
        apart = frame.separate and len(frame.second) > 1
        link = content_hash(self._reading.document.id, str(frame.trigger)) if apart else None
        for second in [(i,) for i in frame.second] if apart else [frame.second]:
            draft = self._draft(msgspec.structs.replace(frame, second=second), frame.mentions, roles, link, triggers)
            if draft is not None:
                yield draft

    def _bears(self, stated: StatedRole, frame: Frame) -> bool:
        """Whether a stated role is one in a frame's contact, not in what was talked about: "discussed the UN-led process"."""
        topics = self._tree.children(frame.trigger, "dobj") if frame.unsure and not frame.nominal else ()
        talked_about = any(stated.about in self._tree.subtree(topic.index) for topic in topics)
        return bears_on(self._sides, stated, frame.trigger) and not talked_about

    def _draft(
        self, frame: Frame, around: Sequence[int], roles: Sequence[StatedRole], link: str | None, triggers: frozenset[int]
    ) -> Draft | None:
        """A draft of a frame; `around` are the mentions of the whole chain that the frame may be one link of."""
        go_betweens: tuple[int, ...] = ()
        if frame.type in _WITH_THIRD_PARTIES and link is None:
            go_betweens = tuple(r.mention for r in roles if r.role in _GO_BETWEENS and r.mention not in frame.mentions)
        indices = (*(i for i in frame.mentions if not self._is_people(frame, i)), *go_betweens)
        roles = [r for r in roles if r.role is not Role.OBSERVER or r.mention not in frame.mentions]  # a side looks on at nothing
        participants = self._participants(frame, indices, around, roles)
        if not (two_known(participants) or (frame.partial and participants)):
            return None
        when = when_of(self._reading, self._tree, frame, triggers) or day_of_remarks(self._reading, self._tree, frame)
        when = stay_of(self._reading, self._tree, frame, when)
        taken = {t for i in (*indices, *around) for t in range(*self._reading.mentions[i].tokens)}
        place = place_of(self._reading, self._tree, frame, taken)
        setting = self._reading.sentences[frame.sentence].setting
        persons = any(p.person or p.office for p in participants)
        named = persons or when is not None or place is not None or setting is Setting.TITLE or bool(go_betweens)
        if frame.nominal and not named and frame.type not in _SPECIFIC_IN_ITSELF:
            return None
        both_named = len({p.actor.key for p in participants if p.person}) >= 2
        venue = place if frame.type is not EngagementType.VISIT else None
        if frame.factuality in {Factuality.CALLED_FOR, Factuality.CONDITIONAL} and not (both_named or venue or go_betweens):
            return None
        return Draft(
            sentence=frame.sentence,
            trigger=frame.trigger,
            type=_type(frame, participants, [self._reading.mentions[i] for i in indices]),
            factuality=self._factuality(frame, when),
            participants=participants,
            place=place,
            when=when,
            setting=setting,
            evidence=(self._reading.sentences[frame.sentence].span,),
            unsure=frame.unsure and not frame.remote,
            definite=frame.definite,
            again=frame.again,
            also=any(t.text.casefold() == "also" for t in self._tree.children(frame.trigger)),
            remote=frame.remote,
            broken=frame.broken,
            link=link,
            rule=frame.rule,
            score=frame.score,
        )

    def _factuality(self, frame: Frame, when: When | None) -> Factuality:
        """As the frame says; what is told in the present tense of a day to come is planned: "leaves on Monday for a visit to"."""
        published = self._reading.document.published
        coming = bool(when and when.start and published and when.start > published)
        if frame.factuality is not Factuality.OCCURRED or not coming:
            return frame.factuality
        verbs = (self._tree.tokens[frame.trigger], *self._tree.ancestors(frame.trigger))
        verb = next((t for t in verbs if t.pos in {"VERB", "AUX"}), None)
        ahead = verb is not None and (verb.tag in {"VBZ", "VBP"} or is_progressive(self._tree, verb))
        return Factuality.PLANNED if ahead else frame.factuality

    def _is_people(self, frame: Frame, index: int) -> bool:
        """Whether a mention is a people ("Kenyans"), which meets nobody; it can have offers and agreements made for it."""
        lasting = frame.type in {EngagementType.MEDIATION_OFFER, EngagementType.AGREEMENT_SIGNING}
        mention = self._reading.mentions[index]
        side = (
            mention.tokens[0] > 0 and self._tree.tokens[mention.tokens[0] - 1].text.casefold() == "the"
        )  # "spoke with the Omanis"
        return not lasting and mention.reason.startswith("demonym") and not side

    def _participants(
        self, frame: Frame, indices: Sequence[int], around: Sequence[int], roles: Sequence[StatedRole]
    ) -> tuple[Participant, ...]:
        by_mention: dict[int, list[tuple[Role, str]]] = {}
        for stated in roles:
            by_mention.setdefault(stated.mention, []).append((stated.role, stated.why))
        for index, role in frame.roles:
            by_mention.setdefault(index, []).append((role, "offered"))
        hosts = frame.second if frame.type is EngagementType.VISIT else frame.hosts
        for index in hosts if self._hosts_formally(frame) else ():
            by_mention.setdefault(index, []).append((Role.HOST, "hosted"))
        found: dict[tuple[str, str | None], Participant] = {}
        leading: Mention | None = None
        for index in dict.fromkeys((*around, *indices)):
            for member in expand(self._reading, (index,)) if index in indices else ():
                mention = self._of_the_place(member, frame) if index in frame.second else member
                whom = msgspec.structs.replace(mention, person=None, office=None, level=None) if frame.bare else mention
                participant = _participant(whom, leading, by_mention.get(index, ()))
                if participant is not None:
                    found.setdefault((participant.actor.key, participant.person), participant)
            leading = _leads_list(self._reading.mentions[index], leading)
        return _without_bare_doubles(tuple(found.values()))

    def _of_the_place(self, mention: Mention, frame: Frame) -> Mention:
        """Who is met abroad in a high post of no country, as that state's: "In Manila, she will meet President-elect Ruiz"."""
        high = mention.person and mention.level in _GOVERNING and "secretary" not in (mention.office or "").casefold()
        if not high or (mention.actor is not None and mention.reason != ASSUMED):
            return mention
        start, end = self._reading.sentences[frame.sentence].tokens
        opening = next(
            (m for m in self._reading.mentions if m.locative and start < m.tokens[0] <= min(start + _OPENING, end)), None
        )
        first = {m.actor for m in expand(self._reading, frame.first)}
        if opening is None or opening.actor in first or self._tree.tokens[opening.tokens[0] - 1].text.casefold() != "in":
            return mention
        return msgspec.structs.replace(mention, actor=opening.actor, reason="met there", score=OWN_SIDE)

    def _hosts_formally(self, frame: Frame) -> bool:
        """Hosting is stated by "hosted" or by a guest of the government; receiving a visitor at home is not by itself hosting."""
        words = self._reading.text(self._reading.sentences[frame.sentence].span).casefold()
        guest = any(phrase in words for phrase in self._lexicon.words.guest)
        return self._tree.tokens[frame.trigger].lemma in {"host", "co-host"} or guest


def _participant(mention: Mention, leading: Mention | None, roles: Sequence[tuple[Role, str]]) -> Participant | None:
    if mention.actor is None:
        return None
    role = best_role([role for role, _ in roles])
    bare = mention.kind is MentionKind.ACTOR and leading is not None
    office, level = (leading.office, leading.level) if bare and leading else (mention.office, mention.level)
    return Participant(
        actor=mention.actor,
        person=mention.person,
        office=office,
        level=level,
        role=role or Role.COUNTERPART,
        role_reason=next((why for stated, why in roles if stated is role), None),
        span=mention.span,
    )


def _leads_list(mention: Mention, before: Mention | None) -> Mention | None:
    """The plural post that governs a list of actors: "the ministers of A, B and C" makes each a minister."""
    if mention.kind is MentionKind.OFFICE and mention.plural and mention.person is None:
        return mention
    return before if mention.kind is MentionKind.ACTOR else None


def two_known(participants: Sequence[Participant]) -> bool:
    """At least two different actors that are known, or private persons with a (former) post."""
    known = {p.actor.key for p in participants if p.actor.code or (p.actor.kind is ActorKind.PERSON and p.office)}
    groups = {p.actor.key for p in participants if p.actor.kind is ActorKind.NONSTATE}
    return len(known | groups) >= 2 and bool(known)


def _type(frame: Frame, participants: Sequence[Participant], mentions: Sequence[Mention]) -> EngagementType:
    people = {p.actor.key for p in participants if p.person or p.level in _HEADS}
    if frame.type is EngagementType.TALKS_ROUND and len(people) >= 2 and frame.rule == "noun:talk":
        return EngagementType.CALL if frame.remote else EngagementType.MEETING
    if frame.type is EngagementType.MEETING and frame.remote and frame.unsure:
        return EngagementType.CALL
    if frame.type is EngagementType.MEETING and any(m.collective for m in mentions):
        return EngagementType.TALKS_ROUND  # "the two delegations met"
    if frame.nominal and frame.unsure and not any(p.person or p.office for p in participants):
        return EngagementType.TALKS_ROUND
    if frame.type is EngagementType.MEETING and len({p.actor.key for p in participants}) >= _MANY:
        return EngagementType.MULTILATERAL
    return frame.type


def _without_bare_doubles(participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """A bare actor gives way to a person (or post) of the same actor."""
    manned = {p.actor.key for p in participants if p.person or p.office}
    return tuple(p for p in participants if p.person or p.office or p.actor.key not in manned)


def _same_kind(pointer: EngagementType, draft: EngagementType) -> bool:
    """Whether a word for a contact can point at a draft: calls at calls, everything in person at everything in person."""
    remote = {EngagementType.CALL, EngagementType.LETTER}
    apart = {EngagementType.AGREEMENT_SIGNING, EngagementType.MEDIATION_OFFER, EngagementType.LETTER}
    if draft in apart or pointer in apart:
        return draft is pointer is EngagementType.AGREEMENT_SIGNING
    return (pointer in remote) == (draft in remote)
