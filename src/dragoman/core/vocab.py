"""The closed lists of the record; member docstrings are the codebook.

The lists follow the annotation guide of the project's gold set; levels, roles and outcomes extend MEND's, intensities and
interaction roots are PLOVER's (see `dragoman.knowledge`).
"""

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


class Level(StrEnum):
    """Rank of a person or of a delegation as the text describes it."""

    HEAD_OF_STATE = "head_of_state"
    """President, monarch, amir."""
    HEAD_OF_GOVERNMENT = "head_of_government"
    """Prime minister, chancellor, taoiseach."""
    MINISTER = "minister"
    """Ministers, US cabinet secretaries, vice-presidents, deputy prime ministers, ministers of state."""
    DEPUTY_MINISTER = "deputy_minister"
    """Deputy and vice ministers, US deputy secretaries, under-secretaries of a ministry are officials."""
    SPECIAL_ENVOY = "special_envoy"
    """Special envoys and representatives, UN envoys."""
    INTELLIGENCE_CHIEF = "intelligence_chief"
    """Heads of intelligence services."""
    AMBASSADOR = "ambassador"
    """Ambassadors, permanent representatives, charges d'affaires."""
    OFFICIAL = "official"
    """Security advisers, assistant secretaries, spokespersons, unnamed officials, teams."""
    NONSTATE_LEADER = "nonstate_leader"
    """Leaders and representatives of non-state groups."""
    ORGANISATION_HEAD = "organisation_head"
    """Heads of international organisations."""


class Sector(StrEnum):
    """What part of society an actor belongs to, in PLOVER's codes; a state as such acts through its government."""

    GOV = "GOV"
    """Governments: executive, ministries, diplomats, central banks, local government."""
    MIL = "MIL"
    """Armed forces of states, peacekeepers."""
    SPY = "SPY"
    """Intelligence services and their chiefs."""
    COP = "COP"
    """Police and other law enforcement."""
    JUD = "JUD"
    """Judges, courts, prosecutors, lawyers."""
    LEG = "LEG"
    """Parliaments and their members."""
    PTY = "PTY"
    """Political parties and candidates."""
    OPP = "OPP"
    """Opposition that is no party in government and not armed."""
    ELI = "ELI"
    """Former office-holders and other notables."""
    REB = "REB"
    """Rebels, insurgents, armed separatists."""
    PRM = "PRM"
    """Paramilitaries and militias, on a government's side or their own."""
    UAF = "UAF"
    """Armed people of no known allegiance."""
    PRE = "PRE"
    """Breakaway states that few or none recognise."""
    CRM = "CRM"
    """Organised and other crime."""
    CVL = "CVL"
    """Civilians and civil society."""
    REF = "REF"
    """Refugees, displaced people, migrants."""
    SOC = "SOC"
    """Peoples and other social groups as such."""
    REL = "REL"
    """Religious bodies and leaders."""
    MED = "MED"
    """Medicine and health care."""
    EDU = "EDU"
    """Schools, universities, research, experts."""
    JRN = "JRN"
    """Journalists and media."""
    BUS = "BUS"
    """Companies and business people."""
    LAB = "LAB"
    """Workers and unions."""
    AGR = "AGR"
    """Farmers, herders, fishers."""
    NGO = "NGO"
    """Non-governmental organisations."""
    IGO = "IGO"
    """Organisations of states."""
    UNK = "UNK"
    """People of whom nothing is said."""


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


class Stance(StrEnum):
    """What a speaker does by an utterance."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    DEMAND = "demand"
    OFFER = "offer"
    WARN = "warn"
    ACCUSE = "accuse"
    CONDEMN = "condemn"
    PRAISE = "praise"
    NEUTRAL = "neutral"


class ProposalKind(StrEnum):
    """What was put to the other side."""

    OFFER = "offer"
    DEMAND = "demand"
    CONDITION = "condition"
    GUARANTEE = "guarantee"


class Answer(StrEnum):
    """What became of a proposal, as the document says."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class TalksSignal(StrEnum):
    """A sentence's word on where talks stand (the dated status of a track is resolved from these)."""

    SCHEDULED = "scheduled"
    UNDER_WAY = "under_way"
    PROGRESS = "progress"
    IMPASSE = "impasse"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    AGREED = "agreed"
    COLLAPSED = "collapsed"


class TalksStatus(StrEnum):
    """Where a track of talks stands, as derived from its rounds, their outcomes and the word on it."""

    CONTACT = "contact"
    """A third party is in contact with a side."""
    PRE_TALKS = "pre_talks"
    """Mediation is offered, or a third party has contacted both sides separately."""
    SCHEDULED = "scheduled"
    """A round is announced."""
    UNDER_WAY = "under_way"
    """A round was held or talks are said to go on."""
    PROGRESS = "progress"
    IMPASSE = "impasse"
    SUSPENDED = "suspended"
    """A round was called off, or talks are said to be suspended."""
    AGREED = "agreed"
    """An agreement was reached."""
    IMPLEMENTED = "implemented"
    """An agreement is said to be kept or carried out."""
    COLLAPSED = "collapsed"
    """Talks or their agreement are said to have failed or ended."""


