"""How far coders agree who answered the same questions apart from one another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from dragoman.core.ids import ClaimId

FORMULA = (
    "alpha = 1 - observed / expected disagreement (Krippendorff, Content Analysis, 2004, chapter 11), nominal, over units "
    "that two coders or more answered; answers of 'cannot tell' are missing values; 1 is perfect, 0 is chance; "
    "Krippendorff relies on figures from 0.800 and draws tentative conclusions from 0.667"
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one coder answered to one question: `field` is its kind, `about` the actor where it is about one of several."""

    claims: tuple[ClaimId, ...]
    field: str
    about: str = ""
    coder: str
    value: str


Unit = tuple[tuple[ClaimId, ...], str]
"""What is coded: the claim or the pair of claims, and whom in it the question is about."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement on one kind of question; `alpha` by `FORMULA`, None where nothing varies."""

    field: str
    alpha: float | None
    same: float | None
    """Share of pairs of answers to one unit that are the same."""
    units: int
    """Units that two coders or more answered."""
    coders: tuple[str, ...]
    values: tuple[tuple[str, int], ...]
    """Answers by how often they were given."""


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """One unit to which coders gave different answers."""

    claims: tuple[ClaimId, ...]
    field: str
    about: str
    answers: tuple[tuple[str, str], ...]
    """Coder and answer, by coder."""


def agreement(answers: Iterable[Answer]) -> tuple[Agreement, ...]:
    """Agreement by kind of question, in alphabetical order; the last answer of a coder to a unit counts."""
    return tuple(_agreement(field, units) for field, units in sorted(_by_field(answers).items()))


def disagreements(answers: Iterable[Answer]) -> tuple[Disagreement, ...]:
    """Units answered differently, by kind of question."""
    return tuple(
        Disagreement(claims=claims, field=field, about=about, answers=tuple(sorted(given.items())))
        for field, units in sorted(_by_field(answers).items())
        for (claims, about), given in sorted(units.items())
        if len(set(given.values())) > 1
    )


def _by_field(answers: Iterable[Answer]) -> dict[str, dict[Unit, dict[str, str]]]:
    found: dict[str, dict[Unit, dict[str, str]]] = {}
    for one in answers:
        found.setdefault(one.field, {}).setdefault((one.claims, one.about), {})[one.coder] = one.value
    return found


def _agreement(field: str, units: dict[Unit, dict[str, str]]) -> Agreement:
    double = [given for _, given in sorted(units.items()) if len(given) > 1]
    counted = Counter(value for given in double for value in given.values())
    pairs = [left == right for given in double for left, right in combinations(given.values(), 2)]
    return Agreement(
        field=field,
        alpha=_alpha(double, sorted(counted)),
        same=sum(pairs) / len(pairs) if pairs else None,
        units=len(double),
        coders=tuple(sorted({coder for given in double for coder in given})),
        values=tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))),
    )


def _alpha(units: Sequence[dict[str, str]], values: Sequence[str]) -> float | None:
    """None where nothing varies: there is no disagreement by chance to measure against."""
    import krippendorff  # noqa: PLC0415  it imports numpy, which only this needs

    if len(values) < 2:
        return None
    counts = [[sum(given == value for given in unit.values()) for value in values] for unit in units]
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
