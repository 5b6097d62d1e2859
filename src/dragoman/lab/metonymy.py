"""The metonymy bench: rows, predictions in its own shape, folds that share no text, and accuracy a corpus at a time."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from dragoman.core.ports import Classifier
from dragoman.knowledge.name_kinds import NameKind, name_kind
from dragoman.lab.tally import Agreement, Share
from dragoman.read.metonym_context import LABELS, Guideline, masked

_GRAM = 4
"""Words of a sequence by which two texts are compared."""
_SHARED = 0.4
"""Share of the shorter text's word sequences from which two texts are held to be one."""
_BLOCK = 40
"""Neighbouring rows of one corpus that stay together, since its rows follow its documents."""
_WORD = re.compile(r"\w+")


class MetonymyRow(msgspec.Struct, frozen=True):
    """One bench row: a name in a text and the corpus whose guideline it is read by; the solution is not read."""

    id: str
    corpus: Guideline
    text: str
    start: int
    end: int

    @property
    def masked(self) -> str:
        """What the classifier reads."""
        return self.masked_as(name_kind(self.text[self.start : self.end]))

    def masked_as(self, kind: NameKind) -> str:
        """The same with the name told to be of a kind."""
        return masked(self.text, self.start, self.end, self.corpus, kind)


class SolvedRow(MetonymyRow, frozen=True):
    """A bench row with its solution."""

    label: str


class MetonymyPrediction(msgspec.Struct, frozen=True):
    """Whether the name of a row stands for the place or for something behind it."""

    id: str
    label: str
    score: float
    """How likely the label is, 0 to 1."""


def predict_metonymy(rows: Iterable[MetonymyRow], classifier: Classifier) -> Iterator[MetonymyPrediction]:
    """Read the names of bench rows, in order, each by the guideline of its corpus."""
    for row in rows:
        (scores,) = classifier.classify([row.masked])
        best = max(range(len(scores)), key=scores.__getitem__)
        yield MetonymyPrediction(row.id, classifier.labels[best], round(scores[best], 4))


def accuracy(rows: Sequence[SolvedRow], predicted: Mapping[str, str]) -> dict[Guideline, Share]:
    """The share of rows read as annotated, for each corpus; a missing id counts as wrong."""
    tallies: defaultdict[Guideline, Agreement] = defaultdict(Agreement)
    for row in rows:
        tallies[row.corpus].add(predicted.get(row.id) == row.label)
    return {corpus: tally.share() for corpus, tally in tallies.items()}


def metonymic(row: SolvedRow) -> bool:
    """Whether the row's solution is the second label."""
    return row.label == LABELS[1]


def folds(rows: Sequence[SolvedRow], count: int) -> tuple[int, ...]:
    """A fold for each row, such that near copies and rows of one document fall into the same; equal in size for each corpus.

    Texts are near copies where they share two fifths of the word sequences of the shorter one. GeoWebNews rows stand in the
    order of its documents, whose bounds are not given: blocks of them stay together.
    """
    sizes = [Counter[Guideline]() for _ in range(count)]
    found = [0] * len(rows)
    for group in sorted(_groups(rows), key=lambda group: (-len(group), group)):
        corpus = rows[group[0]].corpus
        fold = min(range(count), key=lambda number: (sizes[number][corpus], number))
        for index in group:
            found[index] = fold
            sizes[fold][rows[index].corpus] += 1
    return tuple(found)


def _groups(rows: Sequence[SolvedRow]) -> Iterator[tuple[int, ...]]:
    """Rows that must stay together: joined by near copies and by blocks, transitively."""
    parent = list(range(len(rows)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, other in (*_near_copies(rows), *_neighbours(rows)):
        parent[root(one)] = root(other)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(rows)):
        groups[root(index)].append(index)
    return (tuple(group) for group in groups.values())


def _near_copies(rows: Sequence[SolvedRow]) -> Iterator[tuple[int, int]]:
    grams = [_grams(row.text) for row in rows]
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in enumerate(grams):
        for gram in own:
            holders[gram].append(index)
    shared = Counter((one, other) for held in holders.values() for at, other in enumerate(held) for one in held[:at])
    for (one, other), count in shared.items():
        if count >= _SHARED * min(len(grams[one]), len(grams[other])):
            yield one, other


def _grams(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + _GRAM]) for at in range(max(1, len(words) - _GRAM + 1)))


def _neighbours(rows: Sequence[SolvedRow]) -> Iterator[tuple[int, int]]:
    news = [index for index, row in enumerate(rows) if row.corpus is Guideline.GWN]
    for at, index in enumerate(news):
        yield news[at - at % _BLOCK], index
