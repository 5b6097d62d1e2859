"""Score time expressions as TempEval-3 does: spans strictly and by overlap, then value and type of the overlapping ones.

Source: UzZaman et al., SemEval-2013 Task 1: TempEval-3, evaluation of task A.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from dragoman.core.errors import InputError
from dragoman.lab.tally import Rates, Tally


class ScoredTimex(msgspec.Struct, frozen=True):
    """A time expression as far as it is compared."""

    start: int
    end: int
    type: str | None = None
    value: str | None = None


class DatesGold(msgspec.Struct, frozen=True):
    """One bench document with its time expressions."""

    id: str
    text: str
    dct: str | None = None
    timexes: tuple[ScoredTimex, ...] = ()


class DatesScores(msgspec.Struct, frozen=True, kw_only=True):
    """Rates over all expressions; `value` and `type` count relaxed matches that agree."""

    documents: int
    strict: Rates
    relaxed: Rates
    value: Rates
    type: Rates


def load_dates(path: Path) -> tuple[DatesGold, ...]:
    """Read bench documents from JSON lines; InputError where a line is none."""
    try:
        return tuple(msgspec.json.decode(line, type=DatesGold) for line in path.read_bytes().splitlines() if line.strip())
    except msgspec.DecodeError as error:
        raise InputError(f"{path}: not JSON lines with id, text, dct and timexes: {error}") from error


def score_dates(gold: Sequence[DatesGold], predicted: Mapping[str, Sequence[ScoredTimex]]) -> DatesScores:
    """Score predictions by document id; a missing document is an empty prediction."""
    tallies = {name: Tally() for name in ("strict", "relaxed", "value", "type")}
    for document in gold:
        ours = sorted(predicted.get(document.id, ()), key=lambda timex: timex.start)
        pairs = _paired(document.timexes, ours)
        hits = {
            "strict": sum((one.start, one.end) == (other.start, other.end) for one, other in pairs),
            "relaxed": len(pairs),
            "value": sum((one.value or "-") == (other.value or "") for one, other in pairs),
            "type": sum(one.type == other.type for one, other in pairs),
        }
        for name, tally in tallies.items():
            tally.add(hits[name], len(document.timexes), len(ours))
    return DatesScores(documents=len(gold), **{name: tally.rates() for name, tally in tallies.items()})


def _paired(gold: Sequence[ScoredTimex], predicted: Sequence[ScoredTimex]) -> list[tuple[ScoredTimex, ScoredTimex]]:
    """Each gold expression with the free predicted one that overlaps it most."""
    free = list(predicted)
    pairs = []
    for one in gold:
        best = max(free, key=lambda other: _overlap(one, other), default=None)
        if best is not None and _overlap(one, best) > 0:
            free.remove(best)
            pairs.append((one, best))
    return pairs


def _overlap(one: ScoredTimex, other: ScoredTimex) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
