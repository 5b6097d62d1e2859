"""Find engagements: frames of contact, told once each, with roles, time, place, topics and outcome."""

from collections.abc import Iterable, Sequence

import msgspec

from dragoman.core.claims import Engagement, Participant
from dragoman.core.ids import content_hash
from dragoman.core.vocab import ActorKind, Channel, EngagementType, Level, Role, Setting
from dragoman.extract.circumstances import place_of, when_of
from dragoman.extract.deals import DealFinder
from dragoman.extract.frames import Frame
from dragoman.extract.merging import Draft, merge_drafts
from dragoman.extract.nouns import NounFinder
from dragoman.extract.outcomes import outcome_of
from dragoman.extract.roles import StatedRole, best_role, is_party, makes_parties, stated_roles
from dragoman.extract.sides import Sides, expand
from dragoman.extract.topics import elaborations, topics_of
from dragoman.extract.verbs import VerbFinder
from dragoman.knowledge.contacts import ContactLexicon, load_contacts
from dragoman.knowledge.dossiers import DossierBook, shipped_dossiers, standing
from dragoman.read.reading import Mention, MentionKind, Reading
from dragoman.read.tree import Tree

_GO_BETWEENS = frozenset({Role.MEDIATOR, Role.FACILITATOR, Role.GUARANTOR, Role.OBSERVER, Role.HOST})
_CONTACTS_WITH_THIRD_PARTIES = frozenset(
    {EngagementType.TALKS_ROUND, EngagementType.AGREEMENT_SIGNING, EngagementType.MULTILATERAL, EngagementType.MEETING}
)


def find_engagements(reading: Reading, *, dossiers: DossierBook | None = None) -> Iterable[Engagement]:
    """All engagements of a document in text order."""
    return EngagementFinder(reading, load_contacts(), dossiers or shipped_dossiers()).find()


