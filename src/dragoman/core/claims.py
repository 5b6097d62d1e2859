"""Claims: coded statements of fact out of one document, each with the spans that it rests on."""

from datetime import date

import msgspec

from dragoman.core.actors import Actor, Place
from dragoman.core.ids import ClaimId, DocumentId, DossierId, content_hash
from dragoman.core.plover import Quad, Root
from dragoman.core.text import Span
from dragoman.core.time import When
from dragoman.core.vocab import (
    AgreementStage,
    AgreementState,
    Answer,
    Channel,
    DateSource,
    DependenceType,
    EngagementType,
    Factuality,
    Guarantee,
    Issue,
    Level,
    Outcome,
    ProposalKind,
    Role,
    Setting,
    SpeakerKind,
    Stance,
    Standing,
    TalksSignal,
    ViolenceType,
    VoiceKind,
)


class Voice(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One link in the chain of who says so; chains run from the outermost teller to the innermost source."""

    kind: VoiceKind
    name: str
    """As the text words it."""
    actor: Actor | None = None
    span: Span | None = None


class Participant(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One person, or one actor without a person, in an engagement.

    `person` is the fullest form in the text without honorifics; `office` is as in the text, without the country.
    """

    actor: Actor
    person: str | None = None
    office: str | None = None
    level: Level | None = None
    role: Role = Role.COUNTERPART
    role_reason: str | None = None
    guarantee: Guarantee | None = None
    standing: Standing | None = None
    span: Span | None = None


class Claim(msgspec.Struct, frozen=True, gc=False, kw_only=True, tag_field="kind"):
    """What all claims share.

    `evidence` holds at least one span of the document's text, the sentence (or clause) first. `rule` names the finder and rule
    that made the claim; `score` is a model's probability where a model decided, else None. `filed` says in words why it is under
    its dossiers and issues ("gaza: “Rafah”, both sides take part").
    """

    document: DocumentId
    evidence: tuple[Span, ...]
    factuality: Factuality = Factuality.OCCURRED
    setting: Setting = Setting.BODY
    voices: tuple[Voice, ...] = ()
    dossiers: tuple[DossierId, ...] = ()
    filed: tuple[str, ...] = ()
    rule: str
    score: float | None = None

    def key(self) -> tuple[str, ...]:
        """What tells this claim from others with the same evidence."""
        raise TypeError(f"{type(self).__name__} has no key of its own")

    @property
    def named(self) -> tuple[Actor, ...]:
        """The actors that it names, those that act first; twice where one stands on both sides."""
        return ()

    @property
    def id(self) -> ClaimId:
        """Hash of kind, document, evidence and key: optional fields can be added without changing ids that analysts judged."""
        spans = (f"{span.start}-{span.end}" for span in self.evidence)
        return ClaimId("c" + content_hash(type(self).__name__, self.document, *spans, "|", *self.key()))


class Engagement(Claim, frozen=True, kw_only=True, tag="engagement"):
    """Two or more actors met, called, visited, wrote, negotiated, signed or offered to mediate.

    `link` is shared by the separate engagements of one chain ("separately with A, B and C"). Participants stand central first.
    """

    type: EngagementType
    participants: tuple[Participant, ...]
    channel: Channel | None = None
    place: Place | None = None
    when: When | None = None
    issues: tuple[Issue, ...] = ()
    outcome: Outcome = Outcome.NONE_REPORTED
    outcome_evidence: Span | None = None
    link: str | None = None
    round: int | None = None

    def key(self) -> tuple[str, ...]:
        """Type, factuality and who took part."""
        return (self.type, self.factuality, *sorted({f"{p.actor.key}/{p.person or ''}" for p in self.participants}))

    @property
    def named(self) -> tuple[Actor, ...]:
        """Who took part."""
        return tuple(one.actor for one in self.participants)


class Utterance(Claim, frozen=True, kw_only=True, tag="utterance"):
    """Somebody said something, quoted (`direct`) or reported; `content` is the quotation with its marks or the clause."""

    speaker: str
    """Fullest form in the text of the person or institution."""
    speaker_actors: tuple[Actor, ...] = ()
    speaker_kind: SpeakerKind = SpeakerKind.POLITICAL
    office: str | None = None
    level: Level | None = None
    content: Span
    direct: bool = False
    target: Actor | None = None
    stance: Stance = Stance.NEUTRAL
    issue: Issue = Issue.OTHER
    when: When | None = None
    salience: float = 0.0
    """0 to 1: how much the document makes of it; exports of the main statements take the highest first."""

    def key(self) -> tuple[str, ...]:
        """Speaker and the words."""
        return (self.speaker, str(self.content.start), str(self.content.end))

    @property
    def named(self) -> tuple[Actor, ...]:
        """Who speaks, then whom the words are aimed at."""
        return (*self.speaker_actors, *((self.target,) if self.target else ()))


class Proposal(Claim, frozen=True, kw_only=True, tag="proposal"):
    """An offer, demand, condition or guarantee that one side put to another; `terms` is the clause that states it."""

    type: ProposalKind
    by: tuple[Actor, ...]
    to: tuple[Actor, ...] = ()
    terms: Span
    answer: Answer = Answer.OPEN
    when: When | None = None
    deadline: When | None = None
    """The time by which the terms ask for something ("by Friday"); only its end is known."""
    issues: tuple[Issue, ...] = ()

    def key(self) -> tuple[str, ...]:
        """Kind, who and the words."""
        return (self.type, *sorted(actor.key for actor in self.by), str(self.terms.start), str(self.terms.end))

    @property
    def named(self) -> tuple[Actor, ...]:
        """Who puts it, then to whom."""
        return (*self.by, *self.to)


class Violence(Claim, frozen=True, kw_only=True, tag="violence"):
    """A violent act; the perpetrator only if the text states it."""

    type: ViolenceType
    perpetrator: Actor | None = None
    victim: str | None = None
    place: Place | None = None
    when: When | None = None

    def key(self) -> tuple[str, ...]:
        """Type and perpetrator."""
        return (self.type, self.perpetrator.key if self.perpetrator else "")

    @property
    def named(self) -> tuple[Actor, ...]:
        """The perpetrator, where the text states one."""
        return (self.perpetrator,) if self.perpetrator else ()


class Status(Claim, frozen=True, kw_only=True, tag="status"):
    """A sentence's word on where talks stand ("in a state of impasse")."""

    signal: TalksSignal
    actors: tuple[Actor, ...] = ()
    place: Place | None = None
    when: When | None = None

    def key(self) -> tuple[str, ...]:
        """The signal and whom it is about."""
        return (self.signal, *sorted(actor.key for actor in self.actors))

    @property
    def named(self) -> tuple[Actor, ...]:
        """Whose talks they are."""
        return self.actors


class Attribution(Claim, frozen=True, kw_only=True, tag="attribution"):
    """Who the document says told it: `content` is what was told, `voices` the chain, `source` its wording in one string."""

    content: Span
    source: str

    def key(self) -> tuple[str, ...]:
        """The wording of the source."""
        return (self.source,)


class Agreement(Claim, frozen=True, kw_only=True, tag="agreement"):
    """A sentence's word on an agreement: that it was reached, or what became of it.

    `name` is its wording; `parties` are those between whom it was reached. `by` are those who are said to keep, break or end it,
    `said_by` whoever accuses or credits them, where the sentence names either. Where the agreement is reached, the engagement of
    signing it rests on the same evidence.
    """

    state: AgreementState
    name: Span | None = None
    stage: AgreementStage | None = None
    parties: tuple[Actor, ...] = ()
    by: tuple[Actor, ...] = ()
    said_by: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()
    when: When | None = None

    def key(self) -> tuple[str, ...]:
        """The state, the name and who is said to have brought it about."""
        name = (str(self.name.start), str(self.name.end)) if self.name else ()
        return (self.state, *name, "|", *sorted(actor.key for actor in (*self.parties, *self.by)))

    @property
    def named(self) -> tuple[Actor, ...]:
        """The parties, those said to keep, break or end it, and those who say so."""
        return (*self.parties, *self.by, *self.said_by)


class Interaction(Claim, frozen=True, kw_only=True, tag="interaction"):
    """What one side did to another, as a PLOVER type: coded by a model for pairs of actors that no rule covers.

    Evidence is the sentence, the source's words and the target's. `score` is the model's probability of the type, `model` its
    name and version. `intensity` is PLOVER's, -10 (hostile) to 10, of the mode where one is stated, else of the type.
    """

    root: Root
    quad: Quad
    mode: str | None = None
    intensity: float
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    model: str
    when: When | None = None

    def key(self) -> tuple[str, ...]:
        """Type, who did it, to whom."""
        return (self.root, *sorted(actor.key for actor in self.source), ">", *sorted(actor.key for actor in self.target))

    @property
    def named(self) -> tuple[Actor, ...]:
        """Who acts, then on whom."""
        return (*self.source, *self.target)


class Dependence(Claim, frozen=True, kw_only=True, tag="dependence"):
    """A sentence's word that some need others, as a standing state of things: who has leverage over whom.

    `type` and `matter` (its wording) are None where the sentence does not say what is needed.
    """

    type: DependenceType | None = None
    who: tuple[Actor, ...]
    on: tuple[Actor, ...]
    matter: Span | None = None
    when: When | None = None

    def key(self) -> tuple[str, ...]:
        """What is needed, by whom, of whom."""
        return (self.type or "", *sorted(actor.key for actor in self.who), ">", *sorted(actor.key for actor in self.on))

    @property
    def named(self) -> tuple[Actor, ...]:
        """Who depends, then on whom."""
        return (*self.who, *self.on)


AnyClaim = Engagement | Utterance | Proposal | Violence | Status | Attribution | Agreement | Interaction | Dependence


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that could not be read or coded: what, where, and what to do about it."""

    code: str
    """Short stable name, such as "empty" or "encoding"."""
    where: str
    """File, address, record or document."""
    what: str
    remedy: str | None = None


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """All that one coder made of one document."""

    document: DocumentId
    claims: tuple[AnyClaim, ...] = ()
    problems: tuple[Problem, ...] = ()
    coder: str
    """Name and version of the coder, such as "rules 0.1.0"."""
    model: str
    """Name and version of the parser's model."""
    published: date | None = None
    """The published date that times were resolved against."""
    published_from: DateSource = DateSource.UNKNOWN

    @property
    def id(self) -> str:
        """Hash of everything that determines the claims."""
        return "k" + content_hash(self.document, self.coder, self.model, str(self.published or ""))
