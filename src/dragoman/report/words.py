"""Codes in the words that a desk reads: types, levels, roles, dates, voices, people."""

from datetime import date
from enum import StrEnum

from dragoman.core.claims import Participant, Voice
from dragoman.core.ids import DossierId
from dragoman.core.text import Document
from dragoman.core.time import When
from dragoman.core.vocab import Channel, EngagementType, Factuality, Precision, Reliability

_WORDS = {
    "Pre": "pre-negotiation",
    "SubPar": "partial agreement",
    "Cea": "ceasefire",
    "SubComp": "comprehensive agreement",
    "Imp": "implementation",
    "Ren": "renewal",
    "talks_round": "round of talks",
    "multilateral": "multilateral meeting",
    "mediation_offer": "offer to mediate",
    "agreement_signing": "agreement",
    "special_envoy": "envoy",
    "nonstate_leader": "non-state leader",
    "organisation_head": "head of organisation",
    "co_mediator": "co-mediator",
    "in_person": "in person",
    "shuttle": "shuttle, separately",
    "intermediary": "through an intermediary",
    "hostages_prisoners": "hostages and prisoners",
    "border_territory": "borders and territory",
    "energy_economy": "energy and economy",
    "kidnapping_hostage": "kidnapping, hostage-taking",
    "none_reported": "no outcome reported",
    "agreed_to_continue": "agreed to continue",
    "occurred": "happened",
    "cancelled": "called off",
    "third_party": "third party",
    "local_party": "local party",
    "pre_talks": "pre-talks",
}
_DOSSIERS = {
    "drc": "DR Congo",
    "gerd": "Nile dam (GERD)",
    "armenia_azerbaijan": "Armenia–Azerbaijan",
    "israel_palestine": "Israel–Palestine",
    "iran_nuclear": "Iran (nuclear)",
    "russia_nato": "Russia–NATO",
    "eastern_med": "Eastern Mediterranean",
    "counter_isis": "Counter-ISIS",
    "bilateral": "Bilateral relations",
    "other": "Other conflicts",
}
_GRADES = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "cannot be judged",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def words(code: StrEnum | None) -> str:
    """A code in words; unknown is an empty cell."""
    return "" if code is None else _WORDS.get(code.value, code.value.replace("_", " "))


def stage_words(code: str) -> str:
    """A stage of agreements in PA-X's code with its meaning, such as "ceasefire (PA-X: Cea)"."""
    return f"{_WORDS.get(code, code)} (PA-X: {code})"


def dossier_name(dossier: DossierId | str) -> str:
    """A dossier as a heading."""
    return _DOSSIERS.get(dossier, dossier.replace("_", " ").title())


def grade_words(grade: Reliability) -> str:
    """An Admiralty grade with its meaning, such as "B, usually reliable"."""
    return f"{grade.value}, {_GRADES[grade]}"


def day(value: date) -> str:
    """A day such as "3 Apr 2024", in English whatever the machine's locale is."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def span_of_days(start: date, end: date) -> str:
    """A range such as "3–7 Apr 2024"."""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def when_words(when: When | None) -> str:
    """A time as precisely as the text gives it; the bare wording where it could not be resolved, "" where there is none."""
    if when is None or not when.resolved:
        return f"“{when.expression}”" if when is not None and when.expression else ""
    if when.start is None or when.end is None:
        return f"by {day(when.end)}" if when.end else f"from {day(when.start)}" if when.start else ""
    if when.precision is Precision.MONTH:
        return f"{_MONTHS[when.start.month - 1]} {when.start.year}"
    if when.precision is Precision.YEAR:
        return str(when.start.year)
    return span_of_days(when.start, when.end)


def voice_words(voices: tuple[Voice, ...], document: Document) -> str:
    """The chain of who says so, outermost first; the document's source where the text names nobody."""
    names = [f"{voice.name} ({words(voice.kind)})" for voice in voices]
    if document.source and (not voices or voices[0].name.casefold() != document.source.casefold()):
        names.insert(0, document.source)
    return " ← ".join(names) if names else "the document itself"


def participant_words(participant: Participant) -> str:
    """One participant such as "Hakan Fidan (foreign minister, Turkey)"."""
    actor = participant.actor.name
    if participant.person and participant.person.casefold() != actor.casefold():
        inner = f"{participant.office}, {actor}" if participant.office else actor
        return f"{participant.person} ({inner})"
    return f"{actor} ({participant.office})" if participant.office else actor


def joined(parts: list[str]) -> str:
    """A list in running text: "A, B and C"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


_VERBS = {
    EngagementType.MEETING: "met",
    EngagementType.CALL: "spoke with",
    EngagementType.VISIT: "visited",
    EngagementType.LETTER: "wrote to",
}
_BY_CHANNEL = {Channel.PHONE: "spoke by phone with", Channel.VIDEO: "spoke by video with"}
_NAMED = 6
"""Participants named in a headline; the rest is counted there and listed in the table."""


def engagement_words(
    kind: EngagementType,
    factuality: Factuality,
    participants: tuple[Participant, ...],
    *,
    channel: Channel | None = None,
) -> str:
    """One engagement as a line: "A met B and C"; what did not simply happen stays a noun: "Planned meeting: A, B"."""
    named = [participant_words(participant) for participant in participants]
    if len(named) > _NAMED:
        actors = dict.fromkeys(each.person or each.actor.name for each in participants)
        named = [*list(actors)[:_NAMED], f"{len(actors) - _NAMED} others"] if len(actors) > _NAMED else list(actors)
    if factuality is Factuality.OCCURRED and kind in _VERBS and len(named) > 1:
        verb = _BY_CHANNEL.get(channel, _VERBS[kind]) if channel and kind is EngagementType.CALL else _VERBS[kind]
        return f"{named[0]} {verb} {joined(named[1:])}"
    noun = words(kind)
    if factuality is not Factuality.OCCURRED:
        noun = f"{noun} {words(factuality)}" if factuality in _AFTER else f"{words(factuality)} {noun}"
    return f"{noun[0].upper()}{noun[1:]}: {joined(named)}"


_AFTER = {Factuality.CALLED_FOR, Factuality.CANCELLED, Factuality.DENIED}
"""Factualities that read better behind the noun: "meeting called off", "talks called for"."""
