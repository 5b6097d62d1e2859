"""Find engagements: drafts of contact told once each, completed from the sentences that elaborate them."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.core.claims import Engagement, Participant
from dragoman.core.vocab import ActorKind, Channel, EngagementType, Outcome, Role
from dragoman.extract.contact_coder import ContactCoder
from dragoman.extract.drafting import Drafter, two_known
from dragoman.extract.found_contacts import with_found
from dragoman.extract.merging import Draft, merge_drafts
from dragoman.extract.outcomes import outcome_of
from dragoman.extract.roles import GO_BETWEENS, StatedRole, is_party, makes_parties, opposed
from dragoman.extract.topics import elaborations, topics_of
from dragoman.extract.trips import with_occasions, with_trips
from dragoman.knowledge.contacts import ContactLexicon, load_contacts
from dragoman.knowledge.dossiers import DossierBook, shipped_dossiers, standing
from dragoman.read.reading import Mention, Reading

_STATED_LATER = frozenset({EngagementType.AGREEMENT_SIGNING, EngagementType.TALKS_ROUND})
"""Types whose go-betweens other sentences may name."""
_BROKERS = frozenset({Role.MEDIATOR, Role.CO_MEDIATOR, Role.FACILITATOR})


def find_engagements(
    reading: Reading, *, dossiers: DossierBook | None = None, contacts: ContactCoder | None = None
) -> Iterable[Engagement]:
    """All engagements of a document in text order: what the rules read and, of other words, what the model finds."""
    return _Finder(reading, load_contacts(), dossiers or shipped_dossiers(), contacts).find()


class _Finder:
    def __init__(self, reading: Reading, lexicon: ContactLexicon, dossiers: DossierBook, contacts: ContactCoder | None) -> None:
        self._reading = reading
        self._drafter = Drafter(reading, lexicon)
        self._contacts = contacts
        self._lexicon = lexicon
        self._dossiers = dossiers

    def find(self) -> tuple[Engagement, ...]:
        """Drafts of one contact merged, each completed from the sentences that elaborate it."""
        drafts = with_occasions(with_trips(merge_drafts(self._drafter.drafts())))
        if self._contacts is not None:
            drafts = with_found(drafts, self._drafter.found(self._contacts, drafts))
        drafts = tuple(draft for draft in drafts if not draft.way_there)
        around = elaborations(self._reading, [draft.sentence for draft in drafts])
        pointers = tuple(self._drafter.pointers(draft.trigger for draft in drafts))
        places = [draft.place.name if draft.place else None for draft in drafts]
        completed = []
        for at, (draft, more) in enumerate(zip(drafts, around, strict=True)):
            elsewhere = frozenset(name for i, name in enumerate(places) if name and i != at)
            met = frozenset(person for other in drafts if other is not draft for person in other.persons)
            filled = self._drafter.filled(draft, [p for p in pointers if p.sentence in more], elsewhere, met)
            completed.append(self._engagement(filled, more))
        return tuple(claim for claim in completed if two_known(claim.participants))

    def _engagement(self, draft: Draft, more: Sequence[int]) -> Engagement:
        draft = self._with_later_roles(draft, more)
        codes = [p.actor.code for p in draft.participants if p.actor.code]
        topics = topics_of(self._reading, more, codes, dossiers=self._dossiers)
        outcome, outcome_span = outcome_of(self._reading, more, draft.type, draft.factuality)
        if draft.broken:
            outcome, outcome_span = Outcome.BREAKDOWN, draft.evidence[0]
        return Engagement(
            document=self._reading.document.id,
            evidence=draft.evidence,
            factuality=draft.factuality,
            setting=draft.setting,
            dossiers=topics.dossiers,
            filed=topics.reasons,
            rule=draft.rule,
            score=draft.score,
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

    def _with_later_roles(self, draft: Draft, more: Sequence[int]) -> Draft:
        """Go-betweens that other sentences name: "commended X and Y for their efforts to mediate"."""
        if draft.type not in _STATED_LATER:
            return draft
        participants = list(draft.participants)
        later = self._drafter.later_roles(more, of_truce=self._is_truce(draft))
        for mention, stated in later:
            for at, p in enumerate(participants):
                same = mention.actor is not None and p.actor.key == mention.actor.key and p.person in {None, mention.person}
                thanked = stated.thanked and p.role is Role.COUNTERPART  # a side is one still
                if same and not thanked and stated.role in GO_BETWEENS and p.role in {Role.COUNTERPART, *GO_BETWEENS}:
                    role, why = (stated.role, stated.why) if p.role is Role.COUNTERPART else (p.role, p.role_reason)
                    office, level = (p.office, p.level) if p.person or not mention.person else (mention.office, mention.level)
                    participants[at] = msgspec.structs.replace(
                        p, role=role, role_reason=why, person=p.person or mention.person, office=office, level=level
                    )
        if draft.type is EngagementType.AGREEMENT_SIGNING:
            participants.extend(self._brokers(draft, later))
        return msgspec.structs.replace(draft, participants=tuple(participants))

    def _is_truce(self, draft: Draft) -> bool:
        """Whether an agreement is a truce by its wording."""
        lemmas = set(draft.rule.replace(":", " ").casefold().split())
        return draft.type is EngagementType.AGREEMENT_SIGNING and bool(lemmas & self._lexicon.words.truce)

    def _brokers(self, draft: Draft, later: Sequence[tuple[Mention, StatedRole]]) -> Iterator[Participant]:
        """Those whom other sentences thank for brokering the deal, and who are not in it yet."""
        present = set(draft.actors)
        for mention, stated in later:
            if mention.actor is not None and mention.actor.code and stated.role in _BROKERS and mention.actor.key not in present:
                present.add(mention.actor.key)
                yield Participant(
                    actor=mention.actor,
                    person=mention.person,
                    office=mention.office,
                    level=mention.level,
                    role=stated.role,
                    role_reason=stated.why,
                    span=mention.span,
                )

    def _with_parties(self, draft: Draft, dossier_ids: Sequence[str]) -> tuple[Participant, ...]:
        """Participants with standing, and local parties made `party` where the contact is about their dispute."""
        day = self._reading.document.published
        dossiers = [d.at(day) for i in dossier_ids if (d := self._dossiers.get(i)) is not None]
        armed = {p.actor.key for p in draft.participants if p.actor.kind is ActorKind.NONSTATE and p.actor.code is None}
        local = {p.actor.key for p in draft.participants if is_party(p.actor, dossiers)} | armed
        words = {word for span in draft.evidence for word in self._reading.text(span).casefold().replace("-", " ").split()}
        parties = makes_parties(
            draft.type,
            [p.role for p in draft.participants],
            across=opposed([p.actor for p in draft.participants], dossiers),
            peace=bool(words & self._lexicon.words.peace),
        )
        result = []
        for p in draft.participants:
            role, why = p.role, p.role_reason
            if parties and p.actor.key in local and role is Role.COUNTERPART:
                role, why = Role.PARTY, "party to the dossier"
            stand = next((s for d in dossiers if (s := standing(d, p.actor.code)) is not None), None)
            result.append(msgspec.structs.replace(p, role=role, role_reason=why, standing=stand))
        return tuple(result)


def _channel(draft: Draft) -> Channel | None:
    """How the sides were in touch; None where the wording leaves it open."""
    if draft.type is EngagementType.CALL:
        return Channel.PHONE
    if draft.type is EngagementType.LETTER:
        return Channel.LETTER
    if draft.unsure or draft.type in {EngagementType.MEDIATION_OFFER, EngagementType.AGREEMENT_SIGNING}:
        return None
    return Channel.IN_PERSON
