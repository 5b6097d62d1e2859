"""Scores of what is found as a stretch of text: statements, violence, attribution."""

from collections import defaultdict
from collections.abc import Sequence

from dragoman.lab.gold import GoldAttribution, GoldRecord, GoldStatement, GoldViolence
from dragoman.lab.matching import dice, locate, matched
from dragoman.lab.names import actor_key, person_words, word_overlap
from dragoman.lab.tally import Agreement, Tally

STATEMENT_FIELDS = ("speaker", "actor", "stance", "issue", "direct", "target")
VIOLENCE_FIELDS = ("type", "perpetrator")

_SAME_STATEMENT = 0.5
_SAME_VIOLENCE = 0.3
_SAME_SOURCE = 0.5
_SAME_CLAIM = 0.3
_SAME_SPEAKER = 0.6


class SpanScore:
    """Adds up statements, violence and attribution over documents."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.statements: dict[str, Agreement] = {name: Agreement() for name in STATEMENT_FIELDS}
        self.violence: dict[str, Agreement] = {name: Agreement() for name in VIOLENCE_FIELDS}

    def add(self, gold: GoldRecord, predicted: GoldRecord, text: str) -> None:
        """Count one document."""
        self._add_statements(gold.statements or (), predicted.statements or (), text)
        self._add_violence(gold.violence or (), predicted.violence or (), text)
        self._add_attribution(gold.attribution or (), predicted.attribution or (), text)

    def _add_statements(self, gold: Sequence[GoldStatement], predicted: Sequence[GoldStatement], text: str) -> None:
        def overlap(one: GoldStatement, other: GoldStatement) -> float | None:
            found = dice(locate(text, one.quote_or_paraphrase), locate(text, other.quote_or_paraphrase))
            return found if found >= _SAME_STATEMENT else None

        pairs = matched(gold, predicted, overlap)
        self.tallies["statements"].add(len(pairs), len(gold), len(predicted))
        right = sum(self._add_statement(gold[left], predicted[other]) for left, other in pairs)
        self.tallies["speakers"].add(right, len(gold), len(predicted))

    def _add_statement(self, gold: GoldStatement, predicted: GoldStatement) -> bool:
        speaker = _same_speaker(gold.speaker, predicted.speaker)
        self.statements["speaker"].add(speaker)
        self.statements["actor"].add(_actors(gold) == _actors(predicted))
        self.statements["stance"].add(gold.stance == predicted.stance)
        self.statements["issue"].add(gold.issue == predicted.issue)
        self.statements["direct"].add(bool(gold.direct) == bool(predicted.direct))
        self.statements["target"].add(actor_key(gold.target_actor) == actor_key(predicted.target_actor))
        return speaker

    def _add_violence(self, gold: Sequence[GoldViolence], predicted: Sequence[GoldViolence], text: str) -> None:
        def overlap(one: GoldViolence, other: GoldViolence) -> float | None:
            found = dice(locate(text, one.evidence), locate(text, other.evidence))
            return found if found >= _SAME_VIOLENCE else None

        pairs = matched(gold, predicted, overlap)
        self.tallies["violence"].add(len(pairs), len(gold), len(predicted))
        for left, right in pairs:
            self.violence["type"].add(gold[left].type == predicted[right].type)
            self.violence["perpetrator"].add(actor_key(gold[left].perpetrator) == actor_key(predicted[right].perpetrator))

    def _add_attribution(self, gold: Sequence[GoldAttribution], predicted: Sequence[GoldAttribution], text: str) -> None:
        def likeness(one: GoldAttribution, other: GoldAttribution) -> float | None:
            source = word_overlap(one.source, other.source)
            same = source >= _SAME_SOURCE and dice(locate(text, one.claim), locate(text, other.claim)) >= _SAME_CLAIM
            return 1 + source if same else None

        self.tallies["attribution"].add(len(matched(gold, predicted, likeness)), len(gold), len(predicted))


def _same_speaker(gold: str | None, predicted: str | None) -> bool:
    ours, theirs = person_words(gold), person_words(predicted)
    return bool(ours and theirs) and (ours[-1] == theirs[-1] or word_overlap(gold, predicted) >= _SAME_SPEAKER)


def _actors(statement: GoldStatement) -> set[str]:
    return {actor_key(name) for name in (statement.speaker_actor or "").split(";")}
