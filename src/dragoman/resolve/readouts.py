"""The tellings of one event side by side: what each says, adds and leaves out, and how credible the event is."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from dragoman.core.actors import Actor
from dragoman.core.claims import AnyClaim, Engagement, Proposal, Utterance, Voice
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.readouts import Alignment, Graded, Readout
from dragoman.core.records import Event, Stated
from dragoman.core.vocab import Credibility, Factuality, Issue, Outcome, Stance, VoiceKind
from dragoman.resolve.basis import Basis

Owner = Callable[[Voice], Actor | None]
"""Says whose own word a voice is."""

_FIRST_HAND = frozenset({VoiceKind.READOUT, VoiceKind.SPOKESPERSON, VoiceKind.OFFICIAL, VoiceKind.OUTLET})
_SILENT = frozenset({Stance.NEUTRAL})


def align_readouts(event: Event, basis: Basis, owner: Owner) -> Alignment:
    """Put the tellings of an event side by side.

    One telling is one document with those that copy it. What the participants are quoted with, offer and demand in it counts as
    told with the event where the document tells of no other contact, else where it stands between this contact and the next.
    """
    by_group: dict[DocumentId, list[tuple[ClaimId, Engagement]]] = {}
    for one, claim in basis.engagements(event):
        by_group.setdefault(basis.groups.get(claim.document, claim.document), []).append((one, claim))
    readouts = [_readout(event, found, basis, owner) for found in by_group.values()]
    compared = [_compared(one, readouts) for one in readouts]
    everywhere = [issue for issue in readouts[0].issues if all(issue in one.issues for one in readouts)] if readouts else []
    return Alignment(
        event=event.id,
        readouts=tuple(sorted(compared, key=_order)),
        shared=tuple(everywhere) if len(readouts) > 1 else (),
        conflicts=event.differences,
        independent=event.independent,
        tellers=len(event.voices),
        credibility=grade_credibility(event, basis, owner),
    )


def _order(one: Readout) -> tuple[bool, date, DocumentId]:
    return (one.side is None, one.published or date.max, one.documents[0])


def _readout(
    event: Event,
    told: Sequence[tuple[ClaimId, Engagement]],
    basis: Basis,
    owner: Owner,
) -> Readout:
    first = told[0][1]
    actors = {one.actor.key: one.actor for one in event.participants}
    beside = _told_with({one for one, _ in told}, first, basis.told_in.get(first.document, ()), set(actors))
    voices = _chain(first, basis)
    side = next((found for voice in reversed(voices) if (found := owner(voice)) is not None and found.key in actors), None)
    published = [day for _, claim in told if (day := basis.published(claim)) is not None]
    return Readout(
        documents=tuple(dict.fromkeys(claim.document for _, claim in told)),
        side=actors[side.key] if side else None,
        teller=replace(voices[-1], span=None) if voices else None,
        published=min(published, default=None),
        claims=tuple(one for one, _ in told),
        fields=tuple(_fields(told)),
        persons=tuple(dict.fromkeys(p.person for _, claim in told for p in claim.participants if p.person)),
        issues=_issues([claim for _, claim in (*told, *beside)]),
        offers=tuple(_offers(beside, basis)),
        tone=_tone(beside),
    )


def _chain(claim: Engagement, basis: Basis) -> tuple[Voice, ...]:
    """The voices of a claim, led by the document's source where the text names none of its own."""
    document = basis.documents.get(claim.document)
    if claim.voices or document is None or document.source is None:
        return claim.voices
    return (Voice(kind=VoiceKind.OUTLET, name=document.source),)


def _told_with(
    own: set[ClaimId], first: Engagement, document: Sequence[tuple[ClaimId, AnyClaim]], actors: set[str]
) -> list[tuple[ClaimId, AnyClaim]]:
    """Statements and proposals of the participants that stand with this contact rather than with another one."""
    elsewhere = sorted(c.evidence[0].start for one, c in document if isinstance(c, Engagement) and one not in own)
    start = first.evidence[0].start
    begin = max((at for at in elsewhere if at < start), default=0)
    begin = start if begin else 0
    end = min((at for at in elsewhere if at > first.evidence[0].end), default=None)
    found = []
    for one, claim in document:
        at = claim.evidence[0].start
        if begin <= at and (end is None or at < end) and _speakers(claim) & actors:
            found.append((one, claim))
    return found


def _speakers(claim: AnyClaim) -> set[str]:
    match claim:
        case Utterance():
            return {actor.key for actor in claim.speaker_actors}
        case Proposal():
            return {actor.key for actor in claim.by}
        case _:
            return set()


def _fields(told: Iterable[tuple[ClaimId, Engagement]]) -> Iterable[tuple[str, str]]:
    """What a telling says of each field, the first statement of it."""
    said: dict[str, str] = {}
    for _, claim in told:
        said.setdefault("type", claim.type.value)
        said.setdefault("factuality", claim.factuality.value)
        if claim.channel:
            said.setdefault("channel", claim.channel.value)
        if claim.place and (claim.place.name or claim.place.country):
            said.setdefault("place", claim.place.name or claim.place.country or "")
        if claim.when and claim.when.start and claim.when.start == claim.when.end:
            said.setdefault("day", claim.when.start.isoformat())
        if claim.outcome is not Outcome.NONE_REPORTED:
            said.setdefault("outcome", claim.outcome.value)
    return said.items()


