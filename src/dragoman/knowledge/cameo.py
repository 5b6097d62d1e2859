"""CAMEO: its codes with Goldstein's scores, and how claims, PLOVER types and sectors read in it; PLOVER's contexts of issues."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.plover import Root
from dragoman.core.vocab import (
    AgreementState,
    EngagementType,
    Issue,
    ProposalKind,
    Sector,
    Stance,
    ViolenceType,
)
from dragoman.knowledge.plover import CameoCode, Plover, plover
from dragoman.knowledge.tables import facts_folder, read_rows, values
from dragoman.knowledge.words import word_set

_CODES, _CLAIMS, _PLOVER = "cameo_codes.tsv", "claims_cameo.tsv", "plover_cameo.tsv"
_SECTORS, _CONTEXTS = "sectors_cameo.tsv", "issues_plover.tsv"
CONTEXTS = word_set(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal "
    "reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic "
    "territory peacekeeping health asylum migration disasters natural_resource environment technology terrorism cbrn cyber "
    "misinformation crime corruption illegal_drugs trafficking"
)
"""PLOVER's 37 contexts."""
MEDIATED, PLANNED, REFUSED, APPEAL = "mediated", "planned", "refused", "appeal"
"""Values that are no type of a claim but what the record says besides: a third party mediates, is planned, was refused, is asked
for without a word of demanding."""
_VALUES: Mapping[str, frozenset[str]] = {
    "engagement": frozenset({*EngagementType, MEDIATED, PLANNED}),
    "proposal": frozenset({*ProposalKind, REFUSED, APPEAL}),
    "utterance": frozenset({*Stance, APPEAL}),
    "violence": frozenset(ViolenceType),
    "agreement": frozenset(AgreementState),
}


class Cameo(msgspec.Struct, frozen=True):
    """One CAMEO code with Goldstein's score, -10 to 10, None where none is published."""

    code: str
    meaning: str
    goldstein: float | None

    @property
    def base(self) -> str:
        """The first three digits; a root has no base but itself."""
        return self.code[:3]

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]


class Coded(msgspec.Struct, frozen=True):
    """What a claim is in CAMEO and, by CAMEO's crosswalk, in PLOVER; `mode` is PLOVER's."""

    cameo: str
    root: Root
    mode: str | None


@cache
def cameo_codes() -> Mapping[str, Cameo]:
    """All codes, 01 to 2042."""
    rows = read_rows(facts_folder() / _CODES, ("cameo", "meaning", "goldstein", "source"))
    return {row["cameo"]: Cameo(row["cameo"], row["meaning"], _score(row["goldstein"], line)) for line, row in rows}


def _score(cell: str, line: int) -> float | None:
    try:
        return float(cell) if cell else None
    except ValueError as error:
        raise ConfigError(f"{_CODES}:{line}: {cell!r} is no score; mend the row") from error


@cache
def _claims() -> Mapping[tuple[str, str, str], tuple[str, str | None]]:
    rows = read_rows(facts_folder() / _CLAIMS, ("claim", "value", "issue", "cameo", "mode", "source"))
    return {(row["claim"], row["value"], row["issue"]): (row["cameo"], row["mode"] or None) for _, row in rows}


@cache
def _by_plover() -> Mapping[tuple[str, str], str]:
    rows = read_rows(facts_folder() / _PLOVER, ("root", "mode", "cameo", "source"))
    return {(row["root"], row["mode"]): row["cameo"] for _, row in rows}


@cache
def _sectors() -> Mapping[str, str]:
    return {row["sector"]: row["cameo"] for _, row in read_rows(facts_folder() / _SECTORS, ("sector", "cameo", "source"))}


@cache
def _contexts() -> Mapping[str, tuple[str, ...]]:
    rows = read_rows(facts_folder() / _CONTEXTS, ("issue", "contexts", "source"))
    return {row["issue"]: values(row["contexts"]) for _, row in rows}


def code_claim(claim: str, value: str, issues: Iterable[Issue] = ()) -> Coded | None:
    """What a kind of claim with a value is; a single issue may tell it closer. None where the table says nothing."""
    table = _claims()
    issue = next(iter(only), "") if len(only := set(issues)) == 1 else ""
    found = table.get((claim, value, issue)) or table.get((claim, value, ""))
    if found is None:
        return None
    cameo, mode = found
    crosswalk = _crosswalk(cameo)
    if crosswalk is None:
        raise ConfigError(f"{_CLAIMS}: {claim} {value}: cameo_plover.tsv does not know {cameo}; mend the row")
    return Coded(cameo, crosswalk.root, mode or crosswalk.mode)


