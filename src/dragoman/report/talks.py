"""Talks as rows and in words: status with its sentence, rounds with their level, what changed since the last one."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dragoman.core.claims import AnyClaim, Engagement
from dragoman.core.ids import ClaimId, EventId
from dragoman.core.talks import LevelChange, Round, StatusStep, Talks
from dragoman.core.vocab import Factuality, Outcome
from dragoman.report.excerpts import sentence_around
from dragoman.report.lines import Library
from dragoman.report.words import day, joined, voice_words, when_words, words


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """One claim as a citation: its sentence, where it stands and who says so."""

    sentence: str
    claim: ClaimId
    source: str | None = None
    published: date | None = None
    voice: str
    url: str | None = None


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the status of talks."""

    status: str
    since: date | None = None
    reported: bool
    """Whether `since` is the day of the report."""
    last: date | None = None
    why: str
    also: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()


class RoundRow(msgspec.Struct, frozen=True, kw_only=True):
    """One round: the number that reports give, its place in the record, who sat in it."""

    events: tuple[EventId, ...]
    factuality: str
    stated: int | None = None
    order: int | None = None
    date_start: date | None = None
    date_end: date | None = None
    place: str | None = None
    outcome: str
    delegations: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


class TalksRow(msgspec.Struct, frozen=True, kw_only=True):
    """One track of talks with its status, rounds and history; `named` says whether it is a process with a name of its own."""

    id: str
    name: str
    named: bool
    dossier: str | None = None
    status: str | None = None
    since: date | None = None
    reported: bool | None = None
    last: date | None = None
    """The last day on which something says so."""
    why: str | None = None
    sentence: str | None = None
    source: str | None = None
    claim: ClaimId | None = None
    parties: tuple[str, ...] = ()
    third_parties: tuple[str, ...] = ()
    rounds_held: int = 0
    latest_round: str | None = None
    next_round: str | None = None
    findings: tuple[str, ...] = ()
    """What differs in the latest round from those before."""
    contacts: tuple[EventId, ...] = ()
    agreements: tuple[EventId, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why its events are taken to belong together."""
    rounds: tuple[RoundRow, ...] = ()
    history: tuple[StepRow, ...] = ()


def talks_row(talks: Talks, claims: Mapping[ClaimId, AnyClaim], library: Library) -> TalksRow:
    """One track beside the sentences that its status rests on."""
    history = tuple(_step(step, claims, library) for step in talks.history)
    now = history[-1] if history else None
    proof = now.cited[0] if now and now.cited else None
    held = [one for one in talks.rounds if one.factuality in _HELD]
    ahead = [one for one in talks.rounds if one.factuality is Factuality.PLANNED]
    latest = held[-1] if held else None
    return TalksRow(
        id=talks.id,
        name=talks.name,
        named=talks.track is not None,
        dossier=talks.dossier,
        status=now.status if now else None,
        since=now.since if now else None,
        reported=now.reported if now else None,
        last=now.last if now else None,
        why=now.why if now else None,
        sentence=proof.sentence if proof else None,
        source=proof.source if proof else None,
        claim=proof.claim if proof else None,
        parties=tuple(actor.name for actor in talks.parties),
        third_parties=tuple(actor.name for actor in talks.third_parties),
        rounds_held=len(held),
        latest_round=round_words(latest) if latest else None,
        next_round=round_words(ahead[-1]) if ahead and _is_ahead(ahead[-1], latest) else None,
        findings=findings(latest) if latest else (),
        contacts=talks.contacts,
        agreements=talks.agreements,
        reasons=tuple(dict.fromkeys(reason.why for member in talks.members for reason in member.reasons)),
        rounds=tuple(_round(one) for one in talks.rounds),
        history=history,
    )


_HELD = frozenset({Factuality.OCCURRED, Factuality.ASSESSED})


def _is_ahead(planned: Round, latest: Round | None) -> bool:
    """Whether a planned round is not known to lie before the latest one held."""
    if latest is None or latest.when is None or planned.when is None:
        return True
    last, first = latest.when.end or latest.when.start, planned.when.end or planned.when.start
    return last is None or first is None or first >= last


def _step(step: StatusStep, claims: Mapping[ClaimId, AnyClaim], library: Library) -> StepRow:
    return StepRow(
        status=step.status.value,
        since=step.since,
        reported=step.reported,
        last=step.last,
        why=step.why,
        also=tuple(one.value for one in step.also),
        cited=cited(step.claims, claims, library),
    )


def cited(
    ids: Iterable[ClaimId], claims: Mapping[ClaimId, AnyClaim], library: Library, *, outcome: bool = False
) -> tuple[Cited, ...]:
    """Claims as citations, under the ids that the store keeps them by; with `outcome` by the sentence of what came of it."""
    found = []
    for one in ids:
        claim = claims.get(one)
        document = library.documents.get(claim.document) if claim else None
        if claim is not None and document is not None:
            own = claim.outcome_evidence if outcome and isinstance(claim, Engagement) else None
            found.append(
                Cited(
                    sentence=" ".join(sentence_around(document.text, own or claim.evidence[0]).of(document.text).split()),
                    claim=one,
                    source=document.source or document.name,
                    published=document.published,
                    voice=voice_words(claim.voices, document),
                    url=document.url,
                )
            )
    return tuple(found)


def by_sentence(rows: Iterable[Cited]) -> tuple[tuple[Cited, ...], ...]:
    """Citations of one sentence by one teller together, in order: a sentence may hold several claims."""
    groups: dict[tuple[str, str, str | None, date | None], list[Cited]] = {}
    for one in rows:
        groups.setdefault((one.sentence, one.voice, one.source, one.published), []).append(one)
    return tuple(map(tuple, groups.values()))


def _round(one: Round) -> RoundRow:
    return RoundRow(
        events=one.events,
        factuality=one.factuality.value,
        stated=one.stated,
        order=one.order,
        date_start=one.when.start if one.when else None,
        date_end=one.when.end if one.when else None,
        place=one.place.name or one.place.country if one.place else None,
        outcome=one.outcome.value,
        delegations=tuple(
            f"{each.actor.name} ({', '.join(filter(None, (words(each.level), words(each.role), *each.persons)))})"
            for each in one.delegations
        ),
        findings=findings(one),
    )


def round_words(one: Round) -> str:
    """A round in one line: "round 4 (the 2nd on record), 7 May 2024, Cairo: no outcome reported"."""
    if one.stated is not None:
        name = f"round {one.stated}" + (f" ({_nth(one.order)} on record)" if one.order not in {None, one.stated} else "")
    else:
        name = f"{_nth(one.order)} on record" if one.order is not None else "a round"
    place = one.place.name or one.place.country if one.place else None
    outcome = words(one.outcome) if one.outcome is not Outcome.NONE_REPORTED else None
    return ", ".join(filter(None, (name, when_words(one.when) or "undated", place))) + (f": {outcome}" if outcome else "")


def _nth(number: int | None) -> str:
    if number is None:
        return "undated"
    suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def findings(one: Round) -> tuple[str, ...]:
    """What differs in a round from those held before: levels, who joined, of whom nothing is reported."""
    found = [level_words(change) for change in one.levels]
    if one.joined:
        found.append(f"{joined(list(one.joined))} not reported in the round before")
    if one.absent:
        found.append(f"{joined(list(one.absent))} reported in the round before, not in this one")
    return tuple(found)


def level_words(change: LevelChange) -> str:
    """A change of level: "Russia at a lower level than last time: official, before that minister"."""
    direction = "lower" if change.lower else "higher"
    return f"{change.actor.name} at a {direction} level than last time: {words(change.now)}, before that {words(change.before)}"


def status_words(row: TalksRow | StepRow) -> str:
    """A status with its date: "impasse since 14 May 2024 (as reported)", and when it was last said to hold."""
    if row.status is None:
        return "status unknown"
    name = row.status.replace("pre_talks", "pre-talks").replace("_", " ")
    if row.since is None:
        return f"{name}, undated"
    last = f", last said {day(row.last)}" if row.last and row.last != row.since else ""
    return f"{name} since {day(row.since)}{' (as reported)' if row.reported else ''}{last}"