class EngagementFinder:
    """Works one reading."""

    def __init__(self, reading: Reading, lexicon: ContactLexicon, dossiers: DossierBook) -> None:
        self._reading = reading
        self._tree = Tree(reading.parse)
        self._sides = Sides(reading, self._tree)
        self._lexicon = lexicon
        self._dossiers = dossiers

    def find(self) -> tuple[Engagement, ...]:
        """Frames to drafts, drafts of one contact merged, each completed from the sentences that elaborate it."""
        drafts = merge_drafts([draft for frame in self._frames() for draft in self._drafts(frame)])
        around = elaborations(self._reading, [draft.sentence for draft in drafts])
        return tuple(self._engagement(draft, more) for draft, more in zip(drafts, around, strict=True))

    def _frames(self) -> Iterable[Frame]:
        verbs = VerbFinder(self._sides, self._lexicon)
        nouns = NounFinder(self._sides, verbs, self._lexicon)
        deals = DealFinder(self._sides, verbs, self._lexicon)
        for sentence in self._reading.sentences:
            yield from sorted(
                (*verbs.find(sentence), *nouns.find(sentence), *deals.find(sentence)),
                key=lambda frame: (frame.trigger, frame.rule),
            )

    def _drafts(self, frame: Frame) -> Iterable[Draft]:
        """One draft a frame; one for each other side where the sides were met separately."""
        sentence = self._reading.sentences[frame.sentence]
        roles = stated_roles(self._sides, sentence, self._lexicon.words)
        seconds = [(i,) for i in frame.second] if frame.separate and len(frame.second) > 1 else [frame.second]
        link = content_hash(self._reading.document.id, str(frame.trigger)) if len(seconds) > 1 else None
        for second in seconds:
            draft = self._draft(msgspec.structs.replace(frame, second=second), roles, link)
            if draft is not None:
                yield draft

    def _draft(self, frame: Frame, roles: Sequence[StatedRole], link: str | None) -> Draft | None:
        go_betweens: tuple[int, ...] = ()
        if frame.type in _CONTACTS_WITH_THIRD_PARTIES and link is None:
            go_betweens = tuple(r.mention for r in roles if r.role in _GO_BETWEENS and r.mention not in frame.mentions)
        indices = (*frame.mentions, *go_betweens)
        participants = self._participants(frame, indices, roles)
        actors = {p.actor.key for p in participants}
        known = {p.actor.key for p in participants if p.actor.code or (p.actor.kind is ActorKind.PERSON and p.office)}
        if len(actors) < 2 or len(known) < 2:
            return None
        sentence = self._reading.sentences[frame.sentence]
        when = when_of(self._reading, self._tree, frame)
        taken = [t for i in indices for t in range(*self._reading.mentions[i].tokens)]
        place = place_of(self._reading, self._tree, frame, taken)
        persons = any(p.person or p.office for p in participants)
        if frame.nominal and not persons and when is None and place is None and sentence.setting is not Setting.TITLE:
            if frame.type not in {EngagementType.AGREEMENT_SIGNING, EngagementType.LETTER}:
                return None
        return Draft(
            sentence=frame.sentence,
            trigger=frame.trigger,
            type=self._type(frame, participants),
            factuality=frame.factuality,
            participants=participants,
            place=place,
            when=when,
            setting=sentence.setting,
            evidence=(sentence.span,),
            unsure=frame.unsure and not frame.remote,
            definite=frame.definite,
            remote=frame.remote,
            link=link,
            rule=frame.rule,
        )

    def _type(self, frame: Frame, participants: Sequence[Participant]) -> EngagementType:
        people = [p for p in participants if p.person]
        states = {p.actor.key for p in participants}
        if frame.type is EngagementType.TALKS_ROUND and len({p.actor.key for p in people}) >= 2 and frame.rule == "noun:talk":
            return EngagementType.CALL if frame.remote else EngagementType.MEETING
        if frame.type is EngagementType.MEETING and frame.remote and frame.unsure:
            return EngagementType.CALL
        if frame.type is EngagementType.MEETING and len(states) >= 5:
            return EngagementType.MULTILATERAL
        return frame.type

    def _participants(self, frame: Frame, indices: Sequence[int], roles: Sequence[StatedRole]) -> tuple[Participant, ...]:
        by_mention: dict[int, list[tuple[Role, str]]] = {}
        for stated in roles:
            by_mention.setdefault(stated.mention, []).append((stated.role, stated.why))
        for index, role in frame.roles:
            by_mention.setdefault(index, []).append((role, "offered"))
        for index in frame.hosts:
            if self._hosts_formally(frame):
                by_mention.setdefault(index, []).append((Role.HOST, "hosted"))
        found: list[Participant] = []
        seen: set[tuple[str, str | None]] = set()
        for index in indices:
            for mention in expand(self._reading, (index,)):
                participant = self._participant(mention, by_mention.get(index, ()))
                key = (participant.actor.key, participant.person) if participant else None
                if participant is not None and key not in seen and key is not None:
                    seen.add(key)
                    found.append(participant)
        return _without_bare_doubles(found)

    def _hosts_formally(self, frame: Frame) -> bool:
        """Hosting is stated by "hosted" or by a guest of government; receiving a visitor at home is not by itself hosting."""
        words = self._reading.text(self._reading.sentences[frame.sentence].span).casefold()
        return self._tree.tokens[frame.trigger].lemma == "host" or "guest of government" in words or "state visit" in words

    def _participant(self, mention: Mention, roles: Sequence[tuple[Role, str]]) -> Participant | None:
        if mention.actor is None:
            return None
        role = best_role([role for role, _ in roles])
        why = next((why for stated, why in roles if stated is role), None)
        level = mention.level
        if level is None and mention.plural and mention.kind is MentionKind.OFFICE:
            level = Level.OFFICIAL
        return Participant(
            actor=mention.actor,
            person=mention.person,
            office=mention.office,
            level=level,
            role=role or Role.COUNTERPART,
            role_reason=why,
            span=mention.span,
        )

    def _engagement(self, draft: Draft, more: Sequence[int]) -> Engagement:
        codes = [p.actor.code for p in draft.participants if p.actor.code]
        topics = topics_of(self._reading, more, codes, dossiers=self._dossiers)
        outcome, outcome_span = outcome_of(self._reading, more, draft.type)
        return Engagement(
            document=self._reading.document.id,
            evidence=draft.evidence,
            factuality=draft.factuality,
            setting=draft.setting,
            dossiers=topics.dossiers,
            rule=draft.rule,
            type=draft.type,
            participants=self._with_parties(draft, topics.dossiers),
            channel=_channel(draft),
            place=draft.place,
            when=draft.when,
            issues=topics.issues,
            outcome=outcome,
            outcome_evidence=outcome_span,
            link=draft.link,
        )

    def _with_parties(self, draft: Draft, dossier_ids: Sequence[str]) -> tuple[Participant, ...]:
        """Participants with standing, and local parties made `party` where the contact is about their dispute."""
        dossiers = [d for i in dossier_ids if (d := self._dossiers.get(i)) is not None]
        local = {p.actor.key for p in draft.participants if is_party(p.actor, dossiers)}
        roles = [p.role for p in draft.participants if p.actor.key not in local]
        peace = any(
            word in self._lexicon.words.peace for span in draft.evidence for word in self._reading.text(span).casefold().split()
        )
        parties = makes_parties(draft.type, roles, len(local), peace=peace)
        result = []
        for p in draft.participants:
            role, why = p.role, p.role_reason
            if parties and p.actor.key in local and role is Role.COUNTERPART:
                role, why = Role.PARTY, "party to the dossier"
            stand = next((s for d in dossiers if (s := standing(d, p.actor.code)) is not None), None)
            result.append(msgspec.structs.replace(p, role=role, role_reason=why, standing=stand))
        return tuple(result)


def _without_bare_doubles(participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """A bare actor gives way to a person (or post) of the same actor."""
    manned = {p.actor.key for p in participants if p.person or p.office}
    return tuple(p for p in participants if p.person or p.office or p.actor.key not in manned)


def _channel(draft: Draft) -> Channel | None:
    if draft.type is EngagementType.CALL:
        return Channel.PHONE
    if draft.type is EngagementType.LETTER:
        return Channel.LETTER
    if draft.type is EngagementType.MEDIATION_OFFER or draft.unsure or draft.type is EngagementType.AGREEMENT_SIGNING:
        return None
    return Channel.IN_PERSON
