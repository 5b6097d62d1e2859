"""Applies what analysts decided: takes back what was undone, finds judged claims again, corrects, accepts, rejects, rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

import msgspec
from msgspec import inspect

from dragoman.core.claims import AnyClaim
from dragoman.core.codec import dump
from dragoman.core.ids import ClaimId, DocumentId
from dragoman.core.judgements import Judgement
from dragoman.core.records import Correction, Unattached
from dragoman.core.text import Document
from dragoman.core.vocab import Verdict
from dragoman.resolve.attaching import Attacher
from dragoman.resolve.clusters import Ruling

PROTECTED = frozenset({"kind", "document", "evidence", "filed", "rule", "score"})
"""Fields that say where a claim comes from: no analyst changes them."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """Claims as they stand after judgements, under the ids of the store."""

    claims: Mapping[ClaimId, AnyClaim]
    corrections: tuple[Correction, ...]
    accepted: frozenset[ClaimId]
    rejected: tuple[ClaimId, ...]
    ruling: Ruling
    unattached: tuple[Unattached, ...]
    by_claim: Mapping[ClaimId, tuple[str, ...]]
    """Judgements that accepted or corrected a claim."""


def in_force(judgements: Iterable[Judgement]) -> tuple[list[Judgement], list[Unattached]]:
    """Judgements that nothing later took back, oldest first, and takings-back of what is not there.

    Taking back a taking-back restores the first.
    """
    ordered = sorted({one.id: one for one in judgements}.values(), key=_moment)
    known = {one.id for one in ordered}
    undone = taken_back(ordered)
    stray = [
        Unattached(judgement=one.id, why=f"takes back {one.undoes}, which is not there")
        for one in ordered
        if one.undoes and one.undoes not in known
    ]
    return [one for one in ordered if one.id not in undone and not one.undoes], stray


def taken_back(judgements: Iterable[Judgement]) -> set[str]:
    """Ids of judgements that a later one takes back, which is itself in force."""
    undone: set[str] = set()
    for one in sorted(judgements, key=_moment, reverse=True):
        if one.undoes and one.id not in undone:
            undone.add(one.undoes)
    return undone


def _moment(one: Judgement) -> tuple[float, str]:
    at = one.at if one.at.tzinfo else one.at.replace(tzinfo=UTC)
    return at.timestamp(), one.id


def apply_judgements(
    claims: Mapping[ClaimId, AnyClaim],
    judgements: Iterable[Judgement],
    documents: Mapping[DocumentId, Document],
    earlier: Mapping[ClaimId, AnyClaim],
) -> Judged:
    """Apply judgements in the order they were made; the later of two that contradict each other holds.

    `earlier` holds judged claims of older codings by id, so that a judgement finds its claim again after re-coding.
    """
    state = _State(claims)
    active, stray = in_force(judgements)
    state.unattached += stray
    attacher = Attacher(claims, documents, earlier)
    for judgement in active:
        found, missing = attacher.attach(judgement)
        if missing:
            state.unattached.append(
                Unattached(judgement=judgement.id, why=missing[0][1], claims=tuple(one for one, _ in missing))
            )
        if found:
            state.apply(judgement, found)
    return state.judged()


class _State:
    """The claims while judgements are applied to them."""

    def __init__(self, claims: Mapping[ClaimId, AnyClaim]) -> None:
        self.claims = dict(claims)
        self.unattached: list[Unattached] = []
        self.corrected: dict[ClaimId, list[str]] = {}
        self.opinion: dict[ClaimId, tuple[Verdict, str]] = {}
        self.together: dict[tuple[ClaimId, ClaimId], tuple[str, str]] = {}
        self.apart: dict[tuple[ClaimId, ClaimId], tuple[str, str]] = {}

    def apply(self, judgement: Judgement, found: Sequence[ClaimId]) -> None:
        match judgement.verdict:
            case Verdict.ACCEPT | Verdict.REJECT:
                self.opinion.update(dict.fromkeys(found, (judgement.verdict, judgement.id)))
            case Verdict.CORRECT:
                self._correct(judgement, found, judgement.field or "")
            case Verdict.ASSIGN:
                self._correct(judgement, found, "dossiers")
            case Verdict.MERGE | Verdict.SPLIT:
                self._rule(judgement, found)
            case Verdict.CODE:
                pass  # an answer for measuring agreement decides nothing

    def judged(self) -> Judged:
        rejected = {claim for claim, (verdict, _) in self.opinion.items() if verdict is Verdict.REJECT}
        by_claim = {claim: list(judgements) for claim, judgements in self.corrected.items()}
        for claim, (_, judgement) in self.opinion.items():
            by_claim.setdefault(claim, []).append(judgement)
        return Judged(
            claims={one: claim for one, claim in self.claims.items() if one not in rejected},
            corrections=tuple(
                Correction(claim=one, corrected=self.claims[one], judgements=tuple(made))
                for one, made in sorted(self.corrected.items())
            ),
            accepted=frozenset(claim for claim in self.opinion if claim not in rejected),
            rejected=tuple(sorted(rejected)),
            ruling=Ruling(self.together, self.apart),
            unattached=tuple(self.unattached),
            by_claim={claim: tuple(made) for claim, made in by_claim.items()},
        )

    def _correct(self, judgement: Judgement, found: Sequence[ClaimId], field: str) -> None:
        for claim in found:
            try:
                self.claims[claim] = corrected(self.claims[claim], field, judgement.value)
            except ValueError as error:
                self.unattached.append(Unattached(judgement=judgement.id, why=str(error), claims=(claim,)))
            else:
                self.corrected.setdefault(claim, []).append(judgement.id)

    def _rule(self, judgement: Judgement, found: Sequence[ClaimId]) -> None:
        """Merge links all to the first; split parts the first from the others. A later ruling on a pair replaces the earlier."""
        if len(found) < 2:
            self.unattached.append(Unattached(judgement=judgement.id, why="fewer than two of its claims are there"))
            return
        first, *others = found
        why = f"{judgement.verdict} by {judgement.by}" + (f": {judgement.why}" if judgement.why else "")
        for other in others:
            pair = (first, other) if first < other else (other, first)
            merging = judgement.verdict is Verdict.MERGE
            (self.together if merging else self.apart)[pair] = (judgement.id, why)
            (self.apart if merging else self.together).pop(pair, None)


def corrected(claim: AnyClaim, field: str, value: str | None) -> AnyClaim:
    """Set one field of a claim, named by a path such as "when.start" or "participants.0.role".

    Lists of issues or dossiers are separated by commas. Raises ValueError, in words for an analyst, when the field is not there,
    is protected, or does not take the value.
    """
    path = field.split(".")
    if path[0] in PROTECTED or path[0] not in claim.__struct_fields__:
        raise ValueError(f"this {type(claim).__name__.lower()} has no field {field!r} that can be corrected")
    content = msgspec.json.decode(dump(claim))
    if path[0] in {"issues", "dossiers"}:
        replaced = {f"{entry}:" for entry in content.get(path[0], ())}
        content["filed"] = [why for why in content.get("filed", ()) if why.split(" ")[0] not in replaced]
        content["filed"].append(f"{path[0]} set by an analyst")
        content[path[0]] = [part.strip() for part in (value or "").split(",") if part.strip()]
    else:
        _set(content, path, value)
    try:
        made = msgspec.convert(content, type(claim), strict=False)
    except msgspec.ValidationError as error:
        choices = _choices(type(claim), path)
        raise ValueError(f"{field!r} cannot be {value!r}: {f'choose {choices}' if choices else error}") from error
    if not _has(msgspec.json.decode(dump(made)), path):
        raise ValueError(f"there is no field {field!r}")
    return made


def _choices(kind: type, path: Sequence[str]) -> str | None:
    """The values that a field of a closed list takes; None for others."""
    found: Sequence[inspect.Type] = (inspect.type_info(kind),)
    for step in path:
        found = [inner for one in found for each in _inside(one) for inner in _step(each, step)]
    every = [each for one in found for each in _inside(one)]
    every += [inner for each in every if isinstance(each, inspect.VarTupleType) for inner in _inside(each.item_type)]
    return ", ".join(str(value.value) for each in every if isinstance(each, inspect.EnumType) for value in each.cls) or None


def _inside(one: inspect.Type) -> Sequence[inspect.Type]:
    return one.types if isinstance(one, inspect.UnionType) else (one,)


def _step(one: inspect.Type, step: str) -> Iterator[inspect.Type]:
    if isinstance(one, inspect.VarTupleType) and step.isdecimal():
        yield one.item_type
    if isinstance(one, inspect.StructType):
        yield from (field.type for field in one.fields if field.name == step)


def _set(content: Any, path: Sequence[str], value: str | None) -> None:  # noqa: ANN401 - plain JSON
    *steps, leaf = path
    for step in steps:
        if isinstance(content, list):
            content = _entry(content, step, path)
        elif isinstance(content, dict):
            if content.get(step) is None:
                content[step] = {}
            content = content[step]
    if not isinstance(content, dict):
        raise ValueError(f"{'.'.join(path)!r} names a list or a plain value; name one field in it")  # noqa: TRY004 - a wrong value
    content[leaf] = value


def _has(content: Any, path: Sequence[str]) -> bool:  # noqa: ANN401 - plain JSON
    """Whether the path leads to a field: what decoding does not know, it drops."""
    for step in path:
        if isinstance(content, list):
            content = content[int(step)]
        elif step in content:
            content = content[step]
        else:
            return False
    return True


def _entry(content: list[Any], step: str, path: Sequence[str]) -> Any:  # noqa: ANN401 - plain JSON
    if not step.isdecimal() or int(step) >= len(content):
        raise ValueError(f"{'.'.join(path)!r}: there is no number {step} among {len(content)}")
    return content[int(step)]
