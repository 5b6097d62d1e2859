"""Claims as lines: what was said, offered, agreed, done, and where talks stand, each with its sentence."""

from dragoman.core.claims import Agreement, Attribution, Dependence, Interaction, Proposal, Status, Utterance, Violence
from dragoman.core.text import Document, Span
from dragoman.report.excerpts import printable
from dragoman.report.lines import Library, Line, badges, dossier_words, make_report, time_words
from dragoman.report.words import joined, words

Spoken = Utterance | Proposal | Status | Violence | Agreement | Interaction | Attribution | Dependence
"""Claims that are lines of their own; an engagement is told by its event's line."""


def claim_line(claim: Spoken, library: Library) -> Line:
    """One claim as a line; where its text gives no date it is ordered by the day it was reported."""
    document = library.documents[claim.document]
    when = None if isinstance(claim, Attribution) else claim.when
    dated = when is not None and when.resolved
    own = when.start or when.end if when is not None else None
    headline, quote, actors, facts, marks = _spoken(claim, document)
    return Line(
        id=claim.id,
        kind=type(claim).__name__.lower(),
        order=own or document.published,
        when=time_words(when, (claim,), library),
        dated=dated,
        headline=printable(headline),
        quote=_shortened(printable(quote)) if quote else None,
        badges=badges(claim.factuality, (claim,)),
        facts=tuple((name, printable(value)) for name, value in (*facts, ("dossier", dossier_words(claim.dossiers))) if value),
        actors=tuple(printable(actor) for actor in actors),
        dossiers=tuple(claim.dossiers),
        reports=(make_report(claim, library, marks),),
        support="1 report",
        filed=tuple(printable(why) for why in claim.filed),
    )


_LONGEST_QUOTE = 700


def _shortened(quote: str) -> str:
    """A quotation of readable length; the report under the line has it in full."""
    return quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE].rsplit(maxsplit=1)[0] + " …"


_Told = tuple[str, str | None, tuple[str, ...], tuple[tuple[str, str], ...], tuple[Span, ...]]
"""Headline, quotation, actors, facts and what to mark."""


def _spoken(claim: Spoken, document: Document) -> _Told:
    match claim:
        case Utterance():
            return _utterance(claim, document)
        case Proposal():
            return _proposal(claim, document)
        case Status():
            return _status(claim, document)
        case Violence():
            return _violence(claim, document)
        case Agreement():
            return _agreement(claim, document)
        case Interaction():
            return _interaction(claim, document)
        case Dependence():
            return _dependence(claim, document)
        case Attribution():
            return claim.source, claim.content.of(document.text), (), (), (claim.content,)


def _utterance(claim: Utterance, document: Document) -> _Told:
    actors = tuple(actor.name for actor in claim.speaker_actors)
    speaker = claim.speaker
    if claim.office or actors:
        inner = ", ".join(filter(None, (claim.office, " / ".join(a for a in actors if a != speaker))))
        speaker = f"{speaker} ({inner})" if inner else speaker
    target = claim.target.name if claim.target else ""
    facts = (("stance", words(claim.stance)), ("on", words(claim.issue)), ("to or about", target))
    return speaker, claim.content.of(document.text), actors or (claim.speaker,), facts, (claim.content,)


def _proposal(claim: Proposal, document: Document) -> _Told:
    by, to = [actor.name for actor in claim.by], [actor.name for actor in claim.to]
    headline = f"{words(claim.type).capitalize()} by {joined(by) or 'somebody unnamed'}" + (f" to {joined(to)}" if to else "")
    facts = (("answer", words(claim.answer)), ("issues", ", ".join(words(issue) for issue in claim.issues)))
    return headline, claim.terms.of(document.text), (*by, *to), facts, (claim.terms,)


def _status(claim: Status, document: Document) -> _Told:
    actors = tuple(actor.name for actor in claim.actors)
    headline = f"{words(claim.signal).capitalize()}" + (f": {', '.join(actors)}" if actors else "")
    facts = (("place", claim.place.name or "" if claim.place else ""),)
    return headline, claim.evidence[0].of(document.text), actors, facts, (claim.evidence[0],)


def _violence(claim: Violence, document: Document) -> _Told:
    perpetrator = claim.perpetrator.name if claim.perpetrator else "not stated"
    facts = (
        ("by", perpetrator),
        ("against", claim.victim or ""),
        ("place", claim.place.name or claim.place.country or "" if claim.place else ""),
    )
    actors = (claim.perpetrator.name,) if claim.perpetrator else ()
    return words(claim.type).capitalize(), claim.evidence[0].of(document.text), actors, facts, (claim.evidence[0],)


def _agreement(claim: Agreement, document: Document) -> _Told:
    name = claim.name.of(document.text) if claim.name else "an agreement"
    parties, by, said_by = ([actor.name for actor in actors] for actors in (claim.parties, claim.by, claim.said_by))
    facts = (
        ("stage", words(claim.stage)),
        ("between", joined(parties)),
        ("by", joined(by)),
        ("as said by", joined(said_by)),
        ("issues", ", ".join(words(issue) for issue in claim.issues)),
    )
    headline = f"{words(claim.state).capitalize()}: {name}"
    return headline, claim.evidence[0].of(document.text), (*parties, *by), facts, claim.evidence[:1]


def _dependence(claim: Dependence, document: Document) -> _Told:
    who, on = ([actor.name for actor in actors] for actors in (claim.who, claim.on))
    matter = claim.matter.of(document.text) if claim.matter else ""
    headline = f"{joined(who)} leans on {joined(on)}" + (f" for {words(claim.type)}" if claim.type else "")
    return headline, claim.evidence[0].of(document.text), (*who, *on), (("needed", matter),), claim.evidence[:1]


def _interaction(claim: Interaction, document: Document) -> _Told:
    source, target = ([actor.name for actor in actors] for actors in (claim.source, claim.target))
    facts = (
        ("PLOVER type", claim.root.value),
        ("mode", (claim.mode or "").replace("_", " ")),
        ("intensity", f"{claim.intensity:g}"),
        ("sureness", "" if claim.score is None else f"{claim.score:.2f}"),
        ("coded by", claim.model),
    )
    headline = f"{joined(source) or 'Somebody'} → {joined(target) or 'somebody'}: {claim.root.value.lower()}"
    return headline, claim.evidence[0].of(document.text), (*source, *target), facts, claim.evidence[:1]