class MediationKind(StrEnum):
    """MEND's two kinds of mediation event, derived from who took part."""

    MEDIATION = "M"
    """A third party with two local parties or more, together or by shuttle."""
    RELATED = "MR"
    """Mediation-related: a third party with one local party, or third parties among themselves."""


class Credibility(StrEnum):
    """Admiralty grade of one piece of information, apart from its source's."""

    CONFIRMED = "1"
    """Confirmed by other independent sources."""
    PROBABLE = "2"
    """Probably true: first-hand word of a side that took part, or several reports of one teller."""
    POSSIBLE = "3"
    """Possibly true: one report with a named teller."""
    DOUBTFUL = "4"
    """Doubtful: alleged, or told by unnamed sources alone."""
    IMPROBABLE = "5"
    """Improbable: denied by somebody and confirmed by nobody else."""
    UNKNOWN = "6"
    """Truth cannot be judged: nothing is known of who tells it."""


class AgreementStage(StrEnum):
    """What sort of agreement it is, by PA-X's stages."""

    PRE_NEGOTIATION = "Pre"
    """Talks about talks, principles, confidence building."""
    PARTIAL = "SubPar"
    """Substantive on one issue or some: prisoners, grain, aid routes."""
    CEASEFIRE = "Cea"
    """Ceasefire, truce, pause."""
    COMPREHENSIVE = "SubComp"
    """Substantive and comprehensive: framework and peace agreements."""
    IMPLEMENTATION = "Imp"
    """How an earlier agreement is carried out or watched."""
    RENEWAL = "Ren"
    """An earlier agreement renewed or extended."""


class AgreementState(StrEnum):
    """What a sentence says of an agreement."""

    REACHED = "reached"
    """Signed, reached or brought into force."""
    KEPT = "kept"
    """Respected, carried out, or holding."""
    BROKEN = "broken"
    """Violated or not carried out."""
    EXTENDED = "extended"
    """Renewed or prolonged."""
    ENDED = "ended"
    """Expired, collapsed, left or terminated."""


class PositionStance(StrEnum):
    """How an actor stands on an issue at a time."""

    SUPPORTS = "supports"
    """Speaks for it, accepts or offers it."""
    CONDITIONAL = "conditional"
    """Agrees under a condition."""
    DEMANDS = "demands"
    """Asks others for it."""
    OPPOSES = "opposes"
    """Speaks against it or refuses it."""


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


class ActorKind(StrEnum):
    """What sort of body an actor is."""

    STATE = "state"
    ORGANISATION = "organisation"
    """Intergovernmental organisation or one of its bodies."""
    NGO = "ngo"
    NONSTATE = "nonstate"
    """Armed or political group that is not a state's government."""
    PERSON = "person"
    """A private or former person who represents nobody else."""


class PlaceKind(StrEnum):
    """How large a place is."""

    VENUE = "venue"
    CITY = "city"
    ADMIN = "admin"
    COUNTRY = "country"
    FEATURE = "feature"
    """Region, natural feature, camp or crossing."""


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    WEEK = "week"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    """Two dates that the text gives."""


class Setting(StrEnum):
    """Which part of a document a claim's sentence stands in."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"


class VoiceKind(StrEnum):
    """Who says so."""

    OUTLET = "outlet"
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    SPOKESPERSON = "spokesperson"
    OFFICIAL = "official"
    """A named official or institution."""
    ANONYMOUS = "anonymous"
    """Unnamed officials or sources."""
    READOUT = "readout"
    ANALYST = "analyst"
    """Analysts and observers."""
    MONITOR = "monitor"
    WITNESS = "witness"


class SpeakerKind(StrEnum):
    """What sort of speaker an utterance has."""

    POLITICAL = "political"
    """Political, diplomatic, military or armed-group speakers, or institutions."""
    ANALYST = "analyst"
    JOURNALIST = "journalist"
    WITNESS = "witness"
    OUTLET = "outlet"


class DateSource(StrEnum):
    """Where a document's published date came from."""

    METADATA = "metadata"
    """A field of the input, a feed or a page's own metadata."""
    OPTION = "option"
    """The user's `--published` or `--map published=COLUMN`."""
    UNKNOWN = "unknown"


class Reliability(StrEnum):
    """Admiralty grade of a source."""

    A = "A"
    """Completely reliable."""
    B = "B"
    """Usually reliable."""
    C = "C"
    """Fairly reliable."""
    D = "D"
    """Not usually reliable."""
    E = "E"
    """Unreliable."""
    F = "F"
    """Cannot be judged."""


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


class Verdict(StrEnum):
    """What an analyst decided about a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    ASSIGN = "assign"
    CODE = "code"
    """A coder's own answer to one question, given without seeing anybody else's: it measures agreement and changes nothing."""
