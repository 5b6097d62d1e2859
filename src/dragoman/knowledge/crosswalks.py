"""Our codes in other codebooks: issues in PA-X, actors in MEND, states in Gleditsch and Ward; each row names its source."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import ActorKind, Issue
from dragoman.knowledge.dossiers import shipped_dossiers
from dragoman.knowledge.tables import facts_folder, read_rows

_PAX, _MEND, _GW = "issues_pax.tsv", "actors_mend.tsv", "gleditsch_ward.tsv"


class PaxIssue(msgspec.Struct, frozen=True, kw_only=True):
    """An issue in PA-X: its code and PA-X's label, both None where PA-X has none; `source` says by what, or why not."""

    issue: Issue
    code: str | None
    label: str | None
    source: str


@cache
def pax_issues() -> Mapping[Issue, PaxIssue]:
    """PA-X's code for each of our issues; ConfigError where the table is broken."""
    found: dict[Issue, PaxIssue] = {}
    for line, row in read_rows(facts_folder() / _PAX, ("issue", "pax", "label", "source")):
        if row["issue"] not in set(Issue):
            raise ConfigError(f"{_PAX}:{line}: {row['issue']!r} is no issue; mend the row")
        issue = Issue(row["issue"])
        found[issue] = PaxIssue(issue=issue, code=row["pax"] or None, label=row["label"] or None, source=row["source"])
    return found


def pax_codes(issues: Iterable[Issue]) -> tuple[str, ...]:
    """PA-X codes of some issues, each once; issues that PA-X has no code for fall out."""
    table = pax_issues()
    return tuple(dict.fromkeys(code for issue in issues if (code := table[issue].code)))


MEND_THIRD = frozenset({"CON", "IGO", "NGO", "ENT", "OTH"})
MEND_LOCAL = frozenset({"CON", "IGO", "NGO", "ENT", "GOV", "POL", "OTH"})
"""MEND's classes of actors."""


class MendClass(msgspec.Struct, frozen=True):
    """MEND's class of an actor as a third party and as a local party."""

    third: str
    local: str


@cache
def mend_classes() -> Mapping[ActorKind, MendClass]:
    """MEND's classes by kind of actor."""
    rows = read_rows(facts_folder() / _MEND, ("kind", "third", "local", "source"))
    return {ActorKind(row["kind"]): MendClass(row["third"], row["local"]) for _, row in rows}


@cache
def state_numbers() -> Mapping[str, int | None]:
    """Gleditsch and Ward's numbers by ISO 3166 code, for the countries of dossiers; None where their list has no such state."""
    rows = read_rows(facts_folder() / _GW, ("code", "gw", "source"))
    return {row["code"]: int(row["gw"]) if row["gw"] else None for _, row in rows}


def faults() -> Iterator[str]:
    """Yield every fault of the crosswalks as a line for people."""
    yield from _pax_faults()
    yield from _mend_faults()
    for dossier in shipped_dossiers().dossiers.values():
        for country in dossier.countries:
            if country not in state_numbers():
                yield f"{_GW}: {country} of {dossier.id} is missing"


def _pax_faults() -> Iterator[str]:
    table = pax_issues()
    for issue in Issue:
        if issue not in table:
            yield f"{_PAX}: {issue} is missing"
    for row in table.values():
        if not row.source:
            yield f"{_PAX}: {row.issue} names no source"
        if (row.code is None) != (row.label is None):
            yield f"{_PAX}: {row.issue} has a code without a label or a label without a code"


def _mend_faults() -> Iterator[str]:
    for kind in ActorKind:
        known = mend_classes().get(kind)
        if known is None:
            yield f"{_MEND}: {kind} is missing"
        elif known.third not in MEND_THIRD or known.local not in MEND_LOCAL:
            yield f"{_MEND}: {kind} has a class that MEND does not know"
