"""Codes pairs of actors that no rule covers as PLOVER types with a compact model, which may also find nothing to code."""

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.core.claims import AnyClaim, Attribution, Interaction, Violence
from dragoman.core.plover import Root
from dragoman.core.ports import Classifier
from dragoman.core.queries import index_claim, name_key
from dragoman.core.text import Span
from dragoman.core.vocab import Factuality
from dragoman.extract.marking import mark_pair
from dragoman.extract.pairs import Pair, PairFinder
from dragoman.extract.speech_reports import time_of_verb
from dragoman.knowledge.plover import YIELD, plover
from dragoman.read.reading import Reading
from dragoman.read.tree import Tree

RULE = "interactions"
THRESHOLD = 0.7
"""Least probability of a type; below it nothing is coded. Measured in annotations/README.md."""
_CONDITIONS = frozenset({"if", "unless", "whether"})
_WILLING = frozenset({"will", "wo", "'ll", "would", "shall", "can", "could"})
_MAYBE = frozenset({"would", "could", "may", "might", "can", "should"})


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """What the coder made of one pair; `root` is None where there is nothing to code."""

    pair: Pair
    root: Root | None
    score: float


class InteractionCoder:
    """Codes the pairs of a reading with a classifier whose labels are PLOVER's types, YIELD for CONCEDE and RETREAT."""

    def __init__(self, classifier: Classifier, *, threshold: float = THRESHOLD) -> None:
        self._classifier = classifier
        self._threshold = threshold

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return self._classifier.name

    def find(self, reading: Reading, claims: Sequence[AnyClaim]) -> Iterator[Interaction]:
        """Interactions of the pairs that none of the claims covers, in text order."""
        finder = PairFinder(reading)
        covered = _Covered(claims)
        pairs = [pair for pair in finder.find() if not covered.has(pair) and not _asked(reading, pair)]
        for coded in self.code(reading, finder.tree, pairs):
            if coded.root is not None:
                yield self._claim(reading, finder.tree, coded, coded.root)

    def code(self, reading: Reading, tree: Tree, pairs: Sequence[Pair]) -> list[Coded]:
        """Decide each pair; all of a document go to the model together."""
        texts = [_text(reading, pair) for pair in pairs]
        rows = self._classifier.classify(texts)
        return [self._decided(reading, tree, pair, row) for pair, row in zip(pairs, rows, strict=True)]

    def _decided(self, reading: Reading, tree: Tree, pair: Pair, row: Sequence[float]) -> Coded:
        score, label = max(zip(row, self._classifier.labels, strict=True))
        if score < self._threshold or _denied(tree, pair, label):
            return Coded(pair=pair, root=None, score=score)
        sentence = reading.text(pair.sentence.span)
        return Coded(pair=pair, root=plover().split_yield(sentence) if label == YIELD else Root(label), score=score)

    def _claim(self, reading: Reading, tree: Tree, coded: Coded, root: Root) -> Interaction:
        pair = coded.pair
        mode = plover().mode_of(root, reading.text(pair.sentence.span))
        return Interaction(
            document=reading.document.id,
            evidence=(pair.sentence.span, pair.subject, pair.object),
            factuality=_factuality(tree, pair),
            setting=pair.sentence.setting,
            rule=RULE,
            score=round(coded.score, 4),
            root=root,
            quad=root.quad,
            mode=mode,
            intensity=plover().intensity(root, mode),
            source=pair.source,
            target=pair.target,
            model=self._classifier.name,
            when=time_of_verb(reading, tree, pair.sentence, pair.verb.index),
        )


class _Covered:
    """Which pairs other claims tell of already: those with words of the sentence as evidence and an actor of each side."""

    def __init__(self, claims: Sequence[AnyClaim]) -> None:
        self._told = [
            (claim.evidence, frozenset(one.actor for one in index_claim(claim).appearances), isinstance(claim, Violence))
            for claim in claims
            if not isinstance(claim, Attribution | Interaction)
        ]

    def has(self, pair: Pair) -> bool:
        """Whether a claim covers a pair; of an act of violence its perpetrator is enough, the victim being told in words."""
        source, target = ({name_key(actor.key) for actor in side} for side in (pair.source, pair.target))
        return any(
            source & actors and (act or target & actors) and any(span.overlaps(pair.sentence.span) for span in evidence)
            for evidence, actors, act in self._told
        )


def _asked(reading: Reading, pair: Pair) -> bool:
    """Whether the sentence asks: "Will Oslo meet Doha?"."""
    return reading.text(pair.sentence.span).rstrip("\"”' ").endswith("?")


def _text(reading: Reading, pair: Pair) -> str:
    """The sentence with the pair marked in it."""
    sentence = pair.sentence.span
    source, target = (Span(span.start - sentence.start, span.end - sentence.start) for span in (pair.subject, pair.object))
    return mark_pair(reading.text(sentence), source, target)


def _denied(tree: Tree, pair: Pair, label: str) -> bool:
    """Whether the verb is denied: "did not praise"; "will not praise" is a refusal."""
    if not tree.has(pair.verb.index, "neg"):
        return False
    return label != Root.REJECT or not any(t.text.casefold() in _WILLING for t in tree.children(pair.verb.index, "aux"))


def _factuality(tree: Tree, pair: Pair) -> Factuality:
    """Conditional where the verb stands under a condition or may not happen; a promise or threat has itself occurred."""
    words = {t.text.casefold() for t in tree.children(pair.verb.index, "aux", "mark")}
    return Factuality.CONDITIONAL if words & (_MAYBE | _CONDITIONS) else Factuality.OCCURRED
