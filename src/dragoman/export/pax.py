"""Agreements under the names of PA-X, with its issue codes."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from dragoman.core.actors import Actor
from dragoman.core.commitments import Commitment
from dragoman.core.ids import DocumentId
from dragoman.core.records import Event
from dragoman.core.sheets import Sheet
from dragoman.core.text import Span
from dragoman.core.vocab import ActorKind
from dragoman.export.selection import Selection, agreement_names, cite, distinct, pointer, state_name
from dragoman.knowledge.crosswalks import pax_codes, state_numbers
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.resolve.commitments import find_commitments

_JOIN = "; "
_FEWEST = 2
MULTIPARTY = "Multiparty signed/agreed"
"""PA-X's status of what several parties signed or agreed to."""


class PaxRow(msgspec.Struct, frozen=True, kw_only=True):
    """One agreement; the columns to `Loc2GWNO` are PA-X's, in its order, the rest is ours."""

    con: str = msgspec.field(name="Con")
    """The country or countries of the dossier."""
    name: str | None = msgspec.field(name="PPName", default=None)
    """The named talks that it came out of."""
    id: str = msgspec.field(name="AgtId")
    """Ours, not PA-X's."""
    agreement: str | None = msgspec.field(name="Agt", default=None)
    """The agreement's wording in the source; empty where it has none."""
    on: date | None = msgspec.field(name="Dat", default=None)
    status: str | None = msgspec.field(name="Status", default=None)
    """`MULTIPARTY` where reports name two signatories or more; with fewer, nobody says that there were no others."""
    kind: str | None = msgspec.field(name="Agtp", default=None)
    """Inter between states alone; Intra between the state of a dossier's one country and non-state parties; else not told."""
    stage: str | None = msgspec.field(name="Stage", default=None)
    parties: str = msgspec.field(name="Part")
    third_parties: str = msgspec.field(name="ThrdPart")
    country_1: str | None = msgspec.field(name="Loc1ISO", default=None)
    country_2: str | None = msgspec.field(name="Loc2ISO", default=None)
    number_1: int | None = msgspec.field(name="Loc1GWNO", default=None)
    """Gleditsch and Ward's number; empty where their list has no such state."""
    number_2: int | None = msgspec.field(name="Loc2GWNO", default=None)
    codes: tuple[str, ...] = msgspec.field(name="issue_codes", default=())
    """PA-X's codes of the issues that reports name. PA-X scores them from 1 to 3 by the text, which the record does not have."""
    issues: tuple[str, ...] = ()
    """Our issues, those without a code of PA-X among them."""
    signed: bool
    """Whether a signing or the like is reported, or only an agreement as the outcome of a contact."""
    reported: str
    """The last word on it: reached, kept, broken, extended, ended."""
    guarantors: str
    sentence: str
    url: str | None = None
    pointer: str


def pax_sheet(selection: Selection) -> Sheet:
    """Agreements among the selected events."""
    wanted = {event.id: event for event in selection.events}
    names = agreement_names(selection)
    found = (one for one in find_commitments(selection.basis).agreements if one.event in wanted)
    rows = (_row(one, wanted[one.event], names, selection) for one in found)
    return Sheet(name="pax", kind=PaxRow, rows=tuple(rows))


def _row(one: Commitment, event: Event, names: Mapping[tuple[DocumentId, Span], str], selection: Selection) -> PaxRow:
    own = one.claims[0]
    claim = selection.basis.claims[own]
    cited = cite(own, claim, selection.document(claim))
    dossiers = (selection.basis.dossier(each) for each in one.dossiers)
    countries = distinct(tuple(code for known in dossiers if known for code in known.countries))
    told = (selection.basis.claims[each] for each in one.claims)
    first, second = (*countries, None, None)[:2]
    day = event.when.start if event.when and event.when.start == event.when.end else None
    return PaxRow(
        con=_JOIN.join(state_name(code) for code in countries),
        name=_JOIN.join(selection.tracks.get(one.event, ())) or None,
        id=one.event,
        agreement=next((names[key] for each in told if (key := (each.document, each.evidence[0])) in names), None),
        on=day,
        status=MULTIPARTY if len(one.signatories) >= _FEWEST else None,
        kind=_kind(one.signatories, countries),
        stage=one.stage.value if one.stage else None,
        parties=_JOIN.join(each.name for each in one.signatories),
        third_parties=_JOIN.join(distinct(tuple(each.name for each in (*one.brokers, *one.guarantors)))),
        country_1=first,
        country_2=second,
        number_1=state_numbers().get(first) if first else None,
        number_2=state_numbers().get(second) if second else None,
        codes=pax_codes(one.issues),
        issues=tuple(one.issues),
        signed=one.signed,
        reported=one.reported.value,
        guarantors=_JOIN.join(each.name for each in one.guarantors),
        sentence=cited.sentence,
        url=cited.url,
        pointer=pointer(cited),
    )


def _kind(signatories: Sequence[Actor], countries: Sequence[str]) -> str | None:
    """PA-X's type of agreement, by who signed; None where the record does not tell."""
    kinds = {_sort(each) for each in signatories}
    states = {each.code for each in signatories if _sort(each) is ActorKind.STATE}
    if len(signatories) < _FEWEST or not states:
        return None
    if kinds == {ActorKind.STATE}:
        return "Inter"
    within = len(countries) == 1 and states == set(countries)
    return "Intra" if within and kinds == {ActorKind.STATE, ActorKind.NONSTATE} else None


def _sort(actor: Actor) -> ActorKind | None:
    entry = load_gazetteer().actor(actor.code) if actor.code else None
    return actor.kind or (entry.actor.kind if entry else None)
