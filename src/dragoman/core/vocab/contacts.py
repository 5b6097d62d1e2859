"""What happens between actors: kinds of contact, how far it happened, roles, issues and what came of it."""

from enum import StrEnum


class EngagementType(StrEnum):
    """What kind of contact an engagement is."""

    MEETING = "meeting"
    """In person, bilateral or small."""
    CALL = "call"
    """By phone or video."""
    VISIT = "visit"
    """Travel to another actor's territory, where the travel is the news or no single meeting is named."""
    TALKS_ROUND = "talks_round"
    """Delegations negotiate; mediated or multi-day talks."""
    MULTILATERAL = "multilateral"
    """Conference, summit, ministerial, Council session."""
    LETTER = "letter"
    """Written communication: letters, papers, open letters."""
    MEDIATION_OFFER = "mediation_offer"
    """An explicit offer or proposal to mediate, facilitate, guarantee or host."""
    AGREEMENT_SIGNING = "agreement_signing"
    """An agreement, truce or deal signed, reached or brought into force between named actors."""


class Factuality(StrEnum):
    """How real the document says a claim is."""

    OCCURRED = "occurred"
    """Happened or is under way."""
    PLANNED = "planned"
    """Announced or scheduled."""
    CANCELLED = "cancelled"
    """Was planned and will not happen, or was put off."""
    CALLED_FOR = "called_for"
    """Only urged, hoped for or proposed, with a named format, mediator, venue or pair of persons."""
    DENIED = "denied"
    """Somebody says that it did not happen."""
    CONDITIONAL = "conditional"
    """Would happen if something else does."""
    ASSESSED = "assessed"
    """The outlet or an analyst judges that it happened."""
    ALLEGED = "alleged"
    """Somebody says that it happened and the document does not vouch for it."""


class Channel(StrEnum):
    """How the sides were in contact."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"
    LETTER = "letter"
    SHUTTLE = "shuttle"
    """Separate meetings of a third party with the sides."""
    INTERMEDIARY = "intermediary"
    """Messages passed through somebody else."""


class Role(StrEnum):
    """What an actor did in one engagement, as the wording states it."""

    MEDIATOR = "mediator"
    """Brokered, mediated, brought the parties together."""
    CO_MEDIATOR = "co_mediator"
    """Mediated together with another."""
    GUARANTOR = "guarantor"
    """Offers or accepts to guarantee an agreement."""
    HOST = "host"
    """Hosted the contact on own territory or as convenor; receiving a visitor at home is not by itself hosting."""
    FACILITATOR = "facilitator"
    """Facilitated, helped, passed messages without mediating."""
    MESSAGE_CARRIER = "message_carrier"
    """Carried messages between sides."""
    PARTY = "party"
    """Party to the dispute being negotiated or to the agreement ending it."""
    OBSERVER = "observer"
    """Sat in without negotiating."""
    COUNTERPART = "counterpart"
    """Anything else: the other side of a contact."""


class Guarantee(StrEnum):
    """State of a guarantor role."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Standing(StrEnum):
    """An actor's standing in a dossier, from the dossier's list of parties."""

    THIRD_PARTY = "third_party"
    LOCAL_PARTY = "local_party"


class Issue(StrEnum):
    """What is on the table."""

    CEASEFIRE = "ceasefire"
    HOSTAGES_PRISONERS = "hostages_prisoners"
    HUMANITARIAN_AID = "humanitarian_aid"
    POLITICAL_SETTLEMENT = "political_settlement"
    """Peace process, elections, mediation, dialogue."""
    SECURITY_GUARANTEES = "security_guarantees"
    """Guarantees, defence, deterrence, European security."""
    BORDER_TERRITORY = "border_territory"
    """Sovereignty, annexation, borders, recognition."""
    SANCTIONS = "sanctions"
    NUCLEAR = "nuclear"
    ENERGY_ECONOMY = "energy_economy"
    """Trade, grain, transport, energy, investment."""
    REFUGEES = "refugees"
    COUNTERTERRORISM = "counterterrorism"
    PEACEKEEPING = "peacekeeping"
    HUMAN_RIGHTS = "human_rights"
    """Protection of civilians and accountability included."""
    BILATERAL_RELATIONS = "bilateral_relations"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of an engagement, as reported."""

    NONE_REPORTED = "none_reported"
    AGREED_TO_CONTINUE = "agreed_to_continue"
    """Further talks, contact or coordination agreed."""
    PROGRESS = "progress"
    """The text says so, or commitments short of a deal."""
    AGREEMENT = "agreement"
    """A concrete deal or decision adopted."""
    IMPASSE = "impasse"
    """No or few results."""
    BREAKDOWN = "breakdown"
    """Talks failed or were left."""
    DECLINED = "declined"
    """A request or proposal refused."""


class ViolenceType(StrEnum):
    """A violent act reported as having happened or going on."""

    AIRSTRIKE = "airstrike"
    ROCKET_ATTACK = "rocket_attack"
    SHELLING = "shelling"
    BOMBING = "bombing"
    ARMED_ATTACK = "armed_attack"
    GROUND_OFFENSIVE = "ground_offensive"
    CLASHES = "clashes"
    KIDNAPPING_HOSTAGE = "kidnapping_hostage"
    REPRESSION = "repression"
    OTHER = "other"


class DependenceType(StrEnum):
    """What one actor is said to need of another."""

    ENERGY = "energy"
    TRADE = "trade"
    ARMS = "arms"
    BASING = "basing"
    """Room for its forces."""
    AID = "aid"
    FINANCE = "finance"
    SECURITY = "security"
    TRANSIT = "transit"
    WATER = "water"