def _issues(claims: Iterable[AnyClaim]) -> tuple[Issue, ...]:
    found: dict[Issue, None] = {}
    for claim in claims:
        named = (
            (claim.issue,) if isinstance(claim, Utterance) else claim.issues if isinstance(claim, Engagement | Proposal) else ()
        )
        found |= dict.fromkeys(issue for issue in named if issue is not Issue.OTHER)
    return tuple(found)


def _offers(beside: Iterable[tuple[ClaimId, AnyClaim]], basis: Basis) -> Iterable[Stated]:
    for one, claim in beside:
        if isinstance(claim, Proposal):
            document = basis.documents.get(claim.document)
            terms = " ".join(claim.terms.of(document.text).split()) if document else ""
            by = ", ".join(actor.name for actor in claim.by)
            yield Stated(f"{claim.type.value} by {by}: {terms}", (one,))


def _tone(beside: Iterable[tuple[ClaimId, AnyClaim]]) -> tuple[Stated, ...]:
    """How often each stance is told, with the statements."""
    found: dict[str, list[ClaimId]] = {}
    for one, claim in beside:
        if isinstance(claim, Utterance) and claim.stance not in _SILENT:
            found.setdefault(claim.stance.value, []).append(one)
    return tuple(Stated(stance, tuple(ids)) for stance, ids in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _compared(one: Readout, all_of_them: Sequence[Readout]) -> Readout:
    rest = [other for other in all_of_them if other is not one]
    elsewhere = dict.fromkeys(issue for other in rest for issue in other.issues)
    return replace(
        one,
        adds=tuple(issue for issue in one.issues if rest and issue not in elsewhere),
        leaves_out=tuple(issue for issue in elsewhere if issue not in one.issues),
    )


def grade_credibility(event: Event, basis: Basis, owner: Owner) -> Graded:
    """Grade an event from 1 to 6 by who tells it, apart from how reliable each source is held to be.

    The rule looks at denials, allegations, the number of independent documents and of tellers (all of one government's count as
    one), and whether a side that took part speaks for itself.
    """
    claims = [claim for _, claim in basis.engagements(event)]
    denied = [claim for claim in claims if claim.factuality is Factuality.DENIED]
    voices = [_chain(claim, basis) for claim in claims if claim.factuality is not Factuality.DENIED]
    tellers = {_speaks_for(voice, owner) for chain in voices for voice in chain[-1:]}
    if denied:
        return _denied(event, claims, denied)
    if claims and all(claim.factuality is Factuality.ALLEGED for claim in claims):
        return Graded(Credibility.DOUBTFUL, "alleged; no document vouches for it")
    if event.independent > 1 and len(tellers) > 1:
        return Graded(Credibility.CONFIRMED, f"{event.independent} independent documents with {len(tellers)} different tellers")
    if event.independent > 1 and tellers:
        return Graded(Credibility.PROBABLE, f"{event.independent} documents, all after one teller")
    return _single(event, voices, owner)


def _speaks_for(voice: Voice, owner: Owner) -> str:
    """Who is behind a voice: a ministry and its spokesman are one government, and confirm nothing to one another."""
    side = owner(voice) or voice.actor
    return side.key if side else voice.name.casefold()


def _denied(event: Event, claims: Sequence[Engagement], denied: Sequence[Engagement]) -> Graded:
    affirmed = {claim.document for claim in claims if claim.factuality is not Factuality.DENIED}
    if len(affirmed) > 1 and event.independent > len({claim.document for claim in denied}) + 1:
        return Graded(Credibility.DOUBTFUL, f"denied in {len(denied)} report(s), told in {len(affirmed)} documents")
    return Graded(Credibility.IMPROBABLE, f"denied in {len(denied)} report(s) and confirmed by nobody else")


def _single(event: Event, voices: Sequence[tuple[Voice, ...]], owner: Owner) -> Graded:
    """One independent report: by a side itself, by somebody named, by nobody named."""
    actors = {one.actor.key for one in event.participants}
    inner = [chain[-1] for chain in voices if chain]
    if not inner:
        return Graded(Credibility.UNKNOWN, "nobody is named who tells it")
    if all(voice.kind is VoiceKind.ANONYMOUS for voice in inner):
        return Graded(Credibility.DOUBTFUL, f"told by unnamed sources alone: {inner[0].name}")
    for voice in inner:
        side = owner(voice) if voice.kind in _FIRST_HAND else None
        if side is not None and side.key in actors:
            return Graded(Credibility.PROBABLE, f"first-hand: {voice.name} speaks for {side.name}")
    return Graded(Credibility.POSSIBLE, f"one independent report, told by {inner[0].name}")
