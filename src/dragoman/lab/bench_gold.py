"""What goes into the coder from a folder of gold records, and the lines of the bench that its scores become."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman.lab.bench import Row
from dragoman.lab.gold import load_records, load_texts
from dragoman.lab.score import Scores
from dragoman.lab.tally import Rates, Share

_ON_MATCHED = {
    "persons": "person",
    "offices": "office",
    "levels": "level",
    "roles": "role",
    "first day": "date_exact",
    "first day within a day": "date_1day",
    "place": "place",
    "country": "country",
    "outcome": "outcome",
}
"""What a line is called, and the scorer's field."""

OVERFITTED = 0.05
"""A figure on gold that lies by more than this over the one on a fresh batch is called over-fitted."""


class GoldInput(msgspec.Struct, frozen=True):
    """All that the coder may see of a gold document."""

    id: str
    text: str
    published: str | None


def gold_inputs(folder: Path) -> tuple[GoldInput, ...]:
    """The texts of a gold folder with the day of publication; nothing else of a record is passed on."""
    records = load_records(folder)
    texts = load_texts(folder, records)
    return tuple(GoldInput(name, texts[name], records[name].published) for name in sorted(texts))


def gold_rows(part: str, scores: Scores) -> Iterator[Row]:
    """All figures of one gold folder."""
    yield Row(part, "documents", str(scores.documents))
    yield from engagement_rows(part, scores)
    for name, field in _ON_MATCHED.items():
        yield _share_row(part, f"{name}, on matched", scores.on_matched[field])
    yield _rates_row(part, "dossiers, on matched", scores.dossiers_on_matched)
    yield _rates_row(part, "issues, on matched", scores.issues_on_matched)
    for name in ("persons", "dates", "places"):
        yield _rates_row(part, f"{name}, end to end", scores.end_to_end[name])
    yield _rates_row(part, "statements", scores.statements)
    yield _rates_row(part, "statements with speaker, end to end", scores.end_to_end["statement_speakers"])
    yield _share_row(part, "speaker, on matched", scores.statements_on_matched["speaker"])
    yield _share_row(part, "stance, on matched", scores.statements_on_matched["stance"])
    yield _rates_row(part, "violence", scores.violence)
    yield _rates_row(part, "attribution", scores.attribution)


def engagement_rows(part: str, scores: Scores) -> Iterator[Row]:
    """Engagements found, leniently and strictly, and those invented."""
    yield _rates_row(part, "engagements, lenient", scores.engagements)
    yield _rates_row(part, "engagements, strict", scores.engagements_strict)
    alarms = scores.false_alarms
    if alarms.documents_without_engagements:
        hit = alarms.documents_without_engagements - alarms.kept_clean
        detail = (
            f"{alarms.spurious_engagements} engagements in {hit} of {alarms.documents_without_engagements} documents without any"
        )
        yield Row(part, "false alarms", str(alarms.spurious_engagements), detail)


def beside_rows(gold: str, gold_scores: Scores, fresh: str, fresh_scores: Scores) -> Iterator[Row]:
    """The figures that need no match, on gold and on a fresh batch side by side, with the gap between the two.

    Figures on matched engagements are left out: what is matched on the harder batch is its easier part.
    """
    here, there = _end_to_end(gold_scores), _end_to_end(fresh_scores)
    for figure, rates in here.items():
        gap = there[figure].f1 - rates.f1
        verdict = ": over-fitted" if gap < -OVERFITTED else ""
        yield Row(f"{gold} | {fresh}", f"{figure}, F1", f"{rates.f1:.3f} | {there[figure].f1:.3f}", f"gap {gap:+.3f}{verdict}")


def _end_to_end(scores: Scores) -> dict[str, Rates]:
    return {
        "engagements, lenient": scores.engagements,
        "engagements, strict": scores.engagements_strict,
        **{f"{name}, end to end": scores.end_to_end[name] for name in ("persons", "dates", "places")},
        "statements": scores.statements,
        "statements with speaker, end to end": scores.end_to_end["statement_speakers"],
        "violence": scores.violence,
        "attribution": scores.attribution,
    }


def _rates_row(part: str, figure: str, rates: Rates) -> Row:
    detail = (
        f"P {rates.precision:.3f}  R {rates.recall:.3f}  ({rates.tp} right of {rates.gold} gold, {rates.predicted} predicted)"
    )
    return Row(part, f"{figure}, F1", f"{rates.f1:.3f}", detail)


def _share_row(part: str, figure: str, share: Share) -> Row:
    value = "-" if share.accuracy is None else f"{share.accuracy:.3f}"
    return Row(part, figure, value, f"{share.correct} of {share.compared}")
