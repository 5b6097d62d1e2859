"""Score predicted records against gold ones by the rules of the annotation guide."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from dragoman.lab.engagement_score import EngagementScore
from dragoman.lab.gold import GoldRecord, load_records, load_texts
from dragoman.lab.span_score import SpanScore
from dragoman.lab.tally import Rates, Share


class FalseAlarms(msgspec.Struct, frozen=True):
    """What was predicted in documents without engagements."""

    documents_without_engagements: int
    kept_clean: int
    spurious_engagements: int


class DocumentScore(msgspec.Struct, frozen=True):
    """How many engagements of one document match."""

    doc: str
    matched: int
    gold: int
    predicted: int


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of one run.

    `on_matched` figures hold for leniently matched engagements alone; `end_to_end` ones divide by everything in gold and
    everything predicted, so that few safe matches cannot look good.
    """

    documents: int
    documents_predicted: int
    engagements: Rates
    engagements_strict: Rates
    false_alarms: FalseAlarms
    on_matched: Mapping[str, Share]
    dossiers_on_matched: Rates
    issues_on_matched: Rates
    dossiers_by_document: Rates
    issues_by_document: Rates
    end_to_end: Mapping[str, Rates]
    statements: Rates
    statements_on_matched: Mapping[str, Share]
    violence: Rates
    violence_on_matched: Mapping[str, Share]
    attribution: Rates
    per_document: tuple[DocumentScore, ...]


def score_directories(gold_dir: Path, pred_dir: Path) -> Scores:
    """Score the `<document>.json` files of one folder against those of another; a missing prediction is an empty one.

    Raises InputError where a folder or record cannot be read.
    """
    gold = load_records(gold_dir)
    return score_records(gold, load_records(pred_dir), load_texts(gold_dir, gold))


def score_records(gold: Mapping[str, GoldRecord], predicted: Mapping[str, GoldRecord], texts: Mapping[str, str]) -> Scores:
    """Score records by document name; `texts` are needed to compare wordings by their place."""
    engagements, spans = EngagementScore(), SpanScore()
    rows: list[DocumentScore] = []
    for name, record in sorted(gold.items()):
        other = predicted.get(name, GoldRecord())
        ours, theirs = record.engagements or (), other.engagements or ()
        rows.append(DocumentScore(name, engagements.add(ours, theirs), len(ours), len(theirs)))
        spans.add(record, other, texts.get(name, ""))
    return _scores(engagements, spans, tuple(rows), sum(1 for name in gold if name in predicted))


def _scores(engagements: EngagementScore, spans: SpanScore, rows: tuple[DocumentScore, ...], predicted: int) -> Scores:
    tallies = engagements.tallies
    return Scores(
        documents=len(rows),
        documents_predicted=predicted,
        engagements=tallies["lenient"].rates(),
        engagements_strict=tallies["strict"].rates(),
        false_alarms=_false_alarms(rows),
        on_matched={name: agreement.share() for name, agreement in engagements.fields.items()},
        dossiers_on_matched=tallies["dossiers"].rates(),
        issues_on_matched=tallies["issues"].rates(),
        dossiers_by_document=tallies["dossiers_by_document"].rates(),
        issues_by_document=tallies["issues_by_document"].rates(),
        end_to_end={
            **{name: tallies[name].rates() for name in ("persons", "dates", "places")},
            "statement_speakers": spans.tallies["speakers"].rates(),
        },
        statements=spans.tallies["statements"].rates(),
        statements_on_matched={name: agreement.share() for name, agreement in spans.statements.items()},
        violence=spans.tallies["violence"].rates(),
        violence_on_matched={name: agreement.share() for name, agreement in spans.violence.items()},
        attribution=spans.tallies["attribution"].rates(),
        per_document=rows,
    )


def _false_alarms(rows: tuple[DocumentScore, ...]) -> FalseAlarms:
    empty = [row for row in rows if not row.gold]
    clean = sum(1 for row in empty if not row.predicted)
    return FalseAlarms(len(empty), clean, sum(row.predicted for row in empty))
