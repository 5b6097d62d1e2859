"""Agreements under the names of PA-X, with its issue codes."""

from collections.abc import Mapping
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
from dragoman.knowledge.crosswalks import pax_codes
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.resolve.commitments import find_commitments

_JOIN = "; "


class PaxRow(msgspec.Struct, frozen=True, kw_only=True):
    """One agreement; the columns to `Loc2ISO` are PA-X's, in its order, the rest is ours."""

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
    """Empty: PA-X's status is that of the text, which the record does not have."""
    kind: str | None = msgspec.field(name="Agtp", default=None)
    """Inter, where the signatories are two states or more and nobody else."""
    stage: str | None = msgspec.field(name="Stage", default=None)
    parties: str = msgspec.field(name="Part")
    third_parties: str = msgspec.field(name="ThrdPart")
    country_1: str | None = msgspec.field(name="Loc1ISO", default=None)
    country_2: str | None = msgspec.field(name="Loc2ISO", default=None)
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
    day = event.when.start if event.when and event.when.start == event.when.end else None
    return PaxRow(
        con=_JOIN.join(state_name(code) for code in countries),
        name=_JOIN.join(selection.tracks.get(one.event, ())) or None,
        id=one.event,
        agreement=next((names[key] for each in told if (key := (each.document, each.evidence[0])) in names), None),
        on=day,
        kind="Inter" if len(one.signatories) > 1 and all(_is_state(each) for each in one.signatories) else None,
        stage=one.stage.value if one.stage else None,
        parties=_JOIN.join(each.name for each in one.signatories),
        third_parties=_JOIN.join(distinct(tuple(each.name for each in (*one.brokers, *one.guarantors)))),
        country_1=countries[0] if countries else None,
        country_2=countries[1] if len(countries) > 1 else None,
        codes=pax_codes(one.issues),
        issues=tuple(one.issues),
        signed=one.signed,
        reported=one.reported.value,
        guarantors=_JOIN.join(each.name for each in one.guarantors),
        sentence=cited.sentence,
        url=cited.url,
        pointer=pointer(cited),
    )


def _is_state(actor: Actor) -> bool:
    entry = load_gazetteer().actor(actor.code) if actor.code else None
    return (actor.kind or (entry.actor.kind if entry else None)) is ActorKind.STATE
