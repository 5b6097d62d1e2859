"""The named entities of a spaCy pipeline, decided for many texts at once with the same weights and rules.

spaCy's entity recogniser goes through each text token by token and takes Python's lock again for every action that it weighs;
that costs more than its network. Here one step decides the next token of every text of a batch. The actions are those of its
transition system (BILUO: begin, in, last, unit, out; spacy/pipeline/_parser_internals/ner.pyx), each taking one token; the
features are the token, and, within an entity, its first token and the token before.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.tokens import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_FEATURES = 3
"""Tokens that one decision looks at."""
_NEVER = np.float32(-np.inf)


class EntityDecoder:
    """Decides entities by the weights of a pipeline's recogniser; `of` gives none where that works otherwise."""

    def __init__(self, recogniser: Any) -> None:  # noqa: ANN401  compiled
        words, lower, upper = recogniser.model.layers
        self._words = words
        self._hidden = lower.get_dim("nO"), lower.get_dim("nP")
        self._lower = lower
        self._bias = lower.get_param("b").reshape(-1)
        self._upper, self._upper_bias = upper.get_param("W"), upper.get_param("b")
        names = [recogniser.moves.get_class_name(index) for index in range(recogniser.moves.n_moves)]
        self._labels = [name[2:] for name in names]
        kinds = {label: kind for kind, label in enumerate(dict.fromkeys(self._labels))}
        self._kind = np.array([kinds[label] for label in self._labels])
        self._begins, in_, self._closes, unit, out = (np.array([name[0] == move for name in names]) for move in "BILUO")
        self._within = in_ | self._closes
        # A unit without a label only stands where an annotation was set before.
        self._outside = ((self._begins | unit) & np.array([bool(label) for label in self._labels])) | out
        self._goes_on, self._opens = self._begins | in_, self._begins | unit

    @classmethod
    def of(cls, language: "Language") -> "EntityDecoder | None":
        """The decoder of a pipeline, if its recogniser is a greedy one of the usual shape that finds all entities itself."""
        if "ner" not in language.pipe_names or "entity_ruler" in language.pipe_names:
            return None
        recogniser: Any = language.get_pipe("ner")
        layers: Sequence[Any] = getattr(getattr(recogniser, "model", None), "layers", ())
        usual = len(layers) == 3 and layers[1].has_dim("nF") and layers[1].get_dim("nF") == _FEATURES
        greedy = getattr(recogniser, "cfg", {}).get("beam_width") == 1
        unseen = recogniser.model.attrs.get("unseen_classes") if usual else None
        return cls(recogniser) if usual and greedy and not unseen else None

    def annotate(self, docs: "Sequence[Doc]") -> None:
        """Set the entities of docs whose sentences are known."""
        filled = sorted((doc for doc in docs if len(doc)), key=len, reverse=True)
        if not filled:
            return
        for doc, actions in zip(filled, self._decide(filled), strict=True):
            doc.set_ents([Span(doc, start, end, label) for start, end, label in self._spans(actions)])

    def _decide(self, docs: "Sequence[Doc]") -> list[list[int]]:
        """The action taken at each token of each doc; docs stand longest first."""
        lengths = np.array([len(doc) for doc in docs])
        first = np.concatenate(([0], np.cumsum(lengths)[:-1])) + 1  # row 0 of the features stands for "no token"
        cached = self._features(docs)
        starts, spaces = _marks(docs)
        entity = np.zeros(len(docs), dtype=np.int64)  # row of the open entity's first token, 0 for none
        kind = np.full(len(docs), -1)
        taken = np.zeros((lengths[0], len(docs)), dtype=np.int64)
        for at in range(int(lengths[0])):
            live = int(np.searchsorted(-lengths, -at, side="left"))  # docs longer than `at`
            row = first[:live] + at
            ends = (at + 1 >= lengths[:live]) | starts[np.minimum(row, len(starts) - 1)]
            scores = self._scores(cached, row, entity[:live])
            scores[~self._valid(kind[:live], ends, spaces[row - 1])] = _NEVER
            action = scores.argmax(axis=1)
            taken[at, :live] = action
            begins, closes = self._begins[action], self._closes[action]
            entity[:live] = np.where(begins, row, np.where(closes, 0, entity[:live]))
            kind[:live] = np.where(begins, self._kind[action], np.where(closes, -1, kind[:live]))
        return [taken[:length, index].tolist() for index, length in enumerate(lengths)]

    def _features(self, docs: "Sequence[Doc]") -> NDArray[np.float32]:
        """What each token adds to a decision in each of its places (rows × places × hidden), the row for "no token" first."""
        vectors = self._words.predict(list(docs))
        cached = self._lower.predict(vectors)
        return np.asarray(cached, dtype=np.float32).reshape(cached.shape[0], _FEATURES, -1)

    def _scores(self, cached: NDArray[np.float32], row: NDArray[np.int64], entity: NDArray[np.int64]) -> NDArray[np.float32]:
        before = np.where(entity > 0, row - 1, 0)
        summed = cached[row, 0] + cached[entity, 1] + cached[before, 2] + self._bias
        hidden = summed.reshape(len(row), *self._hidden).max(axis=2)
        scores: NDArray[np.float32] = hidden @ self._upper.T + self._upper_bias
        return scores

    def _valid(self, kind: NDArray[np.int64], ends: NDArray[np.bool_], space: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which actions each doc may take (docs × actions), with the kind of its open entity, -1 for none.

        Nothing begins or goes on where the sentence ends behind the token, and nothing begins on white space.
        """
        within = self._within & (self._kind == kind[:, None])
        valid: NDArray[np.bool_] = np.where((kind >= 0)[:, None], within, self._outside)
        valid &= ~(ends[:, None] & self._goes_on)
        valid &= ~(space[:, None] & self._opens)
        return valid

    def _spans(self, actions: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        begun = 0
        for index, action in enumerate(actions):
            if self._begins[action]:
                begun = index
            elif self._closes[action] or self._opens[action]:
                yield (begun if self._closes[action] else index), index + 1, self._labels[action]


def _marks(docs: "Sequence[Doc]") -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each token of all docs, whether it starts a sentence and whether it is white space."""
    arrays = [doc.to_array([SENT_START, IS_SPACE]) for doc in docs]
    marks = np.concatenate(arrays)
    return marks[:, 0] == 1, marks[:, 1] == 1