@cache
def _demanding() -> re.Pattern[str]:
    raw = files("dragoman.knowledge").joinpath("lexicons/cameo.toml").read_text(encoding="utf-8")
    return re.compile("|".join(tomllib.loads(raw)["demanding"]), re.IGNORECASE)


def demands(text: str) -> bool:
    """Whether a text demands rather than appeals: a mediator who urges both sides makes no demand."""
    return bool(_demanding().search(text))


def _crosswalk(cameo: str) -> CameoCode | None:
    """What PLOVER makes of a code; of one with four digits that the crosswalk lacks, what it makes of the first three."""
    known = plover().cameo
    return known.get(cameo) or known.get(cameo[:3])


def code_interaction(root: Root, mode: str | None) -> Coded:
    """The CAMEO code that a PLOVER type comes from most plainly; the type's own where the mode has none."""
    table = _by_plover()
    return Coded(table.get((root, mode or "")) or table[root, ""], root, mode)


def cameo_sector(sector: str | None) -> str | None:
    """PLOVER's sector as CAMEO's role; None where unknown or without one."""
    return _sectors().get(sector or "") or None


def contexts_of(issues: Iterable[Issue]) -> tuple[str, ...]:
    """PLOVER's contexts of some issues, each once."""
    return tuple(dict.fromkeys(context for issue in issues for context in _contexts()[issue]))


def faults() -> Iterator[str]:
    """Yield every fault of the tables as a line for people."""
    tables = plover()
    yield from _code_faults()
    yield from _claim_faults(tables)
    yield from _plover_faults()
    for sector in Sector:
        if sector not in _sectors():
            yield f"{_SECTORS}: {sector} is missing"
    for issue in Issue:
        if issue not in _contexts():
            yield f"{_CONTEXTS}: {issue} is missing"
        for context in _contexts().get(issue, ()):
            if context not in CONTEXTS:
                yield f"{_CONTEXTS}: {context} of {issue} is no context of PLOVER"


def _code_faults() -> Iterator[str]:
    codes = cameo_codes()
    for code in codes.values():
        if len(code.code) > 2 and (code.root not in codes or code.base not in codes):
            yield f"{_CODES}: {code.code}: a code above it is missing"
        if code.goldstein is not None and not -10 <= code.goldstein <= 10:
            yield f"{_CODES}: {code.code}: {code.goldstein} is not between -10 and 10"
    for file, columns in (
        (_CODES, ("cameo",)),
        (_CLAIMS, ("claim", "value", "issue")),
        (_PLOVER, ("root", "mode")),
        (_SECTORS, ("sector",)),
        (_CONTEXTS, ("issue",)),
    ):
        seen: set[tuple[str, ...]] = set()
        for line, row in read_rows(facts_folder() / file, (*columns, "source")):
            key = tuple(row[column] for column in columns)
            if not row["source"]:
                yield f"{file}:{line}: names no source"
            if key in seen:
                yield f"{file}:{line}: {' '.join(key)} stands twice"
            seen.add(key)


def _claim_faults(tables: Plover) -> Iterator[str]:
    for (claim, value, issue), (code, mode) in _claims().items():
        if value not in _VALUES.get(claim, frozenset()):
            yield f"{_CLAIMS}: {claim} {value}: no such claim"
        if issue and issue not in set(Issue):
            yield f"{_CLAIMS}: {claim} {value}: {issue} is no issue"
        if code not in cameo_codes():
            yield f"{_CLAIMS}: {claim} {value}: {code} is no CAMEO code"
        known = _crosswalk(code)
        if known is None:
            yield f"{_CLAIMS}: {claim} {value}: cameo_plover.tsv does not know {code}"
        elif mode and mode not in tables.modes.get(known.root, {}):
            yield f"{_CLAIMS}: {claim} {value}: {known.root} has no mode {mode}"


def _plover_faults() -> Iterator[str]:
    for root in Root:
        if (root, "") not in _by_plover():
            yield f"{_PLOVER}: {root} is missing"
    for (name, mode), code in _by_plover().items():
        known = _crosswalk(code)
        if known is None or known.root != name:
            yield f"{_PLOVER}: {name} {mode}: {code} does not lead back to {name} in cameo_plover.tsv"
